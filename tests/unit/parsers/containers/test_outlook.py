"""Outlook's .msg is read like any mail, at the top and as an attachment."""

import io
import struct
import unicodedata
from datetime import UTC, datetime

import olefile
import pytest

from parsers.containers.lzfu import unpack_rtf
from parsers.containers.rtf_html import text_in
from parsers.errors import DamagedFileError
from parsers.message import ParsedMessage, parse
from parsers.reading import Reader
from parsers.values.limits import Limits
from tests.builders.compound import Storage, a_compound_file
from tests.builders.containers import digest, holds, listed, opened, told
from tests.builders.message import RULES, a_message, a_multipart, a_part
from tests.builders.outlook import (
    Mail,
    Values,
    a_msg,
    in_cp1258,
    packed_rtf,
    wrapped_html,
)

TEXT = b"Kinh gui Ban Dan van Quan uy\n" * 200
SENT = datetime(2021, 6, 8, 8, 0, tzinfo=UTC)
PLAIN: Values = {
    0x0037: "Đăng ký công trình",
    0x0C1A: "Phường 9",
    0x0C1F: "/O=EXCHANGE/CN=P9",
    0x5D01: "p9@example.vn",
    0x0039: SENT,
    0x1035: "<1@example.vn>",
    0x1000: "Kính gửi Ban Dân vận",
}
CAME = (
    "Received: from a by b; Tue, 8 Jun 2021 15:00:00 +0700\r\n"
    "Authentication-Results: mx.example; spf=pass\r\n"
    'From: "Phường 9" <p9@example.vn>\r\n'
    "Subject: =?utf-8?B?xJDEg25nIGvDvQ==?=\r\n"
    "Content-Type: multipart/mixed; boundary=x\r\n"
)


def attached(name: str, payload: bytes) -> Values:
    return {0x3707: name, 0x3705: 1, 0x3701: payload}


def read(mail: Mail) -> ParsedMessage:
    return parse(a_msg(mail), RULES)


def test_the_builder_writes_what_olefile_reads() -> None:
    written = a_msg(Mail(PLAIN, [attached("bảng.txt", TEXT)]))
    with olefile.OleFileIO(io.BytesIO(written)) as file:
        stream = ["__attach_version1.0_#00000000", "__substg1.0_37010102"]
        assert file.openstream(stream).read() == TEXT
        assert file.parsing_issues == []


@pytest.mark.parametrize("codepage", [None, "cp1258"])
def test_properties_give_the_header(codepage: str | None) -> None:
    values = PLAIN | ({0x3FFD: 1258, 0x1000: "Kính gửi"} if codepage else {})
    message = read(Mail(values, codepage=codepage)).message
    assert message.subject == values[0x0037]
    assert message.author is not None
    assert message.author.address == "p9@example.vn"
    assert message.date == SENT
    assert message.message_id == "<1@example.vn>"


def test_the_header_that_it_came_with_counts_more() -> None:
    message = read(Mail(PLAIN | {0x007D: CAME, 0x0037: "RE: khác"})).message
    assert message.subject == "Đăng ký"
    assert message.date == SENT
    assert [line.name for line in message.trace] == [
        "received",
        "authentication-results",
    ]


def test_recipients_are_read() -> None:
    people: list[Values] = [
        {0x3001: "Ban Dân vận", 0x39FE: "bdv@example.vn", 0x0C15: 1},
        {0x3001: "Quận ủy", 0x3003: "qu@example.vn", 0x0C15: 2},
    ]
    message = read(Mail(PLAIN, recipients=people)).message
    assert [a.address for a in message.recipients] == [
        "bdv@example.vn",
        "qu@example.vn",
    ]


@pytest.mark.parametrize("size", [0, 10, 4095, 4096, 9 * 2**20])
def test_attachments_of_every_size_come_out_byte_for_byte(size: int) -> None:
    payload = (TEXT * (size // len(TEXT) + 1))[:size]
    found = read(Mail(PLAIN, [attached("bảng.txt", payload), attached("b", b"x")]))
    files = [p for p in found.parts if p.body is None]
    assert [p.path for p in files] == [("bảng.txt",), ("b",)]
    assert files[0].digest == digest(payload)


def test_text_that_html_says_again_is_marked() -> None:
    html = "<html><body>Kính gửi</body></html>".encode()
    found = read(Mail(PLAIN | {0x1013: html, 0x3FDE: 65001}))
    assert [(p.body, p.alternative) for p in found.parts] == [
        ("text", True),
        ("html", False),
    ]
    assert found.parts[1].payload == html


def test_html_wrapped_in_rtf_comes_out() -> None:
    html = "<html><body><p>Đăng {ký} công trình</p></body></html>"
    found = read(Mail(PLAIN | {0x1009: packed_rtf(wrapped_html(html))}))
    assert unicodedata.normalize("NFC", found.parts[1].payload.decode()) == html


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (b"\\u272 ?\\u259 ?ng k\\'fd", "Đăng ký"),
        (b"\\uc2\\u272 ??x", "Đx"),
        (b"\\u-10179 ?\\u-8704 ?", "😀"),
        (b"{\\*\\generator x}a\\tab b\\par c\\~d{\\pict ffd8}", "a\tb\r\nc\u00a0d"),
        (b"\\f1 \\'ec\\f0 \\'ec", "\u0301ì"),
    ],
)
def test_letters_of_rtf_are_read_by_their_font(inside: bytes, text: str) -> None:
    fonts = b"{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset163 B;}}"
    assert text_in(b"{\\rtf1\\ansi\\ansicpg1252" + fonts + inside + b"}") == text


def test_rtf_of_many_groups_is_damage() -> None:
    with pytest.raises(DamagedFileError):
        text_in(b"{\\rtf1" + b"{" * 100_000)


