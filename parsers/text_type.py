"""Tell kinds of text apart: HTML, XML, mail, columns, prose.

Files that begin with a magic number never come here.
"""

import csv
import re

_LOOKED_AT = 64 * 1024
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
#: Control characters that text has no use for; ESC stands in some old mails.
_CONTROL = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROL = 0.002

_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|table|meta"
    r"|div|p|span|font|center|h[1-6]|style|title|script|b|br)\b[^<]{0,2000}>",
    re.IGNORECASE | re.DOTALL,
)
_XML_HEAD = re.compile(r"\s*<\?xml[^>]*\?>\s*")
_MOST_COMMENTS = 20
_XML = re.compile(r"\s*<(?:\?xml\b|!DOCTYPE\b|[A-Za-z_][\w.:-]*[\s>/])")
#: Office files that are one XML file each, by their root and what it holds.
_OFFICE_XML = (
    (re.compile(r"<(?:\w+:)?wordDocument\b[^>]*office/word/2003/wordml"), "wordml"),
    (re.compile(r"<office:document\b[^>]*opendocument\.text\b"), "fodt"),
    (re.compile(r"<pkg:package\b[^>]*2006/xmlPackage.*?/word/", re.DOTALL), "opc"),
)
#: A web archive (RFC 2557) begins like a mail that was sent by nobody to nobody.
_ARCHIVE = re.compile(r"^content-type:\s*multipart/related\b", re.I | re.M)
_POSTED = re.compile(
    r"^(to|cc|received|delivered-to|return-path|message-id|from:[^\r\n]*@)", re.I | re.M
)
_DXL = re.compile(r"<(?:document|database|note)\b[^>]*lotus\.com/dxl", re.IGNORECASE)
#: A page with its pictures, saved by Office or by a browser in the shape of a mail.
_SAVED_PAGE = re.compile(
    r'(?:[!-9;-~]+:[^\n]*\n){0,3}(?:X-Document-Type:|From: *["<]?Saved by )',
    re.IGNORECASE,
)
_HEADER = re.compile(r"(?:[!-9;-~]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)+")
_MAIL_FIELDS = re.compile(
    r"^(from|to|subject|date|received|message-id|mime-version|return-path|content-type"
    r"|delivered-to|x-[\w-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_LEAST_FIELDS = 3
_BEGINNINGS = (
    ("BEGIN:VCALENDAR", "ics"),
    ("BEGIN:VCARD", "vcf"),
    ("[InternetShortcut]", "url"),
    ("From ", "mbox"),
)
#: Files that hold nothing but an address: Windows, macOS, Linux, Google's own.
_SHORTCUT = (
    (re.compile(r"\[[{\w][^\]\n]{0,60}\]\s[^\[]{0,500}\[InternetShortcut\]"), "url"),
    (re.compile(r"\s*\[Desktop Entry\]"), "url"),
    (re.compile(r"\s*\{[^{}]{0,500}\"https://(?:docs|drive)\.google\.com/"), "url"),
    (
        re.compile(
            r"(?:<\?xml[^>]{0,200}>|<!DOCTYPE[^>]{0,200}>|<plist[^>]{0,100}>|\s)*"
            r"<dict>\s*<key>URL</key>"
        ),
        "webloc",
    ),
)
_UUENCODED = re.compile(
    r"begin(?:-base64 [0-7]{3,4} [^\r\n]+| [0-7]{3,4} [^\r\n]+\r?\n[ -`]*)\r?\n"
)
_DELIMITERS = ("\t", ";", ",")
_SAID = re.compile(r'"?sep=."?[ ;,\t]*\r?\n', re.IGNORECASE)
_LEAST_LINES, _LOOKED_AT_LINES = 3, 50


def text_type(payload: bytes, name: str | None) -> str | None:
    """Return the kind of text in `payload`; None where it is no text.

    `name` matters only between `csv`, `tsv`, `text`, and `eml` with a short header.
    """
    text = _beginning(payload)
    if text is None:
        return None
    for mark, kind in _BEGINNINGS:
        if text.startswith(mark):
            return kind if kind != "mbox" or _is_mail(_after_line(text)) else "text"
    for pattern, kind in _SHORTCUT:
        if pattern.match(text):
            return kind
    if _UUENCODED.match(text):
        return "uu"
    if _HTML.match(_past_comments(text)):
        return "html"
    if _XML.match(text):
        return _xml_type(text)
    if _SAVED_PAGE.match(text) or _is_web_archive(text):
        return "mht"
    if _is_mail(text, 1 if (name or "").lower().endswith(".eml") else _LEAST_FIELDS):
        return "eml"
    return _columns(text, name) or "text"


def _beginning(payload: bytes) -> str | None:
    head = payload[:_LOOKED_AT]
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head[len(bom) :].decode(encoding, "replace")
    if len(_CONTROL.findall(head)) > _MOST_CONTROL * len(head):
        return _without_bom(head)
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError:
        return head.decode("latin-1")


def _without_bom(head: bytes) -> str | None:
    """Return UTF-16 without its mark: every second byte of Latin letters is zero."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half and odd > 0.4 * half and even < 0.05 * half:
        return head.decode("utf-16-le", "replace")
    if half and even > 0.4 * half and odd < 0.05 * half:
        return head.decode("utf-16-be", "replace")
    return None


def _past_comments(text: str) -> str:
    """Return `text` without the declaration and the comments that it begins with."""
    at = _XML_HEAD.match(text)
    text = text[at.end() :] if at else text.lstrip()
    for _ in range(_MOST_COMMENTS):
        if not text.startswith("<!--"):
            break
        text = text.partition("-->")[2].lstrip()
    return text


def _xml_type(text: str) -> str:
    if "<html" in text[:2000].lower():
        return "html"
    for root, kind in _OFFICE_XML:
        if root.search(text):
            return kind
    return "dxl" if _DXL.search(text) else "xml"


def _after_line(text: str) -> str:
    return text.partition("\n")[2]


def _is_mail(text: str, least: int = _LEAST_FIELDS) -> bool:
    header = _HEADER.match(text)
    if header is None:
        return False
    fields = {f.lower() for f in _MAIL_FIELDS.findall(header[0])}
    return len(fields) >= least


def _is_web_archive(text: str) -> bool:
    header = _HEADER.match(text)
    if header is None or not re.search(r"^mime-version:", header[0], re.I | re.M):
        return False
    return bool(_ARCHIVE.search(header[0])) and not _POSTED.search(header[0])


def _columns(text: str, name: str | None) -> str | None:
    """Return `csv` or `tsv` where every line has the same number of delimiters.

    Excel's own line `sep=;` says so by itself.
    """
    if _SAID.match(text):
        return "csv"
    ending = (name or "").lower().rpartition(".")[2]
    if ending in ("csv", "tsv"):
        first = text.partition("\n")[0]
        return "tsv" if ending == "tsv" or _prefers_tabs(first) else "csv"
    lines = [line for line in text.splitlines()[:-1] or [text] if line.strip()]
    lines = lines[:_LOOKED_AT_LINES]
    if len(lines) < _LEAST_LINES:
        return None
    for delimiter in _DELIMITERS:
        counts = {len(row) for row in csv.reader(lines, delimiter=delimiter)}
        if len(counts) == 1 and counts.pop() > 2:
            return "tsv" if delimiter == "\t" else "csv"
    return None


def _prefers_tabs(line: str) -> bool:
    return line.count("\t") > max(line.count(","), line.count(";"))
