"""Read what the sheets of a binary workbook share: strings, formats, fonts, dates.

BIFF8 (since 1997) and BIFF5/7 (1993 to 1995) alike; the sheets themselves are read by
`biff_sheet`. Records and their numbers are those of [MS-XLS].
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from parsers.charsets import from_cp1252
from parsers.errors import DamagedFileError, EncryptedFileError, UnsupportedTypeError
from parsers.readers.biff_strings import bytes_of, shared_strings, string_of
from parsers.readers.binary_book import Book, Text
from parsers.readers.letters import Letters
from parsers.readers.workbook_styles import format_of

BOF, EOF, CONTINUE = 0x809, 0x0A, 0x3C
_BOUNDSHEET, _SST, _FONT, _FORMAT, _XF = 0x85, 0xFC, 0x31, 0x41E, 0xE0
_CODEPAGE, _DATEMODE, FILEPASS = 0x42, 0x22, 0x2F
HEAD = struct.Struct("<HH")
_TWO_LONG = struct.Struct("<LL")
_MOST_CLAIMED = 2_000_000
_TWO = struct.Struct("<HH")
_SHEET = struct.Struct("<LBB")
_BIFF5, _BIFF8 = 0x500, 0x600
#: The stream begins with a sheet, which nothing stands before.
_SHEET_ALONE = 0x10
_NAMED_CODES = frozenset(
    {437, 850, 852, 866, 874, 932, 936, 949, 950, *range(1250, 1259)} - {1252}
)
#: Number 4 names no font: files count on past it.
_NO_FONT = 4


@dataclass(frozen=True, slots=True)
class BoundSheet:
    """A sheet as the workbook lists it; `at` is where its records begin."""

    name: str
    hidden: bool
    at: int


@dataclass(slots=True)
class Stream:
    """The records of a workbook, what its cells refer to, and where its sheets begin.

    `wide` is BIFF8; `codec` decodes the letters of what is older. `honest` says that
    it does not claim to hold more strings than any workbook does.
    """

    data: bytes
    book: Book
    wide: bool
    codec: str | None = None
    honest: bool = True
    sheets: list[BoundSheet] = field(default_factory=list)

    def decoded(self, raw: bytes) -> str:
        """Return letters of one byte each, which BIFF5 has, by the code page."""
        if self.codec is not None:
            return raw.decode(self.codec, "replace")
        return from_cp1252(raw)


def records(data: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, place of the data and size of the records from `at` on."""
    while at + 4 <= len(data):
        kind, size = HEAD.unpack_from(data, at)
        if at + 4 + size > len(data):
            return
        yield kind, at + 4, size
        at += 4 + size


def read_stream(data: bytes, letters: Letters) -> Stream:
    """Return the workbook of the stream `data`; its sheets are not read yet.

    Raises DamagedFileError where its first records are not whole, EncryptedFileError
    where they ask for a password, UnsupportedTypeError before BIFF5.
    """
    if len(data) < 8 or data[0] != BOF & 0xFF:
        raise DamagedFileError("a workbook stream that does not begin as one")
    version, kind = struct.unpack_from("<HH", data, 4)
    # QUIRK: exporters of a few lines give no version and mean that of 1993.
    if data[1] != BOF >> 8 or version not in (0, _BIFF5, _BIFF8):
        raise UnsupportedTypeError("a workbook from before 1993")
    stream = Stream(data, Book(letters), version == _BIFF8)
    if kind == _SHEET_ALONE:
        stream.sheets.append(BoundSheet("", False, 0))
        return stream
    shared = _Shared()
    for kind, at, size in records(data, 0):
        if kind == EOF:
            _finish(stream, shared)
            return stream
        if kind == FILEPASS and size and any(data[at : at + size]):
            raise EncryptedFileError("the workbook asks for a password")
        _note(stream, shared, kind, data[at : at + size], at)
    raise DamagedFileError("the workbook's first records are cut off")


@dataclass(slots=True)
class _Shared:
    """Records that are understood when all have been seen."""

    codes: dict[int, str] = field(default_factory=dict)
    styles: list[tuple[int, int]] = field(default_factory=list)
    sheets: list[bytes] = field(default_factory=list)
    fonts: list[bytes] = field(default_factory=list)
    formats: list[bytes] = field(default_factory=list)


def _note(stream: Stream, shared: _Shared, kind: int, data: bytes, at: int) -> None:
    """Take in one record of the workbook, its `data` found at `at`."""
    if kind == _XF and len(data) >= 4:
        shared.styles.append(_TWO.unpack_from(data))
    elif kind == _FONT:
        shared.fonts.append(data)
    elif kind == _FORMAT:
        shared.formats.append(data)
    elif kind == _BOUNDSHEET and len(data) > 6:
        shared.sheets.append(data)
    elif kind == _SST:
        stream.book.strings = _strings(stream.data, at, data)
        claimed = max(_TWO_LONG.unpack_from(data)) if len(data) >= 8 else 0
        # More cells than strings refer to them, but not by the million.
        stream.honest = claimed <= _MOST_CLAIMED
    elif kind == _CODEPAGE and len(data) >= 2:
        code = int.from_bytes(data[:2], "little")
        stream.codec = f"cp{code}" if code in _NAMED_CODES else None
    elif kind == _DATEMODE:
        stream.book.epoch_1904 = data[:1] == b"\1"


def _strings(data: bytes, at: int, first: bytes) -> list[Text]:
    pieces = [first]
    for kind, start, size in records(data, at + len(first)):
        if kind != CONTINUE:
            break
        pieces.append(data[start : start + size])
    strings, whole = shared_strings(pieces)
    if not whole:
        raise DamagedFileError("the workbook's strings are cut off")
    return strings


def _finish(stream: Stream, shared: _Shared) -> None:
    """Resolve what could not be read before the code page was known."""
    book = stream.book
    names: list[str | None] = [_name(stream, data, 14, 1) for data in shared.fonts]
    names.insert(_NO_FONT, None)
    size = 2 if stream.wide else 1
    for data in shared.formats:
        number = int.from_bytes(data[:2], "little")
        shared.codes[number] = _name(stream, data, 2, size)
    book.names = names
    book.formats = [format_of(number, shared.codes) for _, number in shared.styles]
    book.fonts = [book.font_name(number) for number, _ in shared.styles]
    for data in shared.sheets:
        start, state, kind = _SHEET.unpack_from(data)
        if kind == 0:
            name = _name(stream, data, 6, 1)
            stream.sheets.append(BoundSheet(name, state & 3 != 0, start))


def _name(stream: Stream, data: bytes, at: int, length_size: int) -> str:
    if stream.wide:
        return string_of([data], at, length_size)[0]
    return stream.decoded(bytes_of(data, at, length_size))
