"""Open the parts of a mail: each leaf becomes a document, or a finding that says why.

What the documents mean is not asked here; one bad part does not stop the others.
"""

import hashlib
import io
import re
import zipfile
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from parsers.charsets import decode_text
from parsers.containers.by_type import CONTAINERS, MAILS
from parsers.containers.contents import CODES, Budget, budget_of
from parsers.containers.media import WORD, pictures_in
from parsers.errors import EncryptedFileError, ParserError
from parsers.filetype import found_type, is_broken_compound, is_encrypted
from parsers.places import document_place
from parsers.readers.by_type import READERS
from parsers.readers.lock import unlocked_package
from parsers.readers.picture.seen import scanned
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
    {"7z", "doc", "docm", "dxl", "gz", "mdb", "msg", "odt", "pdf", "rar"}
    | {"rtf", "tar", "tnef", "zip"}
)
#: Types that people attach for the table they meant: the file that an office program
#: keeps beside an open one, a shortcut, a film of the screen. Nothing will read them.
_INSTEAD = frozenset(
    {"avi", "exe", "flv", "lnk", "lock", "mkv", "mp3", "mp4", "mpg", "ogg", "url"}
    | {"wav", "webloc", "wmv"}
)
#: Endings of files that are read, or told of: bytes that are none of them are damaged.
_PROMISED = frozenset(
    {"7z", "doc", "docm", "docx", "gz", "msg", "ods", "odt", "pdf", "rar", "rtf", "tar"}
    | {"tgz", "xls", "xlsb", "xlsm", "xlsx", "xz", "zip"}
)
#: Endings of archives and documents that nothing here opens.
_STRANGE = frozenset(
    {"ace", "alz", "arj", "egg", "iso", "lha", "lzh", "lz4", "one", "pub", "z", "zst"}
)
#: Endings of the second and later pieces of an archive.
_VOLUME = re.compile(r"[rz]\d\d|\d{3}")
#: Types whose pages may be pictures.
_SEEN = frozenset({"bmp", "gif", "heic", "jpg", "pdf", "png", "tif", "webp"})
#: The program without which a type cannot be opened; LibreOffice for the rest.
_PROGRAMS = {"7z": "libarchive", "rar": "libarchive"} | dict.fromkeys(
    _SEEN, "tesserocr, onnxruntime, opencv"
)
_BY_TYPE = {"empty": "file_empty", "encrypted": "file_encrypted"}


