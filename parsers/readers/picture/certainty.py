"""Say how sure a line is, from how its recognisers agree; never 1.

The figures were measured on pages with known text (tests/accuracy/pictures); a
recogniser's own word for it counts least.
"""

import unicodedata
from collections.abc import Sequence

from parsers.readers.picture.shapes import Witness
from parsers.vietnamese.legacy.syllables import is_syllable

MOST = 0.99
ACUTE, HOOK = "\u0301", "\u0309"
#: All three read the same; the two good ones do; the voted text is one of theirs; none.
_ALL, _TWO, _VOTED, _NONE = 0.985, 0.96, 0.7, 0.4
#: A mark that they confuse together, where both ways are words.
_SWAPPED = 0.88
_SWAPPED_ALL = 0.95
_TWINS = str.maketrans({ACUTE: HOOK, HOOK: ACUTE})


def certainty_of(
    text: str, witnesses: Sequence[Witness]
) -> tuple[float, tuple[str, ...]]:
    """Return the certainty of a voted line, and what speaks against it."""
    texts = [w.text for w in witnesses]
    same = sum(1 for t in texts if t == text)
    good = texts[:2].count(text)
    doubts: list[str] = []
    if not text:
        return 0.3, ("nothing_read",)
    if same == len(texts) and same > 2:
        sure = _ALL
    elif good == 2:
        sure = _TWO
        doubts.append("witness_differs")
    elif same:
        sure = _VOTED
        doubts.append("readers_differ")
    else:
        sure = _NONE
        doubts.append("readers_differ")
    if twins(text):
        doubts.append("marks_alike")
        sure = min(sure, _SWAPPED_ALL if sure == _ALL else _SWAPPED)
    return sure, tuple(doubts)


def twins(text: str) -> int:
    """Return how many syllables would be others with acute and hook exchanged."""
    count = 0
    for word in text.split():
        letters = "".join(c for c in word if c.isalpha()).casefold()
        parts = unicodedata.normalize("NFD", letters)
        if ACUTE not in parts and HOOK not in parts:
            continue
        other = unicodedata.normalize("NFC", parts.translate(_TWINS))
        count += is_syllable(other)
    return count
