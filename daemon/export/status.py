"""The status table as a document: the figures are those of `status --json`.

It reads no database; the lines of the one status query are handed in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple

from daemon.compose import word
from daemon.export.facts import UnitFacts
from daemon.export.model import Column, Line, Mark, Part, Table, Value
from daemon.export.order import Frame, part, roman
from daemon.export.wording import day_text, text

CSV_COLUMNS = (
    *("campaign", "code", "name", "category", "quota", "registered", "state"),
    *("versions", "last_received", "late", "confirmation", "results", "reminders"),
    *("findings", "address_known", "address"),
    *("results_state", "results_versions", "results_late"),
)
_SHOWN = {
    "position": 12.0,
    "unit_name": 43.0,
    "quota": 13.0,
    "works": 17.0,
    "state": 21.0,
    "versions": 12.0,
    "last_received": 36.0,
    "on_time": 16.0,
    "confirmation": 27.0,
    "results": 16.0,
    "results_state": 20.0,
    "note": 22.0,
}
_HIDDEN = ("unit", "reminders", "findings", "address")
_LEFT = ("unit_name",)
_STATES = ("complete", "over", "partial", "nil", "excused", "missing")


def csv_rows(
    campaign: str, units: Sequence[UnitFacts], marks: Mapping[str, Mark] | None
) -> Iterator[tuple[Value, ...]]:
    """Yield a row a unit; with `marks` (by code) also what became of it."""
    for unit in units:
        row: tuple[Value, ...] = (campaign, *astuple(unit))
        yield row if marks is None else (*row, marks.get(unit.code, ""))


def status(frame: Frame, units: Sequence[UnitFacts], marks: Mapping[str, Mark]) -> Part:
    """Return the table with its totals; `units` in the plan's order."""
    shown = [
        Column(k, text("columns", k), w, "left" if k in _LEFT else "center")
        for k, w in _SHOWN.items()
    ]
    hidden = [Column(k, text("columns", k), 0, hidden=True) for k in _HIDDEN]
    main = Table((*shown, *hidden), _lines(frame, units, marks))
    return part(frame, "status", [main, _totals(frame, units)], ())


def _lines(
    frame: Frame, units: Sequence[UnitFacts], marks: Mapping[str, Mark]
) -> Iterator[Line]:
    bands, last = 0, ""
    for position, unit in enumerate(units, 1):
        name = frame.category(unit.category)
        if name != last:
            last, bands = name, bands + 1
            yield Line((text("table", "band", number=roman(bands), name=name),), "band")
        yield _line(frame, unit, position, marks.get(unit.code))
    if not units:
        yield Line((text("table", "empty"),), "band")


def _line(frame: Frame, unit: UnitFacts, position: int, mark: Mark | None) -> Line:
    day = day_text(frame.since) if frame.since else ""
    confirmed = unit.confirmation
    values: dict[str, Value] = {
        "position": position,
        "unit_name": unit.name,
        "quota": unit.quota,
        "works": unit.registered,
        "state": word("unit_states", unit.state),
        "versions": unit.versions or None,
        "last_received": unit.last_received,
        "on_time": None if unit.last_received is None else not unit.late,
        "confirmation": word("confirmation", confirmed) if confirmed else None,
        "results": unit.results if unit.results_state else None,
        "results_state": _reported(unit.results_state),
        "note": text("unit_marks", mark, day=day) if mark else None,
        "unit": unit.code,
        "reminders": unit.reminders,
        "findings": unit.findings,
        "address": word("address_sources", unit.address),
    }
    cells = tuple(values[key] for key in (*_SHOWN, *_HIDDEN))
    return Line(cells, mark=mark)


def _reported(state: str | None) -> str | None:
    """Return where the report stands, in words of its own."""
    return text("report_states", state) if state else None


def _totals(frame: Frame, units: Sequence[UnitFacts]) -> Table:
    columns = (
        Column("category", text("columns", "category"), 81),
        Column("units", text("columns", "units"), 19, "center"),
        *(Column(s, word("unit_states", s), 19, "center") for s in _STATES),
        Column("works", text("columns", "works"), 19, "center"),
        Column("quota", text("columns", "quota"), 19, "center"),
    )

    def lines() -> Iterator[Line]:
        groups: dict[str, list[UnitFacts]] = {}
        for unit in units:
            groups.setdefault(frame.category(unit.category), []).append(unit)
        for name, members in groups.items():
            yield Line((name, *_figures(members)))
        yield Line((text("table", "total"), *_figures(units)), "total")

    return Table(columns, lines(), caption=text("status", "by_category"))


def _figures(units: Sequence[UnitFacts]) -> tuple[int, ...]:
    return (
        len(units),
        *(sum(u.state == state for u in units) for state in _STATES),
        sum(u.registered for u in units),
        sum(u.quota or 0 for u in units),
    )
