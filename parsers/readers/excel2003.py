"""Read XML Spreadsheet 2003, which is often called .xls: every sheet is one Table.

Comments and charts are left out; formulas show what they showed when it was saved.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from lxml import etree

from parsers.errors import DamagedFileError
from parsers.readers.filling import Filling
from parsers.readers.letters import Letters, Run, settled
from parsers.readers.number_format import Format, compile_format, show_number
from parsers.readers.package import int_of, parse_xml
from parsers.readers.sheet import MOST_MERGES, Sheet, document_of
from parsers.values.limits import Limits
from parsers.values.table import Document

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_HTML = "{http://www.w3.org/TR/REC-html40}"
_DAY_ZERO = datetime(1899, 12, 30, tzinfo=UTC)
_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14
#: What the format calls by a name instead of a code.
_NAMED = {
    "General Number": "General",
    "General Date": "dd/mm/yyyy h:mm",
    "Long Date": "dd mmmm yyyy",
    "Medium Date": "d-mmm-yy",
    "Short Date": "dd/mm/yyyy",
    "Long Time": "h:mm:ss",
    "Medium Time": "h:mm AM/PM",
    "Short Time": "h:mm",
    "Currency": "#,##0.00",
    "Euro Currency": "€#,##0.00",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
}


@dataclass(frozen=True, slots=True)
class _Style:
    """How cells of a style show: font and format, None where it says nothing."""

    font: str | None = None
    form: Format | None = None


@dataclass(slots=True)
class _Book:
    letters: Letters
    styles: dict[str, _Style] = field(default_factory=dict)
    epoch_1904: bool = False

    def style(self, name: str) -> _Style:
        return self.styles.get(name) or self.styles.get("Default") or _Style()


def read(payload: bytes, path: tuple[str, ...], limits: Limits) -> Document:
    """Return the tables of the workbook `payload`, one a sheet that holds text.

    Raises DamagedFileError and LimitExceededError; findings as `document_of` says.
    """
    root = parse_xml(payload)
    sheets = root.findall(f"{_SS}Worksheet")
    if not sheets:
        raise DamagedFileError("a workbook that names no sheets")

    def once(letters: Letters) -> Document:
        book = _Book(letters)
        book.epoch_1904 = root.find(f"{_X}ExcelWorkbook/{_X}Date1904") is not None
        for style in root.iterfind(f"{_SS}Styles/{_SS}Style"):
            _note_style(book, style)
        read = (_sheet(sheet, book, limits.rows) for sheet in sheets)
        return document_of(read, path, limits)

    return settled(once, path)


def _note_style(book: _Book, style: etree._Element) -> None:
    parent = book.style(style.get(f"{_SS}Parent", "Default"))
    font, form = style.find(f"{_SS}Font"), style.find(f"{_SS}NumberFormat")
    name, compiled = parent.font, parent.form
    if font is not None:
        name = font.get(f"{_SS}FontName") or name
    if form is not None:
        code = form.get(f"{_SS}Format", "General")
        code = _NAMED.get(code, code)
        compiled = None if code in ("General", "@") else compile_format(code)
    book.styles[style.get(f"{_SS}ID", "")] = _Style(name, compiled)


def _sheet(element: etree._Element, book: _Book, most_rows: int) -> Sheet:
    name = book.letters.shown(element.get(f"{_SS}Name", ""))
    visible = element.findtext(f"{_X}WorksheetOptions/{_X}Visible", "")
    sheet = Sheet(name, visible.strip() in ("SheetHidden", "SheetVeryHidden"))
    filling = Filling(sheet, most_rows)
    number = 0
    for row in element.iterfind(f"{_SS}Table/{_SS}Row"):
        number = int_of(row.get(f"{_SS}Index"), number + 1)
        if number > _LAST_ROW:
            break
        span = int_of(row.get(f"{_SS}Span"))
        if row.get(f"{_SS}Hidden") == "1" or row.get(f"{_SS}Height") == "0":
            last = min(number + span, _LAST_ROW)
            sheet.hidden_rows.update(range(number, last + 1))
        for column, text in _cells(row, number, sheet, book):
            filling.put(number, column, text)
        number += span
    return filling.done()


def _cells(
    row: etree._Element, number: int, sheet: Sheet, book: _Book
) -> Iterator[tuple[int, str]]:
    """Yield column and text of the cells that hold something; note merges."""
    column = 0
    for cell in row.iterchildren(f"{_SS}Cell"):
        column = int_of(cell.get(f"{_SS}Index"), column + 1)
        if column > _LAST_COLUMN:
            break
        across = int_of(cell.get(f"{_SS}MergeAcross"))
        down = int_of(cell.get(f"{_SS}MergeDown"))
        if (across or down) and len(sheet.merges) < MOST_MERGES:
            sheet.merges.append((number, column, number + down, column + across))
        data = cell.find(f"{_SS}Data")
        if data is not None:
            style = cell.get(f"{_SS}StyleID") or row.get(f"{_SS}StyleID")
            text = _shown(data, book.style(style or ""), book)
            if text is not None:
                yield column, text
        column += across


def _shown(data: etree._Element, style: _Style, book: _Book) -> str | None:
    """Return what a cell shows; None where it holds nothing."""
    raw = "".join(str(t) for t in data.itertext())
    if not raw:
        return None
    kind, value = data.get(f"{_SS}Type", "String"), raw.strip()
    if kind == "Number":
        number = _number(value)
        if number is not None:
            return show_number(number, style.form, book.epoch_1904)
        kind = "String"
    if kind == "Boolean":
        return "TRUE" if value == "1" else "FALSE"
    if kind == "DateTime":
        return _date(value, style.form)
    shown = book.letters.shown_runs(_runs(data, style.font))
    if style.form is not None and style.form.text is not None and shown:
        return style.form.text(shown)
    return shown


def _number(raw: str) -> float | None:
    try:
        number = float(raw)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _date(raw: str, form: Format | None) -> str:
    try:
        moment = datetime.fromisoformat(raw).replace(tzinfo=UTC)
    except ValueError:
        return raw
    if form is None or not form.is_date:
        return f"{moment:%d/%m/%Y}"
    return show_number((moment - _DAY_ZERO).total_seconds() / 86_400, form, False)


def _runs(data: etree._Element, font: str | None) -> Iterator[Run]:
    """Yield the letters of a cell with their fonts, which HTML tags name."""
    fonts = [font]
    for event, element in etree.iterwalk(data, events=("start", "end")):
        if event == "start":
            fonts.append(element.get(f"{_HTML}Face") or fonts[-1])
            if element.text:
                yield element.text, fonts[-1]
        else:
            fonts.pop()
            if element.tail and element is not data:
                yield element.tail, fonts[-1]
