"""Documents out of the ledger: what was asked for, read in one snapshot, written.

Commands, the page and the digest call it. It decides nothing about how a document
looks, and changes nothing in the ledger.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, tzinfo
from typing import BinaryIO, Literal, get_args

from daemon.export import registrations, status
from daemon.export.csv_file import write_csv
from daemon.export.docx_file import write_docx
from daemon.export.facts import UnitFacts
from daemon.export.model import Letterhead, Mark, Part, Value
from daemon.export.order import Census, Frame
from daemon.export.registrations import CHANGE
from daemon.export.wording import text
from daemon.export.xlsx_file import write_xlsx
from parsers.values.campaign import Campaign, PhaseName
from storage.consolidated import Wanted, deliveries, differences, plans
from storage.database import Connection
from storage.status import UnitStatus, unit_lines
from storage.units import find_unit

What = Literal["registrations", "results", "status", "assessment"]
Ending = Literal["xlsx", "docx", "csv"]
WHATS: tuple[What, ...] = get_args(What)
ENDINGS: tuple[Ending, ...] = get_args(Ending)
BOTH: tuple[PhaseName, ...] = get_args(PhaseName)


class OrderError(Exception):
    """What was asked for is not there: the key of a phrase and its parameters."""

    def __init__(self, key: str, **parameters: object) -> None:
        super().__init__(key)
        self.key = key
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class Order:
    """Which document, and which part of it. `campaign` None: of every campaign.

    `since` marks what is different from what stood at that aware moment.
    """

    what: What
    campaign: str | None = None
    category: str | None = None
    field: int | None = None
    unit: str | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues the document, where the clocks stand, and what time it is."""

    letterhead: Letterhead
    zone: tzinfo
    now: datetime


def written(
    connection: Connection, order: Order, ending: Ending, issuer: Issuer
) -> bytes:
    """Return the document as bytes; see `write`."""
    stream = io.BytesIO()
    write(connection, order, ending, issuer, stream)
    return stream.getvalue()


def write(
    connection: Connection,
    order: Order,
    ending: Ending,
    issuer: Issuer,
    stream: BinaryIO,
) -> None:
    """Write the document of one snapshot to a stream; memory stays flat.

    Raises OrderError for a campaign, category, field or unit that is not there, before
    anything is written.
    """
    chosen = _plans(connection, order)
    if ending == "csv":
        columns, rows = _csv(connection, order, chosen)
        write_csv(columns, rows, stream, issuer.zone)
        return
    parts = (_part(connection, order, plan, issuer) for plan in chosen)
    write_whole = write_xlsx if ending == "xlsx" else write_docx
    write_whole(parts, stream, issuer.zone)


def _plans(connection: Connection, order: Order) -> tuple[Campaign, ...]:
    """Return the plans that are spoken of; raises OrderError as `write` says."""
    chosen = plans(connection, order.campaign)
    if not chosen:
        raise OrderError("campaign_unknown", number=order.campaign)
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
    )


def _csv(
    connection: Connection, order: Order, chosen: tuple[Campaign, ...]
) -> tuple[tuple[str, ...], Iterator[tuple[Value, ...]]]:
    """Return columns and rows; differences have a column of their own at the end."""
    marked = order.since is not None
    last = (CHANGE,) if marked else ()
    if order.what == "registrations":
        # Of every plan that anything was delivered for, configured or not.
        given = deliveries(connection, _wanted(order, order.campaign))
        rows = registrations.csv_rows(given, order.field, marked)
        return (*registrations.CSV_COLUMNS, *last), rows
    found = (
        row
        for plan in chosen
        for row in status.csv_rows(
            plan.number,
            _lines(connection, order, plan),
            _marks(connection, order, plan) if marked else None,
        )
    )
    return (*status.CSV_COLUMNS, *last), found


def _part(connection: Connection, order: Order, plan: Campaign, issuer: Issuer) -> Part:
    lines = _lines(connection, order, plan)
    frame = _frame(order, plan, issuer, lines)
    if order.what == "status":
        return status.status(frame, lines, _marks(connection, order, plan))
    given = deliveries(connection, _wanted(order, plan.number))
    return registrations.registrations(frame, given)


def _frame(
    order: Order, plan: Campaign, issuer: Issuer, lines: Sequence[UnitFacts]
) -> Frame:
    census: dict[str, Census] = {}
    for line in lines:
        before = census.get(line.category, Census(0, 0))
        census[line.category] = Census(
            before.units + 1, before.expected + (line.quota or 0)
        )
    since = order.since.astimezone(issuer.zone).date() if order.since else None
    frame = Frame(
        plan=plan,
        letterhead=issuer.letterhead,
        now=issuer.now,
        zone=issuer.zone,
        census=census,
        field=order.field,
        since=since,
    )
    return replace(frame, scope=_scope(order, frame, lines))


def _scope(order: Order, frame: Frame, lines: Sequence[UnitFacts]) -> tuple[str, ...]:
    """Return in words what the document is confined to."""
    told = []
    if order.category is not None:
        told.append(frame.category(order.category))
    if order.unit is not None:
        told.append(next((u.name for u in lines), order.unit))
    if order.field is not None:
        told.append(text("table", "scope_field", name=frame.field_name(order.field)))
    return tuple(told)


def _lines(
    connection: Connection, order: Order, plan: Campaign
) -> tuple[UnitFacts, ...]:
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


def _marks(connection: Connection, order: Order, plan: Campaign) -> dict[str, Mark]:
    found = differences(connection, _wanted(order, plan.number))
    return {unit: mark for (_, unit), mark in found.items()}
