"""Open the parts of a mail: each leaf becomes a document, or a finding that says why.

What the documents mean is not asked here; one bad part does not stop the others.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from parsers.charsets import decode_text
from parsers.errors import (
    DamagedFileError,
    EncryptedFileError,
    LimitExceededError,
    ParserError,
    UnsupportedTypeError,
)
from parsers.filetype import found_type, is_encrypted
from parsers.places import document_place
from parsers.readers import READERS
from parsers.values.finding import Finding, finding
from parsers.values.limits import Limits
from parsers.values.message import Part
from parsers.values.reading import AttachmentReading, AttachmentRole
from parsers.values.table import Document, Needs

Path = tuple[str, ...]
Opens = Callable[[Path], None]
_NONE: Path = ()

MIB = 1024 * 1024
#: A body above this is no letter; its reader would take seconds.
_BODY_BYTES = 5 * MIB
#: Types that may hold a table and that nothing here reads yet.
_UNREAD = frozenset(
    {"7z", "csv", "doc", "docm", "dxl", "gz", "mdb", "msg", "ods", "odt", "pdf", "rar"}
    | {"rtf", "tar", "tnef", "tsv", "xls", "xlsb", "xml", "zip"}
)
_PICTURES = frozenset({"bmp", "gif", "heic", "jpg", "png", "tif", "webp"})
#: Less than this is a logo or an emoji; a phone photo or a scan is ten times as much.
_PICTURE_BYTES = 50_000
_CODES: dict[type[ParserError], str] = {
    DamagedFileError: "file_damaged",
    EncryptedFileError: "file_encrypted",
    LimitExceededError: "limit_exceeded",
    UnsupportedTypeError: "type_unsupported",
}
_BY_TYPE = {"empty": "file_empty", "encrypted": "file_encrypted"}


@dataclass(slots=True)
class Opened:
    """What the parts held: documents by path, attachments in order, findings.

    `pictures` are paths of pictures large enough to be a scan; whether they should
    have been read depends on what else the mail holds.
    """

    documents: list[tuple[Path, Document]] = field(default_factory=list)
    attachments: list[AttachmentReading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    pictures: list[Path] = field(default_factory=list)
    body: Document | None = None


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens parts under limits; `skip` names what killed a reader before, and why.

    `opens` is told each path before its bytes are looked into, and the empty one when
    it is about no attachment.
    """

    limits: Limits
    skip: Mapping[Path, str]
    opens: Opens

    def open_all(self, parts: tuple[Part, ...]) -> Opened:
        """Return what the parts hold."""
        opened = Opened()
        named = False
        unread: set[Path] = set()
        for part in parts:
            leaf = part.body is None and not part.container
            if named and not leaf:
                self.opens(_NONE)
            named = leaf
            if leaf:
                self._leaf(part, opened)
            elif part.body is not None:
                if not part.alternative and not self._body(part, opened):
                    unread.add(part.path)
            else:
                opened.attachments.append(_attachment(part, "eml", "other", None))
        if named:
            # Whatever happens from here on is the fault of no single attachment.
            self.opens(_NONE)
        for part in parts:
            # What the HTML says again in plain text is read where the HTML cannot be.
            if part.body is not None and part.alternative and part.path in unread:
                self._body(part, opened)
        return opened

    def _body(self, part: Part, opened: Opened) -> bool:
        """Read one of the mail's own texts; return whether it could be read."""
        assert part.body is not None
        if len(part.payload) > _BODY_BYTES:
            return self._unread_body(part, opened)
        text = decode_text(part.payload, part.charset).encode("utf-8", "replace")
        try:
            document = READERS[part.body](text, part.path, self.limits)
        except ParserError:
            return self._unread_body(part, opened)
        if isinstance(document, Needs):
            return self._unread_body(part, opened)
        opened.documents.append((part.path, document))
        opened.findings.extend(document.findings)
        if not part.path and opened.body is None:
            opened.body = document
        return True

    def _unread_body(self, part: Part, opened: Opened) -> bool:
        opened.findings.append(finding("limit_exceeded", document_place(part.path)))
        return False

    def _leaf(self, part: Part, opened: Opened) -> None:
        self.opens(part.path)
        kind, code, document = self._look(part)
        if code is not None:
            opened.findings.append(finding(code, document_place(part.path)))
        encoding = None
        role: AttachmentRole = "unreadable" if code else "other"
        if document is not None:
            opened.documents.append((part.path, document))
            opened.findings.extend(document.findings)
            encoding = document.encoding
        elif kind in _PICTURES and len(part.payload) >= _PICTURE_BYTES:
            opened.pictures.append(part.path)
        opened.attachments.append(_attachment(part, kind, role, encoding))

    def _look(self, part: Part) -> tuple[str, str | None, Document | None]:
        """Return found type, the code of what is wrong, and the document."""
        payload = part.payload
        kind = found_type(payload, part.path[-1])
        if part.path in self.skip:
            return kind, self.skip[part.path], None
        if kind in _BY_TYPE:
            return kind, _BY_TYPE[kind], None
        if kind in _UNREAD and kind not in READERS:
            return kind, _why_unread(kind, payload), None
        if kind not in READERS:
            return kind, None, None
        if len(payload) > self.limits.attachment_mib * MIB:
            return kind, "file_too_large", None
        if kind in ("html", "text"):
            payload = decode_text(payload, part.charset).encode("utf-8", "replace")
        try:
            document = READERS[kind](payload, part.path, self.limits)
        except ParserError as error:
            return kind, _CODES.get(type(error), "file_damaged"), None
        if isinstance(document, Needs):
            return kind, "program_missing", None
        return kind, None, document


def _why_unread(kind: str, payload: bytes) -> str:
    if is_encrypted(payload):
        return "file_encrypted"
    # Of an upload that broke off the zip's directory is missing: it stands at the end.
    cut = kind == "zip" and not zipfile.is_zipfile(io.BytesIO(payload))
    return "file_damaged" if cut else "type_unsupported"


def with_role(
    attachments: list[AttachmentReading], roles: Mapping[Path, AttachmentRole]
) -> tuple[AttachmentReading, ...]:
    """Return the attachments with the roles that recognition found."""
    return tuple(
        replace(a, role=roles[a.path]) if a.path in roles else a for a in attachments
    )


def _attachment(
    part: Part, kind: str, role: AttachmentRole, encoding: str | None
) -> AttachmentReading:
    digest = part.digest or hashlib.sha256(part.payload).hexdigest()
    return AttachmentReading(part.path, kind, len(part.payload), digest, role, encoding)
