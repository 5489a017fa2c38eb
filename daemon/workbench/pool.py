"""The quick pool: reader children that stay alive, take a batch each, and may die.

A mail that kills its child is repeated alone in a fresh one; if it kills that too, the
attachment in hand is left out and named, and only a death outside of every attachment
fails the mail.
"""

import contextlib
import queue
import threading
from collections.abc import Iterable, Iterator
from types import TracebackType

import msgspec

from daemon.grouping import grouped
from daemon.workbench.bench import Bench
from daemon.workbench.jobs import Job, Outcome
from parsers.values.reading import Rules

#: A batch for one child: enough to hide the hand-over, little enough to share out.
BATCH_MAILS = 16
BATCH_BYTES = 4 * 1024 * 1024


class Workbench:
    """Reader children behind a queue; close it, or use it in a `with` statement."""

    def __init__(self, rules: Rules, processes: int) -> None:
        """Prepare `processes` benches; a child starts with the first job it gets."""
        encoded = msgspec.json.encode(rules)
        self._jobs: queue.SimpleQueue[tuple[Job, ...] | None] = queue.SimpleQueue()
        self._outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._waiting = 0
        self._benches = [Bench(encoded, rules.limits) for _ in range(processes)]
        self._threads = [
            threading.Thread(target=self._serve, args=(bench,), daemon=True)
            for bench in self._benches
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> "Workbench":
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the children."""
        self.close()

    @property
    def waiting(self) -> int:
        """Return how many submitted jobs have no outcome yet."""
        return self._waiting

    def warm(self) -> None:
        """Start every child now, where mails are expected: a start takes a while."""
        for _ in self._threads:
            self._jobs.put(())

    def submit(self, jobs: Iterable[Job]) -> None:
        """Queue jobs; their outcomes come from `outcomes` in any order."""
        for batch in grouped(jobs, lambda j: len(j.raw), BATCH_MAILS, BATCH_BYTES):
            self._waiting += len(batch)
            self._jobs.put(batch)

    def outcomes(self, seconds: float | None = None) -> tuple[Outcome, ...]:
        """Return what is finished, waiting for at least one up to `seconds`.

        Empty when nothing is under way or the time has passed.
        """
        found: list[Outcome] = []
        if self._waiting:
            with contextlib.suppress(queue.Empty):
                found.append(self._outcomes.get(timeout=seconds))
        with contextlib.suppress(queue.Empty):
            while True:
                found.append(self._outcomes.get_nowait())
        self._waiting -= len(found)
        return tuple(found)

    def read(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """Yield the outcomes of `jobs` as they come."""
        self.submit(jobs)
        while self._waiting:
            yield from self.outcomes()

    def close(self) -> None:
        """End every child; jobs without an outcome stay without one."""
        for _ in self._threads:
            self._jobs.put(None)
        for bench in self._benches:
            bench.stop()
        for thread in self._threads:
            thread.join()

    def _serve(self, bench: Bench) -> None:
        while (batch := self._jobs.get()) is not None:
            if not batch:
                bench.warm()
            for outcome in bench.read(batch):
                self._outcomes.put(outcome)
