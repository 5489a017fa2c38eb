"""Write a compound file around one stream ([MS-CFB]): nothing else is in it.

What is read by others out of such a file cannot lead them through a hostile directory
or chains of sectors that run in circles.
"""

import struct

from parsers.compound import MAGIC

_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
#: Smaller streams would have to stand in the stream of small ones.
_LEAST = 4096
#: The header has room for so many sectors of the table.
_LISTED = 109


def compound_of(name: str, stream: bytes) -> bytes:
    """Return a compound file that holds `stream` alone, filled with zeros to 4096."""
    stream = stream.ljust(_LEAST, b"\0")
    small = len(stream) < _LISTED * 128 * 500
    size = 512 if small else 4096
    count = -(-len(stream) // size)
    tables = -(-(count + 1) // (size // 4 - 1))
    first = tables + 1
    fat = [_TABLE] * tables + [_END]
    fat += [*range(first + 1, first + count), _END]
    table = struct.pack(f"<{len(fat)}L", *fat).ljust(tables * size, b"\xff")
    directory = _entry("Root Entry", 5, (_END, 0), 1)
    directory += _entry(name, 2, (first, len(stream)), _FREE)
    body = directory.ljust(size, b"\0") + stream.ljust(count * size, b"\0")
    return _header(size, tables) + table + body


def _header(size: int, tables: int) -> bytes:
    version, shift = (3, 9) if size == 512 else (4, 12)
    listed = [*range(tables)] + [_FREE] * (_LISTED - tables)
    head = MAGIC + bytes(16) + struct.pack("<5H", 0x3E, version, 0xFFFE, shift, 6)
    head += bytes(6) + struct.pack("<LLL", int(size > 512), tables, tables)
    head += struct.pack("<6L", 0, _LEAST, _END, 0, _END, 0)
    head += struct.pack(f"<{_LISTED}L", *listed)
    return head.ljust(size, b"\0")


def _entry(name: str, kind: int, where: tuple[int, int], child: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    head = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1)
    head += struct.pack("<3L", _FREE, _FREE, child)
    return head.ljust(116, b"\0") + struct.pack("<LL", *where) + bytes(4)
