"""Divide rows of a ruled table that have no rule between them.

Some tables rule only their columns and their heading; the works below stand in one
tall row of the grid.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.readers.pdf.drawn_rows import Placed, starts_by_order
from parsers.readers.pdf.laid import LaidCell, LaidTable
from parsers.readers.pdf.marks import Line, line_text

UNRULED_ROW = "row_without_rule"
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]?")
#: A table of more ruled rows than this rules all of them.
_MOST_OPEN = 2
_LEAST_EDGES = 3
_FIGURE = re.compile(r"[\d.,()%\s$€£+\-–—:/]+")
#: Baselines this many points apart are level.
_LEVEL = 2.5


def split_rows(table: LaidTable) -> LaidTable:
    """Return the table with every row divided that holds several rows."""
    rows: list[tuple[LaidCell | None, ...]] = []
    merged = []
    moved = {}
    # A heading and one tall row may be one work, or all of them without rules between.
    open_rows = len(table.rows) <= _MOST_OPEN and len(table.edges) > _LEAST_EDGES
    for number, row in enumerate(table.rows):
        moved[number] = len(rows)
        areas = [m for m in table.merged if m[0] <= number < m[2]]
        starts = [] if areas else _starts(row)
        if len(starts) > 1:
            rows.extend(_divided(row, starts))
        elif open_rows and _may_be_several(row):
            rows.append(_doubted(row))
        else:
            rows.append(row)
    moved[len(table.rows)] = len(rows)
    for top, left, bottom, right in table.merged:
        merged.append((moved[top], left, moved[bottom], right))
    return replace(table, rows=tuple(rows), merged=tuple(merged))


def _may_be_several(row: Sequence[LaidCell | None]) -> bool:
    """Tell whether several cells hold several lines."""
    return sum(1 for cell in row if cell is not None and len(cell.lines) > 1) > 1


def _doubted(row: Sequence[LaidCell | None]) -> tuple[LaidCell | None, ...]:
    return tuple(
        cell and replace(cell, doubt=cell.doubt or UNRULED_ROW) for cell in row
    )


def _starts(row: Sequence[LaidCell | None]) -> list[float]:
    """Return the y at which each row within begins; none where it is one row."""
    cells = [cell for cell in row if cell is not None and cell.lines]
    if len(cells) < 2:
        return []
    placed = [
        Placed(column, line)
        for column, cell in enumerate(row)
        if cell is not None
        for line in cell.lines
    ]
    drawn = starts_by_order(placed)
    if drawn:
        return drawn
    numbers = [(line, _NUMBER.fullmatch(line_text(line))) for line in cells[0].lines]
    counted = [(line, int(m[1])) for line, m in numbers if m]
    if len(counted) > 1 and len(counted) == len(cells[0].lines):
        first = counted[0][1]
        if [n for _, n in counted] == list(range(first, first + len(counted))):
            return [line.y0 - 1 for line, _ in counted]
    return _level_starts(cells)


def _level_starts(cells: Sequence[LaidCell]) -> list[float]:
    """Return where each line begins when all cells have the same, mostly figures."""
    lines = cells[0].lines
    if len(lines) < 2 or any(len(c.lines) != len(lines) for c in cells):
        return []
    for cell in cells[1:]:
        pairs = zip(lines, cell.lines, strict=True)
        if any(abs(a.base - b.base) > _LEVEL for a, b in pairs):
            return []
    figures = sum(_is_figures(c.lines) for c in cells)
    return [line.y0 - 1 for line in lines] if figures * 2 >= len(cells) else []


def _is_figures(lines: Sequence[Line]) -> bool:
    return all(_FIGURE.fullmatch(line_text(line)) for line in lines)


def _divided(
    row: Sequence[LaidCell | None], starts: Sequence[float]
) -> list[tuple[LaidCell | None, ...]]:
    bounds = [*starts[1:], float("inf")]
    out = []
    top = float("-inf")
    for bottom in bounds:
        out.append(
            tuple(
                cell
                and replace(
                    cell,
                    lines=tuple(x for x in cell.lines if top <= x.y0 + 1 < bottom + 1),
                    doubt=UNRULED_ROW,
                )
                for cell in row
            )
        )
        top = bottom
    return out
