"""An OpenDocument workbook is read as its program showed it."""

from typing import Any

import pytest

from parsers.errors import DamagedFileError, EncryptedFileError, UnsupportedTypeError
from parsers.filetype import found_type
from parsers.readers.letters import Letters
from parsers.readers.ods_numbers import date_here, number_here
from parsers.values.limits import Limits
from tests.builders.package import a_zip
from tests.builders.reading import all_texts, codes, read_as, texts

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    f'xmlns:{short}="{_OASIS}{name}:1.0"'
    for short, name in (
        *(("office", "office"), ("table", "table"), ("text", "text")),
        *(("style", "style"), ("svg", "svg-compatible")),
    )
)


def content(tables: str, styles: str = "", root: str = "document-content") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:{root} {SPACES}>{styles}'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        f"</office:{root}>"
    )


def an_ods(tables: str, styles: str = "", manifest: str = "") -> bytes:
    return a_zip({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        "content.xml": content(tables, styles),
    })  # fmt: skip


def sheet(rows: str, name: str = "S", more: str = "") -> str:
    return f'<table:table table:name="{name}" {more}>{rows}</table:table>'


def row(*cells: str, more: str = "") -> str:
    inner = "".join(c if c.startswith("<") else td(c) for c in cells)
    return f"<table:table-row {more}>{inner}</table:table-row>"


def td(text: str, more: str = "") -> str:
    kind = "" if "value-type" in more else 'office:value-type="string"'
    return f"<table:table-cell {kind} {more}><text:p>{text}</text:p></table:table-cell>"


def blank(count: int = 1) -> str:
    return f'<table:table-cell table:number-columns-repeated="{count}"/>'


def test_rows_and_cells_that_are_repeated_stand_in_their_places() -> None:
    rows = (
        row(blank(2), "a", td("b", 'table:number-columns-repeated="2"'), blank(16000))
        + row(blank(), more='table:number-rows-repeated="3"')
        + row("c", more='table:number-rows-repeated="2"')
        + row(blank(), more='table:number-rows-repeated="1048570"')
    )
    (table,) = read_as("ods", an_ods(sheet(rows))).tables
    assert texts(table) == [
        ["", "", "a", "b", "b"],
        *[[""] * 5] * 3,
        *[["c", "", "", "", ""]] * 2,
    ]
    assert all(c.certainty == 1.0 for line in table.rows for c in line if c)


def test_merges_hidden_rows_and_hidden_sheets_are_marked() -> None:
    spans = 'table:number-columns-spanned="2" table:number-rows-spanned="2"'
    covered = "<table:covered-table-cell/>"
    rows = (
        row(td("gộp", spans), covered, "x")
        + row(covered, covered, "y")
        + row("1", "2", "3", more='table:visibility="collapse"')
        + "<table:table-row-group>"
        + row("4", more='table:visibility="filter"')
        + "</table:table-row-group>"
    )
    styles = (
        '<office:automatic-styles><style:style style:name="ta2"><style:table-properties'
        ' table:display="false"/></style:style></office:automatic-styles>'
    )
    other = sheet(row("z"), "ẩn", 'table:style-name="ta2"')
    document = read_as("ods", an_ods(sheet(rows) + other, styles))
    shown, hidden = document.tables
    assert texts(shown)[:2] == [["gộp", None, "x"], [None, None, "y"]]
    assert (shown.merged, shown.hidden_rows) == (((0, 0, 2, 2),), (2, 3))
    assert hidden.hidden
    assert codes(document) == ["hidden_rows", "hidden_rows"]


def test_text_is_what_the_paragraphs_show() -> None:
    inside = (
        "<office:annotation><text:p>ghi chú</text:p></office:annotation>"
        '<text:p>a<text:s text:c="2"/>b<text:line-break/>'
        "<text:span>c</text:span>d</text:p>"
        "<text:p>e<text:ruby><text:ruby-base>g</text:ruby-base>"
        "<text:ruby-text>đọc</text:ruby-text></text:ruby></text:p>"
    )
    cell = f'<table:table-cell office:value-type="string">{inside}</table:table-cell>'
    document = read_as("ods", an_ods(sheet(row(cell))))
    assert all_texts(document) == [[["a b\ncd\neg"]]]


