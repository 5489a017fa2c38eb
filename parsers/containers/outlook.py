"""Read Outlook's `.msg`: one mail as properties in a compound file (MS-OXMSG).

It gives what the MIME walk gives of other mails, so that nobody behind it need know the
difference.
"""

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.utils import format_datetime

from parsers.compound_tree import CompoundTree, Node
from parsers.containers.contents import Budget, Contents, finding_of
from parsers.containers.harvest import Harvest
from parsers.containers.lzfu import MOST, packed_size
from parsers.containers.mapi import (
    DATA,
    METHOD,
    RTF,
    SUBJECT,
    Properties,
    bodies,
    file_name,
    media_type,
)
from parsers.containers.objects import file_in
from parsers.errors import LimitExceededError, ParserError, UnsupportedTypeError
from parsers.mime.header import Header, read_header
from parsers.mime.names import Level, shown_name
from parsers.mime.tree import Tree, kind_of
from parsers.values.finding import Finding
from parsers.values.limits import Limits
from parsers.values.message import Part

_PROPERTIES = "__properties_version1.0"
_VALUE, _ATTACHED, _RECIPIENT = "__substg1.0_", "__attach_version1.0_", "__recip_"
_EMBEDDED = "__substg1.0_3701000D"
#: Bytes before the fixed properties: of a mail, one in it, and all else (2.4.1).
_HEADS = {"mail": 32, "inner": 24, "other": 8}
_FIXED = 16
_BY_MAIL, _OLE = 5, 6
#: Identifiers (MS-OXPROPS), the surer source of each field first.
_TRANSPORT, _CLASS = 0x007D, 0x001A
_FROM_ADDRESS = (0x5D02, 0x5D01, 0x0065, 0x0C1F)
_FROM_NAME = (0x0042, 0x0C1A)
_SENT = (0x0039, 0x0E06, 0x3007)
_ID, _ANSWERS, _THREAD = 0x1035, 0x1042, 0x1039
_RECIPIENT_ADDRESS, _RECIPIENT_NAME = (0x39FE, 0x3003), 0x3001
_RECIPIENT_KIND = 0x0C15
_KINDS = {1: "To", 2: "Cc"}
_MOST_RECIPIENTS = 500
_BINARY = "application/octet-stream"
_EMBEDDED_NAME = "{}.msg"
_NAMELESS = "thu"


@dataclass(frozen=True, slots=True)
class _Mail:
    """One mail of the file: its storage, its properties, where it lies."""

    node: Node
    properties: Properties
    level: Level


def open_msg(part: Part, budget: Budget) -> Contents:
    """Return the parts of a .msg that lies in a file, one mail deeper than it."""
    harvest = Harvest(part, budget, archive=False)
    tree = msg_tree(part.payload, budget.limits, Level(part.path, part.depth + 1))
    harvest.adopt(tree.parts, tree.findings)
    return harvest.contents(empty=False)


def msg_tree(payload: bytes, limits: Limits, level: Level | None = None) -> Tree:
    """Return header and parts of a .msg, as `parsers.mime.tree.walk` does of a mail.

    Raises ParserError where the file cannot be read at all.
    """
    return _Reading(CompoundTree(payload), limits).tree(level or Level())


def transport_header(payload: bytes) -> bytes:
    """Return the header that the mail came with, empty where it had none."""
    try:
        file = CompoundTree(payload)
        properties = _properties(file, file.root, "mail")
    except ParserError:
        return b""
    return _transport(properties)


class _Reading:
    def __init__(self, file: CompoundTree, limits: Limits) -> None:
        self._file = file
        self._limits = limits
        self._parts: list[Part] = []
        self._findings: dict[Finding, None] = {}
        self._rtf = 0

    def tree(self, level: Level) -> Tree:
        node = self._file.root
        outermost = _Mail(node, _properties(self._file, node, "mail"), level)
        header = _header(self._file, outermost)
        waiting = [outermost]
        while waiting:
            waiting += reversed(self._read(waiting.pop()))
        kind = kind_of(header)
        return Tree(header, tuple(self._parts), (kind,), tuple(self._findings))

    def _read(self, mail: _Mail) -> list[_Mail]:
        """Add the parts of one mail; return the mails in it."""
        path, depth = mail.level.path, mail.level.depth
        owner = Part(path, "text/plain", b"", depth=depth)
        self._rtf += packed_size(mail.properties.data(RTF) or b"")
        if self._rtf > MOST:
            # Unpacking costs time, and a file may hold many mails.
            del mail.properties.values[RTF]
            self._lost(LimitExceededError("expanded_mib"), path)
        try:
            for body in bodies(mail.properties, owner):
                self._add(body, mail.level)
        except ParserError as error:
            self._lost(error, path)
        inner: list[_Mail] = []
        names = [n for n in sorted(mail.node.inside) if n.startswith(_ATTACHED)]
        for name in names:
            if len(self._parts) >= self._limits.parts:
                self._lost(LimitExceededError("parts"), path)
                break
            inner += self._attached(mail.node.inside[name], mail.level)
        return inner

    def _attached(self, node: Node, level: Level) -> list[_Mail]:
        properties = _properties(self._file, node, "other")
        level.count()
        name = file_name(properties)
        embedded = node.inside.get(_EMBEDDED)
        if embedded is not None and not embedded.stream:
            return self._embedded(embedded, properties, level)
        payload = properties.data(DATA)
        path = level.path_of(name or None, media_type(properties))
        if payload is None:
            return []
        part = Part(path, media_type(properties), payload, depth=level.depth)
        self._add(part, level)
        return []

    def _embedded(
        self, node: Node, properties: Properties, level: Level
    ) -> list[_Mail]:
        """Take in a mail, or tell of an object that only its program could put down."""
        name = file_name(properties)
        if properties.number(METHOD) == _OLE or _PROPERTIES not in node.inside:
            self._object(node, name, level)
            return []
        inner = _properties(self._file, node, "inner")
        name = name or inner.text(SUBJECT) or _NAMELESS
        if not name.lower().endswith((".msg", ".eml")):
            name = _EMBEDDED_NAME.format(name)
        path = level.path_of(name, "message/rfc822")
        if level.depth >= self._limits.nested_mails:
            self._lost(LimitExceededError("nested_mails"), path)
            return []
        below = _Mail(node, inner, Level(path, level.depth + 1))
        header = b"".join(_lines(self._file, below))
        self._parts.append(
            Part(path, "message/rfc822", header, container=True, depth=level.depth)
        )
        return [below]

    def _object(self, node: Node, name: str, level: Level) -> None:
        """Take in the file of an object that another program put into the text."""
        found = file_in(self._file, node)
        name = shown_name(found[0]) if found and "." in found[0] else name
        path = level.path_of(name or None, _BINARY)
        if found is None:
            self._lost(UnsupportedTypeError("an OLE object"), path)
        else:
            self._add(Part(path, _BINARY, found[1], depth=level.depth), level)

    def _add(self, part: Part, level: Level) -> None:
        if part.body is None:
            digest = hashlib.sha256(part.payload).hexdigest()
            part = replace(part, digest=digest)
        self._parts.append(part)

    def _lost(self, error: ParserError, path: tuple[str, ...]) -> None:
        self._findings[finding_of(error, path, self._limits)] = None


