"""Bring Vietnamese text to one form: for display, and for comparing.

It does not decode legacy encodings; that is done before, on the raw letters.
"""

import re
import unicodedata
from functools import lru_cache

#: Longer texts are seldom seen twice; keeping them would only cost memory.
_CACHED_LENGTH = 80

_LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\u2028\u2029]")

#: Characters without width that mail programs and offices leave behind: soft hyphen,
#: zero-width space and joiners, direction marks, word joiner, byte order mark.
_INVISIBLE = dict.fromkeys(
    [
        0x00AD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
        *range(0x2066, 0x206A),
        0xFEFF,
        *(c for c in range(0x20) if c not in (0x09, 0x0A)),
        *range(0x7F, 0xA0),
    ]
)

#: QUIRK: Ð and ð (Eth) stand for Đ and đ where CP1258 text was read as CP1252; Ɖ comes
#: from some OCR programs. Full-width forms come from East Asian keyboards.
_SAME_LETTER = {0x00D0: "đ", 0x00F0: "đ", 0x0189: "đ"} | {
    code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)
}

_TONED = {"o": "òóỏõọ", "u": "ùúủũụ"}
_SECOND = {"a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ"}
#: hòa -> hoà, khỏe -> khoẻ, thủy -> thuỷ: the tone on the second letter, which is also
#: where closed syllables (hoàn) have it, so that no look at what follows is needed.
_TONE_MOVED = {
    first + second: base + toned
    for base, second in (("o", "a"), ("o", "e"), ("u", "y"))
    for first, toned in zip(_TONED[base], _SECOND[second], strict=True)
}
_TONE_PLACE = re.compile("[òóỏõọ][ae]|[ùúủũụ]y")

_Y_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")
_Y_SYLLABLE = re.compile(r"\b(?:[hklmst]|qu)[yỳýỷỹỵ]\b")

_MARK = re.compile("[\u0300-\u036f]")
_NOT_WORD = re.compile(r"[\W_]+")


def nfc_text(text: str) -> str:
    """Return `text` as it is shown and stored: NFC, trimmed, lines joined by LF.

    Within a line each run of white space is one space; what has no width is dropped.
    Blank lines are kept between lines, not at the ends.
    """
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        # Without anything unprintable the only white space is U+0020.
        return " ".join(text.split()) if "  " in text else text.strip()
    lines = _LINE_BREAK.sub("\n", text).translate(_INVISIBLE).split("\n")
    joined = "\n".join(" ".join(line.split()) for line in lines).strip()
    return unicodedata.normalize("NFC", joined)


def fold(text: str) -> str:
    """Return the key by which two spellings of one text are the same.

    Case, tone placement (hòa, hoà), i and y (kĩ, kỹ), Eth, width and punctuation do not
    count; words are parted by single spaces; accents and digits stay.
    """
    if len(text) > _CACHED_LENGTH:
        return _fold(text)
    return _fold_short(text)


def skeleton(text: str) -> str:
    """Return the second key: `fold` without accents, đ as d."""
    if len(text) > _CACHED_LENGTH:
        return _skeleton(text)
    return _skeleton_short(text)


def _fold(text: str) -> str:
    if text.isascii():
        return _join_words(text.lower())
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    text = text.translate(_SAME_LETTER).casefold()
    text = _TONE_PLACE.sub(lambda m: _TONE_MOVED[m[0]], _MARK.sub("", text))
    return _join_words(text)


def _join_words(lowered: str) -> str:
    words = _NOT_WORD.sub(" ", lowered).strip()
    if "y" not in words and not any(c in words for c in "ỳýỷỹỵ"):
        return words
    return _Y_SYLLABLE.sub(lambda m: m[0].translate(_Y_TO_I), words)


def _skeleton(text: str) -> str:
    folded = fold(text)
    if folded.isascii():
        return folded
    bare = unicodedata.normalize("NFD", folded.replace("đ", "d"))
    return _MARK.sub("", bare)


_fold_short = lru_cache(maxsize=16384)(_fold)
_skeleton_short = lru_cache(maxsize=16384)(_skeleton)
