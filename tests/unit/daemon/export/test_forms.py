"""Forms as files: text only, the same bytes for the same facts, legible, bounded."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from daemon.export.form import form_name
from daemon.export.form_docx import form_docx
from daemon.export.form_xlsx import form_xlsx
from parsers.values.form import FormCell, FormColumn, FormFacts
from tests.builders.forms import HEADINGS, a_form

WORK = ("1", "Xây 2 nhà tình thương", "Vận động", "Tháng 6/2021", "02 căn")
DANGEROUS = [
    "=1+1",
    "+84 28",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "http://x.vn",
    "mailto:a@x",
    "007",
]


def sheet_of(form: FormFacts) -> Worksheet:
    sheet = load_workbook(io.BytesIO(form_xlsx(form))).active
    assert isinstance(sheet, Worksheet)
    return sheet


def heading_of(sheet: Worksheet) -> int:
    return next(r for r in range(1, 60) if sheet.cell(r, 1).value == "STT")


def table_of(form: FormFacts) -> list[list[str]]:
    document = docx.Document(io.BytesIO(form_docx(form)))
    table = next(t for t in document.tables if t.cell(0, 0).text == "STT")
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_head_says_whose_it_is_what_is_owed_and_until_when() -> None:
    sheet = sheet_of(a_form())
    said = [str(c.value) for row in sheet.iter_rows(max_row=8) for c in row if c.value]
    assert said[:2] == ["PHƯỜNG 9", "Kế hoạch số 41-KH/QU"]
    assert (
        "Số lượng theo kế hoạch: 10 công trình - Thời hạn gửi: hết ngày 09/06/2021"
        in (said)
    )
    assert any(text.startswith("Cách ghi:") for text in said)
    row = heading_of(sheet)
    assert [c.value for c in sheet[row]] == list(HEADINGS.values())
    assert sheet.print_title_rows == f"${row}:${row}"


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_cell_is_text_and_never_a_formula_a_number_or_a_link(text: str) -> None:
    sheet = sheet_of(a_form((text, text, *WORK[2:])))
    row = heading_of(sheet) + 1
    for column in (1, 2):
        cell = sheet.cell(row, column)
        assert cell.data_type == "s"
        assert cell.value == text.strip()
        assert cell.number_format == "@"
        assert cell.hyperlink is None
    assert sheet.cell(row + 1, 2).number_format == "@"


def test_a_doubtful_cell_is_coloured_and_says_why() -> None:
    cells = tuple(FormCell(text) for text in WORK)
    doubted = (*cells[:1], replace(cells[1], doubt="doubtful"), *cells[2:])
    form = a_form(rows=(doubted,))
    sheet = sheet_of(form)
    row = heading_of(sheet) + 1
    plain, coloured = sheet.cell(row, 3), sheet.cell(row, 2)
    assert coloured.fill.fgColor.rgb == "FFFFF2CC"
    assert plain.fill.fgColor.rgb != "FFFFF2CC"
    assert coloured.comment is not None
    assert "kính đề nghị kiểm tra lại" in coloured.comment.text
    assert plain.comment is None
    paragraphs = docx.Document(io.BytesIO(form_docx(form))).paragraphs
    assert any("Dòng 1, cột “Tên công trình”" in p.text for p in paragraphs)


def test_there_is_room_for_what_is_owed_and_not_for_ever() -> None:
    for quota, rows, empty in ((10, 0, 10), (10, 8, 3), (1, 0, 3), (9999, 0, 50)):
        form = a_form(*([WORK] * rows), quota=quota)
        assert len(table_of(form)) == 1 + rows + empty
    assert len(table_of(a_form(quota=None, unit=None, unit_name=None))) == 11


def test_a_form_of_results_has_no_row_for_other_works() -> None:
    columns = tuple(
        FormColumn(key, "" if key == "result" else key)
        for key in ("number", "title", "result", "progress")
    )
    form = a_form(("1", "Xây nhà", "", "done"), phase="results", columns=columns)
    sheet = sheet_of(form)
    row = next(r for r in range(1, 20) if sheet.cell(r, 1).value == "number")
    assert [c.value for c in sheet[row]] == [
        "number",
        "title",
        "Kết quả thực hiện",
        "progress",
    ]
    assert [c.value for c in sheet[row + 1]] == ["1", "Xây nhà", None, "Đã thực hiện"]
    assert sheet.cell(row + 2, 1).border.left.style is None
    assert form_name(form) == "mau-bao-cao-ket-qua-P09.xlsx"


@pytest.mark.parametrize("made", [form_xlsx, form_docx])
def test_a_form_holds_no_clock_and_no_name_of_a_user(made: object) -> None:
    assert callable(made)
    form = a_form(WORK)
    octets = made(form)
    assert octets == made(form)
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        assert {e.date_time for e in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2000-01-01T00:00:00Z") == core.count("W3CDTF")
    assert "python" not in core


def test_a_filled_form_is_small_enough_for_a_mail() -> None:
    assert len(form_xlsx(a_form(*([WORK] * 10)))) < 12_000


HOSTILE = st.text(max_size=200) | st.sampled_from(
    [
        *DANGEROUS,
        "a\r\nb",
        "\x00\x0b",
        "\ud800",
        "\u202e",
        "_x0041_",
        "]]>",
        "<&>",
        "x" * 40000,
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(*[HOSTILE] * 5), max_size=4), HOSTILE)
def test_whatever_a_sender_wrote_makes_a_form_that_opens(
    rows: list[tuple[str, ...]], name: str
) -> None:
    form = a_form(*rows, unit_name=name, campaign=name, title=name)
    sheet = sheet_of(form)
    assert sheet.max_row >= 8 + len(rows)
    kinds = {c.data_type for row in sheet.iter_rows() for c in row}
    assert kinds <= {"s", "n"}
    assert all(c.data_type == "s" for r in sheet.iter_rows() for c in r if c.value)
    assert len(table_of(form)) >= 1 + len(rows)
