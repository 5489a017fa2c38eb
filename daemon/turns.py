"""Whose turn it is: what came together is decided together, in the order it came.

Readers finish in any order; without turns a replacement could be decided before the
version that it replaces. A mail that is slow to read keeps the others only so long.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from daemon.workbench import Outcome

#: Seconds for which what was read waits for its slow neighbours; then it goes first,
#: and the version in force is still the one that was received last.
PATIENCE = 20.0


@dataclass(slots=True)
class _Batch:
    left: set[int]
    read: list[Outcome] = field(default_factory=list)
    since: float | None = None


@dataclass(slots=True)
class Turns:
    """Outcomes by batch; `due` are those whose turn has come. Used by one thread.

    Instants are seconds of a monotonic clock.
    """

    due: list[Outcome] = field(default_factory=list)
    _batches: list[_Batch] = field(default_factory=list)

    def expect(self, ids: Collection[int]) -> None:
        """Note that these mails came together, after all that came before."""
        if ids:
            self._batches.append(_Batch(set(ids)))

    def arrived(self, outcomes: Iterable[Outcome], now: float) -> None:
        """Take outcomes; one that nobody waits for any more is due at once."""
        for outcome in outcomes:
            batch = next((b for b in self._batches if outcome.id in b.left), None)
            if batch is None:
                self.due.append(outcome)
                continue
            batch.left.discard(outcome.id)
            batch.read.append(outcome)
            batch.since = now if batch.since is None else batch.since
        self._advance(now)

    def patience(self, now: float) -> float | None:
        """Return for how many seconds more the slow are waited for; None: nobody is."""
        since = [b.since for b in self._batches if b.since is not None]
        return max(0.0, min(since) + PATIENCE - now) if since else None

    def take(self, everything: bool = False) -> tuple[Outcome, ...]:
        """Return and forget what is due; `everything` where nothing more will come."""
        if everything:
            self.due += [outcome for batch in self._batches for outcome in batch.read]
            self._batches = []
        taken, self.due = tuple(self.due), []
        return taken

    def again(self, outcomes: Iterable[Outcome]) -> None:
        """Put back what could not be stored just now; it goes first next time."""
        self.due[:0] = outcomes

    def clear(self) -> None:
        """Forget everything."""
        self.take(everything=True)

    def _advance(self, now: float) -> None:
        while self._batches and self._over(self._batches[0], now):
            self.due += self._batches.pop(0).read

    def _over(self, batch: _Batch, now: float) -> bool:
        late = any(
            b.since is not None and now - b.since >= PATIENCE for b in self._batches
        )
        return not batch.left or late
