"""Read every stream of an OLE2 compound file by its path (MS-CFB).

Chains that run in circles or out of the file end there; nothing is understood of what
the streams hold.
"""

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from parsers.compound import MAGIC
from parsers.errors import DamagedFileError, LimitExceededError

_END_OF_CHAIN = 0xFFFFFFFA
_ENTRY = 128
_MOST_ENTRIES = 100_000
_HEADER_FAT = 109
#: How often the whole file may be read; a sound one is read twice at most.
_MOST_READ = 4
_SMALL_SECTOR = 64
_STORAGE, _STREAM, _ROOT = 1, 2, 5


@dataclass(slots=True)
class Node:
    """A storage with what is in it by name, or a stream with where it begins."""

    name: str
    stream: bool
    start: int
    size: int
    inside: dict[str, "Node"] = field(default_factory=dict)


class CompoundTree:
    """The storages and streams of one file; `root` is the outermost."""

    def __init__(self, payload: bytes) -> None:
        """Read the directory; raises DamagedFileError where it cannot be read."""
        shift = int.from_bytes(payload[30:32], "little")
        if not payload.startswith(MAGIC) or len(payload) < 512 or shift not in (9, 12):
            raise DamagedFileError("no compound file")
        self._payload = payload
        self._sector = 1 << shift
        # Streams that lie over each other would give more bytes than there are.
        self._room = _MOST_READ * len(payload)
        self._fat = self._table(_fat_sectors(payload, self._sector))
        small, cutoff = struct.unpack_from("<L", payload, 60)[0], 56
        self._small_fat = self._table(self._chain(small))
        self._cutoff = struct.unpack_from("<L", payload, cutoff)[0]
        entries = self._entries(struct.unpack_from("<L", payload, 48)[0])
        if not entries or entries[0][1] != _ROOT:
            raise DamagedFileError("a compound file without a root")
        self.root = _tree(entries)
        self._small = self._long_stream(self.root.start, self.root.size)

    def read(self, node: Node) -> bytes:
        """Return the bytes of a stream, as many of them as there are.

        Raises LimitExceededError when far more was read than the file holds.
        """
        self._room -= min(node.size, len(self._payload))
        if self._room < 0:
            raise LimitExceededError("expanded_mib")
        if node.size >= self._cutoff:
            return self._long_stream(node.start, node.size)
        pieces = []
        for number in _chain(self._small_fat, node.start, node.size // _SMALL_SECTOR):
            at = number * _SMALL_SECTOR
            pieces.append(self._small[at : at + _SMALL_SECTOR])
        return b"".join(pieces)[: node.size]

    def _long_stream(self, start: int, size: int) -> bytes:
        most = min(size, len(self._payload)) // self._sector
        pieces = []
        for number in _chain(self._fat, start, most):
            at = (number + 1) * self._sector
            pieces.append(self._payload[at : at + self._sector])
        return b"".join(pieces)[:size]

    def _chain(self, start: int) -> Iterator[int]:
        return _chain(self._fat, start, len(self._fat))

    def _table(self, sectors: Iterator[int]) -> "array[int]":
        table: array[int] = array("I")
        for number in sectors:
            at = (number + 1) * self._sector
            data = self._payload[at : at + self._sector]
            table.frombytes(data[: len(data) & ~3])
        return table

    def _entries(self, start: int) -> list[tuple[Node, int, tuple[int, int, int]]]:
        """Return the directory: node, kind, and (left, right, first child)."""
        found = []
        for number in self._chain(start):
            at = (number + 1) * self._sector
            data = self._payload[at : at + self._sector]
            for offset in range(0, len(data) - _ENTRY + 1, _ENTRY):
                found.append(_entry(data[offset : offset + _ENTRY]))
            if len(found) > _MOST_ENTRIES:
                raise LimitExceededError("members")
        return found


def _entry(data: bytes) -> tuple[Node, int, tuple[int, int, int]]:
    length, kind = struct.unpack_from("<HB", data, 64)
    links = struct.unpack_from("<3L", data, 68)
    start, size = struct.unpack_from("<LL", data, 116)
    name = data[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return Node(name, kind == _STREAM, start, size), kind, links


def _tree(entries: list[tuple[Node, int, tuple[int, int, int]]]) -> Node:
    """Put every entry into its storage, each once; no recursion, no circles."""
    seen = {0}
    waiting = [(entries[0][2][2], entries[0][0])]
    while waiting:
        number, storage = waiting.pop()
        if number >= len(entries) or number in seen:
            continue
        seen.add(number)
        node, kind, (left, right, child) = entries[number]
        waiting += [(left, storage), (right, storage)]
        if kind in (_STORAGE, _STREAM):
            storage.inside.setdefault(node.name, node)
        if kind == _STORAGE:
            waiting.append((child, node))
    return entries[0][0]


def _chain(table: "array[int]", start: int, most: int) -> Iterator[int]:
    """Yield the sectors of a chain, at most `most` and one more."""
    while start < len(table) and start < _END_OF_CHAIN and most >= 0:
        yield start
        most -= 1
        start = table[start]


def _fat_sectors(payload: bytes, size: int) -> Iterator[int]:
    """Yield the sectors of the table: 109 in the header, the rest in chained lists."""
    for number in struct.unpack_from(f"<{_HEADER_FAT}L", payload, 76):
        if number < _END_OF_CHAIN:
            yield number
    following = struct.unpack_from("<L", payload, 68)[0]
    for _ in range(len(payload) // size):
        at = (following + 1) * size
        data = payload[at : at + size]
        if following >= _END_OF_CHAIN or len(data) < size:
            return
        *listed, following = struct.unpack(f"<{size // 4}L", data)
        yield from (number for number in listed if number < _END_OF_CHAIN)
