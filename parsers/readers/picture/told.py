"""Turn what was seen on pages into letters in their places, as a printed page has them.

So that the layout of printed pages, which knows tables, letterheads and prose, need not
know where letters came from. Pure; no picture is looked at.
"""

import unicodedata
from collections.abc import Iterator

from parsers.readers.pdf.marks import Glyph, PageMarks, Rule, Style
from parsers.values.scan import ScannedLine, ScannedPage

#: Of a letter's usual width: what the letters of a line share its length by.
_NARROW = frozenset("iljtfrI.,;:'!|()[]/“”\"")
_WIDE = frozenset("mwMW%@")
#: Of a font's size: how far its letters reach above and below the baseline.
_ABOVE, _BELOW = 0.9, 0.22


def marks_of(page: ScannedPage) -> PageMarks:
    """Return a page's letters and rules, each line's letters sharing its length."""
    glyphs: list[Glyph] = []
    for number, line in enumerate(page.lines):
        glyphs.extend(_glyphs(line, number, len(glyphs)))
    rules = tuple(Rule(r.upright, r.at, r.start, r.end) for r in page.rules)
    return PageMarks(page.width, page.height, tuple(glyphs), rules, pictured=True)


def _glyphs(line: ScannedLine, number: int, order: int) -> Iterator[Glyph]:
    style = Style("", True, 0, sure=line.certainty, line=number)
    top, bottom = line.base - line.size * _ABOVE, line.base + line.size * _BELOW
    for index, (letter, x0, x1) in enumerate(_places(line)):
        follows = line.text[index + 1 : index + 2] == " "
        yield Glyph(
            letter, x0, top, x1, bottom, line.base, style, order + index, follows
        )


def _places(line: ScannedLine) -> Iterator[tuple[str, float, float]]:
    """Yield each letter, blanks included, with its left and right."""
    words = line.text.split(" ")
    if len(words) != len(line.words):
        yield from _shared(line.text, line.x0, line.x1)
        return
    former = None
    for word, (left, right) in zip(words, line.words, strict=True):
        if former is not None:
            yield " ", former, left
        yield from _shared(word, left, right)
        former = right


def _shared(text: str, left: float, right: float) -> Iterator[tuple[str, float, float]]:
    """Yield the letters of a text sharing a length by how wide they usually are."""
    shares = [_share(letter) for letter in text]
    unit = (right - left) / max(0.1, sum(shares))
    for letter, share in zip(text, shares, strict=True):
        yield letter, left, left + share * unit
        left += share * unit


def _share(letter: str) -> float:
    bare = unicodedata.normalize("NFD", letter)[:1]
    if letter == " ":
        return 0.5
    if bare in _NARROW:
        return 0.58
    if bare in _WIDE:
        return 1.55
    return 1.3 if letter.isupper() else 1.0
