"""One mailbox watched: collected, waited at, collected again; the poll is the truth."""

import contextlib
import queue
import random
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Protocol

from daemon import journal
from daemon.arrivals import Kept
from daemon.collect import DOOR_FAULTS, Collector
from daemon.courtesy import Courtesy
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

    def processed(self, messages: Collection[int]) -> None:
        """Be told which messages were processed, of whatever mailbox."""
        ...


@dataclass(slots=True)
class ImapWatcher:
    """Watches one IMAP mailbox; IDLE shortens the wait where the server has it."""

    collector: Collector
    courtesy: Courtesy
    poll_seconds: float
    idle: bool
    _to_show: "queue.SimpleQueue[int]" = field(default_factory=queue.SimpleQueue)
    _trouble: Trouble | None = None
    _failures: int = 0

    @property
    def name(self) -> str:
        """Return the mailbox's name."""
        return self.collector.account.name

    def processed(self, messages: Collection[int]) -> None:
        """Have messages marked on the server with the next look at it."""
        if self.collector.account.mark != "none":
            for message in messages:
                self._to_show.put(message)

    def watch(self, hand_on: HandOn, stopping: threading.Event) -> None:
        """Keep one connection until it is old or broken; then make the next."""
        try:
            self._connected(hand_on, stopping)
        except DOOR_FAULTS as error:
            self._wait_after(error, stopping)

    def _connected(self, hand_on: HandOn, stopping: threading.Event) -> None:
        collector = self.collector
        now = collector.room.clock.now
        with collector.held(), imap.connect(collector.account, now=now) as session:
            while not stopping.is_set() and not session.expired:
                self._show(session)
                for kept in collector.through(session):
                    hand_on(kept)
                    if stopping.is_set():
                        return
                self._recovered()
                self._wait(session, stopping)

    def _show(self, session: imap.Session) -> None:
        processed = []
        with contextlib.suppress(queue.Empty):
            while True:
                processed.append(self._to_show.get_nowait())
        if processed:
            self.courtesy.show_in(session, processed)

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
