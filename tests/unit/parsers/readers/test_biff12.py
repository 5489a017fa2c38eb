"""An .xlsb workbook is read as Excel shows it."""

import datetime as dt
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyxlsbwriter import XlsbWriter

from parsers.errors import DamagedFileError
from parsers.filetype import found_type
from parsers.readers.letters import Letters
from parsers.vietnamese.fold import nfc_text
from tests.builders.old_letters import WESTERN
from tests.builders.package import a_zip
from tests.builders.reading import all_texts, codes, read_as, texts
from tests.builders.records import an_xlsb, cell12, record12, row12, string12

DOUBLE = struct.Struct("<d")


def written(folder: Path, sheets: dict[str, list[list[Any]]]) -> bytes:
    path = folder / "bang.xlsb"
    with XlsbWriter(str(path)) as book:
        for name, rows in sheets.items():
            book.add_sheet(name, hidden=name == "ẩn")
            book.write_sheet(rows)
    return path.read_bytes()


def style(form: int, font: int = 0) -> bytes:
    return record12(47, struct.pack("<3H", 0, form, font), bytes(10))


def font(name: str) -> bytes:
    return record12(43, bytes(21), string12(name))


def test_cells_of_another_writer_are_read(tmp_path: Path) -> None:
    rows = [["STT", "Tên ư", "Số"], [1, "Phường 9", 1234.5], [True, None, -5]]
    payload = written(tmp_path, {"Đăng ký": rows, "ẩn": [[dt.date(2021, 6, 10)]]})
    assert found_type(payload, None) == "xlsb"
    document = read_as("xlsb", payload)
    shown, hidden = document.tables
    assert texts(shown) == [
        ["STT", "Tên ư", "Số"],
        ["1", "Phường 9", "1234,5"],
        ["TRUE", "", "-5"],
    ]
    assert (texts(hidden), hidden.hidden) == ([["2021-06-10"]], True)
    assert (shown.place, codes(document)) == ("Đăng ký!A1", ["hidden_rows"])
    assert all(c.certainty == 1.0 for row in shown.rows for c in row if c)


def test_every_kind_of_cell_shows_what_it_showed() -> None:
    rest = bytes(8)
    sheet = (
        row12(0)
        + cell12(2, 0, struct.pack("<L", 7 << 2 | 2), style=1)
        + cell12(3, 1, b"\x2a")
        + cell12(4, 2, b"\1")
        + cell12(5, 3, DOUBLE.pack(0.95), style=2)
        + cell12(6, 4, string12("trong ô"))
        + cell12(7, 5, struct.pack("<L", 0))
        + row12(2, hidden=True)
        + cell12(8, 0, string12("công thức"), rest)
        + cell12(9, 1, DOUBLE.pack(2.5), rest)
        + cell12(10, 2, b"\0", rest)
        + cell12(11, 3, b"\x07", rest)
        + record12(176, struct.pack("<4L", 2, 2, 3, 4))
    )
    styles = record12(44, struct.pack("<H", 170), string12("00"))
    styles += record12(617) + style(0) + style(170) + style(9) + record12(618)
    strings = record12(19, b"\0", string12("chung"))
    (table,) = read_as("xlsb", an_xlsb(sheet, strings=strings, styles=styles)).tables
    assert texts(table) == [
        ["07", "#N/A", "TRUE", "95%", "trong ô", "chung"],
        [""] * 6,
        ["công thức", "2,5", "FALSE", "#DIV/0!", None, ""],
    ]
    assert (table.merged, table.hidden_rows) == (((2, 3, 3, 5),), (2,))
    assert table.place == "Sheet1!A1"


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    sheet = row12(0) + cell12(5, 0, DOUBLE.pack(42895), style=0)
    styles = record12(617) + style(14) + record12(618)
    payload = an_xlsb(sheet, styles=styles, properties=b"\1" + bytes(7))
    assert all_texts(read_as("xlsb", payload)) == [[["10/06/2021"]]]


def test_runs_come_with_their_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[tuple[str, str | None]]] = []

    def spy(self: Letters, runs: Any) -> str:
        seen.append(list(runs))
        return "x"

    monkeypatch.setattr(Letters, "shown_runs", spy)
    styles = font("Tahoma") + font(".VnTime")
    styles += record12(617) + style(0, 0) + record12(618)
    runs = struct.pack("<LHH", 1, 2, 1)
    strings = record12(19, b"\1", string12("a Tªn"), runs)
    sheet = row12(0) + cell12(7, 0, struct.pack("<L", 0))
    read_as("xlsb", an_xlsb(sheet, strings=strings, styles=styles))
    assert [("a ", "Tahoma"), ("Tªn", ".VnTime")] in seen


def test_a_sheet_that_breaks_off_is_damaged() -> None:
    sheet = row12(0) + cell12(6, 0, string12("a")) + b"\x06\xff\x7f"
    with pytest.raises(DamagedFileError):
        read_as("xlsb", an_xlsb(sheet))
    with pytest.raises(DamagedFileError):
        read_as("xlsb", a_zip({"xl/workbook.bin": b""}))


def test_a_cell_beyond_the_last_place_is_left_out_and_nothing_is_certain() -> None:
    far = cell12(6, 0xFFFFFFF0, string12("xa"))
    (table,) = read_as(
        "xlsb", an_xlsb(row12(0) + cell12(6, 0, string12("a")) + far)
    ).tables
    assert [(c.text, c.certainty) for row in table.rows for c in row if c] == [
        ("a", 0.9)
    ]


#: The writer counts a letter beyond U+FFFF as one, which tears its file.
TEXTS = st.text(
    st.characters(
        max_codepoint=0xFFFF,
        exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn"),
        exclude_characters=WESTERN,
    ),
    max_size=40,
)
VALUES = st.one_of(TEXTS, st.integers(-(10**9), 10**9))
ROWS = st.lists(st.lists(VALUES, min_size=3, max_size=3), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_any_table_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[Any]]
) -> None:
    folder = tmp_path_factory.mktemp("xlsb")
    written_rows = [["a", "b", "c"], *rows, ["x", "y", "z"]]
    (table,) = read_as("xlsb", written(folder, {"a": written_rows})).tables
    assert texts(table) == [[nfc_text(str(v)) for v in row] for row in written_rows]
