"""Office files that want to cost more than they are worth are refused, in time."""

import io
import struct
import time
import zipfile

import pytest

from parsers.errors import (
    DamagedFileError,
    EncryptedFileError,
    LimitExceededError,
    ParserError,
)
from parsers.values.limits import Limits
from tests.builders.package import a_document, a_workbook, a_zip, rows_xml, w_p
from tests.builders.reading import all_texts, codes, read_as

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
)


def test_a_cell_in_the_last_corner_builds_no_rectangle() -> None:
    data = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>'
    )
    start = time.process_time()
    document = read_as("xlsx", a_workbook(data))
    assert time.process_time() - start < 0.5
    assert all_texts(document) == [[["1"]]]
    assert codes(document) == ["rows_cut"]


def test_merges_without_end_are_bounded() -> None:
    merges = '<mergeCell ref="A1:XFD1048576"/>' * 5000
    rows = "".join(
        f'<row r="{i}"><c r="A{i}"><v>1</v></c><c r="GR{i}"><v>1</v></c></row>'
        for i in range(1, 400)
    )
    data = f"<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>"
    start = time.process_time()
    (table,) = read_as("xlsx", a_workbook(data)).tables
    assert time.process_time() - start < 3
    assert table.merged == ((0, 0, 399, 200),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_declaration_is_refused(encoding: str) -> None:
    text = LAUGHS.replace('"1.0"', f'"1.0" encoding="{encoding}"').encode(encoding)
    payload = a_workbook("", more={"xl/worksheets/sheet1.xml": text})
    with pytest.raises(DamagedFileError):
        read_as("xlsx", payload)


def test_a_member_that_unpacks_too_far_is_refused_at_once() -> None:
    sheet = b"<worksheet>" + b" " * 50_000_000
    payload = a_workbook("", more={"xl/worksheets/sheet1.xml": sheet})
    start = time.process_time()
    with pytest.raises(LimitExceededError):
        read_as("xlsx", payload)
    assert time.process_time() - start < 1


def test_what_the_directory_claims_of_sizes_is_not_believed() -> None:
    payload = bytearray(a_workbook("", more={"xl/worksheets/sheet1.xml": b"x" * 9000}))
    at = payload.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<L", payload, at + 24, 1)
        at = payload.find(b"PK\x01\x02", at + 4)
    with pytest.raises(LimitExceededError):
        read_as("xlsx", bytes(payload), Limits(expanded_mib=0))


def test_members_are_counted() -> None:
    more = {f"xl/media/{i}.png": b"" for i in range(60)}
    with pytest.raises(LimitExceededError):
        read_as("xlsx", a_workbook(rows_xml(""), more=more), Limits(members=50))


def test_elements_nested_without_end_are_refused() -> None:
    deep = "<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000
    with pytest.raises(LimitExceededError):
        read_as("docx", a_document(deep))


def test_every_cut_of_a_file_is_an_error_of_ours() -> None:
    payload = a_document(w_p("Kính gửi"))
    for end in range(0, len(payload), 7):
        with pytest.raises(ParserError):
            read_as("docx", payload[:end])


def test_every_changed_byte_is_an_error_of_ours_or_a_document() -> None:
    payload = a_workbook(
        rows_xml('<c r="A1"><v>1</v></c>'), strings="<si><t>a</t></si>"
    )
    for at in range(0, len(payload), 5):
        broken = bytearray(payload)
        broken[at] ^= 0x41
        try:
            read_as("xlsx", bytes(broken))
        except ParserError:
            continue


def test_a_locked_member_asks_for_a_password() -> None:
    payload = bytearray(a_workbook(rows_xml('<c r="A1"><v>1</v></c>')))
    at = payload.find(b"PK\x01\x02")
    while at >= 0:
        payload[at + 8] |= 1
        at = payload.find(b"PK\x01\x02", at + 4)
    with pytest.raises(EncryptedFileError):
        read_as("xlsx", bytes(payload))


def test_a_zip64_file_is_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        source = zipfile.ZipFile(io.BytesIO(a_document(w_p("lớn"))))
        for name in source.namelist():
            with file.open(name, "w", force_zip64=True) as member:
                member.write(source.read(name))
    assert read_as("docx", out.getvalue()).blocks[0].place == ""


def test_a_program_may_stand_before_the_archive() -> None:
    payload = b"MZ" + bytes(500) + a_document(w_p("tự giải nén"))
    assert len(read_as("docx", payload).blocks) == 1


def test_stored_members_are_read() -> None:
    source = zipfile.ZipFile(io.BytesIO(a_document(w_p("x"))))
    parts = {n: source.read(n) for n in source.namelist()}
    assert len(read_as("docx", a_zip(parts, zipfile.ZIP_STORED)).blocks) == 1


def test_numbers_of_absurd_length_are_no_fault() -> None:
    digits = "9" * 5000
    cells = (
        f'<c r="A1" t="s"><v>{digits}</v></c><c r="B1" s="{digits}"><v>{digits}</v></c>'
        f'<c r="{"A" * 5000}1"><v>3</v></c>'
    )
    data = f'<sheetData><row r="{digits}">{cells}</row></sheetData>'
    (table,) = all_texts(read_as("xlsx", a_workbook(data, strings="<si/>")))
    assert table[0][1] == "3"


def test_many_rows_beyond_the_limit_cost_little() -> None:
    rows = "".join(
        f'<row r="{i}"><c r="A{i}"><v>{i}</v></c></row>' for i in range(60_000)
    )
    start = time.process_time()
    document = read_as("xlsx", a_workbook(f"<sheetData>{rows}</sheetData>"))
    assert time.process_time() - start < 1.5
    assert codes(document) == ["rows_cut"]
