"""The Vietnamese calendar: weekends, holidays, days in lieu, the plan's word."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.schedule.calendar import Calendar, calendar_of

PLAIN = Calendar()


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("written", "works", "source"),
    [
        ("2021-04-29", True, "weekday"),
        ("2021-04-30", False, "holiday"),
        ("2021-05-01", False, "holiday"),
        ("2021-05-02", False, "weekend"),
        # In lieu of Saturday 1 May.
        ("2021-05-03", False, "holiday"),
        ("2021-05-04", True, "weekday"),
        ("2021-06-05", False, "weekend"),
        ("2021-06-06", False, "weekend"),
        ("2021-09-01", True, "weekday"),
        ("2021-09-02", False, "holiday"),
        ("2021-09-03", False, "holiday"),
        ("2021-09-06", True, "weekday"),
        # Tết, and the day of the Hùng kings.
        ("2021-02-10", False, "holiday"),
        ("2021-02-17", True, "weekday"),
        ("2021-04-21", False, "holiday"),
        # Swapped days: Monday 29 April 2024 off for Saturday 4 May.
        ("2024-04-29", False, "holiday"),
        ("2024-05-04", True, "made_up"),
        ("2025-05-02", False, "holiday"),
        ("2025-04-26", True, "made_up"),
        ("2026-08-31", False, "holiday"),
        ("2026-08-22", True, "made_up"),
    ],
)
def test_days_of_several_years(written: str, works: bool, source: str) -> None:
    assert PLAIN.judge(day(written)) == (works, source)


def test_the_plan_speaks_before_the_law() -> None:
    # QUIRK: the package knows nothing of Friday 2 January 2026, made up on the 10th.
    swapped = calendar_of([day("2026-01-02")], [day("2026-01-10")])
    assert PLAIN.works(day("2026-01-02"))
    assert swapped.judge(day("2026-01-02")) == (False, "plan")
    assert swapped.judge(day("2026-01-10")) == (True, "plan")
    opened = calendar_of([], [day("2021-05-03"), day("2021-06-06")])
    assert opened.works(day("2021-05-03"))
    assert opened.works(day("2021-06-06"))


@pytest.mark.parametrize(
    ("written", "before", "after"),
    [
        ("2021-06-08", "2021-06-08", "2021-06-08"),
        ("2021-06-06", "2021-06-04", "2021-06-07"),
        ("2021-05-02", "2021-04-29", "2021-05-04"),
        ("2021-09-02", "2021-09-01", "2021-09-06"),
        ("2021-02-13", "2021-02-09", "2021-02-17"),
        # Over the turn of a year.
        ("2023-01-01", "2022-12-30", "2023-01-03"),
    ],
)
def test_a_day_is_moved_to_the_working_day_before_or_after(
    written: str, before: str, after: str
) -> None:
    assert PLAIN.on_or_before(day(written)) == day(before)
    assert PLAIN.on_or_after(day(written)) == day(after)


@given(
    st.dates(date(2015, 1, 1), date(2035, 12, 31)),
    st.frozensets(st.integers(-5, 5)),
    st.frozensets(st.integers(-5, 5)),
)
def test_a_moved_day_is_the_nearest_one_of_work(
    asked: date, off: frozenset[int], work: frozenset[int]
) -> None:
    calendar = calendar_of(
        [asked + timedelta(days=n) for n in off],
        [asked + timedelta(days=n) for n in work - off],
    )
    before, after = calendar.on_or_before(asked), calendar.on_or_after(asked)
    assert before <= asked <= after
    assert calendar.works(before)
    assert calendar.works(after)
    between = (after - before).days
    passed = [before + timedelta(days=n) for n in range(1, between)]
    assert not any(calendar.works(one) for one in passed if one != asked)
    assert calendar.works(asked) == (before == asked == after)
