"""Workbooks that Excel 2003 wrote as XML, and pages that it saved, are read."""

from typing import Any

import pytest

from parsers.errors import DamagedFileError
from parsers.filetype import found_type
from parsers.readers.letters import Letters
from tests.builders.reading import all_texts, codes, read_as, texts

SS = "urn:schemas-microsoft-com:office:spreadsheet"
HEAD = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'


def a_workbook(inside: str) -> bytes:
    return (
        f'{HEAD}<Workbook xmlns="{SS}" xmlns:ss="{SS}" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel" '
        f'xmlns:html="http://www.w3.org/TR/REC-html40">{inside}</Workbook>'
    ).encode()


def sheet(rows: str, name: str = "S", options: str = "") -> str:
    inner = f"<Table>{rows}</Table>{options}"
    return f'<Worksheet ss:Name="{name}">{inner}</Worksheet>'


def td(kind: str, text: str, more: str = "") -> str:
    return f'<Cell {more}><Data ss:Type="{kind}">{text}</Data></Cell>'


STYLES = (
    '<Styles><Style ss:ID="Default"><Font ss:FontName="Arial"/></Style>'
    '<Style ss:ID="s1"><NumberFormat ss:Format="00"/></Style>'
    '<Style ss:ID="s2"><NumberFormat ss:Format="Short Date"/></Style>'
    '<Style ss:ID="s3"><NumberFormat ss:Format="#,##0"/></Style></Styles>'
)


def test_cells_are_read_as_displayed() -> None:
    cells = (
        td("Number", "1", 'ss:StyleID="s1"'),
        td("DateTime", "2021-06-10T00:00:00.000", 'ss:StyleID="s2"'),
        td("Number", "1200000", 'ss:StyleID="s3"'),
        td("Boolean", "1"),
        td("Error", "#N/A"),
        td("Number", "92.5"),
        td("String", "a&#10;b"),
    )
    rows = f"<Row>{''.join(cells)}</Row>"
    payload = a_workbook(STYLES + sheet(rows, "Đăng ký"))
    assert found_type(payload, "bang.xls") == "xml"
    (table,) = read_as("xml", payload).tables
    assert texts(table) == [
        ["01", "10/06/2021", "1.200.000", "TRUE", "#N/A", "92,5", "a\nb"]
    ]
    assert table.place == "Đăng ký!A1"


def test_indexes_merges_and_hidden_things_are_understood() -> None:
    first = td("String", "gộp", 'ss:MergeAcross="1"') + td("String", "x")
    second = td("String", "y", 'ss:Index="3"')
    rows = f'<Row ss:Index="2">{first}</Row><Row ss:Hidden="1">{second}</Row>'
    options = (
        '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">'
        "<Visible>SheetHidden</Visible></WorksheetOptions>"
    )
    other = sheet(f"<Row>{td('String', 'z')}</Row>", "ẩn", options)
    document = read_as("xml", a_workbook(sheet(rows) + other))
    shown, hidden = document.tables
    assert texts(shown) == [["gộp", None, "x"], ["", "", "y"]]
    assert (shown.place, shown.merged) == ("S!A2", ((0, 0, 1, 2),))
    assert (shown.hidden_rows, hidden.hidden) == ((1,), True)
    assert codes(document) == ["hidden_rows", "hidden_rows"]


def test_runs_come_with_their_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[tuple[str, str | None]]] = []

    def spy(self: Letters, runs: Any) -> str:
        seen.append(list(runs))
        return "x"

    monkeypatch.setattr(Letters, "shown_runs", spy)
    inner = 'a<B>b<Font html:Face=".VnTime">c</Font>d</B>e'
    data = f'<ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">{inner}'
    cell = f"<Cell>{data}</ss:Data></Cell>"
    read_as("xml", a_workbook(STYLES + sheet(f"<Row>{cell}</Row>")))
    expected = [(c, ".VnTime" if c == "c" else "Arial") for c in "abcde"]
    assert expected in seen


def test_a_page_that_excel_saved_in_one_file_is_read() -> None:
    page = "<html><body><table><tr><td>{}</td><td>ữ</td></tr></table></body></html>"
    parts = "".join(
        "--X\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Location: file:///C:/sheet00{n}.htm\r\n\r\n{page.format(n)}\r\n"
        for n in (1, 2)
    )
    payload = (
        "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n"
        'Content-Type: multipart/related; boundary="X"\r\n\r\n'
        f"{parts}--X--\r\n"
    ).encode()
    assert found_type(payload, "bang.mht") == "mht"
    document = read_as("mht", payload)
    assert all_texts(document) == [[["1", "ữ"]], [["2", "ữ"]]]
    assert [t.place for t in document.tables] == ["bảng 1", "bảng 2"]
    with pytest.raises(DamagedFileError):
        read_as("mht", b"X-Document-Type: Workbook\r\n\r\n")
