"""Open `smime.p7m`: the mail that lies inside its signature (CMS, RFC 5652).

No signature is verified and no key is asked for: what is encrypted stays so.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parsers.containers.contents import Budget, Contents
from parsers.containers.harvest import Harvest
from parsers.containers.inflate import Deflate, Packed
from parsers.errors import DamagedFileError, EncryptedFileError
from parsers.mime.names import Level
from parsers.mime.tree import walk
from parsers.values.message import Part

_PKCS7 = bytes.fromhex("06092a864886f70d0107")
_SIGNED, _ENVELOPED, _ENCRYPTED = _PKCS7 + b"\2", _PKCS7 + b"\3", _PKCS7 + b"\6"
_COMPRESSED = bytes.fromhex("060b2a864886f70d0109100109")
_AUTH_ENVELOPED = bytes.fromhex("060b2a864886f70d0109100117")
_LOCKED = (_ENVELOPED, _ENCRYPTED, _AUTH_ENVELOPED)
_KINDS = (_SIGNED, *_LOCKED, _COMPRESSED)
_SEQUENCE, _CONTEXT, _OCTETS, _OCTETS_IN_PIECES = 0x30, 0xA0, 0x04, 0x24
_ENDLESS = 0x80
_END = b"\0\0"
#: Signed and compressed data: the content is the third value.
_CONTENT = 2


@dataclass(frozen=True, slots=True)
class _Value:
    """One value of BER: tag, and where its content lies; `end` None: until 00 00."""

    tag: int
    start: int
    end: int | None


def cms_type(payload: bytes) -> str | None:
    """Return `p7m` for CMS data that holds a mail, `p7s` for a signature alone."""
    if payload[:1] != b"\x30":
        return None
    try:
        outer = _value(payload, 0)
    except DamagedFileError:
        return None
    kind = next((k for k in _KINDS if payload.startswith(k, outer.start)), None)
    if kind != _SIGNED:
        return "p7m" if kind else None
    try:
        return "p7s" if _inner(payload) is None else "p7m"
    except DamagedFileError:
        return "p7m"


def open_signed(part: Part, budget: Budget) -> Contents:
    """Return the parts of the mail inside; its texts are those of the mail around.

    Raises EncryptedFileError where a key would be needed.
    """
    payload = part.payload
    outer = _value(payload, 0)
    if payload.startswith(_LOCKED, outer.start):
        raise EncryptedFileError("S/MIME")
    inner = _inner(payload)
    if inner is None:
        raise DamagedFileError("a signature without its content")
    raw = b"".join(_octets(payload, inner))
    if payload.startswith(_COMPRESSED, outer.start):
        raw = _inflated(raw, budget)
    harvest = Harvest(part, budget)
    tree = walk(raw, budget.limits, Level(part.path, part.depth))
    harvest.adopt((_outside(p, part) for p in tree.parts), tree.findings)
    return harvest.contents()


def _outside(inner: Part, signed: Part) -> Part:
    """Return a part of the mail inside; the signature is no mail of its own."""
    own = inner.body is not None and inner.path == signed.path
    return replace(inner, path=signed.path[:-1]) if own else inner


def _inflated(packed: bytes, budget: Budget) -> bytes:
    """Return compressed content (RFC 3274), counted as it comes out."""
    blocks = []
    for block in Packed(memoryview(packed)).blocks(Deflate(zlib.MAX_WBITS)):
        budget.take(len(block))
        blocks.append(block)
    return b"".join(blocks)


def _inner(payload: bytes) -> _Value | None:
    """Return the octets that were signed; None where they stand elsewhere."""
    content = _child(payload, _value(payload, 0), 1)
    data = _child(payload, content, 0) if content else None
    inside = _child(payload, data, _CONTENT) if data else None
    explicit = _child(payload, inside, 1) if inside else None
    return _child(payload, explicit, 0) if explicit else None


def _child(payload: bytes, value: _Value, index: int) -> _Value | None:
    """Return the value number `index` inside `value`; None where there are fewer."""
    end = len(payload) if value.end is None else value.end
    at = value.start
    while at < end and not (value.end is None and payload.startswith(_END, at)):
        child = _value(payload, at)
        if not index:
            return child
        index -= 1
        at = _after(payload, child)
    return None


def _octets(payload: bytes, value: _Value) -> Iterator[bytes]:
    """Yield the pieces of a string of octets, however deep they are wrapped."""
    end = _after(payload, value)
    if value.tag != _OCTETS_IN_PIECES:
        yield payload[value.start : end]
        return
    at = value.start
    while at < end:
        if payload.startswith(_END, at):
            at += 2
            continue
        piece = _value(payload, at)
        at = piece.start
        if piece.tag == _OCTETS and piece.end is not None:
            yield payload[at : piece.end]
            at = piece.end
        elif piece.tag != _OCTETS_IN_PIECES:
            raise DamagedFileError("a string of something else")


def _value(payload: bytes, at: int) -> _Value:
    """Read tag and length (X.690 8.1); raises DamagedFileError where there are none."""
    head = payload[at : at + 2]
    if len(head) < 2 or head[0] & 0x1F == 0x1F:
        raise DamagedFileError("no value of BER")
    tag, length = head
    start = at + 2
    if length == _ENDLESS:
        return _Value(tag, start, None)
    if length > _ENDLESS:
        size = length - _ENDLESS
        length = int.from_bytes(payload[start : start + size], "big")
        start += size
    # What is cut off ends where it is cut.
    return _Value(tag, start, min(start + length, len(payload)))


def _after(payload: bytes, value: _Value) -> int:
    """Return where the value ends, its end mark included."""
    if value.end is not None:
        return value.end
    at, depth = value.start, 1
    while depth and at < len(payload):
        if payload.startswith(_END, at):
            at, depth = at + 2, depth - 1
            continue
        inside = _value(payload, at)
        depth += inside.end is None
        at = inside.start if inside.end is None else inside.end
    return at
