"""Whether the digest of a day is due; pure, and without a database.

Which days are worked on is handed in: the calendar is not its business.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

When = Literal["always", "working_days", "if_changed"]
#: Why no digest is due; a sentence of the command line has the same key.
NotDue = Literal["digest_early", "digest_no_working_day"]


@dataclass(frozen=True, slots=True)
class Schedule:
    """When digests are made: from `at` on, at the office's own time."""

    at: time
    when: When
    zone: ZoneInfo
    is_working: Callable[[date], bool]


def day_of(schedule: Schedule, now: datetime) -> date:
    """Return the day of `now` (aware) as the office counts it."""
    return now.astimezone(schedule.zone).date()


def not_due(schedule: Schedule, now: datetime) -> NotDue | None:
    """Return why the digest of this day is not due at `now` (aware); None: it is.

    A day's digest is due from its hour to midnight, so that a machine that slept over
    it sends it late; the digest of a day that is over is not sent any more.
    """
    local = now.astimezone(schedule.zone)
    if schedule.when == "working_days" and not schedule.is_working(local.date()):
        return "digest_no_working_day"
    return "digest_early" if local.time() < schedule.at else None