def _properties(file: CompoundTree, node: Node, kind: str) -> Properties:
    found = Properties()
    fixed = node.inside.get(_PROPERTIES)
    data = file.read(fixed) if fixed is not None and fixed.stream else b""
    for at in range(_HEADS[kind], len(data) - _FIXED + 1, _FIXED):
        type_, ident = struct.unpack_from("<HH", data, at)
        found.values[ident] = (type_, data[at + 8 : at + 16])
    for name, stream in node.inside.items():
        tag = name.removeprefix(_VALUE)
        if stream.stream and tag != name and len(tag) == 8:
            ident, type_ = _tag(tag)
            found.values[ident] = (type_, file.read(stream))
    return found


def _tag(tag: str) -> tuple[int, int]:
    try:
        return int(tag[:4], 16), int(tag[4:], 16)
    except ValueError:
        return 0, 0


def _header(file: CompoundTree, mail: _Mail) -> Header:
    raw = b"".join(_lines(file, mail))
    header, _ = read_header(raw, 0, len(raw))
    return header


def _transport(properties: Properties) -> bytes:
    text = properties.text(_TRANSPORT) or ""
    if text.lower().startswith("microsoft mail internet headers"):
        text = text.partition("\n")[2]
    block = text.replace("\r\n", "\n").strip().split("\n\n", 1)[0]
    return block.replace("\n", "\r\n").encode("utf-8", "replace")


def _lines(file: CompoundTree, mail: _Mail) -> Iterator[bytes]:
    """Yield the header of one mail: as it came, and what it lacks from properties."""
    came = _transport(mail.properties)
    known: frozenset[str] = frozenset()
    if came:
        came += b"\r\n"
        header, _ = read_header(came, 0, len(came))
        known = frozenset(header.keys())
        yield came
    for name, value in _told(file, mail):
        if value and name.lower() not in known:
            line = " ".join(value.split())
            yield f"{name}: {line}\r\n".encode("utf-8", "replace")
    yield b"\r\n"


def _told(file: CompoundTree, mail: _Mail) -> Iterator[tuple[str, str]]:
    properties = mail.properties
    yield "From", _sender(properties)
    for kind, people in _recipients(file, mail.node).items():
        yield kind, ", ".join(people)
    yield "Subject", properties.text(SUBJECT) or ""
    sent = properties.time(*_SENT)
    yield "Date", format_datetime(sent) if sent else ""
    yield "Message-ID", properties.text(_ID) or ""
    yield "In-Reply-To", properties.text(_ANSWERS) or ""
    yield "References", properties.text(_THREAD) or ""
    message_class = (properties.text(_CLASS) or "").lower()
    if message_class.startswith("report."):
        yield "Content-Type", "multipart/report; report-type=delivery-status"
    if "rules.ooftemplate" in message_class:
        yield "Auto-Submitted", "auto-replied"


def _sender(properties: Properties) -> str:
    found = (properties.text(ident) or "" for ident in _FROM_ADDRESS)
    # Inside one organisation the address is a name in its directory.
    address = next((a for a in found if "@" in a and not a.startswith("/")), "")
    return _mailbox(properties.text(*_FROM_NAME) or "", address)


def _recipients(file: CompoundTree, node: Node) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"To": [], "Cc": []}
    names = [n for n in sorted(node.inside) if n.startswith(_RECIPIENT)]
    for name in names[:_MOST_RECIPIENTS]:
        one = _properties(file, node.inside[name], "other")
        kind = _KINDS.get(one.number(_RECIPIENT_KIND) or 0)
        address = one.text(*_RECIPIENT_ADDRESS) or ""
        if kind and "@" in address:
            found[kind].append(_mailbox(one.text(_RECIPIENT_NAME) or "", address))
    return found


def _mailbox(name: str, address: str) -> str:
    plain = " ".join(name.replace('"', " ").replace("\\", " ").split())
    if plain in ("", address):
        return address
    return f'"{plain}" <{address}>' if address else f'"{plain}"'
