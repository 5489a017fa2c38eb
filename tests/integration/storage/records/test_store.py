"""Decisions in one transaction: fences, numbers, versions, events, answers."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from parsers.values.finding import finding
from parsers.values.unit import AddressOwner
from storage.addresses import owners
from storage.database import Database
from storage.errors import ConflictError, StaleLeaseError
from storage.events import events_of_message, first_decided
from storage.mails import received
from storage.outbox_lists import (
    answered,
    answers,
    items_of_message,
    last_receipts,
)
from storage.store import reopen, store_decisions
from storage.submissions import standing, submissions_of_message, submissions_of_unit
from storage.tables import events, messages, outbox, submissions
from storage.twins import twins
from storage.units import take_in
from tests.builders.campaigns import a_unit
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


def rows_of(database: Database, table: object) -> int:
    with database.read() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]


def test_a_decision_is_stored_whole_with_rows_as_they_were(database: Database) -> None:
    found = finding("cell_empty", "A2", column="Kết quả")
    version = a_version(works=3, findings=(found, finding("duplicate_elsewhere")))
    with database.write() as connection:
        ident = a_recorded_message(connection, lease_holder="w1", lease_until=at(9))
        decision = a_decision(
            ident, version, findings=(found,), items=(an_item("m:receipt"),)
        )
        store_decisions(connection, [a_decided(decision)], NOW)
    with database.read() as connection:
        row = connection.execute(select(messages)).mappings().one()
        (stored,) = submissions_of_message(connection, ident)
        history = events_of_message(connection, ident)
    assert (row["state"], row["trust"], row["lease_holder"]) == (
        "processed",
        "proven",
        None,
    )
    assert json.loads(row["units"]) == ["P09"]
    assert row["subject"] == "Đăng ký công trình"
    assert stored.registrations == version.registrations
    assert stored.findings == version.findings
    assert (stored.version, stored.in_force, stored.withdrawn) == (1, True, False)
    assert [(e.what, e.from_, e.to) for e in history] == [
        ("message", "fetched", "processed"),
        ("submission", None, "accepted"),
        ("outbox", None, "pending"),
    ]
    assert {e.by for e in history} == {"hopthu"}
    assert history[0].at == NOW


def test_a_passed_fence_stores_nothing_of_the_batch(database: Database) -> None:
    with database.write() as connection:
        good = a_recorded_message(connection)
        lost = a_recorded_message(connection, fence=2)
    batch = [a_decided(a_decision(i, a_version(works=i))) for i in (good, lost)]
    with (
        pytest.raises(StaleLeaseError, match=str(lost)),
        database.write() as connection,
    ):
        store_decisions(connection, batch, NOW)
    assert rows_of(database, submissions) == 0
    assert rows_of(database, events) == 0


def test_the_same_work_cannot_be_stored_twice(database: Database) -> None:
    with database.write() as connection:
        ident = a_recorded_message(connection)
        store_decisions(connection, [a_decided(a_decision(ident, a_version()))], NOW)
    again = [a_decided(a_decision(ident, a_version(works=5)))]
    with pytest.raises(StaleLeaseError), database.write() as connection:
        store_decisions(connection, again, NOW)
    assert rows_of(database, submissions) == 1


def test_a_message_that_nobody_recorded_is_nobodys_to_decide(
    database: Database,
) -> None:
    with pytest.raises(StaleLeaseError), database.write() as connection:
        store_decisions(connection, [a_decided(a_decision(77))], NOW)


def test_several_decisions_for_one_unit_in_one_batch_number_densely(
    database: Database,
) -> None:
    with database.write() as connection:
        ids = [a_recorded_message(connection) for _ in range(4)]
        batch = [
            a_decided(a_decision(ident, a_version("P09", n), a_version("P10", n)))
            for n, ident in enumerate(ids[:3], 1)
        ]
        results = a_results_version("P09", (0, None))
        batch.append(a_decided(a_decision(ids[3], results)))
        store_decisions(connection, batch, NOW)
    with database.read() as connection:
        stored = submissions_of_unit(connection, "P09")
        other = submissions_of_unit(connection, "P10")
    numbers = [(s.phase, s.version) for s in stored]
    assert numbers[:3] == [("registration", n) for n in (1, 2, 3)]
    assert numbers[3:] == [("results", 1)]
    assert [s.version for s in other] == [1, 2, 3]
    # Each id got its own rows, whatever order the database inserted in.
    assert [len(s.registrations) for s in stored[:3]] == [1, 2, 3]
    assert [s.message for s in stored] == ids


def test_in_force_is_the_version_received_last_not_the_one_stored_last(
    database: Database,
) -> None:
    with database.write() as connection:
        early, late = (a_recorded_message(connection) for _ in range(2))
        word = a_version(works=8, received=at(8, 9, 5))
        store_decisions(connection, [a_decided(a_decision(late, word))], NOW)
        scan = a_version(works=7, received=at(8, 9, 0), supersedes=None)
        store_decisions(connection, [a_decided(a_decision(early, scan))], NOW)
    with database.read() as connection:
        (stands,) = standing(connection, ["P09", "P10"])
        turns = {m: received(connection, [m])[m].turn for m in (late, early)}
        met = [standing(connection, ["P09"], m, turn) for m, turn in turns.items()]
    assert (stands.version, stands.last_version, stands.message) == (1, 2, late)
    assert stands.received == at(8, 9, 5)
    assert stands.registrations == word.registrations
    # Decided anew, each meets what it met: the one stored first nothing, whatever came.
    assert [[s.message for s in stood] for stood in met] == [[], [late]]


def test_held_and_refused_versions_are_numbered_but_never_stand(
    database: Database,
) -> None:
    with database.write() as connection:
        one, two = (a_recorded_message(connection) for _ in range(2))
        held = a_decision(one, a_version(state="held"), state="held")
        store_decisions(connection, [a_decided(held)], NOW)
        assert standing(connection, ["P09"]) == ()
        given = a_version(state="partial", received=at(7))
        store_decisions(connection, [a_decided(a_decision(two, given))], NOW)
        refused = a_recorded_message(connection)
        no = a_version(state="refused", received=at(9))
        store_decisions(connection, [a_decided(a_decision(refused, no))], NOW)
        (stands,) = standing(connection, ["P09"])
    assert (stands.version, stands.last_version) == (2, 3)


def test_a_message_decided_anew_with_the_same_rows_adds_nothing(
    database: Database,
) -> None:
    with database.write() as connection:
        ident = a_recorded_message(connection)
        decision = a_decision(ident, a_version(), items=(an_item("m:decision"),))
        store_decisions(connection, [a_decided(decision)], NOW)
        assert reopen(connection, [ident], at(9), "lan") == (ident,)
        # By then another word of the same rows: who else registered the same work.
        version = a_version(findings=(finding("duplicate_elsewhere"),))
        anew = replace(decision, submissions=(version,))
        store_decisions(connection, [a_decided(anew, fence=3)], at(9), "lan")
    with database.read() as connection:
        history = events_of_message(connection, ident)
    assert rows_of(database, submissions) == 1
    assert rows_of(database, outbox) == 1
    assert [(e.from_, e.to, e.by) for e in history[-2:]] == [
        ("processed", "fetched", "lan"),
        ("fetched", "processed", "lan"),
    ]


def test_a_message_decided_anew_with_other_rows_adds_a_version(
    database: Database,
) -> None:
    with database.write() as connection:
        ident = a_recorded_message(connection)
        for fence, works in ((1, 2), (2, 3)):
            decision = a_decision(ident, a_version(works=works))
            store_decisions(connection, [a_decided(decision, fence)], NOW)
        stored = submissions_of_message(connection, ident)
    assert [(s.version, s.in_force) for s in stored] == [(1, False), (2, True)]
    assert [len(s.registrations) for s in stored] == [2, 3]


def test_a_mail_put_to_another_unit_stops_counting_for_the_first(
    database: Database,
) -> None:
    with database.write() as connection:
        ident = a_recorded_message(connection)
        wrong = a_decision(ident, a_version("P09"))
        store_decisions(connection, [a_decided(wrong)], NOW)
        right = a_decision(ident, a_version("P10"))
        store_decisions(connection, [a_decided(right, 2)], NOW, "lan")
        stands = standing(connection, ["P09", "P10"])
        stored = submissions_of_message(connection, ident)
        history = events_of_message(connection, ident)
    assert [s.unit for s in stands] == ["P10"]
    assert [(s.unit, s.withdrawn) for s in stored] == [("P09", True), ("P10", False)]
    assert stored[0].registrations == a_version("P09").registrations
    gone = [e for e in history if e.what == "withdrawal"]
    assert [(e.from_, e.reason, e.by) for e in gone] == [
        ("accepted", f"{PLAN} registration 1", "lan")
    ]
    with database.write() as connection:
        back = a_decision(ident, a_version("P09"))
        store_decisions(connection, [a_decided(back, 3)], NOW, "lan")
        again = standing(connection, ["P09", "P10"])
    assert [(s.unit, s.version) for s in again] == [("P09", 2)]


@pytest.mark.parametrize(
    "named",
    [
        {"state": "held", "reason": "mode_unclear"},
        {"state": "processed", "reason": "nothing_changed"},
        {"state": "quarantined", "reason": "reader_died"},
    ],
)
def test_a_decision_that_stores_nothing_leaves_what_stood(
    database: Database, named: dict[str, object]
) -> None:
    with database.write() as connection:
        ident = a_recorded_message(connection)
        store_decisions(connection, [a_decided(a_decision(ident, a_version()))], NOW)
        anew = a_decision(ident, units=("P09",), **named)
        store_decisions(connection, [a_decided(anew, 2)], NOW)
        (stands,) = standing(connection, ["P09"])
    assert stands.version == 1


def test_a_second_enqueue_of_the_same_key_is_no_error_and_no_mail(
    database: Database,
) -> None:
    with database.write() as connection:
        one, two = (a_recorded_message(connection) for _ in range(2))
        for ident in (one, two):
            items = (an_item("id:receipt"), an_item("id:receipt", to="x@example.org"))
            decision = a_decision(ident, state="held", items=items)
            store_decisions(connection, [a_decided(decision)], NOW)
        (line,) = items_of_message(connection, one)
        assert items_of_message(connection, two) == ()
        assert answers(connection, [one, two]) == {one: ("receipt",)}
    assert (line.to, line.state, line.created) == (("p9@example.org",), "pending", NOW)


def test_two_mails_of_one_identity_cannot_both_have_an_effect(
    database: Database,
) -> None:
    same = {"message_id": "<a@b>", "content_digest": "d" * 64}
    with database.write() as connection:
        one, two = (a_recorded_message(connection) for _ in range(2))
        first = a_decided(a_decision(one, a_version()), **same)
        store_decisions(connection, [first], NOW)
    second = a_decided(a_decision(two, a_version(works=4)), **same)
    with pytest.raises(ConflictError), database.write() as connection:
        store_decisions(connection, [second], NOW)
    with database.write() as connection:
        assert twins(connection, [("<a@b>", "d" * 64), ("<a@b>", "e" * 64)]) == {
            ("<a@b>", "d" * 64): (one,),
            ("<a@b>", "e" * 64): (),
        }
        copy = a_decision(two, state="ignored", reason="duplicate")
        store_decisions(connection, [a_decided(copy, **same)], NOW)
        # The copy is no twin for the first one, when that is decided anew.
        assert twins(connection, [("<a@b>", "d" * 64)]) == {("<a@b>", "d" * 64): (one,)}


def test_a_mail_without_message_id_has_no_twin(database: Database) -> None:
    nameless = {"message_id": None, "content_digest": "d" * 64}
    with database.write() as connection:
        one, two = (a_recorded_message(connection) for _ in range(2))
        for ident in (one, two):
            decision = a_decision(ident, a_version(works=ident))
            store_decisions(connection, [a_decided(decision, **nameless)], NOW)
        assert twins(connection, [(None, "d" * 64)]) == {(None, "d" * 64): ()}


def test_what_a_decision_learned_is_in_the_directory(database: Database) -> None:
    owner = AddressOwner("Phuong9@Example.org", "P09", "provisional")
    with database.write() as connection:
        take_in(connection, [a_unit("P09")], "1", NOW)
        ident = a_recorded_message(connection)
        decision = a_decision(ident, a_version(), learned=(owner,))
        store_decisions(connection, [a_decided(decision)], NOW)
        found = owners(connection, ["phuong9@example.ORG", "who@example.org"])
    assert found == {"phuong9@example.ORG": (owner,), "who@example.org": ()}


def test_one_unit_of_a_mail_decided_anew_keeps_what_the_mail_gave_before(
    database: Database,
) -> None:
    with database.write() as connection:
        ident = a_recorded_message(connection)
        both = a_decision(ident, a_version("P09"), a_version("P10"))
        store_decisions(connection, [a_decided(both)], NOW)
        # P09 says the same as before, so the decision has nothing to store for it.
        anew = a_decision(ident, a_version("P10", 4), units=("P09", "P10"))
        store_decisions(connection, [a_decided(anew, 2)], NOW)
        stands = standing(connection, ["P09", "P10"])
    assert [(s.unit, s.version) for s in stands] == [("P09", 1), ("P10", 2)]


def test_what_a_case_asks_of_the_past_is_known(database: Database) -> None:
    with database.write() as connection:
        one, two = (a_recorded_message(connection) for _ in range(2))
        decision = a_decision(one, a_version(), items=(an_item("k"),))
        store_decisions(connection, [a_decided(decision)], at(8))
        reopen(connection, [one], at(9), "lan")
        store_decisions(connection, [a_decided(decision, fence=3)], at(10))
        assert first_decided(connection, [one, two]) == {one: at(8)}
        assert last_receipts(connection, ["P9@example.ORG", "x@y"]) == {
            "P9@example.ORG": at(8)
        }
        assert answered(connection, [one, two]) == frozenset()
        (stands,) = standing(connection, ["P09"])
        assert stands.mode == "new"
