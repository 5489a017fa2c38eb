"""Read .xlsb workbooks: every sheet that holds text becomes one Table.

The package is that of .xlsx, its parts are records instead of XML ([MS-XLSB]). Charts
and drawings are left out; formulas show what they showed when the file was saved.
"""

import struct
from collections.abc import Iterator

from parsers.errors import DamagedFileError, LimitExceededError
from parsers.readers.biff12_records import records, rich_string_at, string_at
from parsers.readers.biff12_sheet import read_sheet
from parsers.readers.binary_book import Book, Text
from parsers.readers.letters import Letters, settled
from parsers.readers.package import Package, open_package
from parsers.readers.second_count import SecondCount
from parsers.readers.sheet import Sheet, document_of
from parsers.readers.workbook import SheetEntry
from parsers.readers.workbook_styles import format_of
from parsers.values.limits import Limits
from parsers.values.table import Document

_PROPERTIES, _SHEET, _STRING, _STRINGS = 153, 156, 19, 159
_FORMAT, _FONT, _XF, _STYLES, _STYLES_END = 44, 43, 47, 617, 618
_LONG, _XF_HEAD = struct.Struct("<L"), struct.Struct("<3H")
_FONT_NAME = 21
#: Twenty times what the largest honest workbooks hold.
_MOST_STRINGS = 1_000_000


def read(payload: bytes, path: tuple[str, ...], limits: Limits) -> Document:
    """Return the tables of the workbook `payload`, one a sheet that holds text.

    Raises DamagedFileError, EncryptedFileError and LimitExceededError; findings as
    `document_of` says.
    """

    def once(letters: Letters) -> Document:
        package = open_package(payload, limits)
        sheets = _sheets(package, letters, limits.rows)
        second = SecondCount(payload, failing_doubts=True)
        return document_of(sheets, path, limits, second)

    return settled(once, path)


def _sheets(package: Package, letters: Letters, most_rows: int) -> Iterator[Sheet]:
    part = package.main_part("xl/workbook.bin")
    relations = package.relations(part)
    by_kind = {r.kind: r.target for r in relations.values()}
    book = Book(letters)
    _read_styles(book, package.read(by_kind.get("styles", "xl/styles.bin")))
    strings = package.read(by_kind.get("sharedStrings", "xl/sharedStrings.bin"))
    book.strings = _strings(strings)
    claimed = _claimed_strings(strings)
    listed = list(_listed(book, package.read(part)))
    if not listed:
        raise DamagedFileError("a workbook that names no sheets")
    for name, hidden, key in listed:
        relation = relations.get(key)
        if relation is not None and relation.kind != "worksheet":
            continue
        data = package.read(relation.target) if relation else None
        if relation is None or data is None:
            yield Sheet(letters.shown(name), hidden, missing=True)
        else:
            entry = SheetEntry(name, relation.target, hidden)
            sheet = read_sheet(data, entry, book, most_rows)
            sheet.regular = sheet.regular and claimed <= 2 * len(book.strings) + 1000
            yield sheet


def _listed(book: Book, data: bytes | None) -> Iterator[tuple[str, bool, str]]:
    """Yield name, whether hidden, and relation of each sheet; note the date system."""
    for kind, at, end in records(data or b""):
        if kind == _PROPERTIES and end > at:
            book.epoch_1904 = bool(data and data[at] & 1)
        elif kind == _SHEET and data is not None and end - at >= 12:
            hidden = _LONG.unpack_from(data, at)[0] != 0
            key, at = string_at(data, at + 8, end)
            yield string_at(data, at, end)[0], hidden, key


def _strings(data: bytes | None) -> list[Text]:
    strings: list[Text] = []
    for kind, at, end in records(data or b""):
        if kind == _STRING and data is not None:
            if len(strings) == _MOST_STRINGS:
                raise LimitExceededError("too many strings in one workbook")
            strings.append(_plain(data, at, end) or rich_string_at(data, at, end))
    return strings


def _plain(data: bytes, at: int, end: int) -> Text | None:
    """Return the string at `at` if it has no runs and fills its record, else None."""
    last = at + 5 + 2 * int.from_bytes(data[at + 1 : at + 5], "little")
    if data[at : at + 1] != b"\0" or last != end:
        return None
    return data[at + 5 : end].decode("utf-16-le", "replace"), ()


def _claimed_strings(data: bytes | None) -> int:
    """Return how many strings the part says that it holds."""
    for kind, at, end in records(data or b""):
        if kind == _STRINGS and data is not None and end - at >= 8:
            first, second = _LONG.unpack_from(data, at), _LONG.unpack_from(data, at + 4)
            return int(max(first[0], second[0]))
    return 0


def _read_styles(book: Book, data: bytes | None) -> None:
    codes: dict[int, str] = {}
    names: list[str | None] = []
    styles: list[tuple[int, int]] = []
    within = False
    for kind, at, end in records(data or b""):
        assert data is not None
        if kind in (_STYLES, _STYLES_END):
            within = kind == _STYLES
        elif kind == _FORMAT and end - at >= 6:
            number = int.from_bytes(data[at : at + 2], "little")
            codes[number] = string_at(data, at + 2, end)[0]
        elif kind == _FONT:
            names.append(string_at(data, at + _FONT_NAME, end)[0] or None)
        elif kind == _XF and within and end - at >= 6:
            _, form, font = _XF_HEAD.unpack_from(data, at)
            styles.append((form, font))
    book.names = names
    book.formats = [format_of(form, codes) for form, _ in styles]
    book.fonts = [book.font_name(font) for _, font in styles]
