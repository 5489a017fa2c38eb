"""Give a table of a further page the columns of the page before that it goes on with.

A page that holds few rows shows fewer columns than there are: some are empty on it, or
stand so near each other that nothing divides them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.readers.pdf.laid import LaidCell, LaidTable
from parsers.readers.pdf.marks import Line, Word
from parsers.readers.pdf.strokes import line_of

_LEAST_COLUMNS = 3
#: Points: a word that begins so near a column's left edge may begin a cell of it.
_FLUSH = 1.5
#: Points: less than this beyond an edge is no overlap.
_OVER = 2.0
#: Points: tables on two pages begin this near each other.
_BESIDE = 12.0

Cells = tuple[LaidCell | None, ...]


def regrouped(above: LaidTable, below: LaidTable) -> LaidTable:
    """Return `below` in the columns of `above` where all of it stands in them."""
    width, own = len(above.edges) - 1, len(below.edges) - 1
    if above.ruled or below.ruled or not _LEAST_COLUMNS <= own < width:
        return below
    if (
        abs(above.edges[0] - below.edges[0]) > _BESIDE
        and below.edges[0] < above.edges[0]
    ):
        return below
    lefts = _lefts(above)
    rows: list[Cells] = []
    merged: list[tuple[int, int, int, int]] = []
    for row in below.rows:
        parts = [
            (part, cell) for cell in row if cell for part in _parts(cell.lines, lefts)
        ]
        placed = [(*_covered(part, above.edges), part, cell) for part, cell in parts]
        several = [p for p in placed if p[1] - p[0] > 1]
        if several and (len(placed) > 1 or len(several) > 1):
            return below
        rows.append(_row(placed, above, below))
        merged.extend((len(rows) - 1, a, len(rows), b) for a, b, _, _ in several)
    return replace(below, edges=above.edges, rows=tuple(rows), merged=tuple(merged))


def _lefts(table: LaidTable) -> list[float]:
    """Return the x at which the texts of each column begin, from the second on."""
    found = []
    for column in range(1, len(table.edges) - 1):
        starts = [
            line.x0
            for row in table.rows
            if (cell := row[column]) is not None
            for line in cell.lines
        ]
        if starts:
            found.append(min(starts))
    return found


def _parts(lines: Sequence[Line], lefts: Sequence[float]) -> Iterator[list[Line]]:
    """Yield the lines of a cell, divided at the left edges of columns."""
    groups: dict[int, list[Line]] = {}
    for line in lines:
        words: list[Word] = []
        at = 0
        for word in line.words:
            begins = [
                n
                for n, x in enumerate(lefts, 1)
                if abs(word.x0 - x) < _FLUSH and n > at
            ]
            if words and begins and word.glyphs[0].first:
                groups.setdefault(at, []).append(line_of(line, words))
                words = []
            at = begins[0] if begins and not words else at
            words.append(word)
        groups.setdefault(at, []).append(line_of(line, words))
    yield from (groups[at] for at in sorted(groups))


def _covered(lines: Sequence[Line], edges: Sequence[float]) -> tuple[int, int]:
    """Return the columns that lines lie over: first, last excluded."""
    x0, x1 = min(x.x0 for x in lines) + _OVER, max(x.x1 for x in lines) - _OVER
    first = sum(edge <= min(x0, (x0 + x1) / 2) for edge in edges[1:-1])
    last = sum(edge < max(x1, (x0 + x1) / 2) for edge in edges[1:-1])
    return first, last + 1


def _row(
    placed: Sequence[tuple[int, int, list[Line], LaidCell]],
    above: LaidTable,
    below: LaidTable,
) -> Cells:
    doubt = next(c.doubt for row in below.rows for c in row if c and c.lines)
    cells: list[LaidCell | None] = [
        LaidCell(doubt=doubt) for _ in range(len(above.edges) - 1)
    ]
    for first, last, lines, cell in placed:
        former = cells[first]
        before = former.lines if former is not None else ()
        cells[first] = replace(cell, lines=(*before, *lines))
        cells[first + 1 : last] = [None] * (last - first - 1)
    return tuple(cells)
