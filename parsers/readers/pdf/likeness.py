"""Tell tables from what only looks like one: prose in columns, letterheads, lists."""

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.readers.pdf.laid import LaidCell, LaidTable, is_filled
from parsers.readers.pdf.marks import Line, line_text
from parsers.readers.pdf.unruled import figures_share, usual_words

#: A letterhead or a signature block has up to so many lines on each side.
_MOST_PAIR_LINES = 12
_MOST_FLUSH_LINES = 3
_MOST_FLUSH_PAIR = 6
#: Of a line's height: blocks nearer than this may be one.
_PAIR_APART = 1.5
#: Of a line's height: centred lines have their middles this near each other.
_CENTRED = 1.0
_MARK = re.compile(r"(?:\(?(?:\d{1,3}|[a-zA-ZđĐ]|[ivxIVX]{1,5})[.)]|[-–•*+o·])")
_LEADERS = re.compile(r"[.…_\s]{6,}")


def is_table(table: LaidTable, rules: int) -> bool:
    """Tell whether rows and columns of text are a table; `rules` is how many are near.

    Two columns of long lines are prose, marks before lines are a list.
    """
    rows = [row for row in table.rows if is_filled(row)]
    width = len(table.edges) - 1
    if len(rows) < 2 or width < 2:
        return False
    columns = [_column(table, number) for number in range(width)]
    if width == 2 and _is_list(columns[0]):
        return False
    figures = [figures_share(column) for column in columns]
    if any(share > 0.5 for share in figures[1:]):
        return len(rows) > 2 or rules > 1
    words = [usual_words(column) for column in columns]
    if width == 2 and rules < 2:
        return len(rows) > 3 and max(words) <= 4
    # Several columns of running text are a newspaper.
    long = sum(1 for count in words if count > 6)
    return long * 2 <= width and (len(rows) > 2 or rules > 1)


def is_pair(table: LaidTable) -> bool:
    """Tell whether two blocks of centred lines stand side by side: a letterhead."""
    sides = [_lines(table, 0), _lines(table, 1)]
    if not all(sides) or max(map(len, sides)) > _MOST_PAIR_LINES:
        return False
    if table.merged or any(figures_share(_column(table, n)) > 0.5 for n in (0, 1)):
        return False
    if any(_LEADERS.search(line_text(line)) for line in sides[0]):
        return False
    if not any(map(_is_ragged, sides)) and max(map(len, sides)) > _MOST_FLUSH_LINES:
        return False
    return all(map(_is_centred, sides)) and any(len(side) > 1 for side in sides)


def is_flush_pair(table: LaidTable) -> bool:
    """Tell the same of a few lines that each begin at their block's left edge.

    Spreadsheets print letterheads so; what may be a table was asked before.
    """
    sides = [_lines(table, 0), _lines(table, 1)]
    if table.merged or not all(sides) or max(map(len, sides)) < 2:
        return False
    apart = min(x.x0 for x in sides[1]) - max(x.x1 for x in sides[0])
    few = max(map(len, sides)) <= _MOST_FLUSH_PAIR
    return few and apart > sides[0][0].size * _PAIR_APART


def pair_table(table: LaidTable) -> LaidTable:
    """Return the two blocks as one row of two cells, each line for itself."""
    cells = tuple(LaidCell(_lines(table, n), float("inf")) for n in (0, 1))
    return replace(table, rows=(cells,), merged=())


def _lines(table: LaidTable, column: int) -> tuple[Line, ...]:
    return tuple(line for cell in _column(table, column) for line in cell.lines)


def _column(table: LaidTable, number: int) -> list[LaidCell]:
    found = []
    for row in table.rows:
        cell = row[number]
        if cell is not None and cell.lines:
            found.append(cell)
    return found


def _is_centred(lines: Sequence[Line]) -> bool:
    middles = [(line.x0 + line.x1) / 2 for line in lines]
    return max(middles) - min(middles) < lines[0].size * _CENTRED


def _is_ragged(lines: Sequence[Line]) -> bool:
    """Tell whether lines begin in different places; those of prose do not."""
    starts = [line.x0 for line in lines]
    return max(starts) - min(starts) > lines[0].size * 0.25


def _is_list(column: Sequence[LaidCell]) -> bool:
    texts = [line_text(line) for cell in column for line in cell.lines]
    marks = sum(1 for text in texts if _MARK.fullmatch(text))
    return marks * 2 > len(texts)
