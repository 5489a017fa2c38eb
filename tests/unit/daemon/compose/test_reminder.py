"""Reminders as they leave: golden words for each kind, the header, strange names."""

import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from daemon.compose import ComposeError, compose
from parsers.values.outbox import ComposedMail
from tests.builders.answer import OFFICE, an_item, bodies, composed, read_back
from tests.builders.reminder_facts import KINDS, reminder_facts

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
