"""kill -9 after every durable step of one mail and of three: nothing lost, doubled or
changed, and an idle further run changes nothing.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from daemon.demo.campaign import delivered
from daemon.demo.servers import Delivered
from tests.faults import judge
from tests.faults.conftest import Make
from tests.faults.failpoints import run_until
from tests.faults.judge import State
from tests.faults.world import World

DURABLE = ("fsync", "fdatasync")
TOLD = (*DURABLE, "rename", "write", "sendto", "connect")
#: SQLite writes pages by hundreds between two flushes: every seventh stands for all.
PAGES, STRIDE = ("pwrite64",), 7
#: When what is of unknown outcome may go again, and when nothing is left to do.
SIXTEEN_MINUTES, TWO_HOURS = timedelta(minutes=16), timedelta(hours=2)
#: No command makes so many durable calls for three mails.
ENDLESS = 5000


def chosen(*numbers: int) -> list[Delivered]:
    """Mails of the demo by number: 1 a workbook, 2 a Word file, 12 an HTML table."""
    mails = list(delivered())
    return [mails[n] for n in numbers]


@dataclass
class Sweep:
    """One mailbox, one archive, one database, set back to the beginning each time."""

    world: World
    undisturbed: State

    @classmethod
    def prepare(cls, world: World, mails: Sequence[Delivered]) -> "Sweep":
        for mail in mails:
            world.deliver(mail.raw, mail.received)
        assert world.hopthu("status").returncode == 0
        keep(world)
        assert world.hopthu("poll").returncode == 0
        judge.judge(world)
        return cls(world, judge.state(world))

    def killed_at(self, count: int, calls: Sequence[str]) -> str | None:
        """Kill a poll at a call, let others finish, compare; None past the last."""
        set_back(self.world)
        ended = run_until(self.world, ["poll"], calls, count)
        if not ended.killed:
            assert ended.status == 0, self.world.log.read_text()
            return None
        self.recover()
        self.compare()
        return ended.calls[-1]

    def recover(self) -> None:
        self.world.again("poll")
        if judge.unfinished(self.world)[1]:
            self.world.again("poll", later=SIXTEEN_MINUTES)

    def compare(self) -> None:
        judge.judge(self.world)
        found = judge.state(self.world)
        for name, rows in self.undisturbed.tables.items():
            assert found.tables[name] == rows, name
        assert found == self.undisturbed
        assert set(self.undisturbed.outbox_states) == {"sent"}

    def idle(self) -> None:
        """A further run has nothing to do, and does nothing."""
        before, sent = judge.dump(self.world), len(self.world.sink.caught)
        self.world.again("poll", later=TWO_HOURS)
        assert judge.dump(self.world) == before
        assert len(self.world.sink.caught) == sent


def _file(world: World) -> Path | None:
    kind, _, path = world.database.partition(":///")
    return Path(path) if kind == "sqlite" else None


def keep(world: World) -> None:
    """Remember the database as it is before any mail."""
    if (path := _file(world)) is not None:
        shutil.copy(path, path.with_suffix(".first"))
    shutil.rmtree(world.archive, ignore_errors=True)


def set_back(world: World) -> None:
    """Bring database, archive and sink back to before any mail."""
    shutil.rmtree(world.archive, ignore_errors=True)
    world.sink.caught.clear()
    path = _file(world)
    if path is None:
        judge.empty(world)
        return
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    shutil.copy(path.with_suffix(".first"), path)


def points(calls: Sequence[str], sweep: Sweep, step: int = 1) -> Iterator[int]:
    """Kill at one call after the other, until there are no more; yield how many."""
    for count in range(1, ENDLESS, step):
        try:
            name = sweep.killed_at(count, calls)
        except AssertionError as error:
            error.add_note(f"killed at call {count}")
            raise
        if name is None:
            return
        yield count


def test_three_mails_survive_a_kill_at_every_flush(make: Make) -> None:
    sweep = Sweep.prepare(make(), chosen(1, 2, 12))
    done = 0
    for count in points(DURABLE, sweep):
        done += 1
        if count % 5 == 1:
            sweep.idle()
    # Archive, ledger, reading, decision, frozen mail, and two marks a mail; a server
    # makes the flushes of its database itself, so that the archive's are left.
    assert done > (15 if _file(sweep.world) else 4)


@pytest.mark.slow
@pytest.mark.parametrize("numbers", [(1,), (1, 2, 12)], ids=["one mail", "three"])
def test_mails_survive_a_kill_at_every_call(
    make: Make, numbers: tuple[int, ...]
) -> None:
    sweep = Sweep.prepare(make(), chosen(*numbers))
    done = 0
    for _ in points(TOLD, sweep):
        done += 1
        sweep.idle()
    assert done > 30


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_three_mails_survive_a_kill_between_two_pages(make: Make) -> None:
    sweep = Sweep.prepare(make(), chosen(1, 2, 12))
    assert sum(1 for _ in points(PAGES, sweep, STRIDE)) > 30


@pytest.mark.slow
def test_a_kill_while_the_schema_is_made_costs_nothing(make: Make) -> None:
    world = make()
    (mail,) = chosen(1)
    world.deliver(mail.raw, mail.received)
    for count in range(1, ENDLESS, STRIDE):
        wipe(world)
        if not run_until(world, ["status"], (*TOLD, *PAGES), count).killed:
            break
        assert world.hopthu("poll").returncode == 0
        judge.judge(world)
        assert judge.counts(world)["submissions"] == 1
    assert count > 5


def wipe(world: World) -> None:
    """Leave nothing of the database but its name."""
    shutil.rmtree(world.archive, ignore_errors=True)
    world.sink.caught.clear()
    path = _file(world)
    if path is None:
        judge.no_schema(world)
        return
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
