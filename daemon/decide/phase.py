"""When a phase opens, and what is late: dates of the office's time zone."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from parsers.values.campaign import Phase


def opens_at(phase: Phase, zone: ZoneInfo) -> datetime:
    """Return the first instant of the phase, aware."""
    return midnight(phase.opens, zone)


def last_moment(phase: Phase, zone: ZoneInfo) -> datetime:
    """Return the last second that counts as in time, aware."""
    day = phase.deadline + timedelta(days=1 if phase.day_counts else 0)
    return midnight(day, zone) - timedelta(seconds=1)


def is_open(phase: Phase, received: datetime, zone: ZoneInfo) -> bool:
    """Return whether the phase had opened; its deadline does not close it."""
    return received >= opens_at(phase, zone)


def is_late(phase: Phase, received: datetime, zone: ZoneInfo) -> bool:
    """Return whether `received`, judged in whole seconds, is after the last of them."""
    return received.replace(microsecond=0) > last_moment(phase, zone)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the beginning of a day at the office, aware."""
    return datetime.combine(day, time(), zone)
