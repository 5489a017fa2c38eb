"""What came of the registered works, and of which nothing was reported yet.

It reads no database, and does not say which result is of which work: that is handed in
with the deliveries (`matched`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from daemon.compose import word
from daemon.export.changes import COLUMNS, Compared, compared
from daemon.export.model import Column, Line, Mark, Part, Table, Value
from daemon.export.order import Frame, part, roman
from daemon.export.registrations import (
    asked_for,
    confirmation,
    difference,
    doubted,
    unit_name,
)
from daemon.export.wording import text
from parsers.values.delivery import Delivery
from parsers.values.reading import Registration, Result

CSV_COLUMNS = (
    *("campaign", "category", "unit", "unit_name", "number", "title"),
    *("expected_result", "field", "registered", "reported", "result", "progress"),
    *("certainty", "version", "received", "late", "confirmation", "source"),
)
_SHOWN = {
    "position": 12.0,
    "unit_name": 29.0,
    "title": 54.0,
    "expected_result": 45.0,
    "result": 56.0,
    "progress": 24.0,
    "note": 32.0,
}
_HIDDEN = (
    *("unit", "number", "field", "certainty", "version", "received", "late"),
    *("confirmation", "extra", "source"),
)
_CENTRED = ("position", "progress")
#: Progress -> its column in the totals; None: the report does not say.
PROGRESS = ("done", "in_progress", "not_done", None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A registered work with what was reported of it; one of the two may be missing.

    `one` is the report as compared with an earlier moment.
    """

    work: Registration | None
    one: Compared[Result] | None

    @property
    def row(self) -> Result | None:
        """Return the report that stands; one that is no more is none."""
        if self.one is None or self.one.mark == "removed":
            return None
        return self.one.row


@dataclass(slots=True)
class Reported:
    """What works come to: how many, with a result, by progress, and what is missing."""

    works: int = 0
    results: int = 0
    progress: Counter[str | None] = field(default_factory=Counter)

    def count(self, outcome: Outcome) -> None:
        """Count one registered work; a result without one counts nothing."""
        if outcome.work is None:
            return
        self.works += 1
        if outcome.row is not None:
            self.results += 1
            self.progress[outcome.row.progress] += 1

    @property
    def missing(self) -> int:
        """Return how many works nothing was reported of."""
        return self.works - self.results


def outcomes(delivery: Delivery, number: int | None = None) -> Iterator[Outcome]:
    """Yield a unit's works with their results, then results without a work.

    `number`: of one field only. Of several results of one work the first is shown with
    it, the others after all works.
    """
    told: dict[int, Compared[Result]] = {}
    others = list[Compared[Result]]()
    places = iter((*delivery.matched, *(None for _ in delivery.results)))
    for one in _compared(delivery):
        place = next(places) if one.mark != "removed" else None
        if place is None or place in told:
            others.append(one)
        else:
            told[place] = one
    for place, work in enumerate(delivery.works):
        if asked_for(delivery, work, number):
            yield Outcome(work, told.get(place))
    for one in others if number is None and delivery.chosen is None else ():
        yield Outcome(None, one)


def _compared(delivery: Delivery) -> Iterable[Compared[Result]]:
    if delivery.earlier is None:
        return map(Compared, delivery.results)
    return compared(delivery.earlier.results, delivery.results)


def csv_rows(
    given: Iterable[Delivery], number: int | None, marked: bool
) -> Iterator[tuple[Value, ...]]:
    """Yield a row a work or result, `marked` with what became of the report."""
    for delivery in given:
        for outcome in outcomes(delivery, number):
            row = _csv_row(delivery, outcome)
            mark = outcome.one.mark if outcome.one else None
            yield (*row, mark or "") if marked else row


