"""Find tables that no rule draws, by the columns that their words stand in.

What is no table is prose, read column by column where it stands in columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.readers.pdf.columns import Coverage, Segment, segments_of
from parsers.readers.pdf.drawn import drawn_tables
from parsers.readers.pdf.laid import LaidTable, Prose
from parsers.readers.pdf.likeness import is_flush_pair, is_pair, is_table, pair_table
from parsers.readers.pdf.marks import Line, Rule
from parsers.readers.pdf.unruled import WRAPPED_ROW, table_of

Block = LaidTable | Prose

#: More lines than this on one page are no text that anybody reads.
_MOST_LINES = 3000
#: A row of one column may have so many lines between two of several columns.
_MOST_BETWEEN = 10
#: Of a line's height: a larger distance ends a table.
_FAR = 4.0
#: Of a line's height: lines nearer than this may be one row, wrapped.
_CLOSE = 1.6
#: Of a line's height: the lines of one heading are not further apart.
_WRAPPED = 1.25
#: Times the least distance of lines: what is wrapped is no further below; measured on a
#: picture, lines are not quite as far apart as they are.
_TIGHT, _LOOSE = 1.15, 1.35
#: So many texts beside each other are a row of a table, not a letterhead.
_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A line with its segments."""

    line: Line
    segments: list[Segment]


def blocks_of(
    lines: Sequence[Line], rules: Sequence[Rule], sides: tuple[float, float]
) -> list[Block]:
    """Return the tables and the prose of `lines`, from the top.

    `lines` are those of a page between two ruled tables, `rules` the level rules that
    belong to no grid, `sides` the x between which the page is written on.
    """
    if not lines:
        return []
    left, right = sides
    if len(lines) > _MOST_LINES:
        return [Prose(tuple(lines), left, right)]
    if _was_seen(lines):
        # Nobody drew these letters in an order that would tell of cells.
        start = _heading_at(lines)
        above = _aligned(lines[:start], rules, sides) if start else []
        return [*above, *_aligned(lines[start:], rules, sides)]
    blocks: list[Block] = []
    done = 0
    for found in drawn_tables(lines, rules):
        blocks.extend(_aligned(lines[done : found.start], rules, sides))
        blocks.append(found.table)
        done = found.end
    blocks.extend(_aligned(lines[done:], rules, sides))
    return blocks


def _heading_at(lines: Sequence[Line]) -> int:
    """Return where the first row of several columns begins, wrapped lines included.

    What stands above it is the letterhead in its two columns, and the title.
    """
    for index, line in enumerate(lines):
        if len(segments_of(line)) < _COLUMNS:
            continue
        while index > 0:
            above, below = lines[index - 1], lines[index]
            if below.base - above.base > below.size * _WRAPPED:
                break
            index -= 1
        return index
    return 0


def _was_seen(lines: Sequence[Line]) -> bool:
    """Tell whether the letters were read from a picture, by ourselves."""
    return lines[0].words[0].glyphs[0].style.sure is not None


def _aligned(
    lines: Sequence[Line], rules: Sequence[Rule], sides: tuple[float, float]
) -> list[Block]:
    left, right = sides
    rows = [Row(line, segments_of(line)) for line in lines]
    blocks: list[Block] = []
    done = 0
    for start, end in _stretches(rows, left, right):
        found = _block(rows[start:end], rules)
        if found:
            blocks.extend(_prose(lines[done:start], left, right))
            blocks.extend(found[:-1])
            blocks.append(_open_ended(found[-1], rows, end))
            done = end
    blocks.extend(_prose(lines[done:], left, right))
    return blocks


def _open_ended(block: Block, rows: Sequence[Row], end: int) -> Block:
    """Return a table whose last row is in doubt where more lines stand close below."""
    if not isinstance(block, LaidTable) or end >= len(rows):
        return block
    above, below = rows[end - 1].line, rows[end].line
    if below.base - above.base > above.size * _CLOSE:
        return block
    last = tuple(
        cell and replace(cell, doubt=cell.doubt or WRAPPED_ROW)
        for cell in block.rows[-1]
    )
    return replace(block, rows=(*block.rows[:-1], last))


def _prose(lines: Sequence[Line], left: float, right: float) -> list[Block]:
    return [Prose(tuple(lines), left, right)] if lines else []


