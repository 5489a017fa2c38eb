"""Reminders in the database: queued once, told again by unit, read when claimed.

It decides nothing: who is due is `daemon.schedule`'s to say. Where units stand and how
they are reached is `storage.duties`'.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select, update

from parsers.values.outbox import ItemKind, NewItem, ReminderFacts, WaitReason
from parsers.values.reminder import Past, Queued, ReminderKey, Wanted
from storage.addresses import folded_address
from storage.jsontext import from_json, to_json
from storage.outbox import enqueue
from storage.portions import portions
from storage.tables import outbox, reminders

KIND: ItemKind = "reminder"
_LEFT = ("sent", "unknown", "sending")
_KEY = ("campaign", "unit", "phase", "deadline", "step", "audience")


def queue(
    connection: Connection,
    wanted: Sequence[Wanted],
    now: datetime,
    by: str,
    waits: WaitReason | None = None,
) -> tuple[int, ...]:
    """Put reminders into the outbox; return the ids of those that are new.

    One that stands there already, in whatever state, is a no-op.
    """
    items = [(None, _item(one, waits)) for one in wanted]
    ids = enqueue(connection, items, now, by)
    keys = {one.key.text: one.key for one in wanted}
    c = outbox.c
    rows = [
        {"outbox": ident} | {name: getattr(keys[key], name) for name in _KEY}
        for some in portions(ids)
        for ident, key in connection.execute(select(c.id, c.key).where(c.id.in_(some)))
    ]
    if rows:
        connection.execute(insert(reminders), rows)
    return ids


def past_reminders(
    connection: Connection,
    campaign: str,
    day_of: Callable[[datetime], date],
    units: Collection[str] | None = None,
) -> dict[str, tuple[Past, ...]]:
    """Return the plan's reminders by unit, the oldest first.

    `day_of` says on which of the office's days an instant lies.
    """
    r, o = reminders.c, outbox.c
    columns = (r.unit, r.phase, r.deadline, r.step, r.audience, o.state)
    left = func.coalesce(o.sent_at, o.attempted_at, type_=o.sent_at.type)
    query = (
        select(*columns, left)
        .join(outbox, o.id == r.outbox)
        .where(r.campaign == campaign)
        .order_by(r.outbox)
    )
    if units is not None:
        query = query.where(r.unit.in_(sorted(units)))
    found: dict[str, list[Past]] = {}
    for unit, phase, deadline, step, audience, state, at in connection.execute(query):
        day = day_of(at) if state in _LEFT and at is not None else None
        told = Past(unit, phase, deadline, step, audience, state, day)
        found.setdefault(unit, []).append(told)
    return {unit: tuple(rows) for unit, rows in found.items()}


def find_queued(connection: Connection, item: int) -> Queued | None:
    """Return a reminder as it stands in the outbox; None for any other mail."""
    query = (
        select(outbox, *(reminders.c[name].label(f"r_{name}") for name in _KEY))
        .join(reminders, reminders.c.outbox == outbox.c.id)
        .where(outbox.c.id == item)
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    (to,) = from_json(row["recipients"], tuple[str, ...])
    return Queued(
        key=ReminderKey(**{name: row[f"r_{name}"] for name in _KEY}),
        to=to,
        door=row["door"],
        facts=from_json(row["facts"], ReminderFacts),
        attempts=row["attempts"],
        released=row["released"],
    )


def waiting(connection: Connection) -> int:
    """Return how many reminders have not left and were not called off."""
    c = outbox.c
    left = c.state.in_(("pending", "sending", "unknown"))
    query = select(func.count()).where(c.kind == KIND, left)
    return connection.scalar(query) or 0


def renew(connection: Connection, item: int, wanted: Wanted) -> None:
    """Write a reminder anew that was never tried: it is composed again."""
    c = outbox.c
    statement = update(outbox).where(c.id == item, c.attempts == 0, c.unknowns == 0)
    values = {
        "recipients": to_json((wanted.to,)),
        "address": folded_address(wanted.to),
        "door": wanted.door,
        "facts": to_json(wanted.facts),
        "mail_id": None,
        "subject": None,
        "raw": None,
    }
    connection.execute(statement.values(values))


def _item(wanted: Wanted, waits: WaitReason | None) -> NewItem:
    key = wanted.key
    return NewItem(
        kind=KIND,
        key=key.text,
        to=(wanted.to,),
        facts=wanted.facts,
        units=(key.unit,),
        step=key.step,
        door=wanted.door,
        waits=waits,
        campaign=key.campaign,
        phase=key.phase,
        to_leader=key.audience == "leader",
    )
