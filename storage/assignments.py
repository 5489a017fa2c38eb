"""What a person said of a mail, or of one attachment of it: whose it is.

The mail is decided anew by whoever calls; nothing is decided here.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, select

from storage.events import NewEvent, write_events
from storage.tables import assignments
from storage.upserts import insert_or_update

#: The `part` that stands for the whole mail.
WHOLE = ""


def assign(
    connection: Connection, message: int, unit: str, part: str, now: datetime, by: str
) -> None:
    """Say that the mail, or the part of that path, is the unit's; the last word counts.

    `part` is the attachment path joined by `/`, `""` for the whole mail.
    """
    before = _unit(connection, message, part)
    statement = insert_or_update(
        connection, assignments, ["message", "part"], ["unit", "at", "by"]
    )
    row = {"message": message, "part": part, "unit": unit, "at": now, "by": by}
    connection.execute(statement, row)
    event = NewEvent("assign", before, unit, part or None, message=message, unit=unit)
    write_events(connection, [event], now, by)


def unassign(
    connection: Connection, message: int, part: str, now: datetime, by: str
) -> bool:
    """Take back what was said of that part; say whether anything stood."""
    before = _unit(connection, message, part)
    if before is None:
        return False
    c = assignments.c
    connection.execute(delete(assignments).where(c.message == message, c.part == part))
    event = NewEvent("assign", before, None, part or None, message=message, unit=before)
    write_events(connection, [event], now, by)
    return True


def assigned(
    connection: Connection, messages: Collection[int]
) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return pairs of unit code and part by message, as `Received.assigned` wants."""
    c = assignments.c
    query = (
        select(c.message, c.unit, c.part)
        .where(c.message.in_(sorted(messages)))
        .order_by(c.message, c.part)
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for message, unit, part in connection.execute(query):
        found.setdefault(message, []).append((unit, part))
    return {message: tuple(said) for message, said in found.items()}


def _unit(connection: Connection, message: int, part: str) -> str | None:
    c = assignments.c
    query = select(c.unit).where(c.message == message, c.part == part)
    found: str | None = connection.scalar(query)
    return found
