"""Say where rows and cells of a table stand, in the words of the people who sent it.

The words are the office's; nothing here asks what a cell means.
"""

import re
from functools import lru_cache

from parsers.grid import Grid
from parsers.readers.places import WORDS, column_letters, column_number
from parsers.values.table import Table

#: What people call the mail's own text, and rows that have no spreadsheet name.
BODY_WORD = "thân thư"
ROW_WORD = "hàng"
COLUMN_WORD = "cột"

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_JOINT = WORDS["joint"]


def document_place(attachment: tuple[str, ...]) -> str:
    """Return the place of a whole attachment; the body for an empty path."""
    return _JOINT.join(attachment) if attachment else BODY_WORD


def table_place(table: Table) -> str:
    """Return the place of a table, with its attachment."""
    return _named(table.attachment, table.place)


@lru_cache(maxsize=64)
def _named(attachment: tuple[str, ...], name: str) -> str:
    # A sheet is known by its name, wherever in it the table begins.
    sheet, mark, corner = name.rpartition("!")
    inner = sheet if mark and _REFERENCE.fullmatch(corner) else name
    return _JOINT.join(p for p in (document_place(attachment), inner) if p)


def rows_place(grid: Grid, first: int, last: int) -> str:
    """Return the place of rows `first` to `last`, both counted from 0."""
    top = _reference(grid, first, 0)
    bottom = _reference(grid, last, grid.width - 1)
    if top and bottom:
        return f"{table_place(grid.table)}{_JOINT}{top}:{bottom}"
    one, other = _row_name(grid, first), _row_name(grid, last)
    if one != other:
        one = f"{one}-{other.rpartition(' ')[2]}"
    return f"{table_place(grid.table)}{_JOINT}{one}"


def cell_place(grid: Grid, row: int, column: int) -> str:
    """Return the place of one cell; row and column count from 0."""
    reference = _reference(grid, row, column)
    cell = grid.own(row, column)
    inner = reference or (cell.place if cell is not None else "")
    if not inner:
        inner = f"{_row_name(grid, row)}, {COLUMN_WORD} {column + 1}"
    return f"{table_place(grid.table)}{_JOINT}{inner}"


def _reference(grid: Grid, row: int, column: int) -> str | None:
    """Return a spreadsheet reference like A12; None where cells have no such places."""
    for index, cell in enumerate(grid.rows[row]):
        found = _REFERENCE.fullmatch(cell.place) if cell is not None else None
        if found:
            number = column_number(found[1]) + column - index
            return f"{column_letters(number)}{found[2]}"
        if cell is not None and cell.place:
            return None
    return None


def _row_name(grid: Grid, row: int) -> str:
    """Return what the cells call their row ("hàng 3", "mục 2"), else count from 1."""
    for cell in grid.rows[row]:
        if cell is not None and cell.place:
            return cell.place.split(", ", 1)[0]
    return f"{ROW_WORD} {row + 1}"
