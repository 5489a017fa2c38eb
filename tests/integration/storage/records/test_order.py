"""Whatever the order of reading: in force is the version received last."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.values.decision import SubmissionState
from storage.campaigns import put_campaigns
from storage.database import Database
from storage.mails import received
from storage.status import unit_lines
from storage.store import store_decisions
from storage.submissions import standing, submissions_of_unit
from storage.units import take_in
from tests.builders.campaigns import a_campaign, a_unit
from tests.builders.decisions import (
    NOW,
    PLAN,
    a_decided,
    a_decision,
    a_recorded_message,
    a_version,
    at,
)

_units = count(1)
COUNTING = ("accepted", "partial")
#: One delivery: minute of receipt (few, so that they tie), what became of it, lateness.
DELIVERY = st.tuples(
    st.integers(0, 3),
    st.sampled_from(["accepted", "partial", "held", "refused"]),
    st.booleans(),
)


@pytest.fixture
def prepared(database: Database) -> Database:
    with database.write() as connection:
        put_campaigns(connection, [a_campaign()])
    return database


@given(data=st.data(), deliveries=st.lists(DELIVERY, min_size=1, max_size=7))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_in_force_does_not_depend_on_the_order_of_reading(
    prepared: Database,
    data: st.DataObject,
    deliveries: list[tuple[int, SubmissionState, bool]],
) -> None:
    code = f"U{next(_units)}"
    read_in = data.draw(st.permutations(range(len(deliveries))))
    batch_size = data.draw(st.integers(1, len(deliveries)))
    with prepared.write() as connection:
        take_in(connection, [a_unit(code)], code, NOW)
        ids = [a_recorded_message(connection) for _ in deliveries]
        decided = []
        for place in read_in:
            minute, state, late = deliveries[place]
            version = a_version(
                code,
                place + 1,
                received=at(8, 9, minute),
                state=state,
                late=late,
            )
            decided.append(a_decided(a_decision(ids[place], version)))
        for start in range(0, len(decided), batch_size):
            store_decisions(connection, decided[start : start + batch_size], NOW)
        stands = standing(connection, [code])
        stored = submissions_of_unit(connection, code)
        (line,) = unit_lines(connection, PLAN, [code])

    # Dense numbers in the order of reading, whatever became of the versions.
    assert [s.version for s in stored] == list(range(1, len(deliveries) + 1))
    assert [s.message for s in stored] == [ids[place] for place in read_in]
    counting = [
        (deliveries[place][0], ids[place], place)
        for place in range(len(deliveries))
        if deliveries[place][1] in COUNTING
    ]
    assert line.versions == len(counting)
    if not counting:
        assert stands == ()
        assert not any(s.in_force for s in stored)
        return
    last, first = max(counting)[2], min(counting)[2]
    (only,) = stands
    assert only.message == ids[last]
    assert only.last_version == len(deliveries)
    assert len(only.registrations) == last + 1
    assert [s.message for s in stored if s.in_force] == [ids[last]]
    assert line.registered == last + 1
    assert line.last_received == at(8, 9, deliveries[last][0])
    assert line.late == deliveries[first][2]


@given(deliveries=st.lists(DELIVERY, min_size=1, max_size=6), missing=st.integers(0, 5))
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_mail_that_is_decided_anew_meets_what_stood_before_it(
    prepared: Database,
    deliveries: list[tuple[int, SubmissionState, bool]],
    missing: int,
) -> None:
    with_it, without = f"U{next(_units)}", f"U{next(_units)}"
    left_out = missing % len(deliveries)
    with prepared.write() as connection:
        ids = [a_recorded_message(connection) for _ in deliveries]
        for place, (minute, state, late) in enumerate(deliveries):
            named = {"received": at(8, 9, minute), "state": state, "late": late}
            both = [a_version(with_it, place + 1, **named)]
            if place < left_out:
                both.append(a_version(without, place + 1, **named))
            decided = a_decided(a_decision(ids[place], *both))
            store_decisions(connection, [decided], NOW)
        turn = received(connection, ids)[ids[left_out]].turn
        seen = standing(connection, [with_it], ids[left_out], turn)
        expected = standing(connection, [without])
    assert [(s.message, s.registrations) for s in seen] == [
        (s.message, s.registrations) for s in expected
    ]
