"""Take uuencoded files out of a text body (POSIX uuencode), and leave the text.

A line that only looks like a beginning stays text.
"""

import re
from typing import NamedTuple

from parsers.charsets import decode_text
from parsers.mime.names import shown_name
from parsers.mime.transfer import decode_letters, uu_line

_BEGIN = re.compile(
    rb"^begin(-base64)? [0-7]{3,4} ([^\r\n]{1,1000})\r?\n", re.MULTILINE
)
_LINE = re.compile(rb"([^\r\n]*)(?:\r?\n|$)")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{4,}={0,2}")
_UU = re.compile(rb"[ -`]*")
_ENDS = (b"end", b"====")


class Extracted(NamedTuple):
    """The text without the files, and name and bytes of each in order."""

    text: bytes
    files: tuple[tuple[str, bytes], ...]


def take_out(payload: bytes, most: int) -> Extracted:
    """Return text and files of a body; more than `most` files stay text."""
    text: list[bytes] = []
    files: list[tuple[str, bytes]] = []
    end = 0
    begin = _BEGIN.search(payload)
    while begin is not None and len(files) < most:
        data, after = _file(payload, begin.end(), bool(begin[1]))
        if data is None:
            begin = _BEGIN.search(payload, begin.end())
            continue
        text.append(payload[end : begin.start()])
        files.append((shown_name(decode_text(begin[2], None)), data))
        end = after
        begin = _BEGIN.search(payload, end)
    return Extracted(b"".join([*text, payload[end:]]), tuple(files))


def _file(payload: bytes, at: int, base64: bool) -> tuple[bytes | None, int]:
    """Return the file whose first line begins at `at`, and where it ends.

    None where no line of the encoding follows. A file without its end goes as far as
    its lines do.
    """
    decoded: list[bytes] = []
    ended = False
    start = at
    while at < len(payload) and not ended:
        line = _LINE.match(payload, at)
        assert line is not None
        bare = line[1].rstrip(b" \t")
        ended = bare in _ENDS
        piece = b"" if ended or bare == b"`" else _decoded(line[1], base64)
        if piece is None and bare:
            break
        if piece is not None:
            decoded.append(piece)
        at = line.end()
    if not decoded or not (ended or base64 or _full(payload, start)):
        return None, at
    return b"".join(decoded), at


def _full(payload: bytes, at: int) -> bool:
    """Say whether the line at `at` has all the letters that its first one promises."""
    line = _LINE.match(payload, at)
    return line is not None and len(line[1]) > _letters(line[1])


def _decoded(line: bytes, base64: bool) -> bytes | None:
    """Return what one line says; None where it is none of the encoding."""
    if base64:
        return decode_letters(line) if _BASE64.fullmatch(line.strip()) else None
    if not line or not 32 < line[0] <= 96:
        return None
    letters = _letters(line)
    # QUIRK: blanks at the end of a line are lost on the way, and some programs add a
    # letter as a checksum.
    body = line[1:]
    if len(body) > letters + 2 or _UU.fullmatch(body) is None:
        return None
    return uu_line(line[:1] + body[:letters].ljust(letters, b" "))


def _letters(line: bytes) -> int:
    """Return how many letters follow the first of a line, which tells its bytes."""
    return ((line[0] - 32 & 63) + 2) // 3 * 4
