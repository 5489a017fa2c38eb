"""Read the list of members that a zip file carries at its end, and one member.

Nothing is unpacked to disk, and no size that the file claims is believed: members are
counted while the list is read, bytes while they come out. Zip64 is understood,
encryption and other methods than stored and deflated are not.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from parsers.errors import (
    DamagedFileError,
    EncryptedFileError,
    LimitExceededError,
    UnsupportedTypeError,
)
from parsers.zip_names import member_name

_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 0xFFFF
_END64 = b"PK\x06\x06"
_LOCATOR64 = b"PK\x06\x07"
_LOCATOR64_SIZE = 20
_CENTRAL = b"PK\x01\x02"
_CENTRAL_HEAD = struct.Struct("<4s4x2H4x3L5H2L")
_CENTRAL_SIZE = 46
_LOCAL = b"PK\x03\x04"
_LOCAL_SIZE = 30
_FULL = 0xFFFFFFFF
_STORED, _DEFLATED = 0, 8


class Member(NamedTuple):
    """One entry: sizes in bytes as the file claims, `offset` of its local header."""

    name: str
    encrypted: bool
    method: int
    crc: int
    packed: int
    unpacked: int
    offset: int


def list_members(payload: bytes, most: int) -> tuple[Member, ...]:
    """Return the members of the zip file `payload`, in the order of its directory.

    Raises DamagedFileError without a whole directory, LimitExceededError beyond `most`.
    """
    members: list[Member] = []
    for member in each_member(payload):
        if len(members) >= most:
            raise LimitExceededError(f"more than {most} members in a zip file")
        members.append(member)
    return tuple(members)


def each_member(payload: bytes) -> Iterator[Member]:
    """Yield the members of the zip file `payload`, in the order of its directory.

    Raises DamagedFileError where the directory cannot be read at all; where it breaks
    off, what follows is left out.
    """
    at, end, shift = _directory(payload)
    if end - at > 0 and not payload.startswith(_CENTRAL, at):
        raise DamagedFileError("the directory of the zip file cannot be read")
    while at + _CENTRAL_SIZE <= end and payload.startswith(_CENTRAL, at):
        member, at = _member(payload, at, shift)
        yield member


def packed_bytes(payload: bytes, member: Member) -> memoryview:
    """Return the packed bytes of `member`; raises DamagedFileError where they are not
    all there.
    """
    head = payload[member.offset : member.offset + _LOCAL_SIZE]
    if len(head) < _LOCAL_SIZE or not head.startswith(_LOCAL):
        raise DamagedFileError(f"{member.name} is not where the directory says")
    name_size, extra_size = struct.unpack_from("<2H", head, 26)
    start = member.offset + _LOCAL_SIZE + name_size + extra_size
    packed = memoryview(payload)[start : start + member.packed]
    if len(packed) < member.packed:
        raise DamagedFileError(f"{member.name} is cut off")
    return packed


def unpack(payload: bytes, member: Member, most: int) -> bytes:
    """Return the bytes of `member`, checked against its CRC-32.

    Raises LimitExceededError as soon as more than `most` bytes come out.
    """
    if member.encrypted:
        raise EncryptedFileError(f"{member.name} is encrypted")
    data = _decompress(packed_bytes(payload, member), member, most)
    if zlib.crc32(data) != member.crc:
        raise DamagedFileError(f"{member.name} fails its checksum")
    return data


def _decompress(packed: memoryview, member: Member, most: int) -> bytes:
    if member.method == _STORED:
        data = bytes(packed[: most + 1])
    elif member.method == _DEFLATED:
        try:
            data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most + 1)
        except zlib.error as fault:
            raise DamagedFileError(f"{member.name}: {fault}") from fault
    else:
        raise UnsupportedTypeError(f"zip compression method {member.method}")
    if len(data) > most:
        raise LimitExceededError(f"{member.name} unpacks to more than {most} bytes")
    return data


def _directory(payload: bytes) -> tuple[int, int, int]:
    """Return start and end of the directory, and what stands before the archive."""
    floor = max(0, len(payload) - _END_SIZE - _LONGEST_COMMENT)
    found = payload.rfind(_END, floor)
    if found < 0 or found + _END_SIZE > len(payload):
        raise DamagedFileError("the zip file has no end record")
    size, offset = struct.unpack_from("<2L", payload, found + 12)
    end = found
    # QUIRK: some writers put the zip64 record there although every number would fit, or
    # because of the number of members alone.
    located = payload.startswith(_LOCATOR64, found - _LOCATOR64_SIZE)
    if _FULL in (size, offset) or (found >= _LOCATOR64_SIZE and located):
        end, size, offset = _directory64(payload, found)
    start = end - size
    # QUIRK: a self-extracting archive has a program before it; all offsets are then
    # too small by its length.
    shift = start - offset
    if start < 0 or shift < 0:
        raise DamagedFileError("the directory of the zip file is cut off")
    if shift and payload.startswith(_LOCAL):
        # It is the directory of an archive inside, stored: our own was cut off.
        raise DamagedFileError("the directory of the zip file is another's")
    return start, end, shift


def _directory64(payload: bytes, found: int) -> tuple[int, int, int]:
    at = payload.rfind(_END64, 0, max(0, found - _LOCATOR64_SIZE))
    if at < 0 or at + 56 > len(payload):
        raise DamagedFileError("the zip64 end record is missing")
    size, offset = struct.unpack_from("<2Q", payload, at + 40)
    return at, size, offset


def _member(payload: bytes, at: int, shift: int) -> tuple[Member, int]:
    _, flags, method, crc, packed, unpacked, *lengths, _, offset = (
        _CENTRAL_HEAD.unpack_from(payload, at)
    )
    name_size, extra_size, note_size = lengths[:3]
    name_at = at + _CENTRAL_SIZE
    raw = payload[name_at : name_at + name_size]
    sizes = (unpacked, packed, offset)
    extra = payload[name_at + name_size : name_at + name_size + extra_size]
    if _FULL in sizes:
        sizes = _sizes64(extra, sizes)
    name = member_name(raw, extra)
    locked = bool(flags & 1)
    member = Member(name, locked, method, crc, sizes[1], sizes[0], sizes[2] + shift)
    return member, name_at + name_size + extra_size + note_size


def _sizes64(extra: bytes, sizes: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return unpacked, packed and offset, the full ones taken from the zip64 field."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            field = extra[at + 4 : at + 4 + length]
            wide = iter(struct.unpack(f"<{len(field) // 8}Q", field[: len(field) & ~7]))
            new = [next(wide, s) if s == _FULL else s for s in sizes]
            return new[0], new[1], new[2]
        at += 4 + length
    return sizes
