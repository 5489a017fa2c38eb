"""A workbook is read as people see it, in whatever way its XML is shaped."""

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.errors import DamagedFileError
from parsers.values.limits import Limits
from parsers.vietnamese.fold import nfc_text
from tests.builders.old_letters import WESTERN
from tests.builders.package import a_workbook, a_zip, relations, rows_xml
from tests.builders.reading import all_texts, codes, read_as, texts

XFS = "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='170'/></cellXfs>"


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_cells_are_read_as_displayed() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    values: list[tuple[Any, str]] = [
        (1, "00"),
        (0.95, "0%"),
        (1200000, "#,##0"),
        (dt.date(2021, 6, 10), "d-mmm"),
        (dt.datetime(2021, 6, 10), "dd/mm/yyyy"),  # noqa: DTZ001
        (True, "General"),
        (1.0, "General"),
        (92.5, "General"),
        ("Phường  9\n dòng hai ", "General"),
    ]
    for column, (value, code) in enumerate(values, 1):
        sheet.cell(1, column, value).number_format = code
    (table,) = all_texts(read_as("xlsx", saved(book)))
    assert table[0] == [
        *("01", "95%", "1.200.000", "10-Jun", "10/06/2021", "TRUE", "1", "92,5"),
        "Phường 9\ndòng hai",
    ]


def test_places_are_those_of_the_sheet_though_the_table_begins_late() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Đăng ký"
    sheet["C4"], sheet["E6"] = "a", "b"
    (table,) = read_as("xlsx", saved(book)).tables
    assert table.place == "Đăng ký!C4"
    assert texts(table) == [["a", "", ""], ["", "", ""], ["", "", "b"]]
    assert [c.place for row in table.rows for c in row if c] == [
        *("C4", "D4", "E4", "C5", "D5", "E5", "C6", "D6", "E6")
    ]
    assert all(c.certainty == 1.0 for row in table.rows for c in row if c)


def test_a_sheet_of_empty_strings_alone_is_no_table() -> None:
    empty = '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>'
    payload = a_workbook(empty, strings="<si><t/></si>")
    assert read_as("xlsx", payload).tables == ()


def test_merged_cells_stand_at_top_left_and_the_rest_is_no_cell() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A3"], sheet["C3"] = "tiêu đề", "x", "y"
    sheet.merge_cells("A1:C2")
    (table,) = read_as("xlsx", saved(book)).tables
    assert texts(table) == [["tiêu đề", None, None], [None] * 3, ["x", "", "y"]]
    assert table.merged == ((0, 0, 2, 3),)


def test_hidden_rows_and_sheets_are_read_and_marked() -> None:
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("ẩn")
    assert first is not None
    for row in range(1, 6):
        first.cell(row, 1, row)
    for row in (2, 3, 5):
        first.row_dimensions[row].hidden = True
    second["A1"] = "b"
    second.sheet_state = "veryHidden"
    document = read_as("xlsx", saved(book))
    shown, hidden = document.tables
    assert (shown.hidden_rows, shown.hidden) == ((1, 2, 4), False)
    assert hidden.hidden
    assert [(f.code, f.place) for f in document.findings] == [
        ("hidden_rows", "bang.xlsx › Sheet"),
        ("hidden_rows", "bang.xlsx › ẩn"),
    ]
    assert dict(document.findings[0].parameters) == {"rows": "2-3, 5", "count": "3"}


def test_empty_sheets_and_borders_give_no_table() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    box = book.add_format({"border": 1})
    sheet = book.add_worksheet()
    book.add_worksheet("Trống")
    sheet.write(1, 1, "x", box)
    for row in range(2, 40):
        sheet.write_blank(row, 1, None, box)
    book.close()
    document = read_as("xlsx", out.getvalue())
    assert all_texts(document) == [[["x"]]]
    assert document.encoding == "unicode"


def test_formulas_show_their_cached_values_and_errors_their_words() -> None:
    cells = (
        '<c r="A1"><f>1+1</f><v>2</v></c>'
        '<c r="B1" t="str"><f>A1&amp;"x"</f><v>2x &amp; y</v></c>'
        '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="D1"><f>NOW()</f></c><c r="E1" t="b"><v>0</v></c>'
        '<c r="F1"><f t="shared" ref="F1" si="0"/><v>3</v></c>'
    )
    (table,) = all_texts(read_as("xlsx", a_workbook(rows_xml(cells))))
    assert table == [["2", "2x & y", "#DIV/0!", "", "FALSE", "3"]]


