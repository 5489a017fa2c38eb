"""Find tables of which plain text kept one cell a line: STT / Tên công trình / ….

Mail programs make such text out of a table that was pasted into a formatted mail.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from parsers.readers.pasted import Pasted, PastedRow
from parsers.vietnamese.fold import fold

_FIRST_HEADINGS = frozenset(("stt", "tt", "số tt", "số thứ tự"))
_LONGEST_HEADING = 20
#: A row that has more cells than headings is followed this many times its width.
_FURTHEST = 4
_NUMBER = re.compile(r"^0*(\d{1,3})\s?[.)]?$")
_LEAST_COLUMNS, _MOST_COLUMNS = 2, 12
_FITTING = (0.95, "one cell a line, as many as headings")
_LACKING = (0.5, "one cell a line, more or fewer than headings")

#: A cell: its text, the line of its beginning and the line after its end.
_Unit = tuple[str, int, int]


class _Units:
    """The cells from a line on, found only as far as someone looks."""

    def __init__(self, lines: Sequence[str], at: int) -> None:
        # Where a blank line follows the first heading, blank lines part all cells and
        # a cell may have several lines.
        apart = at + 1 < len(lines) and not lines[at + 1].strip()
        self._coming = _groups(lines, at) if apart else _singles(lines, at)
        self._found: list[_Unit] = []

    def between(self, start: int, end: int) -> list[_Unit]:
        """Return the cells `start` to `end`, fewer where the text ends before."""
        missing = end - len(self._found)
        if missing > 0:
            self._found += islice(self._coming, missing)
        return self._found[start:end]


def stacked(lines: Sequence[str], at: int) -> Pasted | None:
    """Return the table whose first heading stands alone in line `at`."""
    if len(lines[at]) > _LONGEST_HEADING or fold(lines[at]) not in _FIRST_HEADINGS:
        return None
    units = _Units(lines, at)
    headings = units.between(0, _MOST_COLUMNS + 1)
    width = next((i for i, u in enumerate(headings) if _is_number(u, 1)), 0)
    if width < _LEAST_COLUMNS:
        return None
    rows = [PastedRow(tuple(u[0] for u in headings[:width]), at, *_FITTING)]
    start, end = width, at
    while True:
        row = units.between(start, start + _FURTHEST * width)
        if not row or not _is_number(row[0], len(rows)):
            break
        row = row[: _row_length(row, width, len(rows) + 1)]
        guess = _FITTING if len(row) == width else _LACKING
        cells = _fitted([u[0] for u in row], width)
        rows.append(PastedRow(cells, row[0][1], *guess))
        start, end = start + len(row), row[-1][2]
    return Pasted(tuple(rows), end)


def _singles(lines: Sequence[str], at: int) -> Iterator[_Unit]:
    for index in range(at, len(lines)):
        text = lines[index].strip()
        if text:
            yield text, index, index + 1


def _groups(lines: Sequence[str], at: int) -> Iterator[_Unit]:
    group: list[str] = []
    for index in range(at, len(lines) + 1):
        text = lines[index].strip() if index < len(lines) else ""
        if text:
            group.append(text)
        elif group:
            yield "\n".join(group), index - len(group), index
            group = []


def _row_length(row: list[_Unit], width: int, number: int) -> int:
    """Return how many cells belong to the row: up to the next number, or the end."""
    if len(row) <= width or _is_number(row[width], number):
        return min(width, len(row))
    for index in range(1, len(row)):
        if _is_number(row[index], number):
            return index
    return width


def _is_number(unit: _Unit, number: int) -> bool:
    found = _NUMBER.match(unit[0])
    return found is not None and int(found[1]) == number


def _fitted(cells: list[str], width: int) -> tuple[str, ...]:
    """Return as many cells as headings; what is too much joins the last."""
    if len(cells) <= width:
        return (*cells, *[""] * (width - len(cells)))
    return (*cells[: width - 1], "\n".join(cells[width - 1 :]))
