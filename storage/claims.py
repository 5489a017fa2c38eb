"""Who works on which message: claimed for a time, under a fence that rises.

A message that is `fetched`, due and in nobody's hands can be claimed; on one machine
these rows are the queue. Whoever finishes shows the fence it was given
(`storage.store`), so that a holder that slept too long can write nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, select, update

from storage.errors import StaleLeaseError
from storage.inbox import Holder
from storage.tables import messages

#: What is waited after the first and the second failed attempt.
WAITS = (timedelta(minutes=5), timedelta(minutes=60))
#: The attempt at which a mail is put aside.
LAST_ATTEMPT = 3


@dataclass(frozen=True, slots=True)
class Locked:
    """How a message stands while it is locked."""

    fence: int
    state: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Claimed:
    """One message in hand. `attempts` counts those that failed before."""

    id: int
    fence: int
    attempts: int
    raw_sha256: str
    raw_bytes: int
    header_only: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    """A failed attempt: how many there are now, and when the next is due.

    `next_attempt` is None after the last: the message is still in the caller's hands,
    to be quarantined in the same transaction.
    """

    count: int
    next_attempt: datetime | None


def claim(
    connection: Connection,
    holder: Holder,
    now: datetime,
    limit: int,
    bytes_limit: int,
    only: Collection[int] | None = None,
) -> tuple[Claimed, ...]:
    """Return messages that are the holder's until then, the oldest received first.

    `only` are the ones that it may be; None: any.

    At most `limit`, and at most `bytes_limit` bytes of mail unless the first alone is
    larger. Two claimers never get the same one.
    """
    c = messages.c
    query = (
        select(c.id, c.raw_bytes)
        .where(
            c.state == "fetched",
            or_(c.next_attempt.is_(None), c.next_attempt <= now),
            or_(c.lease_until.is_(None), c.lease_until <= now),
        )
        .order_by(c.received, c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    if only is not None:
        query = query.where(c.id.in_(sorted(only)))
    found = connection.execute(query).all()
    chosen = _within([(row.id, row.raw_bytes) for row in found], bytes_limit)
    if not chosen:
        return ()
    statement = (
        update(messages)
        .where(c.id.in_(chosen))
        .values(lease_holder=holder.name, lease_until=holder.until, fence=c.fence + 1)
        .returning(c.id, c.fence, c.attempts, c.raw_sha256, c.raw_bytes, c.header_only)
    )
    taken = {row.id: Claimed(*row) for row in connection.execute(statement)}
    return tuple(taken[ident] for ident in chosen)


def _within(sizes: Sequence[tuple[int, int]], limit: int) -> list[int]:
    chosen: list[int] = []
    total = 0
    for ident, size in sizes:
        total += size
        if chosen and total > limit:
            break
        chosen.append(ident)
    return chosen


def locked(connection: Connection, ids: Collection[int]) -> dict[int, Locked]:
    """Return how messages stand, by id; nobody changes them in this transaction's time.

    They are locked in order of id, so that two batches cannot wait for each other.
    """
    c = messages.c
    query = select(c.id, c.fence, c.state, c.reason).where(c.id.in_(sorted(ids)))
    rows = connection.execute(query.order_by(c.id).with_for_update())
    return {row[0]: Locked(*row[1:]) for row in rows}


def hold(connection: Connection, fences: Mapping[int, int]) -> None:
    """Hold messages (fence by id) until this transaction ends.

    Raises StaleLeaseError, naming them, where one was taken over.
    """
    found = locked(connection, fences)
    stale = [i for i, f in fences.items() if i not in found or found[i].fence != f]
    if stale:
        raise StaleLeaseError(f"messages {sorted(stale)} are someone else's now")


def renew(connection: Connection, fences: Mapping[int, int], until: datetime) -> None:
    """Keep messages (fence by id) until then; raises StaleLeaseError as `hold`."""
    hold(connection, fences)
    statement = update(messages).where(messages.c.id.in_(sorted(fences)))
    connection.execute(statement.values(lease_until=until))


def release(connection: Connection, fences: Mapping[int, int]) -> None:
    """Give messages (fence by id) back unread; no attempt is counted.

    One that was taken over meanwhile is left alone.
    """
    found = locked(connection, fences)
    ours = [ident for ident, stood in found.items() if stood.fence == fences[ident]]
    statement = update(messages).where(messages.c.id.in_(ours))
    connection.execute(statement.values(lease_holder=None, lease_until=None))


def attempt_failed(
    connection: Connection, message: int, fence: int, now: datetime
) -> Attempt:
    """Count a failed attempt: the mail's own reader died, overran or raised.

    The message is free again when the next attempt is due (after 5, then 60 minutes);
    after the third it stays in the caller's hands. Raises StaleLeaseError.
    """
    hold(connection, {message: fence})
    c = messages.c
    count = connection.execute(
        select(c.attempts + 1).where(c.id == message)
    ).scalar_one()
    statement = update(messages).where(c.id == message)
    if count >= LAST_ATTEMPT:
        connection.execute(statement.values(attempts=count))
        return Attempt(count, None)
    due = now + WAITS[count - 1]
    connection.execute(
        statement.values(
            attempts=count, next_attempt=due, lease_holder=None, lease_until=None
        )
    )
    return Attempt(count, due)
