"""The bytes of a mail: its header and the two bodies, fixed to the last byte.

QUIRK: the library's EmailMessage loses spaces between the encoded words of a long
Vietnamese subject (Python 3.7 to 3.13.0), so that words are encoded here.
"""

import base64
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from daemon.compose.office import ComposeError

WIDTH = 78
#: RFC 2047 2: an encoded word is at most 75 characters, of which 12 are its frame.
_WORD_BYTES = 45
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")
_IDENTIFIER = re.compile(r"<[!-;=?-~]+>")
_ADDRESS = re.compile(r"[!-~]+@[A-Za-z0-9.\[\]:-]+")
_FORBIDDEN = re.compile(r"[<>(),;\\\s]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST_ID, _ALL_IDS, _MOST_IDS = 250, 1500, 10


@dataclass(frozen=True, slots=True)
class Bodies:
    """The same words twice: plain text with LF, and HTML."""

    text: str
    html: str


def identifier(text: str | None) -> str | None:
    """Return a Message-ID that may stand in our header, or None."""
    found = (text or "").strip()
    fits = len(found) <= _LONGEST_ID and _IDENTIFIER.fullmatch(found)
    return found if fits else None


def references(before: Iterable[str], answered: str | None) -> tuple[str, ...]:
    """Return the thread as RFC 5322 3.6.4 wants it: the first and the last, bounded."""
    asked = [*before, answered or ""]
    found = list(dict.fromkeys(i for i in map(identifier, asked) if i is not None))
    if len(found) > _MOST_IDS:
        found = [found[0], *found[1 - _MOST_IDS :]]
    while sum(map(len, found)) > _ALL_IDS:
        del found[min(1, len(found) - 1)]
    return tuple(found)


def recipient(address: str) -> str:
    """Return an address as it stands in a header; ComposeError for one that cannot."""
    local, _, domain = address.strip().rpartition("@")
    try:
        found = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError as error:
        raise ComposeError("a recipient's domain is none") from error
    if not _ADDRESS.fullmatch(found) or _FORBIDDEN.search(found) or len(found) > 254:
        raise ComposeError("a recipient's address cannot stand in a header")
    return found


def text_field(name: str, value: str) -> str:
    """Return an unstructured field with its line end, in encoded words if need be."""
    if _PLAIN.fullmatch(value) and "=?" not in value:
        whole = f"{name}: {value}\r\n"
        if len(whole) <= WIDTH:
            return whole
    words = encoded_words(value, WIDTH - len(name) - 2)
    return f"{name}: " + "\r\n ".join(words) + "\r\n"


def mailbox_field(name: str, shown: str, address: str) -> str:
    """Return an address field with a display name."""
    words = encoded_words(shown, WIDTH - len(name) - 2) if shown else []
    return f"{name}: " + "\r\n ".join([*words, f"<{recipient(address)}>"]) + "\r\n"


def token_field(name: str, tokens: Sequence[str]) -> str:
    """Return a field of words that may not be encoded, folded between them.

    Every token is printable ASCII; ComposeError otherwise.
    """
    field = f"{name}:"
    for token in tokens:
        if not token.isascii() or _CONTROL.search(token):
            raise ComposeError(f"{name} cannot be written")
        last = len(field) - field.rfind("\n") - 1
        fits = last + 1 + len(token) <= WIDTH
        field += (" " if fits else "\r\n ") + token
    return field + "\r\n"


def date_field(date: datetime) -> str:
    """Return the Date field of an aware instant."""
    return f"Date: {format_datetime(date)}\r\n"


def encoded_words(text: str, first: int) -> list[str]:
    """Return `text` as RFC 2047 words, never cut inside a character.

    `first` is how many characters the first line leaves.
    """
    words, current = [], b""
    room = min(_WORD_BYTES, max(4, (first - 12) // 4 * 3))
    for character in text:
        octets = character.encode("utf-8", "replace")
        if len(current) + len(octets) > room:
            words.append(current)
            current, room = b"", _WORD_BYTES
        current += octets
    words.append(current)
    return [f"=?utf-8?b?{base64.b64encode(w).decode()}?=" for w in words if w]


def framed(header: str, bodies: Bodies, boundary: str) -> bytes:
    """Return the whole mail. `header` is its fields, each with a CRLF.

    `boundary` must begin with `=`, which base64 never has at the start of a line.
    """
    kind = f'multipart/alternative;\r\n boundary="{boundary}"'
    parts = _part("plain", bodies.text, boundary) + _part("html", bodies.html, boundary)
    whole = f"{header}MIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n{parts}"
    return f"{whole}--{boundary}--\r\n".encode("ascii")


def _part(subtype: str, text: str, boundary: str) -> str:
    octets = text.replace("\n", "\r\n").encode("utf-8", "replace")
    coded = base64.encodebytes(octets).decode("ascii").replace("\n", "\r\n")
    return (
        f'--{boundary}\r\nContent-Type: text/{subtype}; charset="utf-8"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{coded}"
    )
