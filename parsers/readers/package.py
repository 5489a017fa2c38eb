"""Open an Office Open XML file: its parts, their relations, their XML without traps.

What the parts mean is the business of `spreadsheet` and `word`.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from parsers.errors import DamagedFileError, LimitExceededError
from parsers.values.limits import Limits
from parsers.zip_directory import Member, list_members, unpack

_MIB = 1024 * 1024
#: A tree takes up to eight times the bytes that it is made of, and the child has 1 GiB.
_LARGEST_TREE = 64 * _MIB
#: Honest office files unpack to at most 170 times a large member and 70 times the whole
#: file (measured on 3,847 real ones).
_MEMBER_RATIO, _TOTAL_RATIO = 200, 100

#: The namespaces of ISO 29500 strict; the transitional ones have a year in them.
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMES = re.compile(re.escape(_STRICT) + rb"([A-Za-z]+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"

#: An encoding in which a type declaration would not be found among the bytes.
_OTHER_ENCODING = re.compile(rb"<\?xml[^>]*encoding=(?!.utf-8.)", re.IGNORECASE)
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#: The namespace of workbooks.
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION_ID = f"{{{_OFFICE}}}id"


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part says of another: `kind` is the last word of its type."""

    kind: str
    target: str


@dataclass(slots=True)
class Package:
    """An open file; `spent` counts the bytes that have come out of it so far."""

    payload: bytes
    members: dict[str, Member]
    most: int
    spent: int = 0
    _lowered: dict[str, str] = field(default_factory=dict)

    def read(self, name: str) -> bytes | None:
        """Return the bytes of the part `name` (no leading slash), None without it.

        Raises LimitExceededError beyond the expanded size or an unlikely ratio.
        """
        member = self.members.get(name) or self._differently_written(name)
        if member is None:
            return None
        ratio = max(_MIB, _MEMBER_RATIO * member.packed)
        total = max(_MIB, _TOTAL_RATIO * len(self.payload)) - self.spent
        data = unpack(self.payload, member, min(self.most - self.spent, ratio, total))
        self.spent += len(data)
        return data

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of the part `name`, its names transitional, None without."""
        data = self.read(name)
        return None if data is None else parse_xml(data)

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the relations of `part` by their identifiers, targets as names."""
        folder, mark, name = part.rpartition("/")
        root = self.xml(f"{folder}{mark}_rels/{name}.rels")
        if root is None:
            return {}
        relations = {}
        for element in root.iterchildren(_RELATION):
            kind = element.get("Type", "").rpartition("/")[2]
            relation = Relation(kind, _resolve(folder, element))
            relations[element.get("Id", "")] = relation
        return relations

    def main_part(self, usual: str) -> str:
        """Return the name of the part that the office program opens first.

        A part of the `usual` name is believed without looking further.
        """
        if usual in self.members:
            return usual
        for relation in self.relations("").values():
            if relation.kind == "officeDocument":
                return relation.target
        return usual

    def _differently_written(self, name: str) -> Member | None:
        # QUIRK: some writers differ in case between relation and member, or write
        # members with backslashes.
        if not self._lowered:
            self._lowered = {n.replace("\\", "/").lower(): n for n in self.members}
        found = self._lowered.get(name.lower())
        return self.members[found] if found else None


def open_package(payload: bytes, limits: Limits) -> Package:
    """Return the package in `payload`; nothing is unpacked yet.

    Raises DamagedFileError where it is no whole zip file.
    """
    members = list_members(payload, limits.members)
    if not members:
        raise DamagedFileError("an empty zip file")
    named = {m.name: m for m in members}
    return Package(payload, named, limits.expanded_mib * _MIB)


def parse_xml(data: bytes) -> etree._Element:
    """Return the root element of `data`; a document type declaration is refused."""
    data = plain_names(data)
    if len(data) > _LARGEST_TREE:
        raise LimitExceededError(f"{len(data)} bytes of XML in one part")
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as fault:
        raise xml_fault(fault) from fault
    if _OTHER_ENCODING.search(data, 0, 200) and _has_type_declaration(root):
        raise DamagedFileError("a document type declaration inside an office file")
    return root


def walk_xml(data: bytes, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """Yield each element of `data` named in `tags` when it is complete, then empty it.

    Memory stays small however long the part is.
    """
    stream = etree.iterparse(
        _Source(plain_names(data)),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in stream:
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError as fault:
        raise xml_fault(fault) from fault


def plain_names(data: bytes) -> bytes:
    """Return `data` with transitional namespaces; refuse a type declaration in it."""
    head = data[:4]
    if b"\0" in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = _as_utf8(data)
    if b"<!DOCTYPE" in data:
        raise DamagedFileError("a document type declaration inside an office file")
    if _STRICT in data[:4096]:
        data = _STRICT_NAMES.sub(_TRANSITIONAL, data)
    return data


def int_of(text: str | None, otherwise: int = 0) -> int:
    """Return the whole number `text`; anything else is `otherwise`."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise


def xml_fault(fault: etree.XMLSyntaxError) -> DamagedFileError | LimitExceededError:
    """Return what `fault` means for the file: nesting without end, or damage."""
    if "depth" in str(fault):
        return LimitExceededError(f"XML nested too deeply: {fault}")
    return DamagedFileError(f"XML that cannot be read: {fault}")


def _has_type_declaration(root: etree._Element) -> bool:
    return root.getroottree().docinfo.internalDTD is not None


class _Source:
    """A file over bytes that lxml may read in pieces."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def read(self, size: int) -> bytes:
        piece = self._data[self._at : self._at + size]
        self._at += len(piece)
        return piece


def _as_utf8(data: bytes) -> bytes:
    try:
        text = data.decode("utf-16" if data[:1] in (b"\xff", b"\xfe") else "utf-16-be")
    except UnicodeDecodeError as fault:
        raise DamagedFileError("XML in an unreadable encoding") from fault
    return re.sub(r"^\ufeff?<\?xml.*?\?>", "", text, count=1).encode()


def _resolve(folder: str, relation: etree._Element) -> str:
    target = relation.get("Target", "").replace("\\", "/")
    if relation.get("TargetMode") == "External":
        return ""
    if target.startswith("/"):
        return target.lstrip("/")
    joined = f"{folder}/{target}" if folder else target
    return posixpath.normpath(joined) if "./" in joined or "//" in joined else joined
