"""Divide the lines of an unruled table into rows and cells.

Which lines are a table is decided before and after; here they are taken as one.
"""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from parsers.readers.pdf.columns import was_left
from parsers.readers.pdf.laid import LaidCell, LaidTable
from parsers.readers.pdf.marks import Box, Line, Rule, Word, line_text

#: Which of several lines are one row was judged by distances and numbers.
WRAPPED_ROW = "row_without_rule"
UNEVEN = "columns_uneven"
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]?")
_FIGURE = re.compile(r"[\d.,()%\s$€£+\-–—:/*]+|n/?a|\.\.+", re.IGNORECASE)
#: Distances above the least one by this much begin a new row.
_LARGER = 1.22
#: A distance of this many heights is one of wrapped lines, less than any row's.
_WRAPPED = 1.32
#: Columns so many heights apart are no words of one sentence.
_CLEAR = 0.9

Column = tuple[float, float]
Edge = tuple[float, ...]


def table_of(
    lines: Sequence[Line], columns: Sequence[Column], rules: Sequence[Rule]
) -> LaidTable:
    """Return the table of `lines` in `columns`; `rules` are the level ones near it."""
    edges = _edges(columns)
    parted = [_parted(line, edges) for line in lines]
    groups = _rows(lines, parted, rules)
    rows: list[tuple[LaidCell | None, ...]] = []
    merged: list[tuple[int, int, int, int]] = []
    for group in groups:
        row, spans = _row([parted[i] for i in group], edges)
        merged.extend((len(rows), a, len(rows) + 1, b) for a, b in spans)
        rows.append(row)
    box = Box(edges[0], lines[0].y0, edges[-1], lines[-1].y1)
    table = LaidTable(box, edges, tuple(rows), tuple(merged), ruled=False)
    table = _with_widths(table)
    return table if _is_plain(lines, parted, len(groups)) else _doubted(table)


def _is_plain(
    lines: Sequence[Line], parted: Sequence[Sequence["Part"]], rows: int
) -> bool:
    """Tell whether no other division could be meant: a line a row, far apart."""
    if rows < len(lines):
        return False
    for line, parts in zip(lines, parted, strict=True):
        if len(parts) < 2:
            return False
        for a, b in itertools.pairwise(parts):
            if b[2].x0 - a[2].x1 < line.size * _CLEAR:
                return False
    return True


def _doubted(table: LaidTable) -> LaidTable:
    rows = tuple(
        tuple(cell and replace(cell, doubt=cell.doubt or UNEVEN) for cell in row)
        for row in table.rows
    )
    return replace(table, rows=rows)


def _with_widths(table: LaidTable) -> LaidTable:
    """Return the table, each line's room being the longest line of its column."""
    spanning = {(top, left) for top, left, _, _ in table.merged}
    widths = [0.0] * (len(table.edges) - 1)
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if cell is not None and (number, column) not in spanning:
                widths[column] = max(widths[column], cell.width)
    rows = tuple(
        tuple(
            cell
            if cell is None or (number, column) in spanning
            else replace(cell, width=widths[column])
            for column, cell in enumerate(row)
        )
        for number, row in enumerate(table.rows)
    )
    return replace(table, rows=rows)


def _edges(columns: Sequence[Column]) -> Edge:
    middles = [(a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)]
    return (columns[0][0] - 1, *middles, columns[-1][1] + 1)


#: What of a line stands in columns from (included) to (excluded).
Part = tuple[int, int, Line]


def _parted(line: Line, edges: Edge) -> list[Part]:
    """Return the line cut at the edges; words that no gap divides span them."""
    parts: list[tuple[int, int, list[Word]]] = []
    for word in line.words:
        middle = (word.x0 + word.x1) / 2
        column = sum(edge < middle for edge in edges[1:-1])
        if parts:
            first, last, words = parts[-1]
            gap = word.x0 - words[-1].x1
            edge = edges[column]
            over = column >= last and not words[-1].x1 - 1 <= edge <= word.x0 + 1
            together = not was_left(words[-1], word)
            close = gap < line.size * (0.5 if over else 0.32)
            if column < last or (together and close):
                words.append(word)
                parts[-1] = (first, max(last, column + 1), words)
                continue
        parts.append((column, column + 1, [word]))
    return [(a, b, _line_of(line, words)) for a, b, words in parts]


def _line_of(line: Line, words: Sequence[Word]) -> Line:
    x1 = max(word.x1 for word in words)
    return Line(tuple(words), words[0].x0, line.y0, x1, line.y1, line.base, line.size)


