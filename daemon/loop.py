"""The daemon: doors watched, mails worked off, answers sent, until it is told to stop.

APScheduler only wakes; what is due stands in the database. Each thread has its own
connection, and none of them ends because a step failed.
"""

import queue
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from apscheduler.schedulers.background import BackgroundScheduler

from daemon import journal
from daemon.arrivals import Kept
from daemon.dispatch import Dispatch
from daemon.intake import Intake
from daemon.passes import IN_HAND
from daemon.watch import Watcher

#: Seconds after which the outbox and the waiting mails are looked at in any case.
OUTBOX_SECONDS, WAITING_SECONDS = 15, 30
#: Seconds after which it is asked what the clock made due.
CLOCK_SECONDS = 15
#: Seconds that the mail in hand may still take once we are told to stop, and those
#: after which the doors and the mail server are not waited for any more.
GRACE, LAST = 6.0, 8.0
#: Seconds that the loop waits for a door before it looks at the readers again.
BEAT = 0.05
#: Seconds until a step that failed is tried again, and the longest such wait.
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0


@dataclass(slots=True)
class Daemon:
    """Everything that runs; `run` returns when `stop` was called."""

    intake: Intake
    dispatch: Dispatch
    watchers: Sequence[Watcher]
    #: What the clock makes due, or staff must hear; each says whether there is mail to
    #: send, has its own thread, and keeps none of the others back.
    ticks: Sequence[Callable[[], bool]] = ()
    stopping: threading.Event = field(default_factory=threading.Event)
    _mail_due: threading.Event = field(default_factory=threading.Event)
    _work_due: threading.Event = field(default_factory=threading.Event)
    _clocks: list[threading.Event] = field(default_factory=list)
    _arrivals: "queue.Queue[tuple[Kept, ...]]" = field(
        default_factory=lambda: queue.Queue(2)
    )
    _left: list[Kept] = field(default_factory=list)

    def run(self) -> None:
        """Run until told to stop; then finish the mail in hand, or give it back."""
        scheduler = self._scheduler()
        threads = [
            threading.Thread(target=self._forever, args=(name, step), daemon=True)
            for name, step in self._steps()
        ]
        scheduler.start()
        for thread in threads:
            thread.start()
        self._work_due.set()
        self._mail_due.set()
        self._wake_clocks()
        self._forever("work", self._work)
        begun = time.monotonic()
        scheduler.shutdown(wait=False)
        self._mail_due.set()
        self._wake_clocks()
        self._wind_up(begun + GRACE)
        for thread in threads:
            thread.join(max(0.0, begun + LAST - time.monotonic()))
        self.intake.give_back(self._not_taken())

    def stop(self) -> None:
        """Ask everything to end; safe in a signal handler."""
        self.stopping.set()

    def _scheduler(self) -> BackgroundScheduler:
        defaults = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        scheduler = BackgroundScheduler(job_defaults=defaults, timezone="UTC")
        scheduler.add_job(self._mail_due.set, "interval", seconds=OUTBOX_SECONDS)
        scheduler.add_job(self._work_due.set, "interval", seconds=WAITING_SECONDS)
        scheduler.add_job(self._wake_clocks, "interval", seconds=CLOCK_SECONDS)
        return scheduler

    def _steps(self) -> list[tuple[str, Callable[[], None]]]:
        watching = [(f"watch {w.name}", self._watching(w)) for w in self.watchers]
        self._clocks += [threading.Event() for _ in self.ticks]
        clocks = [
            (f"clock {number}", self._ticking(tick, due))
            for number, (tick, due) in enumerate(
                zip(self.ticks, self._clocks, strict=True), 1
            )
        ]
        return [("send", self._send), *clocks, *watching]

    def _wake_clocks(self) -> None:
        for due in self._clocks:
            due.set()

    def _watching(self, watcher: Watcher) -> Callable[[], None]:
        return lambda: watcher.watch(self._hand_on, self.stopping)

    def _hand_on(self, kept: tuple[Kept, ...]) -> None:
        while not self.stopping.is_set():
            try:
                self._arrivals.put(kept, timeout=1)
            except queue.Full:
                continue
            return
        self._left += kept

    def _forever(self, name: str, step: Callable[[], None]) -> None:
        wait = FIRST_WAIT
        while not self.stopping.is_set():
            try:
                step()
                wait = FIRST_WAIT
            # Broad on purpose, one of the house's four: the daemon outlives whatever
            # the world or we got wrong in one step. It says so, waits and tries again;
            # nothing is marked done that was not, so nothing is lost by it.
            except Exception as error:
                journal.internal_fault(name, error)
                self.stopping.wait(wait * random.uniform(0.8, 1.2))
                wait = min(wait * 2, LONGEST_WAIT)

    def _work(self) -> None:
        """Take what a door brought, settle what was read, claim what waits."""
        if self.intake.bytes_in_hand < IN_HAND:
            self._take(BEAT if not self.intake.busy else 0.001)
        if self.intake.settle(BEAT):
            self._mail_due.set()
            processed = self.intake.take_processed()
            for watcher in self.watchers:
                watcher.processed(processed)
        # More may wait than one claim takes: look again until nothing is left.
        due = self._work_due.is_set() and not self.intake.busy
        if due and not self.intake.claim():
            self._work_due.clear()

    def _take(self, seconds: float) -> None:
        try:
            self.intake.take(self._arrivals.get(timeout=seconds))
        except queue.Empty:
            return

    def _send(self) -> None:
        self._mail_due.wait(OUTBOX_SECONDS)
        self._mail_due.clear()
        self.dispatch.pass_over(self.stopping.is_set)

    def _ticking(
        self, tick: Callable[[], bool], due: threading.Event
    ) -> Callable[[], None]:
        """Return the step that asks one of them what became due."""

        def step() -> None:
            due.wait(CLOCK_SECONDS)
            due.clear()
            if not self.stopping.is_set() and tick():
                self._mail_due.set()

        return step

    def _wind_up(self, end: float) -> None:
        while self.intake.busy and time.monotonic() < end:
            self.intake.settle(BEAT)

    def _not_taken(self) -> list[Kept]:
        """Return what the doors brought and nobody took up any more."""
        found = list(self._left)
        while not self._arrivals.empty():
            found += self._arrivals.get_nowait()
        return found
