"""Tell what a file draws in one go: pieces of lines, and blobs of lines, a cell each.

Whoever prints a table finishes one cell before the next, so that the order of the
letters in the file says more than the white between them. Pure: lines in, blobs out.
"""

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from parsers.readers.pdf.marks import Line, Rule, Word, line_text

#: Glyphs of the file that may stand unseen between two neighbours.
_MOST_STEP = 4
#: Of a line's height: words drawn together are not further apart.
_TOGETHER = 1.2
#: Points: strokes that begin so near each other begin at one edge.
_SAME = 0.7
#: So many cells may be level with one whose lines were put in another order.
_MOST_CHANGED = 5
#: Of a line's height: a gap below this divides words of a sentence.
_NARROW = 0.4
#: The same where the file holds no spaces, and words may be spread to fill a line.
_LOOSE = 0.6
#: Of a line's height: the lines of one cell are no further apart.
_LEADING = 1.55
#: The same where no line tells.
_UNKNOWN = 1.35
#: Times the distance of wrapped lines: lines of one cell are hardly further apart.
_EXACT = 1.12
#: Points: lines of one cell begin, end or have their middles so near each other.
_FLUSH = 3.0


@dataclass(frozen=True, slots=True)
class Blob:
    """Lines that were drawn one after the other below each other."""

    lines: tuple[Line, ...]
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def text(self) -> str:
        """Return the words of all its lines."""
        return " ".join(line_text(line) for line in self.lines)


def draws_spaces(lines: Sequence[Line]) -> bool:
    """Tell whether the file holds the spaces between the words that it draws."""
    narrow = spaced = 0
    for line in lines:
        for a, b in itertools.pairwise(line.words):
            if _step(a, b) and 0 < b.x0 - a.x1 < line.size * _NARROW:
                narrow += 1
                spaced += a.glyphs[-1].spaced
    return spaced * 5 >= narrow * 4


class Paper(NamedTuple):
    """What holds for a whole page: its usual height of a line, its level rules.

    `leading` is more than one line of a cell is below the other, in points.
    """

    em: float
    leading: float
    rules: tuple[Rule, ...]

    def is_divided(self, above: Line, below: Line) -> bool:
        """Tell whether a rule lies between two lines."""
        first = bisect_left(self.rules, above.base, key=lambda r: r.at)
        for rule in self.rules[first:]:
            if rule.at > below.base:
                return False
            if rule.start < below.x1 and below.x0 < rule.end:
                return True
        return False


def blobs_of(
    lines: Sequence[Line], em: float, rules: Sequence[Rule] = ()
) -> list[Blob]:
    """Return the blobs in the order of the file; `em` is the height of a usual line.

    No blob lies over one of the level `rules`.
    """
    spaced = draws_spaces(lines)
    pieces = [piece for line in lines for piece in _pieces(line, em, spaced)]
    if spaced:
        # Without spaces each word may be drawn anew, whatever it begins at.
        edges = _edges(pieces)
        pieces = [part for piece in pieces for part in _at_edges(piece, edges)]
    pieces.sort(key=_start)
    level = tuple(sorted(rules, key=lambda r: r.at))
    paper = Paper(em, _leading(pieces, em), level)
    groups: list[list[Line]] = []
    for piece in pieces:
        group = _continued(groups, piece, paper)
        if group is not None:
            group.append(piece)
        else:
            groups.append([piece])
    return [_blob(group, em) for group in groups]


def _edges(pieces: Sequence[Line]) -> list[float]:
    """Return the x at which several pieces begin."""
    starts = sorted(piece.x0 for piece in pieces)
    return [
        b for a, b, c in zip(starts, starts[1:], starts[2:], strict=False) if c - a < 1
    ]


def _at_edges(piece: Line, edges: Sequence[float]) -> Iterator[Line]:
    """Yield the piece divided where a stroke begins at the edge of a column.

    QUIRK: PDFium takes what is level in two cells for one line and puts it in order.
    """
    words: list[Word] = []
    for word in piece.words:
        at = bisect_left(edges, word.x0 - _SAME)
        known = at < len(edges) and edges[at] <= word.x0 + _SAME
        if words and known and word.glyphs[0].first:
            yield line_of(piece, words)
            words = []
        words.append(word)
    yield line_of(piece, words)


