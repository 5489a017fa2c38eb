"""What was asked for, and for whom: what every document is built with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from daemon.export.model import Letterhead, Part, Table
from daemon.export.wording import day_text, hour_text, text
from parsers.values.campaign import Campaign


@dataclass(frozen=True, slots=True)
class Census:
    """How many units of a category there are, and how many works they owe."""

    units: int
    expected: int


@dataclass(frozen=True, slots=True)
class Frame:
    """The plan, who issues the document, when, and which part of it was asked for.

    `now` is aware. `scope` are the filters in words. `since` is the day from whose
    beginning differences are marked. `census` is by category.
    """

    plan: Campaign
    letterhead: Letterhead
    now: datetime
    zone: tzinfo
    census: Mapping[str, Census]
    field: int | None = None
    scope: tuple[str, ...] = ()
    since: date | None = None

    @property
    def day(self) -> date:
        """Return today in the office."""
        return self.now.astimezone(self.zone).date()

    def category(self, code: str | None) -> str:
        """Return a category's name; units that the plan knows not have one too."""
        named = {c.code: c.name for c in self.plan.categories}
        return named.get(code or "") or text("table", "no_category")

    def field_name(self, number: int | None) -> str:
        """Return a field's name."""
        named = {f.number: f.name for f in self.plan.fields}
        return named.get(number or 0) or text("table", "no_field")


def part(
    frame: Frame, what: str, tables: list[Table], remarks: tuple[str, ...]
) -> Part:
    """Return the document of that kind, titled by the plan."""
    told = text(
        "table",
        "as_of",
        campaign=frame.plan.number,
        hour=hour_text(frame.now, frame.zone),
        day=day_text(frame.day),
    )
    scope = (text("table", "scope", text="; ".join(frame.scope)),) * bool(frame.scope)
    return Part(
        name=text("sheets", what),
        title=(text(what, "title"), summary(frame.plan.title)),
        letterhead=frame.letterhead,
        day=frame.day,
        tables=tables,
        notes=(told, *scope),
        remarks=remarks,
    )


def summary(title: str) -> str:
    """Return a plan's title as a document's summary: its first word is lower case."""
    first, _, rest = title.partition(" ")
    plain = first[1:].islower() or len(first) == 1
    return f"{first.lower() if plain else first} {rest}".strip()


def roman(number: int) -> str:
    """Return a number from 1 in Roman figures."""
    found = ""
    for value, figures in _ROMAN:
        found += figures * (number // value)
        number %= value
    return found


_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
