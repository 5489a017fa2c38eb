"""Find tables without rules by the cells that the file draws one after the other.

Calc, Excel and Writer print so. What shows no cells is left to `aligned`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from parsers.readers.pdf.banded import banded_tables, frames_of
from parsers.readers.pdf.drawn_cells import shown_columns, table_of_rows
from parsers.readers.pdf.laid import LaidTable
from parsers.readers.pdf.level import (
    LEAST_COLUMNS,
    OVER,
    Row,
    beside,
    is_full,
    overlap,
    width_of,
)
from parsers.readers.pdf.marks import Line, Rule
from parsers.readers.pdf.strokes import Blob, blobs_of

#: More cells than this on a page are not compared with each other.
_MOST_BLOBS = 1500
#: A font is so many times as high as its usual letter is wide.
_TALL = 2.1
#: Of a line's height: rows further apart than this are not of one table.
_FAR = 3.2
#: The same for rows that fill several columns.
_FURTHER = 12.0
#: Rows of few columns that may stand between two full ones.
_MOST_BETWEEN = 6
#: So many lines over several columns are a paragraph between two tables.
_PARAGRAPH = 3
#: Further rows that show where the columns are.
_MODELS = 4
#: Points: cells of one column begin, end or have their middles so near each other.
_FLUSH = 4.0


@dataclass(frozen=True, slots=True)
class Found:
    """A table, and which of the lines it covers: start included, end excluded."""

    start: int
    end: int
    table: LaidTable


def drawn_tables(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Found]:
    """Return the tables among `lines`, from the top; `rules` are the level ones."""
    if not lines:
        return []
    em = _em(lines)
    blobs = blobs_of(lines, em, rules)
    if len(blobs) > _MOST_BLOBS:
        return []
    found = []
    by_cells = _goes_up(blobs, em)
    for frame in frames_of(rules):
        for table, inside in banded_tables(frame, blobs, by_cells):
            found.append(_placed(table, inside, lines))
            taken = {id(blob) for blob in inside}
            blobs = [blob for blob in blobs if id(blob) not in taken]
    found = _apart(found)
    covered = {i for one in found for i in range(one.start, one.end)}
    blobs = [b for b in blobs if not covered & set(_inside(b, lines))]
    rows = _rows(blobs)
    if by_cells and _is_drawn_by_cells(rows):
        for region in _joined(_regions(rows, em, rules)):
            divided = table_of_rows(region)
            if divided is not None:
                inside = [b for row in region for b in row.blobs]
                found.append(_placed(divided, inside, lines))
    return _apart(found)


def _apart(found: Sequence[Found]) -> list[Found]:
    """Return the tables from the top, none that lies over one found before it."""
    kept: list[Found] = []
    for one in found:
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)


def _goes_up(blobs: Sequence[Blob], em: float) -> bool:
    """Tell whether the file goes back up to begin a cell: it does not draw by lines."""
    return any(b.lines[0].base < a.bottom - em * 0.5 for a, b in pairwise(blobs))


def _em(lines: Sequence[Line]) -> float:
    """Return about the height of the usual font; what fonts say of it differs."""
    high = median(line.size for line in lines)
    wide = median(g.x1 - g.x0 for x in lines for w in x.words for g in w.glyphs)
    return max(high, wide * _TALL)


def _is_drawn_by_cells(rows: Sequence[Row]) -> bool:
    """Tell whether cells of several lines stand beside others: no line-wise order."""
    return any(
        len(row.blobs) >= 2 and any(len(b.lines) > 1 for b in row.blobs) for row in rows
    )


def _placed(table: LaidTable, blobs: Sequence[Blob], lines: Sequence[Line]) -> Found:
    top = min(b.lines[0].base for b in blobs)
    bottom = max(b.bottom for b in blobs)
    inside = [i for i, x in enumerate(lines) if top - 0.1 <= x.base <= bottom + 0.1]
    return Found(inside[0], inside[-1] + 1, table)


def _inside(blob: Blob, lines: Sequence[Line]) -> range:
    """Return which of the lines a blob reaches over."""
    first = bisect_left(lines, blob.lines[0].base - 0.1, key=lambda x: x.base)
    last = bisect_right(lines, blob.bottom + 0.1, key=lambda x: x.base)
    return range(first, last)


def _rows(blobs: Sequence[Blob]) -> list[Row]:
    """Return the blobs that lie level with each other, from the top."""
    groups: list[list[Blob]] = []
    bottom = 0.0
    for blob in sorted(blobs, key=lambda b: b.top):
        if groups and blob.top < bottom:
            groups[-1].append(blob)
            bottom = max(bottom, blob.bottom)
        else:
            groups.append([blob])
            bottom = blob.bottom
    return [Row(tuple(sorted(g, key=lambda b: (b.x0, b.top)))) for g in groups]


def _regions(
    rows: Sequence[Row], em: float, rules: Sequence[Rule]
) -> Iterator[list[Row]]:
    """Yield the stretches of rows that stand in the columns of their fullest row."""
    done = 0
    while done < len(rows):
        stretch = _stretch(rows, done, em)
        if stretch is None:
            return
        start, end = stretch
        yield list(rows[start : _closed(rows, start, end, rules)])
        done = end


def _joined(regions: Iterable[list[Row]]) -> Iterator[list[Row]]:
    """Yield the regions, those as one that follow each other in the same columns."""
    last: list[Row] = []
    for region in regions:
        if last and _is_same_table(last, region):
            last = [*last, *region]
            continue
        if last:
            yield last
        last = region
    if last:
        yield last


def _is_same_table(above: Sequence[Row], below: Sequence[Row]) -> bool:
    """Tell whether nothing parts two regions, and each column lies below its own."""
    high = max(row.bottom - row.top for row in (*above, *below))
    if below[0].top - above[-1].bottom > high:
        return False
    first, second = shown_columns(above), shown_columns(below)
    if len(first) != len(second) or len(first) <= LEAST_COLUMNS:
        return False
    pairs = zip(first, second, strict=True)
    return all(min(a[1], b[1]) - max(a[0], b[0]) > 0 for a, b in pairs)


def _stretch(rows: Sequence[Row], done: int, em: float) -> tuple[int, int] | None:
    full = [i for i in range(done, len(rows)) if is_full(rows[i])]
    if not full:
        return None
    # The fullest of the first rows: a heading may have two levels.
    near = [i for i in full if i - full[0] < 3]
    anchor = rows[max(near, key=lambda i: width_of(rows[i]))]
    start, end = full[0], full[0]
    while start > done and _belongs(rows[start - 1], (anchor,)):
        if rows[start].top - rows[start - 1].bottom > em * _far(rows[start - 1]):
            break
        start -= 1
    models = [anchor]
    for index in full[1:]:
        if not _leads_to(rows[end : index + 1], models, em):
            break
        end = index
        models = [anchor, *models[1:][-_MODELS:], rows[index]]
    while end + 1 < len(rows) and _belongs(rows[end + 1], models):
        if rows[end + 1].top - rows[end].bottom > em * _far(rows[end + 1]):
            break
        end += 1
    while start < full[0] and width_of(rows[start]) < 2:
        start += 1
    while end > full[0] and width_of(rows[end]) < 2 and not _is_close(rows, end, em):
        end -= 1
    return start, end + 1


def _closed(rows: Sequence[Row], start: int, end: int, rules: Sequence[Rule]) -> int:
    """Return where a stretch of rows ends if a rule closes it: signatures stand below.

    What follows the last full row belongs to it where a rule stands under it too.
    """
    last = max(i for i in range(start, end) if is_full(rows[i]))
    lowest = max((r.at for r in rules if r.at < rows[end - 1].bottom), default=0.0)
    for index in range(last + 1, end):
        if rows[index - 1].bottom - 1 <= lowest <= rows[index].top + 1:
            under = any(r.at >= rows[end - 1].bottom - 1 for r in rules)
            return end if under else index
    return end


def _leads_to(rows: Sequence[Row], models: Sequence[Row], em: float) -> bool:
    """Tell whether the last of `rows` goes on with the table that the first is of."""
    if len(rows) - 2 > _MOST_BETWEEN:
        return False
    if any(b.top - a.bottom > em * _FURTHER for a, b in pairwise(rows)):
        return False
    return all(_belongs(row, models) for row in rows[1:])


def _far(row: Row) -> float:
    """Return how many heights of a line a row may be from the others."""
    return _FURTHER if is_full(row) else _FAR


def _is_close(rows: Sequence[Row], index: int, em: float) -> bool:
    return rows[index].top - rows[index - 1].bottom < em * 0.9


def _belongs(row: Row, models: Sequence[Row]) -> bool:
    """Tell whether `row` stands in the columns that the rows `models` fill."""
    if len(row.blobs) < 2:
        return not _is_prose(row.blobs[0], models[0])
    fitting = sum(any(_fits(blob, model) for model in models) for blob in row.blobs)
    if len(row.blobs) < LEAST_COLUMNS:
        return fitting == len(row.blobs)
    if any(_matches(row, model) for model in models):
        return True
    wide = width_of(row) * 3 >= max(map(width_of, models))
    return wide and fitting * 2 >= len(row.blobs)


def _matches(row: Row, model: Row) -> bool:
    """Tell whether the texts of both rows stand below each other one by one.

    A heading is centred over what begins at the left edges of its columns.
    """
    ours, theirs = beside(row.blobs), beside(model.blobs)
    if len(ours) != len(theirs) or len(ours) < LEAST_COLUMNS:
        return False
    return all(
        (before is None or before.x1 - OVER <= blob.x0)
        and (after is None or blob.x1 <= after.x0 + OVER)
        for blob, before, after in zip(
            ours, [None, *theirs[:-1]], [*theirs[1:], None], strict=True
        )
    )


def _is_prose(blob: Blob, model: Row) -> bool:
    """Tell whether a text alone in its row is a paragraph over several columns."""
    over = [b for b in model.blobs if overlap(blob, b)]
    return len(blob.lines) >= _PARAGRAPH and len(over) > 1


def _fits(blob: Blob, model: Row) -> bool:
    under = [b for b in model.blobs if overlap(blob, b)]
    return len(beside(under)) < 2 and (
        not under or any(_is_flush(blob, b) for b in under)
    )


def _is_flush(a: Blob, b: Blob) -> bool:
    sides = a.x0 - b.x0, a.x1 - b.x1, (a.x0 + a.x1 - b.x0 - b.x1) / 2
    return any(abs(side) <= _FLUSH for side in sides) or (a.x0 > b.x0 and a.x1 < b.x1)
