"""The header of what we send: threaded, marked as automatic, legible, harmless."""

import csv
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from daemon.compose import ComposeError, answer_subject
from daemon.compose.frame import references
from tests.builders.answer import (
    OFFICE,
    a_thread,
    an_item,
    bodies,
    composed,
    read_back,
    receipt_facts,
)
from tests.builders.case import NOON

UNITS = Path(__file__).parents[4] / "config" / "units.csv"
NASTY = 'P9\r\nBcc: x@y.vn\n\x00\u202e"gửi" <script>\u2028 bảng\ud800'


def header_lines(raw: bytes) -> list[str]:
    return raw.partition(b"\r\n\r\n")[0].decode("ascii").split("\r\n")


def real_subjects() -> list[str]:
    """2,000 subjects from real names of units: alone, and with what people add."""
    with UNITS.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [row["name"] for row in rows]
    names += [alias for row in rows for alias in row["aliases"].split(";") if alias]
    ends = [
        "",
        " gửi bảng đăng ký công trình",
        " - Bảng đăng ký “Việc có ý nghĩa giúp dân”",
    ]
    subjects = [name + end for end in ends for name in names]
    return [s for s in dict.fromkeys(subjects) if len(s) <= 116][:2000]


def test_two_thousand_real_names_come_back_as_subjects_exactly() -> None:
    subjects = real_subjects()
    assert len(subjects) == 2000
    wrong = []
    for subject in subjects:
        raw = composed(receipt_facts(thread=a_thread(subject=subject))).raw
        head = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        strict = message_from_bytes(head, policy=policy.default)["Subject"]
        older = str(make_header(decode_header(message_from_bytes(head)["Subject"])))
        if not strict == older == f"Re: {subject}":
            wrong.append((subject, strict, older))
    assert wrong == []


@pytest.mark.parametrize("length", range(1, 117))
def test_a_subject_of_any_length_keeps_its_spaces(length: int) -> None:
    subject = "Ban Dân vận Quận ủy Quận 3 đề nghị các đơn vị gửi bảng đăng ký " * 3
    subject = subject[:length].strip()
    mail = composed(thread=a_thread(subject=subject))
    assert read_back(mail)["Subject"] == mail.subject == f"Re: {subject}"
    assert max(map(len, header_lines(mail.raw))) <= 78


def test_an_answer_says_what_it_is_and_what_it_answers() -> None:
    mail = composed(
        thread=a_thread(message_id="<b@x.vn>", references=("<a@x.vn>", "<b@x.vn>"))
    )
    read = read_back(mail)
    assert read["In-Reply-To"] == "<b@x.vn>"
    assert read["References"] == "<a@x.vn> <b@x.vn>"
    assert read["Auto-Submitted"] == "auto-replied"
    assert read["X-Auto-Response-Suppress"] == "All"
    assert read["X-Hopthu-Kind"] == "acknowledgement"
    assert read["X-Hopthu-Purpose"] == "decision"
    assert read["X-Hopthu-Receipt"] == "6WF64GYM99"
    assert read["To"] == "p9@tphcm.gov.vn"
    assert read["From"].addresses[0].display_name == OFFICE.name
    assert read["From"].addresses[0].addr_spec == OFFICE.address
    assert parsedate_to_datetime(read["Date"]) == NOON
    assert read["List-Unsubscribe"] is None


def test_a_message_id_is_known_before_it_is_sent_and_belongs_to_one_item() -> None:
    mail, other = composed(), composed(key="other:decision")
    assert mail.message_id == read_back(mail)["Message-ID"]
    assert mail.message_id.startswith("<acknowledgement.")
    assert mail.message_id.endswith("@hopthu.example>")
    assert len(mail.message_id) == len("<acknowledgement.@hopthu.example>") + 32
    assert mail.message_id != other.message_id


def test_the_same_facts_give_the_same_bytes() -> None:
    assert composed().raw == composed().raw


def test_a_mail_without_a_message_id_is_answered_without_a_thread() -> None:
    read = read_back(composed(thread=a_thread(message_id=None)))
    assert read["In-Reply-To"] is None
    assert read["References"] is None


