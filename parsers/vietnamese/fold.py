"""Bring Vietnamese text to one form: for display, and for comparing.

It does not decode legacy encodings (VNI, TCVN3, VISCII, VPS): `legacy` does, before
text comes here.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

#: Short texts are the same in many mails; longer ones are asked for again within one
#: mail only, and whole documents are not kept at all.
_CACHED_LENGTH, _KEPT_LENGTH = 80, 2000

_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029]")

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


def _any_of(codes: Iterable[int]) -> re.Pattern[str]:
    return re.compile("[" + "".join(re.escape(chr(code)) for code in codes) + "]")


#: Hardly any text holds one of these, and looking costs a tenth of `str.translate`.
_ANY_INVISIBLE = _any_of(_INVISIBLE)
_ANY_ODD = _any_of([*_INVISIBLE, *_SAME_LETTER])

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
_ANY_Y = re.compile("[yỳýỷỹỵ]")
_Y_SYLLABLE = re.compile(r"\b(?:[hklmst]|qu)[yỳýỷỹỵ]\b")

_MARK = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")
#: What is left of Vietnamese after NFD; the accents can then be dropped all at once.
_NOT_BASIC = re.compile("[^\0-\x7f\u0300-\u036f]")


def nfc_text(text: str) -> str:
    """Return `text` as it is shown and stored: NFC, trimmed, lines joined by LF.

    Within a line each run of white space is one space; what has no width is dropped.
    Blank lines are kept between lines, not at the ends.
    """
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        # Without anything unprintable the only white space is U+0020.
        return " ".join(text.split()) if "  " in text else text.strip()
    text = _LINE_BREAK.sub("\n", text)
    if _ANY_INVISIBLE.search(text):
        text = text.translate(_INVISIBLE)
    joined = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
    return unicodedata.normalize("NFC", joined)


def fold(text: str) -> str:
    """Return the key by which two spellings of one text are the same.

    Case, tone placement (hòa, hoà), i and y (kĩ, kỹ), Eth, width and punctuation do not
    count; words are parted by single spaces; accents and digits stay.
    """
    if len(text) <= _CACHED_LENGTH:
        return _fold_short(text)
    return _fold_long(text) if len(text) <= _KEPT_LENGTH else _fold(text)


def skeleton(text: str) -> str:
    """Return the second key: `fold` without accents, đ as d."""
    if len(text) <= _CACHED_LENGTH:
        return _skeleton_short(text)
    return _skeleton_long(text) if len(text) <= _KEPT_LENGTH else _skeleton(text)


def _fold(text: str) -> str:
    if text.isascii():
        return _join_words(text.lower())
    text = unicodedata.normalize("NFC", text)
    if _ANY_ODD.search(text):
        text = text.translate(_INVISIBLE).translate(_SAME_LETTER)
    text = _MARK.sub("", text.casefold())
    return _join_words(_TONE_PLACE.sub(lambda m: _TONE_MOVED[m[0]], text))


def _join_words(lowered: str) -> str:
    words = " ".join(_WORD.findall(lowered))
    if _ANY_Y.search(words) is None:
        return words
    return _Y_SYLLABLE.sub(lambda m: m[0].translate(_Y_TO_I), words)


def _skeleton(text: str) -> str:
    folded = fold(text)
    if folded.isascii():
        return folded
    bare = unicodedata.normalize("NFD", folded.replace("đ", "d"))
    if _NOT_BASIC.search(bare) is None:
        return bare.encode("ascii", "ignore").decode("ascii")
    return _MARK.sub("", bare)


_fold_short = lru_cache(maxsize=16384)(_fold)
_skeleton_short = lru_cache(maxsize=16384)(_skeleton)
_fold_long = lru_cache(maxsize=128)(_fold)
_skeleton_long = lru_cache(maxsize=128)(_skeleton)
