"""What a version changed: its rows beside those of the version that it follows.

It decides nothing; rows are paired by number, then by title.
"""

from dataclasses import dataclass
from typing import Literal

from parsers.values.reading import Registration, Result
from parsers.vietnamese.fold import fold
from storage.submissions import StoredSubmission

Row = Registration | Result
Change = Literal["same", "new", "changed"]
#: Not the number: rows are numbered anew when one goes.
_WORKS = ("title", "method", "time", "expected_result", "field")
_OUTCOMES = ("title", "result", "progress")


@dataclass(frozen=True, slots=True)
class Line:
    """A row, how it differs, and the cells (by column) that were others before."""

    row: Row
    change: Change
    before: dict[str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """The rows of a version in order, and those of the one before that are gone."""

    lines: tuple[Line, ...]
    gone: tuple[Row, ...]
    followed: int | None

    @property
    def changes(self) -> int:
        """Return how many rows are new, changed or gone."""
        return len(self.gone) + sum(line.change != "same" for line in self.lines)


def compared(one: StoredSubmission, before: StoredSubmission | None) -> Compared:
    """Return the rows of `one` against those of `before`; all the same without one."""
    rows = _rows(one)
    if before is None:
        return Compared(tuple(Line(row, "same", {}) for row in rows), (), None)
    left = list(_rows(before))
    lines = []
    by_key = _Pairs(left)
    for row in rows:
        old = by_key.take(row)
        if old is None:
            lines.append(Line(row, "new", {}))
            continue
        was = _differences(row, old)
        lines.append(Line(row, "changed" if was else "same", was))
    return Compared(tuple(lines), tuple(by_key.left()), before.version)


class _Pairs:
    """The rows of the version before, each given away once."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows: list[Row | None] = list(rows)
        self._places: dict[str, list[int]] = {}
        for place, row in enumerate(rows):
            for key in _keys(row):
                self._places.setdefault(key, []).append(place)

    def take(self, row: Row) -> Row | None:
        for key in _keys(row):
            places = self._places.get(key, [])
            while places:
                place = places.pop(0)
                found = self._rows[place]
                if found is not None:
                    self._rows[place] = None
                    return found
        return None

    def left(self) -> list[Row]:
        return [row for row in self._rows if row is not None]


def _keys(row: Row) -> list[str]:
    keys = [f"title {fold(row.title)}"] if row.title else []
    return [*keys, f"number {row.number}"] if row.number else keys


def _rows(one: StoredSubmission) -> tuple[Row, ...]:
    return one.registrations or one.results


def _differences(row: Row, old: Row) -> dict[str, str]:
    names = _WORKS if isinstance(row, Registration) else _OUTCOMES
    pairs = ((n, getattr(row, n, None), getattr(old, n, None)) for n in names)
    return {n: "" if was is None else str(was) for n, now, was in pairs if now != was}
