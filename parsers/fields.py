"""Which field of work a text speaks of, by the terms of the campaign file.

A small model that can be read: every term that occurs adds its weight to its field, and
the share of the best field is the certainty. Headings and sections, which name a field
outright, are judged by `parsers.sections`.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from parsers.values.campaign import Field
from parsers.vietnamese.fold import fold, skeleton

#: A title says what a work is; how it is done and what comes of it often name helpers.
_IN_TITLE, _ELSEWHERE = 1.0, 0.35
#: What no word of the text says may speak for another field: one plain term alone in a
#: title gives 0.67, two give 0.8.
_UNSAID = 0.5
#: Below this nothing is said, and no inference is certain.
LEAST, MOST = 0.5, 0.95
#: A title is no longer; a whole programme in one cell is looked at so far.
_LONGEST = 600


class Inferred(NamedTuple):
    """A field's number, how sure that is (0.5 to 0.95), and the terms that say so."""

    number: int
    certainty: float
    terms: tuple[str, ...]


class _Term(NamedTuple):
    number: int
    weight: float
    text: str


@lru_cache(maxsize=65_536)
def infer_field(
    fields: tuple[Field, ...], title: str, elsewhere: str = ""
) -> Inferred | None:
    """Return the field of a work, None where the terms do not tell.

    `elsewhere` is what its other columns say, at a third of the title's weight.
    """
    model = _model_of(fields)
    scores: dict[int, float] = {}
    said: dict[int, list[str]] = {}
    for text, factor in ((title, _IN_TITLE), (elsewhere, _ELSEWHERE)):
        for term in model.hits(text):
            scores[term.number] = scores.get(term.number, 0.0) + factor * term.weight
            said.setdefault(term.number, []).append(term.text)
    if not scores:
        return None
    best = max(scores, key=lambda number: scores[number])
    certainty = round(scores[best] / (sum(scores.values()) + _UNSAID), 2)
    if certainty < LEAST:
        return None
    return Inferred(best, min(certainty, MOST), tuple(dict.fromkeys(said[best])))


class _Model:
    """The terms of all fields, found in one walk over a text."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self._accented = _table(fields, bare=False)
        self._bare = _table(fields, bare=True)
        self._find = _pattern(self._accented)
        self._find_bare = _pattern(self._bare)

    def hits(self, text: str) -> Iterator[_Term]:
        """Yield each term that occurs, once, whatever its field; the longest first.

        A text without any accent is compared without them.
        """
        plain = fold(text[:_LONGEST])
        if not plain:
            return
        bare = plain == skeleton(plain)
        find = self._find_bare if bare else self._find
        table = self._bare if bare else self._accented
        seen: set[str] = set()
        for found in find.finditer(f" {plain} ") if find else ():
            word = found[1]
            if word not in seen:
                seen.add(word)
                yield table[word]


@lru_cache(maxsize=32)
def _model_of(fields: tuple[Field, ...]) -> _Model:
    return _Model(fields)


def _table(fields: Sequence[Field], bare: bool) -> dict[str, _Term]:
    key = skeleton if bare else fold
    found: dict[str, _Term] = {}
    for field in fields:
        weights = dict(field.weights)
        for text in (*field.terms, *weights):
            weight = weights.get(text, 1.0)
            found.setdefault(key(text), _Term(field.number, weight, text))
    found.pop("", None)
    return found


def _pattern(table: dict[str, _Term]) -> re.Pattern[str] | None:
    # The longest term at a place wins: "bình chữa cháy" is not "chữa cháy" too.
    words = sorted(table, key=len, reverse=True)
    joined = "|".join(map(re.escape, words))
    return re.compile(rf"(?<= )({joined})(?= )") if joined else None
