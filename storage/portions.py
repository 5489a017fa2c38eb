"""Lists of keys, cut so that a query can hold them.

SQLite takes 32,766 parameters at most, PostgreSQL 65,535.
"""

from collections.abc import Collection, Iterator
from typing import TypeVar

T = TypeVar("T", int, str)

SIZE = 1000


def portions(keys: Collection[T]) -> Iterator[list[T]]:
    """Yield the different keys in order, at most 1,000 at a time."""
    ordered = sorted(set(keys))
    for start in range(0, len(ordered), SIZE):
        yield ordered[start : start + SIZE]
