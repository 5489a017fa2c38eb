"""The program's clock: real, or started elsewhere by `--now`.

Leases, back-off, budgets and dates follow it; socket and child limits do not.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Whoever can say what time it is for the program."""

    def now(self) -> datetime:
        """Return the present instant, aware."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the machine's time in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still: one command, one instant."""

    instant: datetime

    def now(self) -> datetime:
        """Return the instant."""
        return self.instant


@dataclass(frozen=True, slots=True)
class TickingClock:
    """A clock that was set to `instant` when the monotonic clock said `started`."""

    instant: datetime
    started: float

    def now(self) -> datetime:
        """Return the instant plus what has passed since."""
        return self.instant + timedelta(seconds=time.monotonic() - self.started)


def clock_from(instant: datetime | None, ticking: bool) -> Clock:
    """Return the clock for `--now` (aware, or None for the machine's)."""
    if instant is None:
        return SystemClock()
    return TickingClock(instant, time.monotonic()) if ticking else FixedClock(instant)
