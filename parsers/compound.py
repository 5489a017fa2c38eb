"""Read the directory of an OLE2 compound file and its small streams.

Enough to know what kind of file it is; nothing of its content is understood here.
"""

import struct
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END_OF_CHAIN = 0xFFFFFFFA
_FREE = 0xFFFFFFFF
_ENTRY = 128
#: A directory of more sectors is no office file, and chains may run in circles.
_MOST_SECTORS = 4096
_HEADER_FAT = 109


@dataclass(frozen=True, slots=True)
class Stream:
    """One entry of the directory: `kind` 1 storage, 2 stream, 5 root; size in bytes."""

    name: str
    kind: int
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Compound:
    """The directory of a compound file, and where its sectors are."""

    payload: bytes
    sector: int
    fat: tuple[int, ...]
    entries: tuple[Stream, ...]

    def names(self) -> frozenset[str]:
        """Return the names of all streams and storages."""
        return frozenset(e.name for e in self.entries)

    def is_cut(self) -> bool:
        """Say whether sectors that are in use lie beyond the end of the bytes."""
        used = max((n for n, s in enumerate(self.fat) if s != _FREE), default=-1)
        return (used + 1) * self.sector >= len(self.payload)

    def beginning(self, name: str) -> bytes:
        """Return the first sector of the stream `name`, empty for none or a tiny one.

        Streams below 4096 bytes are kept elsewhere and are not followed.
        """
        found = next((e for e in self.entries if e.name == name and e.kind == 2), None)
        if found is None or found.size < 4096:
            return b""
        return _sector(self.payload, self.sector, found.start)


def open_compound(payload: bytes) -> Compound | None:
    """Return the compound file in `payload`; None where its directory is not whole."""
    if not payload.startswith(MAGIC) or len(payload) < 512:
        return None
    shift = struct.unpack_from("<H", payload, 30)[0]
    if shift not in (9, 12):
        return None
    size = 1 << shift
    fat = _fat(payload, size)
    entries = []
    for number in _chain(fat, struct.unpack_from("<L", payload, 48)[0]):
        data = _sector(payload, size, number)
        for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
            entry = _entry(data[at : at + _ENTRY])
            if entry is not None:
                entries.append(entry)
    return Compound(payload, size, fat, tuple(entries)) if entries else None


def _fat(payload: bytes, size: int) -> tuple[int, ...]:
    """Return the table of following sectors, as far as the header lists it.

    The header lists 109 table sectors: files up to 7 MB. Directories stand at the
    beginning of larger ones nearly always.
    """
    fat: list[int] = []
    for number in struct.unpack_from(f"<{_HEADER_FAT}L", payload, 76):
        if number >= _END_OF_CHAIN:
            break
        data = _sector(payload, size, number)
        fat.extend(struct.unpack(f"<{len(data) // 4}L", data[: len(data) & ~3]))
    return tuple(fat)


def _chain(fat: tuple[int, ...], start: int) -> list[int]:
    chain: list[int] = []
    while start < _END_OF_CHAIN and len(chain) < _MOST_SECTORS:
        chain.append(start)
        start = fat[start] if start < len(fat) else _END_OF_CHAIN
    return chain


def _sector(payload: bytes, size: int, number: int) -> bytes:
    at = (number + 1) * size
    return payload[at : at + size]


def _entry(data: bytes) -> Stream | None:
    length, kind = struct.unpack_from("<HB", data, 64)
    if kind not in (1, 2, 5) or not 2 <= length <= 64:
        return None
    name = data[: length - 2].decode("utf-16-le", "replace")
    start, size = struct.unpack_from("<LL", data, 116)
    return Stream(name, kind, start, size)
