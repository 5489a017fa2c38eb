"""Deliveries for documents: what is in force and what was, in one order."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, select

from storage import marks
from storage.campaigns import put_campaigns
from storage.consolidated import Wanted, deliveries, differences, first_received
from storage.database import Database
from storage.tables import events
from storage.units import take_in
from storage.versions import withdraw, write_submissions
from tests.builders.campaigns import a_campaign, a_unit
from tests.builders.decisions import (
    NOW,
    PLAN,
    a_results_version,
    a_version,
    a_work,
    at,
)

YESTERDAY = at(7, 0)
BOTH = ("registration", "results")


def prepare(connection: Connection) -> None:
    units = [a_unit("X1", "quan_khac"), a_unit("P10"), a_unit("P09"), a_unit("P01")]
    take_in(connection, [*units, a_unit("MN6", "phong_ban")], "d1", NOW)
    put_campaigns(connection, [a_campaign("42-KH/QU"), a_campaign()])


def store(connection: Connection, unit: str, works: int, day: int) -> int:
    rows = tuple(a_work(n + 1) for n in range(works))
    version = a_version(unit, works, received=at(day), registrations=rows)
    (ident,) = write_submissions(connection, [(None, version)], at(day), "lan")
    return ident


def test_the_order_is_the_plans_and_not_the_order_of_arrival(
    database: Database,
) -> None:
    with database.write() as connection:
        prepare(connection)
        for unit in ("P01", "X1", "MN6", "Z9", "P09", "P10", "A1"):
            store(connection, unit, 1, 6)
        other = a_version("P01", 1, campaign="42-KH/QU")
        write_submissions(connection, [(None, other)], NOW, "lan")
        found = [(d.campaign, d.unit) for d in deliveries(connection, Wanted())]
    assert found == [
        ("42-KH/QU", "P01"),
        *((PLAN, unit) for unit in ("MN6", "P10", "P09", "P01", "X1", "A1", "Z9")),
    ]


def test_since_tells_what_was_in_force_then_and_only_where_it_differs(
    database: Database,
) -> None:
    with database.write() as connection:
        prepare(connection)
        store(connection, "P01", 2, 5)
        store(connection, "P09", 2, 5)
        store(connection, "P09", 3, 8)
        store(connection, "P10", 1, 8)
        gone = store(connection, "MN6", 1, 5)
        withdraw(connection, [gone], at(8), "lan")
        wanted = Wanted(campaign=PLAN, since=YESTERDAY)
        found = {d.unit: d for d in deliveries(connection, wanted)}
        told = differences(connection, wanted)
    assert found["P01"].earlier is None
    earlier = {u: d.earlier and len(d.earlier.works) for u, d in found.items()}
    assert earlier == {"MN6": 1, "P10": 0, "P09": 2, "P01": None}
    assert {unit: len(d.works) for unit, d in found.items()} == {
        "MN6": 0,
        "P10": 1,
        "P09": 3,
        "P01": 2,
    }
    assert told == {
        (PLAN, "MN6"): "removed",
        (PLAN, "P09"): "changed",
        (PLAN, "P10"): "added",
    }


def test_then_as_now_the_version_received_last_is_in_force(database: Database) -> None:
    with database.write() as connection:
        prepare(connection)
        late_read = a_version("P09", 5, received=at(4))
        store(connection, "P09", 2, 5)
        write_submissions(connection, [(None, late_read)], at(6), "lan")
        store(connection, "P09", 1, 8)
        wanted = Wanted(campaign=PLAN, since=YESTERDAY)
        (found,) = deliveries(connection, wanted)
    assert found.earlier is not None
    assert len(found.earlier.works) == 2


def test_results_are_read_only_where_they_were_asked_for(database: Database) -> None:
    with database.write() as connection:
        prepare(connection)
        store(connection, "P09", 2, 5)
        report = replace(a_results_version("P09", (0,)), received=at(20))
        write_submissions(connection, [(None, report)], at(20), "lan")
        (plain,) = deliveries(connection, Wanted(unit="P09"))
        (both,) = deliveries(connection, Wanted(BOTH, unit="P09"))
        first = first_received(connection, PLAN)
    assert (plain.results, plain.reported) == ((), None)
    assert (len(both.results), both.reported and both.reported.version) == (1, 1)
    assert first == {("P09", "registration"): at(5), ("P09", "results"): at(20)}


def test_rows_come_in_portions_and_none_is_lost(database: Database) -> None:
    with database.write() as connection:
        prepare(connection)
        for unit in ("P01", "P09", "P10"):
            store(connection, unit, 400, 5)
        found = {d.unit: len(d.works) for d in deliveries(connection, Wanted())}
        moment = at(5) + timedelta(days=1)
        since = list(deliveries(connection, Wanted(since=moment)))
    assert found == {"P10": 400, "P09": 400, "P01": 400}
    assert [d.earlier for d in since] == [None] * 3


def test_a_chosen_work_stays_chosen_once_and_is_told_in_the_history(
    database: Database,
) -> None:
    with database.write() as connection:
        prepare(connection)
        store(connection, "P09", 2, 5)
        store(connection, "P10", 2, 5)
        key, long = (PLAN, "P09"), "Công trình " * 1000
        marks.choose(connection, key, ["Công trình số 1", long], NOW, "lan")
        marks.choose(connection, key, ["Công trình số 1"], NOW, "lan")
        (one,) = deliveries(connection, Wanted(marked=True))
        marks.forget(connection, key, [long, "Khác"], NOW, "lan")
        left = marks.chosen(connection)
        told = connection.execute(
            select(events.c.what).where(events.c.what.in_(("mark", "unmark")))
        )
        history = [row.what for row in told]
    assert (one.unit, one.chosen) == ("P09", frozenset({"Công trình số 1", long}))
    assert left == {key: frozenset({"Công trình số 1"})}
    assert sorted(history) == ["mark", "mark", "unmark"]
