"""Read one sheet of an .xlsb workbook: which places hold text, and how it is shown.

Record numbers are those of [MS-XLSB] 2.3.2.
"""

import struct
from collections.abc import Callable

from parsers.errors import DamagedFileError
from parsers.readers.biff12_records import records, rich_string_at, string_at
from parsers.readers.biff_sheet import short_number
from parsers.readers.binary_book import Book, boolean, error
from parsers.readers.filling import Filling
from parsers.readers.second_count import is_honest
from parsers.readers.sheet import MOST_MERGES, Sheet
from parsers.readers.workbook import SheetEntry

_ROW, _BLANK, _SHARED = 0, 1, 7
_SHEET_END, _DIMENSION, _MERGE, _DEFAULTS = 130, 148, 176, 485
_CELL = struct.Struct("<LL")
_LONG, _DOUBLE = struct.Struct("<L"), struct.Struct("<d")
_FOUR = struct.Struct("<4L")
_STYLE = 0xFFFFFF
_ZERO_HEIGHT, _ZERO_DEFAULT = 0x10, 0x02
_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14


def read_sheet(data: bytes, entry: SheetEntry, book: Book, most_rows: int) -> Sheet:
    """Return the sheet in the part `data`, at most `most_rows` rows that hold text.

    Raises DamagedFileError where its records break off.
    """
    sheet = Sheet(book.letters.shown(entry.name), entry.hidden)
    filling = Filling(sheet, most_rows)
    shown: dict[tuple[int, int], str] = {}
    row = 0
    for kind, at, end in records(data):
        if kind == _ROW and end - at >= 12:
            row = _LONG.unpack_from(data, at)[0] + 1
            hidden = data[at + 11] & _ZERO_HEIGHT
            (sheet.hidden_rows if hidden else sheet.shown_rows).add(row)
        elif kind == _SHARED and end - at >= 12:
            column, style = _CELL.unpack_from(data, at)
            index = _LONG.unpack_from(data, at + 8)[0]
            text = shown.get((index, style))
            if text is None:
                text = shown[index, style] = book.shared(index, style & _STYLE)
            if text or book.holds(index):
                _put(filling, row, column, text)
        elif kind in _CELLS and end - at > 8:
            column, style = _CELL.unpack_from(data, at)
            value = _CELLS[kind](book, data, (at + 8, end), style & _STYLE)
            if value is not None:
                _put(filling, row, column, value)
        elif kind == _MERGE and end - at >= 16 and len(sheet.merges) < MOST_MERGES:
            top, bottom, left, right = _FOUR.unpack_from(data, at)
            sheet.merges.append((top + 1, left + 1, bottom + 1, right + 1))
        elif kind == _DIMENSION and end - at >= 16:
            sheet.regular = is_honest(*_FOUR.unpack_from(data, at))
        elif kind == _DEFAULTS and end - at >= 12:
            sheet.hidden_by_default = bool(data[at + 8] & _ZERO_DEFAULT)
        elif kind == _SHEET_END:
            return filling.done()
    raise DamagedFileError(f"the sheet {entry.name} is cut off")


def _put(filling: Filling, row: int, column: int, text: str) -> None:
    if 0 < row <= _LAST_ROW and column < _LAST_COLUMN:
        filling.put(row, column + 1, text)
    else:
        # The second reader would build the whole rectangle up to there.
        filling.sheet.regular = False
        filling.sheet.doubt = "a cell beyond the last place of a sheet"


def _short(book: Book, data: bytes, where: tuple[int, int], style: int) -> str | None:
    if where[1] - where[0] < 4:
        return None
    return book.number(short_number(_LONG.unpack_from(data, where[0])[0]), style)


def _number(book: Book, data: bytes, where: tuple[int, int], style: int) -> str | None:
    if where[1] - where[0] < 8:
        return None
    return book.number(_DOUBLE.unpack_from(data, where[0])[0], style)


def _boolean(book: Book, data: bytes, where: tuple[int, int], style: int) -> str | None:
    return boolean(data[where[0]])


def _error(book: Book, data: bytes, where: tuple[int, int], style: int) -> str | None:
    return error(data[where[0]])


def _text(book: Book, data: bytes, where: tuple[int, int], style: int) -> str | None:
    text, _ = string_at(data, *where)
    return book.text((text, ()), style) if text else None


def _rich(book: Book, data: bytes, where: tuple[int, int], style: int) -> str | None:
    text = rich_string_at(data, *where)
    return book.text(text, style) if text[0] else None


#: What a cell shows, by the kind of its record; formulas keep what they gave.
_CELLS: dict[int, Callable[[Book, bytes, tuple[int, int], int], str | None]] = {
    2: _short,
    3: _error,
    4: _boolean,
    5: _number,
    6: _text,
    8: _text,
    9: _number,
    10: _boolean,
    11: _error,
    62: _rich,
}
