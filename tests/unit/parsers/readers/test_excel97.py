"""An .xls workbook is read as Excel shows it, whichever Excel wrote it."""

import datetime as dt
import io
import struct
from typing import Any

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.errors import DamagedFileError, UnsupportedTypeError
from parsers.filetype import found_type
from parsers.values.limits import Limits
from parsers.vietnamese.fold import nfc_text
from tests.builders.old_letters import WESTERN
from tests.builders.reading import all_texts, codes, read_as, texts
from tests.builders.records import (
    a_compound_file,
    a_stream,
    bof,
    cell,
    record,
    short_string,
)

DOUBLE = struct.Struct("<d")


def saved(book: xlwt.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def biff8(*records: bytes, shared: tuple[bytes, ...] = ()) -> bytes:
    return a_compound_file("Workbook", a_stream(0x600, shared, {"S": records}))


def label(row: int, column: int, text: str) -> bytes:
    return cell(0x204, row, column, short_string(text, "H"))


def test_cells_are_read_as_displayed() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Đăng ký")
    values: list[tuple[Any, str]] = [
        (1, "00"),
        (0.95, "0%"),
        (1200000, "#,##0"),
        (dt.date(2021, 6, 10), "D-MMM"),
        (dt.datetime(2021, 6, 10), "dd/mm/yyyy"),  # noqa: DTZ001
        (True, "General"),
        (92.5, "General"),
        (1234567890123, "General"),
        ("Phường  9\n dòng hai ", "General"),
        ("9", '"Phường "@'),
    ]
    for column, (value, code) in enumerate(values):
        sheet.write(0, column, value, xlwt.easyxf(num_format_str=code))
    (table,) = read_as("xls", saved(book)).tables
    assert texts(table) == [[
        *("01", "95%", "1.200.000", "10-Jun", "10/06/2021", "TRUE", "92,5"),
        *("1,23457E+12", "Phường 9\ndòng hai", "Phường 9"),
    ]]  # fmt: skip
    assert table.place == "Đăng ký!A1"
    assert all(c.certainty == 1.0 for row in table.rows for c in row if c)


def test_merges_and_hidden_rows_and_sheets_are_marked() -> None:
    book = xlwt.Workbook()
    sheet, other = book.add_sheet("a"), book.add_sheet("ẩn")
    sheet.write_merge(1, 2, 1, 3, "tiêu đề")
    sheet.write(3, 1, "x")
    sheet.write(3, 3, "z")
    sheet.row(3).hidden = True
    other.write(0, 0, "y")
    other.visibility = 2
    document = read_as("xls", saved(book))
    shown, hidden = document.tables
    assert texts(shown) == [["tiêu đề", None, None], [None] * 3, ["x", "", "z"]]
    assert (shown.merged, shown.hidden_rows) == (((0, 0, 2, 3),), (2,))
    assert (texts(hidden), hidden.hidden) == ([["y"]], True)
    assert codes(document) == ["hidden_rows", "hidden_rows"]


def test_strings_that_go_on_in_the_next_record_are_read_whole() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    expected = [f"{i} " + ("ữ" if i % 2 else "u") * 3000 for i in range(12)]
    for row, text in enumerate(expected):
        sheet.write(row, 0, text)
    (table,) = all_texts(read_as("xls", saved(book)))
    assert [row[0] for row in table] == expected


def test_runs_are_decoded_by_their_fonts() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    old, new = xlwt.easyfont("name .VnTime"), xlwt.easyfont("name Tahoma")
    sheet.write_rich_text(0, 0, [("C«ng tr×nh ", old), ("Tên", new)], xlwt.easyxf(""))
    sheet.write(0, 1, "®¨ng ký", xlwt.easyxf("font: name .VnArial"))
    assert all_texts(read_as("xls", saved(book))) == [[["Công trình Tên", "đăng ký"]]]


def test_formulas_show_what_they_gave() -> None:
    text = b"\0" + bytes(5) + b"\xff\xff"
    error, true = b"\2\0\x2a\0\0\0\xff\xff", b"\1\0\1\0\0\0\xff\xff"
    rest = bytes(8)
    document = read_as(
        "xls",
        biff8(
            cell(6, 0, 0, DOUBLE.pack(2.5), rest),
            cell(6, 0, 1, text, rest),
            record(0x207, short_string("Sửa nhà", "H")),
            cell(6, 0, 2, error, rest),
            cell(6, 0, 3, true, rest),
            cell(0x205, 0, 4, b"\x07\1"),
        ),
    )
    assert all_texts(document) == [[["2,5", "Sửa nhà", "#N/A", "TRUE", "#DIV/0!"]]]


def test_short_numbers_are_read_alone_and_several_in_one_record() -> None:
    whole, hundredth, negative = 7 << 2 | 2, 950 << 2 | 3, (-3 << 2 | 2) & 0xFFFFFFFF
    half = struct.unpack("<L", DOUBLE.pack(0.5)[4:])[0] & 0xFFFFFFFC
    several = struct.pack("<HLHLHLH", 0, hundredth, 0, negative, 0, half, 3)
    document = read_as(
        "xls",
        biff8(
            cell(0x27E, 0, 0, struct.pack("<L", whole)),
            record(0xBD, struct.pack("<HH", 0, 1), several),
        ),
    )
    assert all_texts(document) == [[["7", "9,5", "-3", "0,5"]]]


def test_a_chart_within_the_sheet_has_cells_of_its_own() -> None:
    inner = bof(0x600, 0x20) + label(0, 5, "trong") + record(0x0A)
    document = read_as("xls", biff8(label(0, 0, "a"), inner, label(1, 0, "b")))
    assert all_texts(document) == [[["a"], ["b"]]]


def test_a_workbook_of_1995_is_read_by_its_code_page() -> None:
    def old(text: str) -> bytes:
        raw = text.encode("cp1258")
        return struct.pack("<H", len(raw)) + raw

    stream = a_stream(
        0x500,
        [record(0x42, struct.pack("<H", 1258))],
        {"Bang": [cell(0x204, 0, 0, old("Ba\u0309ng đăng ky\u0301"))]},
    )
    document = read_as("xls", a_compound_file("Book", stream))
    assert all_texts(document) == [[["Bảng đăng ký"]]]
    assert document.tables[0].place == "Bang!A1"


def test_a_workbook_that_is_cut_off_is_damaged() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for row in range(400):
        sheet.write(row, 0, f"hàng {row}")
    payload = saved(book)
    for size in (600, 3000, len(payload) // 2, len(payload) * 3 // 4):
        cut = payload[:size]
        assert found_type(cut, None) == "xls"
        with pytest.raises(DamagedFileError):
            read_as("xls", cut)


def test_rows_beyond_the_limit_are_cut_and_said() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for row in range(30):
        sheet.write(row, 0, row)
    document = read_as("xls", saved(book), Limits(rows=10))
    assert len(document.tables[0].rows) == 10
    assert codes(document) == ["rows_cut"]


def test_cells_that_a_second_reader_does_not_see_are_not_certain() -> None:
    # The second reader takes a text of more letters than its record has for none.
    torn = cell(0x204, 1, 0, struct.pack("<HB", 200, 0), b"ngan")
    document = read_as("xls", biff8(label(0, 0, "a"), torn))
    assert {c.certainty for row in document.tables[0].rows for c in row if c} == {0.9}


def shown(value: Any) -> str:
    return str(value).upper() if isinstance(value, bool) else nfc_text(str(value))


def test_a_rectangle_that_no_memory_holds_is_not_shown_to_the_second_reader() -> None:
    # It makes room for all of it at once, which ends the process without an exception.
    claim = record(0x200, struct.pack("<LLHHH", 5, 0xFFFFFFFF, 0, 0xFFFF, 0))
    turned = record(0x200, struct.pack("<LLHHH", 7, 3, 0, 2, 0))
    level = record(0x200, struct.pack("<LLHHH", 7, 7, 0, 2, 0))
    strings = record(0xFC, struct.pack("<LL", 1, 0xFFFFFFFF), short_string("b", "H"))
    shared = cell(0xFD, 1, 0, struct.pack("<L", 0))
    for payload in (
        biff8(claim, label(0, 0, "a")),
        biff8(turned, label(0, 0, "a")),
        biff8(level, label(0, 0, "a")),
        biff8(label(0, 0, "a"), shared, shared=(strings,)),
    ):
        assert all_texts(read_as("xls", payload))[0][0] == ["a"]


def test_sectors_in_a_circle_do_not_hold_the_second_reader() -> None:
    payload = bytearray(biff8(label(0, 0, "a")))
    # The last sector of the stream leads back to its first.
    last = 512 + 4 * 9
    assert payload[last : last + 4] == b"\xfe\xff\xff\xff"
    payload[last : last + 4] = struct.pack("<L", 2)
    assert all_texts(read_as("xls", bytes(payload))) == [[["a"]]]


TEXTS = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn"), exclude_characters=WESTERN
    ),
    max_size=40,
)
VALUES = st.one_of(TEXTS, st.integers(-(10**9), 10**9), st.booleans())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(VALUES, min_size=1, max_size=5), min_size=1, max_size=8))
def test_any_table_comes_back(rows: list[list[Any]]) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "góc")
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            sheet.write(number, column, value)
    (table,) = read_as("xls", saved(book)).tables
    found = {c.place: c.text for row in table.rows for c in row if c and c.text}
    expected = {
        f"{chr(65 + column)}{number + 1}": shown(value)
        for number, row in enumerate(rows, 1)
        for column, value in enumerate(row, 1)
        if shown(value)
    }
    assert found == expected | {"A1": "góc"}


