"""Find the delimiter lines of a multipart body, also where its boundary is damaged.

It knows nothing of what stands between them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.mime.header import Header
from parsers.mime.parameters import Structured, read_structured

_FOLDED = re.compile(r"\r?\n[ \t]+")
#: A delimiter line as it may look: two dashes and up to 70 letters (RFC 2046 5.1.1),
#: with the header line of a part behind it.
_LOOKS_LIKE = re.compile(
    rb"^--([^\r\n]{1,200}?)[ \t]*\r?\n(?=content-[a-z-]+[ \t]*:)",
    re.IGNORECASE | re.MULTILINE,
)
#: How far into a body a lost boundary is looked for, in bytes.
_LOOK_AHEAD = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Pieces:
    """What lies between the delimiters: offsets of each piece, ends excluded.

    `repaired`: the declared boundary was missing or broken. `more`: there were more
    pieces than asked for.
    """

    spans: tuple[tuple[int, int], ...]
    repaired: bool = False
    more: bool = False


def find_pieces(raw: bytes, low: int, high: int, header: Header, most: int) -> Pieces:
    """Return at most `most` pieces of the multipart body raw[low:high].

    The declared boundary is tried as RFC 5322 unfolds it, then as other programs do;
    at last the first line that looks like a delimiter is taken. No pieces are returned
    where there is none.
    """
    for number, boundary in enumerate(_declared(header)):
        pieces = cut(raw, low, high, boundary.encode("utf-8", "replace"), most)
        if pieces.spans:
            return Pieces(pieces.spans, number > 0, pieces.more)
    return guess_pieces(raw, low, high, most)


def guess_pieces(raw: bytes, low: int, high: int, most: int) -> Pieces:
    """Return the pieces between lines that look like delimiters; `repaired` is set."""
    like = _LOOKS_LIKE.search(raw, low, min(high, low + _LOOK_AHEAD))
    if like is None:
        return Pieces(())
    pieces = cut(raw, low, high, like[1], most)
    return Pieces(pieces.spans, True, pieces.more)


def cut(raw: bytes, low: int, high: int, boundary: bytes, most: int) -> Pieces:
    """Return the pieces that `boundary` cuts out of raw[low:high] (RFC 2046 5.1.1).

    The line break before a delimiter is the delimiter's. What follows the closing
    delimiter is left out, until another delimiter of the same name begins a part:
    QUIRK: programs that append a part behind the end.
    """
    spans: list[tuple[int, int]] = []
    begun: int | None = None
    for start, after, closing in _delimiters(raw, low, high, boundary):
        if begun is not None and begun < start:
            spans.append((begun, _before_break(raw, begun, start)))
            if len(spans) > most:
                return Pieces(tuple(spans[:most]), more=True)
        begun = None if closing else after
    if begun is not None:
        spans.append((begun, high))
    return Pieces(tuple(spans[:most]), more=len(spans) > most)


def _declared(header: Header) -> Iterator[str]:
    """Yield the readings of the boundary parameter, best first, without repeats."""
    seen: set[str] = set()
    for value in _readings(header):
        boundary = (value.get("boundary") or "").rstrip()
        if boundary and boundary not in seen:
            seen.add(boundary)
            yield boundary


def _readings(header: Header) -> Iterator[Structured]:
    yield header.structured("content-type")
    folded = header.folded("content-type") or ""
    if _FOLDED.search(folded):
        # QUIRK: IBM Notes folds the boundary inside its quotation marks; the blank
        # that is left over may or may not be a letter of it.
        yield read_structured(_FOLDED.sub(" ", folded))
        yield read_structured(_FOLDED.sub("", folded))


def _delimiters(
    raw: bytes, low: int, high: int, boundary: bytes
) -> Iterator[tuple[int, int, bool]]:
    """Yield (start of the line, start of the next line, closing?) of each."""
    mark = b"--" + boundary
    position = raw.find(mark, low, high)
    while position >= 0:
        after = position + len(mark)
        if position == low or raw[position - 1] == 0x0A:
            line_end = raw.find(b"\n", after, high)
            line_end = high if line_end < 0 else line_end
            tail = raw[after : min(line_end, after + 80)].strip()
            if tail in (b"", b"--"):
                following = min(line_end + 1, high)
                yield position, following, tail == b"--"
                after = max(after, line_end)
        position = raw.find(mark, after, high)


def _before_break(raw: bytes, low: int, position: int) -> int:
    if position > low and raw[position - 1] == 0x0A:
        position -= 1
        if position > low and raw[position - 1] == 0x0D:
            position -= 1
    return max(position, low)
