"""Divide the rows of a table without rules into columns and cells.

Which rows are one table is decided in `drawn`.
"""

from collections.abc import Sequence
from itertools import pairwise

from parsers.readers.pdf.laid import LaidCell, LaidTable
from parsers.readers.pdf.level import (
    LEAST_COLUMNS,
    OVER,
    Row,
    beside,
    is_full,
    overlap,
)
from parsers.readers.pdf.marks import Box
from parsers.readers.pdf.strokes import Blob

#: Which lines are one row was told by what is level with what.
LEVEL_ROW = "row_without_rule"
#: Of a table's width: a text of all columns has its middle so near the table's.
_CENTRED = 0.06

Column = tuple[float, float]
Cells = tuple[LaidCell | None, ...]
#: Top, left, bottom, right, ends excluded.
Area = tuple[int, int, int, int]


def shown_columns(rows: Sequence[Row]) -> list[Column]:
    """Return the columns: what blobs that span none cover together."""
    wide = [row for row in rows if is_full(row)]
    blobs = [b for row in wide for b in row.blobs if not _spans(b, wide)]
    parts: list[list[Blob]] = []
    reach = 0.0
    for blob in sorted(blobs, key=lambda b: b.x0):
        if parts and blob.x0 < reach - OVER:
            parts[-1].append(blob)
            reach = max(reach, blob.x1)
        else:
            parts.append([blob])
            reach = blob.x1
    return [(min(b.x0 for b in p), max(b.x1 for b in p)) for p in _united(parts, rows)]


def _united(parts: list[list[Blob]], rows: Sequence[Row]) -> list[list[Blob]]:
    """Return the parts, those beside each other as one that one heading stands over.

    A heading in the middle of a wide column may stand beside all of its short texts,
    figures at its right edge beside the heading's number below it.
    """
    heading = {id(b) for b in rows[0].blobs}
    out: list[list[Blob]] = []
    for part in parts:
        headed = any(id(b) in heading for b in part)
        if out:
            before = any(id(b) in heading for b in out[-1])
            level = any(_level(a, b) for a in out[-1] for b in part)
            if headed != before and not level:
                out[-1].extend(part)
                continue
        out.append(list(part))
    return out


def _level(a: Blob, b: Blob) -> bool:
    return a.top < b.bottom and b.top < a.bottom


def _spans(blob: Blob, rows: Sequence[Row]) -> bool:
    """Tell whether `blob` stands over several columns of most rows."""
    over = single = 0
    for row in rows:
        under = [b for b in row.blobs if b is not blob and overlap(blob, b)]
        if len(beside(under)) > 1:
            over += 1
        elif under:
            single += 1
    return over > single


def table_of_rows(rows: Sequence[Row]) -> LaidTable | None:
    """Return the table of `rows`; None where they show too few columns."""
    columns = shown_columns(rows)
    if len(columns) < LEAST_COLUMNS:
        return None
    widths = room_of(rows, columns)
    out: list[Cells] = []
    merged: list[Area] = []
    for row in rows:
        for blobs in divided(row, columns):
            cells, spans = _cells(blobs, columns, widths)
            if is_section(blobs, rows, columns):
                cells, spans = _over_all(cells)
            merged.extend((len(out), a, len(out) + 1, b) for a, b in spans)
            out.append(cells)
    out, merged = _without_between(out, merged)
    several = sum(1 for cells in out if sum(bool(c and c.lines) for c in cells) > 1)
    if several < 2 and len(columns) <= LEAST_COLUMNS:
        return None
    return laid_of(out, merged, columns, (rows[0].top, rows[-1].bottom))


def laid_of(
    rows: Sequence[Cells],
    merged: Sequence[Area],
    columns: Sequence[Column],
    reach: tuple[float, float],
) -> LaidTable:
    """Return the table of these rows, which reach from one y to another."""
    inner = tuple((a[1] + b[0]) / 2 for a, b in pairwise(columns))
    edges = (columns[0][0] - 1, *inner, columns[-1][1] + 1)
    box = Box(edges[0], reach[0], edges[-1], reach[1])
    return LaidTable(box, edges, tuple(rows), tuple(merged), ruled=False)


def room_of(rows: Sequence[Row], columns: Sequence[Column]) -> list[float]:
    """Return the longest line of each column: at least so much room it has."""
    widths = [0.0] * len(columns)
    for row in rows:
        for blob in row.blobs:
            first, last = covered(blob, columns)
            if last - first == 1:
                here = max(x.x1 - x.x0 for x in blob.lines)
                widths[first] = max(widths[first], here)
    return widths


def covered(blob: Blob, columns: Sequence[Column]) -> tuple[int, int]:
    """Return the columns that a blob lies over: first, last excluded."""
    over = [
        i
        for i, (a, b) in enumerate(columns)
        if min(b, blob.x1) - max(a, blob.x0) > OVER
    ]
    if over:
        return over[0], over[-1] + 1
    middle = (blob.x0 + blob.x1) / 2
    near = min(range(len(columns)), key=lambda i: abs(sum(columns[i]) / 2 - middle))
    return near, near + 1


