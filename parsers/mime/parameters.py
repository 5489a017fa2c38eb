"""Read the value of a structured MIME header: `type/subtype; name=value`.

It does not know which header it reads, and does not decode charsets of bodies.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from parsers.charsets import decode_text
from parsers.mime.words import decode_words

#: One parameter from its semicolon on. QUIRK: values with blanks and without quotes,
#: and a quote that is never closed, are read as far as they can mean something.
_PARAMETER = re.compile(
    r"""\s*([^\s=;"()]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)(?:"|$)|([^;]*))""", re.DOTALL
)
_FIRST_WORD = re.compile(r"\s*([^\s=;\"]+)[\s,]+(?=[^\s=;\"]+\s*=)")
_ESCAPED = re.compile(r'\\(["\\])')
_SEGMENT = re.compile(r"^([^*]+)\*(?:(\d{1,4})(\*)?)?$")
_COMMENT = re.compile(r"\([^()\"]*\)\s*$")
#: Longer values hold a name or a boundary and are not seen twice.
_OFTEN_SEEN = 64


@dataclass(frozen=True, slots=True)
class Structured:
    """`main` is the part before the first semicolon, lower case, without comments.

    It is shared between parts: treat it as read-only.
    """

    main: str
    parameters: dict[str, str]

    def get(self, name: str) -> str | None:
        """Return the decoded parameter of that lower-case name, or None."""
        return self.parameters.get(name)


def read_structured(value: str) -> Structured:
    """Return the parts of an unfolded header value.

    Parameters cut by RFC 2231 are joined as bytes before they are decoded, and win
    over a plain parameter of the same name; else the first of a name counts. Encoded
    words in a parameter are decoded although RFC 2047 forbids them there.
    """
    return _read_short(value) if len(value) <= _OFTEN_SEEN else _read(value)


def _read(value: str) -> Structured:
    main, _, rest = value.partition(";")
    if "=" in main:
        # QUIRK: `Content-Disposition: filename=x` without its first word, or without
        # the semicolon behind it.
        word = _FIRST_WORD.match(value)
        main, rest = (word[1], value[word.end() :]) if word else ("", value)
    main = _COMMENT.sub("", main.strip()).strip().lower()
    plain: dict[str, str] = {}
    segments: dict[str, list[tuple[int, bool, str]]] = {}
    for name, text in _raw_parameters(rest):
        cut = _SEGMENT.match(name)
        if cut:
            piece = (int(cut[2] or 0), cut[2] is None or bool(cut[3]), text)
            segments.setdefault(cut[1], []).append(piece)
        else:
            plain.setdefault(name, _decode_plain(text))
    joined = {name: _join(pieces) for name, pieces in segments.items()}
    return Structured(main, plain | {k: v for k, v in joined.items() if v})


_read_short = lru_cache(maxsize=512)(_read)


def _raw_parameters(rest: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    position = 0
    while position < len(rest):
        match = _PARAMETER.match(rest, position)
        if match is None:
            position = _after_semicolon(rest, position)
            continue
        quoted = match[2]
        text = _ESCAPED.sub(r"\1", quoted) if quoted is not None else match[3].strip()
        found.append((match[1].lower(), text))
        position = _after_semicolon(rest, match.end())
    return found


def _after_semicolon(rest: str, position: int) -> int:
    semicolon = rest.find(";", position)
    return len(rest) if semicolon < 0 else semicolon + 1


def _join(pieces: list[tuple[int, bool, str]]) -> str:
    """Return the text of RFC 2231 pieces, of which each may break a letter in two."""
    charset: str | None = None
    raw = bytearray()
    waiting = ""
    for index, extended, text in sorted(pieces, key=lambda p: p[0]):
        if not extended:
            raw += unquote_to_bytes(waiting) + text.encode("utf-8", "surrogateescape")
            waiting = ""
            continue
        if index == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        # QUIRK: the cut may stand between the percent sign and its digits.
        waiting += text
    raw += unquote_to_bytes(waiting)
    return decode_words(decode_text(bytes(raw), charset))


def _decode_plain(text: str) -> str:
    if "=?" in text:
        return decode_words(text)
    if "%" not in text:
        return text
    # QUIRK: some web mailers percent-encode a name without RFC 2231's star. Only what
    # becomes sound text with letters beyond ASCII was meant so ("100%.xlsx" was not).
    raw = unquote_to_bytes(text)
    try:
        decoded = raw.decode("utf-8")
    except UnicodeDecodeError:
        return text
    return text if raw.isascii() else decoded
