from datetime import UTC, datetime

import pytest

from parsers.values.message import Address
from tests.builders.message import a_message, a_multipart, a_part, codes, read


def _senders(value: str) -> list[tuple[str | None, str | None]]:
    senders = read(a_message(sender=value)).message.senders
    return [(a.name, a.address) for a in senders]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("p9@example.vn", [(None, "p9@example.vn")]),
        ("Phường 9 <p9@example.vn>", [("Phường 9", "p9@example.vn")]),
        (
            "=?utf-8?B?UGjGsOG7nW5nIDk=?= <p9@example.vn>",
            [("Phường 9", "p9@example.vn")],
        ),
        (
            '"=?utf-8?B?UGjGsOG7nW5nIDk=?=" <p9@example.vn>',
            [("Phường 9", "p9@example.vn")],
        ),
        ('"p9@example.vn" <la@other.vn>', [("p9@example.vn", "la@other.vn")]),
        ("p9@example.vn (UBND P9)", [("UBND P9", "p9@example.vn")]),
        (
            "a@example.vn, B <b@example.vn>",
            [(None, "a@example.vn"), ("B", "b@example.vn")],
        ),
        (
            'Nhom: a@example.vn, "C D" <c@example.vn>;',
            [(None, "a@example.vn"), ("C D", "c@example.vn")],
        ),
        ("<p9@example.vn", [(None, "p9@example.vn")]),
        (
            '"A" <a@example.vn> <c@example.vn>',
            [("A", "a@example.vn"), (None, "c@example.vn")],
        ),
        ("=?utf-8?B?UGjGsOG7nW5nIDk=?= p9@example.vn", [("Phường 9", "p9@example.vn")]),
        (
            "CN=Nguyen Van A/OU=Q3/O=HCM@DANG",
            [(None, "CN=Nguyen Van A/OU=Q3/O=HCM@DANG")],
        ),
        ("=?utf-8?q?p9=40example.vn?=", [("p9@example.vn", None)]),
        ("Ban Dan van", [("Ban Dan van", None)]),
        ("Phu\u031bo\u031b\u0300ng 9 <p9@example.vn>", [("Phường 9", "p9@example.vn")]),
        ("", []),
    ],
)
def test_the_sender_is_read_however_it_is_written(
    value: str, expected: list[tuple[str | None, str | None]]
) -> None:
    assert _senders(value) == expected


def test_every_from_field_is_told() -> None:
    message = read(a_message(None, "From: A <a@example.vn>")).message
    assert message.from_fields == 2
    assert [a.address for a in message.senders] == ["a@example.vn", "p9@example.vn"]
    assert message.author == Address("A", "a@example.vn")


def test_recipients_and_sender_are_read() -> None:
    fields = ("To: a@x.vn, B <b@x.vn>", "Cc: c@x.vn", "Sender: Van thu <v@x.vn>")
    message = read(a_message(None, *fields)).message
    assert [a.address for a in message.recipients] == ["a@x.vn", "b@x.vn", "c@x.vn"]
    assert message.sender == Address("Van thu", "v@x.vn")


@pytest.mark.parametrize(
    "value",
    [
        "Tue, 8 Jun 2021 15:00:00 +0700",
        "8 Jun 2021 08:00:00 GMT",
        "Tue, 08 Jun 2021 15:00 +0700 (ICT)",
        "Mon, 8 Jun 2021 15:00:00 +0700",
    ],
)
def test_the_date_is_one_instant(value: str) -> None:
    expected = datetime(2021, 6, 8, 8, tzinfo=UTC)
    assert read(a_message(date=value)).message.date == expected


@pytest.mark.parametrize(
    "value", ["", "hom nay", "Tue, 31 Feb 2021 15:00:00 +0700", None]
)
def test_a_date_that_is_none_is_said_so(value: str | None) -> None:
    parsed = read(a_message(date=value))
    assert parsed.message.date is None
    assert codes(parsed) == ["date_missing"]


