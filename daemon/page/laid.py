"""A table as read, laid out for HTML: rows of cells with what each covers.

It reads nothing into the table; what no cell stands for stays a gap.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from parsers.values.table import Cell, Table


@dataclass(frozen=True, slots=True)
class Laid:
    """One cell of the page: it covers so many columns `across` and rows `down`."""

    text: str
    across: int = 1
    down: int = 1
    doubtful: bool = False
    missing: bool = False


@dataclass(frozen=True, slots=True)
class LaidRow:
    """One row; `head`: it holds the columns' headings."""

    head: bool
    cells: tuple[Laid, ...]


def laid(table: Table, most: int) -> Iterator[LaidRow]:
    """Yield the first `most` rows."""
    rows = table.rows[:most]
    spans, covered = _spans(table, len(rows))
    heads = set(table.heading_rows)
    for place, row in enumerate(rows):
        cells = (
            _cell(cell, spans.get((place, column), (1, 1)))
            for column, cell in enumerate(row)
            if (place, column) not in covered
        )
        yield LaidRow(place in heads, tuple(cells))


def _cell(cell: Cell | None, span: tuple[int, int]) -> Laid:
    if cell is None:
        return Laid("", missing=True)
    return Laid(cell.text, span[1], span[0], doubtful=cell.certainty < 1)


def _spans(
    table: Table, most: int
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Return (rows, columns) of each merge by its corner, and the places it covers."""
    width = len(table.rows[0]) if table.rows else 0
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in table.merged:
        bottom, right = min(bottom, most), min(right, width)
        inside = [(r, c) for r in range(top, bottom) for c in range(left, right)]
        # A merge over another one's places would push cells out of the table.
        if not inside or covered.intersection(inside) or (top, left) in spans:
            continue
        spans[top, left] = (bottom - top, right - left)
        covered.update(inside[1:])
    return spans, covered
