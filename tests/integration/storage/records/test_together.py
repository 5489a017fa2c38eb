"""Two programs at once: numbers stay dense, a mail is claimed by one of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from storage import outcomes
from storage.database import Database
from storage.outbox_lists import counts, list_items
from storage.sending import claim_next
from storage.store import store_decisions
from storage.submissions import submissions_of_unit
from storage.units import take_in
from tests.builders.campaigns import a_unit
from tests.builders.decisions import (
    NOW,
    a_decided,
    a_decision,
    a_recorded_message,
    a_version,
)
from tests.builders.outbox import ROOMY, queue, versions

WORKERS = 4


def test_workers_that_store_for_one_unit_number_densely(database: Database) -> None:
    with database.write() as connection:
        take_in(connection, [a_unit("P09"), a_unit("P10")], "d1", NOW)
        ids = [a_recorded_message(connection) for _ in range(WORKERS * 5)]
    start = Barrier(WORKERS)

    def work(mine: list[int]) -> None:
        start.wait()
        for ident in mine:
            # The units in turn, so that the workers meet in both orders.
            units = ("P09", "P10") if ident % 2 else ("P10", "P09")
            decision = a_decision(ident, *(a_version(u, ident) for u in units))
            with database.write() as connection:
                store_decisions(connection, [a_decided(decision)], NOW)

    with ThreadPoolExecutor(WORKERS) as pool:
        for done in [pool.submit(work, ids[n::WORKERS]) for n in range(WORKERS)]:
            done.result()
    with database.read() as connection:
        for unit in ("P09", "P10"):
            stored = submissions_of_unit(connection, unit)
            assert sorted(s.version for s in stored) == list(range(1, len(ids) + 1))
            assert sorted(s.message or 0 for s in stored) == ids
            assert all(len(s.registrations) == s.message for s in stored)


def test_senders_share_the_outbox_and_keep_the_budget_between_them(
    database: Database,
) -> None:
    with database.write() as connection:
        queue(connection, *versions(30))
    budget = type(ROOMY)(1000, 20, 1000, 1000)
    start = Barrier(WORKERS)

    def send(holder: str) -> list[int]:
        taken: list[int] = []
        start.wait()
        while True:
            with database.write() as connection:
                item = claim_next(
                    connection, holder, NOW, NOW + timedelta(minutes=10), budget
                ).item
            if item is None:
                return taken
            with database.write() as connection:
                outcomes.sent(connection, item, NOW, "250")
            taken.append(item.id)

    with ThreadPoolExecutor(WORKERS) as pool:
        parts = list(pool.map(send, [f"h{n}" for n in range(WORKERS)]))
    taken = [ident for part in parts for ident in part]
    assert len(taken) == len(set(taken)) == 20
    with database.read() as connection:
        assert counts(connection)["sent"] == 20
        assert {i.reason for i in list_items(connection, state="pending")} == {"budget"}
