"""Blobs that are level with each other: the rows of a table without rules.

Pure: values in, values out; which rows are a table is not asked.
"""

from collections.abc import Sequence
from typing import NamedTuple

from parsers.readers.pdf.strokes import Blob

#: A row of so many texts beside each other shows where columns are.
LEAST_COLUMNS = 3
#: Points: less than this over a column's side is no overlap.
OVER = 1.0


class Row(NamedTuple):
    """Blobs that are level with each other, from left to right."""

    blobs: tuple[Blob, ...]

    @property
    def top(self) -> float:
        """Return the y of its highest letters."""
        return min(b.top for b in self.blobs)

    @property
    def bottom(self) -> float:
        """Return the y of its lowest line."""
        return max(b.bottom for b in self.blobs)


def is_full(row: Row) -> bool:
    """Tell whether the row shows several columns."""
    return width_of(row) >= LEAST_COLUMNS


def width_of(row: Row) -> int:
    """Return how many texts of the row stand beside each other."""
    return len(beside(row.blobs))


def beside(blobs: Sequence[Blob]) -> list[Blob]:
    """Return as many of `blobs` as stand beside each other, none above another."""
    chosen: list[Blob] = []
    for blob in sorted(blobs, key=lambda b: b.x1):
        if not chosen or blob.x0 > chosen[-1].x1 - OVER:
            chosen.append(blob)
    return chosen


def overlap(a: Blob, b: Blob) -> bool:
    """Tell whether one blob lies over or under the other."""
    return min(a.x1, b.x1) - max(a.x0, b.x0) > OVER
