"""One to one, best total: which row goes with which column of a table of weights."""

from collections.abc import Sequence
from math import inf


def best_assignment(weights: Sequence[Sequence[float]]) -> list[int | None]:
    """Return for each row its column, so that the sum of the weights is greatest.

    rows × columns, weights at least 0; a pair of weight 0 is no pair. Of two best
    totals the one with earlier columns for earlier rows is not promised, but the same
    weights give the same answer. Kuhn and Munkres, rows² × columns steps (H. W. Kuhn,
    Naval Research Logistics 2, 1955).
    """
    if not weights or not weights[0]:
        return [None] * len(weights)
    if len(weights) > len(weights[0]):
        turned = best_assignment(list(zip(*weights, strict=True)))
        places = {row: column for column, row in enumerate(turned) if row is not None}
        return [places.get(row) for row in range(len(weights))]
    owner = _owners(weights)
    found: list[int | None] = [None] * len(weights)
    for column, row in enumerate(owner):
        if row is not None and weights[row][column] > 0:
            found[row] = column
    return found


def _owners(weights: Sequence[Sequence[float]]) -> list[int | None]:
    """Return the row of each column; there are at least as many columns as rows."""
    width = len(weights[0])
    rows, columns = [0.0] * len(weights), [0.0] * (width + 1)
    owner: list[int | None] = [None] * (width + 1)
    for row in range(len(weights)):
        owner[width] = row
        _augment(weights, rows, columns, owner)
    return owner[:width]


def _augment(
    weights: Sequence[Sequence[float]],
    rows: list[float],
    columns: list[float],
    owner: list[int | None],
) -> None:
    """Find a place for the row that stands in the spare last column."""
    width = len(columns) - 1
    least, before = [inf] * width, [width] * width
    used = [False] * (width + 1)
    at = width
    while (row := owner[at]) is not None:
        used[at] = True
        for column in range(width):
            if used[column]:
                continue
            cost = -weights[row][column] - rows[row] - columns[column]
            if cost < least[column]:
                least[column], before[column] = cost, at
        free = [c for c in range(width) if not used[c]]
        nearest = min(free, key=lambda c: least[c])
        step = least[nearest]
        for column in range(width + 1):
            holder = owner[column]
            if used[column] and holder is not None:
                rows[holder] += step
                columns[column] -= step
            elif column < width:
                least[column] -= step
        at = nearest
    while at != width:
        owner[at] = owner[before[at]]
        at = before[at]