@dataclass(slots=True)
class Opened:
    """What the parts held: documents by path, attachments in order, findings.

    `pictures` are paths of pictures without letters; whether they should have been
    read depends on what else the mail holds. `needs` are the conversions
    without which some attachments could not be read; where there are any, nothing else
    of this is final.
    """

    documents: list[tuple[Path, Document]] = field(default_factory=list)
    attachments: list[AttachmentReading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    pictures: list[Path] = field(default_factory=list)
    body: Document | None = None
    needs: list[Needs] = field(default_factory=list)
    #: Attachments that were looked at, and how many pages of them: a mail has so many.
    seen: list[Path] = field(default_factory=list)
    looked_at: int = 0


def nobody(path: Path) -> None:
    """Be told of a path and do nothing."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What a reader is given beside the bytes; the fields are those of Opener.

    `waits`: where something must be converted first, the reading is not made.
    """

    skip: Mapping[Path, str] = field(default_factory=dict)
    opens: Opens = nobody
    converted: Mapping[tuple[str, str], bytes | str] = field(default_factory=dict)
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens parts under limits; `skip` names what killed a reader before, and why.

    `opens` is told each path before its bytes are looked into, and the empty one when
    it is about no attachment. `converted` is what an office program made of payloads:
    (SHA-256 of the payload, type wanted) -> the bytes, or the code of the finding that
    says why there are none.
    """

    limits: Limits
    skip: Mapping[Path, str]
    opens: Opens
    converted: Mapping[tuple[str, str], bytes | str] = field(default_factory=dict)

    def open_all(self, parts: tuple[Part, ...]) -> Opened:
        """Return what the parts hold, and what the containers among them hold."""
        opened = Opened()
        budget = budget_of(self.limits)
        named = False
        texts: list[Part] = []
        unread: set[Path] = set()
        waiting = deque(parts)
        while waiting:
            part = waiting.popleft()
            leaf = part.body is None and not part.container
            if named and not leaf:
                self.opens(_NONE)
            named = leaf
            if leaf:
                waiting.extendleft(reversed(self._leaf(part, opened, budget)))
            elif part.body is not None:
                texts.append(part)
                if not part.alternative and not self._body(part, opened):
                    unread.add(part.path)
            else:
                opened.attachments.append(_attachment(part, "eml", "other", None))
        if named:
            # Whatever happens from here on is the fault of no single attachment.
            self.opens(_NONE)
        for part in texts:
            # What the HTML says again in plain text is read where the HTML cannot be.
            if part.alternative and part.path in unread:
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
        if part.depth == 0 and opened.body is None:
            opened.body = document
        return True

    def _unread_body(self, part: Part, opened: Opened) -> bool:
        opened.findings.append(finding("limit_exceeded", document_place(part.path)))
        return False

    def _leaf(self, part: Part, opened: Opened, budget: Budget) -> tuple[Part, ...]:
        """Take one leaf in, and return the parts inside where it is a container."""
        self.opens(part.path)
        locked = part
        kind = found_type(part.payload, part.path[-1])
        if kind == "encrypted" and part.path not in self.skip:
            part = self._unlocked(part)
            kind = found_type(part.payload, part.path[-1])
        code = self._unreadable(part, kind)
        contents = document = None
        glued: tuple[Part, ...] = ()
        before = opened.looked_at
        if code is None:
            try:
                if kind in CONTAINERS:
                    contents = CONTAINERS[kind](part, budget)
                elif kind in READERS:
                    document = self._document(part, kind, opened)
                    if kind in WORD and isinstance(document, Document):
                        glued = pictures_in(part, document, budget)
            except ParserError as error:
                code = CODES.get(type(error), "file_damaged")
        if isinstance(document, str):
            document, code = None, document
        if code is not None:
            opened.findings.append(_why(code, part, kind))
        encoding = None
        role: AttachmentRole = "unreadable" if code else "other"
        if document is not None:
            opened.documents.append((part.path, document))
            opened.findings.extend(document.findings)
            encoding = document.encoding
            if opened.looked_at > before:
                opened.seen.append(part.path)
                role = _role_of_seen(document, part, opened)
        opened.attachments.append(_attachment(locked, kind, role, encoding))
        if contents is None:
            return glued
        opened.findings.extend(contents.findings)
        return contents.parts

    def _unlocked(self, part: Part) -> Part:
        """Return the workbook in `part` if Excel opens it without asking."""
        if len(part.payload) > self.limits.attachment_mib * MIB:
            return part
        try:
            clear = unlocked_package(part.payload)
        except EncryptedFileError:
            return part
        return replace(part, payload=clear)

    def _unreadable(self, part: Part, kind: str) -> str | None:
        """Return the code of what keeps `part` from being looked into; None if none."""
        if part.path in self.skip:
            return self.skip[part.path]
        if kind in _BY_TYPE:
            return _BY_TYPE[kind]
        if kind == "unknown" and is_broken_compound(part.payload):
            return "file_damaged"
        if kind in CONTAINERS:
            return "limit_exceeded" if self._too_deep(part, kind) else None
        if kind in _INSTEAD:
            return "type_unsupported"
        if kind == "unknown" and (code := _broken_promise(part.path[-1])):
            return code
        if kind not in READERS:
            return _why_unread(kind, part.payload) if kind in _UNREAD else None
        large = len(part.payload) > self.limits.attachment_mib * MIB
        return "file_too_large" if large else None

    def _too_deep(self, part: Part, kind: str) -> bool:
        if kind in MAILS:
            return part.depth >= self.limits.nested_mails
        return part.archives >= self.limits.archive_depth

    def _document(self, part: Part, kind: str, opened: Opened) -> Document | str:
        """Return the document of `part`, or the code of why there is none yet."""
        payload = part.payload
        if kind in ("html", "text"):
            payload = decode_text(payload, part.charset).encode("utf-8", "replace")
        found = READERS[kind](payload, part.path, self.limits)
        if not isinstance(found, Needs):
            return found
        if found.conversion == "scan":
            return self._scanned(found, part, opened)
        made = self._made(found, opened)
        if isinstance(made, str):
            return made
        again = READERS[found.conversion](made, part.path, self.limits)
        # A conversion that needs another one would go round and round.
        return "file_damaged" if isinstance(again, Needs) else again

    def _made(self, found: Needs, opened: Opened) -> bytes | str:
        digest = hashlib.sha256(found.payload).hexdigest()
        made = self.converted.get((digest, found.conversion))
        if made is None:
            opened.needs.append(found)
            return "program_missing"
        return made

    def _scanned(self, found: Needs, part: Part, opened: Opened) -> Document | str:
        """Return the document of pages that were looked at; a mail has only so many."""
        left = self.limits.pictures - opened.looked_at
        pages = found.pages[: max(0, left)]
        opened.looked_at += len(pages)
        asked = replace(found, pages=pages)
        made = self._made(asked, opened) if pages else "rows_cut"
        document = scanned(found, made, part.path, self.limits)
        if isinstance(document, str) or len(pages) == len(found.pages):
            return document
        cut = finding("rows_cut", document_place(part.path))
        findings = dict.fromkeys((*document.findings, cut))
        return replace(document, findings=tuple(findings))


def _role_of_seen(document: Document, part: Part, opened: Opened) -> AttachmentRole:
    """Return the role of what was looked at; where there are no letters, it is told."""
    if document.blocks:
        return "other"
    if document.findings:
        return "unreadable"
    opened.pictures.append(part.path)
    return "other"


def _why(code: str, part: Part, kind: str) -> Finding:
    """Return the finding `code` of one attachment, for its sentence with the name."""
    given = {"name": part.path[-1]}
    if code == "type_unsupported":
        given["type"] = kind
    if code == "program_missing":
        given["program"] = _PROGRAMS.get(kind, "LibreOffice")
    return finding(code, document_place(part.path), **given)


def _broken_promise(name: str) -> str | None:
    """Return the code for bytes that are nothing, though their name says a file."""
    ending = name.lower().rpartition(".")[2]
    if _VOLUME.fullmatch(ending) or ending in _STRANGE:
        return "type_unsupported"
    return "file_damaged" if ending in _PROMISED else None


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
