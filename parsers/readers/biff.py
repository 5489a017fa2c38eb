"""Read what the sheets of a binary workbook share: strings, formats, fonts, dates.

BIFF8 (since 1997) and BIFF5/7 (1993 to 1995) alike; the sheets themselves are read by
`biff_sheet`. Records and their numbers are those of [MS-XLS].
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from parsers.charsets import from_cp1252
from parsers.errors import DamagedFileError, EncryptedFileError, UnsupportedTypeError
from parsers.readers.biff_strings import Text, bytes_of, shared_strings, string_of
from parsers.readers.letters import Letters
from parsers.readers.number_format import Format
from parsers.readers.workbook_styles import format_of

BOF, EOF, CONTINUE = 0x809, 0x0A, 0x3C
_BOUNDSHEET, _SST, _FONT, _FORMAT, _XF = 0x85, 0xFC, 0x31, 0x41E, 0xE0
_CODEPAGE, _DATEMODE, FILEPASS = 0x42, 0x22, 0x2F
HEAD = struct.Struct("<HH")
_TWO = struct.Struct("<HH")
_SHEET = struct.Struct("<LBB")
_BIFF5, _BIFF8 = 0x500, 0x600
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
class Book:
    """What the cells of every sheet of the stream `data` refer to.

    `wide` is BIFF8. `formats` and `fonts` hold one entry a cell style; `names` are
    the fonts by number, as runs name them.
    """

    data: bytes
    letters: Letters
    wide: bool
    codec: str | None = None
    epoch_1904: bool = False
    sheets: list[BoundSheet] = field(default_factory=list)
    strings: list[Text] = field(default_factory=list)
    formats: list[Format | None] = field(default_factory=list)
    fonts: list[str | None] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    locked: bool = False

    def text(self, text: Text, style: int) -> str:
        """Return `text` as shown in a cell of `style`, words of its format added."""
        letters, runs = text
        font = self.fonts[style] if style < len(self.fonts) else None
        if runs:
            shown = self.letters.shown_runs(self._runs(letters, runs, font))
        else:
            shown = self.letters.shown(letters, font)
        form = self.format(style)
        if form is None or form.text is None or not shown:
            return shown
        return form.text(shown)

    def format(self, style: int) -> Format | None:
        """Return the format of the cell style `style`."""
        return self.formats[style] if style < len(self.formats) else None

    def decoded(self, raw: bytes) -> str:
        """Return letters of one byte each, which BIFF5 has, by the code page."""
        if self.codec is not None:
            return raw.decode(self.codec, "replace")
        return from_cp1252(raw)

    def font_name(self, number: int) -> str | None:
        """Return the name of the font `number`; None where there is none."""
        index = number - 1 if number > _NO_FONT else number
        return self.names[index] if 0 <= index < len(self.names) else None

    def _runs(
        self, letters: str, runs: tuple[tuple[int, int], ...], font: str | None
    ) -> Iterator[tuple[str, str | None]]:
        at = 0
        for start, number in runs:
            if start > at:
                yield letters[at:start], font
            at, font = max(at, start), self.font_name(number)
        yield letters[at:], font


def records(data: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, place of the data and size of the records from `at` on."""
    while at + 4 <= len(data):
        kind, size = HEAD.unpack_from(data, at)
        if at + 4 + size > len(data):
            return
        yield kind, at + 4, size
        at += 4 + size


def read_book(data: bytes, letters: Letters) -> Book:
    """Return the workbook of the stream `data`; its sheets are not read yet.

    Raises DamagedFileError where its first records are not whole, EncryptedFileError
    where they ask for a password, UnsupportedTypeError before BIFF5.
    """
    if len(data) < 8 or data[0] != BOF & 0xFF:
        raise DamagedFileError("a workbook stream that does not begin as one")
    version = struct.unpack_from("<H", data, 4)[0]
    if data[1] != BOF >> 8 or version not in (_BIFF5, _BIFF8):
        raise UnsupportedTypeError("a workbook from before 1993")
    book = Book(data, letters, version == _BIFF8)
    shared = _Shared()
    for kind, at, size in records(data, 0):
        if kind == EOF:
            _finish(book, shared)
            return book
        if kind == FILEPASS and size and any(data[at : at + size]):
            raise EncryptedFileError("the workbook asks for a password")
        _note(book, shared, kind, data[at : at + size], at)
    raise DamagedFileError("the workbook's first records are cut off")


@dataclass(slots=True)
class _Shared:
    """Records that are understood when all have been seen."""

    codes: dict[int, str] = field(default_factory=dict)
    styles: list[tuple[int, int]] = field(default_factory=list)
    sheets: list[bytes] = field(default_factory=list)
    fonts: list[bytes] = field(default_factory=list)
    formats: list[bytes] = field(default_factory=list)


def _note(book: Book, shared: _Shared, kind: int, data: bytes, at: int) -> None:
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
        book.strings = _strings(book.data, at, data)
    elif kind == _CODEPAGE and len(data) >= 2:
        code = int.from_bytes(data[:2], "little")
        book.codec = f"cp{code}" if code in _NAMED_CODES else None
    elif kind == _DATEMODE:
        book.epoch_1904 = data[:1] == b"\1"


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


def _finish(book: Book, shared: _Shared) -> None:
    """Resolve what could not be read before the code page was known."""
    book.names = [_name(book, data, 14, 1) for data in shared.fonts]
    size = 2 if book.wide else 1
    for data in shared.formats:
        number = int.from_bytes(data[:2], "little")
        shared.codes[number] = _name(book, data, 2, size)
    book.formats = [format_of(number, shared.codes) for _, number in shared.styles]
    book.fonts = [book.font_name(number) for number, _ in shared.styles]
    for data in shared.sheets:
        start, state, kind = _SHEET.unpack_from(data)
        if kind == 0:
            name = _name(book, data, 6, 1)
            book.sheets.append(BoundSheet(name, state & 3 != 0, start))


def _name(book: Book, data: bytes, at: int, length_size: int) -> str:
    if book.wide:
        return string_of([data], at, length_size)[0]
    return book.decoded(bytes_of(data, at, length_size))