def divided(row: Row, columns: Sequence[Column]) -> list[list[Blob]]:
    """Return the row as several where two columns at least have a cell for each.

    A cell merged over rows lies level with all of them.
    """
    stacks: dict[int, list[Blob]] = {}
    for blob in sorted(row.blobs, key=lambda b: b.top):
        stack = stacks.setdefault(covered(blob, columns)[0], [])
        if not stack or blob.top >= stack[-1].bottom:
            stack.append(blob)
    levels = _levels(row, columns)
    if levels:
        return levels
    most = max(map(len, stacks.values()))
    high = [stack for stack in stacks.values() if len(stack) == most]
    if most < 2 or (len(high) < 2 and not _counts(high[0])):
        return [list(row.blobs)]
    tops = [min(stack[i].top for stack in high) for i in range(most)]
    out: list[list[Blob]] = [[] for _ in tops]
    for blob in row.blobs:
        at = sum(top <= blob.top + OVER for top in tops[1:])
        out[at].append(blob)
    return out


def _levels(row: Row, columns: Sequence[Column]) -> list[list[Blob]]:
    """Return a heading's row as two where one text stands over several others."""
    for blob in row.blobs:
        first, last = covered(blob, columns)
        below = [
            b
            for b in row.blobs
            if b.top >= blob.bottom and first <= covered(b, columns)[0] < last
        ]
        if last - first > 1 and len(beside(below)) > 1:
            return [[b for b in row.blobs if b not in below], below]
    return []


def _counts(stack: Sequence[Blob]) -> bool:
    numbers = [b.text.strip("().") for b in stack]
    if not all(n.isdecimal() and len(n) < 4 for n in numbers):
        return False
    return all(int(b) == int(a) + 1 for a, b in pairwise(numbers))


def _cells(
    blobs: Sequence[Blob], columns: Sequence[Column], widths: Sequence[float]
) -> tuple[Cells, list[tuple[int, int]]]:
    """Return the cells of one row, and which of them span columns."""
    spans: list[tuple[int, int, list[Blob]]] = []
    for first, last, blob in sorted(
        ((*covered(b, columns), b) for b in blobs), key=lambda x: (x[0], x[2].top)
    ):
        if spans and first < spans[-1][1]:
            before = spans[-1]
            spans[-1] = before[0], max(last, before[1]), [*before[2], blob]
        else:
            spans.append((first, last, [blob]))
    cells: list[LaidCell | None] = [LaidCell(doubt=LEVEL_ROW) for _ in columns]
    for first, last, group in spans:
        lines = tuple(x for b in sorted(group, key=lambda b: b.top) for x in b.lines)
        room = max(widths[first], *(x.x1 - x.x0 for x in lines))
        cells[first] = LaidCell(lines, room, LEVEL_ROW)
        cells[first + 1 : last] = [None] * (last - first - 1)
    return tuple(cells), [(a, b) for a, b, _ in spans if b - a > 1]


def is_section(
    blobs: Sequence[Blob], rows: Sequence[Row], columns: Sequence[Column]
) -> bool:
    """Tell whether a text alone in its row stands in the middle of the table."""
    if len(blobs) != 1:
        return False
    blob = blobs[0]
    middle = (columns[0][0] + columns[-1][1]) / 2
    off = abs((blob.x0 + blob.x1) / 2 - middle)
    if off > (columns[-1][1] - columns[0][0]) * _CENTRED:
        return False
    others = [b for row in rows for b in row.blobs if b is not blob]
    return all(abs(b.x0 - blob.x0) > 1 for b in others)


def _over_all(cells: Cells) -> tuple[Cells, list[tuple[int, int]]]:
    """Return the row's one text as merged over all columns."""
    text = next(cell for cell in cells if cell is not None and cell.lines)
    return (text, *[None] * (len(cells) - 1)), [(0, len(cells))]


def _without_between(
    rows: list[Cells], merged: list[Area]
) -> tuple[list[Cells], list[Area]]:
    """Return the rows, a text that stands between two of them as merged over both."""
    out: list[Cells] = []
    areas: list[Area] = []
    skipped = 0
    for number, row in enumerate(rows):
        column = _only(row)
        below = rows[number + 1] if number + 1 < len(rows) else None
        if column and out and below and _lack(out[-1], below, column):
            out[-1] = (*out[-1][:column], row[column], *out[-1][column + 1 :])
            rows[number + 1] = (*below[:column], None, *below[column + 1 :])
            areas.append((len(out) - 1, column, len(out) + 1, column + 1))
            skipped += 1
            continue
        areas.extend(
            (top - skipped, a, bottom - skipped, b)
            for top, a, bottom, b in merged
            if top == number
        )
        out.append(row)
    return out, areas


def _only(row: Cells) -> int | None:
    """Return the one column that the row fills."""
    filled = [i for i, cell in enumerate(row) if cell is not None and cell.lines]
    return filled[0] if len(filled) == 1 and None not in row else None


def _lack(above: Cells, below: Cells, column: int) -> bool:
    """Tell whether both rows are filled, but not in this column."""
    for row in (above, below):
        cell = row[column]
        if cell is None or cell.lines or sum(bool(c and c.lines) for c in row) < 2:
            return False
    return True
