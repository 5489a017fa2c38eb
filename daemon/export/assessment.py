"""Who registered, when, on time, confirmed, how many, and what came of it: facts only.

It praises nobody: the columns for the remark and the proposal are left to people, and
the order within a category follows from what the ledger holds.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from daemon.export.facts import UnitFacts
from daemon.export.model import Column, Line, Mark, Part, Table, Value
from daemon.export.order import Frame, part, roman
from daemon.export.registrations import confirmation
from daemon.export.results import PROGRESS, Reported, summed
from daemon.export.wording import day_text, text

CSV_COLUMNS = (
    *("campaign", "category", "rank", "unit", "unit_name", "quota", "registered"),
    *("state", "first_received", "on_time", "confirmation", "results_received"),
    *("results_on_time", "results", "done", "in_progress", "not_done", "criteria"),
    *("criteria_met", "remark", "proposal"),
)
_SHOWN = {
    "rank": 14.0,
    "unit_name": 36.0,
    "quota": 13.0,
    "works": 13.0,
    "first_received": 25.0,
    "on_time": 16.0,
    "signed": 16.0,
    "results_received": 25.0,
    "results_on_time": 16.0,
    "results": 13.0,
    "progress_done": 15.0,
    "criteria_met": 13.0,
    "remark": 17.0,
    "proposal": 20.0,
}
_HIDDEN = ("unit", "first_time", "results_time", "confirmation", "note")
_LEFT = ("unit_name", "remark", "proposal")


@dataclass(frozen=True, slots=True)
class Assessed:
    """One unit's facts: the line of the status table, the first deliveries, outcomes.

    Times are aware; None where nothing came.
    """

    facts: UnitFacts
    first_received: datetime | None = None
    results_received: datetime | None = None
    reported: Reported = field(default_factory=Reported)

    @property
    def excused(self) -> bool:
        """Say whether the unit owes nothing: it is not compared with others."""
        return self.facts.state == "excused"


def criteria(frame: Frame) -> tuple[str, ...]:
    """Return the keys of what counts; of the results only once they may be reported."""
    told = ("registered", "on_time", "enough", "signed")
    phase = frame.plan.phase("results")
    opened = phase is not None and phase.opens <= frame.day
    return (*told, "results_on_time", "all_results") if opened else told


def met(frame: Frame, unit: Assessed) -> tuple[str, ...]:
    """Return the keys of the criteria that a unit meets."""
    facts = unit.facts
    holds = {
        "registered": facts.registered > 0,
        "on_time": unit.first_received is not None and not facts.late,
        "enough": facts.registered > 0 and facts.registered >= (facts.quota or 0),
        "signed": facts.confirmation == "signed",
        "results_on_time": bool(unit.results_received) and not facts.results_late,
        "all_results": 0 < unit.reported.works == unit.reported.results,
    }
    return tuple(key for key in criteria(frame) if holds[key])


def ranked(
    frame: Frame, units: Sequence[Assessed]
) -> Iterator[tuple[str, int | None, Assessed]]:
    """Yield category, rank and unit; equal facts have an equal rank.

    By criteria met, then by the share of works with a result, then of those done; what
    is still equal stands in the directory's order. The excused come last, without one.
    """
    groups: dict[str, list[Assessed]] = {}
    for unit in units:
        groups.setdefault(frame.category(unit.facts.category), []).append(unit)
    for name, members in groups.items():
        keys = {unit.facts.code: _merit(frame, unit) for unit in members}
        ordered = sorted(
            members, key=lambda u: (u.excused, *(-m for m in keys[u.facts.code]))
        )
        rank, before = 0, None
        for place, unit in enumerate(ordered, 1):
            if keys[unit.facts.code] != before:
                rank, before = place, keys[unit.facts.code]
            yield name, None if unit.excused else rank, unit


def _merit(frame: Frame, unit: Assessed) -> tuple[float, float, float]:
    found = unit.reported
    works = found.works or 1
    done = found.progress["done"]
    return len(met(frame, unit)), found.results / works, done / works


def csv_rows(
    frame: Frame, units: Sequence[Assessed], marks: Mapping[str, Mark] | None
) -> Iterator[tuple[Value, ...]]:
    """Yield a row a unit by rank; with `marks` (by code) also what became of it."""
    for _, rank, unit in ranked(frame, units):
        facts = unit.facts
        row: tuple[Value, ...] = (
            frame.plan.number,
            facts.category,
            rank,
            facts.code,
            facts.name,
            facts.quota,
            facts.registered,
            facts.state,
            unit.first_received,
            None if unit.first_received is None else not facts.late,
            facts.confirmation,
            unit.results_received,
            None if unit.results_received is None else not facts.results_late,
            unit.reported.results,
            *(unit.reported.progress[p] for p in PROGRESS[:3]),
            len(criteria(frame)),
            len(met(frame, unit)),
            "",
            "",
        )
        yield row if marks is None else (*row, marks.get(facts.code, ""))


def assessment(
    frame: Frame, units: Sequence[Assessed], marks: Mapping[str, Mark]
) -> Part:
    """Return the table by category and rank, with its totals."""
    shown = [
        Column(k, text("columns", k), w, "left" if k in _LEFT else "center")
        for k, w in _SHOWN.items()
    ]
    hidden = [Column(k, text("columns", k), 0, hidden=True) for k in _HIDDEN]
    main = Table((*shown, *hidden), _lines(frame, units, marks))
    named = "; ".join(
        f"({n}) {text('criteria', key)}" for n, key in enumerate(criteria(frame), 1)
    )
    remarks = (text("assessment", "how", criteria=named),)
    return part(frame, "assessment", [main, totals(frame, units)], remarks)


def _lines(
    frame: Frame, units: Sequence[Assessed], marks: Mapping[str, Mark]
) -> Iterator[Line]:
    bands, last = 0, ""
    for name, rank, unit in ranked(frame, units):
        if name != last:
            last, bands = name, bands + 1
            yield Line((text("table", "band", number=roman(bands), name=name),), "band")
        yield _line(frame, unit, rank, marks.get(unit.facts.code))
    if not units:
        yield Line((text("table", "empty"),), "band")


def _line(frame: Frame, unit: Assessed, rank: int | None, mark: Mark | None) -> Line:
    facts = unit.facts
    day = day_text(frame.since) if frame.since else ""
    first, second = unit.first_received, unit.results_received
    values: dict[str, Value] = {
        "rank": rank,
        "unit_name": facts.name,
        "quota": facts.quota,
        "works": facts.registered,
        "first_received": _day(frame, first),
        "on_time": None if first is None else not facts.late,
        "signed": None if first is None else facts.confirmation == "signed",
        "results_received": _day(frame, second),
        "results_on_time": None if second is None else not facts.results_late,
        "results": unit.reported.results if second else None,
        "progress_done": unit.reported.progress["done"] if second else None,
        "criteria_met": len(met(frame, unit)),
        "remark": _said(unit, mark, day),
        "proposal": None,
        "unit": facts.code,
        "first_time": first,
        "results_time": second,
        "confirmation": confirmation(facts.confirmation),
        "note": text("unit_marks", mark, day=day) if mark else None,
    }
    cells = tuple(values[key] for key in (*_SHOWN, *_HIDDEN))
    return Line(cells, mark=mark)


def _said(unit: Assessed, mark: Mark | None, day: str) -> str | None:
    """Return what stands in the remark: nothing but that a unit is excused, or new."""
    told = [text("unit_marks", mark, day=day)] if mark else []
    if unit.excused:
        told.append(text("assessment", "excused"))
    return "\n".join(told) or None


def _day(frame: Frame, instant: datetime | None) -> date | None:
    return instant.astimezone(frame.zone).date() if instant else None


@dataclass(frozen=True, slots=True)
class Sums:
    """What a number of units come to together."""

    units: int
    delivered: int
    on_time: int
    enough: int
    signed: int
    expected: int
    works: int
    reporting: int
    results_on_time: int
    results: int
    done: int


def sums(frame: Frame, units: Sequence[Assessed]) -> Sums:
    """Return the sums of the units."""
    given = [met(frame, unit) for unit in units]

    def many(key: str) -> int:
        return sum(key in keys for keys in given)

    return Sums(
        units=len(units),
        delivered=many("registered"),
        on_time=many("on_time"),
        enough=many("enough"),
        signed=many("signed"),
        expected=sum(u.facts.quota or 0 for u in units),
        works=sum(u.facts.registered for u in units),
        reporting=sum(u.results_received is not None for u in units),
        results_on_time=many("results_on_time"),
        results=sum(u.reported.results for u in units),
        done=sum(u.reported.progress["done"] for u in units),
    )


def totals(frame: Frame, units: Sequence[Assessed]) -> Table:
    """Return the sums by category."""
    keys = tuple(Sums.__dataclass_fields__)
    columns = (
        Column("category", text("columns", "category"), 65),
        *(Column(k, text("columns", f"sum_{k}"), 17, "center") for k in keys),
    )

    def lines() -> Iterator[Line]:
        groups: dict[str, list[Assessed]] = {}
        for unit in units:
            groups.setdefault(frame.category(unit.facts.category), []).append(unit)
        rows = []
        for name, members in groups.items():
            found = sums(frame, members)
            rows.append(tuple(int(getattr(found, key)) for key in keys))
            yield Line((name, *rows[-1]))
        yield Line((text("table", "total"), *summed(rows, len(keys))), "total")

    return Table(columns, lines(), caption=text("assessment", "by_category"))