def _rows(
    lines: Sequence[Line], parted: Sequence[Sequence[Part]], rules: Sequence[Rule]
) -> list[list[int]]:
    """Return which lines are one row each, by rules, numbers, distances, letters."""
    breaks = _ruled_breaks(lines, rules)
    numbers = _numbered(parted)
    groups: list[list[int]] = [[0]]
    distances = [b.base - a.base for a, b in itertools.pairwise(lines)]
    tight = min(distances, default=0.0)
    spread = [d for d in distances if d > tight * _LARGER]
    spaced = len(spread) * 4 >= len(distances) and tight < lines[0].size * _WRAPPED
    for index in range(1, len(lines)):
        apart = distances[index - 1] > tight * _LARGER
        if index in breaks:
            new = True
        elif numbers and index >= numbers[0]:
            new = index in numbers or (spaced and apart and not _within(index, numbers))
        elif spaced:
            new = apart
        else:
            new = not _goes_on(parted[index - 1], parted[index])
        if new:
            groups.append([])
        groups[-1].append(index)
    return groups


def _within(index: int, numbers: Sequence[int]) -> bool:
    """Tell whether a line stands between two numbers, or shortly after the last."""
    return index < numbers[-1]


def _ruled_breaks(lines: Sequence[Line], rules: Sequence[Rule]) -> set[int]:
    bases = [line.base for line in lines]
    below = {bisect_right(bases, rule.at) for rule in rules}
    return below - {0, len(lines)}


def _numbered(parted: Sequence[Sequence[Part]]) -> list[int]:
    """Return the lines that begin with 1, 2, 3 in the first column; none if few."""
    found: list[int] = []
    named: list[int] = []
    expected = None
    for index, parts in enumerate(parted):
        if not parts or parts[0][0] != 0 or parts[0][1] != 1:
            continue
        number = _NUMBER.fullmatch(line_text(parts[0][2]))
        if number is None:
            named.append(index)
            continue
        value = int(number[1])
        if expected is None or value == expected:
            found.append(index)
            expected = value + 1
    # On a last page one row may be left, below the heading.
    alone = len(found) == 1 and bool(named) and max(named) < found[0]
    return found if len(found) > 1 or alone else []


def _goes_on(above: Sequence[Part], below: Sequence[Part]) -> bool:
    """Tell whether a line only continues words of the line above it."""
    texts = [line_text(part[2]) for part in below]
    if len(above) == 1 and above[0][0] == 0 and len(below) > 1:
        # A long name whose figures stand beside its last line.
        label = below[0]
        return label[0] == 0 and texts[0][:1].islower()
    if len(below) >= max(2, len(above)):
        return False
    begun = {part[0] for part in above}
    if any(part[0] not in begun or part[1] - part[0] > 1 for part in below):
        return False
    return all(t[:1].islower() and not _FIGURE.fullmatch(t) for t in texts)


def _row(
    parts: Sequence[Sequence[Part]], edges: Edge
) -> tuple[tuple[LaidCell | None, ...], list[tuple[int, int]]]:
    """Return the cells of one row, and which of them span columns."""
    width = len(edges) - 1
    spans = _spans([part for line in parts for part in line])
    wrapped = len(parts) > 1
    cells: list[LaidCell | None] = [LaidCell() for _ in range(width)]
    for first, last in spans:
        lines = tuple(
            part[2] for line in parts for part in line if first <= part[0] < last
        )
        room = max(line.x1 - line.x0 for line in lines)
        cells[first] = LaidCell(lines, room, WRAPPED_ROW if wrapped else None)
        cells[first + 1 : last] = [None] * (last - first - 1)
    return tuple(cells), [(a, b) for a, b in spans if b - a > 1]


def _spans(parts: Sequence[Part]) -> list[tuple[int, int]]:
    """Return the columns that each cell covers; what overlaps is one cell."""
    spans: list[tuple[int, int]] = []
    for first, last, _ in sorted(parts, key=lambda p: (p[0], p[1])):
        if spans and first < spans[-1][1]:
            spans[-1] = spans[-1][0], max(last, spans[-1][1])
        else:
            spans.append((first, last))
    return spans


def figures_share(cells: Sequence[LaidCell]) -> float:
    """Return the share of filled cells that hold figures alone."""
    texts = [line_text(line) for cell in cells for line in cell.lines]
    if not texts:
        return 0.0
    return sum(1 for text in texts if _FIGURE.fullmatch(text)) / len(texts)


def words_in(cells: Sequence[LaidCell]) -> Iterator[int]:
    """Yield the number of words of each line."""
    for cell in cells:
        for line in cell.lines:
            yield len(line.words)


def usual_words(cells: Sequence[LaidCell]) -> float:
    """Return how many words a line of these cells usually has."""
    return median(list(words_in(cells)) or [0])
