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
    #: Key -> last success, when it was seen first, whether an earlier one was seen.
    _changed: dict[str, tuple[datetime | None, float, bool]] = field(
        default_factory=dict
    )

    def stalled(self, states: Iterable[FolderState], ticks: float) -> dict[str, bool]:
        """Return of the mailboxes whether they have been silent too long.

        One of which nobody can say yet is left out: a daemon that just started knows of
        no success of its own. A folder that fails while others of its mailbox succeed
        is silent by itself.
        """
        known = tuple(states)
        found: dict[str, bool | None] = {}
        for name, seconds in self.polls.items():
            mine = [state for state in known if state.mailbox == name]
            times = [s.last_success for s in mine if s.last_success is not None]
            patience = max(_STALL, 3 * seconds)
            whole = self._silent(name, max(times, default=None), ticks, patience)
            found[name] = whole
            for one in mine if len(mine) > 1 else ():
                key = f"{name}/{one.folder}"
                alone = self._silent(key, one.last_success, ticks, patience)
                # What the whole mailbox is silent of is told once.
                found[key] = alone if not alone or not one.healthy else None
                if whole and alone:
                    found[key] = None
        return {key: silent for key, silent in found.items() if silent is not None}

    def _silent(
        self, key: str, success: datetime | None, ticks: float, patience: float
    ) -> bool | None:
        before = self._changed.get(key)
        if before is None:
            self._changed[key] = (success, ticks, False)
            return None
        if before[0] != success:
            self._changed[key] = (success, ticks, True)
            return False
        if ticks - before[1] >= patience:
            return True
        return False if before[2] else None


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
