"""The pools: quick reader children, and behind them the slow conversions.

Quick are reader children that stay alive, take a batch each, and may die.

A mail that kills its child is repeated alone in a fresh one; if it kills that too, the
attachment in hand is left out and named, and only a death outside of every attachment
fails the mail.
"""

import contextlib
import queue
import shutil
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import msgspec

from daemon.grouping import grouped
from daemon.workbench.bench import Bench
from daemon.workbench.jobs import Job, Outcome, Wanted
from daemon.workbench.office import OfficeProgram
from daemon.workbench.recogniser import Eyes
from daemon.workbench.slow import SlowPool
from parsers.values.reading import Rules

#: A batch for one child: enough to hide the hand-over, little enough to share out.
BATCH_MAILS = 16
BATCH_BYTES = 4 * 1024 * 1024


class Workbench:
    """Reader children behind a queue; close it, or use it in a `with` statement."""

    def __init__(
        self,
        rules: Rules,
        processes: int,
        office: OfficeProgram | None = None,
        eyes: Eyes | None = None,
    ) -> None:
        """Prepare `processes` benches; a child starts with the first job it gets.

        `office` says where an office program is looked for, in the usual places if it
        is None. Conversions have all processes but one, and at least one, of their own.
        `eyes` say how pictures are looked at, with all that is installed if None.
        """
        encoded = msgspec.json.encode(rules)
        self._jobs: queue.SimpleQueue[tuple[Job, ...] | None] = queue.SimpleQueue()
        self._outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._waiting = 0
        self._folders: dict[int, Path] = {}
        self._slow = SlowPool(
            office or OfficeProgram(),
            rules.limits,
            max(1, processes - 1),
            self._converted,
            eyes or Eyes(),
        )
        self._benches = [
            Bench(encoded, rules.limits, self._slow) for _ in range(processes)
        ]
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
        self._slow.close()

    def _converted(self, found: Job | Outcome) -> None:
        """Have a mail read again with what was converted for it."""
        if isinstance(found, Job):
            self._jobs.put((found,))
        else:
            self._finish(found)

    def _finish(self, outcome: Outcome) -> None:
        folder = self._folders.pop(outcome.id, None)
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        self._outcomes.put(outcome)

    def _wait(self, wanted: Wanted) -> None:
        """Have converted what a mail wants; what it got before stays beside that."""
        before = self._folders.get(wanted.job.id)
        if before is not None:
            moved = wanted.folder.rename(before / wanted.folder.name)
            needs = [
                replace(n, source=str(moved / Path(n.source).name))
                for n in wanted.needs
            ]
            wanted = Wanted(wanted.job, moved, tuple(needs))
        else:
            self._folders[wanted.job.id] = wanted.folder
        self._slow.take(wanted)

    def _serve(self, bench: Bench) -> None:
        while (batch := self._jobs.get()) is not None:
            if not batch:
                bench.warm()
            for outcome in bench.read(batch):
                if outcome.wanted is not None:
                    self._wait(outcome.wanted)
                else:
                    self._finish(outcome)
