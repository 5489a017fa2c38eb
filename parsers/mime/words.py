"""Decode the encoded words of header text (RFC 2047), as people's programs write them.

It does not parse addresses or parameters.
"""

import binascii
import re

from parsers.charsets import decode_text
from parsers.mime.transfer import decode_letters

#: QUIRK: blanks inside the text of a Q word and words that touch each other are
#: forbidden and common. `*vi` is the language tag of RFC 2231 section 5.
_WORD = re.compile(r"=\?([^?*\s]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*)\?=")


def decode_words(text: str) -> str:
    """Return `text` with its encoded words decoded; the rest stays as it is.

    Neighbouring words of one charset are joined as bytes first, since a letter may be
    cut between them. Runs in linear time; never raises.
    """
    if "=?" not in text:
        return text
    pieces: list[str] = []
    waiting: list[bytes] = []
    charset, end = "", 0
    for word in _WORD.finditer(text):
        between = text[end : word.start()]
        touching = end > 0 and not between.strip()
        if waiting and not (touching and word[1].lower() == charset):
            pieces.append(decode_text(b"".join(waiting), charset))
            waiting = []
        if not touching:
            pieces.append(between)
        charset, end = word[1].lower(), word.end()
        if waiting and _lost_blank(between, waiting[-1], charset):
            waiting.append(b" ")
        waiting.append(_word_bytes(word[2], word[3]))
    if waiting:
        pieces.append(decode_text(b"".join(waiting), charset))
    return "".join(pieces) + text[end:]


def _lost_blank(between: str, before: bytes, charset: str) -> bool:
    """Tell whether a blank of the text stands between two encoded words.

    QUIRK: Python's own mail writer ends an encoded word before a blank, folds, and
    writes the blank where every reader drops it: "Sơn" and "đăng" become "Sơnđăng".
    Two blanks give it away; other programs fold with one, or with a tab.
    """
    if between != "  " or charset != "utf-8" or before[-1:].isspace():
        return False
    try:
        before.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return binascii.a2b_qp(raw.replace(b" ", b"_"), header=True)
    return decode_letters(raw.split(b"=", 1)[0])
