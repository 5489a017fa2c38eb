"""Tables of works without headings: one that lost them, or a list in the mail's text.

What stands around them, and so whether they count, is asked by `parsers.pieces`.
"""

import re
from dataclasses import replace

from parsers import sections
from parsers.grid import Grid
from parsers.values.table import Table
from parsers.vietnamese.fold import skeleton

#: So many rows of consecutive numbers look like a table whose heading was lost.
_LEAST_HEADLESS_ROWS = 2
_LEAST_HEADLESS_COLUMNS = 4
#: A numbered list without labels: its number and its text.
_LIST_COLUMNS = 2
_LISTED = 0.9
_INTRODUCTION = re.compile(
    r"\b(?:cong trinh|mo hinh|viec co y nghia).*\b(?:sau|gom|nhu sau|cu the)$"
    r"|\bdang ki.*\b(?:cong trinh|mo hinh|sau|gom)\b"
)


def is_list(table: Table) -> bool:
    """Tell whether a table is a numbered list: 1, 2, … and a text each."""
    if not table.rows or len(table.rows[0]) != _LIST_COLUMNS:
        return False
    numbers = [row[0].text if row[0] is not None else "" for row in table.rows]
    return numbers == [str(n) for n in range(1, len(numbers) + 1)]


def introduces_works(line: str) -> bool:
    """Tell whether a line announces the works: "đăng ký các công trình sau:"."""
    return _INTRODUCTION.search(skeleton(line)) is not None


def guessed(table: Table) -> Table:
    """Return the list with its texts uncertain: that they are titles is a guess."""
    rows = tuple(
        tuple(
            replace(cell, certainty=min(cell.certainty, _LISTED), evidence="listed")
            if cell is not None and column
            else cell
            for column, cell in enumerate(row)
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


def looks_headless(grid: Grid) -> bool:
    """Tell whether rows count 1, 2, … beside texts, as works do."""
    if grid.width < _LEAST_HEADLESS_COLUMNS:
        return False
    expected = 1
    for row in range(grid.height):
        filled = grid.filled(row)
        first = grid.text(row, filled[0]) if len(filled) > 2 else ""
        if first and expected == 1 and sections.arabic(first) is None:
            # It has headings, only not ours.
            return False
        expected += sections.arabic(first) == expected
    return expected > _LEAST_HEADLESS_ROWS
