"""Tell rows that no rule divides by the order in which a file draws their cells.

Writer draws a row's cells from left to right, one row after the other; Calc the short
cells of a page first and then the wrapped ones, each time row by row. Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from parsers.readers.pdf.marks import Line, line_text

#: Of a line's height: lines of one cell are no further apart.
_LEADING = 1.6
#: Of a line's height: letters so far into another row stand in it.
_INTO = 0.3
#: Of a line's height: small letters above the baseline.
_SMALL = 0.55


class Placed(NamedTuple):
    """One line of a cell in its column."""

    column: int
    line: Line


@dataclass(slots=True)
class _Run:
    """Lines drawn one after the other that may be one row, or a part of it."""

    lines: list[Placed]
    top: float
    bottom: float
    columns: set[int] = field(default_factory=set)


def starts_by_order(placed: Iterable[Placed]) -> list[float]:
    """Return the y above each row; nothing where the order tells no rows."""
    drawn = sorted(placed, key=lambda p: p.line.words[0].glyphs[0].order)
    if not drawn or not _goes_up(drawn):
        return []
    runs: list[_Run] = []
    for one in drawn:
        if runs and _is_same_row(runs[-1], one):
            _take(runs[-1], one)
        else:
            runs.append(_begun(one))
    rows = _merged(runs)
    size = drawn[0].line.size
    for above, below in pairwise(rows):
        if below.top < above.bottom - size * _INTO:
            return []
    return [row.top - size * _INTO for row in rows] if len(rows) > 1 else []


def _goes_up(drawn: Sequence[Placed]) -> bool:
    """Tell whether the file goes back up for a cell: it draws not line by line."""
    return any(
        b.column > a.column and b.line.base < a.line.base - a.line.size * _INTO
        for a, b in pairwise(drawn)
    )


def _begun(one: Placed) -> _Run:
    line = one.line
    return _Run([one], line.base - line.size * _SMALL, line.base, {one.column})


def _take(run: _Run, one: Placed) -> None:
    run.lines.append(one)
    run.columns.add(one.column)
    run.top = min(run.top, one.line.base - one.line.size * _SMALL)
    run.bottom = max(run.bottom, one.line.base)


def _is_same_row(run: _Run, one: Placed) -> bool:
    last = run.lines[-1]
    size = one.line.size
    if one.column == last.column:
        apart = one.line.base - last.line.base
        return 0 < apart <= size * _LEADING and not _counts_on(last.line, one.line)
    if one.column < last.column or one.column in run.columns:
        return False
    # What begins below all of the row before is the next one's.
    return one.line.base - size * _SMALL < run.bottom + size * _INTO


def _counts_on(above: Line, below: Line) -> bool:
    first, second = (line_text(x).strip("().") for x in (above, below))
    if not (first.isdecimal() and second.isdecimal() and len(first) < 4):
        return False
    return int(second) == int(first) + 1


def _merged(runs: Sequence[_Run]) -> list[_Run]:
    """Return the rows: runs that are level and fill different columns are one."""
    rows: list[_Run] = []
    for run in sorted(runs, key=lambda r: (r.top, r.bottom)):
        if rows and _is_level(rows[-1], run) and not rows[-1].columns & run.columns:
            for one in run.lines:
                _take(rows[-1], one)
        else:
            rows.append(run)
    return rows


def _is_level(a: _Run, b: _Run) -> bool:
    over = min(a.bottom, b.bottom) - max(a.top, b.top)
    return over >= min(a.bottom - a.top, b.bottom - b.top) * 0.5