@pytest.mark.parametrize("value", [None, "", "Ban Dan van", "undisclosed:;"])
def test_a_mail_without_sender_is_said_so(value: str | None) -> None:
    assert codes(read(a_message(sender=value))) == ["sender_missing"]


def test_a_mail_without_anything_is_a_mail() -> None:
    parsed = read(b"")
    assert (parsed.message.message_id, parsed.message.subject) == (None, None)
    assert parsed.message.senders == ()
    assert codes(parsed) == ["sender_missing", "date_missing"]


def test_the_message_id_is_only_trimmed() -> None:
    raw = a_message(message_id=" <OF12-ON34.AB@Dang.VN>  ")
    assert read(raw).message.message_id == "<OF12-ON34.AB@Dang.VN>"


def test_the_thread_is_read() -> None:
    fields = ("In-Reply-To: <a@x>", "References: <1@x>\r\n <2@x>, junk <3@x>")
    message = read(a_message(None, *fields)).message
    assert message.in_reply_to == ("<a@x>",)
    assert message.references == ("<1@x>", "<2@x>", "<3@x>")


def test_the_trace_keeps_its_order_and_its_letters() -> None:
    fields = (
        "Return-Path: <p9@example.vn>",
        "Received: from a by mx;\r\n\tTue, 8 Jun 2021",
        "X-Other: 1",
        "Authentication-Results: mx.google.com;\r\n dkim=pass",
        "Received: from b by a",
    )
    trace = read(a_message(None, *fields)).message.trace
    assert [(line.name, line.value) for line in trace] == [
        ("return-path", "<p9@example.vn>"),
        ("received", "from a by mx;\tTue, 8 Jun 2021"),
        ("authentication-results", "mx.google.com; dkim=pass"),
        ("received", "from b by a"),
    ]


def test_a_subject_in_raw_letters_is_read() -> None:
    raw = a_message(subject="Đăng ký công trình")
    assert read(raw).message.subject == "Đăng ký công trình"


def test_the_digest_forgets_the_way_and_the_line_ends() -> None:
    table = a_part(b"%PDF", "application/pdf; name=a.pdf", encoding="base64")
    raw = a_message(a_multipart(a_part("Kính gửi".encode()), table))
    other = b"Received: from x by y\n" + raw.replace(b"\r\n", b"\n")
    recoded = a_message(
        a_multipart(
            a_part(b"K=C3=ADnh g=E1=BB=ADi", encoding="quoted-printable"),
            a_part(b"%PDF", "application/pdf; name=a.pdf"),
            boundary="another",
        )
    )
    digests = {read(r).content_digest for r in (raw, other, recoded)}
    assert len(digests) == 1


@pytest.mark.parametrize(
    "raw",
    [
        a_message(a_part(b"khac")),
        a_message(subject="Khac"),
        a_message(date="Tue, 8 Jun 2021 15:00:01 +0700"),
        a_message(sender="Phường 9 <p8@example.vn>"),
        a_message(a_multipart(a_part(), a_part(b"", "text/csv"))),
    ],
)
def test_the_digest_tells_other_mails_apart(raw: bytes) -> None:
    assert read(raw).content_digest != read(a_message()).content_digest


def test_the_message_id_is_no_part_of_the_digest() -> None:
    other = read(a_message(message_id="<2@example.vn>"))
    assert other.content_digest == read(a_message()).content_digest


def test_staff_who_write_to_themselves_are_not_answered() -> None:
    message = read(a_message(sender="BanDanVanQ3@gmail.com")).message
    assert (message.automatic, message.own) == ("automatic", False)


def test_findings_say_in_which_mail_it_was() -> None:
    inner = a_message(None, "X-A : 1")
    mail = a_part(inner, "message/rfc822; name=thu.eml")
    parsed = read(a_message(a_multipart(a_part(), mail)))
    assert [(f.code, f.place) for f in parsed.findings] == [
        ("header_repaired", "thu.eml")
    ]
