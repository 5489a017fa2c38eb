"""When the program was first started with this database: nothing before is caught up.

It asks no clock.
"""

from datetime import datetime

from sqlalchemy import Connection

from storage import settled

_NAME = "first_start"


def first_start(connection: Connection) -> datetime | None:
    """Return the instant, aware; None before the first command."""
    text = settled.get(connection, _NAME)
    return datetime.fromisoformat(text) if text else None


def note_start(connection: Connection, now: datetime) -> None:
    """Keep `now` as the first start, unless an earlier one is known.

    A clock that once stood in the future must not silence reminders for good.
    """
    known = first_start(connection)
    if known is None or now < known:
        settled.put(connection, _NAME, now.isoformat())
