"""Who tried to log in to the page how often, and which sessions were ended.

It knows no password and no cookie: what is counted and ended is named by the caller.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from storage import settled
from storage.columns import Instant
from storage.tables import ended_sessions, login_attempts
from storage.upserts import insert_new

_LOCK = "logins"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A login that may be looked at; or, with `again` (aware), not before then."""

    rows: tuple[int, ...] = ()
    again: datetime | None = None


def begin_attempt(
    connection: Connection, most: Mapping[str, int], now: datetime, window: timedelta
) -> Attempt:
    """Count one login under every subject of `most`, unless one has had its number.

    It counts before the password is looked at, so that a hundred at once are a hundred.
    What is older than the window is forgotten.
    """
    settled.hold(connection, _LOCK)
    c = login_attempts.c
    connection.execute(delete(login_attempts).where(c.at <= now - window))
    query = select(c.subject, func.count(), func.min(c.at, type_=Instant)).where(
        c.subject.in_(sorted(most))
    )
    full = [
        first + window
        for subject, count, first in connection.execute(query.group_by(c.subject))
        if count >= most[subject]
    ]
    if full:
        return Attempt(again=max(full))
    rows = [{"subject": subject, "at": now} for subject in sorted(most)]
    statement = insert(login_attempts).returning(c.id)
    return Attempt(tuple(connection.scalars(statement, rows)))


def forget_attempt(connection: Connection, rows: Sequence[int]) -> None:
    """Do not count a login any more: it was right."""
    connection.execute(delete(login_attempts).where(login_attempts.c.id.in_(rows)))


def end_session(
    connection: Connection, key: str, until: datetime, now: datetime
) -> None:
    """End a session that ends by itself `until` then; those that did are forgotten."""
    connection.execute(delete(ended_sessions).where(ended_sessions.c.until < now))
    connection.execute(
        insert_new(connection, ended_sessions, ["key"]), {"key": key, "until": until}
    )


def is_ended(connection: Connection, key: str) -> bool:
    """Say whether that session was ended."""
    query = select(ended_sessions.c.key).where(ended_sessions.c.key == key)
    return connection.scalar(query) is not None