def _csv_row(delivery: Delivery, outcome: Outcome) -> tuple[Value, ...]:
    work, row = outcome.work, outcome.one.row if outcome.one else None
    named = work or row
    version = delivery.reported
    return (
        delivery.campaign,
        delivery.category,
        delivery.unit,
        delivery.unit_name,
        named.number if named else None,
        named.title if named else None,
        work.expected_result if work else None,
        work.field if work else None,
        work is not None,
        outcome.row is not None,
        row.result if row else None,
        row.progress if row else None,
        row.certainty if row else None,
        version.version if version else None,
        version.received if version else None,
        version.late if version else None,
        version.confirmation if version else None,
        row.place if row else None,
    )


@dataclass(slots=True)
class _Tally:
    """What the lines come to, counted while they are gone through."""

    categories: dict[str | None, Reported] = field(default_factory=dict)
    fields: dict[int | None, Reported] = field(default_factory=dict)
    units: Counter[str | None] = field(default_factory=Counter)
    reporting: Counter[str | None] = field(default_factory=Counter)
    owing: list[tuple[str, str | None, Reported]] = field(default_factory=list)


def results(frame: Frame, given: Iterable[Delivery]) -> Part:
    """Return the results with their totals, and who owes what; in the plan's order."""
    tally = _Tally()
    shown = [
        Column(k, text("columns", k), w, "center" if k in _CENTRED else "left")
        for k, w in _SHOWN.items()
    ]
    hidden = [Column(k, text("columns", k), 0, hidden=True) for k in _HIDDEN]
    main = Table((*shown, *hidden), _lines(frame, given, tally), merged=(1,))
    tables = [main, _by_category(frame, tally), _by_field(frame, tally)]
    tables.append(_owing(frame, tally))
    return part(frame, "results", tables, ())


def _lines(frame: Frame, given: Iterable[Delivery], tally: _Tally) -> Iterator[Line]:
    known = {c.code for c in frame.plan.categories}
    whole, position, bands, last = Reported(), 0, 0, ""
    for delivery in given:
        category = delivery.category if delivery.category in known else None
        name, unit = frame.category(category), Reported()
        shown = False
        for outcome in outcomes(delivery, frame.field):
            if name != last:
                last, bands = name, bands + 1
                heading = text("table", "band", number=roman(bands), name=name)
                yield Line((heading,), "band")
            shown = True
            for count in _counts(tally, category, outcome):
                count.count(outcome)
            unit.count(outcome)
            whole.count(outcome)
            position += outcome.work is not None
            number = position if outcome.work is not None else None
            yield _line(frame, delivery, outcome, number)
        tally.units[category] += shown and unit.works > 0
        tally.reporting[category] += shown and delivery.reported is not None
        if unit.missing:
            tally.owing.append((unit_name(delivery), category, unit))
    sums = {"results": whole.results, "works": whole.works, "missing": whole.missing}
    yield Line((text("results", "total_of", **sums),), "band")


def _counts(
    tally: _Tally, category: str | None, outcome: Outcome
) -> tuple[Reported, Reported]:
    number = outcome.work.field if outcome.work else None
    return (
        tally.categories.setdefault(category, Reported()),
        tally.fields.setdefault(number, Reported()),
    )


def _line(
    frame: Frame, delivery: Delivery, outcome: Outcome, position: int | None
) -> Line:
    work, one, version = outcome.work, outcome.one, delivery.reported
    row = one.row if one else None
    named = work or row
    values: dict[str, Value] = {
        "position": position,
        "unit_name": unit_name(delivery),
        "title": named.title if named else None,
        "expected_result": work.expected_result if work else None,
        "result": row.result if row else None,
        "progress": word("progress", row.progress) if row and row.progress else None,
        "note": "\n".join(_notes(frame, delivery, outcome)),
        "unit": delivery.unit,
        "number": named.number if named else None,
        "field": frame.field_name(work.field) if work else None,
        "certainty": row.certainty if row else None,
        "version": version.version if version else None,
        "received": version.received if version else None,
        "late": version.late if version else None,
        "confirmation": confirmation(version.confirmation if version else None),
        "extra": "\n".join(f"{k}: {v}" for k, v in row.extra.items()) if row else None,
        "source": row.place if row else None,
    }
    keys = (*_SHOWN, *_HIDDEN)
    mark: Mark | None = one.mark if one else None
    changed = frozenset(keys.index(key) for key in (one.columns if one else ()))
    cells = tuple(values[key] for key in keys)
    return Line(cells, group=delivery.unit, mark=mark, changed=changed)


