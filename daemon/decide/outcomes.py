"""Which registered work a reported result belongs to.

One to one: by title, then by number where there is no title, then by likeness with the
best total; what fits nowhere is kept and named.
"""

import re
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from daemon.decide.assignment import best_assignment
from daemon.decide.digest import number_key
from parsers.values.finding import Finding, finding
from parsers.values.reading import Registration, Result
from parsers.vietnamese.fold import fold

#: A title that was shortened or mended; with the same number less will do.
_ALIKE, _NUMBERED = 0.85, 0.7
#: Of two likenesses, the one with the same number is meant.
_SAME_NUMBER = 0.2
#: Likeness costs every pair; no unit registers nearly so many works.
_FEW = 80
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Matching:
    """`positions` goes with the results: each one's row of a work, from 0, or None."""

    positions: tuple[int | None, ...]
    findings: tuple[Finding, ...]


def matched(results: Sequence[Result], works: Sequence[Registration]) -> Matching:
    """Return which work each result is of, with findings for what is left over.

    A number alone is believed only where the result has no title; beside a title it
    lets a looser likeness count.
    """
    free = dict(enumerate(works))
    waiting = _waiting(works)
    positions: list[int | None] = [None] * len(results)
    for place, result in enumerate(results):
        chosen = _named(result, waiting, free)
        if chosen is not None:
            positions[place] = chosen
            del free[chosen]
    numbered = _numbered(free)
    for place, result in enumerate(results):
        if positions[place] is None and not fold(result.title or ""):
            fitting = numbered.get(number_key(result.number), [])
            if len(fitting) == 1:
                positions[place] = chosen = fitting.pop()
                del free[chosen]
    _liken(results, positions, free)
    lost = (r for r, p in zip(results, positions, strict=True) if p is None)
    findings = [_finding("result_without_registration", result) for result in lost]
    findings += [_finding("result_missing", work) for work in free.values()]
    return Matching(tuple(positions), tuple(findings))


def _liken(
    results: Sequence[Result],
    positions: list[int | None],
    free: dict[int, Registration],
) -> None:
    """Give what is left to each other by likeness, so that the whole fits best."""
    left = [p for p, found in enumerate(positions) if found is None]
    places = list(free)
    if not left or not places or max(len(left), len(places)) > _FEW:
        return
    weights = [[_likeness(results[r], free[p]) for p in places] for r in left]
    for row, column in zip(left, best_assignment(weights), strict=True):
        if column is not None:
            positions[row] = places[column]
            del free[places[column]]


def _likeness(result: Result, work: Registration) -> float:
    """Return how well the titles fit, 0 where they are not alike enough.

    Titles that name different numbers (lane 12, lane 13) are two works.
    """
    said, title = fold(result.title or ""), fold(work.title or "")
    if not said or not title:
        return 0.0
    numbers = {*_DIGITS.findall(said)}, {*_DIGITS.findall(title)}
    if all(numbers) and not (numbers[0] <= numbers[1] or numbers[1] <= numbers[0]):
        return 0.0
    whole = max(fuzz.ratio(said, title), fuzz.token_sort_ratio(said, title)) / 100
    number = number_key(result.number)
    if number and number == number_key(work.number):
        within = fuzz.token_set_ratio(said, title) / 100
        return max(whole, within) + _SAME_NUMBER if within >= _NUMBERED else 0.0
    return whole if whole >= _ALIKE else 0.0


def _waiting(works: Sequence[Registration]) -> dict[tuple[str, str], deque[int]]:
    """Return the works in order by (title, number), and by (title, "") whatever it is.

    A file of thousands of equal titles is looked through once, not once a result.
    """
    found: dict[tuple[str, str], deque[int]] = {}
    for place, work in enumerate(works):
        title = fold(work.title or "")
        if title:
            for number in {"", number_key(work.number)}:
                found.setdefault((title, number), deque()).append(place)
    return found


def _named(
    result: Result,
    waiting: Mapping[tuple[str, str], deque[int]],
    free: Collection[int],
) -> int | None:
    title = fold(result.title or "")
    for number in (number_key(result.number), ""):
        places = waiting.get((title, number), deque())
        while places and places[0] not in free:
            places.popleft()
        if places:
            return places[0]
    return None


def _numbered(works: Mapping[int, Registration]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, work in works.items():
        number = number_key(work.number)
        if number:
            found.setdefault(number, []).append(place)
    return found


def _finding(code: str, row: Registration | Result) -> Finding:
    # A work that was registered stood in another mail's file; its place says nothing.
    place = row.place or None if isinstance(row, Result) else None
    return finding(code, place, number=row.number or "", title=row.title or "")
