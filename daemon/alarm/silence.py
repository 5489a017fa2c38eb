"""How long a mailbox has been silent, and whether the clock jumped: by a clock that
never jumps.

Only what runs on can know it: a single command has no yesterday. Nothing is stored.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from storage.folders import FolderState

#: More than this between two looks of both clocks is a jump (RELIABILITY.md E13).
_JUMP = timedelta(minutes=10)
_HOLD = 30 * 60.0
#: No successful poll for so long is a stall, and never less than three polls.
_STALL = 15 * 60.0


@dataclass(slots=True)
class Silence:
    """Watches successes of the mailboxes. `polls` is seconds between two looks at each;
    instants are seconds of a monotonic clock.
    """

    polls: Mapping[str, float]
    _changed: dict[str, tuple[datetime | None, float]] = field(default_factory=dict)

    def stalled(self, states: Iterable[FolderState], ticks: float) -> dict[str, bool]:
        """Return of every mailbox whether it has been silent too long.

        A folder that fails while others of its mailbox succeed is silent by itself.
        """
        found: dict[str, bool] = {}
        known = tuple(states)
        for name, seconds in self.polls.items():
            mine = [state for state in known if state.mailbox == name]
            times = [s.last_success for s in mine if s.last_success is not None]
            patience = max(_STALL, 3 * seconds)
            found[name] = self._silent(name, max(times, default=None), ticks, patience)
            for one in mine:
                key = f"{name}/{one.folder}"
                if not one.healthy and len(mine) > 1:
                    silent = self._silent(key, one.last_success, ticks, patience)
                    found[key] = silent and not found[name]
                elif self._changed.pop(key, None) is not None:
                    found[key] = False
        return found

    def _silent(
        self, key: str, success: datetime | None, ticks: float, patience: float
    ) -> bool:
        before = self._changed.get(key)
        if before is None or before[0] != success:
            self._changed[key] = (success, ticks)
            return False
        return ticks - before[1] >= patience


@dataclass(slots=True)
class Jumps:
    """Tells whether the wall clock went otherwise than the monotonic one."""

    _last: tuple[datetime, float] | None = None
    _jumped: float | None = None

    def look(self, wall: datetime, ticks: float) -> bool:
        """Return whether the clock jumped within the last half hour.

        `wall` is aware; `ticks` are seconds of the monotonic clock at the same moment.
        """
        if self._last is not None:
            before, then = self._last
            drift = (wall - before) - timedelta(seconds=ticks - then)
            if abs(drift) > _JUMP:
                self._jumped = ticks
        self._last = (wall, ticks)
        return self._jumped is not None and ticks - self._jumped < _HOLD
