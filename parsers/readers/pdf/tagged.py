"""Lay out the tables that a page's tags tell, where its letters stand as they say.

Tags are what the writing program knew: real rows, cells, paragraphs. A table whose
letters do not stand row below row and column beside column is left to `layout`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from parsers.readers.pdf.laid import Bucket, LaidCell, LaidTable
from parsers.readers.pdf.marks import Box, Glyph, Line, TaggedCell, TaggedTable
from parsers.readers.pdf.ruled import RuledGrid
from parsers.readers.spans import MOST_COLUMNS

#: Points that letters of one row or column may reach into the next one.
_OVER = 2.0
_LEAST_CELLS = 2
#: Points: a grid's outer sides lie so near the letters of its table at least.
_AROUND = 14.0
#: Of a glyph's height: the middle of small letters above the baseline.
_MIDDLE = 0.28

#: Top, left, bottom, right, ends excluded.
Area = tuple[int, int, int, int]


def tagged_tables(
    tables: Sequence[TaggedTable],
    glyphs: Sequence[Glyph],
    grids: Sequence[RuledGrid],
) -> tuple[list[LaidTable], list[Glyph]]:
    """Return the tables that the tags tell rightly, and the glyphs outside of them."""
    by_mark: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        by_mark.setdefault(glyph.style.mark, []).append(glyph)
    by_mark.pop(-1, None)
    found: list[LaidTable] = []
    taken: set[int] = set()
    for table in tables:
        cells = [cell for row in table.rows for cell in row]
        marks = [m for cell in cells for p in cell.paragraphs for m in p]
        if len(marks) != len(set(marks)) or not taken.isdisjoint(marks):
            continue
        laid = _laid(table, by_mark, grids)
        if laid is None or _is_strewn(laid.box, set(marks), glyphs):
            continue
        taken.update(marks)
        found.append(laid)
    return found, [g for g in glyphs if g.style.mark not in taken]


def _is_strewn(box: Box, marks: set[int], glyphs: Sequence[Glyph]) -> bool:
    """Tell whether letters stand among those of the table that it does not tell of."""
    return any(
        box.x0 < (g.x0 + g.x1) / 2 < box.x1
        and box.y0 < g.base - (g.y1 - g.y0) * _MIDDLE < box.y1
        for g in glyphs
        if g.style.mark not in marks and g.text != " "
    )


def _laid(
    table: TaggedTable, by_mark: dict[int, list[Glyph]], grids: Sequence[RuledGrid]
) -> LaidTable | None:
    placed = list(_placed(table))
    width = max((area[3] for area, _ in placed), default=0)
    if not 1 <= width <= MOST_COLUMNS:
        return None
    height = len(table.rows)
    letters = {area: list(_letters(cell, by_mark)) for area, cell in placed}
    filled = {area: found for area, found in letters.items() if found}
    if not filled or (len(filled) < _LEAST_CELLS and width <= _LEAST_CELLS):
        return None
    columns = _extents(filled, width, upright=False)
    rows = _extents(filled, height, upright=True)
    if columns is None or rows is None or not _fit(filled, columns, rows):
        return None
    cells = {area: _cell(cell, by_mark) for area, cell in placed}
    box = _box([g for found in filled.values() for g in found])
    edges = _edges(columns, box)
    grid = _grid_of(grids, box, width)
    if grid is not None:
        edges = grid.xs
    laid = _table(cells, (height, width), edges, box, grid is not None)
    return replace(laid, places=table.places)


def _placed(table: TaggedTable) -> Iterator[tuple[Area, TaggedCell]]:
    """Yield the area of each cell: the first places that no merge covers."""
    covered: set[tuple[int, int]] = set()
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in covered:
                column += 1
            if column >= MOST_COLUMNS:
                break
            bottom = min(len(table.rows), row + cell.rows)
            right = min(MOST_COLUMNS, column + cell.columns)
            for y in range(row, bottom):
                covered.update((y, x) for x in range(column, right))
            yield (row, column, bottom, right), cell
            column = right


def _letters(cell: TaggedCell, by_mark: dict[int, list[Glyph]]) -> Iterator[Glyph]:
    for marks in cell.paragraphs:
        for mark in marks:
            yield from (g for g in by_mark.get(mark, ()) if g.text != " ")


def _cell(cell: TaggedCell, by_mark: dict[int, list[Glyph]]) -> LaidCell:
    lines: list[Line] = []
    starts: list[int] = []
    for marks in cell.paragraphs:
        bucket = Bucket([g for mark in marks for g in by_mark.get(mark, ())])
        here = bucket.lines()
        if here and lines:
            starts.append(len(lines))
        lines.extend(here)
    return LaidCell(tuple(lines), starts=tuple(starts))


def _extents(
    cells: dict[Area, list[Glyph]], count: int, upright: bool
) -> list[tuple[float, float] | None] | None:
    """Return from where to where the letters of each column, or row, alone reach.

    None as a whole where two of them lie over each other.
    """
    found: list[tuple[float, float] | None] = [None] * count
    for area, cell in cells.items():
        start, end = (area[0], area[2]) if upright else (area[1], area[3])
        if end - start > 1:
            continue
        low, high = _reach(cell, upright)
        before = found[start]
        if before is not None:
            low, high = min(low, before[0]), max(high, before[1])
        found[start] = low, high
    known = [extent for extent in found if extent is not None]
    if any(b[0] < a[1] - _OVER for a, b in pairwise(known)):
        return None
    return found


def _reach(glyphs: Sequence[Glyph], upright: bool) -> tuple[float, float]:
    """Return from where to where the letters of a cell reach, drawn heights cut."""
    if not upright:
        return min(g.x0 for g in glyphs), max(g.x1 for g in glyphs)
    if any(g.style.turn for g in glyphs):
        return min(g.y0 for g in glyphs), max(g.y1 for g in glyphs)
    # What a font says of its height reaches into the lines above and below.
    return (
        min(g.base - (g.y1 - g.y0) * _MIDDLE * 2 for g in glyphs),
        max(g.base for g in glyphs),
    )


def _fit(
    cells: dict[Area, list[Glyph]],
    columns: Sequence[tuple[float, float] | None],
    rows: Sequence[tuple[float, float] | None],
) -> bool:
    """Tell whether merged cells stand beside what they do not cover."""
    for area, cell in cells.items():
        for upright, extents in ((False, columns), (True, rows)):
            start, end = (area[0], area[2]) if upright else (area[1], area[3])
            if end - start < 2:
                continue
            low, high = _reach(cell, upright)
            before = [e[1] for e in extents[:start] if e is not None]
            after = [e[0] for e in extents[end:] if e is not None]
            if max(before, default=low) > low + _OVER:
                return False
            if min(after, default=high) < high - _OVER:
                return False
    return True


def _box(glyphs: Sequence[Glyph]) -> Box:
    return Box(
        min(g.x0 for g in glyphs),
        min(g.y0 for g in glyphs),
        max(g.x1 for g in glyphs),
        max(g.y1 for g in glyphs),
    )


def _edges(
    columns: Sequence[tuple[float, float] | None], box: Box
) -> tuple[float, ...]:
    """Return the sides of the columns: the middles between them, empty ones evenly."""
    edges = [box.x0 - 1]
    right = box.x0
    for number, column in enumerate(columns):
        right = column[1] if column is not None else right
        following = [c[0] for c in columns[number + 1 :] if c is not None]
        edges.append((right + following[0]) / 2 if following else box.x1 + 1)
    return tuple(edges)


def _grid_of(grids: Sequence[RuledGrid], box: Box, width: int) -> RuledGrid | None:
    """Return the grid that is drawn around a table of as many columns."""
    for grid in grids:
        around = grid.box
        inside = around.x0 <= box.x0 + 1 and box.x1 - 1 <= around.x1
        near = around.x0 >= box.x0 - _AROUND * 6 and around.y0 <= box.y1
        if inside and near and around.y1 >= box.y0 and len(grid.xs) == width + 1:
            return grid
    return None


def _table(
    cells: dict[Area, LaidCell],
    size: tuple[int, int],
    edges: tuple[float, ...],
    box: Box,
    ruled: bool,
) -> LaidTable:
    height, width = size
    rows: list[list[LaidCell | None]] = [[LaidCell()] * width for _ in range(height)]
    merged: list[Area] = []
    room = _rooms(cells, edges, ruled)
    for area, cell in cells.items():
        top, left, bottom, right = area
        for y in range(top, bottom):
            rows[y][left:right] = [None] * (right - left)
        rows[top][left] = replace(cell, width=room[area])
        if bottom - top > 1 or right - left > 1:
            merged.append(area)
    return LaidTable(
        box, edges, tuple(map(tuple, rows)), tuple(sorted(merged)), told=True
    )


def _rooms(
    cells: dict[Area, LaidCell], edges: Sequence[float], ruled: bool
) -> dict[Area, float]:
    """Return each cell's room: between rules, else the longest line of its column."""
    longest: dict[tuple[int, int], float] = {}
    for area, cell in cells.items():
        own = max((line.x1 - line.x0 for line in cell.lines), default=0.0)
        key = area[1], area[3]
        longest[key] = max(longest.get(key, 0.0), own)
    return {
        area: (
            _between(cell, edges[area[1]], edges[area[3]])
            if ruled
            else longest[area[1], area[3]]
        )
        for area, cell in cells.items()
    }


def _between(cell: LaidCell, left: float, right: float) -> float:
    """Return the width between two rules less the margin that the cell leaves."""
    if any(g.style.turn for x in cell.lines for w in x.words for g in w.glyphs):
        return float("inf")
    margin = min((line.x0 - left for line in cell.lines), default=0.0)
    return right - left - 2 * min(8.0, max(0.0, margin))
