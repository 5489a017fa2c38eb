"""Working days of Vietnamese offices: the law's holidays, then the plan's own word.

It knows no hours and no plan.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

#: What decided that a day is one of work, or none.
Source = Literal["plan", "holiday", "weekend", "made_up", "weekday"]

_SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The office's calendar; `off` and `work` are the plan's, and go before the law.

    QUIRK: days off in lieu are decreed weeks before they come, so that the package
    `holidays` learns of them late; whoever knows one earlier writes it into the plan.
    """

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()

    def judge(self, day: date) -> tuple[bool, Source]:
        """Return whether people work that day, and what says so."""
        if day in self.off:
            return False, "plan"
        if day in self.work:
            return True, "plan"
        off, made_up = _national(day.year)
        if day in made_up:
            return True, "made_up"
        if day in off:
            return False, "holiday"
        weekend = day.weekday() >= _SATURDAY
        return not weekend, "weekend" if weekend else "weekday"

    def works(self, day: date) -> bool:
        """Return whether people work that day."""
        return self.judge(day)[0]

    def on_or_before(self, day: date) -> date:
        """Return the day, or the last working day before it."""
        while not self.works(day):
            day -= _DAY
        return day

    def on_or_after(self, day: date) -> date:
        """Return the day, or the first working day after it."""
        while not self.works(day):
            day += _DAY
        return day


def calendar_of(off: Iterable[date], work: Iterable[date]) -> Calendar:
    """Return the calendar with a plan's overrides."""
    return Calendar(frozenset(off), frozenset(work))


@cache
def _national(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return the days off by law of a year, and the weekend days worked for others."""
    # Loaded with the first question: most commands ask none.
    import holidays

    known = holidays.country_holidays("VN", years=year)
    made_up = (day for day in known.weekend_workdays if day.year == year)
    return frozenset(known), frozenset(made_up)
