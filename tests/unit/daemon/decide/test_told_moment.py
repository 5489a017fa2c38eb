from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from daemon.decide.phase import told_moment
from parsers.values.campaign import Phase

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PHASE = Phase(
    "registration", date(2021, 5, 1), date(2021, 6, 10), True, date(2021, 6, 9)
)


@pytest.mark.parametrize(
    ("received", "told"),
    [
        (datetime(2021, 6, 3, 9, tzinfo=ZONE), date(2021, 6, 9)),
        (datetime(2021, 6, 9, 23, 59, 59, tzinfo=ZONE), date(2021, 6, 9)),
        (datetime(2021, 6, 10, 8, tzinfo=ZONE), None),
        (datetime(2021, 6, 11, 0, 0, 1, tzinfo=ZONE), date(2021, 6, 10)),
    ],
)
def test_a_mail_names_the_stricter_day_unless_it_would_contradict_itself(
    received: datetime, told: date | None
) -> None:
    moment = told_moment(PHASE, received, ZONE)
    assert (moment.astimezone(ZONE).date() if moment else None) == told


def test_without_a_stricter_reading_the_judged_day_is_named() -> None:
    phase = Phase("registration", date(2021, 5, 1), date(2021, 6, 10))
    moment = told_moment(phase, datetime(2021, 6, 10, 8, tzinfo=ZONE), ZONE)
    assert moment is not None
    assert moment.astimezone(ZONE).date() == date(2021, 6, 10)
