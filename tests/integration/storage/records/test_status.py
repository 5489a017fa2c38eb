"""The status table: every state, counts against hand-written SQL, the view itself."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import Connection, insert, text

from daemon.export.model import Value
from daemon.export.registrations import CSV_COLUMNS, csv_rows
from parsers.values.act import Act
from parsers.values.campaign import PhaseName
from parsers.values.decision import NewSubmission
from parsers.values.finding import finding
from parsers.values.unit import AddressOwner
from storage import acts, outcomes
from storage.addresses import learn
from storage.campaigns import put_campaigns, stored_campaigns
from storage.consolidated import Wanted, deliveries
from storage.database import Database
from storage.status import UnitStatus, read_status, unit_lines
from storage.store import store_decisions
from storage.tables import folders, positions
from storage.units import take_in
from storage.versions import write_submissions
from tests.builders.campaigns import a_campaign, a_unit
from tests.builders.decisions import (
    NOW,
    PLAN,
    a_decided,
    a_decision,
    a_recorded_message,
    a_results_version,
    a_version,
    an_item,
    at,
)
from tests.builders.outbox import queue, take

WARDS = [a_unit(f"P{n:02}") for n in (1, 2, 9, 10)]
SCHOOLS = [a_unit("MN6", "phong_ban"), a_unit("TH1", "phong_ban")]
ABROAD = a_unit("X1", "quan_khac")


def prepare(connection: Connection) -> None:
    # The units file has another order than the plan's categories.
    take_in(connection, [ABROAD, *WARDS, *SCHOOLS], "d1", NOW)
    put_campaigns(connection, [a_campaign(quota_exceptions=(("P09", 3), ("P09", 4)))])


def deliver(connection: Connection, *versions: NewSubmission) -> None:
    for version in versions:
        ident = a_recorded_message(connection)
        decision = a_decision(ident, version)
        store_decisions(connection, [a_decided(decision)], NOW)


def line(connection: Connection, code: str) -> UnitStatus:
    (found,) = unit_lines(connection, PLAN, [code])
    return found


#: What came of a ward with a quota of 10: state, and what else the line says.
REGISTRATION: list[tuple[str, list[NewSubmission], dict[str, object]]] = [
    ("missing", [], {"registered": 0, "versions": 0, "last_received": None}),
    ("partial", [a_version(works=9)], {"registered": 9, "versions": 1}),
    ("complete", [a_version(works=10)], {"registered": 10}),
    ("over", [a_version(works=11)], {"registered": 11}),
    ("nil", [a_version(works=0)], {"registered": 0, "versions": 1}),
    ("partial", [a_version(works=0, state="partial")], {"registered": 0}),
    ("missing", [a_version(state="held")], {"registered": 0, "versions": 0}),
    ("missing", [a_version(state="refused")], {"versions": 0}),
    (
        "complete",
        [a_version(works=10), a_version(works=4, state="held", received=at(9))],
        {"registered": 10, "versions": 1, "last_received": NOW},
    ),
    (
        "partial",
        [a_version(works=10), a_version(works=1, received=at(9))],
        {"registered": 1, "versions": 2, "last_received": at(9)},
    ),
    (
        "partial",
        [a_version(received=at(9), late=False), a_version(works=3, late=True)],
        {"registered": 2, "late": True},
    ),
    (
        "partial",
        [a_version(late=False), a_version(works=3, received=at(12), late=True)],
        {"registered": 3, "late": False},
    ),
    (
        "partial",
        [
            a_version(confirmation="signed", findings=(finding("late"),)),
            a_version(
                works=3,
                received=at(9),
                confirmation="absent",
                findings=(
                    finding("cell_empty"),
                    finding("rows_cut"),
                    finding("row_skipped"),
                ),
            ),
        ],
        {"confirmation": "absent", "findings": 2},
    ),
]


@pytest.mark.parametrize(("state", "versions", "told"), REGISTRATION)
def test_the_registration_of_a_ward_is_told_by_the_version_in_force(
    database: Database,
    state: str,
    versions: list[NewSubmission],
    told: dict[str, object],
) -> None:
    with database.write() as connection:
        prepare(connection)
        deliver(connection, *(replace(version, unit="P10") for version in versions))
        found = line(connection, "P10")
    assert (found.state, found.quota) == (state, 10)
    assert {name: getattr(found, name) for name in told} == told


#: Registered works, the results that came, state of the phase, works with an outcome.
RESULTS = [
    (2, None, "missing", 0),
    (2, (0,), "partial", 1),
    (2, (0, 0, None), "partial", 1),
    (2, (1, 0), "complete", 2),
    (2, (), "nil", 0),
    (0, None, "nil", 0),
    (0, (None,), "over", 0),
]


@pytest.mark.parametrize(("works", "matched", "state", "results"), RESULTS)
def test_results_count_only_where_they_belong_to_a_registered_work(
    database: Database,
    works: int,
    matched: tuple[int | None, ...] | None,
    state: str,
    results: int,
) -> None:
    with database.write() as connection:
        prepare(connection)
        deliver(connection, a_version("P01", works))
        if matched is not None:
            deliver(connection, a_results_version("P01", matched, late=True))
        found = line(connection, "P01")
    phase = found.phases["results"]
    assert (phase.state, found.results) == (state, results)
    assert (phase.versions, phase.late) == (
        (0, False) if matched is None else (1, True)
    )


def excused(unit: str, phase: PhaseName = "registration") -> Act:
    return Act("excuse", "giải thể", campaign=PLAN, unit=unit, phase=phase)


def test_who_is_excused_owes_nothing_until_it_is_taken_back(
    database: Database,
) -> None:
    with database.write() as connection:
        prepare(connection)
        event = acts.keep(connection, excused("P01"), NOW, "lan")
        found = line(connection, "P01")
        assert (found.state, found.phases["results"].state) == ("excused", "excused")
        deliver(connection, a_version("P01", 3))
        assert line(connection, "P01").state == "excused"
        deliver(connection, a_version("P01", 10, received=at(9)))
        assert line(connection, "P01").state == "complete"
        deliver(connection, a_version("P01", 3, received=at(10)))
        assert line(connection, "P01").state == "excused"
        acts.keep(connection, Act("undo", "nhầm", undoes=event), NOW, "lan")
        assert line(connection, "P01").state == "partial"


def test_units_stand_by_category_of_the_plan_and_then_as_in_the_file(
    database: Database,
) -> None:
    with database.write() as connection:
        prepare(connection)
        status = read_status(connection, PLAN, NOW)
        assert [u.code for u in status.units] == [
            "MN6",
            "TH1",
            "P01",
            "P02",
            "P09",
            "P10",
        ]
        assert [u.quota for u in status.units] == [1, 1, 10, 10, 3, 10]
        # Who is not of the plan stands there only once it delivered.
        deliver(connection, a_version("X1", 2))
        status = read_status(connection, PLAN, NOW)
        stranger = status.units[-1]
        assert (stranger.code, stranger.quota, stranger.state) == (
            "X1",
            None,
            "complete",
        )
        assert status.totals == {
            "units": 7,
            "complete": 1,
            "partial": 0,
            "over": 0,
            "nil": 0,
            "excused": 0,
            "missing": 6,
            "registered": 2,
            "expected": 35,
        }
        take_in(connection, [*WARDS, *SCHOOLS], "d2", NOW)
        assert len(unit_lines(connection, PLAN)) == 6


def test_how_a_unit_can_be_reached_is_told(database: Database) -> None:
    with database.write() as connection:
        prepare(connection)
        learn(connection, [AddressOwner("a@x", "P01", "provisional")], NOW)
        learn(connection, [AddressOwner("b@x", "P02", "provisional")], NOW)
        learn(connection, [AddressOwner("c@x", "P02", "learned")], NOW, "lan")
        told = {
            u.code: (u.address, u.address_known) for u in unit_lines(connection, PLAN)
        }
    assert told["P01"] == ("provisional", True)
    assert told["P02"] == ("listed", True)
    assert told["P09"] == ("none", False)


def test_reminders_are_counted_by_unit_when_they_left(database: Database) -> None:
    reminder = an_item(
        "r1",
        kind="reminder",
        purpose=None,
        units=("P01", "P02"),
        campaign=PLAN,
        phase="registration",
        step="before-3",
    )
    copy = replace(reminder, key="r2", to_leader=True, units=("P01",))
    other = replace(reminder, key="r3", campaign="99-KH/QU")
    waiting = replace(reminder, key="r4")
    with database.write() as connection:
        prepare(connection)
        queue(connection, reminder, copy, other)
        for _ in range(3):
            outcomes.sent(connection, take(connection), NOW, "250")
        queue(connection, waiting)
        told = {u.code: u.reminders for u in unit_lines(connection, PLAN)}
    assert {code: n for code, n in told.items() if n} == {"P01": 1, "P02": 1}


def test_two_campaigns_keep_their_accounts_apart(database: Database) -> None:
    other = a_campaign("99-KH/QU", phases=a_campaign().phases[:1])
    with database.write() as connection:
        prepare(connection)
        assert put_campaigns(connection, [a_campaign(), other]) == (PLAN, "99-KH/QU")
        deliver(connection, a_version("P01", 10), a_version("P01", campaign="99-KH/QU"))
        assert line(connection, "P01").registered == 10
        (second,) = unit_lines(connection, "99-KH/QU", ["P01"])
        assert (second.registered, second.versions, second.phases) == (2, 1, {})


def test_a_plan_is_written_when_it_changed_and_known_again(database: Database) -> None:
    plan = a_campaign(quota_exceptions=(("P09", 12),))
    with database.write() as connection:
        take_in(connection, WARDS, "d1", NOW)
        assert put_campaigns(connection, [plan]) == (PLAN,)
        assert put_campaigns(connection, [plan]) == ()
        assert stored_campaigns(connection) == (plan,)
        changed = replace(plan, quota_exceptions=())
        assert put_campaigns(connection, [changed]) == (PLAN,)
        assert line(connection, "P09").quota == 10
        assert put_campaigns(connection, []) == ()
        assert stored_campaigns(connection) == ()


def test_folders_are_told_as_they_were_last_seen(database: Database) -> None:
    with database.write() as connection:
        rows = [
            {"mailbox": "gmail", "folder": "INBOX", "uidvalidity": 7, "on_server": 3},
            {"mailbox": "notes", "folder": "", "uidvalidity": None, "on_server": None},
        ]
        connection.execute(insert(folders), rows)
        ident = a_recorded_message(connection)
        seen = [("INBOX", 7, 1), ("INBOX", 7, 2), ("INBOX", 6, 1)]
        connection.execute(
            insert(positions),
            [
                {"message": ident, "mailbox": "gmail", "folder": f, "uidvalidity": v}
                | {"uid": uid}
                for f, v, uid in seen
            ],
        )
        dropped = {"message": ident, "mailbox": "notes", "path": "a.eml"}
        connection.execute(insert(positions), [dropped])
        status = read_status(connection, PLAN, NOW)
    assert [(m.name, m.folder, m.on_server, m.in_ledger) for m in status.mailboxes] == [
        ("gmail", "INBOX", 3, 2),
        ("notes", None, None, 1),
    ]
    assert status.messages == {
        "fetched": 1,
        "processed": 0,
        "ignored": 0,
        "held": 0,
        "quarantined": 0,
    }


def test_the_view_says_to_anyone_what_the_program_says(database: Database) -> None:
    names = (
        "campaign, code, name, category, quota, registered, state, versions, late, "
        "confirmation, results, reminders, findings, address_known, address, phases, "
        "last_received"
    )
    with database.write() as connection:
        prepare(connection)
        deliver(connection, a_version("P01", 10), a_version("P02", 1, late=True))
        lines = {u.code: u for u in unit_lines(connection, PLAN)}
        rows = connection.execute(text(f"SELECT {names} FROM unit_status")).mappings()
        for row in rows:
            told = lines[row["code"]]
            for name in (
                "name",
                "category",
                "quota",
                "registered",
                "state",
                "versions",
            ):
                assert row[name] == getattr(told, name)
            assert bool(row["late"]) == told.late
            assert bool(row["address_known"]) == told.address_known
            assert set(json.loads(row["phases"])) == {"results"}
        by_hand = text(
            "SELECT count(*) FROM registrations r JOIN submissions s "
            "ON s.id = r.submission WHERE s.unit = 'P01'"
        )
        assert connection.scalar(by_hand) == lines["P01"].registered


def test_the_consolidated_table_holds_the_rows_in_force_in_the_contracts_order(
    database: Database,
) -> None:
    with database.write() as connection:
        prepare(connection)
        deliver(
            connection,
            a_version("P09", 2),
            a_version("P09", 1, received=at(7)),
            a_version("MN6", 1, late=True, confirmation=None),
            a_version("P10", 3, state="held"),
            a_version("P01", 0),
        )
        write_submissions(connection, [(None, a_version("P02", 1))], NOW, "lan")
        given = list(deliveries(connection, Wanted(campaign=PLAN)))
        rows = [named(row) for row in csv_rows(given, None, marked=False)]
        assert list(deliveries(connection, Wanted(campaign="99"))) == []
    assert [(r["unit"], r["number"], r["version"]) for r in rows] == [
        ("MN6", "1", 1),
        ("P02", "1", 1),
        ("P09", "1", 1),
        ("P09", "2", 1),
    ]
    first = rows[0]
    assert ",".join(first) == (
        "campaign,category,unit,unit_name,number,title,method,time,expected_result,"
        "field,start,end,certainty,version,received,late,confirmation,source"
    )
    assert (first["category"], first["unit_name"], first["late"]) == (
        "phong_ban",
        "Đơn vị MN6",
        True,
    )
    assert (first["received"], first["confirmation"]) == (NOW, None)
    assert first["source"] == "bang.xlsx › Sheet1 › A2:E2"


def named(row: Sequence[Value]) -> dict[str, Value]:
    return dict(zip(CSV_COLUMNS, row, strict=True))
