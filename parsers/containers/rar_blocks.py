"""Walk the blocks of a rar archive: which files are locked, or lie in several volumes.

The library that unpacks hands out both as if they were whole. Nothing is unpacked here.
Layouts: technote.txt of RAR 4, "RAR 5.0 archive format".
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from parsers.errors import DamagedFileError
from parsers.zip_names import member_name

RAR4 = b"Rar!\x1a\x07\0"
RAR5 = b"Rar!\x1a\x07\1\0"
_LONGEST_NUMBER = 10
#: Version 4: types of blocks and their flags.
_MAIN4, _FILE4, _END4 = 0x73, 0x74, 0x7B
_SOLID4, _STORED4 = 0x10, 0x30
_LONG4, _LOCKED_HEADS4 = 0x8000, 0x0080
_SPLIT4, _LOCKED4, _LARGE4, _UNICODE4 = 0x03, 0x04, 0x100, 0x200
#: Version 5: the same.
_FILE5, _CRYPT5 = 2, 4
_EXTRA5, _DATA5, _SPLIT5 = 0x01, 0x02, 0x18
_LOCKED_RECORD5 = 1
_HAS_TIME5, _HAS_CRC5 = 0x02, 0x04


@dataclass(frozen=True, slots=True)
class Block:
    """One block: where it lies, data included; `name` is None for all but files."""

    start: int
    end: int
    name: str | None = None
    locked: bool = False
    split: bool = False
    service: bool = False


def plain(payload: bytes, blocks: Iterable[Block]) -> bytes:
    """Return an archive of `blocks` alone that the library reads to its end.

    QUIRK: of version 4 it takes comments, owners and recovery records for pieces of a
    solid archive, and stored files in one too.
    """
    if payload.startswith(RAR5):
        return RAR5 + b"".join(payload[b.start : b.end] for b in blocks)
    main = _sealed(_MAIN4, 0, bytes(6))
    return b"".join([RAR4, main, *(_plain4(payload, b) for b in blocks if b.name)])


def _plain4(payload: bytes, block: Block) -> bytes:
    at = block.start
    flags, size = _short(payload, at + 3), _short(payload, at + 5)
    if not flags & _SOLID4 or payload[at + 25] != _STORED4:
        return payload[at : block.end]
    head = _sealed(_FILE4, flags & ~_SOLID4, payload[at + 7 : at + size])
    return head + payload[at + size : block.end]


def _sealed(kind: int, flags: int, rest: bytes) -> bytes:
    """Return the header of a block of version 4 with its checksum."""
    head = struct.pack("<BHH", kind, flags, 7 + len(rest)) + rest
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head


def each_block(payload: bytes) -> Iterator[Block]:
    """Yield the blocks in order until one is not whole; the last may reach beyond.

    A block without a name that is `locked` says that all headers behind it are.
    """
    five = payload.startswith(RAR5)
    at = len(RAR5 if five else RAR4)
    while at + 7 <= len(payload):
        try:
            block = _block5(payload, at) if five else _block4(payload, at)
        except (IndexError, DamagedFileError):
            return
        yield block
        if block.locked and block.name is None:
            return
        at = block.end


def _block4(payload: bytes, at: int) -> Block:
    kind = payload[at + 2]
    flags, size = _short(payload, at + 3), _short(payload, at + 5)
    if size < 7:
        raise DamagedFileError("a block without a size")
    end = at + size
    if flags & _LONG4:
        end += _long(payload, at + 7)
    if kind == _MAIN4:
        return Block(at, end, locked=bool(flags & _LOCKED_HEADS4))
    if kind != _FILE4:
        return Block(at, end, service=kind != _END4)
    if flags & _LARGE4:
        end += _long(payload, at + 32) << 32
    name_at = at + (40 if flags & _LARGE4 else 32)
    raw = payload[name_at : name_at + _short(payload, at + 26)]
    name = (
        _unicode_name(raw) if flags & _UNICODE4 and b"\0" in raw else member_name(raw)
    )
    return Block(at, end, name, bool(flags & _LOCKED4), bool(flags & _SPLIT4))


def _block5(payload: bytes, at: int) -> Block:
    size, head = _vint(payload, at + 4)
    kind, pos = _vint(payload, head)
    flags, pos = _vint(payload, pos)
    extra_size = data_size = 0
    if flags & _EXTRA5:
        extra_size, pos = _vint(payload, pos)
    if flags & _DATA5:
        data_size, pos = _vint(payload, pos)
    end = head + size + data_size
    if kind != _FILE5:
        return Block(at, end, locked=kind == _CRYPT5)
    locked = _has_lock(payload, head + size - extra_size, head + size)
    return Block(at, end, _name5(payload, pos), locked, bool(flags & _SPLIT5))


def _name5(payload: bytes, pos: int) -> str:
    flags, pos = _vint(payload, pos)
    for _ in range(2):
        _, pos = _vint(payload, pos)
    pos += 4 * bool(flags & _HAS_TIME5) + 4 * bool(flags & _HAS_CRC5)
    for _ in range(2):
        _, pos = _vint(payload, pos)
    length, pos = _vint(payload, pos)
    return member_name(payload[pos : pos + length])


def _has_lock(payload: bytes, at: int, end: int) -> bool:
    """Say whether the extra area of a file holds a record of encryption."""
    while at < end:
        size, body = _vint(payload, at)
        kind, _ = _vint(payload, body)
        if kind == _LOCKED_RECORD5:
            return True
        at = body + size
    return False


def _unicode_name(raw: bytes) -> str:
    """Return the name that version 4 keeps behind the one in the system's letters.

    Two bits a step tell how the next letter is written: its low byte, with the common
    high byte, both bytes, or a run that the plain name holds too.
    """
    plain, _, packed = raw.partition(b"\0")
    letters: list[int] = []
    at, high = 1, packed[0] if packed else 0
    try:
        while at < len(packed):
            modes = packed[at]
            at += 1
            for shift in (6, 4, 2, 0):
                if at >= len(packed):
                    break
                more, at = _step(plain, packed, (at, high, modes >> shift & 3), letters)
                letters += more
    except IndexError:
        return member_name(plain)
    wide = b"".join(letter.to_bytes(2, "little") for letter in letters)
    return wide.decode("utf-16-le", "replace")


def _step(
    plain: bytes, packed: bytes, where: tuple[int, int, int], done: list[int]
) -> tuple[list[int], int]:
    at, high, mode = where
    if mode == 0:
        return [packed[at]], at + 1
    if mode == 1:
        return [packed[at] | high << 8], at + 1
    if mode == 2:
        return [packed[at] | packed[at + 1] << 8], at + 2
    count, at = packed[at], at + 1
    run = plain[len(done) : len(done) + (count & 0x7F) + 2]
    if not count & 0x80:
        return list(run), at
    return [(letter + packed[at] & 0xFF) | high << 8 for letter in run], at + 1


def _short(payload: bytes, at: int) -> int:
    return int.from_bytes(payload[at : at + 2], "little")


def _long(payload: bytes, at: int) -> int:
    return int.from_bytes(payload[at : at + 4], "little")


def _vint(payload: bytes, at: int) -> tuple[int, int]:
    """Return a number of 7 bits a byte, the low ones first, and where it ends."""
    number = 0
    for shift, byte in enumerate(payload[at : at + _LONGEST_NUMBER]):
        number |= (byte & 0x7F) << (7 * shift)
        if not byte & 0x80:
            return number, at + shift + 1
    raise DamagedFileError("a number without end")
