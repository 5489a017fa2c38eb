"""What stands in the outbox, for the command line, the page and `show`.

It changes nothing.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from parsers.values.outbox import ItemKind, ItemState, Purpose
from storage.addresses import folded_address
from storage.columns import Instant
from storage.tables import outbox, outbox_units

#: Why an answer was called off whose reason a person took back before it left.
UNDONE = "undone"
STATES: tuple[ItemState, ...] = get_args(ItemState)
_BEFORE = ("id", "kind", "purpose", "state", "reason")
_AFTER = ("message", "step", "created", "next_attempt", "attempts", "sent_at")


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """One item as the outbox lists it; names as in the contract, times aware."""

    id: int
    kind: ItemKind
    purpose: Purpose | None
    state: ItemState
    reason: str | None
    to: tuple[str, ...]
    subject: str | None
    message_id: str | None
    units: tuple[str, ...]
    message: int | None
    step: str | None
    created: datetime
    next_attempt: datetime | None
    attempts: int
    sent_at: datetime | None
    last_reply: str | None


@dataclass(frozen=True, slots=True)
class SentReminder:
    """One reminder of a unit, as `units show` lists it."""

    phase: str
    step: str
    to: tuple[str, ...]
    sent_at: datetime | None


def list_items(
    connection: Connection, state: str | None = None, kind: str | None = None
) -> tuple[OutboxLine, ...]:
    """Return the items, oldest first, of one state or kind where named."""
    wanted: list[ColumnElement[bool]] = []
    if state is not None:
        wanted.append(outbox.c.state == state)
    if kind is not None:
        wanted.append(outbox.c.kind == kind)
    return _lines(connection, _line_query().where(*wanted))


def items_of_message(connection: Connection, message: int) -> tuple[OutboxLine, ...]:
    """Return the mails that one message caused, oldest first."""
    return _lines(connection, _line_query().where(outbox.c.message == message))


def items_with(
    connection: Connection, which: ColumnElement[bool]
) -> tuple[OutboxLine, ...]:
    """Return the items of which that is true, oldest first."""
    return _lines(connection, _line_query().where(which))


def find_item(connection: Connection, item: int) -> OutboxLine | None:
    """Return one item, or None."""
    found = _lines(connection, _line_query().where(outbox.c.id == item))
    return found[0] if found else None


def answers(
    connection: Connection, messages: Collection[int]
) -> dict[int, tuple[str, ...]]:
    """Return the purposes of answers that stand for each message, cancelled or not.

    They are what `Received.answered` wants: such an answer cannot be enqueued again.
    What was called off because a person took back its reason does not count.
    """
    c = outbox.c
    query = (
        select(c.message, c.purpose)
        .where(c.message.in_(sorted(messages)), c.purpose.is_not(None))
        .where(or_(c.state != "cancelled", func.coalesce(c.reason, "") != UNDONE))
        .order_by(c.id)
    )
    found: dict[int, list[str]] = {}
    for message, purpose in connection.execute(query):
        found.setdefault(message, []).append(purpose)
    return {message: tuple(purposes) for message, purposes in found.items()}


def last_receipts(
    connection: Connection, addresses: Collection[str]
) -> dict[str, datetime]:
    """Return when each address was last told by a receipt, or is about to be.

    Keyed as asked; an address that never was is not there.
    """
    asked = {address: folded_address(address) for address in addresses}
    c = outbox.c
    told = func.max(func.coalesce(c.sent_at, c.created), type_=Instant)
    query = (
        select(c.address, told)
        .where(c.address.in_(sorted(set(asked.values()))), c.purpose == "receipt")
        .where(c.state.not_in(("cancelled", "failed")))
        .group_by(c.address)
    )
    found = {row[0]: row[1] for row in connection.execute(query)}
    return {address: found[f] for address, f in asked.items() if f in found}


def answered(connection: Connection, messages: Collection[int]) -> frozenset[int]:
    """Return which of the messages got an answer that has left."""
    c = outbox.c
    query = select(c.message).where(
        c.message.in_(sorted(messages)), c.purpose.is_not(None), c.state == "sent"
    )
    return frozenset(connection.scalars(query))


def reminders_of_unit(connection: Connection, unit: str) -> tuple[SentReminder, ...]:
    """Return the reminders of a unit that left, a leader's copies among them."""
    c = outbox.c
    query = (
        select(c.phase, c.step, c.recipients, c.sent_at)
        .join(outbox_units, outbox_units.c.outbox == c.id)
        .where(outbox_units.c.unit == unit, c.kind == "reminder", c.state == "sent")
        .order_by(c.sent_at, c.id)
    )
    return tuple(
        SentReminder(phase or "", step or "", tuple(json.loads(to)), sent_at)
        for phase, step, to, sent_at in connection.execute(query)
    )


def waiting_for_release(connection: Connection) -> int:
    """Return how many items wait for a person to let them go."""
    c = outbox.c
    waits = (c.state == "pending") & (c.reason == "release")
    return connection.scalar(select(func.count()).where(waits)) or 0


def counts(connection: Connection) -> dict[str, int]:
    """Return how many items are in each state, every state named."""
    query = select(outbox.c.state, func.count()).group_by(outbox.c.state)
    found = {row[0]: row[1] for row in connection.execute(query)}
    return {state: found.get(state, 0) for state in STATES}


def _line_query() -> Select[Any]:
    # Without the facts and the bytes, which may be large.
    c = outbox.c
    names = (*_BEFORE, *_AFTER, "subject", "mail_id", "last_reply")
    columns = [c[name] for name in names]
    return select(*columns, c.recipients, c.units).order_by(c.id)


def _lines(connection: Connection, query: Select[Any]) -> tuple[OutboxLine, ...]:
    return tuple(
        OutboxLine(
            **{name: row[name] for name in (*_BEFORE, *_AFTER)},
            to=tuple(json.loads(row["recipients"])),
            subject=row["subject"],
            message_id=row["mail_id"],
            units=tuple(json.loads(row["units"])),
            last_reply=row["last_reply"],
        )
        for row in connection.execute(query).mappings()
    )
