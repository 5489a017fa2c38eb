import pytest

from daemon.mailbox.backoff import next_delay


def test_the_wait_doubles_from_five_seconds_to_a_quarter_of_an_hour() -> None:
    waits = [next_delay("unreachable", n, 0.0) for n in range(1, 11)]
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]


def test_chance_shortens_a_wait_by_at_most_a_fifth_and_never_lengthens_it() -> None:
    assert next_delay("unreachable", 20, 0.999) == pytest.approx(720, abs=1)
    assert 4 <= next_delay("unreachable", 1, 0.5) < 5


def test_a_refused_login_is_tried_three_times_in_a_quarter_then_hourly() -> None:
    waits = [next_delay("login_refused", n, 0.9) for n in range(1, 6)]
    assert sum(waits[:2]) <= 15 * 60
    assert waits[2:] == [3600, 3600, 3600]


def test_a_throttled_account_rests_an_hour_doubling_to_a_day() -> None:
    hours = [next_delay("throttled", n, 0.0) / 3600 for n in (1, 2, 3, 5, 6, 100)]
    assert hours == [1, 2, 4, 16, 24, 24]


def test_a_year_of_failures_does_not_overflow() -> None:
    assert next_delay("unreachable", 10**6, 0.0) == 900


def test_without_a_failure_there_is_no_delay() -> None:
    with pytest.raises(ValueError, match="failure"):
        next_delay("unreachable", 0, 0.0)
