"""Lay out rows of cells that span rows and columns on one grid.

Word processors and HTML both describe tables as rows of cells with spans; what stands
in them is read before.
"""

from dataclasses import dataclass, field

from parsers.readers.places import cell_name
from parsers.values.finding import Finding, finding
from parsers.values.limits import Limits
from parsers.values.table import Cell, Table

#: Columns beyond are cut, by every reader: no honest table has them.
MOST_COLUMNS = 200


@dataclass(slots=True)
class Spanning:
    """A cell before its place is known; `skip` columns before it hold no cell.

    `columns` and `rows` say how far it reaches.
    """

    text: str
    columns: int = 1
    rows: int = 1
    skip: int = 0


@dataclass(slots=True)
class Grid:
    """The cells of a table in their places, every row equally long."""

    rows: list[list[Cell | None]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    cut: bool = False

    def table(self, path: tuple[str, ...], name: str) -> Table:
        """Return it as the table `name` of the attachment `path`."""
        rows = tuple(tuple(row) for row in self.rows)
        return Table(path, name, rows, tuple(self.merged))


def rows_cut(place: str | None, limits: Limits) -> Finding:
    """Return the finding that rows or columns of `place` were left out."""
    rows, columns = str(limits.rows), str(MOST_COLUMNS)
    return finding("rows_cut", place, rows=rows, columns=columns)


def lay_out(rows: list[list[Spanning]]) -> Grid:
    """Return `rows` on a grid; places that no cell fills are None.

    A cell that reaches below the last row ends with it. Columns beyond MOST_COLUMNS
    are left out, and `cut` says so.
    """
    grid = Grid([[] for _ in rows])
    taken: dict[int, int] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            column = _free(taken, column + cell.skip, number)
            if column >= MOST_COLUMNS:
                grid.cut = True
                break
            bottom = min(len(rows), number + max(1, cell.rows))
            right = min(MOST_COLUMNS, column + max(1, cell.columns))
            # A cell never runs into one that reaches down from above.
            right = next(
                (c for c in range(column + 1, right) if taken.get(c, 0) > number), right
            )
            _put(grid, (number, column, bottom, right), cell.text)
            for taken_column in range(column, right):
                taken[taken_column] = bottom
            column = right
    width = max(map(len, grid.rows), default=0)
    for line in grid.rows:
        line.extend([None] * (width - len(line)))
    return grid


def _free(taken: dict[int, int], column: int, row: int) -> int:
    while taken.get(column, 0) > row:
        column += 1
    return column


def _put(grid: Grid, area: tuple[int, int, int, int], text: str) -> None:
    top, left, bottom, right = area
    row = grid.rows[top]
    row.extend([None] * (left + 1 - len(row)))
    row[left] = Cell(text, place=cell_name(top + 1, left + 1))
    if bottom - top > 1 or right - left > 1:
        grid.merged.append(area)
        row.extend([None] * (right - len(row)))
