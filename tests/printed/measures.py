"""Compare tables that were read with tables that were printed.

Cells exact for our own tables; for tables of others the adjacency relations of the
ICDAR 2013 table competition (Göbel et al.): pairs of neighbouring filled cells.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

Grid = Sequence[Sequence[str | None]]
Area = tuple[int, int, int, int]


@dataclass(frozen=True)
class Score:
    """Counts that can be added up over files."""

    cells: int = 0
    exact: int = 0
    missed: int = 0
    invented: int = 0
    certain_wrong: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.cells + other.cells,
            self.exact + other.exact,
            self.missed + other.missed,
            self.invented + other.invented,
            self.certain_wrong + other.certain_wrong,
        )


def cells_score(
    truth: Grid, read: Sequence[Sequence[tuple[str, float] | None]], heads: int
) -> Score:
    """Return how many cells of `truth` stand exactly so in `read`.

    Rows of `read` are pairs of text and certainty; heading rows that a page repeats
    are not invented.
    """
    texts = [[c[0] if c else None for c in row] for row in read]
    repeated = {tuple(row) for row in truth[:heads]}
    exact = wrong = missed = 0
    at = 0
    matched = set()
    for row in truth:
        best, chosen = 0, -1
        for index in range(at, min(at + 12, len(texts))):
            same = sum(
                1 for a, b in zip(row, texts[index], strict=False) if a and a == b
            )
            if same > best:
                best, chosen = same, index
        if chosen < 0:
            missed += 1
            continue
        at = chosen + 1
        matched.add(chosen)
        found = read[chosen]
        for column, text in enumerate(row):
            if text is None:
                continue
            here = found[column] if column < len(found) else None
            if here is not None and here[0] == text:
                exact += 1
            elif here is not None and here[1] == 1.0:
                wrong += 1
    extra = [
        row
        for index, row in enumerate(texts)
        if index not in matched and tuple(row) not in repeated and any(row)
    ]
    cells = sum(1 for row in truth for text in row if text is not None)
    return Score(cells, exact, missed, len(extra), wrong)


def relations(grid: Grid, merged: Sequence[Area]) -> Counter[tuple[str, str, str]]:
    """Return the adjacency relations of a table: text, text, right or down."""
    over: dict[tuple[int, int], tuple[int, int]] = {}
    for top, left, bottom, right in merged:
        for row in range(top, bottom):
            for column in range(left, right):
                over[row, column] = (top, left)
    height = len(grid)
    width = max((len(row) for row in grid), default=0)

    def corner(row: int, column: int) -> tuple[int, int]:
        return over.get((row, column), (row, column))

    def text(row: int, column: int) -> str:
        r, c = corner(row, column)
        value = grid[r][c] if c < len(grid[r]) else None
        return "".join((value or "").split())

    found: set[tuple[tuple[int, int], tuple[int, int], str]] = set()
    for row in range(height):
        for column in range(width):
            if not text(row, column):
                continue
            for step, other in _neighbours(row, column, height, width, text, corner):
                found.add((corner(row, column), other, step))
    return Counter((text(*a), text(*b), step) for a, b, step in found)


def _neighbours(row, column, height, width, text, corner):  # type: ignore[no-untyped-def]
    for other in range(column + 1, width):
        if corner(row, other) != corner(row, column) and text(row, other):
            yield "right", corner(row, other)
            break
    for other in range(row + 1, height):
        if corner(other, column) != corner(row, column) and text(other, column):
            yield "down", corner(other, column)
            break


def f_one(
    truth: Counter[tuple[str, str, str]], read: Counter[tuple[str, str, str]]
) -> tuple[int, int, int]:
    """Return relations right, of the truth, and read."""
    return (truth & read).total(), truth.total(), read.total()
