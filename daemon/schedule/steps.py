"""The days on which a phase reminds: a plan and the rules -> steps with their hours.

It knows no unit, and not what was sent.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from daemon.schedule.calendar import Calendar, Source
from parsers.values.campaign import Phase
from parsers.values.reminder import ReminderRules

OPENS = "opens"
#: How long a step that was missed is still sent (CONTRACT.md 6).
GRACE = timedelta(hours=48)
#: What is no night, unless `at` itself lies outside: then its hour is day too.
DAWN, DUSK = time(7, 0), time(21, 0)
_HOUR = timedelta(hours=1)
#: Days; no plan runs for longer, and dates end somewhere.
_LONGEST = 3660


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, days from the date it counts from (before: negative), the
    day it falls on, its instant (aware), and why it was moved there, if it was.
    """

    name: str
    offset: int
    day: date
    at: datetime
    moved: Source | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """The office's zone, and the part of a day in which it writes to people."""

    zone: ZoneInfo
    first: time
    last: time

    def is_day(self, now: datetime) -> bool:
        """Return whether it is no night at `now` (aware)."""
        local = now.astimezone(self.zone).time()
        return self.first <= local < self.last

    def next_day(self, now: datetime) -> datetime:
        """Return the next morning at or after `now`, or `now` itself by day."""
        if self.is_day(now):
            return now
        local = now.astimezone(self.zone)
        day = local.date() + timedelta(days=1 if local.time() >= self.last else 0)
        return self.morning(day)

    def morning(self, day: date) -> datetime:
        """Return when the day of that date begins, aware."""
        return datetime.combine(day, self.first, self.zone)

    def date(self, now: datetime) -> date:
        """Return the office's date at `now`."""
        return now.astimezone(self.zone).date()


def hours_of(rules: ReminderRules, zone: ZoneInfo) -> Hours:
    """Return the hours in which reminders may leave: by day, and from `at` on."""
    until = (datetime.combine(date.min, rules.at) + _HOUR).time()
    last = max(DUSK, until if until > rules.at else time.max)
    return Hours(zone, min(DAWN, rules.at), last)


def last_day(phase: Phase) -> date:
    """Return the last day that counts as in time."""
    return phase.deadline - timedelta(days=0 if phase.day_counts else 1)


def named_day(phase: Phase) -> date:
    """Return the day that mails name: the stricter reading of the deadline."""
    return phase.named or last_day(phase)


def offset_of(step: str) -> int:
    """Return how many days a step lies from its date: `before-7` is -7."""
    side, _, days = step.partition("-")
    return -int(days) if side == "before" else int(days)


@cache
def steps_of(
    phase: Phase, rules: ReminderRules, calendar: Calendar, zone: ZoneInfo
) -> tuple[Step, ...]:
    """Return the phase's steps in order of time, one a day, none before it opens.

    Steps that fall on one day are one, named by the nearest. `opens` is not among them.
    """
    by_day: dict[date, Step] = {}
    for step in _moved(phase, rules, calendar, zone):
        other = by_day.get(step.day)
        if step.day >= phase.opens and (
            other is None or abs(step.offset) < abs(other.offset)
        ):
            by_day[step.day] = step
    return tuple(by_day[day] for day in sorted(by_day))


@cache
def opening_of(
    phase: Phase, rules: ReminderRules, calendar: Calendar, zone: ZoneInfo
) -> Step:
    """Return when the mail leaves that says a phase is open: a day of work."""
    return _step(
        OPENS,
        0,
        (phase.opens, calendar.on_or_after(phase.opens)),
        _Made(rules.at, calendar, zone),
    )


def due_step(steps: Sequence[Step], now: datetime, since: date) -> Step | None:
    """Return the step whose reminders are due at `now` (aware), if any.

    It is the last whose time has come, for 48 hours. `since` is the day on which the
    program was first started: what fell before it is never caught up.
    """
    come = [step for step in steps if step.at <= now]
    if not come or come[-1].day < since:
        return None
    return come[-1] if now - come[-1].at <= GRACE else None


@dataclass(frozen=True, slots=True)
class _Made:
    """What every step is made with."""

    at: time
    calendar: Calendar
    zone: ZoneInfo


def _moved(
    phase: Phase, rules: ReminderRules, calendar: Calendar, zone: ZoneInfo
) -> Iterator[Step]:
    made = _Made(rules.at, calendar, zone)
    for days in (n for n in rules.days_before if n <= _LONGEST):
        day = _days_on(named_day(phase), -days)
        yield _step(f"before-{days}", -days, (day, calendar.on_or_before(day)), made)
    for days in (n for n in rules.days_after if n <= _LONGEST):
        day = _days_on(last_day(phase), days)
        yield _step(f"after-{days}", days, (day, calendar.on_or_after(day)), made)


def _days_on(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _step(name: str, offset: int, days: tuple[date, date], made: _Made) -> Step:
    meant, day = days
    moved = made.calendar.judge(meant)[1] if day != meant else None
    return Step(name, offset, day, datetime.combine(day, made.at, made.zone), moved)
