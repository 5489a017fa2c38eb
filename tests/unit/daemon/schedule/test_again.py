"""A reminder whose turn has come is looked at again: what stands now decides."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from daemon.schedule.again import Known, look_again
from daemon.schedule.due import Almanac, wanted_of
from parsers.values.reminder import (
    CallOff,
    Contact,
    Go,
    Past,
    Queued,
    Renew,
    Standing,
    Verdict,
    Wait,
    Wanted,
)
from tests.builders.reminders import (
    WARD,
    a_contact,
    a_past,
    a_plan,
    a_standing,
    an_agenda,
    an_almanac,
    moment,
)

NOW = "2021-06-08 08:00"


def chosen(
    text: str = NOW, almanac: Almanac | None = None, contact: Contact | None = None
) -> Wanted:
    """Return the reminder of the ward that was chosen at an instant."""
    agenda = an_agenda(text, almanac)
    standing = a_standing(phase=agenda.phase.name)
    reached = contact or a_contact()
    return wanted_of(agenda, standing, reached, [], moment(text).date())[-1]


def queued(wanted: Wanted | None = None, **named: Any) -> Queued:
    one = wanted or chosen()
    given = {"attempts": 0, "released": False} | named
    return Queued(one.key, one.to, one.door, one.facts, **given)


def verdict(
    text: str = NOW,
    item: Queued | None = None,
    standing: Standing | None = None,
    past: list[Past] | None = None,
    almanac: Almanac | None = None,
    contact: Contact | None = None,
) -> Verdict:
    own = a_past("before-1", None)
    known = Known(
        standing or a_standing(),
        contact or a_contact(),
        past if past is not None else [own],
    )
    schedule = almanac or an_almanac()
    return look_again(schedule, item or queued(), known, moment(text))


def test_what_is_still_owed_goes_as_it_stands() -> None:
    assert verdict() == Go()
    assert verdict("2021-06-10 08:00") == Go()


@pytest.mark.parametrize("attempts", [0, 1, 5])
@pytest.mark.parametrize("state", ["complete", "over", "nil", "excused"])
def test_who_delivered_meanwhile_is_not_reminded(state: str, attempts: int) -> None:
    item = queued(attempts=attempts, released=True)
    assert verdict(item=item, standing=a_standing(state)) == CallOff("delivered")


def test_a_unit_of_which_the_plan_knows_nothing_any_more_is_not_reminded() -> None:
    item, now = queued(), moment(NOW)
    for known in (
        Known(None, a_contact(), []),
        Known(a_standing(), None, []),
    ):
        assert look_again(an_almanac(), item, known, now) == CallOff("delivered")


def test_whose_mail_came_and_waits_for_the_office_is_not_reminded() -> None:
    assert verdict(standing=a_standing(held=True)) == CallOff("held")


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        ("2021-06-08 07:59", Wait(moment("2021-06-08 08:00"))),
        ("2021-06-07 12:00", Wait(moment("2021-06-08 08:00"))),
        ("2021-06-08 23:00", Wait(moment("2021-06-09 07:00"))),
        ("2021-06-09 03:00", Wait(moment("2021-06-09 07:00"))),
        ("2021-06-10 08:01", CallOff("step_passed")),
        ("2021-06-11 08:00", CallOff("step_passed")),
    ],
)
def test_a_reminder_goes_in_its_own_time(now: str, wanted: Verdict) -> None:
    assert verdict(now) == wanted


def test_what_a_person_lets_go_late_goes_until_the_next_step_speaks() -> None:
    late = queued(released=True)
    assert verdict("2021-06-10 15:00", late) == Go()
    assert verdict("2021-06-11 07:59", late) == Go()
    assert verdict("2021-06-11 08:00", late) == CallOff("step_passed")
    assert verdict("2021-06-10 22:00", late) == Wait(moment("2021-06-11 07:00"))


def test_a_moved_deadline_calls_the_old_series_off() -> None:
    moved = an_almanac(a_plan(deadline="2021-06-17", named="2021-06-16"))
    assert verdict(almanac=moved) == CallOff("deadline_moved")
    other = an_almanac(days_before=(2,))
    assert verdict(almanac=other) == CallOff("deadline_moved")
    nothing = replace(an_almanac(), campaigns=())
    assert verdict(almanac=nothing) == CallOff("deadline_moved")


def test_gap_and_cap_are_counted_again() -> None:
    own = a_past("before-1", None)
    near = [own, a_past("before-3", "2021-06-07")]
    assert verdict(past=near) == Wait(moment("2021-06-09 07:00"))
    far = [own, a_past("before-3", "2021-06-06")]
    assert verdict(item=queued(an_other_first()), past=far) == Go()
    once = an_almanac(max_per_phase=1)
    assert verdict(past=far, almanac=once) == CallOff("enough")


def an_other_first() -> Wanted:
    one = chosen()
    return replace(one, facts=replace(one.facts, form=None))


def test_its_own_unknown_attempt_does_not_stand_in_its_way() -> None:
    own = a_past("before-1", "2021-06-08", state="unknown")
    once = an_almanac(max_per_phase=1)
    assert verdict(item=queued(attempts=1), past=[own], almanac=once) == Go()


def test_what_came_in_part_is_told_as_it_stands_now() -> None:
    some = a_standing("partial")
    found = verdict(standing=some)
    assert isinstance(found, Renew)
    assert (found.wanted.facts.missing, found.wanted.facts.came) == ("some", 8)
    assert found.wanted.key == chosen().key
    # What was tried may have arrived: other words would be a second mail.
    tried = queued(attempts=1)
    assert verdict(item=tried, standing=some) == CallOff("changed")
    again = queued(found.wanted)
    assert verdict(item=again, standing=some) == Go()


def test_an_address_that_went_bad_is_replaced_by_the_next() -> None:
    two = replace(WARD, addresses=("p9@example.org", "p9.b@example.org"))
    assert verdict(contact=a_contact(two, to="p9.b@example.org")) == Go()
    next_one = a_contact(
        two, to="p9.b@example.org", good=frozenset({"p9.b@example.org"})
    )
    found = verdict(contact=next_one)
    assert isinstance(found, Renew)
    assert found.wanted.to == "p9.b@example.org"
    nobody = a_contact(two, to=None, good=frozenset())
    assert verdict(contact=nobody) == CallOff("no_address")


def test_a_leaders_copy_is_looked_at_as_well() -> None:
    led = a_contact(replace(WARD, leader="Ông A", leader_address="bt@example.org"))
    almanac = an_almanac(leader_from="before-1")
    item = queued(chosen(almanac=almanac, contact=led))
    assert item.key.audience == "leader"
    assert verdict(item=item, almanac=almanac, contact=led, past=[]) == Go()
    done = a_standing("complete")
    called_off = verdict(item=item, almanac=almanac, contact=led, standing=done)
    assert called_off == CallOff("delivered")
    gone = a_contact(replace(led.unit, leader_address=None))
    assert verdict(item=item, almanac=almanac, contact=gone) == CallOff("no_address")


def test_the_opening_has_neither_gap_nor_cap() -> None:
    item = queued(chosen("2021-09-01 08:00"))
    standing = a_standing(phase="results")
    yesterday = [a_past("after-4", "2021-08-31")]
    none = an_almanac(max_per_phase=0)
    found = verdict("2021-09-01 08:00", item, standing, past=yesterday, almanac=none)
    assert found == Go()
    assert item.key.deadline == date(2021, 10, 5)
