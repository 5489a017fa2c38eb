"""What stands on a page: glyphs, rules, lines of text, as values.

Everything is in PDF points, x to the right and y **down** from the page's top left
corner as a person sees it, whatever the file's own axes and rotations are.
"""

from dataclasses import dataclass
from typing import NamedTuple


class Style(NamedTuple):
    """What the glyphs of one text object share.

    `recognised` says that they are not drawn themselves: a picture under them is, of
    which they are somebody's reading. `turn` counts quarter turns clockwise. `mark` is
    the number by which the page's tags name it, -1 for none. `sure` is the certainty
    of the reading where we made it ourselves, `line` the number of the line that was
    read.
    """

    font: str
    recognised: bool
    turn: int
    mark: int = -1
    sure: float | None = None
    line: int = 0


class Glyph(NamedTuple):
    """One drawn letter with its marks; `base` is the y of its baseline.

    `text` is U+FFFD where the file does not say which letter it is, and " " for a
    space that the file holds. The box is as high as the font, as wide as the advance.
    `order` counts the glyphs of the page as the file draws them, spaces included.
    `spaced` says that a space follows it there, be it beyond the line's end,
    `first` that the file begins to draw anew with it.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    style: Style
    order: int = 0
    spaced: bool = False
    first: bool = False


class Rule(NamedTuple):
    """One straight rule: `at` is its y, or its x where it is upright."""

    upright: bool
    at: float
    start: float
    end: float


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float


class TaggedCell(NamedTuple):
    """The marks of each paragraph of one cell, and how many rows and columns it has."""

    paragraphs: tuple[tuple[int, ...], ...] = ()
    rows: int = 1
    columns: int = 1


class TaggedTable(NamedTuple):
    """What of a table stands on one page: the cells of each row as the file lists them.

    What merges cover is not among them. `places` are where the rows stand in the whole
    table: a row that goes on over a page's end has the same place on both.
    """

    rows: tuple[tuple[TaggedCell, ...], ...]
    places: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class PageMarks:
    """Everything on one page that can be a table's, before any of it is understood.

    `pictured` says that a picture covers most of it. `cut` says that more was drawn
    than is looked at. `tables` are those that its tags tell.
    """

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    pictured: bool = False
    drawn: bool = False
    cut: bool = False
    tables: tuple[TaggedTable, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """Glyphs without a space between them, from left to right."""

    glyphs: tuple[Glyph, ...]
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline, from left to right; `size` is about the font's height."""

    words: tuple[Word, ...]
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float


def word_text(word: Word) -> str:
    """Return the letters of `word` as the file has them."""
    return "".join(g.text for g in word.glyphs)


def line_text(line: Line) -> str:
    """Return the words of `line`, one space between them."""
    return " ".join(word_text(w) for w in line.words)
