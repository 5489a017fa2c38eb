"""Undo what programs did to sound Unicode text, and tell what cannot be undone.

The old encodings are the business of `lines` and `decide`.
"""

import re
from collections.abc import Iterable
from itertools import islice

from parsers.vietnamese.legacy.syllables import is_syllable
from parsers.vietnamese.legacy.tables import FROM_CP1252, TO_CP1258

#: UTF-8 read as Windows' Western or Vietnamese set: a lead byte and what follows one.
_LEAD = "ÂÃÄÅÆáâÅĂ"
_LEAD_OF_THREE = "áâ"
_FOLLOWS = "\x80-\xbf" + "".join(chr(c) for c in FROM_CP1252)
MOJIBAKE = re.compile(f"[{_LEAD}][{_FOLLOWS}]")
#: Without one of these a text is not damaged; looking for them costs least.
_RARE = re.compile(f"[{_FOLLOWS}Ðð\u0300\u0301\u0303\u0309\u0323\ufffd\uf020-\uf0ff]")
#: What may be damaged in a text that has letters which only Unicode has.
_SUSPECT = re.compile(
    f"á[º»]|[ÃĂÂÄÅÆ][{_FOLLOWS}]|â[€„†‚]|[Ðð\ufffd\uf020-\uf0ff]|\\w\\?+\\w"
)
_MOST_ROUNDS = 3
#: Of the letters that begin with this byte only Đ has a second one that sets lack.
_HALF_DONG = re.compile("Ä\ufffd")
_DONG = "Ä\x90"

_ETH_WORD = re.compile(r"[^\W\d_]*[Ðð][^\W\d_]*")
_ASCII_REST = re.compile("[A-ZÐ]+")
_ETH = str.maketrans("Ðð", "Đđ")

#: Question marks within a word: letters that a program could not keep.
_QUESTIONED = re.compile(r"(?<![\w?])[^\W\d_]+\?+[^\W\d_]+(?![\w?])")
_IN_ADDRESSES = ("://", "www.", "=", "&", "@")
_VOWELS = "aáạàeêếệiíoôốộơớợuúưứựy"
_PAIRS = ("ươ", "ướ", "ượ", "uố", "iế", "iệ")
_REPLACED = "\ufffd"
#: Words with question marks that are looked at, of a line.
_ASKED = 50

_LATE = re.compile("[\u1ea0-\u1ef9]")
_WORDS = re.compile(r"[^\W\d_]+")
#: Rhymes that only ươ has.
_WITHOUT_U = re.compile("(?<!ư)[ơớờởỡợ](?:ng|c|u)(?![^\\W\\d_])")
_OWN = re.compile("[đơưĐƠƯ]")
_HAS_VOWEL = re.compile("[aeiouy]").search
#: With so many accented syllables chance leaves out the late letters once in 30,000.
_ENOUGH, _BROKEN_WORDS = 20, 3


def may_be_damaged(text: str) -> bool:
    """Say whether `text` has any of the characters that damage leaves."""
    return _RARE.search(text) is not None or "?" in text


def is_suspect(text: str) -> bool:
    """Say whether `text`, which may be damaged, looks so."""
    return _SUSPECT.search(text) is not None


def without_mojibake(text: str) -> str:
    """Return `text`, UTF-8 that was read as CP1252 or CP1258 read as UTF-8 again.

    Done again where the result still looks so: text is damaged twice, too. What does
    not decode as a whole stays as it is.
    """
    for _ in range(_MOST_ROUNDS):
        if _is_chance(text):
            break
        again = _read_again(_HALF_DONG.sub(_DONG, text))
        if again is None or again == text:
            break
        text = again
    return text


