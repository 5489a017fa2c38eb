"""The slow pool: what quick readers need converted or seen, a file at a time.

At low priority: pictures are looked at, office programs run, and no quick reader waits.

It reads nothing itself; what was converted goes back to the quick pool with its mail.
"""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from daemon.workbench.jobs import Failure, Job, Made, Need, Outcome, Wanted
from daemon.workbench.office import Converter, OfficeProgram
from daemon.workbench.recogniser import Eyes, Recogniser
from daemon.workbench.workroom import Workroom
from parsers.values.limits import Limits


@dataclass(slots=True)
class _Work:
    """One mail that waits: what of it is still to be converted, and what is."""

    wanted: Wanted
    left: deque[Need]
    made: list[Made] = field(default_factory=list)
    #: Seconds that its conversions took.
    spent: float = 0.0


class SlowPool:
    """Threads that convert; a mail with many files takes turns with the others."""

    def __init__(
        self,
        office: OfficeProgram,
        limits: Limits,
        threads: int,
        done: Callable[[Job | Outcome], None],
        eyes: Eyes,
    ) -> None:
        """Prepare so many threads; `done` gets each job back, or that it failed.

        `eyes` are how pictures are looked at.
        """
        self._eyes = eyes
        self._office, self._limits, self._done = office, limits, done
        self._count = threads
        self._queue: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._converters: list[Converter] = []
        self._recognisers: list[Recogniser] = []
        self._room: Workroom | None = None
        self._lock = threading.Lock()

    @property
    def room(self) -> Workroom:
        """Return where payloads are kept, made when first asked for."""
        with self._lock:
            if self._room is None:
                self._room = Workroom()
            return self._room

    def converts(self) -> bool:
        """Say whether there is any program at all."""
        return self._office.program() is not None or not self._eyes.missing()

    def take(self, wanted: Wanted) -> None:
        """Have what a mail wants converted."""
        self._start()
        self._queue.put(_Work(wanted, deque(wanted.needs)))

    def close(self) -> None:
        """End everything; mails under way get no answer."""
        for converter in self._converters:
            converter.stop()
        for recogniser in self._recognisers:
            recogniser.stop()
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()
        if self._room is not None:
            self._room.close()

    def _start(self) -> None:
        """Start the threads with the first mail: most offices never need one."""
        with self._lock:
            if self._threads:
                return
            for _ in range(self._count):
                converter = Converter(self._office, self._limits)
                self._converters.append(converter)
                recogniser = Recogniser(self._limits, self._eyes)
                self._recognisers.append(recogniser)
                thread = threading.Thread(
                    target=self._serve, args=(converter, recogniser), daemon=True
                )
                self._threads.append(thread)
                thread.start()

    def _serve(self, converter: Converter, recogniser: Recogniser) -> None:
        while (work := self._queue.get()) is not None:
            need = work.left.popleft()
            since = time.monotonic()
            try:
                if need.conversion == "scan":
                    made = self._see(recogniser, need, work)
                else:
                    made = self._convert(converter, need, work)
            except OSError as error:
                failure = Failure("unavailable", f"no conversion: {error}")
                self._done(Outcome(work.wanted.job.id, failure=failure))
                continue
            work.spent += time.monotonic() - since
            work.made.append(made)
            if work.left:
                self._queue.put(work)
            else:
                job = work.wanted.job
                self._done(replace(job, made=(*job.made, *work.made)))

    def _convert(self, converter: Converter, need: Need, work: _Work) -> Made:
        if work.spent > self._limits.mail_seconds:
            return Made(need.sha256, need.conversion, code="limit_exceeded")
        found = converter.convert(need, self.room.folder, work.wanted.folder)
        if isinstance(found, str):
            return Made(need.sha256, need.conversion, code=found)
        return Made(need.sha256, need.conversion, file=str(found))

    def _see(self, recogniser: Recogniser, need: Need, work: _Work) -> Made:
        """Have an attachment's pages looked at, as far as the mail's time goes."""
        left = self._limits.mail_seconds - work.spent
        if left <= 0:
            return Made(need.sha256, need.conversion, code="rows_cut")
        found = recogniser.see(need, work.wanted.folder, left)
        if isinstance(found, str):
            return Made(need.sha256, need.conversion, code=found)
        return Made(need.sha256, need.conversion, file=str(found))
