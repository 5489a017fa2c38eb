"""Read one sheet of a binary workbook: which places hold text, and how it is shown.

Formulas are not worked out: their cells show what they showed when the file was saved.
"""

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from parsers.errors import DamagedFileError
from parsers.readers.biff import BOF, CONTINUE, EOF, HEAD, BoundSheet, Stream
from parsers.readers.biff_strings import byte_runs, bytes_of, label_of, string_of
from parsers.readers.binary_book import Book, Text, boolean, error
from parsers.readers.filling import Filling
from parsers.readers.second_count import is_honest
from parsers.readers.sheet import MOST_MERGES, NOT_STORED, WORKED_OUT_ANEW, Sheet

_DIMENSIONS = 0x200
_ROW, _FORMULA, _STRING, _MERGES = 0x208, 0x06, 0x207, 0xE5
_NUMBER, _LABEL, _RSTRING, _BOOLERR, _MULRK = 0x203, 0x204, 0xD6, 0x205, 0xBD
_LABELSST, _DEFAULT_HEIGHT, _CHART = 0xFD, 0x225, 0x20
#: Most cells are texts by number and short numbers, of the same size: they are taken
#: by the run.
_SHORT_CELLS = re.compile(rb"(?:(?:\xfd\0|\x7e\x02)\x0a\0.{10})+", re.DOTALL)
_SHORT_CELL = struct.Struct("<4H6s")
_STYLED = struct.Struct("<HL")
_PLACE = struct.Struct("<3H")
_DOUBLE = struct.Struct("<d")
_MERGE, _WIDE_AREA = struct.Struct("<4H"), struct.Struct("<LLHH")
_HIDDEN_ROW, _HIDDEN_DEFAULT = 0x20, 0x02
#: A formula is worked out when the workbook opens: fAlwaysCalc, and fCalcOnLoad of
#: older files ([MS-XLS] 2.4.127).
_ANEW = 0x03
#: QUIRK: LibreOffice stores 0 for texts that it has not worked out, with neither flags
#: nor the number by which Excel finds what to work out.
_NO = bytes(6)
#: Places are counted from 1.
_NEXT = (1).__add__
#: Records that put no cell, so that cells before and after them are put together.
_APART = frozenset({_ROW, _DEFAULT_HEIGHT, _MERGES, _DIMENSIONS})


def read_sheet(stream: Stream, entry: BoundSheet, most_rows: int) -> Sheet | None:
    """Return the sheet `entry`, at most `most_rows` rows that hold text.

    None where it is a chart. Raises DamagedFileError where its records break off.
    """
    data, at = stream.data, entry.at
    if at + 8 > len(data) or HEAD.unpack_from(data, at)[0] != BOF:
        raise DamagedFileError(f"the sheet {entry.name} is not where it should be")
    if data[at + 6] == _CHART:
        return None
    sheet = Sheet(stream.book.letters.shown(entry.name), entry.hidden)
    cells = _Cells(stream, stream.book, Filling(sheet, most_rows))
    cells.read(at)
    return cells.filling.done()


