"""Which field of work a text speaks of, by the terms of the campaign file.

A small model that can be read: every term that occurs adds its weight to its field, and
the share of the best field is the certainty. Headings and sections, which name a field
outright, are judged by `parsers.sections`.
"""

from collections.abc import Iterator, Sequence
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
    words: tuple[str, ...]


#: First word of a term -> the terms that begin with it, those of most words first.
_Table = dict[str, list[_Term]]


class FieldModel:
    """The terms of all fields, found in one walk over a text; build it once."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self._accented = _table(fields, bare=False)
        self._bare = _table(fields, bare=True)

    def infer(self, title: str, elsewhere: str = "") -> Inferred | None:
        """Return the field of a work, None where the terms do not tell.

        `elsewhere` is what its other columns say, at a third of the title's weight.
        """
        scores: dict[int, float] = {}
        said: dict[int, list[str]] = {}
        for text, factor in ((title, _IN_TITLE), (elsewhere, _ELSEWHERE)):
            for term in self._hits(text):
                score = scores.get(term.number, 0.0)
                scores[term.number] = score + factor * term.weight
                said.setdefault(term.number, []).append(term.text)
        if not scores:
            return None
        best = max(scores, key=lambda number: scores[number])
        certainty = round(scores[best] / (sum(scores.values()) + _UNSAID), 2)
        if certainty < LEAST:
            return None
        return Inferred(best, min(certainty, MOST), tuple(dict.fromkeys(said[best])))

    def _hits(self, text: str) -> Iterator[_Term]:
        """Yield each term that occurs, once, from left to right, the longest first.

        A text without any accent is compared without them. A term takes its words:
        "bình chữa cháy" is not "chữa cháy" too.
        """
        plain = fold(text[:_LONGEST])
        table = self._bare if plain == skeleton(plain) else self._accented
        words = plain.split(" ")
        seen: set[str] = set()
        at = 0
        while at < len(words):
            term = _longest(table.get(words[at], ()), words, at)
            if term is not None and term.text not in seen:
                seen.add(term.text)
                yield term
            at += len(term.words) if term is not None else 1


def _longest(terms: Sequence[_Term], words: Sequence[str], at: int) -> _Term | None:
    for term in terms:
        if tuple(words[at : at + len(term.words)]) == term.words:
            return term
    return None


def _table(fields: Sequence[Field], bare: bool) -> _Table:
    key = skeleton if bare else fold
    found: dict[tuple[str, ...], _Term] = {}
    for field in fields:
        weights = dict(field.weights)
        for text in (*field.terms, *weights):
            words = tuple(key(text).split())
            weight = float(weights.get(text, 1))
            found.setdefault(words, _Term(field.number, weight, text, words))
    table: _Table = {}
    for words, term in sorted(found.items(), key=lambda pair: -len(pair[0])):
        if words:
            table.setdefault(words[0], []).append(term)
    return table