def test_runs_are_joined_and_readings_left_out() -> None:
    strings = (
        "<si><r><t>Sửa </t></r><r><rPr><b/></rPr><t>nhà</t></r>"
        '<rPh sb="0" eb="1"><t>ĐỌC</t></rPh></si>'
        '<si><t xml:space="preserve"> a_x000D_\nb </t></si>'
    )
    cells = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
    payload = a_workbook(rows_xml(cells), strings=strings)
    assert all_texts(read_as("xlsx", payload)) == [[["Sửa nhà", "a\nb"]]]


def test_days_of_1904_and_dates_written_as_text() -> None:
    styles = XFS
    cells = (
        '<c r="A1" s="1"><v>42895</v></c><c r="B1" s="1" t="d"><v>2021-06-10</v></c>'
    )
    payload = a_workbook(rows_xml(cells), styles=styles, properties='date1904="1"')
    assert all_texts(read_as("xlsx", payload)) == [[["10/06/2021", "10/06/2021"]]]


def test_a_custom_format_is_found_by_its_number() -> None:
    styles = (
        '<numFmts><numFmt numFmtId="170" formatCode="&quot;P.&quot;00"/></numFmts>'
        + XFS
    )
    payload = a_workbook(rows_xml('<c r="A1" s="2"><v>9</v></c>'), styles=styles)
    assert all_texts(read_as("xlsx", payload)) == [[["P.09"]]]


def test_cells_without_references_follow_each_other() -> None:
    first, second = "<c><v>1</v></c><c><v>2</v></c>", "<c/><c><v>3</v></c>"
    data = f"<sheetData><row>{first}</row><row>{second}</row></sheetData>"
    assert all_texts(read_as("xlsx", a_workbook(data))) == [[["1", "2"], ["", "3"]]]


@pytest.mark.parametrize("prefix", ["x", "ns0"])
def test_prefixed_names_are_the_same_names(prefix: str) -> None:
    def renamed(xml: str) -> str:
        return (
            xml.replace("</", f"</{prefix}:")
            .replace("<", f"<{prefix}:")
            .replace(f"<{prefix}:/{prefix}:", f"</{prefix}:")
        )

    plain = rows_xml(inline("A1", "a") + '<c r="B1"><v>2</v></c>') + (
        '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'
    )
    sheet = (
        f'<{prefix}:worksheet xmlns:{prefix}="http://schemas.openxmlformats.org/'
        f'spreadsheetml/2006/main">{renamed(plain)}</{prefix}:worksheet>'
    )
    payload = a_workbook("", more={"xl/worksheets/sheet1.xml": sheet})
    assert all_texts(read_as("xlsx", payload)) == [[["a", "2"]]]


def test_strict_files_are_read_like_others() -> None:
    parts = {}
    payload = a_workbook(rows_xml(inline("A1", "nghiêm ngặt")))
    with zipfile.ZipFile(io.BytesIO(payload)) as file:
        for name in file.namelist():
            text = file.read(name).decode()
            text = text.replace(
                "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                "http://purl.oclc.org/ooxml/spreadsheetml/main",
            ).replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            parts[name] = text
    assert all_texts(read_as("xlsx", a_zip(parts))) == [[["nghiêm ngặt"]]]


def test_wrong_dimensions_change_nothing() -> None:
    data = '<dimension ref="A1:A1"/>' + rows_xml(inline("A1", "a") + inline("C1", "c"))
    assert all_texts(read_as("xlsx", a_workbook(data))) == [[["a", "", "c"]]]
    data = '<dimension ref="A1:XFD1048576"/>' + rows_xml(inline("A1", "a"))
    assert all_texts(read_as("xlsx", a_workbook(data))) == [[["a"]]]


def test_a_sheet_in_utf_16_is_read() -> None:
    cell = inline("A1", "Đăng ký")
    sheet = (
        '<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="http://schemas.'
        f'openxmlformats.org/spreadsheetml/2006/main">{rows_xml(cell)}'
        "</worksheet>"
    )
    payload = a_workbook("", more={"xl/worksheets/sheet1.xml": sheet.encode("utf-16")})
    assert all_texts(read_as("xlsx", payload)) == [[["Đăng ký"]]]