def _stretches(rows: Sequence[Row], left: float, right: float) -> list[tuple[int, int]]:
    """Return where stretches of lines in the same columns begin and end."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    last = 0
    coverage = Coverage.over(left, right)
    for index, row in enumerate(rows):
        if len(row.segments) < 2:
            continue
        if start is not None and _belongs(rows, last, index, coverage, left, right):
            coverage.add(row.segments)
        else:
            if start is not None:
                found.append((start, last + 1))
            start = index
            coverage = Coverage.over(left, right)
            coverage.add(row.segments)
        last = index
    if start is not None:
        found.append((start, last + 1))
    return [(a, _with_tail(rows, a, b, left, right)) for a, b in found]


def _belongs(
    rows: Sequence[Row],
    last: int,
    index: int,
    coverage: Coverage,
    left: float,
    right: float,
) -> bool:
    """Tell whether row `index` stands in the columns of the stretch up to `last`."""
    if index - last - 1 > _MOST_BETWEEN:
        return False
    for above, below in zip(rows[last:index], rows[last + 1 : index + 1], strict=True):
        if below.line.y0 - above.line.y1 > below.line.size * _FAR:
            return False
    before = coverage.columns()
    wide = sum(
        1
        for row in rows[last + 1 : index]
        if row.line.x1 - row.line.x0 > (right - left) * 0.5
    )
    if wide > 1:
        return False
    trial = coverage.copy()
    trial.add(rows[index].segments)
    after = trial.columns()
    if len(after) < 2 or len(after) * 2 < len(before):
        return False
    # More pieces than columns, in this line and in the next, are another table's.
    parts = len(rows[index].segments)
    return parts <= len(after) or _next_parts(rows, index, parts) <= len(after)


def _next_parts(rows: Sequence[Row], index: int, last: int) -> int:
    """Return the pieces of the next line that has several; `last` for none."""
    for row in rows[index + 1 : index + 1 + _MOST_BETWEEN]:
        if len(row.segments) > 1:
            return len(row.segments)
    return last


def _with_tail(
    rows: Sequence[Row], start: int, end: int, left: float, right: float
) -> int:
    """Return the end with the wrapped lines that follow the last row of a stretch."""
    if end - start < 2:
        return end
    tight = min(
        b.line.base - a.line.base
        for a, b in zip(rows[start:end], rows[start + 1 : end], strict=False)
    )
    while end < len(rows):
        above, row = rows[end - 1], rows[end]
        most = tight * (_LOOSE if _was_seen([row.line]) else _TIGHT)
        if len(row.segments) != 1 or row.line.base - above.line.base > most:
            return end
        inside = any(
            s.x0 - 2 <= row.line.x0 and row.line.x1 <= s.x1 + row.line.size
            for r in rows[start:end]
            for s in r.segments
        )
        if not inside:
            return end
        end += 1
    return end


def _block(rows: Sequence[Row], rules: Sequence[Rule]) -> list[Block]:
    """Return what a stretch is: a table, two blocks side by side, or nothing known."""
    coverage = Coverage.over(min(r.line.x0 for r in rows), max(r.line.x1 for r in rows))
    for row in rows:
        if len(row.segments) > 1:
            coverage.add(row.segments)
    columns = coverage.columns()
    lines = [row.line for row in rows]
    if len(columns) < 2:
        return []
    top, bottom = lines[0].y0, lines[-1].y1
    near = [r for r in rules if top - 14 <= r.at <= bottom + 14]
    table = table_of(lines, columns, near)
    if len(columns) == 2 and is_pair(table):
        return [pair_table(table)]
    if is_table(table, len(near)):
        return [table]
    if len(columns) == 2 and is_flush_pair(table):
        return [pair_table(table)]
    if len(columns) == 2 and len(lines) > 3:
        return _by_column(lines, columns)
    return []


def _by_column(
    lines: Sequence[Line], columns: Sequence[tuple[float, float]]
) -> list[Block]:
    """Return prose that stands in columns, the left one first."""
    table = table_of(lines, columns, ())
    blocks: list[Block] = []
    for number, (left, right) in enumerate(columns):
        cells = [row[number] for row in table.rows]
        column = tuple(line for cell in cells if cell for line in cell.lines)
        blocks.extend(_prose(column, left, right))
    return blocks
