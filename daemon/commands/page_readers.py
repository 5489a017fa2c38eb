"""What the page has reader children do: read a paper, take a file out, decide a mail.

One page has one child, which starts with the first such wish and ends with the page.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from daemon.commands import house
from daemon.commands.office import Office
from daemon.commands.papers import paper_from
from daemon.page.parts import Readers
from daemon.recording import Paper
from daemon.workbench import Job, Workbench
from daemon.workbench.painter import Painter


@dataclass(slots=True)
class PageReaders:
    """Reader children for one page; used by several threads, one after the other."""

    office: Office
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _bench: Workbench | None = None
    _painter: Painter = field(default_factory=Painter)

    def readers(self) -> Readers:
        """Return the functions as the page calls them."""
        return Readers(self.paper, self.part, self.settle, self._painter.draw)

    def paper(self, name: str, raw: bytes) -> Paper | None:
        """Return a file as a reader child understands it; None where none could."""
        with self._lock:
            outcomes = list(self._open().read([Job(0, raw, name)]))
        return paper_from(outcomes[0], name, raw, self.office.rules_key)

    def part(self, raw: bytes, path: tuple[str, ...]) -> bytes | None:
        """Return the bytes of one attachment; None where the mail has none."""
        with self._lock:
            outcomes = list(self._open().read([Job(0, raw, part=path)]))
        return outcomes[0].part

    def settle(self, messages: Sequence[int], by: str, corrects: bool) -> None:
        """Read and decide reopened mails, unless another process does already.

        `corrects`: who was told otherwise before is sent one correction.
        """
        office = self.office
        room = house.strongroom(office)
        with self._lock, house.intake(office, room, self._open()) as intake:
            intake.by = by
            intake.policy = replace(intake.policy, corrects=corrects)
            while intake.claim(messages):
                intake.finish()

    def close(self) -> None:
        """End the child; what it has in hand comes to nothing."""
        bench, self._bench = self._bench, None
        if bench is not None:
            bench.close()

    def _open(self) -> Workbench:
        if self._bench is None:
            self._bench = Workbench(self.office.desk.rules, 1)
        return self._bench
