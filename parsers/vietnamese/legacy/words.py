"""Weigh how well a word of a line reads in each encoding.

Weights are in units of evidence, about the natural logarithm of how much likelier one
reading is than another; they were set by measuring on the sets of the tests.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from parsers.vietnamese.legacy.frequent import COMMON, FREQUENT
from parsers.vietnamese.legacy.syllables import is_syllable
from parsers.vietnamese.legacy.tables import DECODERS

#: Letters that no old encoding shows when it is read as Western text.
HARD = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
#: A word with what may be its letters: all that is not ASCII but blanks and the signs
#: of symbol fonts; the controls are letters of VISCII.
WORD = re.compile(
    "[A-Za-z\x02\x05\x06\x14\x19\x1e\x80-\x9f\xa1-\u1fff\u2010-\u2027\u2030-\ufeff]+"
)
_PARTS = re.compile(r"[^\W\d_¼½¾²³¹]+")
_INNER_SIGN = re.compile(r"[^\W\d_][^\w\s\x00-\x7f‘’“”–—…•·\xad]+(?=[^\W\d_])")
_EDGE_SIGNS = re.compile(r"^[®©¶¸¹¬¨¤¦¾½¼»¯§µ«]{2,}[^\W\d_]")
_EDGE_SIGN = re.compile(r"^[®©¶¸¹¬¨¤¦¾½¼»¯§][^\W\d_]|[^\W\d_][¸¹¶¬¨¾½¼¡†‡‰‹›ˆ˜]$")
_LETTERS_FOR_QUOTES = ("viscii", "vps")
_TYPOGRAPHY = "‘’“”–—…•"
#: Measures and their powers, powers of variables: µm, m², x¹.
_MEASURE = re.compile(r"[A-Za-zµμ]{1,2}[²³¹]|[µμ][AFVglms]")
#: Spanish has Ñ between vowels only.
_LONE_ENYE = re.compile("Ñ(?![AEIOU])|[B-DF-HJ-NP-TV-Z]Ñ")

_INVALID, _RARE, _COMMON, _FREQUENT_WORD, _UNIT = -4.0, -1.0, 1.0, 2.0, 1.0
_FOREIGN, _BROKEN, _EDGE, _CASE, _ENYE, _ETH = -3.0, -6.0, -4.0, -3.0, -2.0, -1.0
_SHORT, _SHORT_HYPHENATED, _HYPHENATED = 6, -4.0, -1.0
_NO_READING = -8.0
_NOTHING_PROVED = -2.0
_SOLID = 3


@dataclass(frozen=True, slots=True)
class Weighed:
    """How a word reads: `sound` as it stands, `against` it each encoding's advantage.

    Encodings in which the word is the same are left out. `viet` says that the word as
    it stands is a Vietnamese syllable with an accent. `unexplained` are the encodings
    in which it is no word.
    """

    advantage: tuple[tuple[str, float], ...]
    viet: bool
    unexplained: frozenset[str]


#: Letters of Western sets with which Vietnamese is written in Unicode, too.
_VIETNAMESE = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý"
_FOREIGN_LETTER = f"[^\\W{_VIETNAMESE}\\x00-\\x7f]"
_ANY_LETTER = "[^\\W\\x00-\\x7f]"
#: Letters together, and in a case, that hardly any word has as it looks.
_STRANGE = re.compile(
    f"{_FOREIGN_LETTER}{_ANY_LETTER}|{_ANY_LETTER}{_FOREIGN_LETTER}"
    "|[aeouyAEOUY][åäøûÅÄØÛ]|[aA][üëÜË]|[A-Za-z][À-ÖØ-Þ](?<=[a-z].)"
    f"|[A-Z]{_FOREIGN_LETTER}(?<=[À-ÖØ-Þ])[a-z]|[B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]ß|^Ð"
)
#: Signs that no word has.
_SIGN = re.compile("[\x80-\xb9\xbb-\xbf]")
_SIGN_WITHIN = re.compile("[A-Za-z][\x80-\xb9\xbb-\xbf]+[A-Za-z]")
#: Shorter words are met by chance.
_TELLING = 3
#: Abbreviations of offices that begin with Đ: ÑU, ÑTN.
_ABBREVIATION = re.compile("^(?:[§Ð][A-Z]{1,5}|Ñ[A-Z]{1,2})$")
#: Longer words are none.
_LONGEST = 60
_NO_WORD = Weighed((), False, frozenset())


def weigh(word: str) -> Weighed:
    """Return the weights of a word that holds something beyond ASCII."""
    return _weigh(word) if len(word) <= _LONGEST else _NO_WORD


def may_be_sound(word: str) -> bool:
    """Say whether `word`, which reads well in an old encoding, may be what it looks
    like: a word of Vietnamese letters, or of such as a Western language has.
    """
    word = word.strip(_TYPOGRAPHY)
    if _ABBREVIATION.search(word) or _SIGN_WITHIN.search(word):
        return False
    least = _TELLING + 1 if _SIGN.search(word) else _TELLING
    if len(word) < least:
        return True
    if least > _TELLING or _LONE_ENYE.search(word):
        return False
    if is_foreign(word):
        return _STRANGE.search(word) is None
    parts = _PARTS.findall(word)
    return all(len(part) < _TELLING or is_syllable(part) for part in parts)


def is_foreign(word: str) -> bool:
    """Say whether `word` has letters that Vietnamese in Unicode has not."""
    return re.search(_FOREIGN_LETTER, word) is not None


@lru_cache(maxsize=32_768)
def _weigh(word: str) -> Weighed:
    sound, viet = _sound(word)
    found = []
    unexplained = set()
    for name in DECODERS:
        read = read_word(word, name)
        if read is None:
            found.append((name, min(_NO_READING - sound, _INVALID)))
            unexplained.add(name)
        elif read[1]:
            reading = _reading(*read)
            if len(word) < _SOLID and "Đ" not in read[0]:
                # Two characters are easily met by chance.
                reading -= 1.0
            if reading <= _INVALID:
                # What reads as no Vietnamese does not prove anything by being odd.
                unexplained.add(name)
                reading = min(reading, sound + _NOTHING_PROVED)
            found.append((name, reading - sound))
        elif sound <= _BROKEN:
            unexplained.add(name)
    return Weighed(tuple(found), viet, frozenset(unexplained))


def read_word(word: str, encoding: str) -> tuple[str, int] | None:
    """Return the word decoded, and how many letters changed; None if it cannot be.

    Quotes and dashes are letters of VISCII and VPS; at the ends of a word, and alone,
    they are taken for what they look like where that leaves a syllable.
    """
    if len(word) > _LONGEST:
        return DECODERS[encoding](word)
    return _read_word(word, encoding)


@lru_cache(maxsize=32_768)
def _read_word(word: str, encoding: str) -> tuple[str, int] | None:
    whole = DECODERS[encoding](word)
    core = word.strip(_TYPOGRAPHY)
    if not core:
        return word, 0
    if encoding not in _LETTERS_FOR_QUOTES or core == word:
        return whole
    if whole is not None and is_syllable(whole[0]):
        return whole
    inner = DECODERS[encoding](core)
    if inner is None or not all(map(is_syllable, _PARTS.findall(inner[0]))):
        return whole
    before, _, after = word.partition(core)
    return before + inner[0] + after, inner[1]


@lru_cache(maxsize=8192)
def weigh_plain(word: str) -> float:
    """Return what an ASCII word says for Vietnamese, whatever the encoding."""
    if len(word) < 2 or word.isupper():
        return 0.0
    lowered = word.lower()
    if lowered in COMMON:
        return 0.4
    if is_syllable(lowered):
        return 0.2
    return 0.0 if lowered in _BORROWED else -2.0


#: Words and signs of measure that stand in Vietnamese office text as they are.
_BORROWED_WORDS = """
kg km cm mm ml tr vnd vnđ usd email gmail mail fax tel web website facebook zalo
fanpage online covid wifi internet video camera clip file word excel pdf vn com gov
org edu net www http https mobile app karaoke festival container photocopy vaccine
virus gas sms logo slogan show game robot hotline ths ts tp hcm kh qu cv bc tb sars
cov led euro oto
"""
_BORROWED = frozenset(_BORROWED_WORDS.split())


def _value(lowered: str) -> float:
    """Return how likely the syllable is to be written, whatever the encoding."""
    if lowered in FREQUENT:
        return _FREQUENT_WORD
    return _COMMON if lowered in COMMON else _RARE


def _sound(word: str) -> tuple[float, bool]:
    """Return how well the word reads as it stands, and whether as Vietnamese."""
    weight = 0.0
    if _MEASURE.fullmatch(word):
        return _FREQUENT_WORD, False
    if "\xad" in word:
        word = word.replace("\xad", "")
        weight = _SHORT_HYPHENATED if len(word) <= _SHORT else _HYPHENATED
    if _INNER_SIGN.search(word) or _EDGE_SIGNS.search(word):
        return weight + _BROKEN, False
    if _EDGE_SIGN.search(word):
        weight += _EDGE
    viet = False
    for part in _PARTS.findall(word):
        if part.isascii():
            continue
        weight += _odd_case(part)
        if is_syllable(part):
            viet = viet or len(part) > 1
            weight += _value(part.lower())
        else:
            weight += _FOREIGN if len(part) > 1 else -1.0
            weight += _ENYE if _LONE_ENYE.search(part) else 0.0
            weight += _ETH if "Ð" in part else 0.0
    return weight, viet


def _odd_case(part: str) -> float:
    """Return the weight of a capital inside a small word, or of the opposite."""
    if part.islower() or part.isupper() or part.istitle():
        return 0.0
    return _CASE


def _reading(text: str, changed: int) -> float:
    """Return how well a decoded word reads; `changed` letters became others."""
    weight = 0.0
    for part in _PARTS.findall(text):
        if len(part) == 1:
            # A letter that stands alone may as well be a sign.
            lowered = part.lower()
            weight += 0.0 if lowered in COMMON or lowered == "đ" else -1.0
        elif not is_syllable(part):
            weight += 0.0 if _is_abbreviation(part) else _INVALID
        elif not part.isascii():
            weight += _value(part.lower()) + _wrong_case(part)
    if weight >= 0 and changed > 1:
        weight += _UNIT * min(changed - 1, 2)
    return weight


def _wrong_case(part: str) -> float:
    """Return the weight of a capital with an accent inside a word of small letters.

    The opposite is how capitals without a code of their own were written.
    """
    small = any("a" <= c <= "z" for c in part)
    capital = any(c > "\x7f" and c.isupper() for c in part[1:])
    return _CASE if small and capital else 0.0


def _is_abbreviation(part: str) -> bool:
    short = len(part) < 8 and not part.isascii()
    return short and "Đ" in part and not set(part) - _INITIALS


#: What abbreviations of offices are made of: first letters.
_INITIALS = frozenset("ABCDĐEGHIKLMNOPQRSTUVXYÂĂÊÔƠƯ")
