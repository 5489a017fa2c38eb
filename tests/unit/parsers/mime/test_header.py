import pytest

from parsers.mime.header import read_header
from tests.builders.message import a_message, a_multipart, a_part, codes, read


def test_blanks_before_the_colon_are_mended() -> None:
    raw = a_message(None, "Subject : Bang dang ky", subject=None)
    parsed = read(raw)
    assert parsed.message.subject == "Bang dang ky"
    assert codes(parsed) == ["header_repaired"]


def test_a_junk_line_among_headers_loses_nothing() -> None:
    entity = a_multipart(a_part(), a_part(b"1", "application/pdf; name=a.pdf"))
    raw = a_message(entity, "Received: from a", "day khong phai la mot dong dau thu")
    parsed = read(raw)
    assert [p.path for p in parsed.parts] == [(), ("a.pdf",)]
    assert parsed.message.subject == "Dang ky"
    assert codes(parsed) == ["header_repaired"]


def test_text_behind_the_last_field_begins_the_body() -> None:
    date = b"Date: Tue, 8 Jun 2021 15:00:00 +0700\r\n"
    raw = b"From: p9@example.vn\r\n" + date + b"Kinh gui Ban\r\nx\r\n"
    parsed = read(raw)
    assert parsed.parts[0].payload == b"Kinh gui Ban\r\nx\r\n"
    assert codes(parsed) == []


def test_a_separator_line_of_an_mbox_is_no_field() -> None:
    raw = b"From p9@example.vn Tue Jun  8 15:00:00 2021\n" + a_message()
    assert read(raw).message.subject == "Dang ky"


def test_nul_and_lone_carriage_returns_are_taken_out_of_fields() -> None:
    raw = a_message().replace(b"Dang ky", b"Dang\0 ky\rmoi")
    parsed = read(raw)
    assert parsed.message.subject == "Dang ky moi"
    assert codes(parsed) == ["header_repaired"]


def test_a_block_that_is_too_long_keeps_structure_and_attachments() -> None:
    fields = [f"X-Filler-{n}: {'x' * 900}" for n in range(500)]
    entity = a_multipart(a_part(), a_part(b"1", "application/pdf; name=a.pdf"))
    raw = a_message(entity, "Subject: Dang ky", *fields, subject=None)
    parsed = read(raw)
    assert [p.path for p in parsed.parts] == [(), ("a.pdf",)]
    assert parsed.message.subject == "Dang ky"
    assert "limit_exceeded" in codes(parsed)


def test_a_field_that_is_too_long_is_cut() -> None:
    raw = a_message(None, "X-Long: " + "y" * 70_000, "Reply-To: b@example.vn")
    header, _ = read_header(raw, 0, len(raw))
    assert header.cut
    assert len(header.get("x-long") or "") < 65_536
    assert header.get("reply-to") == "b@example.vn"


def test_a_subject_of_eight_thousand_words_is_cheap() -> None:
    words = "\r\n ".join(["=?utf-8?B?xJDEg25n?="] * 8000)
    parsed = read(a_message(subject=words))
    assert (parsed.message.subject or "").startswith("ĐăngĐăng")
    assert "limit_exceeded" in codes(parsed)


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b"\r\n", b"\n"),
        lambda raw: raw.replace(b"\r\n", b"\r"),
        lambda raw: raw.replace(b"\r\n", b"\r\r\n"),
        lambda raw: b"\r\n\r\n" + raw,
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: b"\xff\xfe" + raw.decode().encode("utf-16-le"),
    ],
)
def test_other_line_ends_and_marks_change_nothing(change) -> None:  # type: ignore[no-untyped-def]
    entity = a_multipart(a_part(), a_part(b"mot", "application/pdf; name=a.pdf"))
    parsed = read(change(a_message(entity)))
    assert parsed.message.subject == "Dang ky"
    assert [(p.path, p.payload) for p in parsed.parts][1] == (("a.pdf",), b"mot")


def test_a_header_without_a_body_is_a_mail() -> None:
    parsed = read(b"From: p9@example.vn")
    assert parsed.message.senders[0].address == "p9@example.vn"
    assert [p.payload for p in parsed.parts] == [b""]