@pytest.mark.parametrize(
    "found",
    ["no brackets", "<two words@x>", "<a@x>\r\nBcc: y@z", "<ă@x>", "<" + "a" * 999],
)
def test_a_message_id_that_breaks_a_header_is_left_out(found: str) -> None:
    read = read_back(composed(thread=a_thread(message_id=found)))
    assert read["In-Reply-To"] is None
    assert read["Bcc"] is None


def test_a_long_message_id_stands_on_a_line_of_its_own() -> None:
    long = f"<{'A' * 70}@apcprd02.prod.outlook.com>"
    mail = composed(thread=a_thread(message_id=long))
    assert read_back(mail)["In-Reply-To"].strip() == long
    assert f" {long}" in header_lines(mail.raw)


def test_references_are_bounded_and_keep_the_first_and_the_last() -> None:
    before = [f"<{n}@x.vn>" for n in range(100)]
    kept = references(before, "<asked@x.vn>")
    assert len(kept) == 10
    assert (kept[0], kept[-1]) == ("<0@x.vn>", "<asked@x.vn>")


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("Re: RE: re: P9 gửi bảng", "Re: P9 gửi bảng"),
        ("TL: P9 gửi bảng", "Re: P9 gửi bảng"),
        ("Fwd: P9", "Re: Fwd: P9"),
        ("Rebecca: P9", "Re: Rebecca: P9"),
        ("", "Re: (thư không có tiêu đề)"),
        (None, "Re: (thư không có tiêu đề)"),
        ("Re:", "Re: (thư không có tiêu đề)"),
    ],
)
def test_re_stands_once_before_the_subject(asked: str | None, answered: str) -> None:
    assert answer_subject(asked) == answered


def test_a_subject_is_cut_at_120_characters() -> None:
    subject = answer_subject("đăng ký " * 500)
    assert len(subject) <= 120
    assert subject.endswith("…")


def test_a_sender_s_text_never_makes_a_header_line() -> None:
    mail = composed(thread=a_thread(subject=NASTY), unit_name=NASTY, salutation=NASTY)
    names = [line.split(":")[0] for line in header_lines(mail.raw) if line[0] != " "]
    assert "Bcc" not in names
    assert len(names) == len(set(names))
    subject = read_back(mail)["Subject"]
    assert "\u202e" not in subject
    assert "Bcc: x@y.vn" in subject


def test_text_that_looks_encoded_is_shown_as_it_is() -> None:
    mail = composed(thread=a_thread(subject="=?utf-8?q?P9?="))
    assert read_back(mail)["Subject"] == "Re: =?utf-8?q?P9?="


@pytest.mark.parametrize(
    "address",
    [
        "",
        "p9",
        "p9@x.vn\r\nBcc: y@z",
        "a b@x.vn",
        "p9@x.vn, y@z.vn",
        "phường9@x.vn",
        "<p9@x.vn>",
    ],
)
def test_an_address_that_cannot_stand_in_a_header_is_no_mail(address: str) -> None:
    with pytest.raises(ComposeError):
        composed(to=(address,))


def test_a_domain_with_accents_is_written_as_the_net_knows_it() -> None:
    domain = read_back(composed(to=("p9@việt.vn",)))["To"].addresses[0].domain
    assert domain == "xn--vit-5kz.vn"
    assert domain.encode().decode("idna") == "việt.vn"


def test_an_answer_goes_to_one_address_only() -> None:
    with pytest.raises(ComposeError):
        composed(to=("p9@x.vn", "p10@x.vn"))


def test_every_line_of_the_mail_is_short_and_ends_in_crlf() -> None:
    raw = composed(thread=a_thread(subject="Đăng ký " * 14)).raw
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78


def test_both_parsers_of_the_standard_library_read_the_same_bodies() -> None:
    mail = composed()
    text, html = bodies(mail)
    older = message_from_bytes(mail.raw).get_payload()
    assert [part.get_content_type() for part in older] == ["text/plain", "text/html"]
    decoded = [part.get_payload(decode=True).decode("utf-8") for part in older]
    assert [d.replace("\r\n", "\n") for d in decoded] == [text, html]
    assert an_item().facts.receipt in text
