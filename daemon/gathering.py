"""What a document is made of, read out of the ledger in one snapshot.

It writes no file and knows no format.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, tzinfo
from typing import Literal, get_args

from daemon.decide.outcomes import matched
from daemon.export.assessment import Assessed
from daemon.export.facts import UnitFacts
from daemon.export.model import Letterhead, Mark
from daemon.export.order import Census, Frame
from daemon.export.results import Reported, outcomes
from daemon.export.wording import text
from parsers.values.campaign import Campaign, PhaseName
from parsers.values.delivery import Delivery
from storage.consolidated import (
    Wanted,
    deliveries,
    differences,
    first_received,
    plans,
)
from storage.database import Connection
from storage.status import UnitStatus, unit_lines
from storage.units import find_unit

What = Literal["registrations", "results", "status", "assessment"]
BOTH: tuple[PhaseName, ...] = get_args(PhaseName)
#: Documents of works; the others are of units, and know no field.
OF_WORKS = ("registrations", "results")


class OrderError(Exception):
    """What was asked for is not there: the key of a phrase and its parameters."""

    def __init__(self, key: str, **parameters: object) -> None:
        super().__init__(key)
        self.key = key
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class Order:
    """Which document, and which part of it. `campaign` None: of every campaign.

    `marked`: only works that staff chose. `since` marks what is different from what
    stood at that aware moment.
    """

    what: What
    campaign: str | None = None
    category: str | None = None
    field: int | None = None
    unit: str | None = None
    since: datetime | None = None
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues the document, where the clocks stand, and what time it is."""

    letterhead: Letterhead
    zone: tzinfo
    now: datetime


def plans_of(connection: Connection, order: Order) -> tuple[Campaign, ...]:
    """Return the plans that are spoken of; raises OrderError as `write` says."""
    chosen = plans(connection, order.campaign)
    if not chosen:
        raise OrderError("campaign_unknown", number=order.campaign)
    if order.what not in OF_WORKS and (order.field is not None or order.marked):
        raise OrderError("field_not_here", what=order.what)
    categories = {c.code for plan in chosen for c in plan.categories}
    if order.category is not None and order.category not in categories:
        raise OrderError("category_unknown", code=order.category)
    numbers = {f.number for plan in chosen for f in plan.fields}
    if order.field is not None and order.field not in numbers:
        raise OrderError("field_unknown", number=order.field)
    if order.unit is not None and find_unit(connection, order.unit) is None:
        raise OrderError("unit_unknown", code=order.unit)
    return chosen


def _wanted(order: Order, campaign: str | None) -> Wanted:
    return Wanted(
        phases=("registration",) if order.what == "registrations" else BOTH,
        campaign=campaign,
        category=order.category,
        unit=order.unit,
        since=order.since,
        marked=order.marked,
    )


def given(
    connection: Connection, order: Order, campaign: str | None
) -> Iterator[Delivery]:
    """Yield the deliveries, with which result is of which work as it stands today.

    It is asked anew: the works may have been sent again since the report came.
    """
    for one in deliveries(connection, _wanted(order, campaign)):
        if one.results:
            positions = matched(one.results, one.works).positions
            yield replace(one, matched=positions)
        else:
            yield one


def frame(
    order: Order, plan: Campaign, issuer: Issuer, lines: Sequence[UnitFacts]
) -> Frame:
    """Return what a document of the plan is built with."""
    census: dict[str, Census] = {}
    for line in lines:
        before = census.get(line.category, Census(0, 0))
        census[line.category] = Census(
            before.units + 1, before.expected + (line.quota or 0)
        )
    since = order.since.astimezone(issuer.zone).date() if order.since else None
    made = Frame(
        plan=plan,
        letterhead=issuer.letterhead,
        now=issuer.now,
        zone=issuer.zone,
        census=census,
        field=order.field,
        since=since,
    )
    return replace(made, scope=_scope(order, made, lines))


def _scope(order: Order, frame: Frame, lines: Sequence[UnitFacts]) -> tuple[str, ...]:
    """Return in words what the document is confined to."""
    told = []
    if order.category is not None:
        told.append(frame.category(order.category))
    if order.unit is not None:
        told.append(next((u.name for u in lines), order.unit))
    if order.field is not None:
        told.append(text("table", "scope_field", name=frame.field_name(order.field)))
    if order.marked:
        told.append(text("table", "scope_marked"))
    return tuple(told)


def lines(
    connection: Connection, order: Order, plan: Campaign
) -> tuple[UnitFacts, ...]:
    """Return the lines of the status table that were asked for."""
    codes = None if order.unit is None else (order.unit,)
    found = unit_lines(connection, plan.number, codes)
    return tuple(_facts(u) for u in found if order.category in (None, u.category))


def _facts(line: UnitStatus) -> UnitFacts:
    named = {f.name: getattr(line, f.name) for f in fields(line) if f.name != "phases"}
    phase = line.phases.get("results")
    if phase is None:
        return UnitFacts(**named)
    return UnitFacts(
        **named,
        results_state=phase.state,
        results_versions=phase.versions,
        results_late=phase.late,
    )


def marks(connection: Connection, order: Order, plan: Campaign) -> dict[str, Mark]:
    """Return what became of each unit since the moment that was asked for."""
    found = differences(connection, _wanted(order, plan.number))
    return {unit: mark for (_, unit), mark in found.items()}


def assessed(
    connection: Connection,
    order: Order,
    plan: Campaign,
    lines: Sequence[UnitFacts],
) -> tuple[tuple[Assessed, ...], dict[int | None, int]]:
    """Return each unit with its first deliveries and outcomes, and works by field."""
    first = first_received(connection, plan.number)
    reported: dict[str, Reported] = {}
    counted: Counter[int | None] = Counter()
    for one in given(connection, replace(order, since=None), plan.number):
        found = reported.setdefault(one.unit, Reported())
        for outcome in outcomes(one):
            found.count(outcome)
        counted.update(work.field for work in one.works)
    units = tuple(
        Assessed(
            facts=line,
            first_received=first.get((line.code, "registration")),
            results_received=first.get((line.code, "results")),
            reported=reported.get(line.code, Reported()),
        )
        for line in lines
    )
    return units, dict(counted)
