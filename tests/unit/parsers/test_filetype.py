"""What a file is, is told by its bytes, whatever its name says."""

import io
import struct
import time
import zipfile

import docx
import openpyxl
import pytest

from parsers.filetype import found_type, is_encrypted
from tests.builders.package import a_document, a_workbook, a_zip, rows_xml, w_p

SECTOR = 512


def a_compound(streams: dict[str, bytes]) -> bytes:
    """Return a compound file with `streams`, each cut or filled to 4096 bytes."""
    count = 1 + 1 + 8 * len(streams)
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0)]
    fat = [0xFFFFFFFD, 0xFFFFFFFE]
    data = b""
    for number, (name, content) in enumerate(streams.items()):
        first = 2 + 8 * number
        entries.append(_entry(name, 2, first, 4096))
        fat += [*range(first + 1, first + 8), 0xFFFFFFFE]
        data += content[:4096].ljust(4096, b"\0")
    directory = b"".join(entries).ljust(SECTOR, b"\0")[:SECTOR]
    table = struct.pack(f"<{count}L", *fat).ljust(SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<LL", 1, 1) + bytes(4)
    head += struct.pack("<LLLLL", 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<L", 0) + b"\xff" * (SECTOR - len(head) - 4)
    return head + table + directory + data


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    head = raw.ljust(64, b"\0") + struct.pack("<HB", len(raw), kind)
    return head.ljust(116, b"\0") + struct.pack("<LL", start, size) + bytes(4)


def by_writer(kind: str) -> bytes:
    out = io.BytesIO()
    if kind == "xlsx":
        openpyxl.Workbook().save(out)
    else:
        docx.Document().save(out)
    return out.getvalue()


def content_types(content: str) -> str:
    return f'<Types><Override ContentType="application/{content}"/></Types>'


def of_content(content: str) -> bytes:
    """Return an office file whose list of contents names only `content`."""
    return a_zip({"[Content_Types].xml": content_types(content)})


def open_document(kind: str) -> bytes:
    return a_zip({"mimetype": f"application/vnd.oasis.opendocument.{kind}"})


#: What Word leaves beside an open document of somebody called Binh.
LOCK = b"\x04Binh".ljust(54) + b"\x04\0B\0i\0n\0h\0".ljust(108, b"\0")
WEBLOC = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD'
    b' PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version'
    b'="1.0">\n<dict>\n\t<key>URL</key>\n\t<string>https://a.example</string>'
)
EXCEL_2003 = b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook>"


def locked(payload: bytes) -> bytes:
    data = bytearray(payload)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


CASES: list[tuple[str, bytes, str | None]] = [
    ("empty", b"", "bang.xlsx"),
    ("xlsx", by_writer("xlsx"), "bang.doc"),
    ("docx", by_writer("docx"), "bang.xls"),
    ("xlsx", a_workbook(rows_xml("")), None),
    ("docx", a_document(w_p("x")), "x.zip"),
    ("xlsm", of_content("vnd.ms-excel.sheet.macroEnabled.main+xml"), None),
    ("docm", of_content("vnd.ms-word.document.macroEnabled.main+xml"), None),
    ("xlsb", a_zip({"xl/workbook.bin": b"", "[Content_Types].xml": ""}), None),
    ("pptx", of_content("x.presentationml.presentation.main+xml"), None),
    ("ods", open_document("spreadsheet"), None),
    ("odt", open_document("text"), None),
    ("zip", a_zip({"dang-ky/word/document.xml": "x"}), "bang.docx"),
    ("zip", a_zip({}), None),
    ("zip", locked(a_zip({"bang.xlsx": b"x"})), None),
    ("encrypted", a_compound({"EncryptedPackage": b""}), "bang.xlsx"),
    ("doc", a_compound({"WordDocument": b""}), "a.docx"),
    ("xls", a_compound({"Workbook": b""}), None),
    ("xls", a_compound({"Book": b""}), None),
    ("msg", a_compound({"__properties_version1.0": b""}), None),
    ("unknown", a_compound({"Contents": b""}), None),
    ("unknown", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None),
    ("pdf", b"\xef\xbb\xbf\n%PDF-1.4\n", "bang.docx"),
    ("rtf", b"{\\rtf1\\ansi", "bang.doc"),
    ("html", b"<html><body>", "bang.doc"),
    ("html", b"\xef\xbb\xbf<?xml version='1.0'?><!-- c --><!DOCTYPE html><html>", None),
    ("html", "<table><tr><td>a".encode("utf-16"), "bang.xls"),
    ("xml", EXCEL_2003, "bang.xls"),
    ("dxl", b"<?xml version='1.0'?><document xmlns='http://www.lotus.com/dxl'>", None),
    ("eml", b"From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\n\r\ny", None),
    ("png", b"\x89PNG\r\n\x1a\n....", "bang.jpg"),
    ("jpg", b"\xff\xd8\xff\xe0....", None),
    ("gif", b"GIF89a....", None),
    ("tif", b"II*\0....", None),
    ("webp", b"RIFF\0\0\0\0WEBPVP8 ", None),
    ("heic", b"\0\0\0\x18ftypheic", None),
    ("mp4", b"\0\0\0\x18ftypisom", None),
    ("rar", b"Rar!\x1a\x07\x01\0", None),
    ("7z", b"7z\xbc\xaf'\x1c", None),
    ("gz", b"\x1f\x8b\x08", None),
    ("tar", bytes(257) + b"ustar\0", None),
    ("tnef", b"\x78\x9f\x3e\x22\x01", "winmail.dat"),
    ("eml", b"Subject: x\r\n\r\ny", "a.eml"),
    ("text", b"Subject: x\r\n\r\ny", "a.txt"),
    ("lnk", b"\x4c\0\0\0\x01\x14\x02\0", None),
    ("url", b"[{000214A0-0000-0000}]\r\nProp3=19,2\r\n[InternetShortcut]\r\n", "a.url"),
    ("url", b"[InternetShortcut]\r\nURL=https://drive.google.com/x\r\n", "bang.url"),
    ("url", b"[Desktop Entry]\nType=Link\nURL=https://a.example\n", None),
    ("url", b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}', "a.gsheet"),
    ("webloc", WEBLOC, "bang.webloc"),
    ("webloc", b"bplist00\xd1\x01\x02SURL_\x10\x11https://a.example", None),
    ("wmv", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9", None),
    ("lock", LOCK, "~$bang.docx"),
    ("csv", b"STT;Ten;Hinh thuc\n1;a;b\n2;c;d\n3;e;f\n", None),
    ("tsv", b"STT\tTen\tHinh thuc\n1\ta\tb\n2\tc\td\n3\te\tf\n", None),
    ("csv", b"STT,Ten\n1,a\n", "bang.CSV"),
    ("tsv", "STT\tTên\n1\ta\n".encode("utf-16"), "bang.csv"),
    ("text", "Kính gửi, Ban,\nĐơn vị, gửi,\nbảng, sau,\n".encode(), None),
    ("text", b"Phu\xdeng 9 g\xf6i", None),
    ("unknown", bytes(range(256)) * 4, "bang.txt"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "payload", "name"),
    CASES,
    ids=[f"{i}-{c[0]}" for i, c in enumerate(CASES)],
)
def test_bytes_decide(expected: str, payload: bytes, name: str | None) -> None:
    assert found_type(payload, name) == expected


@pytest.mark.parametrize(
    ("kind", "part"), [("xlsx", 0.9), ("docx", 0.9), ("docx", 0.1)]
)
def test_a_truncated_office_file_is_still_known(kind: str, part: float) -> None:
    payload = by_writer(kind)
    assert found_type(payload[: int(len(payload) * part)], None) in (kind, "zip")
    assert found_type(payload[:-30], None) == kind


def test_passwords_are_seen_in_zip_and_office_files() -> None:
    assert is_encrypted(a_compound({"EncryptedPackage": b""}))
    assert is_encrypted(locked(a_zip({"bang.xlsx": b"x"})))
    assert is_encrypted(a_compound({"WordDocument": bytes(11) + b"\x01"}))
    bof = struct.pack("<HH", 0x809, 16) + bytes(16)
    assert is_encrypted(a_compound({"Workbook": bof + struct.pack("<HH", 0x2F, 6)}))
    assert not is_encrypted(a_compound({"Workbook": bof}))
    assert not is_encrypted(a_compound({"WordDocument": b""}))
    assert not is_encrypted(a_zip({"bang.xlsx": b"x"}))
    assert not is_encrypted(b"")


@pytest.mark.parametrize(
    "payload",
    [
        b"<!-- -->" * 200_000,
        b"PK\x03\x04" * 200_000,
        b',"' * 500_000,
        b"a:\n" * 500_000,
    ],
    ids=["comments", "locals", "quotes", "fields"],
)
def test_looking_is_quick(payload: bytes) -> None:
    start = time.process_time()
    found_type(payload, None)
    assert time.process_time() - start < 0.5


def test_a_compound_file_whose_chain_runs_in_a_circle_ends() -> None:
    payload = bytearray(a_compound({"WordDocument": b""}))
    struct.pack_into("<L", payload, SECTOR + 4, 1)
    start = time.process_time()
    assert found_type(bytes(payload), None) == "doc"
    assert time.process_time() - start < 1


def test_every_changed_byte_still_has_a_type() -> None:
    for payload in (by_writer("xlsx"), a_compound({"WordDocument": b""})):
        for at in range(0, len(payload), 37):
            broken = bytearray(payload)
            broken[at] ^= 0xFF
            assert found_type(bytes(broken), None)
    assert zipfile.is_zipfile(io.BytesIO(by_writer("xlsx")))
