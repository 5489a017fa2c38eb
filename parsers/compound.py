"""Read the directory of an OLE2 compound file and its streams ([MS-CFB]).

Enough to know what kind of file it is and to hand its streams over; nothing of their
content is understood here. Streams within storages are not looked at.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END_OF_CHAIN = 0xFFFFFFFA
_FREE = 0xFFFFFFFF
_ENTRY = 128
#: A directory of more sectors is no office file, and chains may run in circles.
_MOST_SECTORS = 4096
_HEADER_FAT = 109
_SMALL, _SMALL_SECTOR = 4096, 64
_STORAGE, _STREAM, _ROOT = 1, 2, 5


@dataclass(frozen=True, slots=True)
class Stream:
    """One entry of the directory: `kind` 1 storage, 2 stream, 5 root; size in bytes.

    `left`, `right` and `child` are numbers of other entries.
    """

    name: str
    kind: int
    start: int
    size: int
    left: int
    right: int
    child: int


@dataclass(frozen=True, slots=True)
class Compound:
    """The directory of a compound file, and where its sectors are.

    `entries` are by number, unused ones of kind 0; `top` those outside of storages.
    """

    payload: bytes
    sector: int
    fat: tuple[int, ...]
    entries: tuple[Stream, ...]
    top: tuple[Stream, ...]

    def names(self) -> frozenset[str]:
        """Return the names of the streams and storages at the top."""
        return frozenset(e.name for e in self.top)

    def is_cut(self) -> bool:
        """Say whether sectors that are in use lie beyond the end of the bytes."""
        used = max((n for n, s in enumerate(self.fat) if s != _FREE), default=-1)
        return (used + 1) * self.sector >= len(self.payload)

    def beginning(self, name: str) -> bytes:
        """Return the first sector of the stream `name`, empty for none or a tiny one.

        Streams below 4096 bytes are kept elsewhere and are not followed.
        """
        found = self._find(name)
        if found is None or found.size < _SMALL:
            return b""
        return _sector(self.payload, self.sector, found.start)

    def stream(self, name: str) -> bytes | None:
        """Return the stream `name` at the top, as much as the file holds of it."""
        found = self._find(name)
        if found is None:
            return None
        if found.size >= _SMALL:
            return self._bytes(found.start, found.size)
        return self._small(found)

    def _find(self, name: str) -> Stream | None:
        # QUIRK: some writers call the stream WORKBOOK; names are compared without case.
        wanted = name.upper()
        return next(
            (e for e in self.top if e.kind == _STREAM and e.name.upper() == wanted),
            None,
        )

    def _bytes(self, start: int, size: int) -> bytes:
        most = min(size, len(self.payload)) // self.sector + 1
        sectors = _chain(self.fat, start, most)
        return b"".join(_sector(self.payload, self.sector, s) for s in sectors)[:size]

    def _small(self, stream: Stream) -> bytes:
        """Return a stream that stands in the stream of small ones, the root's."""
        root = next((e for e in self.entries if e.kind == _ROOT), None)
        if root is None:
            return b""
        small = self._bytes(root.start, root.size)
        first, count = struct.unpack_from("<2L", self.payload, 60)
        table = self._bytes(first, min(count, _MOST_SECTORS) * self.sector)
        fat = struct.unpack(f"<{len(table) // 4}L", table[: len(table) & ~3])
        sectors = _chain(fat, stream.start, _SMALL // _SMALL_SECTOR)
        pieces = (small[s * _SMALL_SECTOR : (s + 1) * _SMALL_SECTOR] for s in sectors)
        return b"".join(pieces)[: stream.size]


def open_compound(payload: bytes) -> Compound | None:
    """Return the compound file in `payload`; None where its directory is not whole."""
    if not payload.startswith(MAGIC) or len(payload) < 512:
        return None
    shift = struct.unpack_from("<H", payload, 30)[0]
    if shift not in (9, 12):
        return None
    size = 1 << shift
    fat = _fat(payload, size)
    entries: list[Stream] = []
    start = struct.unpack_from("<L", payload, 48)[0]
    for number in _chain(fat, start, _MOST_SECTORS):
        data = _sector(payload, size, number)
        for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
            entries.append(_entry(data[at : at + _ENTRY]))
    used = tuple(e for e in entries if e.kind)
    if not used:
        return None
    # A broken tree is no reason to see nothing: all streams then stand at the top.
    top = tuple(_top(entries)) or used
    return Compound(payload, size, fat, tuple(entries), top)


def _top(entries: list[Stream]) -> Iterator[Stream]:
    """Yield what stands at the top, not in storages: embedded objects have streams
    of the same names.
    """
    root = next((e for e in entries if e.kind == _ROOT), None)
    waiting = [root.child] if root else []
    seen: set[int] = set()
    while waiting:
        number = waiting.pop()
        if number in seen or number >= len(entries):
            continue
        if entries[number].kind in (0, _ROOT):
            continue
        seen.add(number)
        yield entries[number]
        waiting += [entries[number].right, entries[number].left]


def _fat(payload: bytes, size: int) -> tuple[int, ...]:
    """Return the table of following sectors.

    The header lists 109 of its sectors, files of up to 7 MB; further ones stand in a
    chain of their own.
    """
    numbers = list(struct.unpack_from(f"<{_HEADER_FAT}L", payload, 76))
    following = struct.unpack_from("<L", payload, 68)[0]
    most = len(payload) // size // (size // 4) + 1
    while following < _END_OF_CHAIN and len(numbers) < most:
        data = _sector(payload, size, following)
        if len(data) < size:
            break
        *listed, following = struct.unpack(f"<{size // 4}L", data)
        numbers += listed
    fat: list[int] = []
    for number in numbers[: max(most, 1)]:
        if number >= _END_OF_CHAIN:
            break
        data = _sector(payload, size, number)
        fat.extend(struct.unpack(f"<{len(data) // 4}L", data[: len(data) & ~3]))
    return tuple(fat)


def _chain(fat: tuple[int, ...], start: int, most: int) -> list[int]:
    chain: list[int] = []
    while start < _END_OF_CHAIN and len(chain) < most:
        chain.append(start)
        start = fat[start] if start < len(fat) else _END_OF_CHAIN
    return chain


def _sector(payload: bytes, size: int, number: int) -> bytes:
    at = (number + 1) * size
    return payload[at : at + size]


def _entry(data: bytes) -> Stream:
    length, kind = struct.unpack_from("<HB", data, 64)
    if kind not in (_STORAGE, _STREAM, _ROOT) or not 2 <= length <= 64:
        return Stream("", 0, 0, 0, 0, 0, 0)
    name = data[: length - 2].decode("utf-16-le", "replace")
    left, right, child = struct.unpack_from("<3L", data, 68)
    start, size = struct.unpack_from("<LL", data, 116)
    return Stream(name, kind, start, size, left, right, child)
