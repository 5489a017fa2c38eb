"""The digests by which a mail is known again, and the code that its sender is told.

They look at bytes only; Message-ID and decoded content are `parsers`' business.
"""

import hashlib
import re
from collections.abc import Iterator

_CHUNK = 1 << 20
_END_OF_HEADER = re.compile(rb"\r\n\r\n|\n\r?\n|\r\r")
_MESSAGE_ID = re.compile(rb"^message-id[ \t]*:[ \t]*(?:\n[ \t]+)?[^ \t\n]", re.I | re.M)
#: No 0 O 1 I: they are read out on the telephone.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_RECEIPT_LENGTH = 10


def sha256(raw: bytes) -> str:
    """Return the digest of the bytes as they are, in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def same_bytes(raw: bytes, known: str | None = None) -> str:
    """Return the digest that tells whether two mails are the same bytes.

    CRLF, a lone CR and a lone LF count as one line end (CRLF is hashed), because doors
    and programs change them on the way. Nothing else is levelled. `known` is the
    SHA-256 of `raw`, where the caller has it: for mail in wire form it is the answer.
    """
    ends = raw.count(b"\r\n")
    if raw.count(b"\n") == ends == raw.count(b"\r"):
        return known if known is not None else sha256(raw)
    digest = hashlib.sha256()
    for piece in _levelled(raw):
        digest.update(piece)
    return digest.hexdigest()


def _levelled(raw: bytes) -> Iterator[bytes]:
    # In pieces, so that a large mail is not copied whole; a CR at the end of a piece
    # takes what follows it along.
    start = 0
    while start < len(raw):
        end = start + _CHUNK
        while raw[end - 1 : end] == b"\r":
            end += 1
        piece = raw[start:end].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        yield piece.replace(b"\n", b"\r\n")
        start = end


def header_sha256(raw: bytes) -> str:
    """Return the digest of the header block of a whole mail, or of a header alone.

    It is "" where the header has no Message-ID: then it tells no two mails apart, and
    the bytes themselves must be asked for.
    """
    end = _END_OF_HEADER.search(raw)
    header = raw[: end.start()] if end else raw
    levelled = header.replace(b"\r\n", b"\n").replace(b"\r", b"\n").strip(b"\n")
    if not _MESSAGE_ID.search(levelled):
        return ""
    return hashlib.sha256(levelled).hexdigest()


def receipt_code(digest: str) -> str:
    """Return ten characters derived from a mail's `same_bytes`: a replay says the same.

    50 bits: among 100,000 mails two share a code once in some 200,000 such ledgers.
    """
    number = int(digest, 16)
    code = []
    for _ in range(_RECEIPT_LENGTH):
        number, place = divmod(number, len(_ALPHABET))
        code.append(_ALPHABET[place])
    return "".join(code)
