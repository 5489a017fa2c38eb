import threading
from datetime import timedelta

import pytest

from storage.database import Database
from storage.errors import StaleLeaseError
from storage.leases import Lease, confirm, release, renew, take
from tests.builders.arrival import NOW

MINUTE = timedelta(minutes=1)


def taken(database: Database, holder: str, at: int = 0) -> Lease | None:
    now = NOW + at * MINUTE
    with database.write() as connection:
        return take(connection, "fetch:gmail", holder, now, now + MINUTE)


def held(database: Database, holder: str, at: int = 0) -> Lease:
    lease = taken(database, holder, at)
    assert lease is not None
    return lease


def test_one_holder_at_a_time(database: Database) -> None:
    lease = held(database, "a")
    assert (lease.fence, lease.until) == (1, NOW + MINUTE)
    assert taken(database, "b") is None
    assert taken(database, "a") is None
    with database.write() as connection:
        assert take(connection, "send", "b", NOW, NOW + MINUTE) is not None


def test_a_lease_that_ran_out_is_taken_with_a_higher_fence(
    database: Database,
) -> None:
    frozen = held(database, "a")
    other = held(database, "b", at=1)
    assert other.fence == frozen.fence + 1
    for act in (
        lambda c: confirm(c, frozen),
        lambda c: renew(c, frozen, NOW + 9 * MINUTE),
    ):
        with pytest.raises(StaleLeaseError), database.write() as connection:
            act(connection)
    with database.write() as connection:
        release(connection, frozen)
        confirm(connection, other)


def test_a_lease_given_back_is_free_at_once(database: Database) -> None:
    lease = held(database, "a")
    with database.write() as connection:
        release(connection, lease)
    assert held(database, "b").fence == 2
    with pytest.raises(StaleLeaseError), database.write() as connection:
        confirm(connection, lease)


def test_a_renewed_lease_stays(database: Database) -> None:
    lease = held(database, "a")
    with database.write() as connection:
        renewed = renew(connection, lease, NOW + 3 * MINUTE)
        confirm(connection, renewed)
    assert taken(database, "b", at=2) is None
    assert taken(database, "b", at=3) is not None


def test_many_takers_get_it_once(database: Database) -> None:
    found: list[Lease | None] = []

    def run(holder: str) -> None:
        found.append(taken(database, holder))

    threads = [threading.Thread(target=run, args=(str(n),)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert sum(lease is not None for lease in found) == 1
