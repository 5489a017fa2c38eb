"""The daemon told to stop, killed in the middle of a sentence, or run twice at once."""

import signal
import threading
import time
from pathlib import Path

from imapclient import imap_utf7

from daemon.demo.campaign import delivered
from daemon.demo.servers import Delivered
from storage.tables import messages, outbox
from tests.faults import judge
from tests.faults.conftest import Make
from tests.faults.test_kill_sweep import SIXTEEN_MINUTES, TWO_HOURS, chosen
from tests.faults.waiting import until
from tests.faults.world import NOW, PATIENCE, World, kill
from tests.neighbours.sink import Sink

#: CONTRACT: the mail in hand is finished, and the program is gone.
SECONDS_TO_STOP = 10
DECIDED = {"processed", "held", "ignored"}


def in_time() -> list[Delivered]:
    """The demo's mails but for the one that came before the plan began."""
    return list(delivered())[1:]


def test_told_to_stop_while_mails_come_the_daemon_leaves_nothing_half(
    make: Make, sink: Sink
) -> None:
    world = make(processes=2)
    answered = threading.Event()
    sink.answered = answered.set
    running = world.start("run")
    mails = in_time()
    for mail in mails[:6]:
        world.deliver(mail.raw, mail.received)
    assert answered.wait(PATIENCE)
    for mail in mails[6:]:
        world.deliver(mail.raw, mail.received)
    begun = time.monotonic()
    running.send_signal(signal.SIGTERM)
    assert running.wait(PATIENCE) == 0
    assert time.monotonic() - begun < SECONDS_TO_STOP
    # Nothing is in doubt, and nobody holds anything: what was begun was finished.
    assert {row["state"] for row in judge.rows_of(world, outbox)} <= {"sent", "pending"}
    held = [row["lease_holder"] for row in judge.rows_of(world, messages)]
    assert set(held) <= {None}
    assert world.again("poll") in (0, 1)
    assert_all_done(world)
    assert max(row["unknowns"] for row in judge.rows_of(world, outbox)) == 0


def test_killed_while_it_sends_the_daemon_repeats_one_mail_at_most(
    make: Make, sink: Sink
) -> None:
    world = make()
    killed_at_the_dot(world, sink)
    assert world.again("poll") == 1
    assert doubted(world) == 1
    # Fifteen minutes must pass before it may go again.
    assert len(sink.caught) == 1 + 2
    assert world.again("poll", later=SIXTEEN_MINUTES) == 0
    assert_all_done(world)
    assert len(sink.caught) == 3 + 1
    assert world.again("poll", later=TWO_HOURS) == 0
    assert len(sink.caught) == 3 + 1


def test_a_copy_in_the_sent_folder_settles_what_a_kill_left_open(
    make: Make, sink: Sink
) -> None:
    world = make(sent_folder="\\Sent")
    killed_at_the_dot(world, sink)
    (copy,) = sink.caught
    sent = imap_utf7.encode("Đã gửi").decode()
    world.place.dovecot.append(world.place.user, copy.raw, NOW, sent)
    assert world.again("poll") == 0
    assert world.again("poll", later=SIXTEEN_MINUTES) == 0
    assert_all_done(world)
    assert len(sink.caught) == 3


def killed_at_the_dot(world: World, sink: Sink) -> None:
    """Three mails come; the daemon dies when the first answer is with the server."""
    for mail in chosen(1, 2, 12):
        world.deliver(mail.raw, mail.received)
    running = world.start("run")

    def watch(verb: str, _: str) -> None:
        if verb == "." and running.poll() is None:
            kill(running)

    sink.watch = watch
    assert running.wait(PATIENCE) == -signal.SIGKILL
    sink.watch = None
    # The server goes on by itself with what it has got.
    until(lambda: sink.caught)


def doubted(world: World) -> int:
    return len(judge.unfinished(world)[1])


def test_killed_while_it_reads_the_daemon_counts_no_attempt(make: Make) -> None:
    world = make()
    for mail in chosen(1, 2, 12):
        world.deliver(mail.raw, mail.received)
    for _ in range(4):
        running = world.start("run")
        until(lambda: running.poll() is not None or readers(running.pid))  # noqa: B023
        kill(running)
        until(lambda: not readers(running.pid))  # noqa: B023
    assert world.again("poll", later=TWO_HOURS) == 0
    assert_all_done(world)
    assert {row["attempts"] for row in judge.rows_of(world, messages)} == {0}


def test_two_polls_at_once_make_one_row_and_one_answer_a_mail(make: Make) -> None:
    world = make()
    for mail in in_time():
        world.deliver(mail.raw, mail.received)
    # The schema stands: else the second waits for the first to make it.
    assert world.again("status") == 0
    both = [world.start("poll"), world.start("poll")]
    # 3: the mailbox was in the other's hands; 1: some mails want a person.
    assert {one.wait(PATIENCE) for one in both} <= {0, 1, 3}
    assert world.again("poll") in (0, 1)
    assert_all_done(world)
    assert max(row["unknowns"] for row in judge.rows_of(world, outbox)) == 0


def assert_all_done(world: World) -> None:
    judge.judge(world)
    states = [row["state"] for row in judge.rows_of(world, messages)]
    assert set(states) <= DECIDED
    assert {row["state"] for row in judge.rows_of(world, outbox)} == {"sent"}
    # Nobody's mail was marked as read, or touched in any way.
    assert not any("\\Seen" in line for line in judge.flags(world))


def readers(process: int) -> list[int]:
    """Return the reader children of a running command."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = stat.read_text().rpartition(")")[2].split()
            words = (stat.parent / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(told[1]) == process and b"workbench.child" in words:
            found.append(int(stat.parent.name))
    return found