@dataclass(slots=True)
class _Cells:
    """The cells of one sheet while they are read; rows and columns are from 0."""

    stream: Stream
    book: Book
    filling: Filling
    #: Records of short cells that are still to be put.
    short: list[bytes] = field(default_factory=list)
    #: The cell whose formula gave a text, which the next record holds.
    waiting: tuple[int, int, int] | None = None

    def read(self, at: int) -> None:
        """Take in the records from the sheet's beginning at `at` to its end.

        Embedded charts have records of their own within: they are passed over.
        """
        data, depth = self.stream.data, 0
        unpack, match, takers = HEAD.unpack_from, _SHORT_CELLS.match, _TAKERS
        end = len(data) - 4
        while at <= end:
            if depth == 1:
                run = match(data, at)
                if run is not None:
                    self.short.append(run[0])
                    at = run.end()
                    continue
            kind, size = unpack(data, at)
            at += 4
            if kind == BOF:
                depth += 1
            elif kind == EOF:
                depth -= 1
                if depth <= 0:
                    self._take_short()
                    return
            elif depth == 1 and kind in takers:
                if kind not in _APART:
                    self._take_short()
                takers[kind](self, data[at : at + size], at + size)
            at += size
        raise DamagedFileError(f"the sheet {self.filling.sheet.name} is cut off")

    def _take_short(self) -> None:
        """Put the LABELSST and RK records gathered so far, which are alike in size."""
        if not self.short:
            return
        cells = _SHORT_CELL.iter_unpack(b"".join(self.short))
        kinds, _, rows, columns, written = zip(*cells, strict=True)
        self.short.clear()
        keys = list(zip(kinds, written, strict=True))
        texts = {key: self._short_text(*key) for key in dict.fromkeys(keys)}
        self.filling.put_all(
            zip(
                map(_NEXT, rows),
                map(_NEXT, columns),
                map(texts.__getitem__, keys),
                strict=True,
            )
        )

    def _short_text(self, kind: int, written: bytes) -> str | None:
        """Return what a short cell shows; None where its string has no letters."""
        style, value = _STYLED.unpack(written)
        if kind != _LABELSST:
            return self.book.number(short_number(value), style)
        text = self.book.shared(value, style)
        return text if text or self.book.holds(value) else None

    def _put(self, row: int, column: int, text: str) -> None:
        self.filling.put(row + 1, column + 1, text)

    def take_number(self, data: bytes, end: int) -> None:
        if len(data) >= 14:
            row, column, style = _PLACE.unpack_from(data)
            value = _DOUBLE.unpack_from(data, 6)[0]
            self._put(row, column, self.book.number(value, style))

    def take_several(self, data: bytes, end: int) -> None:
        """Take MULRK: short numbers in neighbouring columns of one row."""
        if len(data) < 12:
            return
        row, column = HEAD.unpack_from(data)
        for style, value in struct.iter_unpack(
            "<HL", data[4 : 4 + (len(data) - 6) // 6 * 6]
        ):
            self._put(row, column, self.book.number(short_number(value), style))
            column += 1

    def take_label(self, data: bytes, end: int) -> None:
        text: Text
        if self.stream.wide:
            text = string_of([data], 6, 2)
        else:
            text = self.stream.decoded(bytes_of(data, 6, 2)), ()
        self._put_text(data, text)

    def take_rich_label(self, data: bytes, end: int) -> None:
        if self.stream.wide:
            self._put_text(data, label_of(data))
            return
        raw = bytes_of(data, 6, 2)
        text = self.stream.decoded(raw)
        self._put_text(data, (text, byte_runs(data, 8 + len(raw))))

    def _put_text(self, data: bytes, text: Text) -> None:
        if len(data) >= 6 and text[0]:
            row, column, style = _PLACE.unpack_from(data)
            self._put(row, column, self.book.text(text, style))

    def take_boolean(self, data: bytes, end: int) -> None:
        if len(data) >= 8:
            row, column, _ = _PLACE.unpack_from(data)
            shown = error(data[6]) if data[7] == 1 else boolean(data[6])
            self.filling.sheet.errors += data[7] == 1
            self._put(row, column, shown)

    def take_formula(self, data: bytes, end: int) -> None:
        """Take what the formula gave; a text stands in the STRING record behind."""
        self.waiting = None
        if len(data) < 14:
            return
        row, column, style = _PLACE.unpack_from(data)
        if data[12:14] != b"\xff\xff":
            value = _DOUBLE.unpack_from(data, 6)[0]
            self._put(row, column, self.book.number(value, style))
            if value == 0 and (
                len(data) < 20 or data[14] & _ANEW or data[14:20] == _NO
            ):
                self.filling.sheet.doubts[row + 1, column + 1] = WORKED_OUT_ANEW
        elif data[6] == 3 and data[14:15] and data[14] & _ANEW:
            # QUIRK: xlwt stores no letters for what the program is to work out.
            self.filling.sheet.doubts[row + 1, column + 1] = NOT_STORED
        elif data[6] == 0:
            self.waiting = (row, column, style)
        elif data[6] in (1, 2):
            shown = error(data[8]) if data[6] == 2 else boolean(data[8])
            self.filling.sheet.errors += data[6] == 2
            self._put(row, column, shown)

    def take_string(self, data: bytes, end: int) -> None:
        if self.waiting is None:
            return
        row, column, style = self.waiting
        self.waiting = None
        text: Text
        if self.stream.wide:
            text = string_of([data, *self._continued(end)], 0, 2)
        else:
            text = self.stream.decoded(bytes_of(data, 0, 2)), ()
        if text[0]:
            self._put(row, column, self.book.text(text, style))

    def _continued(self, at: int) -> list[bytes]:
        data, pieces = self.stream.data, []
        while at + 4 <= len(data):
            kind, size = HEAD.unpack_from(data, at)
            if kind != CONTINUE:
                break
            pieces.append(data[at + 4 : at + 4 + size])
            at += 4 + size
        return pieces

    def take_row(self, data: bytes, end: int) -> None:
        if len(data) >= 14:
            number = int.from_bytes(data[:2], "little") + 1
            hidden = data[12] & _HIDDEN_ROW
            (
                self.filling.sheet.hidden_rows
                if hidden
                else self.filling.sheet.shown_rows
            ).add(number)

    def take_default_height(self, data: bytes, end: int) -> None:
        self.filling.sheet.hidden_by_default = bool(data[:1]) and bool(
            data[0] & _HIDDEN_DEFAULT
        )

    def take_dimensions(self, data: bytes, end: int) -> None:
        """Note whether the rectangle that the sheet claims is one to believe."""
        wide = len(data) >= 14
        if wide or len(data) >= 8:
            top, bottom, left, right = (_WIDE_AREA if wide else _MERGE).unpack_from(
                data
            )
            # The last row and column are given as the ones behind them.
            if not is_honest(top, max(bottom - 1, 0), left, max(right - 1, 0)):
                self.filling.sheet.regular = False

    def take_merges(self, data: bytes, end: int) -> None:
        whole = data[2 : 2 + (len(data) - 2) // 8 * 8]
        for top, bottom, left, right in _MERGE.iter_unpack(whole):
            if len(self.filling.sheet.merges) < MOST_MERGES:
                merge = (top + 1, left + 1, bottom + 1, right + 1)
                self.filling.sheet.merges.append(merge)


_TAKERS: dict[int, Callable[[_Cells, bytes, int], None]] = {
    _NUMBER: _Cells.take_number,
    _MULRK: _Cells.take_several,
    _LABEL: _Cells.take_label,
    _RSTRING: _Cells.take_rich_label,
    _BOOLERR: _Cells.take_boolean,
    _FORMULA: _Cells.take_formula,
    _STRING: _Cells.take_string,
    _ROW: _Cells.take_row,
    _DEFAULT_HEIGHT: _Cells.take_default_height,
    _MERGES: _Cells.take_merges,
    _DIMENSIONS: _Cells.take_dimensions,
}


def short_number(value: int) -> float:
    """Return a number of 30 bits ([MS-XLS] 2.5.218)."""
    if value & 2:
        number: float = (value >> 2) - (1 << 30 if value & 0x80000000 else 0)
    else:
        number = _DOUBLE.unpack(struct.pack("<LL", 0, value & 0xFFFFFFFC))[0]
    return number / 100 if value & 1 else number
