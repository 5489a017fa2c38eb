import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from storage.claims import Claimed, attempt_failed, claim, hold, release, renew
from storage.database import Database, open_database
from storage.errors import StaleLeaseError
from storage.inbox import Holder
from storage.tables import messages
from tests.builders.arrival import NOW, a_new_mail
from tests.integration.storage.test_database import environment
from tests.integration.storage.test_inbox import recorded

LEASE = timedelta(minutes=5)


def claimed(
    database: Database, holder: str = "a", at: int = 0, limit: int = 50, room: int = 0
) -> tuple[Claimed, ...]:
    """What the holder gets `at` minutes after NOW."""
    now = NOW + timedelta(minutes=at)
    with database.write() as connection:
        who = Holder(holder, now + LEASE)
        return claim(connection, who, now, limit, room or 10**9)


def test_the_oldest_received_comes_first(database: Database) -> None:
    late, early = a_new_mail(1, received=NOW), a_new_mail(2, received=NOW - LEASE)
    told = recorded(database, late, early)
    found = claimed(database)
    assert [one.id for one in found] == [told[1].id, told[0].id]
    assert {(one.fence, one.attempts) for one in found} == {(1, 0)}
    assert found[0].raw_sha256 == early.raw_sha256


def test_nobody_gets_what_another_holds_until_it_runs_out(database: Database) -> None:
    recorded(database, a_new_mail(1))
    first = claimed(database, "a")
    assert claimed(database, "b", at=4) == ()
    second = claimed(database, "b", at=5)
    assert (second[0].id, second[0].fence) == (first[0].id, 2)


def test_a_claim_is_bounded_by_count_and_bytes(database: Database) -> None:
    recorded(database, *(a_new_mail(n, raw_bytes=100) for n in range(1, 8)))
    assert len(claimed(database, limit=2)) == 2
    assert len(claimed(database, room=350)) == 3
    assert len(claimed(database, room=10)) == 1


def test_only_fetched_messages_are_claimed(database: Database) -> None:
    told = recorded(database, a_new_mail(1), a_new_mail(2))
    with database.write() as connection:
        statement = update(messages).where(messages.c.id == told[0].id)
        connection.execute(statement.values(state="held", reason="unit_unknown"))
    assert [one.id for one in claimed(database)] == [told[1].id]


def test_a_message_given_back_is_free_and_counts_no_attempt(
    database: Database,
) -> None:
    recorded(database, a_new_mail(1))
    (first,) = claimed(database)
    with database.write() as connection:
        release(connection, {first.id: first.fence})
    (second,) = claimed(database, "b")
    assert (second.fence, second.attempts) == (2, 0)
    with database.write() as connection:
        release(connection, {first.id: first.fence})
    assert claimed(database, "c") == ()


def test_a_failed_attempt_waits_five_then_sixty_minutes(database: Database) -> None:
    recorded(database, a_new_mail(1))
    moments = []
    minute = 0
    for expected in (1, 2):
        (one,) = claimed(database, at=minute)
        now = NOW + timedelta(minutes=minute)
        with database.write() as connection:
            attempt = attempt_failed(connection, one.id, one.fence, now)
        assert attempt.count == expected
        assert attempt.next_attempt is not None
        moments.append(attempt.next_attempt - now)
        wait = int(moments[-1].total_seconds() // 60)
        assert claimed(database, at=minute + wait - 1) == ()
        minute += wait
    assert moments == [timedelta(minutes=5), timedelta(minutes=60)]
    (one,) = claimed(database, at=minute)
    with database.write() as connection:
        last = attempt_failed(connection, one.id, one.fence, NOW)
        # It is still ours, to be put aside by the same transaction.
        hold(connection, {one.id: one.fence})
    assert (last.count, last.next_attempt, one.attempts) == (3, None, 2)


def test_a_holder_that_slept_too_long_can_finish_nothing(database: Database) -> None:
    recorded(database, a_new_mail(1))
    (slept,) = claimed(database, "a")
    (taken,) = claimed(database, "b", at=6)
    fences = {slept.id: slept.fence}
    with pytest.raises(StaleLeaseError), database.write() as connection:
        hold(connection, fences)
    with pytest.raises(StaleLeaseError), database.write() as connection:
        renew(connection, fences, NOW + timedelta(hours=9))
    with pytest.raises(StaleLeaseError), database.write() as connection:
        attempt_failed(connection, slept.id, slept.fence, NOW)
    with database.read() as connection:
        row = connection.execute(select(messages)).one()
    assert (row.lease_holder, row.fence, row.attempts) == ("b", taken.fence, 0)


def test_a_claim_can_be_kept_longer(database: Database) -> None:
    recorded(database, a_new_mail(1))
    (one,) = claimed(database)
    with database.write() as connection:
        renew(connection, {one.id: one.fence}, NOW + timedelta(minutes=30))
    assert claimed(database, "b", at=29) == ()
    assert len(claimed(database, "b", at=30)) == 1


def test_a_message_that_is_not_there_is_nobodys(database: Database) -> None:
    with pytest.raises(StaleLeaseError), database.write() as connection:
        hold(connection, {99: 1})


WORKER = """
import sys
from datetime import UTC, datetime, timedelta
from storage.claims import claim
from storage.database import open_database
from storage.inbox import Holder
url, name, seconds = sys.argv[1:]
now = datetime.fromtimestamp(float(seconds), UTC)
database = open_database(url)
while True:
    with database.write() as connection:
        holder = Holder(name, now + timedelta(hours=1))
        found = claim(connection, holder, now, 7, 10**9)
    if not found:
        break
    print(*(one.id for one in found), flush=True)
"""


def test_two_processes_claim_three_hundred_mails_each_once(
    database_url: str,
) -> None:
    database = open_database(database_url)
    told = recorded(database, *(a_new_mail(n) for n in range(1, 301)))
    database.close()
    now = str((NOW + timedelta(days=1)).timestamp())
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, database_url, name, now],
            stdout=subprocess.PIPE,
            env=environment(),
        )
        for name in ("a", "b")
    ]
    shares = [worker.communicate(timeout=60)[0].split() for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0]
    got = sorted(int(word) for share in shares for word in share)
    assert got == sorted(one.id for one in told)