def test_a_workbook_without_sheets_is_damaged_and_not_empty() -> None:
    with pytest.raises(DamagedFileError):
        read_as("xlsx", a_workbook())


def test_where_the_second_reader_sees_fewer_cells_nothing_is_certain() -> None:
    # The second reader keeps one cell of two that claim the same place; so do we, but
    # both were counted here.
    cells = inline("A1", "a") + inline("B1", "b") + inline("B1", "c")
    (table,) = read_as("xlsx", a_workbook(rows_xml(cells))).tables
    found = {c.certainty for row in table.rows for c in row if c and c.text}
    assert found == {0.9}
    assert table.rows[0][0] is not None
    assert table.rows[0][0].evidence == "3 filled cells, 2 by a second reader"


def test_rows_beyond_the_limit_are_cut_and_told() -> None:
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("b")):
        assert sheet is not None
        for row in range(1, 8):
            sheet.cell(row, 1, f"r{row}")
    document = read_as("xlsx", saved(book), Limits(rows=10))
    assert [len(t.rows) for t in document.tables] == [7, 3]
    assert codes(document) == ["rows_cut"]


def test_long_gaps_shrink_and_places_stay() -> None:
    cells = (
        f'<row r="1">{inline("A1", "a")}</row><row r="900">{inline("A900", "b")}</row>'
    )
    (table,) = read_as("xlsx", a_workbook(f"<sheetData>{cells}</sheetData>")).tables
    assert len(table.rows) == 52
    assert table.rows[-1][0] is not None
    assert (table.rows[-1][0].text, table.rows[-1][0].place) == ("b", "A900")


letters = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=("Cs", "Cc", "Co", "Cn"),
        exclude_characters=WESTERN,
    ),
    max_size=12,
).filter(lambda s: not s.startswith("=") and "_x" not in s)
cells = st.one_of(
    letters, st.integers(1 - 10**11, 10**11 - 1), st.booleans(), st.none()
)


def expected_text(value: str | int | bool | None) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return nfc_text("" if value is None else str(value))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=6))
@pytest.mark.parametrize("writer", ["openpyxl", "xlsxwriter"])
def test_what_was_written_is_read(writer: str, rows: list[list[Any]]) -> None:
    rows = [["đầu", "bảng", "x"], *rows, ["cuối", "bảng", "x"]]
    out = io.BytesIO()
    if writer == "openpyxl":
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in rows:
            sheet.append(row)
        book.save(out)
    else:
        as_text = {"strings_to_urls": False, "strings_to_formulas": False}
        other = xlsxwriter.Workbook(out, {"in_memory": True} | as_text)
        page = other.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        other.close()
    (table,) = read_as("xlsx", out.getvalue()).tables
    assert texts(table) == [[expected_text(v) for v in row] for row in rows]
    assert all(c.certainty == 1.0 for row in table.rows for c in row if c)


def test_patterns_tree_and_stream_read_the_same() -> None:
    rows = [
        inline(f"A{i}", f"ô {i} &amp; x") + f'<c r="B{i}" s="1"><v>{44000 + i}</v></c>'
        for i in range(1, 40)
    ]
    lines = "".join(
        f'<row r="{i}" hidden="{int(i == 3)}">{r}</row>' for i, r in enumerate(rows, 1)
    )
    data = f"<sheetData>{lines}</sheetData>"
    data += '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    padding = {"tree": "<!-- -->", "stream": f"<!--{' ' * 9_000_000}-->"}
    plain = read_as("xlsx", a_workbook(data, styles=XFS))
    assert len(plain.tables[0].rows) == 39
    assert plain.tables[0].hidden_rows == (2,)
    for more in padding.values():
        packed = a_workbook(data + more, styles=XFS)
        with zipfile.ZipFile(io.BytesIO(packed)) as file:
            parts = {n: file.read(n) for n in file.namelist()}
        assert read_as("xlsx", a_zip(parts, zipfile.ZIP_STORED)) == plain


