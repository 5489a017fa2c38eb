"""Open zip files: members by the directory, or by their own headers where it is lost.

Encrypted members stay shut: no password is tried.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from parsers.containers.contents import Budget, Contents
from parsers.containers.harvest import BLOCK, Harvest, is_noise
from parsers.containers.inflate import Packed, engine_of
from parsers.errors import (
    DamagedFileError,
    EncryptedFileError,
    UnsupportedTypeError,
)
from parsers.values.message import Part
from parsers.zip_directory import Member, each_member, packed_bytes
from parsers.zip_names import member_name

_STORED, _DEFLATED, _BZIP2, _LZMA = 0, 8, 12, 14
_LOCAL = struct.Struct("<4s2x2H4x3L2H")
_LOCAL_START = re.compile(rb"PK\x03\x04")
#: Behind a member whose sizes were not known before: CRC-32 and packed size.
_DESCRIPTOR = re.compile(rb"PK\x07\x08(.{4})(.{4})", re.DOTALL)
_UNKNOWN_CRC = -1
#: Bytes of an .lzma file's header: properties, then the size.
_LZMA_HEAD = struct.Struct("<5sQ")


def open_zip(part: Part, budget: Budget) -> Contents:
    """Return the members of a zip file, folders and what systems add left out.

    Where the directory is lost or breaks off, the members are found by the headers
    before them, and the finding `file_damaged` says that some may be missing.
    """
    harvest = Harvest(part, budget)
    try:
        for member in each_member(part.payload):
            if not _take(part.payload, member, harvest):
                break
    except DamagedFileError as error:
        harvest.lost(error)
        for member in _salvaged(part.payload):
            if not _take(part.payload, member, harvest):
                break
    return harvest.contents()


def _take(payload: bytes, member: Member, harvest: Harvest) -> bool:
    if member.name.endswith(("/", "\\")) or is_noise(member.name):
        return True
    return harvest.member(member.name, _blocks(payload, member))


def _blocks(payload: bytes, member: Member) -> Iterator[bytes]:
    """Yield the bytes of `member`; its checksum is judged with the last."""
    if member.encrypted:
        raise EncryptedFileError(member.name)
    crc = 0
    for block in _unpacked(packed_bytes(payload, member), member):
        crc = zlib.crc32(block, crc)
        yield block
    if member.crc not in (crc, _UNKNOWN_CRC):
        raise DamagedFileError(f"{member.name} fails its checksum")


def _unpacked(packed: memoryview, member: Member) -> Iterator[bytes]:
    if member.method == _STORED:
        for at in range(0, len(packed), BLOCK):
            yield bytes(packed[at : at + BLOCK])
        return
    if member.method == _LZMA:
        yield from Packed(_lzma(packed, member)).blocks(engine_of("xz"))
    elif member.method in (_DEFLATED, _BZIP2):
        kind = "deflate" if member.method == _DEFLATED else "bz2"
        yield from Packed(packed).blocks(engine_of(kind))
    else:
        raise UnsupportedTypeError(f"zip compression method {member.method}")


def _lzma(packed: memoryview, member: Member) -> memoryview:
    """Return the member as an .lzma file; APPNOTE 5.8.8 gives it another header."""
    if len(packed) < 9:
        raise DamagedFileError(f"{member.name} is cut off")
    head = _LZMA_HEAD.pack(bytes(packed[4:9]), member.unpacked)
    return memoryview(head + packed[9:])


def _salvaged(payload: bytes) -> Iterator[Member]:
    """Yield the members that local headers (APPNOTE 4.3.7) tell of, in their order."""
    found = _LOCAL_START.search(payload)
    while found is not None and found.start() + _LOCAL.size <= len(payload):
        member, end, whole = _by_local(payload, found.start())
        yield member
        if not whole:
            # Nothing says where it ends, so that what follows may be its own bytes.
            return
        found = _LOCAL_START.search(payload, end)


def _by_local(payload: bytes, at: int) -> tuple[Member, int, bool]:
    """Return the member at `at`, where it ends, and whether that is known."""
    head = _LOCAL.unpack_from(payload, at)
    _, flags, method, crc, packed, unpacked, name_size, extra_size = head
    name_at = at + _LOCAL.size
    name = payload[name_at : name_at + name_size]
    extra = payload[name_at + name_size : name_at + name_size + extra_size]
    start = name_at + name_size + extra_size
    end = start + packed
    whole = True
    if flags & 8 and not packed:
        crc, end, whole = _by_descriptor(payload, start)
    shown = member_name(name, extra)
    locked = bool(flags & 1)
    return Member(shown, locked, method, crc, end - start, unpacked, at), end, whole


def _by_descriptor(payload: bytes, start: int) -> tuple[int, int, bool]:
    """Return checksum and end of a member that its descriptor tells of."""
    for found in _DESCRIPTOR.finditer(payload, start):
        if int.from_bytes(found[2], "little") == found.start() - start:
            return int.from_bytes(found[1], "little"), found.start(), True
    return _UNKNOWN_CRC, len(payload), False
