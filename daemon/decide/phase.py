"""When a phase opens, and what is late: dates of the office's time zone."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from parsers.values.campaign import Phase

#: The sender's own clock is shown where it differs by more than this.
_NOTABLE = timedelta(hours=1)


def opens_at(phase: Phase, zone: ZoneInfo) -> datetime:
    """Return the first instant of the phase, aware."""
    return midnight(phase.opens, zone)


def last_moment(phase: Phase, zone: ZoneInfo) -> datetime:
    """Return the last second that counts as in time, aware."""
    day = phase.deadline + timedelta(days=1 if phase.day_counts else 0)
    return midnight(day, zone) - timedelta(seconds=1)


def told_moment(phase: Phase, received: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the last moment that a mail to whoever wrote at `received` names.

    Mails name the stricter reading. It is left out where it would contradict the
    judgement (received after it, and in time all the same); who was late is told what
    was judged.
    """
    if is_late(phase, received, zone) or phase.named is None:
        return last_moment(phase, zone)
    named = midnight(phase.named + timedelta(days=1), zone) - timedelta(seconds=1)
    return named if received <= named else None


def is_open(phase: Phase, received: datetime, zone: ZoneInfo) -> bool:
    """Return whether the phase had opened; its deadline does not close it."""
    return received >= opens_at(phase, zone)


def is_late(phase: Phase, received: datetime, zone: ZoneInfo) -> bool:
    """Return whether `received`, judged in whole seconds, is after the last of them."""
    return received.replace(microsecond=0) > last_moment(phase, zone)


def differing_date(sent: datetime | None, received: datetime) -> datetime | None:
    """Return the sender's own date where it lies more than an hour from `received`."""
    if sent is None or sent.tzinfo is None:
        return None
    return sent if abs(sent - received) > _NOTABLE else None


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the beginning of a day at the office, aware."""
    return datetime.combine(day, time(), zone)
