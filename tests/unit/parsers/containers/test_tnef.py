"""What Outlook puts into winmail.dat comes out byte for byte."""

import struct
import time

import pytest

from parsers.reading import Reader
from parsers.values.limits import Limits
from tests.builders.compound import a_compound_file
from tests.builders.containers import digest, holds, listed, opened, told
from tests.builders.message import RULES, a_message, a_multipart, a_part
from tests.builders.outlook import a_tnef, in_cp1258, mapi, packed_rtf, wrapped_html

TEXT = b"Kinh gui Ban Dan van Quan uy\n" * 40
NAME = "Đăng ký công trình quý III.txt"
WIDE = NAME.encode("utf-16-le") + b"\0\0"
OLE = bytes.fromhex("0b00000000000000c000000000000046")
MESSAGE = bytes.fromhex("0703020000000000c000000000000046")
LONG_NAME, DATA = 0x3707, 0x3701


def test_a_file_keeps_its_bytes_and_its_long_name() -> None:
    payload = a_tnef((b"DANGKY~1.TXT", TEXT, mapi({(0x1F, LONG_NAME): WIDE}, True)))
    found = opened(payload, "winmail.dat")
    assert [a.type for a in found.attachments] == ["tnef", "text"]
    assert holds(found, NAME) == [digest(TEXT)]
    assert told(found) == []


def test_a_name_in_a_code_page_is_read_by_it() -> None:
    name = in_cp1258("Danh sách quý.txt")
    found = opened(a_tnef((name, TEXT, b"")), "winmail.dat")
    assert listed(found) == ["Danh sách quý.txt: other"]


def test_a_name_whose_letters_were_lost_gives_way() -> None:
    lost = mapi({(0x1E, LONG_NAME): b"Danh s?ch.txt\0"})
    found = opened(a_tnef(("Danh sách.txt".encode("cp1258"), TEXT, lost)), "w.dat")
    assert listed(found) == ["Danh sách.txt: other"]


def test_an_object_comes_out_whole() -> None:
    document = a_compound_file({"WordDocument": TEXT * 10, "1Table": b"x" * 61_534})
    properties = mapi({(0x0D, DATA): OLE + document, (3, 0x3705): b"\6\0\0\0"})
    found = opened(a_tnef((b"bang.doc", b"an old picture", properties)), "winmail.dat")
    assert holds(found, "bang.doc") == [digest(document)]
    assert found.attachments[1].type == "doc"


def test_data_may_stand_among_the_properties() -> None:
    found = opened(a_tnef((b"a.txt", None, mapi({(0x102, DATA): TEXT}))), "w.dat")
    assert holds(found, "a.txt") == [digest(TEXT)]


def test_a_message_in_it_is_opened() -> None:
    inner = a_tnef((b"bang.txt", TEXT, b""))
    properties = mapi({(0x0D, DATA): MESSAGE + inner})
    found = opened(a_tnef((b"Thu cu", None, properties)), "winmail.dat")
    assert listed(found) == ["Thu cu: other", "Thu cu|bang.txt: other"]


@pytest.mark.parametrize("plain", [False, True])
def test_html_in_its_rtf_is_the_mails_text(plain: bool) -> None:
    table = "<table><tr><td>Đăng ký công trình</td></tr></table>"
    html = f"<html><body>{table}</body></html>"
    message = mapi({(0x102, 0x1009): packed_rtf(wrapped_html(html), plain)})
    found = opened(a_tnef(message=message), "winmail.dat")
    [(path, document)] = found.documents
    assert path == ("winmail.dat",)
    assert document.tables[0].rows[0][0].text == "Đăng ký công trình"


def test_rtf_with_a_table_that_was_never_html_is_a_file() -> None:
    rtf = b"{\\rtf1\\ansi\\trowd\\cellx100 x\\cell\\row}"
    found = opened(a_tnef(message=mapi({(0x102, 0x1009): packed_rtf(rtf)})), "w.dat")
    assert holds(found, "noi-dung.rtf") == [digest(rtf)]
    assert found.attachments[1].type == "rtf"


def test_one_that_holds_nothing_is_no_fault() -> None:
    assert told(opened(a_tnef(), "winmail.dat")) == []


def test_equal_names_have_their_number() -> None:
    found = opened(a_tnef((b"a.txt", TEXT, b""), (b"a.txt", b"2", b"")), "w.dat")
    assert listed(found) == ["a.txt: other", "a.txt#2: other"]


def test_what_stands_before_a_cut_is_read() -> None:
    whole = a_tnef((b"a.txt", TEXT, b""), (b"b.txt", TEXT, b""))
    found = opened(whole[:-30], "winmail.dat")
    assert holds(found, "a.txt") == [digest(TEXT)]
    assert told(found) == [("file_damaged", "winmail.dat")]


@pytest.mark.parametrize("kind", [0x102, 0x1102, 0x1003, 0x101F, 0x7777])
def test_counts_that_the_file_cannot_hold_cost_nothing(kind: int) -> None:
    bomb = struct.pack("<LHHL", 0xFFFFFFFF, kind, 0x3001, 0xFFFFFFFF) + b"\0" * 12
    begun = time.process_time()
    opened(a_tnef((b"a.txt", b"x", bomb), message=bomb), "winmail.dat")
    assert time.process_time() - begun < 1


def test_files_in_it_count_against_the_budget() -> None:
    payload = a_tnef((b"a.txt", bytes(700_000), b""), (b"b.txt", bytes(700_000), b""))
    found = opened(payload, "winmail.dat", Limits(expanded_mib=1))
    assert listed(found) == ["a.txt: other"]
    assert told(found) == [("limit_exceeded", "winmail.dat")]


def test_winmail_in_a_mail_has_its_path() -> None:
    tnef = a_part(
        a_tnef((b"a.txt", TEXT, b"")),
        'application/ms-tnef; name="winmail.dat"',
        encoding="base64",
    )
    reading = Reader(RULES).read_message(a_message(a_multipart(a_part(), tnef)))
    assert [a.path for a in reading.attachments] == [
        ("winmail.dat",),
        ("winmail.dat", "a.txt"),
    ]
