"""Units that a person excused from a phase: they owe nothing until it is taken back."""

from datetime import datetime

from sqlalchemy import Connection, delete

from storage.events import NewEvent, write_events
from storage.tables import excuses
from storage.upserts import insert_new


def excuse(
    connection: Connection,
    owed: tuple[str, str, str],
    why: str,
    now: datetime,
    by: str,
) -> bool:
    """Excuse the (campaign, unit, phase); say whether it was not excused before."""
    campaign, unit, phase = owed
    row = {"campaign": campaign, "unit": unit, "phase": phase, "why": why}
    statement = insert_new(connection, excuses, ["campaign", "unit", "phase"])
    written = connection.execute(
        statement.returning(excuses.c.unit), row | _act(now, by)
    )
    if written.first() is None:
        return False
    event = NewEvent("excuse", None, f"{campaign} {phase}", why, unit=unit)
    write_events(connection, [event], now, by)
    return True


def take_back(
    connection: Connection,
    owed: tuple[str, str, str],
    why: str,
    now: datetime,
    by: str,
) -> bool:
    """Let the (campaign, unit, phase) owe again; say whether it was excused."""
    campaign, unit, phase = owed
    c = excuses.c
    where = (c.campaign == campaign) & (c.unit == unit) & (c.phase == phase)
    gone = connection.execute(delete(excuses).where(where).returning(c.unit))
    if gone.first() is None:
        return False
    event = NewEvent("excuse", f"{campaign} {phase}", None, why, unit=unit)
    write_events(connection, [event], now, by)
    return True


def _act(now: datetime, by: str) -> dict[str, object]:
    return {"at": now, "by": by}
