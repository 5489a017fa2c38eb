"""Say how sure a line is, from how its recognisers agree; never 1.

What they say of themselves counts for nothing: it was measured to be poor. What the
figures rest on stands among the decisions ("Three recognisers and a vote").
"""

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from parsers.readers.picture.alike import ACUTE, HOOK, SUSPECTS, is_acute
from parsers.readers.picture.shapes import Witness
from parsers.vietnamese.legacy.syllables import is_syllable

MOST = 0.99
#: All three read the same; and where marks might be exchanged.
_ALL, _ALL_ALIKE = 0.998, 0.995
#: The two good ones do, and the third confirms the marks that are easily exchanged.
_TWO = 0.99
#: They do a second time, on a picture prepared otherwise.
_TWICE = 0.98
#: So many of the four readings of the good ones are the outcome; the third's counts.
_MOSTLY, _MOSTLY_ALONE, _HALF, _ONE, _NONE = 0.93, 0.87, 0.7, 0.5, 0.3
#: Letters whose capitals have fewer pixels than this hardly show which mark it is.
_SMALL = 18.5
_SMALL_ALIKE = 0.89
#: A syllable that is rare, whose twin is common.
_SUSPECT = 0.8
#: A word that no Vietnamese syllable is, where they do not all agree.
_NO_WORD = 0.85
_IMPOSSIBLE = 0.4
_TWINS = str.maketrans({ACUTE: HOOK, HOOK: ACUTE})
_DAY = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2,4}))?(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")


def needs_second(text: str, first: Sequence[Witness]) -> bool:
    """Tell whether a line must be read a second time before it can be believed."""
    good = [w.text for w in first[:2]]
    if not text or any(t != text for t in good):
        return True
    third = first[2].text if len(first) > 2 else ""
    return third != text and not confirms(text, third)


def certainty_of(
    text: str,
    first: Sequence[Witness],
    second: Sequence[Witness] = (),
    cap: float = 25.0,
) -> tuple[float, tuple[str, ...]]:
    """Return the certainty of a voted line, and what speaks against it.

    `first` are the readings of Tesseract, asterocr and trueocr, `second` those of the
    first two on another preparation, empty where none was needed; `cap` is the height
    of the page's capitals in pixels.
    """
    if not text:
        return 0.2, ("nothing_read",)
    good = [w.text == text for w in first[:2]]
    third = first[2].text if len(first) > 2 else ""
    again = [w.text == text for w in second]
    sure, doubt = _agreed(good, again, text, third)
    doubts = [doubt] if doubt else []
    if sure < _ALL_ALIKE and _odd_word(text):
        sure = min(sure, _NO_WORD) if sure < _TWO else sure
        doubts.append("no_syllable")
    if any(w.casefold() in SUSPECTS for w in _WORD.findall(text)):
        sure = min(sure, _SUSPECT)
        doubts.append("marks_alike")
    elif cap < _SMALL and any(is_acute(text[i]) for i in risky(text)):
        sure = min(sure, _SMALL_ALIKE)
        doubts.append("letters_small")
    if impossible_date(text):
        sure = min(sure, _IMPOSSIBLE)
        doubts.append("impossible_date")
    return sure, tuple(doubts)


def _agreed(
    good: Sequence[bool], again: Sequence[bool], text: str, third: str
) -> tuple[float, str | None]:
    if all(good) and third == text:
        return (_ALL_ALIKE, "marks_alike") if risky(text) else (_ALL, None)
    if all(good) and confirms(text, third):
        return _TWO, "witness_differs"
    if all(good) and len(again) == 2 and all(again):
        return _TWICE, "witness_differs"
    count = sum(good) + sum(again)
    if count >= 3:
        return (_MOSTLY if third == text else _MOSTLY_ALONE), "readers_differ"
    if count == 2:
        return (_HALF + 0.1 if third == text else _HALF), "readers_differ"
    if count == 1 or third == text:
        return _ONE, "readers_differ"
    return _NONE, "readers_differ"


def risky(text: str) -> list[int]:
    """Return the places of letters whose acute or hook could as well be the other.

    Recognisers exchange them together: only where the other way is no syllable does
    their agreement exclude it.
    """
    places = []
    for word in _WORD.finditer(text):
        for index, letter in enumerate(word[0]):
            parts = unicodedata.normalize("NFD", letter)
            if ACUTE not in parts and HOOK not in parts:
                continue
            swapped = unicodedata.normalize("NFC", parts.translate(_TWINS))
            other = word[0][:index] + swapped + word[0][index + 1 :]
            if is_syllable(other):
                places.append(word.start() + index)
    return places


def confirms(text: str, third: str) -> bool:
    """Tell whether the third reading has every risky letter and digit as `text` has.

    It differs elsewhere, where it is known to be weak.
    """
    if not third or len(third) < len(text) * 0.7:
        return False
    asked = {i for i, c in enumerate(text) if c.isdigit()} | set(risky(text))
    for step in Levenshtein.editops(text, third):
        if step.tag != "insert" and step.src_pos in asked:
            return False
        if step.tag == "insert" and third[step.dest_pos].isdigit():
            return False
    return Levenshtein.distance(text, third) <= max(2, len(text) // 6)


def _odd_word(text: str) -> bool:
    return any(
        word[0].islower() and len(word[0]) > 1 and not is_syllable(word[0])
        for word in _WORD.finditer(text)
    )


def impossible_date(text: str) -> bool:
    """Tell whether a line holds a day that no calendar has."""
    for found in _DAY.finditer(text):
        day, month = int(found[1]), int(found[2])
        if found[3] is None and "/" not in found[0]:
            continue
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return True
    return False
