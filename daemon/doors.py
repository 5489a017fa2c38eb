"""All doors of one pass: each collected in a thread of its own, handed on in turn.

A few batches wait at most; who reads slowly makes the fetchers wait.
"""

import queue
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from daemon.arrivals import Kept

#: Batches that may wait for the reader, of all doors together.
WAITING = 2

Collect = Callable[[], Iterator[tuple[Kept, ...]]]


@dataclass(frozen=True, slots=True)
class Door:
    """A mailbox by name, and what collects it."""

    name: str
    collect: Collect


@dataclass(frozen=True, slots=True)
class _End:
    door: str
    error: BaseException | None


@dataclass(slots=True)
class Doors:
    """One pass over some doors; `failed` is filled as they end."""

    doors: Sequence[Door]
    catch: tuple[type[Exception], ...]
    failed: dict[str, Exception] = field(default_factory=dict)
    _batches: "queue.Queue[tuple[Kept, ...] | _End]" = field(
        default_factory=lambda: queue.Queue(WAITING)
    )
    _stopping: threading.Event = field(default_factory=threading.Event)

    def batches(self, seconds: float) -> Iterator[tuple[Kept, ...]]:
        """Yield batches of all doors; an empty one when nothing came in `seconds`.

        Ends when every door is at its end. An error of `catch` ends its door alone and
        stands in `failed`; any other is raised here.
        """
        for door in self.doors:
            threading.Thread(target=self._serve, args=(door,), daemon=True).start()
        left = len(self.doors)
        while left:
            try:
                found = self._batches.get(timeout=seconds)
            except queue.Empty:
                yield ()
                continue
            if isinstance(found, _End):
                left -= 1
                self._ended(found)
            else:
                yield found

    def _ended(self, end: _End) -> None:
        if isinstance(end.error, self.catch):
            self.failed[end.door] = end.error
        elif end.error is not None:
            raise end.error

    def stop(self) -> None:
        """Ask the doors to end after the batch in hand."""
        self._stopping.set()

    def _serve(self, door: Door) -> None:
        error: BaseException | None = None
        try:
            for kept in door.collect():
                self._batches.put(kept)
                if self._stopping.is_set():
                    break
        except self.catch as caught:
            error = caught
        finally:
            # What nobody expected is told to whoever reads, not to this thread alone.
            self._batches.put(_End(door.name, error or sys.exception()))
