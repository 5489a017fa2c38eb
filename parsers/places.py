"""Say where something stands, in the words of the people who sent it.

The words are the office's; nothing here reads a table.
"""

import re

from parsers.grid import Grid

#: What people call the mail's own text, and how parts of a place are joined.
BODY_WORD = "thân thư"
ROW_WORD = "hàng"
COLUMN_WORD = "cột"
JOINT = " › "

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def document_place(attachment: tuple[str, ...]) -> str:
    """Return the place of a whole attachment; the body for an empty path."""
    return JOINT.join(attachment) if attachment else BODY_WORD


def table_place(grid: Grid) -> str:
    """Return the place of a table within its attachment."""
    name = grid.table.place
    # A sheet is known by its name, wherever in it the table begins.
    sheet, mark, corner = name.rpartition("!")
    inner = sheet if mark and _REFERENCE.fullmatch(corner) else name
    return JOINT.join(p for p in (document_place(grid.table.attachment), inner) if p)


def rows_place(grid: Grid, first: int, last: int) -> str:
    """Return the place of rows `first` to `last`, both counted."""
    top = _reference(grid, first, 0)
    bottom = _reference(grid, last, grid.width - 1)
    if top and bottom:
        return f"{table_place(grid)}{JOINT}{top}:{bottom}"
    one, other = _row_number(grid, first), _row_number(grid, last)
    rows = one if one == other else f"{one}-{other}"
    return f"{table_place(grid)}{JOINT}{ROW_WORD} {rows}"


def cell_place(grid: Grid, row: int, column: int) -> str:
    """Return the place of one cell."""
    reference = _reference(grid, row, column)
    if not reference:
        number = _row_number(grid, row)
        reference = f"{ROW_WORD} {number}, {COLUMN_WORD} {column + 1}"
    return f"{table_place(grid)}{JOINT}{reference}"


def _reference(grid: Grid, row: int, column: int) -> str | None:
    """Return a spreadsheet reference like A12; None where cells have no such places."""
    for index, cell in enumerate(grid.rows[row]):
        found = _REFERENCE.fullmatch(cell.place) if cell is not None else None
        if found:
            return f"{_letters(_number(found[1]) + column - index)}{found[2]}"
    return None


def _row_number(grid: Grid, row: int) -> str:
    """Return the row's number as the cells tell it, else counted from 1."""
    for cell in grid.rows[row]:
        found = re.search(r"\d+", cell.place) if cell is not None else None
        if found:
            return found[0]
    return str(row + 1)


def _number(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - 64
    return value


def _letters(number: int) -> str:
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