def _continued(
    groups: Sequence[list[Line]], piece: Line, paper: Paper
) -> list[Line] | None:
    """Return the group whose next line `piece` is."""
    follows = groups and _step(groups[-1][-1].words[-1], piece.words[0])
    if follows and _goes_on(groups[-1], piece, paper):
        return groups[-1]
    # A line that was wrapped surely goes on, though the order was changed.
    for group in groups[: -_MOST_CHANGED - 1 : -1]:
        if group[-1].words[-1].glyphs[-1].spaced and _goes_on(group, piece, paper):
            return group
    return None


def _leading(pieces: Sequence[Line], em: float) -> float:
    """Return a little more than what lines are apart that were surely wrapped."""
    apart = [
        below.base - above.base
        for above, below in itertools.pairwise(pieces)
        if above.words[-1].glyphs[-1].spaced
        and _step(above.words[-1], below.words[0])
        and 0.5 * em < below.base - above.base < em * _LEADING
        and _is_flush(above, below)
    ]
    return min(median(apart) * _EXACT, em * _LEADING) if apart else em * _UNKNOWN


def _blob(group: Sequence[Line], em: float) -> Blob:
    x0, x1 = min(p.x0 for p in group), max(p.x1 for p in group)
    return Blob(tuple(group), x0, x1, group[0].base - em * 0.55, group[-1].base)


def _step(a: Word, b: Word) -> bool:
    return 0 < b.glyphs[0].order - a.glyphs[-1].order <= _MOST_STEP


def _pieces(line: Line, em: float, spaced: bool) -> Iterator[Line]:
    words: list[Word] = []
    for word in line.words:
        if words and not _together(words[-1], word, em, spaced):
            yield line_of(line, words)
            words = []
        words.append(word)
    if words:
        yield line_of(line, words)


def _together(former: Word, word: Word, size: float, spaced: bool) -> bool:
    """Tell whether two words of a line are of one cell.

    `spaced` says that the file holds its spaces: what is drawn anew without one is
    another cell, however tight the columns are.
    """
    gap = word.x0 - former.x1
    if not _step(former, word) or gap > size * _TOGETHER:
        return False
    if former.glyphs[-1].spaced:
        return True
    if spaced:
        return gap < size * _NARROW and not word.glyphs[0].first
    return gap < size * _LOOSE


def line_of(line: Line, words: Sequence[Word]) -> Line:
    """Return the stretch of `line` that holds `words`."""
    x1 = max(word.x1 for word in words)
    return Line(tuple(words), words[0].x0, line.y0, x1, line.y1, line.base, line.size)


def _start(piece: Line) -> int:
    return piece.words[0].glyphs[0].order


def _goes_on(group: Sequence[Line], piece: Line, paper: Paper) -> bool:
    """Tell whether `piece` is the next line of the cell that `group` began."""
    above = group[-1]
    apart = piece.base - above.base
    if not 0.5 * paper.em < apart < paper.leading:
        return False
    if paper.is_divided(above, piece):
        return False
    if len(group) > 1 and abs(apart - (above.base - group[-2].base)) > apart * 0.2:
        return False
    if not _is_flush(above, piece):
        return False
    return above.words[-1].glyphs[-1].spaced or not _counts_on(above, piece)


def _is_flush(above: Line, piece: Line) -> bool:
    sides = (
        above.x0 - piece.x0,
        above.x1 - piece.x1,
        (above.x0 + above.x1 - piece.x0 - piece.x1) / 2,
    )
    return any(abs(side) <= _FLUSH for side in sides)


def _counts_on(above: Line, piece: Line) -> bool:
    """Tell whether two lines are numbers of two rows."""
    first, second = (line_text(x).strip("().") for x in (above, piece))
    if not (first.isdecimal() and second.isdecimal()):
        return False
    return len(first) < 4 and int(second) - int(first) in (0, 1)
