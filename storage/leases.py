"""Named leases: one fetcher a mailbox, one sender an SMTP account.

A lease is held until a time and carries a fence that rises with each holder. It keeps
two processes from the same work; what must not happen twice is kept by the fences of
messages and mails, which have leases of their own.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, or_, select, update

from storage.errors import StaleLeaseError
from storage.tables import leases
from storage.upserts import insert_new


@dataclass(frozen=True, slots=True)
class Lease:
    """What a holder has in hand; `until` is aware."""

    name: str
    holder: str
    until: datetime
    fence: int


def take(
    connection: Connection, name: str, holder: str, now: datetime, until: datetime
) -> Lease | None:
    """Return the lease with a new fence, or None while another holds it.

    A holder is one run of one program: name it so that no other run has its name.
    """
    row = {"name": name, "fence": 0}
    connection.execute(insert_new(connection, leases, ["name"]), row)
    c = leases.c
    statement = (
        update(leases)
        .where(c.name == name, or_(c.holder.is_(None), c.until <= now))
        .values(holder=holder, until=until, fence=c.fence + 1)
        .returning(c.fence)
    )
    fence = connection.scalar(statement)
    return None if fence is None else Lease(name, holder, until, fence)


def renew(connection: Connection, lease: Lease, until: datetime) -> Lease:
    """Return the lease held until then; raises StaleLeaseError if it was taken over.

    One that ran out and that nobody took is simply held again.
    """
    statement = update(leases).where(_is(lease)).values(until=until)
    if connection.execute(statement).rowcount != 1:
        raise StaleLeaseError(f"{lease.name} is held by another now")
    return replace(lease, until=until)


def confirm(connection: Connection, lease: Lease) -> None:
    """Hold the lease's row until this transaction ends.

    Raises StaleLeaseError if it was taken over. A taker waits for the commit, so that
    what is written after this call is written by the holder.
    """
    query = select(leases.c.fence).where(_is(lease)).with_for_update()
    if connection.scalar(query) is None:
        raise StaleLeaseError(f"{lease.name} is held by another now")


def release(connection: Connection, lease: Lease) -> None:
    """Give the lease back; nothing happens if it was taken over meanwhile."""
    statement = update(leases).where(_is(lease)).values(holder=None, until=None)
    connection.execute(statement)


def _is(lease: Lease) -> ColumnElement[bool]:
    c = leases.c
    same: ColumnElement[bool] = (c.name == lease.name) & (c.fence == lease.fence)
    return same & (c.holder == lease.holder)


def held(connection: Connection, now: datetime) -> tuple[Lease, ...]:
    """Return the leases that somebody holds at `now`, by name."""
    c = leases.c
    query = select(c.name, c.holder, c.until, c.fence).where(
        c.holder.is_not(None), c.until > now
    )
    return tuple(Lease(*row) for row in connection.execute(query.order_by(c.name)))
