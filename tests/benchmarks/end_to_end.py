"""Mark 7: a mailbox read to the commit of its rows, beside the straightforward loop.

Both take turns over one mailbox; a round with a wrong row does not count.
"""

import json
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks import corpus, folders
from tests.benchmarks.marks import Mark, Scale, figure
from tests.benchmarks.place import Place, WrongError
from tests.benchmarks.place import run as run_command
from tests.benchmarks.proof import prove
from tests.neighbours import dovecot

_ASKED = ">= 4 (later 12)"
#: A batch for each of two readers: what such a pass costs is the program's start.
_FEW = 16


@dataclass(slots=True)
class _Side:
    """Mails a second and CPU milliseconds a mail, a figure for each round."""

    rate: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def add(self, mails: int, wall: float, cpu: float) -> None:
        self.rate.append(mails / wall)
        self.cpu.append(cpu / mails * 1000)


@dataclass(frozen=True, slots=True)
class _Bench:
    server: dovecot.Dovecot
    mails: corpus.Corpus
    folder: Path

    def place(self, user: str) -> Place:
        return Place(self.folder / "product", self.server.port, user, self.mails.units)

    def product(self, user: str) -> tuple[float, float]:
        """Make one pass in a fresh folder; return its seconds and CPU seconds."""
        spent = self.place(user).write().hopthu("poll")
        return spent.wall, spent.cpu

    def prove_product(self) -> None:
        rows = self.folder / "rows.csv"
        self.place("bench").hopthu("export", "registrations", str(rows))
        prove(rows, "unit", self.mails.mails)

    def naive(self) -> tuple[float, float]:
        """Run the loop over all mails; its start is not counted."""
        folders.make_unseen(self.server, "bench")
        into = self.folder / "naive"
        shutil.rmtree(into, ignore_errors=True)
        words = [str(self.server.port), "bench", str(into)]
        spent = run_command([sys.executable, "-m", "tests.benchmarks.naive", *words])
        if spent.code:
            raise WrongError(spent.err)
        said = json.loads(spent.out)
        prove(into / "rows.csv", "message_id", self.mails.mails)
        return said["wall"], said["cpu"]


def run(scale: Scale) -> list[Mark]:
    """Return the ratios of speed and CPU, with the product's start and beyond it."""
    count = scale.pick(300, 120, 2000)
    mails = corpus.make(scale.folder / "corpus", count)
    server = dovecot.start()
    try:
        folders.deliver(server, "bench", folders.of(mails), "m")
        folders.deliver(server, "few", folders.of(mails, 0, _FEW), "m")
        bench = _Bench(server, mails, scale.folder)
        return _marks(bench, count, rounds=scale.pick(3, 1, 5))
    finally:
        server.stop()


def _marks(bench: _Bench, count: int, rounds: int) -> list[Mark]:
    naive, whole, beyond = _Side(), _Side(), _Side()
    for _ in range(rounds):
        naive.add(count, *bench.naive())
        first_wall, first_cpu = bench.product("few")
        wall, cpu = bench.product("bench")
        bench.prove_product()
        whole.add(count, wall, cpu)
        beyond.add(count - _FEW, max(wall - first_wall, 0.001), cpu - first_cpu)
    about = f"{count} mails, durable, to the commit of rows"
    return [
        _mark("7", f"{about}: mails/s, straightforward loop = 1", whole, naive),
        _mark("7", "  the same beyond the program's start", beyond, naive),
        _cpu("7", "  CPU of the loop / CPU of hopthu, a mail", whole, naive),
        _cpu("7", "  the same beyond the program's start", beyond, naive),
        Mark("7", "  mails/s: loop", "", *figure(naive.rate)),
        Mark("7", "  mails/s: hopthu, start included", "", *figure(whole.rate)),
        Mark("7", "  CPU ms a mail: loop", "", *figure(naive.cpu)),
        Mark("7", "  CPU ms a mail: hopthu beyond its start", "", *figure(beyond.cpu)),
    ]


def _mark(number: str, what: str, ours: _Side, theirs: _Side) -> Mark:
    pairs = zip(ours.rate, theirs.rate, strict=True)
    return Mark(number, what, _ASKED, *figure([a / b for a, b in pairs], " times"))


def _cpu(number: str, what: str, ours: _Side, theirs: _Side) -> Mark:
    pairs = zip(theirs.cpu, ours.cpu, strict=True)
    return Mark(
        number, what, "", *figure([a / max(b, 1e-6) for a, b in pairs], " times")
    )
