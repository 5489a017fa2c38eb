"""Which registered work a reported result belongs to.

One to one, by title, then by number; what fits nowhere is kept and named.
"""

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from daemon.decide.digest import number_key
from parsers.values.finding import Finding, finding
from parsers.values.reading import Registration, Result
from parsers.vietnamese.fold import fold


@dataclass(frozen=True, slots=True)
class Matching:
    """`positions` goes with the results: each one's row of a work, from 0, or None."""

    positions: tuple[int | None, ...]
    findings: tuple[Finding, ...]


def matched(results: Sequence[Result], works: Sequence[Registration]) -> Matching:
    """Return which work each result is of, with findings for what is left over.

    A number alone is believed only where the result has no title.
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
    lost = (r for r, p in zip(results, positions, strict=True) if p is None)
    findings = [_finding("result_without_registration", result) for result in lost]
    findings += [_finding("result_missing", work) for work in free.values()]
    return Matching(tuple(positions), tuple(findings))


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
