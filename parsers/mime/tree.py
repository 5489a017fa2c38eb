"""Walk the MIME tree of one message and yield every leaf, whatever it is called.

It keeps a stack of its own instead of recursing, so that a thousand levels cost no more
than the limits allow. It decides nothing about what the leaves hold.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from parsers.mime.boundary import Pieces, cut, find_pieces, guess_pieces
from parsers.mime.header import Header, read_header
from parsers.mime.names import Level, given_name
from parsers.mime.transfer import decode_transfer
from parsers.mime.uuencode import take_out
from parsers.readers.places import inside
from parsers.values.finding import Finding, finding
from parsers.values.limits import Limits
from parsers.values.message import Part

_TYPE = re.compile(r"[^\s/;,]+/[^\s/;,]+")
_MAIL_TYPES = ("message/rfc822", "message/global", "message/news")
_BINARY = "application/octet-stream"
_BODY_TYPES = {"text/plain": "text", "text/html": "html"}
_ENCODED = ("base64", "quoted-printable")
#: Fields with which a mail saved as a file begins.
_MAIL_START = re.compile(
    rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?"
    rb"(?:from|received|return-path|message-id)[ \t]*:",
    re.IGNORECASE,
)
_TELLING = ("report-type", "method")


@dataclass(frozen=True, slots=True)
class Tree:
    """`kinds` are the types of the mail's own entities (not of mails inside it), lower
    case, with `; report-type=` and `; method=` where given.
    """

    header: Header
    parts: tuple[Part, ...]
    kinds: tuple[str, ...]
    findings: tuple[Finding, ...]


class _Entity(NamedTuple):
    """One entity still to be read: raw[low:high] with its header.

    `branch` holds (number of a multipart/alternative around it, which of its children).
    """

    raw: bytes
    low: int
    high: int
    level: Level
    default_type: str = "text/plain"
    depth: int = 0
    branch: tuple[tuple[int, int], ...] = ()


def walk(raw: bytes, limits: Limits, level: Level | None = None) -> Tree:
    """Return header and leaves of `raw` in the order of the source.

    `level` is where the mail lies, if it came out of a file. What goes beyond
    `limits.parts`, `.mime_depth` or `.nested_mails` is left out (a mail nested too deep
    is kept as a file), with the finding `limit_exceeded`.
    """
    return _Walk(raw, limits, level or Level()).tree()


class _Walk:
    def __init__(self, raw: bytes, limits: Limits, level: Level) -> None:
        self._limits = limits
        self._stack = [_Entity(raw, 0, len(raw), level)]
        self._own = level.depth
        self._top: Header | None = None
        self._parts: list[Part] = []
        self._branches: list[tuple[tuple[int, int], ...]] = []
        self._kinds: list[str] = []
        self._findings: dict[Finding, None] = {}
        self._alternatives = 0

    def tree(self) -> Tree:
        while self._stack:
            if len(self._parts) >= self._limits.parts:
                self._exceeded("parts", self._limits.parts, self._stack[-1].level)
                break
            self._read(self._stack.pop())
        assert self._top is not None
        return Tree(
            self._top, self._marked(), tuple(self._kinds), tuple(self._findings)
        )

    def _read(self, entity: _Entity) -> None:
        header, start = read_header(entity.raw, entity.low, entity.high)
        self._top = self._top or header
        self._note_header(header, entity.level)
        kind = _type_of(header, entity.default_type)
        if entity.level.depth == self._own:
            self._kinds.append(_telling(kind, header))
        body = entity._replace(low=start)
        if kind.startswith("multipart/") or _hides_parts(header, body):
            self._read_multipart(kind, header, body)
        else:
            self._read_leaf(kind, header, body)

    def _read_multipart(self, kind: str, header: Header, body: _Entity) -> None:
        if body.depth >= self._limits.mime_depth:
            self._exceeded("mime_depth", self._limits.mime_depth, body.level)
            return
        body, pieces = _pieces(header, body, self._limits.parts)
        if pieces.more:
            self._exceeded("parts", self._limits.parts, body.level)
        if pieces.repaired:
            self._found("boundary_repaired", body.level)
        if not pieces.spans:
            if body.raw[body.low : body.high].strip():
                self._found("boundary_repaired", body.level)
                self._read_leaf("text/plain", header, body)
            return
        self._stack += reversed(self._children(kind, body, pieces))

    def _children(self, kind: str, body: _Entity, pieces: Pieces) -> list[_Entity]:
        default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        number = 0
        if kind == "multipart/alternative":
            self._alternatives += 1
            number = self._alternatives
        return [
            body._replace(
                low=low,
                high=high,
                default_type=default,
                depth=body.depth + 1,
                branch=(*body.branch, (number, index)) if number else body.branch,
            )
            for index, (low, high) in enumerate(pieces.spans)
        ]

    def _read_leaf(self, kind: str, header: Header, body: _Entity) -> None:
        encoding = header.get("content-transfer-encoding") or ""
        payload = decode_transfer(body.raw, body.low, body.high, encoding)
        level = body.level
        level.count()
        name = given_name(header)
        if kind in _MAIL_TYPES or _is_saved_mail(name, payload):
            self._read_mail(kind, name, payload, body)
            return
        attached = header.structured("content-disposition").main == "attachment"
        own = kind in _BODY_TYPES and name is None and not attached
        files: tuple[tuple[str, bytes], ...] = ()
        if own and kind == "text/plain" and b"begin" in payload:
            left = self._limits.parts - len(self._parts) - 1
            payload, files = take_out(payload, left)
        part = Part(
            path=level.path if own else level.path_of(name, kind),
            declared_type=kind,
            payload=payload,
            body=_BODY_TYPES[kind] if own else None,  # type: ignore[arg-type]
            charset=header.structured("content-type").get("charset"),
            depth=level.depth,
            digest="" if own else hashlib.sha256(payload).hexdigest(),
        )
        self._add(part, body.branch)
        for file, data in files:
            level.count()
            path = level.path_of(file or None, _BINARY)
            digest = hashlib.sha256(data).hexdigest()
            found = Part(path, _BINARY, data, depth=level.depth, digest=digest)
            self._add(found, body.branch)

    def _read_mail(
        self, kind: str, name: str | None, payload: bytes, body: _Entity
    ) -> None:
        level = body.level
        path = level.path_of(name, kind)
        too_deep = level.depth >= self._limits.nested_mails
        too_deep = too_deep or body.depth >= self._limits.mime_depth
        part = Part(path, kind, payload, container=not too_deep, depth=level.depth)
        self._add(part, body.branch)
        if too_deep:
            self._exceeded("nested_mails", self._limits.nested_mails, level)
            return
        inner = Level(path, level.depth + 1)
        depth = body.depth + 1
        self._stack.append(_Entity(payload, 0, len(payload), inner, depth=depth))

    def _add(self, part: Part, branch: tuple[tuple[int, int], ...]) -> None:
        self._parts.append(part)
        self._branches.append(branch)

    def _marked(self) -> tuple[Part, ...]:
        """Return the parts, text bodies marked that an HTML sibling says again."""
        html: dict[int, set[int]] = {}
        for part, branch in zip(self._parts, self._branches, strict=True):
            if part.body == "html" and part.payload.strip():
                for number, index in branch:
                    html.setdefault(number, set()).add(index)
        return tuple(
            replace(part, alternative=True)
            if part.body == "text" and any(html.get(n, {i}) - {i} for n, i in branch)
            else part
            for part, branch in zip(self._parts, self._branches, strict=True)
        )

    def _note_header(self, header: Header, level: Level) -> None:
        if header.repaired:
            self._found("header_repaired", level)
        if header.cut:
            # No attachment is lost by it, so that only staff are told.
            place = inside(level.path)
            cut = Finding("limit_exceeded", "warning", "staff", place)
            self._findings[cut] = None

    def _found(self, code: str, level: Level) -> None:
        self._findings[finding(code, inside(level.path))] = None

    def _exceeded(self, limit: str, value: int, level: Level) -> None:
        place = inside(level.path)
        found = finding("limit_exceeded", place, limit=limit, value=str(value))
        self._findings[found] = None


def kind_of(header: Header) -> str:
    """Return what the header says the mail is, as in `Tree.kinds`."""
    return _telling(_type_of(header, "text/plain"), header)


def _type_of(header: Header, default: str) -> str:
    main = header.structured("content-type").main
    if _TYPE.fullmatch(main):
        return main
    if not main:
        return default
    # RFC 2045 5.2 takes what cannot be read for text; a file name says otherwise.
    return "application/octet-stream" if given_name(header) else "text/plain"


def _telling(kind: str, header: Header) -> str:
    value = header.structured("content-type")
    told = [f"; {n}={v.lower()}" for n in _TELLING if (v := value.get(n))]
    return kind + "".join(told)


def _hides_parts(header: Header, body: _Entity) -> bool:
    """Say whether the parts are there and only the Content-Type was lost or wrong."""
    boundary = header.structured("content-type").get("boundary")
    if boundary and given_name(header) is None:
        mark = boundary.rstrip().encode("utf-8", "replace")
        return bool(mark and cut(body.raw, body.low, body.high, mark, 1).spans)
    if header.get("content-type") is not None:
        return False
    start = body.raw[body.low : min(body.high, body.low + 4096)].lstrip()
    return start.startswith(b"--") and bool(guess_pieces(start, 0, len(start), 1).spans)


def _pieces(header: Header, body: _Entity, most: int) -> tuple[_Entity, Pieces]:
    pieces = find_pieces(body.raw, body.low, body.high, header, most)
    encoding = (header.get("content-transfer-encoding") or "").strip().lower()
    if pieces.spans or not encoding.startswith(_ENCODED):
        return body, pieces
    # QUIRK: a whole multipart sent in base64, which RFC 2045 6.4 forbids.
    raw = decode_transfer(body.raw, body.low, body.high, encoding)
    body = body._replace(raw=raw, low=0, high=len(raw))
    return body, find_pieces(raw, 0, len(raw), header, most)


def _is_saved_mail(name: str | None, payload: bytes) -> bool:
    """Say whether a file named like a saved mail is one (forwarded as attachment)."""
    if name is None or not name.lower().endswith(".eml"):
        return False
    return _MAIL_START.match(payload, 0, min(len(payload), 16384)) is not None
