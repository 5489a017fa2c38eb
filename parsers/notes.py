"""Take the mails out of DXL, the XML that HCL Notes exports documents as.

Only what Notes wrote as MIME is a mail. Of other documents the attached files come out
that Notes did not pack; their rich text and raw items are not read.
"""

import html
import re
from collections.abc import Iterator

import pybase64

from parsers.charsets import decode_text

_MIME = re.compile(r"<mime\b[^>]*>(.*?)</mime\s*>", re.DOTALL)
_SECTION = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|$)", re.DOTALL)
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}encoding=[\"']([\w-]{1,40})[\"']")
_FILE = re.compile(
    r"<file\b([^>]*)>(?:(?!</file>).)*?<filedata\b[^>]*>([^<]*)</filedata", re.DOTALL
)
_NAME = re.compile(r"\bname=(?:\"([^\"]*)\"|'([^']*)')")
_PACKED = re.compile(r"\bcompression=[\"'](?!none)")


def mails_in(dxl: bytes) -> Iterator[bytes]:
    """Yield the mails of a DXL file as raw messages, in their order."""
    for found in _MIME.finditer(_text(dxl)):
        raw = _content(found[1]).strip("\r\n ")
        if raw:
            yield raw.encode("utf-8", "replace")


def files_in(dxl: bytes) -> Iterator[tuple[str, bytes | None]]:
    """Yield name and bytes of attached files; None where Notes packed them."""
    for found in _FILE.finditer(_text(dxl)):
        name = _NAME.search(found[1])
        shown = html.unescape(name[1] or name[2] or "") if name else ""
        packed = _PACKED.search(found[1])
        yield shown, None if packed else pybase64.b64decode(found[2].encode("ascii"))


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
