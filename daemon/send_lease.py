"""One sender at a time for an SMTP account, so that its budget is counted once.

Each mail has a claim and a fence of its own besides: a sender that lost its lease while
it slept can still not send what another has taken.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from daemon.clock import Clock
from storage import leases
from storage.database import Database

#: Longer than a pass over a day's budget takes; a dead holder is freed before.
LEASE = timedelta(minutes=15)


@contextmanager
def sending_alone(
    database: Database, clock: Clock, holder: str, account: str
) -> Iterator[bool]:
    """Yield whether this process may send for `account` until the block ends."""
    now = clock.now()
    with database.write() as connection:
        lease = leases.take(connection, f"send:{account}", holder, now, now + LEASE)
    try:
        yield lease is not None
    finally:
        if lease is not None:
            with database.write() as connection:
                leases.release(connection, lease)
