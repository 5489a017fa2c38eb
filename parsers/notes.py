"""Take the mails out of DXL, the XML that HCL Notes exports documents as.

Only what Notes wrote as MIME is a mail. Of other documents the attached files come out
that Notes did not pack; their rich text and raw items are not read.
"""

import html
import re
from collections.abc import Iterator

import pybase64

from parsers.charsets import decode_text

_MIME = re.compile(r"<mime\b[^>]{0,1000}>")
_MIME_END = "</mime"
_SECTION = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|$)", re.DOTALL)
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}encoding=[\"']([\w-]{1,40})[\"']")
_FILE = re.compile(r"<file\b([^>]{0,2000})>")
_DATA = re.compile(r"<filedata\b[^>]{0,1000}>([^<]*)")
_NAME = re.compile(r"\bname=(?:\"([^\"]*)\"|'([^']*)')")
_PACKED = re.compile(r"\bcompression=[\"'](?!none)")


def mails_in(dxl: bytes) -> Iterator[bytes]:
    """Yield the mails of a DXL file as raw messages, in their order."""
    text = _text(dxl)
    begin = _MIME.search(text)
    while begin is not None:
        end = text.find(_MIME_END, begin.end())
        if end < 0:
            return
        raw = _content(text[begin.end() : end]).strip("\r\n ")
        if raw:
            yield raw.encode("utf-8", "replace")
        begin = _MIME.search(text, end)


def files_in(dxl: bytes) -> Iterator[tuple[str, bytes | None]]:
    """Yield name and bytes of attached files; None where Notes packed them, or where
    the bytes are damaged.
    """
    text = _text(dxl)
    begin = _FILE.search(text)
    while begin is not None:
        following = _FILE.search(text, begin.end())
        end = following.start() if following else len(text)
        data = _DATA.search(text, begin.end(), end)
        name = _NAME.search(begin[1])
        shown = html.unescape(name[1] or name[2] or "") if name else ""
        if data is not None:
            yield shown, None if _PACKED.search(begin[1]) else _bytes(data[1])
        begin = following


def _bytes(letters: str) -> bytes | None:
    try:
        return pybase64.b64decode(letters.encode("ascii"))
    except ValueError:
        return None


def _text(dxl: bytes) -> str:
    declared = _ENCODING.search(dxl[:400])
    return decode_text(dxl, declared[1].decode("ascii") if declared else None)


def _content(inner: str) -> str:
    """Return the text of an element: escaped letters, and sections as they are."""
    pieces = []
    end = 0
    for section in _SECTION.finditer(inner):
        pieces += [html.unescape(inner[end : section.start()]), section[1]]
        end = section.end()
    return "".join([*pieces, html.unescape(inner[end:])])