@pytest.mark.parametrize("mark", ["", "<!-- read as a tree -->"])
def test_a_formula_without_its_result_is_not_certain(mark: str) -> None:
    cells = (
        '<c r="A1" t="str"><f>A2</f><v></v></c><c r="B1"><f t="shared" si="0"/></c>'
        '<c r="C1"><f>1+1</f><v></v></c><c r="D1"><v>5</v></c>'
    )
    after = f'{mark}<c r="A2"><v>1</v></c>'
    (table,) = read_as("xlsx", a_workbook(rows_xml(cells, after))).tables
    assert [(c.text, c.certainty) for c in table.rows[0] if c] == [
        *(("", 1.0), ("", 0.5), ("", 0.5), ("5", 1.0)),
    ]


def test_a_nought_that_is_worked_out_anew_is_not_certain() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_formula(0, 0, "=1+1")
    sheet.write_formula(0, 1, "=1+1", None, 2)
    sheet.write_number(0, 2, 0)
    book.close()
    (table,) = read_as("xlsx", out.getvalue()).tables
    assert [(c.text, c.certainty) for c in table.rows[0] if c] == [
        *(("0", 0.5), ("2", 1.0), ("0", 1.0)),
    ]


def test_errors_leave_the_other_cells_certain() -> None:
    cells = '<c r="A1" t="e"><v>#N/A</v></c><c r="B1"><v>5</v></c>'
    (table,) = read_as("xlsx", a_workbook(rows_xml(cells))).tables
    assert [(c.text, c.certainty) for c in table.rows[0] if c] == [
        *(("#N/A", 1.0), ("5", 1.0)),
    ]


def test_a_sheet_that_is_not_in_the_file_is_told_and_the_others_are_read() -> None:
    linked = {"rId1": ("worksheet", "/xl/worksheets/sheet1.xml")}
    linked["rId2"] = ("worksheet", "worksheets/gone.xml")
    more = {"xl/_rels/workbook.xml.rels": relations(linked)}
    sheets = [rows_xml(inline("A1", name)) for name in "abc"]
    document = read_as("xlsx", a_workbook(*sheets, more=more))
    assert all_texts(document) == [[["a"]]]
    assert [(f.code, f.place) for f in document.findings] == [
        ("file_damaged", "bang.xlsx › Sheet2"),
        ("file_damaged", "bang.xlsx › Sheet3"),
    ]


def test_sheets_of_charts_and_macros_are_no_tables_and_not_missed() -> None:
    linked = {"rId1": ("worksheet", "worksheets/sheet1.xml")}
    linked["rId2"] = ("chartsheet", "chartsheets/sheet1.xml")
    linked["rId3"] = ("xlMacrosheet", "macrosheets/sheet1.xml")
    more = {"xl/_rels/workbook.xml.rels": relations(linked)}
    sheets = [rows_xml(inline("A1", name)) for name in "abc"]
    document = read_as("xlsx", a_workbook(*sheets, more=more))
    assert (all_texts(document), document.findings) == ([[["a"]]], ())


def test_sizes_may_stand_behind_the_members() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.written = b""

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.written += bytes(data)
            return len(data)

    pipe = Pipe()
    given = zipfile.ZipFile(io.BytesIO(a_workbook(rows_xml(inline("A1", "a")))))
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as file:  # type: ignore[arg-type]
        for name in given.namelist():
            file.writestr(name, given.read(name))
    assert pipe.written[6] & 8
    assert all_texts(read_as("xlsx", pipe.written)) == [[["a"]]]


def test_the_longest_cell_and_the_last_row_are_read() -> None:
    rows = f'<row r="1">{inline("A1", "ắ" * 32767)}</row>'
    rows += f'<row r="1048576">{inline("A1048576", "cuối")}</row>'
    (table,) = read_as("xlsx", a_workbook(f"<sheetData>{rows}</sheetData>")).tables
    first, last = table.rows[0][0], table.rows[-1][0]
    assert first is not None
    assert last is not None
    assert (len(first.text), first.certainty) == (32767, 1.0)
    assert (last.text, last.place) == ("cuối", "A1048576")


def test_each_run_of_a_text_within_the_sheet_is_in_its_font() -> None:
    run = '<r><rPr><rFont val="{}"/></rPr><t xml:space="preserve">{}</t></r>'
    runs = run.format("VNI-Times", "Ñaêng kyù coâng trình")
    runs += run.format("Arial", " đăng ký")
    cell = f'<c r="A1" t="inlineStr"><is>{runs}</is></c>'
    document = read_as("xlsx", a_workbook(rows_xml(cell)))
    assert all_texts(document) == [[["Đăng ký công trình đăng ký"]]]
