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
    style = Style("", True, 0, line.certainty, number)
    shares = [_share(letter) for letter in line.text]
    unit = (line.x1 - line.x0) / max(0.1, sum(shares))
    x = line.x0
    top, bottom = line.base - line.size * _ABOVE, line.base + line.size * _BELOW
    for index, (letter, share) in enumerate(zip(line.text, shares, strict=True)):
        end = x + share * unit
        follows = line.text[index + 1 : index + 2] == " "
        yield Glyph(
            letter, x, top, end, bottom, line.base, style, order + index, follows
        )
        x = end


def _share(letter: str) -> float:
    bare = unicodedata.normalize("NFD", letter)[:1]
    if letter == " ":
        return 0.5
    if bare in _NARROW:
        return 0.58
    if bare in _WIDE:
        return 1.55
    return 1.3 if letter.isupper() else 1.0
