"""What a holder that died without a word leaves behind is free at once.

Who is dead is for the caller to say: storage sees no process. A holder that merely
sleeps finds its fence passed and can write nothing.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select, update

from storage.tables import leases, messages, outbox


def holders(connection: Connection) -> frozenset[str]:
    """Return everyone who holds a message, a lease or a mail that is being sent."""
    found: set[str] = set()
    for column, state in (
        (messages.c.lease_holder, messages.c.state == "fetched"),
        (outbox.c.lease_holder, outbox.c.state == "sending"),
        (leases.c.holder, leases.c.holder.is_not(None)),
    ):
        held = select(column).where(state, column.is_not(None)).distinct()
        found.update(connection.scalars(held))
    return frozenset(found)


def free(connection: Connection, dead: Collection[str], now: datetime) -> None:
    """End the claims of dead holders: their messages and leases can be taken, what they
    were sending is of unknown outcome (`storage.outcomes.find_lost` finds it).
    """
    names = sorted(dead)
    if not names:
        return
    m, o, held = messages.c, outbox.c, leases.c
    nobody = {"lease_holder": None, "lease_until": None}
    theirs = update(messages).where(m.state == "fetched", m.lease_holder.in_(names))
    connection.execute(theirs.values(nobody))
    sending = update(outbox).where(o.state == "sending", o.lease_holder.in_(names))
    connection.execute(sending.values(lease_until=now))
    named = update(leases).where(held.holder.in_(names))
    connection.execute(named.values(holder=None, until=None))
