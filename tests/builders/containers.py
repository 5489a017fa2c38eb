"""Containers as parts, and what is seen of the parts that come out of them."""

import hashlib
from collections.abc import Sequence

from parsers.attachments import Opened, Opener
from parsers.values.limits import Limits
from parsers.values.message import Part

LIMITS = Limits()


def opened(payload: bytes, name: str, limits: Limits = LIMITS) -> Opened:
    """Return what a file of that name holds, all the way down."""
    part = Part((name,), "application/octet-stream", payload)
    return Opener(limits, {}, lambda path: None).open_all((part,))


def listed(found: Opened) -> list[str]:
    """Return the path and the role of every attachment, the outermost left out."""
    return [f"{'|'.join(a.path[1:])}: {a.role}" for a in found.attachments[1:]]


def told(found: Opened) -> list[tuple[str, str | None]]:
    """Return code and place of the findings."""
    return [(f.code, f.place) for f in found.findings]


def holds(found: Opened, *path: str) -> Sequence[str]:
    """Return the digests of the attachments whose path ends so."""
    return [a.sha256 for a in found.attachments if a.path[-len(path) :] == path]


def digest(payload: bytes) -> str:
    """Return SHA-256 as the contract writes it."""
    return hashlib.sha256(payload).hexdigest()
