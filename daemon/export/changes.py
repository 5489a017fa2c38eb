"""What became of a unit's rows since an earlier moment: added, changed, removed.

It knows versions and moments not; two lists of rows are all that it compares.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from daemon.export.model import Mark
from parsers.values.reading import Registration, Result
from parsers.vietnamese.fold import fold

Row = TypeVar("Row", Registration, Result)

#: What a difference is told of. A row that moved or has a new number is the same.
COLUMNS = {
    Registration: ("title", "method", "time", "expected_result", "field"),
    Result: ("title", "result", "progress"),
}


@dataclass(frozen=True, slots=True)
class Compared(Generic[Row]):
    """A row of today, or one that is no more. `columns` are the keys that changed."""

    row: Row
    mark: Mark | None = None
    columns: tuple[str, ...] = ()


def compared(then: Sequence[Row], now: Sequence[Row]) -> Iterator[Compared[Row]]:
    """Yield the rows of today in their order, then those that are no more.

    A row is the same as before by its title; where a title is new, by its number, if no
    other row claims it and something else is the same too. Linear in the rows.
    """
    pairs = _paired(then, now)
    for place, row in enumerate(now):
        before = pairs.get(place)
        if before is None:
            yield Compared(row, "added")
            continue
        keys = COLUMNS[type(row)]
        told = tuple(k for k in keys if getattr(row, k) != getattr(then[before], k))
        yield Compared(row, "changed" if told else None, told)
    kept = set(pairs.values())
    for place, row in enumerate(then):
        if place not in kept:
            yield Compared(row, "removed")


def _paired(then: Sequence[Row], now: Sequence[Row]) -> dict[int, int]:
    """Return place now -> place then, each used once."""
    pairs: dict[int, int] = {}
    free = dict(enumerate(then))
    for key in (_whole, _title, _number):
        waiting: dict[str, deque[int]] = {}
        for place, row in free.items():
            if key(row):
                waiting.setdefault(key(row), deque()).append(place)
        for place, row in enumerate(now):
            found = waiting.get(key(row)) if place not in pairs else None
            if found and (key is not _number or _alike(row, then[found[0]])):
                pairs[place] = found.popleft()
                del free[pairs[place]]
    return pairs


def _alike(row: Registration | Result, before: Registration | Result) -> bool:
    """Say whether anything but the number is the same: else it is another work."""
    keys = COLUMNS[type(row)]
    said = ((getattr(row, key), getattr(before, key)) for key in keys)
    return any(now == then for now, then in said if now not in (None, ""))


def _whole(row: Registration | Result) -> str:
    return "\0".join(str(getattr(row, key)) for key in COLUMNS[type(row)])


def _title(row: Registration | Result) -> str:
    return fold(row.title or "")


def _number(row: Registration | Result) -> str:
    return (row.number or "").strip().rstrip(".")
