"""The days on which a phase reminds, by plan, rules and calendar."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.schedule.steps import (
    GRACE,
    due_step,
    hours_of,
    last_day,
    named_day,
    offset_of,
    steps_of,
)
from parsers.values.campaign import Phase
from parsers.values.reminder import ReminderRules
from tests.builders.reminders import (
    PLAN,
    ZONE,
    a_plan,
    an_almanac,
    moment,
    names,
)


def test_the_shipped_plan_reminds_on_these_days() -> None:
    almanac = an_almanac()
    assert names(almanac, "registration") == [
        ("before-14", "2021-05-26"),
        ("before-7", "2021-06-02"),
        # Three days before 9 June is a Sunday.
        ("before-3", "2021-06-04"),
        ("before-1", "2021-06-08"),
        # One day after the last that counts, not after the one that mails name.
        ("after-1", "2021-06-11"),
        ("after-4", "2021-06-14"),
    ]
    assert names(almanac, "results") == [
        ("opens", "2021-09-01"),
        ("before-14", "2021-09-20"),
        ("before-7", "2021-09-27"),
        # Both fall on Friday 1 October: one reminder, named by the nearest.
        ("before-1", "2021-10-01"),
        ("after-1", "2021-10-06"),
        ("after-4", "2021-10-11"),
    ]


@pytest.mark.parametrize(
    ("phase", "rules", "wanted"),
    [
        # 30 April to 3 May are off: the step goes to Thursday the 29th.
        (
            {"opens": "2021-04-01", "deadline": "2021-05-04", "named": "2021-05-04"},
            {"days_before": (1, 2, 3, 7), "days_after": ()},
            [("before-7", "2021-04-27"), ("before-1", "2021-04-29")],
        ),
        # 2 and 3 September are off, 4 and 5 a weekend.
        (
            {"opens": "2021-08-01", "deadline": "2021-09-01", "named": "2021-09-01"},
            {"days_before": (0,), "days_after": (1, 2, 5)},
            [("before-0", "2021-09-01"), ("after-1", "2021-09-06")],
        ),
        # The deadline's own day does not count: one day after is the day itself.
        (
            {"deadline": "2021-06-10", "day_counts": False, "named": None},
            {"days_before": (1,), "days_after": (1,)},
            [("before-1", "2021-06-08"), ("after-1", "2021-06-10")],
        ),
        # Nothing is asked for before the phase opens.
        (
            {"opens": "2021-06-05", "deadline": "2021-06-10", "named": None},
            {"days_before": (14, 7, 5, 1), "days_after": ()},
            [("before-1", "2021-06-09")],
        ),
        # Tết of 2022: a week without any day of work.
        (
            {"opens": "2022-01-01", "deadline": "2022-02-05", "named": None},
            {"days_before": (1, 3, 6), "days_after": (1,)},
            [("before-1", "2022-01-28"), ("after-1", "2022-02-07")],
        ),
        # Saturday 4 May 2024 is worked for Monday 29 April.
        (
            {"opens": "2024-04-01", "deadline": "2024-05-05", "named": None},
            {"days_before": (1, 5), "days_after": ()},
            [("before-5", "2024-04-26"), ("before-1", "2024-05-04")],
        ),
    ],
)
def test_steps_are_moved_off_holidays(
    phase: dict[str, Any], rules: dict[str, Any], wanted: list[tuple[str, str]]
) -> None:
    almanac = an_almanac(a_plan(**phase), **rules)
    assert names(almanac, "registration") == wanted


def test_the_plans_own_days_move_steps_and_a_moved_step_says_why() -> None:
    plan = replace(a_plan(), off=(date(2021, 6, 8),), work=(date(2021, 6, 6),))
    almanac = an_almanac(plan)
    found = dict(names(almanac, "registration"))
    assert (found["before-3"], found["before-1"]) == ("2021-06-06", "2021-06-07")
    phase = plan.phases[0]
    moved = {s.name: s.moved for s in almanac.steps(plan, phase)}
    assert (moved["before-1"], moved["before-3"]) == ("plan", None)
    (friday,) = (s for s in an_almanac().steps(PLAN, phase) if s.name == "before-3")
    assert friday.moved == "weekend"


def test_a_phase_opens_at_its_hour_on_a_day_of_work() -> None:
    almanac = an_almanac(a_plan("results", opens="2021-09-04"), at=time(7, 15))
    opening = almanac.steps(almanac.campaigns[0], almanac.campaigns[0].phases[1])[0]
    assert (opening.name, opening.at) == ("opens", moment("2021-09-06 07:15"))


@pytest.mark.parametrize(
    ("now", "name"),
    [
        ("2021-06-08 07:59:59", None),
        ("2021-06-08 08:00", "before-1"),
        ("2021-06-10 08:00", "before-1"),
        ("2021-06-10 08:00:01", None),
        # The next step has its day: the missed one is not sent beside it.
        ("2021-06-11 08:00", "after-1"),
        ("2021-06-14 09:00", "after-4"),
    ],
)
def test_a_missed_step_is_due_for_two_days_unless_the_next_is(
    now: str, name: str | None
) -> None:
    almanac = an_almanac()
    steps = almanac.steps(PLAN, PLAN.phases[0])
    found = due_step(steps, moment(now), date(2021, 5, 1))
    assert (found.name if found else None) == name


def test_nothing_is_caught_up_from_before_the_first_start() -> None:
    now = "2021-06-09 10:00"
    assert an_almanac(since="2021-06-08").agendas(moment(now))
    assert not an_almanac(since="2021-06-09").agendas(moment(now))


def test_the_opening_and_a_step_of_its_day_are_both_due() -> None:
    plan = a_plan("results", opens="2021-09-20")
    almanac = an_almanac(plan)

    def due(now: str) -> list[str]:
        return [a.step.name for a in almanac.agendas(moment(now))]

    assert due("2021-09-20 08:00") == ["opens", "before-14"]
    assert due("2021-09-22 08:00") == ["opens", "before-14"]
    assert due("2021-09-22 08:01") == []


@pytest.mark.parametrize(
    ("at", "now", "by_day"),
    [
        (time(8), "06:59", False),
        (time(8), "07:00", True),
        (time(8), "20:59", True),
        (time(8), "21:00", False),
        (time(8), "02:00", False),
        # Whoever asks for an odd hour gets it, and no more than that.
        (time(5, 30), "05:29", False),
        (time(5, 30), "05:30", True),
        (time(22), "22:30", True),
        (time(22), "23:00", False),
        (time(23, 30), "23:45", True),
    ],
)
def test_nobody_is_written_to_at_night(at: time, now: str, by_day: bool) -> None:
    hours = hours_of(ReminderRules(at=at), ZONE)
    instant = moment(f"2021-06-08 {now}")
    assert hours.is_day(instant) == by_day
    assert (hours.next_day(instant) == instant) == by_day
    assert hours.is_day(hours.next_day(instant))


def test_the_night_ends_in_the_morning_that_comes() -> None:
    hours = hours_of(ReminderRules(), ZONE)
    assert hours.next_day(moment("2021-06-08 23:10")) == moment("2021-06-09 07:00")
    assert hours.next_day(moment("2021-06-09 01:10")) == moment("2021-06-09 07:00")


days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
many = st.lists(st.integers(0, 40), max_size=6, unique=True).map(tuple)


@given(days, st.integers(0, 90), st.integers(0, 3), many, many, st.booleans())
def test_steps_keep_their_side_of_the_deadline_and_stand_alone_on_their_day(
    opens: date,
    length: int,
    stricter: int,
    before: tuple[int, ...],
    after: tuple[int, ...],
    counts: bool,
) -> None:
    deadline = opens + timedelta(days=length)
    named = max(opens, deadline - timedelta(days=stricter))
    phase = Phase("registration", opens, deadline, counts, named)
    later = tuple(n for n in after if n > 0)
    rules = ReminderRules(days_before=before, days_after=later)
    almanac = an_almanac()
    calendar = almanac.calendar(PLAN)
    found = steps_of(phase, rules, calendar, ZONE)
    assert [s.day for s in found] == sorted({s.day for s in found})
    for step in found:
        assert calendar.works(step.day)
        assert step.day >= opens
        if step.offset <= 0:
            meant = named_day(phase) + timedelta(days=step.offset)
            assert step.day <= meant
        else:
            meant = last_day(phase) + timedelta(days=step.offset)
            assert step.day >= meant
        assert offset_of(step.name) == step.offset
        assert step.at == datetime.combine(step.day, time(8), ZONE)
    # None is lost: each that was asked for has its day, or lies before the opening.
    kept = {s.day for s in found}
    for n in before:
        day = calendar.on_or_before(named_day(phase) - timedelta(days=n))
        assert day in kept or day < opens


@given(st.integers(0, 215 * 24 * 60))
def test_at_most_one_step_is_due_and_never_an_old_one(minute: int) -> None:
    almanac = an_almanac()
    instant = moment("2021-05-01 00:00") + timedelta(minutes=minute)
    for phase in PLAN.phases:
        due = [s for s in almanac.due(PLAN, phase, instant) if s.name != "opens"]
        assert len(due) <= 1
        for step in due:
            assert step.at <= instant <= step.at + GRACE
            later = [s for s in almanac.steps(PLAN, phase) if s.at > step.at]
            assert all(s.at > instant for s in later)
