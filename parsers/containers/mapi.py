"""Read Outlook's properties: names, texts and times, as .msg and TNEF both hold them.

Where the properties stand in a file is for the readers of the two formats.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from parsers.charsets import decode_text
from parsers.containers.lzfu import unpack_rtf
from parsers.containers.rtf_html import html_in, text_in
from parsers.errors import ParserError
from parsers.mime.names import shown_name
from parsers.values.message import Part

#: Types of values (MS-OXCDATA 2.11.1).
OBJECT, STRING8, UNICODE, TIME, BINARY = 0x0D, 0x1E, 0x1F, 0x40, 0x102
#: Identifiers of properties (MS-OXPROPS).
SUBJECT, BODY, RTF, HTML = 0x0037, 0x1000, 0x1009, 0x1013
DATA, METHOD = 0x3701, 0x3705
_INTERNET_CODEPAGE, _MESSAGE_CODEPAGE = 0x3FDE, 0x3FFD
#: What an attachment is called: long name, short name, display name.
_FILE_NAMES = (0x3707, 0x3704, 0x3001)
_MIME_TYPE = 0x370E
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_MOST_TEXT = 32 * 1024 * 1024
#: Name of a body that only an office program reads; the word is the office's.
_RTF_NAME = "noi-dung.rtf"
_UTF8 = 65001


@dataclass(slots=True)
class Properties:
    """Identifier -> (type, value as it stands); of several values the first."""

    values: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    codepage: int = 0

    def data(self, ident: int) -> bytes | None:
        """Return the value as bytes; None where there is none."""
        found = self.values.get(ident)
        return found[1] if found else None

    def number(self, ident: int) -> int | None:
        """Return the value of a number."""
        raw = self.data(ident)
        return int.from_bytes(raw[:4], "little") if raw else None

    def text(self, *idents: int) -> str | None:
        """Return the first text of these identifiers that says something."""
        for ident in idents:
            kind, raw = self.values.get(ident, (0, b""))
            text = self._decoded(kind, raw[:_MOST_TEXT]).strip("\0 \r\n\t")
            if text:
                return text
        return None

    def time(self, *idents: int) -> datetime | None:
        """Return the first instant of these identifiers (100 ns since 1601)."""
        for ident in idents:
            kind, raw = self.values.get(ident, (0, b""))
            if kind == TIME and len(raw) == 8 and any(raw):
                micros = int.from_bytes(raw, "little") // 10
                if micros < 10**17:
                    return _EPOCH + timedelta(microseconds=micros)
        return None

    @property
    def charset(self) -> str | None:
        """Return the set of letters of texts that are not Unicode."""
        page = self.number(_MESSAGE_CODEPAGE) or self.codepage
        return _charset(page or self.number(_INTERNET_CODEPAGE))

    @property
    def html_charset(self) -> str | None:
        """Return the set of letters of the HTML."""
        return _charset(self.number(_INTERNET_CODEPAGE)) or self.charset

    def _decoded(self, kind: int, raw: bytes) -> str:
        if kind == UNICODE:
            return raw.decode("utf-16-le", "replace")
        return decode_text(raw, self.charset) if kind == STRING8 else ""


def _charset(page: int | None) -> str | None:
    if not page:
        return None
    return "utf-8" if page == _UTF8 else f"cp{page}"


def file_name(properties: Properties, fallback: str = "") -> str:
    """Return what an attachment is called, "" for nothing.

    A name with letters lost on the way to a code page gives way to a sound one.
    """
    names = [properties.text(ident) or "" for ident in _FILE_NAMES] + [fallback]
    shown = [name for name in map(shown_name, names) if name]
    sound = [name for name in shown if "\ufffd" not in name and "?" not in name]
    return next(iter(sound or shown), "")


def media_type(properties: Properties) -> str:
    """Return the type that an attachment claims."""
    claimed = (properties.text(_MIME_TYPE) or "").lower()
    return claimed if "/" in claimed[:200] else "application/octet-stream"


def bodies(properties: Properties, owner: Part) -> Iterator[Part]:
    """Yield the texts of a mail as parts like `owner`, which has their path.

    Plain text that HTML says again is marked so. RTF that never was HTML is a file of
    its own where it holds a table, else plain text. Raises ParserError for RTF that is
    damaged, behind what could be read.
    """
    html, rtf, fault = _html(properties), b"", None
    packed = properties.data(RTF)
    if html is None and packed:
        wrapped = None
        try:
            rtf = unpack_rtf(packed)
            wrapped = html_in(rtf)
        except ParserError as error:
            fault = error
        html = (wrapped.encode("utf-8", "replace"), "utf-8") if wrapped else None
    text = properties.text(BODY)
    table = b"\\trowd" in rtf
    if not text and html is None and not table:
        text = text_in(rtf).strip()
    if text:
        plain = text.encode("utf-8", "replace")
        alternative = html is not None
        yield _body(owner, "text", plain, "utf-8", alternative)
    if html is not None:
        yield _body(owner, "html", *html)
    elif table:
        path = (*owner.path, _RTF_NAME)
        yield replace(owner, path=path, payload=rtf, declared_type="text/rtf")
    if fault is not None:
        raise fault


def _body(
    owner: Part, kind: str, payload: bytes, charset: str | None, again: bool = False
) -> Part:
    return replace(
        owner,
        declared_type="text/plain" if kind == "text" else "text/html",
        payload=payload,
        body="text" if kind == "text" else "html",
        charset=charset,
        alternative=again,
    )


def _html(properties: Properties) -> tuple[bytes, str | None] | None:
    kind, raw = properties.values.get(HTML, (0, b""))
    if not raw.strip(b"\0 \r\n"):
        return None
    if kind == UNICODE:
        return raw.decode("utf-16-le", "replace").encode("utf-8", "replace"), "utf-8"
    return raw.rstrip(b"\0"), properties.html_charset
