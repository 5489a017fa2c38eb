"""kill -9 of a real process at each step of a mail; the sink says when."""

import contextlib
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from sqlalchemy import select

from daemon.holder import is_dead
from storage import dead_holders
from storage.database import open_database
from storage.tables import outbox
from tests.builders.reminders import moment
from tests.integration.dispatch.conftest import Post, answers
from tests.integration.dispatch.reminded import address, an_office
from tests.neighbours.sink import DROP

ROOT = Path(__file__).resolve().parents[3]


class Child:
    """A process that makes one pass; the sink is told first when to kill it."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, url: str, port: int, what: str = "child", *more: str) -> int:
        command = [sys.executable, "-m", f"tests.integration.dispatch.{what}", url]
        self.process = subprocess.Popen([*command, str(port), *more], cwd=ROOT)
        return self.process.wait(180)

    def kill(self) -> None:
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait(60)


@pytest.fixture
def child() -> Iterator[Child]:
    made = Child()
    yield made
    if made.process is not None and made.process.poll() is None:
        made.kill()


def after_the_restart(post: Post) -> None:
    """Free what dead processes of this machine held, as every command does first."""
    with post.database.write() as connection:
        names = [n for n in dead_holders.holders(connection) if is_dead(n)]
        assert len(names) == 1
        dead_holders.free(connection, names, post.clock.now())


@pytest.mark.parametrize("verb", ["CONNECT", "MAIL", "RCPT", "DATA", "BODY"])
def test_killed_between_claim_and_send_the_mail_goes_out_once(
    post_on_both: Post, database_url: str, child: Child, verb: str
) -> None:
    post = post_on_both
    idents = post.queue(*answers(2))
    post.sink.script[verb] = [DROP]
    post.sink.watch = lambda said, _: child.kill() if said == verb else None
    assert child.run(database_url, post.sink.port) == -signal.SIGKILL
    post.sink.watch = None
    assert post.sink.caught == []
    assert post.states(idents) == [("sending", None), ("pending", None)]
    frozen = [post.bytes_of(ident) for ident in idents]
    after_the_restart(post)
    assert post.pass_over().sent == 1
    assert post.states(idents) == [("unknown", None), ("sent", None)]
    post.clock.move(minutes=15)
    assert post.pass_over().sent == 1
    assert post.states(idents) == [("sent", None)] * 2
    assert sorted(m.raw for m in post.sink.caught) == sorted(r or b"" for r in frozen)


def test_killed_between_send_and_mark_the_mail_is_found_in_sent(
    post_on_both: Post, database_url: str, child: Child
) -> None:
    post = post_on_both
    (ident,) = post.queue(*answers(1))
    killed_before_the_mark(post, database_url, child)
    after_the_restart(post)
    names = {post.line(ident).message_id or ""}
    report = post.pass_over(look_up=lambda asked: frozenset(names & set(asked)))
    assert report.sent == 0
    assert post.state(ident) == ("sent", None)
    post.clock.move(days=1)
    post.pass_over()
    assert len(post.sink.caught) == 1


def test_killed_between_send_and_mark_without_a_sent_folder_one_equal_copy_goes(
    post_on_both: Post, database_url: str, child: Child
) -> None:
    post = post_on_both
    (ident,) = post.queue(*answers(1))
    killed_before_the_mark(post, database_url, child)
    after_the_restart(post)
    for _ in range(5):
        post.pass_over()
        post.clock.move(minutes=15)
    assert post.state(ident) == ("sent", None)
    first, second = post.sink.caught
    assert first.raw == second.raw


def killed_before_the_mark(post: Post, url: str, child: Child) -> None:
    """Let a child send and hear 250, and kill it before it can write that down."""
    held = contextlib.ExitStack()
    other = open_database(url)

    def lock(verb: str, _: str) -> None:
        # Its claim is committed by now; its mark must wait for us.
        if verb == ".":
            connection = held.enter_context(other.write())
            connection.execute(select(outbox).with_for_update())

    def kill() -> None:
        child.kill()
        held.close()

    post.sink.watch, post.sink.answered = lock, kill
    assert child.run(url, post.sink.port) == -signal.SIGKILL
    post.sink.watch = post.sink.answered = None
    other.close()
    assert len(post.sink.taken) == 1
    with post.database.read() as connection:
        assert connection.scalars(select(outbox.c.state)).all() == ["sending"]


def test_the_claim_of_a_dead_holder_elsewhere_runs_out_by_the_clock(
    post: Post,
) -> None:
    (ident,) = post.queue(*answers(1))
    # Another machine's: nobody here can say that it is dead.
    with post.database.write() as connection:
        connection.execute(
            outbox.update().values(
                state="sending",
                mail_id="<a@b>",
                raw=b"A: b\r\n",
                lease_holder="elsewhere/1/2/3",
                lease_until=post.clock.now() + timedelta(minutes=15),
            )
        )
    assert post.pass_over().sent == 0
    assert post.state(ident) == ("sending", None)
    post.clock.move(minutes=15)
    post.pass_over()
    assert post.state(ident) == ("unknown", None)
    post.clock.move(minutes=15)
    assert post.pass_over().sent == 1


@pytest.mark.parametrize("verb", ["MAIL", "."])
def test_killed_after_70_of_150_reminders_all_leave_and_none_twice(
    post_on_both: Post, database_url: str, child: Child, verb: str
) -> None:
    post, now = post_on_both, moment("2021-06-08 08:00")
    office = an_office(post, 150)
    seen = Counter[str]()

    def kill(said: str, _: str) -> None:
        seen[said] += 1
        if said == verb and seen[said] == 71:
            child.kill()

    post.sink.watch = kill
    given = (database_url, post.sink.port, "reminding_child", now.isoformat())
    assert child.run(*given) == -signal.SIGKILL
    post.sink.watch = None
    assert len(post.sink.caught) == 70 + (verb == ".")
    post.clock.instant = now
    after_the_restart(post)
    # Whoever starts again asks what is due, as if nothing had been.
    for _ in range(3):
        office.queue()
        office.send(look_up=lambda asked: in_sent(post, asked))
        post.clock.move(minutes=15)
    assert len(office.items()) == 150
    assert {item.state for item in office.items()} == {"sent"}
    got = sorted(mail.to[0] for mail in post.sink.caught)
    assert got == [address(n) for n in range(1, 151)]


def in_sent(post: Post, asked: Collection[str]) -> frozenset[str]:
    """Return which Message-IDs a Sent folder would hold."""
    left = {message_from_bytes(m.raw)["Message-ID"] for m in post.sink.caught}
    return frozenset(left & set(asked))
