"""Open `winmail.dat`: what Outlook puts into one file instead of attachments.

Source: MS-OXTNEF. Checksums are not believed: the writer's own are wrong at times.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from parsers.charsets import decode_text
from parsers.containers.contents import Budget, Contents
from parsers.containers.harvest import Harvest
from parsers.containers.mapi import (
    BINARY,
    BODY,
    DATA,
    OBJECT,
    STRING8,
    UNICODE,
    Properties,
    bodies,
    file_name,
    media_type,
)
from parsers.errors import DamagedFileError, ParserError
from parsers.values.message import Part

_SIGNATURE = 6
_ATTRIBUTE = struct.Struct("<BHHL")
_CHECKSUM = 2
_MESSAGE, _ATTACHMENT = 1, 2
#: Identifiers of attributes (MS-OXTNEF 2.1.2).
_TITLE, _DATA, _BEGINS = 0x8010, 0x800F, 0x9002
_MAPI_OF_ATTACHMENT, _MAPI_OF_MESSAGE, _CODEPAGE = 0x9005, 0x9003, 0x9007
_PLAIN = 0x800C
_OF_FILES = (_TITLE, _DATA, _MAPI_OF_ATTACHMENT)
#: Bytes of values of one size, by type.
_FIXED = {
    0x02: 4,
    0x03: 4,
    0x04: 4,
    0x0A: 4,
    0x0B: 4,
    0x05: 8,
    0x06: 8,
    0x07: 8,
    0x14: 8,
    0x40: 8,
    0x48: 16,
}
_VARIABLE = frozenset((OBJECT, STRING8, UNICODE, BINARY))
_MANY = 0x1000
_NAMED = 0x8000
#: Interfaces that stand before an object: a message, a storage, a stream of OLE.
_GUID = 16


@dataclass(slots=True)
class _Attached:
    """One attachment as its attributes come."""

    title: bytes = b""
    data: bytes | None = None
    properties: Properties = field(default_factory=Properties)


@dataclass(slots=True)
class _Found:
    attached: list[_Attached] = field(default_factory=list)
    message: Properties = field(default_factory=Properties)
    plain: bytes = b""
    codepage: int = 0


def open_tnef(part: Part, budget: Budget) -> Contents:
    """Return the attachments of a TNEF file, and the mail's text where it holds one.

    A message in it comes out as a TNEF file of its own. The text belongs to the mail
    around.
    """
    harvest = Harvest(part, budget)
    found = _Found()
    try:
        _read(part.payload, found)
    except DamagedFileError as error:
        harvest.lost(error)
    for attached in found.attached:
        attached.properties.codepage = found.codepage
        if not _take(attached, found, harvest):
            break
    _take_text(found, part, harvest)
    # Many hold nothing but how the mail looked.
    return harvest.contents(empty=False)


def _read(payload: bytes, found: _Found) -> None:
    at = _SIGNATURE
    while at + _ATTRIBUTE.size <= len(payload):
        level, ident, _, size = _ATTRIBUTE.unpack_from(payload, at)
        start = at + _ATTRIBUTE.size
        if level not in (_MESSAGE, _ATTACHMENT):
            raise DamagedFileError("no attribute of a TNEF file")
        if start + size > len(payload):
            raise DamagedFileError("a TNEF file that is cut off")
        _note(ident, payload[start : start + size], found)
        at = start + size + _CHECKSUM


def _note(ident: int, data: bytes, found: _Found) -> None:
    if ident == _BEGINS or (ident in _OF_FILES and not found.attached):
        found.attached.append(_Attached())
    if ident == _TITLE:
        found.attached[-1].title = data.split(b"\0", 1)[0]
    elif ident == _DATA:
        found.attached[-1].data = data
    elif ident == _MAPI_OF_ATTACHMENT:
        found.attached[-1].properties.values.update(_properties(data))
    elif ident == _MAPI_OF_MESSAGE:
        found.message.values.update(_properties(data))
    elif ident == _CODEPAGE and len(data) >= 4:
        found.codepage = found.message.codepage = int.from_bytes(data[:4], "little")
    elif ident == _PLAIN:
        found.plain = data.rstrip(b"\0")


def _take(attached: _Attached, found: _Found, harvest: Harvest) -> bool:
    properties = attached.properties
    charset = properties.charset
    name = file_name(properties, decode_text(attached.title, charset))
    payload = _payload(attached)
    if payload is None:
        return True
    return harvest.member(name, (payload,), media_type(properties))


def _payload(attached: _Attached) -> bytes | None:
    """Return the bytes of an attachment: an object goes before its older picture."""
    kind, value = attached.properties.values.get(DATA, (0, b""))
    if kind == OBJECT and len(value) > _GUID:
        return value[_GUID:]
    if attached.data is not None:
        return attached.data
    return value if kind == BINARY else None


def _take_text(found: _Found, part: Part, harvest: Harvest) -> None:
    message = found.message
    if found.plain and not message.text(BODY):
        message.values[BODY] = (STRING8, found.plain)
    owner = replace(part, payload=b"", digest="")
    try:
        for body in bodies(message, owner):
            harvest.adopt((body,), ())
    except ParserError as error:
        harvest.lost(error)


def _properties(data: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """Yield the properties of a MAPI attribute until one does not fit (2.1.3.4)."""
    at = 4
    count = int.from_bytes(data[:4], "little")
    while count and at + 8 <= len(data):
        count -= 1
        kind, ident = struct.unpack_from("<HH", data, at)
        at += 4
        if ident >= _NAMED:
            at = _behind_name(data, at)
        value, at = _value(data, at, kind)
        if value is None:
            return
        if ident < _NAMED:
            yield ident, (kind & ~_MANY, value)


def _behind_name(data: bytes, at: int) -> int:
    """Return where the value of a named property begins: behind GUID and name."""
    by_text = data[at + _GUID : at + _GUID + 4] == b"\1\0\0\0"
    at += _GUID + 4
    size = int.from_bytes(data[at : at + 4], "little") if by_text else 0
    return at + 4 + _padded(size)


def _value(data: bytes, at: int, kind: int) -> tuple[bytes | None, int]:
    """Return the first value at `at` and where the next property begins."""
    many, kind = kind & _MANY, kind & ~_MANY
    count = 1
    if many or kind in _VARIABLE:
        count = int.from_bytes(data[at : at + 4], "little")
        at += 4
    if kind in _FIXED:
        value = data[at : at + _FIXED[kind]]
        end = at + _FIXED[kind] * count
        return (value if end <= len(data) else None), end
    if kind not in _VARIABLE:
        return None, at
    first: bytes | None = b"" if not count else None
    for number in range(count):
        size = int.from_bytes(data[at : at + 4], "little")
        at += 4
        if at + size > len(data):
            return None, at
        if not number:
            first = data[at : at + size]
        at += _padded(size)
    return first, at


def _padded(size: int) -> int:
    return size + 3 & ~3
