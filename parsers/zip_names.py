"""Tell what the name of a zip member was meant to be, whatever its bytes claim.

Letters of VNI or TCVN3 come out as the Latin letters that carry them; nobody decodes
them here.
"""

import struct
import unicodedata
import zlib

#: Info-ZIP's Unicode path (APPNOTE 4.6.9): version, CRC-32 of the name, UTF-8.
_UNICODE_PATH = 0x7075
#: Sets in which names without the UTF-8 flag are seen, the standard's own first
#: (APPNOTE appendix D).
_SETS = ("cp437", "cp1258", "cp1252")
_OF_VIETNAMESE = frozenset(
    unicodedata.normalize("NFC", base + tone)
    for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
) | frozenset("đĐ")


def member_name(raw: bytes, extra: bytes = b"") -> str:
    """Return the name `raw` of a member whose extra field is `extra`.

    QUIRK: the flag for UTF-8 is set by few writers and wrong in some, so that bytes
    which are UTF-8 are taken for it. Windows writes its OEM set (Vietnamese: CP1258),
    old programs CP437.
    """
    if raw.isascii() and not extra:
        return raw.decode("ascii")
    unicode_path = _unicode_path(raw, extra)
    try:
        return _undoubled((unicode_path or raw).decode("utf-8"))
    except UnicodeDecodeError:
        readings = [(_likelihood(raw, name), -n) for n, name in enumerate(_SETS)]
        return _decoded(raw, _SETS[-max(readings)[1]])


def _undoubled(name: str) -> str:
    """Return `name` without a second encoding.

    QUIRK: a program that took UTF-8 for CP437 and packed the name again.
    """
    if not any("\u2500" <= letter <= "\u257f" for letter in name):
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _decoded(raw: bytes, name: str) -> str:
    return unicodedata.normalize("NFC", raw.decode(name, "replace"))


def _likelihood(raw: bytes, name: str) -> int:
    """Return how much the letters beyond ASCII look like a file's name.

    CP1258 has nothing but Vietnamese letters to offer that CP1252 has not.
    """
    stranger = -1 if name == "cp1258" else 1
    letters = [letter for letter in _decoded(raw, name) if letter > "\x7f"]
    return sum(_weight(letter, stranger) for letter in letters)


def _weight(letter: str, stranger: int) -> int:
    if letter in _OF_VIETNAMESE:
        return 3
    if letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN"):
        return stranger
    # Lines of a frame, Greek and what no set has: nobody writes that into a name.
    odd = letter.isalpha() or "\u2500" <= letter <= "\u25ff" or letter == "\ufffd"
    return -1 if odd else min(stranger, 0)


def _unicode_path(raw: bytes, extra: bytes) -> bytes | None:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        field = extra[at + 4 : at + 4 + length]
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            # A name that was changed since makes the field void.
            return field[5:] if field[1:5] == _crc(raw) else None
        at += 4 + length
    return None


def _crc(raw: bytes) -> bytes:
    return struct.pack("<L", zlib.crc32(raw))
