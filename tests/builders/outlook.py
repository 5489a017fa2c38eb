"""Outlook's files, written by hand: .msg (MS-OXMSG), TNEF (MS-OXTNEF), packed RTF."""

import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.builders.compound import Storage, a_compound_file

#: Identifier -> value: text, bytes, a number, an instant.
Values = dict[int, "str | bytes | int | datetime"]
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def in_cp1258(text: str) -> bytes:
    """Return text as Windows writes it in Vietnam: every tone behind its vowel."""
    found = b""
    for letter in text:
        pieces = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in pieces if mark in _TONES)
        bare = "".join(mark for mark in pieces if mark not in _TONES)
        try:
            found += letter.encode("cp1258")
        except UnicodeEncodeError:
            found += (unicodedata.normalize("NFC", bare) + tones).encode("cp1258")
    return found


def packed_rtf(rtf: bytes, plain: bool = False) -> bytes:
    """Return compressed RTF: letters as they are, with repeats of one letter packed."""
    if plain:
        return struct.pack("<4L", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf
    out = bytearray()
    tokens: list[bytes] = []
    flags = 0
    at, position = 0, 207
    while at <= len(rtf):
        run = 0
        if at and at < len(rtf):
            while run < 17 and rtf[at + run : at + run + 1] == rtf[at - 1 : at]:
                run += 1
        if at == len(rtf):
            token, step = struct.pack(">H", (position & 4095) << 4), 1
        elif run >= 2:
            token = struct.pack(">H", ((position - 1) & 4095) << 4 | run - 2)
            step = run
        else:
            token, step = rtf[at : at + 1], 1
        flags |= (len(token) == 2) << len(tokens)
        tokens.append(token)
        at, position = at + step, position + step
        if len(tokens) == 8 or at > len(rtf):
            out += bytes([flags]) + b"".join(tokens)
            tokens, flags = [], 0
    return struct.pack("<4L", len(out) + 12, len(rtf), 0x75465A4C, 0) + bytes(out)


def wrapped_html(html: str) -> bytes:
    """Return HTML as Outlook wraps it into RTF: tags as tags, text as text."""
    body = b""
    for piece in html.replace("<", "\0<").replace(">", ">\0").split("\0"):
        raw = in_cp1258(piece)
        shown = b"".join(
            b"\\'%02x" % b
            if b > 127
            else b"\\" + bytes([b])
            if b in b"\\{}"
            else bytes([b])
            for b in raw
        )
        body += b"{\\*\\htmltag64 %s}" % shown if piece.startswith("<") else shown
        body += b"\\htmlrtf \\par\\f0 \\htmlrtf0 " if piece.startswith("<") else b""
    return (
        b"{\\rtf1\\ansi\\ansicpg1258\\fromhtml1 \\deff0"
        b"{\\fonttbl{\\f0\\fswiss\\fcharset163 Arial;}}{\\colortbl\\red0\\green0;}"
        b"\\uc1\\pard\\plain\\f0 " + body + b"}"
    )


@dataclass
class Mail:
    """A mail to be written; attachments are properties, or (properties, mail)."""

    values: Values
    attachments: Sequence[Values | tuple[Values, "Mail"]] = ()
    recipients: Sequence[Values] = ()
    codepage: str | None = None
    objects: Sequence[tuple[Values, Storage]] = field(default_factory=tuple)


def a_msg(mail: Mail) -> bytes:
    """Return a .msg; texts are UTF-16, or in the code page where the mail has one."""
    return a_compound_file(_storage(mail, 32))


def _storage(mail: Mail, head: int) -> Storage:
    found = _streams(mail.values, head, mail.codepage)
    for number, one in enumerate(mail.recipients):
        found[f"__recip_version1.0_#{number:08X}"] = _streams(one, 8, mail.codepage)
    all_of_them = [*mail.attachments, *mail.objects]
    for number, one in enumerate(all_of_them):
        values, inner = one if isinstance(one, tuple) else (one, None)
        streams = _streams(values, 8, mail.codepage)
        if isinstance(inner, Mail):
            streams["__substg1.0_3701000D"] = _storage(inner, 24)
        elif inner is not None:
            streams["__substg1.0_3701000D"] = inner
        found[f"__attach_version1.0_#{number:08X}"] = streams
    return found


def _streams(
    values: Values, head: int, codepage: str | None
) -> dict[str, bytes | Storage]:
    found: dict[str, bytes | Storage] = {}
    fixed = bytes(head)
    for ident, value in values.items():
        kind, raw, short = _value(value, codepage)
        fixed += struct.pack("<HHL", kind, ident, 6) + short.ljust(8, b"\0")
        if not isinstance(value, int | datetime):
            found[f"__substg1.0_{ident:04X}{kind:04X}"] = raw
    found["__properties_version1.0"] = fixed
    return found


def _value(value: object, codepage: str | None) -> tuple[int, bytes, bytes]:
    if isinstance(value, int):
        return 3, b"", struct.pack("<L", value)
    if isinstance(value, datetime):
        return (
            0x40,
            b"",
            struct.pack("<Q", int((value - _EPOCH).total_seconds()) * 10**7),
        )
    if isinstance(value, str):
        raw = in_cp1258(value) if codepage else value.encode("utf-16-le")
        return 0x1E if codepage else 0x1F, raw, struct.pack("<L", len(raw) + 2)
    assert isinstance(value, bytes)
    return 0x102, value, struct.pack("<L", len(value))


def _attribute(level: int, ident: int, data: bytes, kind: int = 6) -> bytes:
    head = struct.pack("<BHHL", level, ident, kind, len(data))
    return head + data + struct.pack("<H", sum(data) & 0xFFFF)


def mapi(values: dict[tuple[int, int], bytes], named: bool = False) -> bytes:
    """Return a MAPI attribute: (type, identifier) -> value as it stands."""
    out = struct.pack("<L", len(values) + named)
    if named:
        name = "tên riêng".encode("utf-16-le")
        out += (
            struct.pack("<HH", 0x1F, 0x8001)
            + bytes(16)
            + struct.pack("<LL", 1, len(name))
        )
        out += name.ljust(-(-len(name) // 4) * 4, b"\0")
        out += struct.pack("<LL", 1, 6) + b"a\0b\0\0\0\0\0"
    for (kind, ident), value in values.items():
        out += struct.pack("<HH", kind, ident)
        if kind in (0x0D, 0x1E, 0x1F, 0x102):
            out += struct.pack("<LL", 1, len(value))
            out += value.ljust(-(-len(value) // 4) * 4, b"\0")
        else:
            out += value.ljust(4, b"\0")
    return out


def a_tnef(
    *attachments: tuple[bytes, bytes | None, bytes], message: bytes = b""
) -> bytes:
    """Return a TNEF file of attachments: title, data, MAPI attribute."""
    out = struct.pack("<LH", 0x223E9F78, 1)
    out += _attribute(1, 0x9006, struct.pack("<L", 0x10000), 8)
    out += _attribute(1, 0x9007, struct.pack("<LL", 1258, 0))
    if message:
        out += _attribute(1, 0x9003, message)
    for title, data, properties in attachments:
        out += _attribute(2, 0x9002, struct.pack("<HLHHL", 1, 0, 0, 0, 0))
        out += _attribute(2, 0x8010, title + b"\0", 1)
        if data is not None:
            out += _attribute(2, 0x800F, data)
        if properties:
            out += _attribute(2, 0x9005, properties)
    return out
