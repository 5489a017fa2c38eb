"""Reports of failed delivery, of every make: who did not get which mail, and why."""

import pytest

from parsers.reading import Reader
from parsers.returned import fate_of
from parsers.values.limits import Limits
from parsers.values.reading import Headings, Reading, Rules
from tests.builders.machines import (
    GONE,
    OFFICE,
    OURS,
    Machine,
    free_forms,
    machines,
    reports,
)
from tests.builders.message import a_message, a_part

RULES = Rules(
    (), (), Headings({}), Limits(), own=(OFFICE,), own_domain=OURS.partition("@")[2]
)


def read(raw: bytes) -> Reading:
    found = Reader(RULES).read_message(raw)
    assert isinstance(found, Reading)
    return found


@pytest.mark.parametrize(
    "machine", [*reports(), *free_forms()], ids=lambda machine: str(machine.name)
)
def test_a_report_names_mail_recipient_and_fate(machine: Machine) -> None:
    reading = read(machine.raw)
    assert reading.message is not None
    assert reading.message.automatic == "bounce"
    assert len(reading.returned) == 1
    (told,) = reading.returned
    assert GONE in told.addresses
    assert f"<{OURS}>" in told.answered
    assert told.fate == machine.fate


def test_every_machine_is_known_for_one() -> None:
    wrong = []
    for machine in machines():
        message = read(machine.raw).message
        if message is None or message.automatic is None:
            wrong.append(machine.name)
    assert not wrong
    assert len(machines()) > 400


def test_a_report_about_somebody_elses_mail_says_nothing() -> None:
    (machine, *_) = reports()
    theirs = machine.raw.replace(OURS.encode(), b"CAF1@mail.gmail.com")
    theirs = theirs.replace(b"X-Hopthu-Item", b"X-Other")
    assert read(theirs).returned == ()


def test_a_report_that_lost_our_message_id_is_known_by_our_second_header() -> None:
    (machine, *_) = reports()
    raw = machine.raw.replace(f"<{OURS}>".encode(), b"<SMTPIN.1@mx.google.com>")
    (told,) = read(raw).returned
    assert f"<{OURS}>" in told.answered


def test_a_report_whose_parts_are_endless_is_read_within_bounds() -> None:
    text = f"<{OURS}>\n" + f"{GONE} a@b.example " * 20_000
    mail = a_message(
        a_part(text.encode()),
        "Return-Path: <>",
        sender="MAILER-DAEMON@x.example",
        subject="failure notice",
    )
    (told,) = read(mail).returned
    assert len(told.addresses) <= 30


@pytest.mark.parametrize("kind", ["Read", "Đã đọc", "Not read", "Đã xem"])
def test_a_bare_confirmation_of_reading_is_automatic(kind: str) -> None:
    mail = a_message(a_part(b"Da doc."), subject=f"{kind}: =?utf-8?q?=C4=90=C4=83ng?=")
    message = read(mail).message
    assert message is not None
    assert message.automatic == "automatic"


def test_a_confirmation_of_reading_that_brings_a_file_is_a_persons_mail() -> None:
    file = a_part(b"%PDF-1.4", "application/pdf; name=a.pdf", encoding="base64")
    text = a_part(b"Gui bang dang ky.")
    body = b"--q\r\n" + text + b"\r\n--q\r\n" + file + b"\r\n--q--\r\n"
    mail = a_message(
        b'Content-Type: multipart/mixed; boundary="q"\r\n\r\n' + body,
        subject="Read: Dang ky",
    )
    message = read(mail).message
    assert message is not None
    assert message.automatic is None


@pytest.mark.parametrize(
    ("words", "fate"),
    [
        ("550 5.1.1 no such user", "gone"),
        ("550 No such user here", "gone"),
        ("550 5.7.1 Recipient address rejected: Access denied", "refused"),
        ("552 5.2.2 mailbox full", "refused"),
        ("554 5.1.10 recipient not found", "gone"),
        ("553 5.1.3 bad syntax", "gone"),
        ("550 Không tồn tại hộp thư này", "gone"),
        ("", "refused"),
    ],
)
def test_a_servers_words_say_whether_the_address_is_gone(words: str, fate: str) -> None:
    assert fate_of(words) == fate