#: The two examples of MS-OXRTFCP, section 3.
OFFICIAL = [
    (
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af3206865"
        "6c090020627705b06c647d0a800fa0",
        b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
    ),
    (
        "1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0",
        b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}",
    ),
]


@pytest.mark.parametrize(("packed", "rtf"), OFFICIAL)
def test_the_examples_of_the_specification_unpack(packed: str, rtf: bytes) -> None:
    assert unpack_rtf(bytes.fromhex(packed)) == rtf


def test_a_mail_in_it_keeps_its_path_and_its_files() -> None:
    inner = Mail(PLAIN, [attached("bảng.txt", TEXT)])
    found = read(Mail(PLAIN, [({0x3001: "Thư cũ", 0x3705: 5}, inner)]))
    assert [(p.path, p.depth, p.container) for p in found.parts] == [
        ((), 0, False),
        (("Thư cũ.msg",), 0, True),
        (("Thư cũ.msg",), 1, False),
        (("Thư cũ.msg", "bảng.txt"), 1, False),
    ]


def test_mails_within_mails_are_cut_at_the_limit() -> None:
    mail = Mail(PLAIN, [attached("bảng.txt", TEXT)])
    for _ in range(8):
        mail = Mail(PLAIN, [({0x3001: "Thư", 0x3705: 5}, mail)])
    found = read(mail)
    assert max(p.depth for p in found.parts) == 5
    assert [f.code for f in found.findings] == ["limit_exceeded"]


def test_rtf_of_many_mails_is_unpacked_up_to_a_limit() -> None:
    claimed = struct.pack("<4L", 12, 10 * 2**20, 0x75465A4C, 0)
    inner = Mail(PLAIN | {0x1009: claimed})
    found = read(Mail(PLAIN | {0x1009: claimed}, [({0x3001: "Thư", 0x3705: 5}, inner)]))
    assert [(f.code, f.place) for f in found.findings] == [
        ("limit_exceeded", "Thư.msg")
    ]
    assert [p.body for p in found.parts if not p.container] == ["text", "text"]


def test_an_object_of_another_program_is_told() -> None:
    values: Values = {0x3001: "Bảng", 0x3705: 6}
    found = read(Mail(PLAIN, objects=[(values, {"Workbook": TEXT})]))
    assert [(f.code, f.place) for f in found.findings] == [("type_unsupported", "Bảng")]


def native(name: str, payload: bytes) -> bytes:
    """Return what Windows packs when a file is inserted as an object."""
    raw = in_cp1258(name)
    path = b"C:\\thu muc\\" + raw + b"\0"
    body = struct.pack("<H", 2) + raw + b"\0" + path
    body += struct.pack("<HHL", 0, 3, len(path))
    body += path + struct.pack("<L", len(payload)) + payload
    return struct.pack("<L", len(body)) + body


@pytest.mark.parametrize(
    ("storage", "name"),
    [
        (
            {"\x01Ole10Native": native("bảng.txt", TEXT), "\x03ObjInfo": b"x"},
            "bảng.txt",
        ),
        ({"Package": TEXT, "\x01CompObj": b"x"}, "Bảng"),
        ({"\x01Ole10Native": struct.pack("<L", len(TEXT)) + TEXT}, "Bảng"),
    ],
)
def test_the_file_in_an_object_comes_out(storage: Storage, name: str) -> None:
    values: Values = {0x3001: "Bảng", 0x3705: 6}
    [part] = [p for p in read(Mail(PLAIN, objects=[(values, storage)])).parts if p.path]
    assert (part.path, part.payload) == ((name,), TEXT)
    alone = opened(a_compound_file(storage), "x.bin")
    assert alone.attachments[0].type == "ole"
    assert alone.attachments[1].sha256 == digest(TEXT)


def test_an_automatic_answer_is_known_by_its_class() -> None:
    report = read(Mail(PLAIN | {0x001A: "REPORT.IPM.Note.NDR"}))
    away = read(Mail(PLAIN | {0x001A: "IPM.Note.Rules.OofTemplate.Microsoft"}))
    assert report.message.automatic == "bounce"
    assert away.message.automatic == "automatic"


def test_it_is_opened_in_a_mail_under_any_name() -> None:
    part = a_part(
        a_msg(Mail(PLAIN, [attached("bảng.txt", TEXT)])),
        'application/octet-stream; name="thu.bin"',
        encoding="base64",
    )
    reading = Reader(RULES).read_message(a_message(a_multipart(a_part(), part)))
    assert [(a.path, a.type) for a in reading.attachments] == [
        (("thu.bin",), "msg"),
        (("thu.bin", "bảng.txt"), "text"),
    ]


def test_a_bare_one_is_its_own_attachment() -> None:
    found = opened(a_msg(Mail(PLAIN, [attached("bảng.txt", TEXT)])), "x.msg")
    assert listed(found) == ["bảng.txt: other"]
    assert holds(found, "bảng.txt") == [digest(TEXT)]


def test_files_in_it_count_against_the_budget() -> None:
    mail = Mail(PLAIN, [attached("a.txt", bytes(700_000)), attached("b.txt", TEXT)])
    found = opened(a_msg(mail), "x.msg", Limits(expanded_mib=0))
    assert told(found) == [("limit_exceeded", "x.msg")]


@pytest.mark.parametrize("cut", [600, 5_000, 20_000])
def test_a_damaged_one_loses_no_mail(cut: int) -> None:
    whole = a_msg(Mail(PLAIN, [attached("bảng.txt", TEXT * 10)]))
    parsed = parse(whole[:cut], RULES)
    assert "file_damaged" in [f.code for f in parsed.findings]
