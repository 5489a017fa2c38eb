"""Mail to be sent, up to its first attempt: enqueued, handed to the composer, frozen.

It composes nothing and opens no connection. Attempts and their outcomes are
`storage.sending`'s, what a person does with an item `storage.release`'s, the lists
`storage.outbox_lists`'.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    RowMapping,
    bindparam,
    case,
    insert,
    or_,
    select,
    update,
)

from parsers.values.outbox import (
    ComposedMail,
    Facts,
    ItemKind,
    NewItem,
    Purpose,
)
from storage.addresses import folded_address
from storage.events import NewEvent, write_events
from storage.jsontext import from_json, to_json
from storage.tables import outbox, outbox_units
from storage.upserts import insert_new

_FACTS: dict[str, type[Facts]] = {kind.__name__: kind for kind in get_args(Facts)}
#: Reasons for which only a person lets an item go.
FOR_A_PERSON = ("release", "capped")
_TURN = {"alert": 0, "acknowledgement": 1, "reminder": 2, "digest": 3}


@dataclass(frozen=True, slots=True)
class DueItem:
    """An item whose bytes are still to be built; what the composer must know."""

    id: int
    kind: ItemKind
    key: str
    purpose: Purpose | None
    to: tuple[str, ...]
    units: tuple[str, ...]
    step: str | None
    created: datetime
    facts: Facts


def enqueue(
    connection: Connection,
    items: Sequence[tuple[int | None, NewItem]],
    now: datetime,
    by: str,
) -> tuple[int, ...]:
    """Add items (pairs of message answered and item); return the ids of the new ones.

    An item whose (kind, key) is there already is a no-op. Raises ValueError for an item
    without recipient.
    """
    if not items:
        return ()
    rows = [_row(message, item, now) for message, item in items]
    statement = insert_new(connection, outbox, ["kind", "key"])
    c = outbox.c
    returned = connection.execute(statement.returning(c.id, c.kind, c.key), rows)
    ids = {(kind, key): ident for ident, kind, key in returned}
    new: dict[int, tuple[int | None, NewItem]] = {}
    for message, item in items:
        if (item.kind, item.key) in ids:
            new.setdefault(ids[item.kind, item.key], (message, item))
    units = [
        {"outbox": ident, "unit": code}
        for ident, (_, item) in new.items()
        for code in dict.fromkeys(item.units)
    ]
    if units:
        connection.execute(insert(outbox_units), units)
    happened = [
        NewEvent("outbox", None, "pending", item.waits, message=message, outbox=ident)
        for ident, (message, item) in sorted(new.items(), key=lambda pair: pair[0])
    ]
    write_events(connection, happened, now, by)
    return tuple(sorted(new))


def compose_due(
    connection: Connection, now: datetime, limit: int
) -> tuple[DueItem, ...]:
    """Return items without bytes that may be sent now, in the order of sending."""
    c = outbox.c
    query = (
        select(outbox)
        .where(c.raw.is_(None), may_go(now))
        .order_by(*order_of_sending())
        .limit(limit)
    )
    return tuple(_due(row) for row in connection.execute(query).mappings())


def find_due(connection: Connection, item: int) -> DueItem | None:
    """Return what the composer must know of one item, whatever its state."""
    row = connection.execute(select(outbox).where(outbox.c.id == item)).mappings()
    found = row.first()
    return None if found is None else _due(found)


def freeze(connection: Connection, mails: Sequence[tuple[int, ComposedMail]]) -> None:
    """Keep the bytes of items for good; an item that has its bytes keeps them."""
    rows = [
        {"which": ident, "i": mail.message_id, "s": mail.subject, "r": mail.raw}
        for ident, mail in mails
    ]
    if not rows:
        return
    c = outbox.c
    statement = update(outbox).where(c.id == bindparam("which"), c.raw.is_(None))
    frozen_as: dict[str, BindParameter[Any]] = {
        "mail_id": bindparam("i"),
        "subject": bindparam("s"),
        "raw": bindparam("r"),
    }
    connection.execute(statement.values(frozen_as), rows)


def frozen(connection: Connection, item: int) -> bytes | None:
    """Return the bytes of an item as they leave; None while they are not built."""
    found: bytes | None = connection.scalar(
        select(outbox.c.raw).where(outbox.c.id == item)
    )
    return found


def change(
    connection: Connection,
    which: ColumnElement[bool],
    values: dict[str, Any],
    act: tuple[datetime, str, str | None],
) -> tuple[int, ...]:
    """Write `values` to the items of a condition, an event each; return their ids.

    `act` is when, by whom and why. Without a `state` among the values items stay, or
    come back to, `pending`.
    """
    c = outbox.c
    query = select(c.id, c.state, c.message).where(which).order_by(c.id)
    found = connection.execute(query.with_for_update()).all()
    ids = [row.id for row in found]
    if not ids:
        return ()
    connection.execute(update(outbox).where(c.id.in_(ids)).values(values))
    now, by, why = act
    to = values.get("state", "pending")
    happened = [
        NewEvent("outbox", row.state, to, why, message=row.message, outbox=row.id)
        for row in found
    ]
    write_events(connection, happened, now, by)
    return tuple(ids)


def may_go(now: datetime) -> ColumnElement[bool]:
    """Return the condition of an item that waits for nothing but its turn."""
    c = outbox.c
    due = or_(c.next_attempt.is_(None), c.next_attempt <= now)
    nobody = or_(c.reason.is_(None), c.reason.not_in(FOR_A_PERSON))
    return (c.state == "pending") & due & nobody


def order_of_sending() -> tuple[ColumnElement[Any], ...]:
    """Return the order: alerts and answers, then reminders, then digests."""
    c = outbox.c
    return (case(_TURN, value=c.kind, else_=9), c.created, c.id)


def _row(message: int | None, item: NewItem, now: datetime) -> dict[str, Any]:
    if not item.to:
        raise ValueError(f"outbox item {item.key} has no recipient")
    same = ("kind", "key", "purpose", "campaign", "phase", "step", "to_leader")
    return {
        name: getattr(item, name) for name in (*same, "door", "reports_version")
    } | {
        "message": message,
        "state": "pending",
        "reason": item.waits,
        "recipients": to_json(item.to),
        "address": folded_address(item.to[0]),
        "units": to_json(item.units),
        "facts_type": type(item.facts).__name__,
        "facts": to_json(item.facts),
        "created": now,
    }


def _due(row: RowMapping) -> DueItem:
    return DueItem(
        id=row["id"],
        kind=row["kind"],
        key=row["key"],
        purpose=row["purpose"],
        to=tuple(json.loads(row["recipients"])),
        units=tuple(json.loads(row["units"])),
        step=row["step"],
        created=row["created"],
        facts=from_json(row["facts"], _FACTS[row["facts_type"]]),
    )
