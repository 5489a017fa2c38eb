"""The bytes of a mail: its header, two bodies and files, fixed to the last byte.

QUIRK: the library's EmailMessage loses spaces between the encoded words of a long
Vietnamese subject (Python 3.7 to 3.13.0), so that words are encoded here.
"""

import base64
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from daemon.compose.clean import line
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
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
#: What file systems and headers take amiss in a name.
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*;%]')
_LONGEST_NAME = 100
#: Characters of one piece of a file's name: a line of 78 holds its frame too.
_PIECE = 55


@dataclass(frozen=True, slots=True)
class Bodies:
    """The same words twice: plain text with LF, and HTML."""

    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a mail: `type` is its media type, as `text/csv`."""

    name: str
    type: str
    payload: bytes


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


def framed(
    header: str, bodies: Bodies, boundary: str, attached: Sequence[Attached] = ()
) -> bytes:
    """Return the whole mail. `header` is its fields, each with a CRLF.

    `boundary` must begin with `=`, which base64 never has at the start of a line. Files
    stand behind the bodies (RFC 2046 5.1.3, 5.1.4); a mail without one has no frame for
    them. Raises ComposeError for a file's type that is none.
    """
    inner = f"{boundary}.b" if attached else boundary
    said = [_text("plain", bodies.text), _text("html", bodies.html)]
    whole = _multipart("alternative", inner, said)
    if attached:
        files = [_file(one) for one in attached]
        whole = _multipart("mixed", f"{boundary}.m", [whole, *files])
    return f"{header}MIME-Version: 1.0\r\n{whole}".encode("ascii")


def _multipart(subtype: str, boundary: str, parts: Iterable[str]) -> str:
    inner = "".join(f"--{boundary}\r\n{part}" for part in parts)
    kind = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"'
    return f"{kind}\r\n\r\n{inner}--{boundary}--\r\n"


def _text(subtype: str, text: str) -> str:
    octets = text.replace("\n", "\r\n").encode("utf-8", "replace")
    kind = f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
    return kind + _base64(octets)


def _file(attached: Attached) -> str:
    """Return the part of a file, its name in the two ways that clients know.

    QUIRK: older clients know no RFC 2231, and some decode each of its pieces alone: the
    name without its accents stands in the Content-Type, and no piece cuts a letter.
    """
    if not _MEDIA_TYPE.fullmatch(attached.type):
        raise ComposeError("a file's type cannot be written")
    name = file_name(attached.name)
    plain = unaccented(name)
    shown = [f'filename="{plain}"'] if name == plain else list(_extended(name))
    fields = (
        ("Content-Type", [attached.type, f'name="{plain}"']),
        ("Content-Disposition", ["attachment", *shown]),
    )
    head = "".join(f"{key}: " + ";\r\n ".join(told) + "\r\n" for key, told in fields)
    return head + _base64(attached.payload)


def _base64(octets: bytes) -> str:
    coded = base64.encodebytes(octets).decode("ascii").replace("\n", "\r\n")
    return f"Content-Transfer-Encoding: base64\r\n\r\n{coded}"


def file_name(name: str) -> str:
    """Return a file's name that every system takes, cut before its ending."""
    clean = _NOT_IN_NAMES.sub("-", line(name, 1000)).strip(" .") or "tep"
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending) > 8:
        return clean[:_LONGEST_NAME]
    return f"{stem[: _LONGEST_NAME - len(ending) - 1].strip()}.{ending}"


def unaccented(name: str) -> str:
    """Return a name in printable ASCII: letters without accents, else `_`."""
    bare = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    kept = (c for c in bare if not unicodedata.combining(c))
    return "".join(c if " " <= c <= "~" else "_" for c in kept)


def _extended(name: str) -> Iterator[str]:
    """Yield the pieces of a name by RFC 2231 3 and 4, whole letters in each."""
    pieces, current = [], ""
    for letter in name:
        coded = quote(letter, safe="", errors="replace")
        if len(current) + len(coded) > _PIECE:
            pieces.append(current)
            current = ""
        current += coded
    pieces.append(current)
    if len(pieces) == 1:
        yield f"filename*=utf-8''{pieces[0]}"
        return
    for number, piece in enumerate(pieces):
        start = "utf-8''" if number == 0 else ""
        yield f"filename*{number}*={start}{piece}"
