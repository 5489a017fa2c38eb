"""Find the columns that many lines share: the strips of paper that stay white.

Pure: lines in, columns out.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parsers.readers.pdf.marks import Line, Word

#: Of a line's height: a gap above this may divide columns.
_WIDE = 0.38
#: Times the spaces between the words of its line.
_WIDER = 1.85
#: Of a line's height: a gap above this divides what the file does not draw together.
_LEFT = 0.07
_MOST_STEP = 4
#: Points: a strip of this width that stays white in many lines divides columns.
_STRIP = 3
#: A strip may be crossed by one line in so many: a title over several columns.
_CROSSED = 6
#: So many lines that begin at one place make it the left edge of a column.
_MOST_BEGIN = 4
_MOST_BINS = 1200


class Segment(NamedTuple):
    """Words of one line that no wide gap divides."""

    words: tuple[Word, ...]
    x0: float
    x1: float


def segments_of(line: Line) -> list[Segment]:
    """Return the segments of `line` from left to right."""
    found: list[list[Word]] = []
    gaps = [b.x0 - a.x1 for a, b in itertools.pairwise(line.words)]
    # In a line of figures every gap divides columns.
    usual = min(max(min(gaps), 0.0), line.size * 0.36) if gaps else 0.0
    wide = max(line.size * _WIDE, usual * _WIDER)
    for word in line.words:
        near = wide
        if found and was_left(found[-1][-1], word):
            near = min(wide, line.size * _LEFT)
        if found and word.x0 - found[-1][-1].x1 <= near:
            found[-1].append(word)
        else:
            found.append([word])
    return [Segment(tuple(ws), ws[0].x0, max(w.x1 for w in ws)) for ws in found]


def was_left(former: Word, word: Word) -> bool:
    """Tell whether the file draws something else between two neighbours.

    Whoever prints cells finishes one before the next; words of a sentence follow each
    other.
    """
    step = word.glyphs[0].order - former.glyphs[-1].order
    return not 0 < step <= _MOST_STEP


@dataclass(slots=True)
class Coverage:
    """How many lines have ink over each strip of the page, a point wide."""

    left: float
    scale: float
    counts: list[int]
    starts: list[int]
    lines: int = 0

    @classmethod
    def over(cls, left: float, right: float) -> "Coverage":
        """Return an empty coverage from `left` to `right`."""
        width = max(1.0, right - left)
        scale = min(1.0, _MOST_BINS / width)
        bins = int(width * scale) + 2
        return cls(left, scale, [0] * bins, [0] * bins)

    def copy(self) -> "Coverage":
        """Return one that counts on for itself."""
        return Coverage(
            self.left, self.scale, self.counts[:], self.starts[:], self.lines
        )

    def add(self, segments: Sequence[Segment]) -> None:
        """Count the ink of one line."""
        self.lines += 1
        for segment in segments:
            first, last = self._bin(segment.x0), self._bin(segment.x1)
            self.starts[first] += 1
            for index in range(first, last + 1):
                self.counts[index] += 1

    def _bin(self, x: float) -> int:
        index = int((x - self.left) * self.scale)
        return max(0, min(index, len(self.counts) - 1))

    def _begins(self, index: int) -> bool:
        """Tell whether most lines begin a segment at this place: a column's left edge.

        Spreadsheets leave hardly any white between their columns.
        """
        begun = sum(self.starts[max(0, index - 1) : index + 2])
        return begun >= _MOST_BEGIN and begun * 2 >= self.lines

    def columns(self) -> list[tuple[float, float]]:
        """Return the columns from left to right as pairs of x."""
        allowed = self.lines // _CROSSED if self.lines > 3 else 0
        strip = _STRIP if self.lines > 3 else _STRIP * 2
        found: list[list[int]] = []
        white = strip
        for index, count in enumerate(self.counts):
            if count <= allowed:
                white += 1
                continue
            if white >= strip or (white and self._begins(index)):
                found.append([index, index])
            found[-1][1] = index
            white = 0
        return [
            (self.left + a / self.scale, self.left + (b + 1) / self.scale)
            for a, b in found
        ]
