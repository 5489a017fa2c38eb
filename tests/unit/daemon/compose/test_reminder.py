"""Reminders as they leave: golden words for each kind, the header, strange names."""

import json
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from config.headings_file import load_headings
from config.settings import SHIPPED_HEADINGS
from daemon.compose import ComposeError, compose
from parsers.asked import NOTHING
from parsers.bodytext import body_text
from parsers.reading import Reader
from parsers.values.outbox import ComposedMail
from parsers.values.table import Document, Paragraph
from tests.builders.answer import OFFICE, an_item, bodies, composed, read_back
from tests.builders.letters import Posted, a_letter
from tests.builders.message import RULES
from tests.builders.reminder_facts import KINDS, reminder_facts
from tests.builders.reminders import PLAN

FOLDER = Path(__file__).parents[3] / "golden"
NASTY = 'P9\r\nBcc: x@y.vn\n\x00\u202e"gửi" <script>alert(1)</script>\u2028 🙂\ud800'


def reminded(name: str) -> ComposedMail:
    return composed(KINDS[name], kind="reminder", purpose=None, key=name)


def summary(mail: EmailMessage) -> dict[str, object]:
    """Return what is fixed of a mail beside its two bodies."""
    return {
        "subject": mail["Subject"],
        "to": mail["To"],
        "automatic": mail["Auto-Submitted"],
        "suppress": mail["X-Auto-Response-Suppress"],
        "kind": mail["X-Hopthu-Kind"],
        "message_id": mail["Message-ID"],
        "files": [part.get_filename() for part in mail.iter_attachments()],
    }


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_reminder_reads_as_its_golden_case(name: str) -> None:
    case, mail = FOLDER / name, reminded(name)
    text, html = bodies(mail)
    assert summary(read_back(mail)) == json.loads(
        (case / "expected.json").read_text("utf-8")
    )
    assert text == (case / "expected.txt").read_text("utf-8")
    assert html == (case / "expected.html").read_text("utf-8")
    assert (case / "why.md").read_text("utf-8").strip()


def test_every_golden_reminder_is_made() -> None:
    assert sorted(p.name for p in FOLDER.glob("reminder-*")) == sorted(KINDS)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_both_bodies_say_the_same_words_courteously(name: str) -> None:
    mail = reminded(name)
    text, html = bodies(mail)
    for line in text.splitlines():
        words = line.removeprefix("- ").strip("() ")
        assert words.replace("&", "&amp;").replace('"', "&#34;") in html
    subject = mail.subject.lower()
    assert not any(w in subject for w in ("vi phạm", "trễ hạn", "quá hạn", "chậm"))
    assert "đồng chí" not in text.lower()
    assert text.startswith("Kính gửi: ")
    assert "kính đề nghị" in text.lower()
    assert "http" not in text
    assert "<img" not in html
    assert "\n\n\n" not in text


def test_it_answers_nobody_and_bears_no_receipt() -> None:
    mail = read_back(reminded("reminder-nothing-came"))
    for absent in ("In-Reply-To", "References", "X-Hopthu-Purpose", "X-Hopthu-Receipt"):
        assert mail[absent] is None
    assert mail["Message-ID"].startswith("<reminder.")
    assert mail["Message-ID"].endswith("@hopthu.example>")


def test_strange_names_do_no_harm() -> None:
    facts = reminder_facts(
        unit_name=NASTY, salutation=NASTY, campaign=NASTY, campaign_title=NASTY * 30
    )
    made = composed(facts, kind="reminder", purpose=None)
    text, html = bodies(made)
    mail = read_back(made)
    assert mail["Bcc"] is None
    assert len(mail["Subject"]) <= 120
    assert "<script>" not in html
    assert "\u202e" not in text + html
    assert "\x00" not in text + html


def test_a_reminder_goes_to_one_address() -> None:
    two = ("a@b.vn", "c@d.vn")
    item = an_item(reminder_facts(), kind="reminder", purpose=None, to=two)
    with pytest.raises(ComposeError):
        compose(item, OFFICE)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_reply_with_our_words_unquoted_says_nothing_by_them(name: str) -> None:
    # Some clients quote without a mark; what we wrote must not act on its own.
    made = reminded(name)
    text = bodies(made)[0]
    document = Document(tuple(Paragraph(line) for line in text.split("\n")))
    said = body_text(document, f"Re: {made.subject}")
    assert said.asked == NOTHING
    assert not said.nil
    assert said.corrections == ()
    assert said.mode is None


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_table_in_reply_to_a_reminder_is_read_as_if_it_came_alone(name: str) -> None:
    headings = load_headings(SHIPPED_HEADINGS)
    rules = replace(RULES, campaigns=(PLAN,), headings=headings)
    made = reminded(name)
    text = bodies(made)[0]
    posted = Posted(
        "P09",
        subject=f"Re: {made.subject}",
        text=f"Phường 9 gửi bảng đăng ký.\n\n{text}",
        files=("xlsx P09 10",),
    )
    reading = Reader(rules).read_message(a_letter(posted))
    assert (reading.kind, reading.mode) == ("registration", "new")
    assert len(reading.registrations) == 10
    assert reading.request is None
