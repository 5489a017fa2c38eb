"""One mailbox watched: collected, waited at, collected again; the poll is the truth."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from daemon import journal
from daemon.arrivals import Kept
from daemon.collect import BusyMailboxError, Collector, DiskFullError
from daemon.mailbox import imap
from daemon.mailbox.backoff import Trouble, next_delay
from daemon.mailbox.errors import LoginRefusedError, MailboxError, ThrottledError

HandOn = Callable[[tuple[Kept, ...]], None]


class Watcher(Protocol):
    """A door that brings mails until it is told to stop."""

    @property
    def name(self) -> str:
        """Return the mailbox's name."""
        ...

    def watch(self, hand_on: HandOn, stopping: threading.Event) -> None:
        """Hand on what comes, until `stopping`."""
        ...


@dataclass(slots=True)
class ImapWatcher:
    """Watches one IMAP mailbox; IDLE shortens the wait where the server has it."""

    collector: Collector
    poll_seconds: float
    idle: bool
    _trouble: Trouble | None = None
    _failures: int = 0

    @property
    def name(self) -> str:
        """Return the mailbox's name."""
        return self.collector.account.name

    def watch(self, hand_on: HandOn, stopping: threading.Event) -> None:
        """Keep one connection until it is old or broken; then make the next."""
        try:
            self._connected(hand_on, stopping)
        except (MailboxError, DiskFullError, BusyMailboxError) as error:
            self._wait_after(error, stopping)

    def _connected(self, hand_on: HandOn, stopping: threading.Event) -> None:
        collector = self.collector
        now = collector.room.clock.now
        with collector.held(), imap.connect(collector.account, now=now) as session:
            while not stopping.is_set() and not session.expired:
                for kept in collector.through(session):
                    hand_on(kept)
                    if stopping.is_set():
                        return
                self._recovered()
                self._wait(session, stopping)

    def _wait(self, session: imap.Session, stopping: threading.Event) -> None:
        end = time.monotonic() + self.poll_seconds
        if self.idle and session.idle(self.poll_seconds, stopping.is_set):
            return
        # A server without IDLE answers at once: then the clock alone says when.
        stopping.wait(max(0.0, end - time.monotonic()))

    def _recovered(self) -> None:
        if self._trouble is not None:
            journal.mailbox_recovered(self.name)
        self._trouble, self._failures = None, 0

    def _wait_after(self, error: Exception, stopping: threading.Event) -> None:
        trouble = _trouble_of(error)
        self._failures = self._failures + 1 if trouble == self._trouble else 1
        self._trouble = trouble
        seconds = next_delay(trouble, self._failures, random.random())
        journal.mailbox_failed(self.name, error, seconds)
        if isinstance(error, MailboxError):
            self.collector.failed(error)
        stopping.wait(seconds)


def _trouble_of(error: Exception) -> Trouble:
    if isinstance(error, LoginRefusedError):
        return "login_refused"
    return "throttled" if isinstance(error, ThrottledError) else "unreachable"
