"""Files that go with a mail: whole, with their names, whoever reads it."""

import io
from email import message_from_bytes
from email.message import EmailMessage, Message
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from daemon.compose import ComposeError
from daemon.compose.frame import Attached, Bodies, file_name, framed
from parsers.mime.tree import walk
from parsers.values.limits import Limits
from tests.builders.answer import composed, decision_facts, strictly
from tests.builders.forms import a_form

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = "From: a@x.vn\r\nTo: b@x.vn\r\nSubject: x\r\n"
BODIES = Bodies("Kính gửi\n", "<p>Kính gửi</p>\n")
LONG = "Bảng đăng ký công trình “Việc có ý nghĩa giúp dân” của Đảng ủy Phường 9.xlsx"


def a_mail(*attached: Attached) -> bytes:
    return framed(HEADER, BODIES, "=_0123", attached)


def files(raw: bytes) -> list[EmailMessage]:
    found = list(strictly(raw).iter_attachments())
    return [part for part in found if isinstance(part, EmailMessage)]


@pytest.mark.parametrize("name", ["mau-dang-ky.xlsx", "Mẫu đăng ký.xlsx", LONG])
def test_a_file_comes_back_with_its_name_and_its_bytes(name: str) -> None:
    payload = bytes(range(256)) * 40
    (part,) = files(a_mail(Attached(name, SHEET, payload)))
    assert part.get_filename() == name
    assert part.get_content_type() == SHEET
    assert part.get_payload(decode=True) == payload
    assert [d for key in part for d in part[key].defects] == []


def test_every_reader_finds_both_bodies_and_then_the_files() -> None:
    raw = a_mail(Attached("a.xlsx", SHEET, b"1"), Attached("b.csv", "text/csv", b"2"))
    mail = strictly(raw)
    assert mail.get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        SHEET,
        "text/csv",
    ]
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "Kính gửi"
    older = message_from_bytes(raw)
    assert isinstance(older, Message)
    assert [p.get_filename() for p in older.walk() if p.get_filename()] == [
        "a.xlsx",
        "b.csv",
    ]


def test_a_reader_without_rfc_2231_shows_the_name_without_accents() -> None:
    raw = a_mail(Attached(LONG, SHEET, b"1"))
    assert b'name="Bang dang ky cong trinh _Viec co y nghia giup dan_ cua' in raw


@pytest.mark.parametrize("shift", range(12))
def test_no_piece_of_a_name_cuts_a_letter(shift: int) -> None:
    raw = a_mail(Attached("x" * shift + LONG, SHEET, b"1")).decode("ascii")
    pieces = [part for part in raw.split(";\r\n ") if part.startswith("filename*")]
    assert len(pieces) > 2
    for piece in pieces:
        value = piece.split("=", 1)[1].split("\r\n")[0].removeprefix("utf-8''")
        unquote_to_bytes(value).decode("utf-8")


def test_our_own_reader_reads_the_name_too() -> None:
    tree = walk(a_mail(Attached(LONG, SHEET, b"PK")), Limits())
    assert [part.path for part in tree.parts if part.path] == [(LONG,)]


def test_a_mail_without_a_file_is_as_before() -> None:
    assert strictly(a_mail()).get_content_type() == "multipart/alternative"


def test_a_type_that_is_none_makes_no_mail() -> None:
    with pytest.raises(ComposeError):
        a_mail(Attached("a", "x\r\nBcc: b@x.vn", b""))


@given(st.text(max_size=300))
def test_a_name_can_neither_break_the_header_nor_leave_its_folder(name: str) -> None:
    raw = a_mail(Attached(name, SHEET, b"1"))
    (part,) = files(raw)
    found = part.get_filename()
    assert found == file_name(name)
    assert found
    assert len(found) <= 100
    assert not set(found) & set('<>:"/\\|?*\r\n\x00')
    head = raw.partition(b"--=_0123.m\r\n")[2]
    assert max(map(len, head.split(b"\r\n"))) <= 140
    assert [d for key in part for d in part[key].defects] == []


def test_equal_facts_give_an_equal_file_whenever_they_are_composed() -> None:
    form = a_form()
    mail = composed(form=form)
    assert mail.raw == composed(form=form).raw
    (part,) = files(mail.raw)
    assert part.get_filename() == "mau-dang-ky-P09.xlsx"
    book = load_workbook(io.BytesIO(part.get_payload(decode=True)))
    assert book.active is not None
    headings = [c.heading for c in form.columns]
    rows = [list(row) for row in book.active.iter_rows(values_only=True)]
    assert headings in rows


def test_each_unit_of_a_mail_has_its_own_form() -> None:
    other = decision_facts(unit="P10", form=a_form(unit="P10"))
    mail = composed(form=a_form(), more=(other,))
    names = [part.get_filename() for part in files(mail.raw)]
    assert names == ["mau-dang-ky-P09.xlsx", "mau-dang-ky-P10.xlsx"]
