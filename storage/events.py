"""The history: one row for each transition, written with it and never changed.

It decides nothing; who made the transition calls it in the same transaction.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, Connection, func, insert, select

from storage.columns import Instant
from storage.tables import events

#: Who acts where no person does.
PROGRAM = "hopthu"

What = Literal[
    "message",
    "submission",
    "withdrawal",
    "outbox",
    "address",
    "unit",
    "assign",
    "confirmation",
    "accept",
    "reject",
    "record",
    "amend",
    "excuse",
    "undo",
    "mark",
    "unmark",
]


@dataclass(frozen=True, slots=True)
class NewEvent:
    """One transition. `from_` and `to` are state words (a reason stands apart)."""

    what: What
    from_: str | None
    to: str | None
    reason: str | None = None
    message: int | None = None
    unit: str | None = None
    outbox: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the history as it is told; `at` is aware."""

    id: int
    at: datetime
    what: str
    from_: str | None
    to: str | None
    reason: str | None
    by: str


def write_events(
    connection: Connection, happened: Iterable[NewEvent], now: datetime, by: str
) -> None:
    """Write the transitions of this transaction, in order."""
    rows = [_row(event, now, by) for event in happened]
    if rows:
        connection.execute(insert(events), rows)


def write_event(connection: Connection, event: NewEvent, now: datetime, by: str) -> int:
    """Write one line of the history; return its number, by which it is taken back."""
    statement = insert(events).values(_row(event, now, by)).returning(events.c.id)
    number: int = connection.execute(statement).scalar_one()
    return number


def last_event(connection: Connection) -> int:
    """Return the number of the line written last; 0 before the first."""
    return connection.scalar(select(func.max(events.c.id))) or 0


def events_of_message(connection: Connection, message: int) -> tuple[Event, ...]:
    """Return the history of one message, oldest first, its answers included."""
    return _read(connection, events.c.message == message)


def events_of_unit(connection: Connection, unit: str) -> tuple[Event, ...]:
    """Return the history of one unit, oldest first."""
    return _read(connection, events.c.unit == unit)


def events_of_item(connection: Connection, item: int) -> tuple[Event, ...]:
    """Return the history of one outbox item, oldest first."""
    return _read(connection, events.c.outbox == item)


def first_decided(
    connection: Connection, messages: Collection[int]
) -> dict[int, datetime]:
    """Return when each message was decided for the first time; those that were."""
    c = events.c
    query = (
        select(c.message, func.min(c.at, type_=Instant))
        .where(c.message.in_(sorted(messages)), c.what == "message")
        .where(c["from"] == "fetched")
        .group_by(c.message)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _row(event: NewEvent, now: datetime, by: str) -> dict[str, object]:
    return {
        "at": now,
        "by": by,
        "what": event.what,
        "from": event.from_,
        "to": event.to,
        "reason": event.reason,
        "message": event.message,
        "unit": event.unit,
        "outbox": event.outbox,
    }


def _read(connection: Connection, which: ColumnElement[bool]) -> tuple[Event, ...]:
    c = events.c
    query = select(c.id, c.at, c.what, c["from"], c.to, c.reason, c.by)
    found = connection.execute(query.where(which).order_by(c.id))
    return tuple(Event(*row) for row in found)
