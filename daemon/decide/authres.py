"""Read Authentication-Results (RFC 8601), and find the one that our provider wrote.

It verifies no signature; whoever is not our provider is not believed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from daemon.decide.domains import same_house
from parsers.values.message import HeaderLine

_AUTHSERV = re.compile(r'\s*(?:"([^"\\]*)"|([^\s"=]+))(?:\s+(\d+))?\s*\Z')
_METHOD = re.compile(r"\s*([A-Za-z][\w-]*)(?:\s*/\s*\d+)?\s*=\s*([A-Za-z]+)(?![\w-])")
_PROPERTY = re.compile(
    r"(?:^|(?<=\s))([A-Za-z][\w-]*)\s*\.\s*([A-Za-z][\w-]*)\s*=\s*"
    r'((?:"(?:[^"\\]|\\.)*"|[^\s"])+)'
)
_BY = re.compile(r"(?:^|\s)by\s+([^\s;]+)", re.IGNORECASE)
_FROM = re.compile(r"^\s*from\s+([^\s;]+)", re.IGNORECASE)
#: What ends a piece of text, and what lies between; a backslash takes one with it.
_PIECE = re.compile(r'\\.?|[();"]|[^\\();"]+', re.DOTALL)
#: QUIRK: Google's inner hops are written `by 2002:a05:…`, a 6to4 address of its own.
_GOOGLE_HOP = re.compile(r"2002:a[0-9a-f]{2}:[0-9a-f:]*\Z")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One method's result; `properties` are (`smtp.mailfrom`, value) pairs."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...] = ()

    def value(self, name: str) -> str | None:
        """Return the first property of that name, or None."""
        return next((value for key, value in self.properties if key == name), None)


@dataclass(frozen=True, slots=True)
class AuthResults:
    """One line: who says it, and what."""

    authserv_id: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Provided:
    """Our provider's line, or None; `spare` counts other lines in its name."""

    line: AuthResults | None
    spare: int = 0


def parse(value: str) -> AuthResults | None:
    """Return what a line says, comments set aside; None when it is not RFC 8601's.

    A bracket or quotation mark that is never closed swallows the rest, so that nothing
    behind it is believed.
    """
    first, *rest = _segments(value)
    found = _AUTHSERV.match(first)
    if found is None or found[3] not in {None, "1"}:
        return None
    outcomes = tuple(o for o in map(_outcome, rest) if o is not None)
    return AuthResults((found[1] or found[2] or "").lower(), outcomes)


def provided(trace: Sequence[HeaderLine], trusted: Sequence[str]) -> Provided:
    """Return the topmost line of `trusted` inside the provider's own block.

    The block goes from the top down to the first Received line that a foreign host
    wrote. It also ends at any Received line below the one by which the provider took
    the mail from a foreign host: what is under that came with the mail.
    """
    line, spare, block = None, 0, _Block(tuple(t.lower() for t in trusted if t))
    for header in trace:
        if header.name == "received":
            block.hop(header.value)
        elif header.name == "authentication-results" and block.trusted:
            found = parse(header.value)
            if found is None or found.authserv_id not in block.trusted:
                continue
            if block.inside and line is None:
                line = found
            else:
                spare += 1
    return Provided(line, spare)


class _Block:
    """The provider's own lines at the top, while the trace is walked downwards."""

    def __init__(self, trusted: tuple[str, ...]) -> None:
        self.trusted = trusted
        self.inside = True
        self._taken = False

    def hop(self, received: str) -> None:
        if not self.inside:
            return
        bare = " ".join(_segments(received))
        by, came = _BY.search(bare), _FROM.search(bare)
        if self._taken or by is None or not self._ours(by[1]):
            self.inside = False
        elif came is not None and not self._ours(came[1]):
            self._taken = True

    def _ours(self, host: str) -> bool:
        host = host.strip("[]").lower()
        google = any(
            t == "google.com" or t.endswith(".google.com") for t in self.trusted
        )
        if google and _GOOGLE_HOP.match(host):
            return True
        return any(same_house(host, ours) for ours in self.trusted)


def _outcome(segment: str) -> Outcome | None:
    found = _METHOD.match(segment)
    if found is None:
        return None
    rest = segment[found.end() :]
    pairs = tuple(
        (f"{ptype}.{name}".lower(), value.strip('"'))
        for ptype, name, value in _PROPERTY.findall(rest)
    )
    return Outcome(found[1].lower(), found[2].lower(), pairs)


def _segments(value: str) -> list[str]:
    """Return the value cut at its semicolons, comments out, quoted strings whole."""
    segments: list[str] = []
    current: list[str] = []
    depth, quoted = 0, False
    for piece in _PIECE.findall(value):
        if quoted:
            quoted = piece != '"'
            current.append(piece)
        elif piece == "(" or depth:
            depth += {"(": 1, ")": -1}.get(piece, 0)
            current.extend("" if depth else " ")
        elif piece == ";":
            segments.append("".join(current))
            current = []
        else:
            quoted = piece == '"'
            current.append(piece)
    # What follows an open bracket or quotation mark is no segment of its own.
    segments.append("" if quoted or depth else "".join(current))
    return segments
