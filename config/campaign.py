"""Read a plan from its file into the Campaign of `parsers.values`.

It decides nothing about a mail, and knows no clock: a plan may lie in the past.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from config.faults import WORDS, Faults
from config.table import Table, load_toml
from parsers.values.campaign import Campaign, Category, Column, Field, Phase

_PHASES = ("registration", "results")
_KEYS = (
    "number",
    "title",
    "method",
    "time",
    "expected_result",
    "result",
    "progress",
    "unit",
    "field",
)


def load_campaign(path: Path) -> Campaign:
    """Return the plan of one file; raises ConfigurationError with every fault."""
    faults = Faults()
    document = load_toml(path, faults)
    faults.raise_any()
    top = Table(path, "", document or {}, faults)
    campaign = Campaign(
        number=_text(top, "number"),
        title=_text(top, "title"),
        period=_period(top),
        phases=_phases(top),
        categories=_categories(top),
        columns=_columns(top),
        fields=_fields(top),
        quota_exceptions=_exceptions(top.table("quota_exceptions")),
        mandatory_terms=_texts(top, "mandatory_terms"),
        **_calendar(top.table("calendar")),
    )
    top.end()
    faults.raise_any()
    return campaign


def _text(table: Table, key: str) -> str:
    return unicodedata.normalize("NFC", table.text(key, blank=False).strip())


def _texts(table: Table, key: str) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", t.strip()) for t in table.texts(key))


def _period(top: Table) -> tuple[date, date]:
    values = top.items("period", object, needed=True)
    if values is None:
        return date.min, date.max
    if len(values) != 2:
        top.fault("period", "not_a_pair", values)
        return date.min, date.max
    days = [top.as_day(f"period[{n + 1}]", value) for n, value in enumerate(values)]
    first, last = days[0] or date.min, days[1] or date.max
    if last < first:
        top.fault("period[2]", "too_early", str(last), other=first)
    return first, last


def _phases(top: Table) -> tuple[Phase, ...]:
    found = [_phase(table) for table in _tables(top, "phases", "phase")]
    _once(top, "phases", "name", "phase", (phase.name for phase in found))
    return tuple(found)


def _phase(table: Table) -> Phase:
    opens = table.day("opens", needed=True)
    deadline = table.day("deadline", needed=True)
    named = table.day("named")
    if opens and deadline and deadline < opens:
        table.fault("deadline", "too_early", str(deadline), other=opens)
    if named and deadline and deadline < named:
        # The reading that mails name is the stricter one.
        table.fault("named", "too_late", str(named), other=deadline)
    phase = Phase(
        name=table.choice("name", _PHASES, None),
        opens=opens or date.min,
        deadline=deadline or date.max,
        day_counts=table.switch("day_counts", True),
        named=named,
    )
    table.end()
    return phase


def _categories(top: Table) -> tuple[Category, ...]:
    found = []
    for table in _tables(top, "categories", "category"):
        code, name = _text(table, "code"), _text(table, "name")
        if "quota" not in table:
            table.fault("quota", "missing")
        found.append(Category(code, name, table.whole("quota", 0, 0)))
        table.end()
    _once(top, "categories", "code", "category", (c.code for c in found))
    return tuple(found)


def _columns(top: Table) -> tuple[Column, ...]:
    found = []
    for table in _tables(top, "columns", "column"):
        column = Column(
            key=table.choice("key", _KEYS, None),
            heading=_text(table, "heading"),
            also=_texts(table, "also"),
            required=table.switch("required", False),
        )
        found.append(column)
        table.end()
    _once(top, "columns", "key", "column", (column.key for column in found))
    if found and not any(column.key == "title" for column in found):
        top.fault("columns", "no_title_column")
    return tuple(found)


def _fields(top: Table) -> tuple[Field, ...]:
    found = []
    for table in top.tables("fields"):
        if "number" not in table:
            table.fault("number", "missing")
        field = Field(
            number=table.whole("number", 0, 1),
            name=_text(table, "name"),
            same_as=_texts(table, "same_as"),
            terms=_texts(table, "terms"),
            weights=_weights(table.table("weights")),
        )
        found.append(field)
        table.end()
    _once(top, "fields", "number", "field", (field.number for field in found))
    return tuple(found)


def _weights(table: Table) -> tuple[tuple[str, int], ...]:
    terms = list(table.rest())
    return tuple((term, table.whole(term, 1, 1, 9)) for term in terms)


def _exceptions(table: Table) -> tuple[tuple[str, int], ...]:
    codes = list(table.rest())
    return tuple((code, table.whole(code, 0, 0)) for code in codes)


def _calendar(table: Table) -> dict[str, tuple[date, ...]]:
    days = {key: _days(table, key) for key in ("off", "work")}
    for day in sorted(set(days["off"]) & set(days["work"])):
        table.fault("work", "off_and_work", str(day), value=day)
    table.end()
    return days


def _days(table: Table, key: str) -> tuple[date, ...]:
    values = table.items(key, object) or []
    days = [table.as_day(f"{key}[{n + 1}]", value) for n, value in enumerate(values)]
    return tuple(day for day in days if day is not None)


def _tables(top: Table, key: str, what: str) -> list[Table]:
    """Return a list of tables of which at least one is needed."""
    tables = top.tables(key)
    if not tables:
        top.fault(key, "none_given", what=WORDS[what])
    return tables


def _once(top: Table, tables: str, key: str, what: str, values: Iterable[Any]) -> None:
    """Add a fault for each value that an earlier table of the list has already."""
    seen: dict[Any, str] = {}
    for index, value in enumerate(values):
        name = f"{tables}[{index + 1}]"
        other = seen.setdefault(value, name)
        if other != name and value not in ("", 0):
            top.fault(
                f"{name}.{key}", "duplicate", value, other=other, what=WORDS[what]
            )
