"""Runs of things that are handled together, bounded by their count and their bytes."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def grouped(
    items: Iterable[T], size: Callable[[T], int], count: int, most: int
) -> Iterator[tuple[T, ...]]:
    """Yield runs of at most `count` items and `most` bytes by `size`, in order.

    One that is larger than `most` goes alone. No more than a run is held at once.
    """
    group: list[T] = []
    held = 0
    for item in items:
        asked = size(item)
        if group and (len(group) >= count or held + asked > most):
            yield tuple(group)
            group, held = [], 0
        group.append(item)
        held += asked
    if group:
        yield tuple(group)
