"""Read one sheet of a workbook: which places hold text, and how it is shown.

It keeps places sparse: a cell in the last corner of a sheet costs one entry.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from parsers.readers.letters import Line
from parsers.readers.number_format import show_general
from parsers.readers.places import column_number
from parsers.readers.sheet_xml import SheetXml, sheet_xml
from parsers.readers.spans import MOST_COLUMNS
from parsers.readers.workbook import Workbook, unescaped
from parsers.vietnamese.fold import nfc_text

#: A hostile sheet may list merges without end; honest ones have a few a row.
_MOST_MERGES = 20_000
_TRUE = ("1", "true")
_DAY_ZERO = datetime(1899, 12, 30, tzinfo=UTC)
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")

#: Top, left, bottom, right, from 1, ends included.
Range = tuple[int, int, int, int]


@dataclass(slots=True)
class Sheet:
    """The filled places of a sheet; rows and columns are counted from 1.

    `filled` counts all cells that hold something, those left out as well, and `area`
    the rectangle around them. `cut` says that rows or columns were left out.
    """

    xml: SheetXml
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    filled: int = 0
    area: int = 0
    cut: bool = False

    def is_hidden(self, row: int) -> bool:
        """Say whether the program does not show `row`."""
        if self.xml.hidden_by_default and row not in self.xml.shown:
            return True
        return row in self.xml.hidden

    def merges(self) -> list[Range]:
        """Return the merged ranges; what is no range is left out."""
        found = (_RANGE.fullmatch(m) for m in self.xml.merges[:_MOST_MERGES])
        return [_range(match) for match in found if match]


def read_sheet(data: bytes, book: Workbook, most_rows: int) -> Sheet:
    """Return the sheet in the XML `data`, at most `most_rows` rows that hold text."""
    sheet = Sheet(sheet_xml(data))
    columns: dict[str, int] = {}
    numbers: set[str] = set()
    words, shown, fonts = book.words_in_formats, book.shown, book.fonts
    row: dict[int, str] | None = None
    last = ""
    for letters, number, style, kind, value, inline in sheet.xml.cells:
        raw = value or inline
        if not raw:
            continue
        if number != last:
            numbers.add(number)
            last, row = number, _row(sheet, int(number), most_rows)
        if row is None:
            continue
        if kind == "s" and value:
            key = value if fonts is None else f"{value} {style}"
            text = shown.get(key) or book.shared(value, style, key)
            if not text and not book.raw(value):
                continue
        elif kind in ("", "n") and isinstance(raw, str):
            text = _number(raw, style, book)
        else:
            text = _other(kind, raw, style, book)
        if words and kind in ("s", "str", "inlineStr"):
            text = _in_format(text, style, book)
        sheet.filled += 1
        column = columns.get(letters)
        if column is None:
            column = columns[letters] = column_number(letters)
        if text:
            row[column] = text
    _close(sheet, sorted(columns.values()), sorted(map(int, numbers)))
    return sheet


def _row(sheet: Sheet, number: int, most_rows: int) -> dict[int, str] | None:
    """Return the texts of row `number`; None where no more rows are taken."""
    row = sheet.rows.get(number)
    if row is None:
        if len(sheet.rows) >= most_rows:
            sheet.cut = True
            return None
        row = sheet.rows[number] = {}
    return row


def _close(sheet: Sheet, across: list[int], down: list[int]) -> None:
    """Drop what is beyond the columns taken, and rows that show nothing."""
    if not across:
        return
    sheet.area = (across[-1] - across[0] + 1) * (down[-1] - down[0] + 1)
    if across[-1] > MOST_COLUMNS:
        sheet.cut = True
        for number, row in sheet.rows.items():
            sheet.rows[number] = {c: t for c, t in row.items() if c <= MOST_COLUMNS}
    if not all(sheet.rows.values()):
        sheet.rows = {number: row for number, row in sheet.rows.items() if row}


def _number(raw: str, style: str, book: Workbook) -> str:
    form = book.format(style)
    if form is None and raw.isdecimal() and len(raw) < 16:
        return raw.lstrip("0") or "0"
    try:
        value = float(raw)
    except ValueError:
        return nfc_text(raw)
    if value != value or value in (float("inf"), float("-inf")):
        return nfc_text(raw)
    if form is None:
        return show_general(value)
    return nfc_text(form.number(value, book.epoch_1904))


def _other(kind: str, raw: str | Line, style: str, book: Workbook) -> str:
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


def _range(match: re.Match[str]) -> Range:
    top, bottom = sorted((int(match[2]), int(match[4])))
    left, right = sorted((column_number(match[1]), column_number(match[3])))
    return top, left, bottom, right
