"""Read one sheet of an .xlsb workbook: which places hold text, and how it is shown.

Record numbers are those of [MS-XLSB] 2.3.2.
"""

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from parsers.errors import DamagedFileError
from parsers.readers.biff12_records import record_at, rich_string_at, string_at
from parsers.readers.biff_sheet import short_number
from parsers.readers.binary_book import Book, boolean, error
from parsers.readers.filling import Filling
from parsers.readers.second_count import is_honest
from parsers.readers.sheet import MOST_MERGES, Sheet
from parsers.readers.workbook import SheetEntry

_ROW, _SHARED = 0, 7
_ERRORS = (3, 11)
_SHEET_END, _DIMENSION, _MERGE, _DEFAULTS = 130, 148, 176, 485
#: Most cells are texts by number and short numbers, of the same size: they are taken
#: by the run.
_SHORT_CELLS = re.compile(rb"(?:[\x02\x07]\x0c.{12})+", re.DOTALL)
_SHORT_CELL = struct.Struct("<Bx3L")
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
    cells = _Cells(data, book, Filling(sheet, most_rows))
    if not cells.read():
        raise DamagedFileError(f"the sheet {entry.name} is cut off")
    return cells.filling.done()


@dataclass(slots=True)
class _Cells:
    """The cells of one sheet while they are read; `row` is from 1."""

    data: bytes
    book: Book
    filling: Filling
    row: int = 0
    #: Records of short cells that are still to be put, and the row of each cell.
    short: list[bytes] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    def read(self) -> bool:
        """Take in all records; say if the end of the sheet was among them."""
        data, at = self.data, 0
        match = _SHORT_CELLS.match
        while True:
            run = match(data, at) if 0 < self.row <= _LAST_ROW else None
            if run is not None:
                self.short.append(run[0])
                self.rows += [self.row] * (len(run[0]) // _SHORT_CELL.size)
                at = run.end()
                continue
            record = record_at(data, at)
            if record is None:
                return False
            kind, start, at = record
            if kind in _CELLS or kind == _SHARED:
                self._take_short()
                self._take_cell(kind, start, at)
            elif kind == _SHEET_END:
                self._take_short()
                return True
            else:
                self._note(kind, start, at)

    def _take_short(self) -> None:
        """Put the cells of shared strings and short numbers gathered so far."""
        if not self.short:
            return
        cells = _SHORT_CELL.iter_unpack(b"".join(self.short))
        kinds, columns, styles, values = zip(*cells, strict=True)
        keys = list(zip(kinds, styles, values, strict=True))
        texts = {key: self._short_text(*key) for key in dict.fromkeys(keys)}
        places = zip(self.rows, columns, map(texts.__getitem__, keys), strict=True)
        if max(columns) < _LAST_COLUMN:
            self.filling.put_all((r, c + 1, text) for r, c, text in places)
        else:
            for row, column, text in places:
                if text is not None:
                    _put(self.filling, row, column, text)
        self.short.clear()
        self.rows.clear()

    def _short_text(self, kind: int, style: int, value: int) -> str | None:
        style &= _STYLE
        if kind != _SHARED:
            return self.book.number(short_number(value), style)
        text = self.book.shared(value, style)
        return text if text or self.book.holds(value) else None

    def _take_cell(self, kind: int, at: int, end: int) -> None:
        if end - at <= 8:
            return
        column, style = _CELL.unpack_from(self.data, at)
        if kind != _SHARED:
            text = _CELLS[kind](self.book, self.data, (at + 8, end), style & _STYLE)
        elif end - at < 12:
            return
        else:
            index = _LONG.unpack_from(self.data, at + 8)[0]
            text = self._short_text(kind, style, index)
        if text is not None:
            self.filling.sheet.errors += kind in _ERRORS
            _put(self.filling, self.row, column, text)

    def _note(self, kind: int, at: int, end: int) -> None:
        """Note a row, a merge, or what the sheet says of all rows."""
        data, sheet, size = self.data, self.filling.sheet, end - at
        if kind == _ROW and size >= 12:
            self.row = _LONG.unpack_from(data, at)[0] + 1
            hidden = data[at + 11] & _ZERO_HEIGHT
            (sheet.hidden_rows if hidden else sheet.shown_rows).add(self.row)
        elif kind == _MERGE and size >= 16 and len(sheet.merges) < MOST_MERGES:
            top, bottom, left, right = _FOUR.unpack_from(data, at)
            sheet.merges.append((top + 1, left + 1, bottom + 1, right + 1))
        elif kind == _DIMENSION and size >= 16:
            sheet.regular = is_honest(*_FOUR.unpack_from(data, at))
        elif kind == _DEFAULTS and size >= 12:
            sheet.hidden_by_default = bool(data[at + 8] & _ZERO_DEFAULT)


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