def _notes(frame: Frame, delivery: Delivery, outcome: Outcome) -> Iterator[str]:
    one = outcome.one
    if one is not None:
        told = (
            difference(frame, one),
            doubted(one.row.cells, one.row.certainty, COLUMNS[Result]),
        )
        yield from filter(None, told)
    if outcome.work is None:
        yield text("results", "unregistered")
    elif outcome.row is None:
        reported = delivery.reported is not None
        yield text("results", "not_named" if reported else "not_reported")


def _by_category(frame: Frame, tally: _Tally) -> Table:
    keys = ("delivered", "reporting", "works", "results", *_progress_keys(), "missing")
    columns = (
        Column("category", text("columns", "category"), 72),
        *(Column(k, text("columns", k), 20, "center") for k in keys),
    )

    def lines() -> Iterator[Line]:
        codes: list[str | None] = [c.code for c in frame.plan.categories]
        rows = []
        for code in (*codes, None):
            if code in tally.categories or code in frame.census:
                units = (tally.units[code], tally.reporting[code])
                found = tally.categories.get(code, Reported())
                rows.append((*units, *figures(found)))
                yield Line((frame.category(code), *rows[-1]))
        yield Line((text("table", "total"), *summed(rows, len(keys))), "total")

    return Table(columns, lines(), caption=text("results", "by_category"))


def _by_field(frame: Frame, tally: _Tally) -> Table:
    keys = ("works", "results", *_progress_keys(), "missing")
    columns = (
        Column("field", text("columns", "field"), 72),
        *(Column(k, text("columns", k), 20, "center") for k in keys),
    )

    def lines() -> Iterator[Line]:
        rows = []
        known: list[int | None] = [f.number for f in frame.plan.fields]
        others = [f for f in tally.fields if f not in known]
        for number in (*known, *sorted(others, key=lambda n: n or _LAST)):
            found = tally.fields.get(number, Reported())
            if number in known or found.works:
                rows.append(figures(found))
                yield Line((frame.field_name(number), *rows[-1]))
        yield Line((text("table", "total"), *summed(rows, len(keys))), "total")

    return Table(columns, lines(), caption=text("results", "by_field"))


_LAST = 10**9


def _owing(frame: Frame, tally: _Tally) -> Table:
    """Return the units of which works have no result yet."""
    columns = (
        Column("position", text("columns", "position"), 12, "center"),
        Column("unit_name", text("columns", "unit_name"), 80),
        Column("category", text("columns", "category"), 80),
        Column("works", text("columns", "works"), 30, "center"),
        Column("missing", text("columns", "missing"), 30, "center"),
    )

    def lines() -> Iterator[Line]:
        for position, (name, category, found) in enumerate(tally.owing, 1):
            named = frame.category(category)
            yield Line((position, name, named, found.works, found.missing))
        if not tally.owing:
            yield Line((text("table", "empty"),), "band")

    return Table(columns, lines(), caption=text("results", "owing"))


def figures(found: Reported) -> tuple[int, ...]:
    """Return works, results, results by progress, and what is missing."""
    by_progress = (found.progress[p] for p in PROGRESS)
    return (found.works, found.results, *by_progress, found.missing)


def summed(rows: Iterable[tuple[int, ...]], width: int) -> tuple[int, ...]:
    """Return the sums of the columns, `width` noughts where there is no row."""
    return tuple(map(sum, zip(*rows, strict=True))) or (0,) * width


def _progress_keys() -> tuple[str, ...]:
    return tuple(f"progress_{p or 'unsaid'}" for p in PROGRESS)