def test_errors_leave_the_other_cells_certain() -> None:
    document = read_as("xls", biff8(cell(0x205, 0, 0, b"\x2a\1"), label(0, 1, "a")))
    assert [(c.text, c.certainty) for c in document.tables[0].rows[0] if c] == [
        *(("#N/A", 1.0), ("a", 1.0)),
    ]


def test_a_nought_that_is_not_worked_out_is_not_certain() -> None:
    anew, known = struct.pack("<HL", 2, 7), struct.pack("<HL", 0, 7)
    document = read_as(
        "xls",
        biff8(
            cell(6, 0, 0, DOUBLE.pack(0), known, b"\0\0"),
            cell(6, 0, 1, DOUBLE.pack(0), anew, b"\0\0"),
            cell(6, 0, 2, DOUBLE.pack(0), bytes(8)),
            cell(6, 0, 3, DOUBLE.pack(3), bytes(8)),
        ),
    )
    assert [(c.text, c.certainty) for c in document.tables[0].rows[0] if c] == [
        *(("0", 1.0), ("0", 0.5), ("0", 0.5), ("3", 1.0)),
    ]


def test_records_without_a_compound_file_are_read() -> None:
    # What exporters of a few lines write: no version, letters in UTF-8.
    def old(row: int, column: int, text: str) -> bytes:
        raw = text.encode()
        return cell(0x204, row, column, struct.pack("<H", len(raw)) + raw)

    payload = record(0x809, struct.pack("<4H", 0, 0x10, 0, 0))
    payload += cell(0x203, 0, 0, DOUBLE.pack(5)) + old(0, 1, "Tên công trình")
    payload += old(1, 1, "Sửa nhà cho hộ nghèo, Phường 3") + record(0x0A)
    assert found_type(payload, "bang.xls") == "xls"
    assert all_texts(read_as("xls", payload)) == [
        [["5", "Tên công trình"], ["", "Sửa nhà cho hộ nghèo, Phường 3"]]
    ]


@pytest.mark.parametrize("version", [2, 3, 4])
def test_a_workbook_from_before_1993_is_told(version: int) -> None:
    kind = {2: 0x009, 3: 0x209, 4: 0x409}[version]
    head = struct.pack("<3H", version, 0x10, 0)[: 4 if version == 2 else 6]
    payload = record(kind, head) + record(0x0A)
    assert found_type(payload, "bang.xls") == "xls"
    with pytest.raises(UnsupportedTypeError):
        read_as("xls", payload)
