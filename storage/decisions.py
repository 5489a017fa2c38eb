"""The decision on a message as it was stored, without what it caused elsewhere."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from parsers.values.decision import Decision
from parsers.values.finding import Finding
from parsers.values.unit import Candidate
from storage.jsontext import from_json
from storage.portions import portions
from storage.tables import message_units, messages, positions


def decision_of(connection: Connection, message: int) -> Decision | None:
    """Return state, reason, units, candidates and findings; None where none was made.

    Versions, answers and addresses that it caused stand in their own tables.
    """
    query = select(messages).where(messages.c.id == message)
    row = connection.execute(query).mappings().first()
    if row is None or row["kind"] is None or row["trust"] is None:
        return None
    return Decision(
        message=message,
        state=row["state"],
        reason=row["reason"],
        kind=row["kind"],
        trust=row["trust"],
        mode=row["mode"],
        units=tuple(json.loads(row["units"])),
        certainty=row["certainty"],
        evidence=tuple(json.loads(row["evidence"])),
        candidates=from_json(row["candidates"], tuple[Candidate, ...]),
        findings=from_json(row["findings"], tuple[Finding, ...]),
    )


def messages_of_unit(connection: Connection, unit: str) -> tuple[int, ...]:
    """Return the messages that were decided to be of the unit, oldest first."""
    m, u = messages.c, message_units.c
    query = (
        select(m.id)
        .join(message_units, u.message == m.id)
        .where(u.unit == unit)
        .order_by(m.received, m.id)
    )
    return tuple(connection.scalars(query))


@dataclass(frozen=True, slots=True)
class MessageRows:
    """What became of one message, and how many rows were read from it."""

    state: str
    reason: str | None
    units: tuple[str, ...]
    rows: int


def message_rows(
    connection: Connection, ids: Collection[int]
) -> dict[int, MessageRows]:
    """Return what became of messages, by id."""
    c = messages.c
    columns = (c.id, c.state, c.reason, c.units, c.row_count)
    found: dict[int, MessageRows] = {}
    for some in portions(ids):
        for row in connection.execute(select(*columns).where(c.id.in_(some))):
            units = tuple(json.loads(row.units))
            found[row.id] = MessageRows(row.state, row.reason, units, row.row_count)
    return found


def places_of(
    connection: Connection, mailbox: str, ids: Collection[int]
) -> dict[tuple[str, int], tuple[int, ...]]:
    """Return the UIDs of messages in a mailbox, by (folder, UIDVALIDITY)."""
    p = positions.c
    found: dict[tuple[str, int], list[int]] = {}
    for some in portions(ids):
        query = (
            select(p.folder, p.uidvalidity, p.uid)
            .where(p.message.in_(some), p.mailbox == mailbox, p.uid.is_not(None))
            .order_by(p.folder, p.uidvalidity, p.uid)
        )
        for folder, uidvalidity, uid in connection.execute(query):
            found.setdefault((folder, uidvalidity), []).append(uid)
    return {place: tuple(uids) for place, uids in found.items()}
