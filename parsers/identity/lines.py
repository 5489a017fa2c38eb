"""A text with its words and kinds of bodies, and where a name in it ends.

It knows no unit.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from parsers.identity.lexicon import FILLERS, FOLLOWS, Item, items_of
from parsers.identity.words import Word, words_of

_RANGE_GAP = re.compile(r"\s*[-–/,&+]\s*|\.")
_DATE = re.compile(
    r"\d{1,2}[-./_ ]\d{1,2}(?:[-./_ ]\d{2,4})?(?!\d)|(?:19|20)\d\d(?!\d)"
)
_OFTEN_SEEN = 100


class Line(NamedTuple):
    """A text with its words; `plain` when none of them has an accent."""

    text: str
    words: tuple[Word, ...]
    items: tuple[Item, ...]
    plain: bool


def line_of(text: str, *, camel: bool = False) -> Line:
    """Return `text`, NFC, with its words; `camel` as in `words_of`."""
    return _short_line(text, camel) if len(text) <= _OFTEN_SEEN else _line(text, camel)


def _line(text: str, camel: bool) -> Line:
    words = words_of(text, camel=camel)
    return Line(text, words, items_of(words), all(w.marked == w.bare for w in words))


#: The lines around the names are the same in most mails.
_short_line = lru_cache(maxsize=512)(_line)


def dated(line: Line, place: int) -> bool:
    """Return whether a date or a year begins with the word at `place`."""
    return bool(_DATE.match(line.text, line.words[place].start))


def number_goes_on(line: Line, after: int) -> bool:
    """Return whether the number before `after` is one of a list, range or date."""
    before = line.words[after - 1]
    if not before.number or after >= len(line.words):
        return False
    word = line.words[after]
    if word.bare == "thang" and word.gap == " ":
        return True
    if word.bare in ("va", "den") and after + 1 < len(line.words):
        return line.words[after + 1].number
    if not word.number or not _RANGE_GAP.fullmatch(word.gap):
        return False
    return not _DATE.match(line.text, word.start)


def name_goes_on(line: Line, after: int) -> bool:
    """Return whether the words before `after` are only the beginning of a name."""
    if after >= len(line.words):
        return False
    before, word = line.words[after - 1], line.words[after]
    if before.number or word.gap not in (" ", "_", "", "-") or FOLLOWS.has(word):
        return False
    if word.number:
        return word.gap != "" and not _DATE.match(line.text, word.start)
    if word.gap == "-" or word.bare in FILLERS:
        return False
    return _shape(before.text) == _shape(word.text)


def _shape(text: str) -> str:
    if text.isupper() and len(text) > 1:
        return "upper"
    return "capital" if text[:1].isupper() else "lower"


def written(line: Line, first: int, last: int) -> str:
    """Return the text of the words [first, last), with the bracket that closes it."""
    start, end = line.words[first].start, line.words[last - 1].end
    text = line.text[start:end]
    closed = text.count("(") > text.count(")") and line.text[end : end + 1] == ")"
    return text + ")" if closed else text
