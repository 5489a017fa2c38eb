"""Take the records and strings out of a part of an .xlsb workbook ([MS-XLSB] 2.1.4)."""

import struct
from collections.abc import Iterator

from parsers.readers.binary_book import Text

_LENGTH = struct.Struct("<L")
_RUN = struct.Struct("<HH")


def records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield kind, beginning and end of the data of each record.

    Ends where a record is cut off.
    """
    end = 0
    while (record := record_at(data, end)) is not None:
        yield record
        end = record[2]


def record_at(data: bytes, at: int) -> tuple[int, int, int] | None:
    """Return kind, beginning and end of the record at `at`; None if it is not whole.

    Kinds and sizes are numbers of seven bits a byte, the lowest first.
    """
    end = len(data)
    if at + 1 >= end:
        return None
    kind, size = data[at], data[at + 1]
    at += 2
    if kind & 0x80:
        kind = (kind & 0x7F) | (size & 0x7F) << 7
        if at >= end:
            return None
        size = data[at]
        at += 1
    shift = 7
    if size & 0x80:
        size &= 0x7F
        while at < end and shift < 28:
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
    return (kind, at, at + size) if at + size <= end else None


def string_at(data: bytes, at: int, end: int) -> tuple[str, int]:
    """Return the string at `at` of a record that goes to `end`, and where it ends."""
    if at + 4 > end:
        return "", end
    last = at + 4 + 2 * _LENGTH.unpack_from(data, at)[0]
    last = min(last, end)
    return data[at + 4 : last].decode("utf-16-le", "replace"), last


def rich_string_at(data: bytes, at: int, end: int) -> Text:
    """Return the string with runs at `at` ([MS-XLSB] 2.5.121)."""
    if at >= end:
        return "", ()
    flags = data[at]
    text, at = string_at(data, at + 1, end)
    if not flags & 1 or at + 4 > end:
        return text, ()
    count = min(_LENGTH.unpack_from(data, at)[0], (end - at - 4) // 4)
    return text, tuple(_RUN.iter_unpack(data[at + 4 : at + 4 + 4 * count]))
