"""Read the strings of a binary workbook: BIFF8 with its continued ones, and BIFF5.

Letters of one byte come out as Latin-1, whatever encoding was meant: which one it was
is decided behind `letters`.
"""

import struct
from codecs import utf_16_le_decode
from dataclasses import dataclass

from parsers.errors import LimitExceededError
from parsers.readers.binary_book import Text

_WIDE, _EXTENDED, _RICH = 1, 4, 8
#: Twenty times what the largest honest workbooks hold.
_MOST_STRINGS = 1_000_000
_COUNT, _LONG = struct.Struct("<H"), struct.Struct("<L")
_RUN, _PLAIN = struct.Struct("<HH"), struct.Struct("<HB")


class _CutOffError(Exception):
    """The records end within a string."""


@dataclass(slots=True)
class _Records:
    """The data of a record and of those that continue it, read from left to right."""

    pieces: list[bytes]
    number: int = 0
    at: int = 0

    def ended(self) -> bool:
        """Say whether nothing is left."""
        last = len(self.pieces) - 1
        return self.number == last and self.at >= len(self.pieces[last])

    def take(self, size: int) -> bytes:
        """Return the next `size` bytes, which may stand on both sides of a border."""
        taken = b""
        while size > 0:
            piece = self._piece()[self.at : self.at + size]
            self.at += len(piece)
            size -= len(piece)
            taken += piece
        return taken

    def skip(self, size: int) -> None:
        while size > 0:
            step = min(size, len(self._piece()) - self.at)
            self.at += step
            size -= step

    def letters(self, count: int, wide: bool) -> str:
        """Return `count` letters; after a border the width is told anew ([MS-XLS]
        2.5.293).
        """
        text = ""
        while True:
            piece = self.pieces[self.number]
            width = 2 if wide else 1
            size = min(count * width, len(piece) - self.at) // width * width
            raw = piece[self.at : self.at + size]
            self.at += size
            text += _decoded(raw, wide)
            count -= size // width
            if count <= 0:
                return text
            self.number, self.at = self.number + 1, 1
            if self.number >= len(self.pieces) or not self.pieces[self.number]:
                raise _CutOffError
            wide = bool(self.pieces[self.number][0] & _WIDE)

    def _piece(self) -> bytes:
        while self.at >= len(self.pieces[self.number]):
            self.number, self.at = self.number + 1, 0
            if self.number >= len(self.pieces):
                raise _CutOffError
        return self.pieces[self.number]


def shared_strings(pieces: list[bytes]) -> tuple[list[Text], bool]:
    """Return the strings of an SST record and its continuations, and whether all came.

    Raises LimitExceededError where it holds more strings than fit in memory.
    """
    if not pieces or len(pieces[0]) < 8:
        return [], True
    claimed = _LONG.unpack_from(pieces[0], 4)[0]
    records = _Records(pieces, at=8)
    strings: list[Text] = []
    try:
        while len(strings) < claimed and not records.ended():
            if len(strings) >= _MOST_STRINGS:
                raise LimitExceededError("too many strings in one workbook")
            if not _plain_strings(records, strings, claimed):
                strings.append(_string(records, 2))
    except _CutOffError:
        return strings, False
    return strings, True


def _plain_strings(records: _Records, strings: list[Text], most: int) -> bool:
    """Add the strings that stand whole in this record, without runs; say if any did."""
    piece, at, end = records.pieces[records.number], records.at, 0
    size, unpack, before = len(piece), _PLAIN.unpack_from, len(strings)
    most = min(most, _MOST_STRINGS)
    while at + 3 <= size and len(strings) < most:
        count, flags = unpack(piece, at)
        if flags & (_EXTENDED | _RICH):
            break
        end = at + 3 + (count << 1 if flags & _WIDE else count)
        if end > size:
            break
        raw = piece[at + 3 : end]
        # Called by name: to look it up costs as much as to decode.
        text = (
            utf_16_le_decode(raw, "replace", True)[0]
            if flags & _WIDE
            else raw.decode("latin-1")
        )
        strings.append((text, ()))
        at = end
    records.at = at
    return len(strings) > before


def string_of(pieces: list[bytes], at: int, length_size: int) -> Text:
    """Return the BIFF8 string at `at` of a record, as far as the record goes.

    Its length is given in `length_size` bytes.
    """
    records = _Records(pieces, at=at)
    try:
        return _string(records, length_size)
    except _CutOffError:
        return "", ()


def label_of(data: bytes) -> Text:
    """Return the text of an RSTRING record of BIFF8, whose runs stand at its end."""
    text, _ = string_of([data], 6, 2)
    wide = len(data) > 8 and bool(data[8] & _WIDE)
    at = 9 + (len(text) << 1 if wide else len(text))
    if at + 2 > len(data):
        return text, ()
    return text, _runs(data[at + 2 :], _COUNT.unpack_from(data, at)[0])


def bytes_of(data: bytes, at: int, length_size: int) -> bytes:
    """Return the letters of the BIFF5 string at `at`, one byte each."""
    count = int.from_bytes(data[at : at + length_size], "little")
    return data[at + length_size : at + length_size + count]


def byte_runs(data: bytes, at: int) -> tuple[tuple[int, int], ...]:
    """Return the runs of a BIFF5 RSTRING record, whose count stands at `at`."""
    count = data[at] if at < len(data) else 0
    pairs = data[at + 1 : at + 1 + 2 * count]
    return tuple(zip(pairs[0::2], pairs[1::2], strict=False))


def _string(records: _Records, length_size: int) -> Text:
    head = records.take(length_size + 1)
    count, flags = int.from_bytes(head[:-1], "little"), head[-1]
    runs = _COUNT.unpack(records.take(2))[0] if flags & _RICH else 0
    extra = _LONG.unpack(records.take(4))[0] if flags & _EXTENDED else 0
    text = records.letters(count, bool(flags & _WIDE))
    fonts = _runs(records.take(4 * runs), runs) if runs else ()
    records.skip(extra)
    return text, fonts


def _runs(data: bytes, count: int) -> tuple[tuple[int, int], ...]:
    whole = min(count, len(data) // 4)
    return tuple(_RUN.iter_unpack(data[: 4 * whole]))


def _decoded(raw: bytes, wide: bool) -> str:
    return raw.decode("utf-16-le", "replace") if wide else raw.decode("latin-1")
