"""Believe the numbers of rows where they count on, and mend the one that does not.

Pure: tables in, tables out. A number is mended only where those above and below it
prove it; a mended cell is marked and never certain.
"""

import re
from dataclasses import replace

from parsers.values.table import Cell, Table

_NUMBER = re.compile(r"(\(?)(0*)(\d{1,3})([.)]*)")
#: A number that its neighbours confirm; one that they replace. Neighbours count on as
#: well where a row above all of them was missed, so that they make none sure.
_CONFIRMED, _MENDED = 0.89, 0.89
MENDED = "number_from_neighbours"
_LEAST = 3
_LONGEST = 6


def with_numbers(table: Table) -> Table:
    """Return the table with its first column's numbers confirmed or mended."""
    values = [_value(row[0]) for row in table.rows]
    # What the rows count from: most of the numbers say the same.
    starts = [v - i for i, v in enumerate(values) if v is not None]
    if len(starts) < _LEAST:
        return table
    start = max(set(starts), key=starts.count)
    agree = [v is not None and v - i == start for i, v in enumerate(values)]
    if sum(agree) < max(_LEAST, len(starts) * 0.6):
        return table
    rows = [
        (_judged(table, index, index + start, agree), *row[1:])
        for index, row in enumerate(table.rows)
    ]
    return replace(table, rows=tuple(rows))


def _judged(table: Table, index: int, value: int, agree: list[bool]) -> Cell | None:
    cell = table.rows[index][0]
    if cell is None:
        return None
    if agree[index]:
        return replace(cell, certainty=max(cell.certainty, _CONFIRMED))
    between = 0 < index < len(agree) - 1 and agree[index - 1] and agree[index + 1]
    last = (
        index == len(agree) - 1 and index > 1 and agree[index - 1] and agree[index - 2]
    )
    first = index > 0 and value == 1 and all(agree[index + 1 : index + 3])
    filled = sum(1 for c in table.rows[index] if c is not None and c.text) > 1
    provable = (between or last or first) and len(agree) > index and filled
    if not provable or value < 1 or len(cell.text) > _LONGEST:
        return cell
    if last and not cell.text:
        return cell
    return replace(
        cell, text=_like(table, value, agree), certainty=_MENDED, evidence=MENDED
    )


def _like(table: Table, value: int, agree: list[bool]) -> str:
    """Return the number written as its neighbours are."""
    for index, sound in enumerate(agree):
        cell = table.rows[index][0]
        found = _NUMBER.fullmatch(cell.text) if sound and cell is not None else None
        if found is not None:
            digits = f"{value:02}" if found[2] and value < 10 else str(value)
            return f"{found[1]}{digits}{found[4]}"
    return str(value)


def _value(cell: Cell | None) -> int | None:
    found = _NUMBER.fullmatch(cell.text) if cell is not None else None
    return int(found[3]) if found is not None else None
