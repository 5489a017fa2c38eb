"""When a digest is due: from its hour to midnight, on the days that are named."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from daemon.digest.due import NotDue, Schedule, When, day_of, not_due

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WORKS = {date(2021, 6, 8), date(2021, 6, 12)}


def schedule(when: When) -> Schedule:
    return Schedule(time(7, 30), when, ZONE, WORKS.__contains__)


@pytest.mark.parametrize(
    ("when", "day", "hour", "reason"),
    [
        ("working_days", 8, (7, 29), "digest_early"),
        ("working_days", 8, (7, 30), None),
        ("working_days", 8, (23, 59), None),
        ("working_days", 9, (12, 0), "digest_no_working_day"),
        ("working_days", 12, (8, 0), None),
        ("always", 9, (8, 0), None),
        ("always", 9, (0, 0), "digest_early"),
        ("if_changed", 9, (8, 0), None),
    ],
)
def test_a_digest_is_due_on_its_days_from_its_hour(
    when: When, day: int, hour: tuple[int, int], reason: NotDue | None
) -> None:
    now = datetime(2021, 6, day, *hour, tzinfo=ZONE)
    assert not_due(schedule(when), now) == reason


def test_the_day_is_the_offices_own() -> None:
    utc = datetime(2021, 6, 8, 23, 0, tzinfo=ZoneInfo("UTC"))
    assert day_of(schedule("always"), utc) == date(2021, 6, 9)
