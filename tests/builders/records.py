"""Binary workbooks cut by hand, record by record: .xls of 1995 and 1997, .xlsb.

Only what a test is about is written; the rest is as little as programs accept.
"""

import struct
from collections.abc import Iterable, Mapping

from tests.builders.package import a_zip, relations

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind: int, *data: bytes) -> bytes:
    """Return a record of BIFF5 or BIFF8."""
    body = b"".join(data)
    return struct.pack("<HH", kind, len(body)) + body


def cell(kind: int, row: int, column: int, *data: bytes, style: int = 0) -> bytes:
    """Return a record that fills a cell, row and column from 0."""
    return record(kind, struct.pack("<3H", row, column, style), *data)


def bof(version: int, kind: int) -> bytes:
    """Return the beginning of a workbook (5) or sheet (0x10), 0x20 a chart's."""
    head = struct.pack("<4H", version, kind, 0x0DBB, 0x07CC)
    return record(0x809, head, bytes(8) if version == 0x600 else b"")


def short_string(text: str, length: str = "B") -> bytes:
    """Return a BIFF8 string, one byte a letter where that is enough."""
    wide = any(c > "\xff" for c in text)
    raw = text.encode("utf-16-le" if wide else "latin-1")
    return struct.pack(f"<{length}B", len(text), wide) + raw


def a_stream(
    version: int,
    shared: Iterable[bytes],
    sheets: Mapping[str, Iterable[bytes]],
    hidden: Iterable[str] = (),
) -> bytes:
    """Return the stream of a workbook: `shared` records, then each sheet's."""
    names = [
        short_string(n) if version == 0x600 else bytes([len(n)]) + n.encode("cp1258")
        for n in sheets
    ]
    bodies = [
        bof(version, 0x10) + b"".join(records) + record(0x0A)
        for records in sheets.values()
    ]
    head = bof(version, 5) + b"".join(shared)
    at = len(head) + sum(4 + 6 + len(n) for n in names) + 4
    for title, name, body in zip(sheets, names, bodies, strict=True):
        state = 1 if title in set(hidden) else 0
        head += record(0x85, struct.pack("<LBB", at, state, 0), name)
        at += len(body)
    return head + record(0x0A) + b"".join(bodies)


def a_compound_file(name: str, stream: bytes) -> bytes:
    """Return a compound file with one stream, of 4096 bytes at least."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // _SECTOR)
    assert count < 120, "one table of sectors is enough"
    fat = [_FAT, _END, *range(3, count + 2), _END]
    table = struct.pack(f"<{len(fat)}L", *fat).ljust(_SECTOR, b"\xff")
    directory = _entry("Root Entry", 5, _END, 0, child=1)
    directory += _entry(name, 2, 2, len(stream))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<LL", 1, 1) + bytes(4)
    head += struct.pack("<LLLLL", 4096, _END, 0, _END, 0)
    head += struct.pack("<L", 0) + b"\xff" * (_SECTOR - len(head) - 4)
    body = directory.ljust(_SECTOR, b"\0") + stream.ljust(count * _SECTOR, b"\0")
    return head + table + body


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    head = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1)
    head += struct.pack("<3L", _FREE, _FREE, child)
    return head.ljust(116, b"\0") + struct.pack("<LL", start, size) + bytes(4)


def record12(kind: int, *data: bytes) -> bytes:
    """Return a record of .xlsb."""
    body = b"".join(data)
    head = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    size, lengths = len(body), b""
    while True:
        lengths += bytes([size & 127 | (128 if size > 127 else 0)])
        size >>= 7
        if not size:
            return head + lengths + body


def cell12(kind: int, column: int, *data: bytes, style: int = 0) -> bytes:
    """Return a record that fills a cell of the row before, column from 0."""
    return record12(kind, struct.pack("<LL", column, style), *data)


def row12(number: int, hidden: bool = False) -> bytes:
    flags = bytes([0, 0x10 if hidden else 0])
    return record12(0, struct.pack("<LLH", number, 0, 300), flags, bytes(5))


def string12(text: str) -> bytes:
    return struct.pack("<L", len(text)) + text.encode("utf-16-le")


def an_xlsb(
    *sheets: bytes, strings: bytes = b"", styles: bytes = b"", properties: bytes = b""
) -> bytes:
    """Return an .xlsb workbook of `sheets`, each the records within the sheet."""
    listed, linked = b"", {"s": ("sharedStrings", "sharedStrings.bin")}
    linked["t"] = ("styles", "styles.bin")
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="bin" ContentType="application/'
            'vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
        ),
        "_rels/.rels": relations({"r1": ("officeDocument", "xl/workbook.bin")}),
    }
    for number, inside in enumerate(sheets, 1):
        key, name = f"rId{number}", f"Sheet{number}"
        linked[key] = ("worksheet", f"worksheets/sheet{number}.bin")
        ids = struct.pack("<LL", 0, number)
        listed += record12(156, ids, string12(key), string12(name))
        data = record12(145) + inside + record12(146)
        members[f"xl/worksheets/sheet{number}.bin"] = (
            record12(129) + data + record12(130)
        )
    members["xl/workbook.bin"] = (
        record12(131)
        + record12(153, properties or bytes(8))
        + record12(143)
        + listed
        + record12(144)
        + record12(132)
    )
    members["xl/_rels/workbook.bin.rels"] = relations(linked)
    members["xl/sharedStrings.bin"] = record12(159, bytes(8)) + strings + record12(160)
    members["xl/styles.bin"] = record12(278) + styles + record12(279)
    return a_zip(members)