def test_runs_come_with_the_fonts_of_their_styles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[list[tuple[str, str | None]]] = []

    def spy(self: Letters, runs: Any) -> str:
        seen.append(list(runs))
        return "x"

    monkeypatch.setattr(Letters, "shown_runs", spy)
    styles = (
        '<office:font-face-decls><style:font-face style:name="F" '
        "svg:font-family=\"'.VnTime'\"/></office:font-face-decls>"
        '<office:automatic-styles><style:style style:name="T1"><style:text-properties '
        'style:font-name="F"/></style:style><style:style style:name="ce1">'
        '<style:text-properties style:font-name="Arial"/></style:style>'
        '<style:style style:name="ce2" style:parent-style-name="ce1"/>'
        "</office:automatic-styles>"
    )
    text = 'a <text:span text:style-name="T1">Tªn</text:span> b'
    column = '<table:table-column table:default-cell-style-name="ce2"/>'
    read_as("ods", an_ods(sheet(column + row(text)), styles))
    assert [("a ", "Arial"), ("Tªn", ".VnTime"), (" b", "Arial")] in seen


@pytest.mark.parametrize(
    ("kind", "more", "shown", "expected"),
    [
        ("float", 'office:value="1200000"', "1,200,000", "1.200.000"),
        ("float", 'office:value="92.5"', "92.5", "92,5"),
        ("float", 'office:value="1"', "01", "01"),
        ("percentage", 'office:value="0.075"', "7.5%", "7,5%"),
        ("date", 'office:date-value="2021-06-10"', "06/10/2021", "10/06/2021"),
        ("date", 'office:date-value="2021-06-10"', "10/06/21", "10/06/21"),
        ("boolean", 'office:boolean-value="true"', "TRUE", "TRUE"),
    ],
)
def test_numbers_show_as_vietnam_writes_them(
    kind: str, more: str, shown: str, expected: str
) -> None:
    cell = td(shown, f'office:value-type="{kind}" {more}')
    assert all_texts(read_as("ods", an_ods(sheet(row(cell))))) == [[[expected]]]


@pytest.mark.parametrize(
    ("shown", "value", "expected"),
    [
        ("1.200", 1200.0, "1.200"),
        ("1.200", 1.2, "1,200"),
        ("1.200,50", 1200.5, "1.200,50"),
        ("(1,234.57)", -1234.567, "(1.234,57)"),
        ("1,5", 1.5, "1,5"),
        ("3.4.5", 345.0, "3.4.5"),
        ("1.234.567", 1234567.0, "1.234.567"),
        ("12.5 tr", 12500000.0, "12.5 tr"),
        ("0.00", 0.0, "0,00"),
    ],
)
def test_a_number_is_changed_only_where_its_value_proves_it(
    shown: str, value: float, expected: str
) -> None:
    assert number_here(shown, value) == expected


def test_a_date_that_may_be_either_is_kept() -> None:
    assert date_here("06/06/2021", "2021-06-06") == "06/06/2021"
    assert date_here("13/06/2021", "2021-06-13") == "13/06/2021"
    assert date_here("tháng 6", "2021-06-01") == "tháng 6"


def test_a_value_without_a_paragraph_is_shown_by_itself() -> None:
    cells = [
        '<table:table-cell office:value-type="float" office:value="92.5"/>',
        '<table:table-cell office:value-type="percentage" office:value="0.95"/>',
        '<table:table-cell office:value-type="date" office:date-value="2021-06-10"/>',
        '<table:table-cell office:value-type="string" office:string-value="a"/>',
    ]
    document = read_as("ods", an_ods(sheet(row(*cells))))
    assert all_texts(document) == [[["92,5", "95%", "10/06/2021", "a"]]]


def test_a_flat_workbook_is_read_like_the_other() -> None:
    payload = content(sheet(row("a", "ữ")), root="document").encode()
    assert found_type(payload, "bang.fods") == "xml"
    assert all_texts(read_as("xml", payload)) == [[["a", "ữ"]]]


def test_what_cannot_be_read_is_said() -> None:
    with pytest.raises(EncryptedFileError):
        read_as("ods", an_ods("", manifest="<encryption-data/>"))
    with pytest.raises(DamagedFileError):
        read_as("ods", a_zip({"mimetype": "x"}))
    with pytest.raises(UnsupportedTypeError):
        read_as("xml", "<?xml version='1.0'?><hoa-don/>")


def test_cells_without_end_cost_neither_memory_nor_time() -> None:
    more = 'table:number-columns-repeated="16384"'
    rows = row(td("a", more), more='table:number-rows-repeated="1048576"')
    document = read_as("ods", an_ods(sheet(rows)), Limits(rows=100))
    (table,) = document.tables
    assert (len(table.rows), len(table.rows[0])) == (100, 200)
    assert codes(document) == ["rows_cut"]


def test_errors_leave_the_other_cells_certain() -> None:
    calc = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    more = f'xmlns:c="{calc}" c:value-type="error" office:string-value=""'
    error = td("#N/A", f'{more} office:value-type="string"')
    (table,) = read_as("ods", an_ods(sheet(row(error, "a")))).tables
    assert [(c.text, c.certainty) for c in table.rows[0] if c] == [
        *(("#N/A", 1.0), ("a", 1.0)),
    ]
