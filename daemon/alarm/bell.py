"""The alarm: looks at what is stored, tells the staff once, and once when it is over.

It sends nothing itself: an alert is mail like any other, first in its turn.
"""

import json
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from daemon import journal
from daemon.alarm.judge import (
    OUTBOX_AGE,
    Seen,
    begun,
    conditions,
    ended,
    judged_short,
    missing_mails,
    secret,
    standing_since,
)
from daemon.alarm.silence import Jumps, Silence
from daemon.clock import Clock
from parsers.values.summary import AlertFacts
from storage import alerts, settled
from storage.database import Connection, Database
from storage.folders import folder_states
from storage.status import mailbox_lines
from storage.troubles import outbox_troubles

_MIB = 1 << 20
#: Since when folders have had mails that the ledger lacks, by mailbox/folder.
_SHORT = "alarm.short"


@dataclass(slots=True)
class Alarm:
    """Looks when it is told to. `silence` is watched by what runs on, and None in a
    single command, which can know of no stall and no jump.
    """

    database: Database
    clock: Clock
    recipients: tuple[str, ...]
    disk: Path
    floor_mib: int
    silence: Silence | None = None
    ticks: Callable[[], float] = time.monotonic
    _jumps: Jumps = field(default_factory=Jumps)
    _jumped: bool = False

    def look(self) -> int:
        """Tell what begins and what is over; return how many conditions changed.

        Without recipients nothing is noted, so that whoever is named later hears of
        what holds then.
        """
        now = self.clock.now()
        jumped = self._look_at_clocks(now)
        if not self.recipients:
            return 0
        with self.database.read() as connection:
            seen, short = self._see(connection, now, jumped)
            open_now = alerts.open_alerts(connection)
        found = tuple(conditions(seen, open_now))
        new = (*begun(found, open_now, now), *(secret(i, now) for i in seen.secrets))
        over = ended(found, open_now)
        return self._tell(new, over, short)

    @property
    def jumped(self) -> bool:
        """Return whether the clock jumped lately, as the last look found it."""
        return self._jumped

    def _look_at_clocks(self, now: datetime) -> bool | None:
        if self.silence is None:
            return None
        self._jumped = self._jumps.look(now, self.ticks())
        return self._jumped

    def _see(
        self, connection: Connection, now: datetime, jumped: bool | None
    ) -> tuple[Seen, str | None]:
        """Return what is seen, and what is to be kept of it for the next look."""
        states = folder_states(connection)
        stalled = self.silence.stalled(states, self.ticks()) if self.silence else {}
        before = settled.get(connection, _SHORT) or "{}"
        missing = missing_mails(mailbox_lines(connection), states)
        since = standing_since(missing, json.loads(before), now.isoformat())
        seen = Seen(
            folders=states,
            outbox=outbox_troubles(connection, now, OUTBOX_AGE),
            free=_free(self.disk),
            floor=self.floor_mib,
            secrets=alerts.secrets_untold(connection),
            stalled=stalled,
            short=judged_short(missing, since, now) if not jumped else {},
            jumped=jumped,
            steady=not jumped,
        )
        kept = json.dumps(since, ensure_ascii=False)
        return seen, kept if since != json.loads(before) else None

    def _tell(
        self,
        new: Sequence[AlertFacts],
        over: Sequence[alerts.OpenAlert],
        short: str | None,
    ) -> int:
        if not new and not over and short is None:
            return 0
        now = self.clock.now()
        with self.database.write() as connection:
            if short is not None:
                settled.put(connection, _SHORT, short)
            told = alerts.begin(connection, new, self.recipients)
            closed = alerts.end(connection, over, now, self.recipients)
        for one in told:
            journal.alert_begun(one.kind)
        for other in over:
            journal.alert_over(other.kind)
        return len(told) + closed


def _free(folder: Path) -> int:
    """Return the free MiB of the disk; none where it cannot even be asked."""
    try:
        return shutil.disk_usage(folder).free // _MIB
    except OSError:
        return 0
