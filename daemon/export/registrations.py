"""The consolidated table of registered works, in the office's form and as CSV rows.

It reads no database: what the units delivered is handed in, unit by unit.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from daemon.compose import word
from daemon.export.changes import COLUMNS, Compared, compared
from daemon.export.model import Column, Line, Part, Table, Value
from daemon.export.order import Frame, part, roman
from daemon.export.wording import day_text, text
from parsers.values.delivery import Delivery
from parsers.values.reading import Registration
from parsers.vietnamese.fold import fold

#: CSV's own columns, by the contract; `change` follows only where it was asked for.
CSV_COLUMNS = (
    *("campaign", "category", "unit", "unit_name", "number", "title", "method"),
    *("time", "expected_result", "field", "start", "end", "certainty", "version"),
    *("received", "late", "confirmation", "source"),
)
CHANGE = "change"
#: Printed columns and their widths in millimetres, then the hidden ones.
_SHOWN = {
    "position": 12.0,
    "unit_name": 29.0,
    "title": 50.0,
    "method": 44.0,
    "time": 27.0,
    "expected_result": 41.0,
    "field": 24.0,
    "note": 25.0,
}
_HIDDEN = (
    *("unit", "number", "start", "end", "certainty", "version", "received"),
    *("late", "confirmation", "extra", "source"),
)
_CENTRED = ("position", "field", "time")


def csv_rows(
    given: Iterable[Delivery], number: int | None, marked: bool
) -> Iterator[tuple[Value, ...]]:
    """Yield a row a work, `marked` with what became of it; `number`: of one field."""
    for delivery in given:
        for one in works(delivery, number):
            row = _csv_row(delivery, one.row)
            yield (*row, one.mark or "") if marked else row


def works(
    delivery: Delivery, number: int | None = None
) -> Iterator[Compared[Registration]]:
    """Yield a unit's works, compared where something changed; of one field, or all."""
    if delivery.earlier is None:
        rows: Iterable[Compared[Registration]] = map(Compared, delivery.works)
    else:
        rows = compared(delivery.earlier.works, delivery.works)
    for one in rows:
        if asked_for(delivery, one.row, number):
            yield one


def asked_for(delivery: Delivery, work: Registration, number: int | None) -> bool:
    """Say whether a work is of the field, and one of those chosen."""
    if number is not None and work.field != number:
        return False
    if delivery.chosen is None:
        return True
    return fold(work.title or "") in _folded(delivery.chosen)


@lru_cache(maxsize=64)
def _folded(titles: frozenset[str]) -> frozenset[str]:
    return frozenset(map(fold, titles))


def registrations(frame: Frame, given: Iterable[Delivery]) -> Part:
    """Return the consolidated table with its totals; `given` in the plan's order."""
    tally = Tally()
    shown = [
        Column(k, _heading(frame, k), w, "center" if k in _CENTRED else "left")
        for k, w in _SHOWN.items()
    ]
    hidden = [Column(k, text("columns", k), 0, hidden=True) for k in _HIDDEN]
    main = Table((*shown, *hidden), _lines(frame, given, tally), merged=(1,))
    tables = [main, by_category(frame, tally), by_field(frame, tally)]
    if frame.since is not None:
        tables.append(changed(frame, tally))
    notes = (text("registrations", "inferred"),) if frame.plan.fields else ()
    return part(frame, "registrations", tables, notes)


@dataclass(slots=True)
class Tally:
    """What the lines come to, counted while they are gone through."""

    works: Counter[str | None] = field(default_factory=Counter)
    units: Counter[str | None] = field(default_factory=Counter)
    fields: Counter[int | None] = field(default_factory=Counter)
    marks: Counter[tuple[str | None, str]] = field(default_factory=Counter)

    def count(self, category: str | None, one: Compared[Registration]) -> None:
        """Count one work; one that is no more counts only as that."""
        if one.mark is not None:
            self.marks[category, one.mark] += 1
        if one.mark != "removed":
            self.works[category] += 1
            self.fields[one.row.field] += 1


def _lines(frame: Frame, given: Iterable[Delivery], tally: Tally) -> Iterator[Line]:
    known = {c.code for c in frame.plan.categories}
    position, bands, last = 0, 0, ""
    for delivery in given:
        rows = works(delivery, frame.field)
        category = delivery.category if delivery.category in known else None
        name = frame.category(category)
        before = tally.works.total()
        for one in rows:
            if name != last:
                last, bands = name, bands + 1
                heading = text("table", "band", number=roman(bands), name=name)
                yield Line((heading,), "band")
            tally.count(category, one)
            if one.mark != "removed":
                position += 1
            shown = position if one.mark != "removed" else None
            yield _line(frame, delivery, one, shown)
        tally.units[category] += tally.works.total() > before
    told = text("table", "total_of", works=position, units=tally.units.total())
    yield Line((told,), "band")


def _line(
    frame: Frame,
    delivery: Delivery,
    one: Compared[Registration],
    position: int | None,
) -> Line:
    row, version = one.row, delivery.registration
    values: dict[str, Value] = {
        "position": position,
        "unit_name": unit_name(delivery),
        "title": row.title,
        "method": row.method,
        "time": row.time,
        "expected_result": row.expected_result,
        "field": _field(frame, row),
        "note": "\n".join(_notes(frame, one)),
        "unit": delivery.unit,
        "number": row.number,
        "start": row.start,
        "end": row.end,
        "certainty": row.certainty,
        "version": version.version if version else None,
        "received": version.received if version else None,
        "late": version.late if version else None,
        "confirmation": confirmation(version.confirmation if version else None),
        "extra": "\n".join(f"{k}: {v}" for k, v in row.extra.items()),
        "source": row.place,
    }
    keys = (*_SHOWN, *_HIDDEN)
    return Line(
        tuple(values[key] for key in keys),
        group=delivery.unit,
        mark=one.mark,
        changed=frozenset(keys.index(key) for key in one.columns),
    )


