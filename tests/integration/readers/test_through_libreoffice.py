"""Files that LibreOffice wrote are read as what went into it."""

import datetime as dt
import subprocess
from pathlib import Path

import docx
import openpyxl
import pytest

from parsers.filetype import found_type
from parsers.readers.by_type import READERS
from parsers.values.limits import Limits
from parsers.values.table import Document, Table
from tests import neighbours
from tests.builders.reading import texts

HEADING = ["STT", "Tên công trình", "Tỷ lệ", "Kinh phí", "Thời gian"]
ROWS = [
    ["01", "Sửa nhà\ncho hộ nghèo", "95%", "1.200.000", "10/06/2021"],
    ["02", "Trồng cây “xanh” & hoa", "7,5%", "850.000", "05/10/2021"],
]
SHOWN = [["ĐẢNG ỦY PHƯỜNG 9", None, "ĐẢNG CỘNG SẢN VIỆT NAM", None, None], HEADING]


def a_workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Đăng ký"
    sheet["A1"], sheet["C1"] = SHOWN[0][0], SHOWN[0][2]
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("C1:E1")
    sheet.append(HEADING)
    sheet.append([1, ROWS[0][1], 0.95, 1200000, dt.date(2021, 6, 10)])
    sheet.append([2, ROWS[1][1], 0.075, 850000, dt.date(2021, 10, 5)])
    formats = ["00", "@", "0%", "#,##0", "dd/mm/yyyy"]
    for row in (3, 4):
        for column, code in enumerate(formats, 1):
            sheet.cell(row, column).number_format = code
    sheet["C4"].number_format = "0.0%"
    sheet.row_dimensions[4].hidden = True
    hidden = book.create_sheet("ẩn")
    hidden["B2"] = "=1+1"
    hidden.sheet_state = "hidden"
    book.save(path)


def a_document(path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("BẢNG ĐĂNG KÝ")
    table = document.add_table(len(ROWS) + 1, len(HEADING))
    for row, values in zip(table.rows, [HEADING, *ROWS], strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    table.cell(1, 4).merge(table.cell(2, 4)).text = "cả năm"
    inner = table.cell(1, 1).add_table(1, 1)
    inner.cell(0, 0).text = "trong"
    for text in ("Sửa nhà", "Trồng cây"):
        document.add_paragraph(text, style="List Number")
    document.sections[0].header.paragraphs[0].text = "ĐẢNG ỦY PHƯỜNG 9"
    document.save(str(path))


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what LibreOffice makes of both files, in all its formats."""
    source = tmp_path_factory.mktemp("source")
    a_workbook(source / "so.xlsx")
    a_document(source / "van.docx")
    out = tmp_path_factory.mktemp("out")
    jobs = (("ods", "so.xlsx"), ("html", "so.xlsx"), ("odt", "van.docx"))
    for form, name in jobs:
        convert(source / name, form, out)
    convert(out / "so.ods", "xlsx", out)
    convert(out / "van.odt", "docx", out)
    # Writer's own HTML and Calc's are both called so.html; each in its folder.
    (out / "van").mkdir()
    convert(source / "van.docx", "html", out / "van")
    return out


def convert(source: Path, form: str, out: Path) -> None:
    program = neighbours.tool("soffice", "LibreOffice")
    profile = f"-env:UserInstallation=file://{out}/profile"
    command = [program, profile, "--headless", "--convert-to", form, "--outdir", out]
    subprocess.run([*command, source], check=True, capture_output=True, timeout=120)
    assert (out / f"{source.stem}.{form}").exists()


def read(path: Path) -> Document:
    payload = path.read_bytes()
    kind = found_type(payload, None)
    assert kind == path.suffix.removeprefix(".")
    document = READERS[kind](payload, (path.name,), Limits())
    assert isinstance(document, Document)
    return document


def test_its_workbook_shows_what_was_typed(converted: Path) -> None:
    shown, hidden = read(converted / "so.xlsx").tables
    assert texts(shown) == [*SHOWN, *ROWS]
    assert set(shown.merged) == {(0, 0, 1, 2), (0, 2, 1, 5)}
    assert shown.hidden_rows == (3,)
    assert (texts(hidden), hidden.hidden, hidden.place) == ([["2"]], True, "ẩn!B2")
    assert all(c.certainty == 1.0 for row in shown.rows for c in row if c)


def test_its_document_has_the_tables_the_list_and_the_header(converted: Path) -> None:
    document = read(converted / "van.docx")
    outer, inner = document.tables
    assert texts(outer) == [
        HEADING,
        [*ROWS[0][:4], "cả năm"],
        [*ROWS[1][:4], None],
    ]
    assert outer.merged == ((1, 4, 3, 5),)
    assert texts(inner) == [["trong"]]
    paragraphs = [b.text for b in document.blocks if not isinstance(b, Table)]
    assert paragraphs == [
        *("ĐẢNG ỦY PHƯỜNG 9", "BẢNG ĐĂNG KÝ", "1. Sửa nhà", "2. Trồng cây")
    ]


def test_its_html_of_a_document_has_the_same_cells(converted: Path) -> None:
    outer, inner, works = read(converted / "van" / "van.html").tables
    assert texts(outer)[0] == HEADING
    assert texts(outer)[2] == [*ROWS[1][:4], None]
    assert outer.merged == ((1, 4, 3, 5),)
    assert texts(inner) == [["trong"]]
    assert texts(works) == [["1", "Sửa nhà"], ["2", "Trồng cây"]]


def test_its_html_of_a_workbook_has_the_merges(converted: Path) -> None:
    table = read(converted / "so.html").tables[0]
    assert texts(table)[:2] == SHOWN
    assert table.merged[:2] == ((0, 0, 1, 2), (0, 2, 1, 5))
