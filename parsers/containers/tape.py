"""Open tar files of every flavour: v7, ustar, pax, GNU (POSIX.1-2017, pax).

Links, devices and folders hold no bytes and are left out; sparse files are told as
unsupported.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from parsers.containers.contents import Budget, Contents
from parsers.containers.harvest import BLOCK, Harvest, is_noise
from parsers.errors import DamagedFileError, UnsupportedTypeError
from parsers.values.message import Part
from parsers.zip_names import member_name

_SIZE = 512
#: Bytes of a long name or of pax records that are read.
_MOST_RECORDS = 64 * 1024
_FILES = (b"0", b"\0", b"7", b"\x20")
_SPARSE = (b"S",)


@dataclass(slots=True)
class _Next:
    """What records before a header say of the file behind it."""

    name: bytes | None = None
    size: int | None = None
    sparse: bool = False


@dataclass(slots=True)
class _Walk:
    payload: bytes
    at: int = 0
    told: _Next = field(default_factory=_Next)


def is_tar(payload: bytes) -> bool:
    """Say whether a header with a right checksum begins `payload`."""
    head = payload[:_SIZE]
    return len(head) == _SIZE and head[0] > 0 and _sound(head)


def open_tar(part: Part, budget: Budget) -> Contents:
    """Return the files of a tar file; what follows a broken header is lost."""
    harvest = Harvest(part, budget)
    walk = _Walk(part.payload)
    try:
        while (head := _head(walk)) is not None:
            if not _take(walk, head, harvest):
                break
    except DamagedFileError as error:
        harvest.lost(error)
    return harvest.contents()


def _head(walk: _Walk) -> bytes | None:
    """Return the next header, None at the end; raises where it is none."""
    head = walk.payload[walk.at : walk.at + _SIZE]
    if not head.strip(b"\0"):
        # Of the two empty blocks at the end many writers leave out one or both.
        return None
    if len(head) < _SIZE or not _sound(head):
        raise DamagedFileError("no header of a tar file")
    walk.at += _SIZE
    return head


def _take(walk: _Walk, head: bytes, harvest: Harvest) -> bool:
    """Take one entry in; return False when there may be no more."""
    size = _number(head[124:136])
    kind = head[156:157]
    if kind in (b"x", b"L", b"K", b"g"):
        _note(walk, kind, _data(walk, size))
        return True
    told, walk.told = walk.told, _Next()
    name = told.name or _plain_name(head)
    if kind not in (*_FILES, *_SPARSE) or name.endswith(b"/"):
        # Links and devices have no data, whatever size is written there.
        walk.at += _padded(size) if kind == b"5" else 0
        return True
    if told.size is not None:
        size = told.size
    start, walk.at = walk.at, walk.at + _padded(size)
    shown = member_name(name)
    if is_noise(shown):
        return True
    if kind in _SPARSE or told.sparse:
        harvest.lost(UnsupportedTypeError("sparse file"), shown)
        return True
    return harvest.member(shown, _blocks(walk.payload, start, size))


def _note(walk: _Walk, kind: bytes, data: bytes) -> None:
    if kind == b"L":
        walk.told.name = data.rstrip(b"\0")
    elif kind == b"x":
        records = dict(_records(data))
        walk.told.name = records.get(b"path", walk.told.name)
        walk.told.sparse = any(key.startswith(b"GNU.sparse") for key in records)
        if records.get(b"size", b"").isdigit():
            walk.told.size = int(records[b"size"][:19])


def _records(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield key and value of pax records: `length key=value` and a line end each."""
    at = 0
    while at < len(data):
        digits = data[at : at + 8].split(b" ", 1)[0]
        length = int(digits) if digits.isdigit() else 0
        if length <= len(digits) + 2:
            return
        key, _, value = data[at + len(digits) + 1 : at + length - 1].partition(b"=")
        yield key, value
        at += length


def _data(walk: _Walk, size: int) -> bytes:
    data = walk.payload[walk.at : walk.at + min(size, _MOST_RECORDS)]
    walk.at += _padded(size)
    return data


def _blocks(payload: bytes, start: int, size: int) -> Iterator[bytes]:
    if start + size > len(payload):
        raise DamagedFileError("the file is cut off")
    for at in range(start, start + size, BLOCK):
        yield payload[at : min(at + BLOCK, start + size)]


def _plain_name(head: bytes) -> bytes:
    name = head[:100].split(b"\0", 1)[0]
    prefix = head[345:500].split(b"\0", 1)[0] if head[257:263] == b"ustar\0" else b""
    return prefix + b"/" + name if prefix else name


def _padded(size: int) -> int:
    return (size + _SIZE - 1) // _SIZE * _SIZE


def _number(field_bytes: bytes) -> int:
    """Return a size: octal digits, or binary behind a set high bit (GNU).

    Raises DamagedFileError for what is none, or negative.
    """
    if field_bytes[0] & 0x80:
        if field_bytes[0] == 0xFF:
            raise DamagedFileError("a negative size")
        return int.from_bytes(bytes([field_bytes[0] & 0x7F]) + field_bytes[1:], "big")
    digits = field_bytes.split(b"\0", 1)[0].strip()
    try:
        size = int(digits or b"0", 8)
    except ValueError as fault:
        raise DamagedFileError("a size that is no number") from fault
    if size < 0:
        raise DamagedFileError("a negative size")
    return size


def _sound(head: bytes) -> bool:
    """Say whether the checksum is right; old programs counted signed bytes."""
    digits = head[148:156].split(b"\0", 1)[0].strip()
    if not digits or digits.strip(b"01234567"):
        return False
    told = int(digits, 8)
    rest = head[:148] + b" " * 8 + head[156:]
    unsigned = sum(rest)
    signed = unsigned - 256 * sum(byte > 127 for byte in rest)
    return told in (unsigned, signed)
