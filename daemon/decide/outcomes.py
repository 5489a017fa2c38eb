"""Which registered work a reported result belongs to.

One to one, by title, then by number; what fits nowhere is kept and named.
"""

from collections.abc import Sequence
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
    positions: list[int | None] = [None] * len(results)
    by_title = _index(works)
    for place, result in enumerate(results):
        wanted = by_title.get(fold(result.title or ""), [])
        numbered = [i for i in wanted if i in free and _same_number(result, works[i])]
        positions[place] = next(
            iter([*numbered, *(i for i in wanted if i in free)]), None
        )
        free.pop(-1 if positions[place] is None else positions[place] or 0, None)
    for place, result in enumerate(results):
        if positions[place] is None and not fold(result.title or ""):
            fitting = [i for i, work in free.items() if _same_number(result, work)]
            positions[place] = fitting[0] if len(fitting) == 1 else None
            free.pop(fitting[0] if len(fitting) == 1 else -1, None)
    lost = (r for r, p in zip(results, positions, strict=True) if p is None)
    findings = [_finding("result_without_registration", result) for result in lost]
    findings += [_finding("result_missing", work) for work in free.values()]
    return Matching(tuple(positions), tuple(findings))


def _index(works: Sequence[Registration]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for place, work in enumerate(works):
        title = fold(work.title or "")
        if title:
            index.setdefault(title, []).append(place)
    return index


def _same_number(result: Result, work: Registration) -> bool:
    number = number_key(result.number)
    return bool(number) and number == number_key(work.number)


def _finding(code: str, row: Registration | Result) -> Finding:
    # A work that was registered stood in another mail's file; its place says nothing.
    place = row.place or None if isinstance(row, Result) else None
    return finding(code, place, number=row.number or "", title=row.title or "")
