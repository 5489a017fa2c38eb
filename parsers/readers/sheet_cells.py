"""Read one sheet of an Office Open XML workbook: which places hold what text.

It keeps places sparse: a cell in the last corner of a sheet costs one entry.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from parsers.readers.number_format import show_number
from parsers.readers.places import column_number
from parsers.readers.sheet import (
    MOST_MERGES,
    NOT_STORED,
    WORKED_OUT_ANEW,
    Range,
    Sheet,
)
from parsers.readers.sheet_xml import CellParts, sheet_xml
from parsers.readers.workbook import Raw, SheetEntry, Workbook, unescaped
from parsers.vietnamese.fold import nfc_text

_TRUE = ("1", "true")
_DAY_ZERO = datetime(1899, 12, 30, tzinfo=UTC)
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")


def read_sheet(data: bytes, entry: SheetEntry, book: Workbook, most_rows: int) -> Sheet:
    """Return the sheet in the XML `data`, at most `most_rows` rows that hold text."""
    xml = sheet_xml(data)
    sheet = Sheet(entry.name, entry.hidden)
    _fill(sheet, xml.cells, book, most_rows)
    sheet.regular = xml.regular
    sheet.merges = list(_merges(xml.merges))
    sheet.hidden_rows, sheet.shown_rows = xml.hidden, xml.shown
    sheet.hidden_by_default = xml.hidden_by_default
    for letters, number, kind, value in xml.formulas:
        doubt = _formula_doubt(kind, value, book)
        if doubt is not None:
            sheet.doubts[int(number), column_number(letters)] = doubt
    return sheet


def _fill(
    sheet: Sheet, cells: Iterable[CellParts], book: Workbook, most_rows: int
) -> None:
    """Put the texts of `cells` into their places, one by one as they are read."""
    columns: dict[str, int] = {}
    numbers: set[str] = set()
    words, shown = book.words_in_formats, book.shown
    row: dict[int, str] | None = None
    last = ""
    for letters, number, style, kind, value, inline in cells:
        if not value and not inline:
            continue
        if kind == "s":
            text = shown.get((value, style)) or book.shared(value, style)
            if not text and not book.raw(value):
                continue
        elif kind in ("", "n"):
            text = _number(value, style, book)
        else:
            text = _other(kind, value or inline, style, book)
            sheet.errors += kind == "e" and value != ""
        if words and kind in ("s", "str", "inlineStr"):
            text = _in_format(text, style, book)
        if number != last:
            numbers.add(number)
            last, row = number, sheet.row(int(number), most_rows)
        sheet.filled += 1
        column = columns.get(letters)
        if column is None:
            column = columns[letters] = column_number(letters)
        if text and row is not None:
            row[column] = text
    if columns:
        across, down = columns.values(), list(map(int, numbers))
        sheet.close((min(across), max(across)), (min(down), max(down)))


def _formula_doubt(kind: str, value: str, book: Workbook) -> str | None:
    """Return why a formula may show something else than is stored, None if not."""
    if not value and kind != "str":
        return NOT_STORED
    if book.worked_out_anew and value == "0" and kind in ("", "n"):
        # QUIRK: XlsxWriter stores 0 for what it leaves to the program to work out.
        return WORKED_OUT_ANEW
    return None


def _number(raw: str, style: str, book: Workbook) -> str:
    form = book.format(style)
    if form is None and raw.isdecimal() and len(raw) < 12:
        return raw.lstrip("0") or "0"
    try:
        value = float(raw)
    except ValueError:
        return nfc_text(raw)
    if value != value or value in (float("inf"), float("-inf")):
        return nfc_text(raw)
    return show_number(value, form, book.epoch_1904)


def _other(kind: str, raw: Raw, style: str, book: Workbook) -> str:
    if not isinstance(raw, str):
        return book.text(raw, style)
    if kind == "b":
        return "TRUE" if raw.strip() in _TRUE else "FALSE"
    if kind == "d":
        return _iso_date(raw.strip(), style, book)
    return book.text(unescaped(raw), style)


def _in_format(text: str, style: str, book: Workbook) -> str:
    form = book.format(style)
    if form is None or form.text is None or not text:
        return text
    return nfc_text(form.text(text))


def _iso_date(raw: str, style: str, book: Workbook) -> str:
    """Return a date of ISO 29500 strict, which is written as text, in its format."""
    try:
        moment = datetime.fromisoformat(raw.rstrip("Z")).replace(tzinfo=UTC)
    except ValueError:
        return nfc_text(raw)
    form = book.format(style)
    if form is None or not form.is_date:
        return f"{moment:%d/%m/%Y}"
    return nfc_text(form.number((moment - _DAY_ZERO).total_seconds() / 86_400, False))


def _merges(references: list[str]) -> Iterator[Range]:
    """Yield the merged ranges; what is no range is left out."""
    for match in map(_RANGE.fullmatch, references[:MOST_MERGES]):
        if match:
            top, bottom = sorted((int(match[2]), int(match[4])))
            left, right = sorted((column_number(match[1]), column_number(match[3])))
            yield top, left, bottom, right
