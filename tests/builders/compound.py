"""OLE2 compound files, written by hand (MS-CFB): storages, small and large streams."""

import itertools
import struct
from collections.abc import Mapping

Storage = Mapping[str, "bytes | Storage"]
_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096
_END, _FREE, _TABLE, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


class _Writer:
    def __init__(self) -> None:
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.small = b""
        self.small_fat: list[int] = []
        self.entries: list[bytearray] = []

    def chain(self, data: bytes) -> int:
        """Add a stream of whole sectors and return where it begins."""
        count = -(-len(data) // _SECTOR)
        if not count:
            return _END
        first = len(self.sectors)
        for number in range(count):
            piece = data[number * _SECTOR : (number + 1) * _SECTOR]
            self.sectors.append(piece.ljust(_SECTOR, b"\0"))
            self.fat.append(first + number + 1 if number + 1 < count else _END)
        return first

    def small_chain(self, data: bytes) -> int:
        count = -(-len(data) // _SMALL)
        if not count:
            return _END
        first = len(self.small_fat)
        self.small += data.ljust(count * _SMALL, b"\0")
        self.small_fat += [*range(first + 1, first + count), _END]
        return first

    def entry(self, name: str, kind: int, start: int, size: int) -> int:
        raw = name.encode("utf-16-le") + b"\0\0"
        head = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1)
        head += struct.pack("<3L", _NONE, _NONE, _NONE) + bytes(36)
        self.entries.append(bytearray(head + struct.pack("<LQ", start, size)))
        return len(self.entries) - 1

    def fill(self, owner: int, storage: Storage) -> None:
        """Write what is in a storage; its entries hang on each other to the right."""
        names = sorted(storage, key=lambda n: (len(n), n.upper()))
        numbers = []
        for name in names:
            content = storage[name]
            if isinstance(content, bytes):
                large = len(content) >= _CUTOFF
                start = (self.chain if large else self.small_chain)(content)
                numbers.append(self.entry(name, 2, start, len(content)))
            else:
                numbers.append(self.entry(name, 1, 0, 0))
                self.fill(numbers[-1], content)
        for number, following in itertools.pairwise(numbers):
            struct.pack_into("<L", self.entries[number], 72, following)
        if numbers:
            struct.pack_into("<L", self.entries[owner], 76, numbers[0])


def a_compound_file(storage: Storage) -> bytes:
    """Return a compound file of version 3 that holds `storage`."""
    writer = _Writer()
    root = writer.entry("Root Entry", 5, 0, 0)
    writer.fill(root, storage)
    small = writer.chain(writer.small)
    struct.pack_into("<LQ", writer.entries[root], 116, small, len(writer.small))
    table = struct.pack(f"<{len(writer.small_fat)}L", *writer.small_fat)
    small_fat = writer.chain(table.ljust(-(-len(table) // _SECTOR) * _SECTOR, b"\xff"))
    directory = writer.chain(b"".join(writer.entries))
    return _with_table(writer, small_fat, -(-len(table) // _SECTOR), directory)


def _with_table(writer: _Writer, small_fat: int, smalls: int, directory: int) -> bytes:
    fats, lists = 1, 0
    while (len(writer.sectors) + fats + lists) > fats * 128:
        fats += 1
        lists = -(-max(0, fats - 109) // 127)
    first = len(writer.sectors)
    numbers = list(range(first, first + fats))
    fat = [*writer.fat, *[_TABLE] * fats, *[0xFFFFFFFC] * lists]
    fat += [_FREE] * (fats * 128 - len(fat))
    body = b"".join(writer.sectors) + struct.pack(f"<{len(fat)}L", *fat)
    for number in range(lists):
        part = numbers[109 + number * 127 : 109 + (number + 1) * 127]
        part += [_FREE] * (127 - len(part))
        last = number + 1 == lists
        part.append(_END if last else first + fats + number + 1)
        body += struct.pack("<128L", *part)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<4L", fats, directory, 0, _CUTOFF)
    head += struct.pack(
        "<4L", small_fat, smalls, first + fats if lists else _END, lists
    )
    listed = (numbers + [_FREE] * 109)[:109]
    return head + struct.pack("<109L", *listed) + body
