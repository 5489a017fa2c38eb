"""Read tables of which only the level rules are drawn: each row lies between two.

A rule that leaves a column out leaves the cell there merged with the one below. Where
the columns are is told by the letters, as in `drawn_cells`.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from parsers.readers.pdf.drawn_cells import (
    LEVEL_ROW,
    Area,
    Column,
    covered,
    divided,
    is_section,
    laid_of,
    room_of,
    shown_columns,
)
from parsers.readers.pdf.laid import LaidCell, LaidTable
from parsers.readers.pdf.level import LEAST_COLUMNS, Row
from parsers.readers.pdf.marks import Rule
from parsers.readers.pdf.strokes import Blob

#: So many rules of one length draw a table: above, below its heading, at its end.
_LEAST_RULES = 3
#: Points: rules of one table begin and end so near each other.
_FLUSH = 4.0
#: Points that a rule reaches beyond the letters of a column that it divides.
_BEYOND = 0.5
#: A frame is no taller than this many rules; a page of lined paper is none.
_MOST_RULES = 300


class Frame(NamedTuple):
    """The rules of one table: those of full length from the top, and shorter ones."""

    full: tuple[Rule, ...]
    partial: tuple[Rule, ...]


def frames_of(rules: Sequence[Rule]) -> list[Frame]:
    """Return the frames that level rules of one length draw, from the top."""
    left = sorted((r for r in rules if not r.upright), key=lambda r: r.at)
    found: list[Frame] = []
    while left:
        longest = max(left, key=lambda r: r.end - r.start)
        full = [r for r in left if _is_same(r, longest)]
        inside = [r for r in left if _lies_in(r, full)]
        left = [r for r in left if r not in inside]
        if _LEAST_RULES <= len(full) <= _MOST_RULES:
            found.append(Frame(tuple(full), tuple(r for r in inside if r not in full)))
    return sorted(found, key=lambda f: f.full[0].at)


def _is_same(rule: Rule, other: Rule) -> bool:
    begins = abs(rule.start - other.start) <= _FLUSH
    return begins and abs(rule.end - other.end) <= _FLUSH


def _lies_in(rule: Rule, full: Sequence[Rule]) -> bool:
    first, last = full[0], full[-1]
    if not first.at <= rule.at <= last.at:
        return False
    return rule.start >= first.start - _FLUSH and rule.end <= first.end + _FLUSH


def banded_tables(
    frame: Frame, blobs: Sequence[Blob], by_cells: bool
) -> list[tuple[LaidTable, list[Blob]]]:
    """Return the tables that a frame rules, each with its blobs; none where no rows.

    `by_cells` says that the file draws one cell after the other. A table may have
    rules only above, below and under its heading: between them stand many rows.
    """
    full = [rule.at for rule in frame.full]
    first = frame.full[0]
    inside = [
        b
        for b in blobs
        if full[0] < b.bottom <= full[-1]
        and b.x0 >= first.start - _FLUSH
        and b.x1 <= first.end + _FLUSH
    ]
    bands: list[list[Blob]] = [[] for _ in full[1:]]
    for blob in inside:
        bands[bisect_right(full, blob.lines[0].base) - 1].append(blob)
    shown = [Row(tuple(band)) for band in bands if band]
    columns = shown_columns(shown) if shown else []
    if len(columns) < LEAST_COLUMNS or _holds_rows(shown, columns, frame, by_cells):
        return []
    found = []
    for start, end in _runs(bands, columns):
        part = Frame(frame.full[start : end + 1], frame.partial)
        here = [b for band in bands[start:end] for b in band]
        if end - start > 1 and here:
            found.append((_table(part, here, columns), here))
    return found


def _holds_rows(
    bands: Sequence[Row], columns: Sequence[Column], frame: Frame, by_cells: bool
) -> bool:
    """Tell whether several rows stand between two rules of the frame."""
    if not by_cells:
        return len(bands) < _LEAST_RULES
    ys = [rule.at for rule in frame.partial]
    return any(
        len(divided(band, columns)) > 1
        for band in bands[1:]
        if not any(band.top < y < band.bottom for y in ys)
    )


def _runs(
    bands: Sequence[Sequence[Blob]], columns: Sequence[Column]
) -> list[tuple[int, int]]:
    """Return where rows follow each other; what stands between two tables parts them.

    That is a band of several texts of which none stands in one column.
    """
    runs: list[tuple[int, int]] = []
    start = 0
    for index, band in enumerate(bands):
        spans = [covered(blob, columns) for blob in band]
        if len(band) > 1 and all(last - first > 1 for first, last in spans):
            runs.append((start, index))
            start = index + 1
    runs.append((start, len(bands)))
    return runs


def _table(frame: Frame, blobs: Sequence[Blob], columns: Sequence[Column]) -> LaidTable:
    lines = _boundaries(frame, columns)
    ys = sorted(lines)
    height, width = len(ys) - 1, len(columns)
    tops = _tops(ys, lines, width)
    widths = room_of([Row(tuple(blobs))], columns)
    rows: list[list[LaidCell | None]] = [
        [LaidCell(doubt=LEVEL_ROW) for _ in columns] for _ in range(height)
    ]
    merged: list[Area] = []
    for row in range(height):
        for column in range(width):
            if tops[row][column] < row:
                rows[row][column] = None
    placed = _placed(blobs, columns, ys, tops)
    for (top, left, right), group in placed.items():
        bottom = top + 1
        while bottom < height and tops[bottom][left] == top:
            bottom += 1
        if _alone(placed, top) and bottom == top + 1:
            rest = [Row(tuple(b for b in blobs if b not in group))]
            if is_section(group, rest, columns):
                left, right = 0, width
        text = tuple(x for b in sorted(group, key=lambda b: b.top) for x in b.lines)
        room = max(widths[left], *(x.x1 - x.x0 for x in text))
        for row in range(top, bottom):
            rows[row][left:right] = [None] * (right - left)
        rows[top][left] = LaidCell(text, room, LEVEL_ROW)
        if bottom - top > 1 or right - left > 1:
            merged.append((top, left, bottom, right))
    return laid_of(
        [tuple(row) for row in rows], sorted(merged), columns, (ys[0], ys[-1])
    )


def _boundaries(frame: Frame, columns: Sequence[Column]) -> dict[float, frozenset[int]]:
    """Return which columns each boundary between rows divides, by its y."""
    every = frozenset(range(len(columns)))
    found = {rule.at: every for rule in frame.full}
    for rule in frame.partial:
        if not frame.full[0].at < rule.at < frame.full[-1].at:
            continue
        parted = frozenset(
            number
            for number, (left, right) in enumerate(columns)
            if rule.start <= left - _BEYOND and rule.end >= right + _BEYOND
        )
        if parted:
            found[rule.at] = found.get(rule.at, frozenset()) | parted
    return found


def _tops(
    ys: Sequence[float], lines: dict[float, frozenset[int]], width: int
) -> list[list[int]]:
    """Return for each row and column the row in which its cell begins."""
    tops = [list(range(1)) * width]
    for row in range(1, len(ys) - 1):
        parted = lines[ys[row]]
        tops.append([row if c in parted else tops[-1][c] for c in range(width)])
    return tops


def _placed(
    blobs: Sequence[Blob],
    columns: Sequence[Column],
    ys: Sequence[float],
    tops: Sequence[Sequence[int]],
) -> dict[tuple[int, int, int], list[Blob]]:
    """Return the blobs of each cell by its first row, first and last column."""
    by_row: dict[int, list[tuple[int, int, list[Blob]]]] = {}
    spans = sorted(((*covered(b, columns), b) for b in blobs), key=lambda s: s[:2])
    for first, last, blob in spans:
        row = min(max(bisect_right(ys, blob.lines[0].base) - 1, 0), len(tops) - 1)
        cells = by_row.setdefault(tops[row][first], [])
        if cells and first < cells[-1][1]:
            start, end, group = cells[-1]
            cells[-1] = start, max(end, last), [*group, blob]
        else:
            cells.append((first, last, [blob]))
    return {
        (row, first, last): group
        for row, cells in by_row.items()
        for first, last, group in cells
    }


def _alone(placed: dict[tuple[int, int, int], list[Blob]], row: int) -> bool:
    return sum(1 for top, _, _ in placed if top == row) == 1