def unit_name(delivery: Delivery) -> str:
    """Return a unit's name, or its code where the directory has it no more."""
    if delivery.unit_name is None:
        return text("table", "unknown_unit", code=delivery.unit)
    return delivery.unit_name


def confirmation(state: str | None) -> str | None:
    """Return how a version is confirmed, in words."""
    return word("confirmation", state) if state else None


def doubted(cells: dict[str, float], certainty: float, keys: Sequence[str]) -> str:
    """Return the words for columns that were not read for certain, or nothing."""
    told = [k for k in keys if cells.get(k, 1.0) < 1]
    if not told and certainty >= 1:
        return ""
    names = ", ".join(word("columns", key) for key in told or keys)
    return text("table", "doubted", columns=names)


def difference(frame: Frame, one: Compared[Any]) -> str:
    """Return the words for what became of a row, or nothing."""
    if one.mark is None or frame.since is None:
        return ""
    names = ", ".join(word("columns", key) for key in one.columns)
    return text("marks", one.mark, day=day_text(frame.since), columns=names)


def _notes(frame: Frame, one: Compared[Registration]) -> Iterator[str]:
    told = (
        difference(frame, one),
        doubted(one.row.cells, one.row.certainty, COLUMNS[Registration][:4]),
    )
    yield from filter(None, told)


def _field(frame: Frame, row: Registration) -> str:
    if row.field is None:
        return ""
    name = frame.field_name(row.field)
    inferred = row.field_certainty is not None and row.field_certainty < 1
    return text("registrations", "field_inferred", name=name) if inferred else name


def _heading(frame: Frame, key: str) -> str:
    """Return the plan's own heading of a column, else the program's."""
    for column in frame.plan.columns:
        if column.key == key and key not in ("unit", "field", "number"):
            return column.heading
    return text("columns", key)


def by_category(frame: Frame, tally: Tally) -> Table:
    """Return the totals by category; their lines are read when all are counted."""
    columns = (
        Column("category", text("columns", "category"), 100),
        Column("units", text("columns", "units"), 38, "center"),
        Column("delivered", text("columns", "delivered"), 38, "center"),
        Column("expected", text("columns", "expected"), 38, "center"),
        Column("registered", text("columns", "registered"), 38, "center"),
    )

    def lines() -> Iterator[Line]:
        sums = [0, 0, 0, 0]
        for code in _categories(frame, tally):
            census = frame.census.get(code or "")
            figures = (
                census.units if census else tally.units[code],
                tally.units[code],
                census.expected if census else 0,
                tally.works[code],
            )
            sums = [a + b for a, b in zip(sums, figures, strict=True)]
            yield Line((frame.category(code), *figures))
        yield Line((text("table", "total"), *sums), "total")

    caption = text("registrations", "by_category")
    return Table(columns, lines(), caption=caption)


def _categories(frame: Frame, tally: Tally) -> list[str | None]:
    """Return the plan's categories that were asked for, and others if any delivered."""
    found: list[str | None] = [c.code for c in frame.plan.categories]
    found = [c for c in found if c in frame.census or tally.works[c]]
    return [*found, None] if tally.works[None] else found


def by_field(frame: Frame, tally: Tally) -> Table:
    """Return the totals by field, and the share of each in per cent."""
    columns = (
        Column("field", text("columns", "field"), 100),
        Column("registered", text("columns", "registered"), 38, "center"),
        Column("share", text("columns", "share"), 38, "center"),
    )

    def lines() -> Iterator[Line]:
        whole = tally.fields.total()
        known: list[int | None] = [f.number for f in frame.plan.fields]
        others = sorted({f for f in tally.fields if f is not None} - {*known})
        for number in (*known, *others, None):
            if number in known or tally.fields[number]:
                count = tally.fields[number]
                share = round(100 * count / whole, 1) if whole else 0.0
                yield Line((frame.field_name(number), count, share))
        yield Line((text("table", "total"), whole, 100.0 if whole else 0.0), "total")

    return Table(columns, lines(), caption=text("registrations", "by_field"))


def changed(frame: Frame, tally: Tally) -> Table:
    """Return how many works were added, changed and removed, by category."""
    marks = ("added", "changed", "removed")
    columns = (
        Column("category", text("columns", "category"), 100),
        *(Column(m, text("columns", m), 38, "center") for m in marks),
    )

    def lines() -> Iterator[Line]:
        codes = dict.fromkeys(code for code, _ in tally.marks)
        for code in sorted(codes, key=lambda c: frame.category(c)):
            figures = (tally.marks[code, mark] for mark in marks)
            yield Line((frame.category(code), *figures))
        sums = (
            sum(n for (_, m), n in tally.marks.items() if m == mark) for mark in marks
        )
        yield Line((text("table", "total"), *sums), "total")

    day = day_text(frame.since) if frame.since else ""
    return Table(columns, lines(), caption=text("table", "changes", day=day))


def _csv_row(delivery: Delivery, row: Registration) -> tuple[Value, ...]:
    version = delivery.registration
    received: datetime | None = version.received if version else None
    return (
        delivery.campaign,
        delivery.category,
        delivery.unit,
        delivery.unit_name,
        row.number,
        row.title,
        row.method,
        row.time,
        row.expected_result,
        row.field,
        row.start,
        row.end,
        row.certainty,
        version.version if version else None,
        received,
        version.late if version else None,
        version.confirmation if version else None,
        row.place,
    )