def _is_chance(text: str) -> bool:
    """Say whether no more of `text` looks damaged than strange signs do by chance."""
    found = list(islice(MOJIBAKE.finditer(text), 2))
    if len(found) != 1 or found[0][0][0] in _LEAD_OF_THREE:
        return not found
    start, end = found[0].span()
    beside = text[max(0, start - 2) : start] + text[end : end + 2]
    return sum(c.isascii() and c.isalpha() for c in beside) < 2


def _read_again(text: str) -> str | None:
    for codes in (_western(text), _vietnamese(text)):
        if codes is None:
            continue
        try:
            return codes.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return None


def _western(text: str) -> bytes | None:
    plain = text.translate(FROM_CP1252)
    try:
        return plain.encode("latin-1")
    except UnicodeEncodeError:
        return None


def _vietnamese(text: str) -> bytes | None:
    codes = bytearray()
    for char in text:
        code = ord(char) if char <= "\x7f" else TO_CP1258.get(char)
        if code is None:
            return None
        codes.append(code)
    return bytes(codes)


def without_eth(text: str) -> str:
    """Return Vietnamese `text` with Eth as the Đ for which it stands.

    QUIRK: text in CP1258 read as CP1252 leaves "Ðịa chỉ", which looks right.
    """
    return _ETH_WORD.sub(lambda m: _as_dong(m[0]), text)


def _as_dong(word: str) -> str:
    changed = word.translate(_ETH)
    initials = len(word) > 1 and word.isupper() and _ASCII_REST.fullmatch(word)
    return changed if is_syllable(changed) or initials else word


def late_letters(texts: Iterable[str]) -> bool:
    """Say whether one of the letters U+1EA0 to U+1EF9 stands in `texts`."""
    return any(_LATE.search(text) for text in texts)


def lacks_late_letters(texts: Iterable[str]) -> bool:
    """Say whether Vietnamese `texts` without U+1EA0 to U+1EF9 must have lost them.

    QUIRK: some PDF files and recognisers drop exactly these: "Đc lp" for "Độc lập".
    Two accented syllables in five have one.
    """
    accented = broken = own = 0
    for text in texts:
        for word in _WORDS.findall(text):
            if word.isascii():
                broken += word.islower() and len(word) > 1 and not _HAS_VOWEL(word)
            elif is_syllable(word):
                accented += 1
                # Other languages have á and ê; these letters only Vietnamese has.
                own += _OWN.search(word) is not None
            elif not word.isupper():
                broken += 1
    vietnamese = accented >= _ENOUGH and own * 10 >= accented
    return vietnamese and broken >= _BROKEN_WORDS


def lacks_soft_hyphens(stored: Iterable[str], shown: Iterable[str]) -> bool:
    """Say whether text of TCVN3 came without its ư: "phờng" for "phường".

    QUIRK: the letter is stored as the soft hyphen, which many programs drop.
    """
    if any("\xad" in text for text in stored):
        return False
    found = sum(len(_WITHOUT_U.findall(text.lower())) for text in shown)
    return found >= _BROKEN_WORDS


def lost_letters(text: str) -> bool:
    """Say whether letters of Vietnamese `text` are gone: U+FFFD, `?` for letters."""
    if _REPLACED in text:
        return True
    if "?" not in text:
        return False
    words = [w for w in text.split() if "?" in w and not _is_address(w)]
    asked = [found for word in words[:_ASKED] for found in _QUESTIONED.findall(word)]
    return any(_was_vietnamese(word) for word in asked[:_ASKED])


def _is_address(word: str) -> bool:
    return any(sign in word for sign in _IN_ADDRESSES)


def _was_vietnamese(word: str) -> bool:
    """Say whether a syllable can come of the word by putting letters for its marks."""
    before, _, after = word.partition("?")
    if len(word) > 9 or (before[-1].islower() and after.lstrip("?")[0].isupper()):
        return False
    lowered = word.lower()
    if "??" in lowered:
        return any(is_syllable(lowered.replace("??", pair)) for pair in _PAIRS)
    return any(is_syllable(lowered.replace("?", v)) for v in _VOWELS)
