"""Workbooks that LibreOffice wrote in its formats are read as what went into them."""

import subprocess
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from lxml import etree

from parsers.filetype import found_type
from parsers.readers.by_type import READERS
from parsers.values.limits import Limits
from parsers.values.table import Document
from parsers.vietnamese.fold import nfc_text
from tests import neighbours
from tests.builders.reading import texts
from tests.integration.readers.test_through_libreoffice import (
    ROWS,
    SHOWN,
    a_workbook,
)

#: Formats that Excel and LibreOffice show alike, of every kind.
FORMATS = (
    *("0", "00", "0.00", "#,##0", "#,##0.00", "0%", "0.0%", "#,##0;(#,##0)"),
    *("0.00E+00", "##0.0E+0", "0000 000 000", "#,##0,", "# ?/?"),
    *('0;-0;"không"', '"Số "0', '0 "hộ"', "+0;-0;0", "[>=1000]#,##0;0.0"),
)
DATES = (
    *("d/m/yyyy", "dd/mm/yyyy", "d-mmm-yy", "d-mmm", "mmm-yy", "yyyy-mm-dd"),
    *("dddd", "h:mm", "[h]:mm", "dd/mm/yyyy hh:mm", "d/m/yyyy;@"),
)  # fmt: skip
#: It shows numbers as America does; no format here has points or commas of its own.
SWAPPED = str.maketrans(".,", ",.")
NUMBERS = (1.0, 12.0, 0.5, 1234.567, 1200000.0, 0.075, 44357.25, 999.995)
#: The two count days before March 1900 differently.
DAYS = (44357.0, 100.0, 44357.25, 1234.567, 40000.0, 44561.75, 61.0, 43831.5)
CASES = [*((code, NUMBERS) for code in FORMATS), *((code, DAYS) for code in DATES)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one workbook in four of its formats, and one of numbers."""
    out = tmp_path_factory.mktemp("sheets")
    a_workbook(out / "so.xlsx")
    for form in ("xls", "ods", "fods"):
        convert(out / "so.xlsx", form, out)
    numbers(out / "dang.xlsx")
    convert(out / "dang.xlsx", "ods", out)
    convert(out / "dang.xlsx", "xls", out)
    return out


def numbers(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for row, (code, values) in enumerate(CASES):
        style = book.add_format({"num_format": code})
        for column, value in enumerate(values):
            sheet.write_number(row, column, value, style)
    book.close()


def convert(source: Path, form: str, out: Path) -> None:
    program = neighbours.tool("soffice", "LibreOffice")
    profile = f"-env:UserInstallation=file://{out}/profile"
    command = [program, profile, "--headless", "--convert-to", form, "--outdir", out]
    subprocess.run([*command, source], check=True, capture_output=True, timeout=120)
    assert (out / f"{source.stem}.{form}").exists()


def read(path: Path) -> Document:
    payload = path.read_bytes()
    document = READERS[found_type(payload, None)](payload, (path.name,), Limits())
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize("form", ["xls", "ods", "fods"])
def test_its_workbooks_show_what_was_typed(folder: Path, form: str) -> None:
    shown, hidden = read(folder / f"so.{form}").tables
    assert texts(shown) == [*SHOWN, *ROWS]
    assert set(shown.merged) == {(0, 0, 1, 2), (0, 2, 1, 5)}
    assert shown.hidden_rows == (3,)
    assert (texts(hidden), hidden.hidden, hidden.place) == ([["2"]], True, "ẩn!B2")
    assert all(c.certainty == 1.0 for row in shown.rows for c in row if c)


def test_numbers_show_as_it_shows_them(folder: Path) -> None:
    """What a cell of its own file shows, it shows: an independent judge of formats."""
    judge = shown_by_itself(folder / "dang.ods")
    for form in ("xlsx", "xls"):
        (table,) = read(folder / f"dang.{form}").tables
        for (code, _), row, theirs in zip(CASES, texts(table), judge, strict=True):
            assert row == theirs, (form, code)


def shown_by_itself(path: Path) -> list[list[str]]:

    raw = zipfile.ZipFile(path).read("content.xml")
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    rows = []
    for row in etree.fromstring(raw).iter(f"{table}table-row"):
        cells: list[str] = []
        for cell in row.iter(f"{table}table-cell"):
            count = int(cell.get(f"{table}number-columns-repeated", "1"))
            cells += ["".join(str(t) for t in cell.itertext())] * count
        rows.append(cells[: len(NUMBERS)])
    shown = rows[: len(CASES)]
    return [[nfc_text(text.translate(SWAPPED)) for text in row] for row in shown]
