"""Machines write to the office: none is answered, and what came back is counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from tests.acceptance.world import World, a_world, imap, smtp
from tests.builders.letters import Posted, a_letter, address_of
from tests.builders.machines import (
    Machine,
    about,
    free_forms,
    machines,
    notifications,
    reports,
)
from tests.neighbours.dovecot import Dovecot
from tests.neighbours.sink import Sink, listening

JUNE = Posted().received
P09 = address_of("P09")
NINE, TEN, NEXT_DAY = (
    "2021-06-08T09:00:00+07:00",
    "2021-06-08T10:00:00+07:00",
    "2021-06-09T11:00:00+07:00",
)


@contextmanager
def _office(
    dovecot: Dovecot, user: str, folder: Path, more: str = ""
) -> Iterator[tuple[World, Sink]]:
    with listening(Sink(), folder) as sink:
        server = smtp(sink.port, 'first_pass = "send"\nper_minute = 10000\n')
        door = imap(dovecot.port, user, folder)
        yield a_world(folder, door, server + more), sink


def _health(world: World, code: str = "P09") -> list[str]:
    unit = world.json("unit", "units", "show", code)
    return [a["health"] for a in unit["addresses"]]


def _answered(world: World) -> str:
    (item,) = world.json("outbox", "outbox", "--state", "sent")["items"]
    return str(item["message_id"])


def _named(start: str) -> Machine:
    return next(m for m in (*reports(), *free_forms()) if m.name.startswith(start))


def _deliver(
    dovecot: Dovecot, user: str, machine: Machine, mail_id: str, to: str = P09
) -> None:
    told = about(machine, mail_id, to)
    dovecot.append(user, told.raw, JUNE + timedelta(days=1))


def test_a_bounce_is_linked_counted_and_told_in_one_line(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    dovecot.append(user, a_letter(Posted("P09", files=["xlsx P09 10"])), JUNE)
    with _office(dovecot, user, tmp_path) as (world, sink):
        world.run("poll", now=NINE)
        answer = _answered(world)
        for late in ("postfix 4.4.1", "exim-delay", "gmail-delay"):
            _deliver(dovecot, user, _named(late), answer)
        for forged in ("qmail", "postfix 5.1.1", "exim 8bit"):
            _deliver(dovecot, user, _named(forged), answer, address_of("P10"))
        elsewhere = answer.replace(answer[17:25], "00000000")
        _deliver(dovecot, user, _named("domino 5.1.1"), elsewhere)
        world.run("poll", now=TEN)
        assert (_health(world), _health(world, "P10")) == (["good"], ["good"])

        for _ in range(3):
            for make in ("qmail", "postfix 5.1.1", "gmail 5.0.0", "notes-free"):
                _deliver(dovecot, user, _named(make), answer)
        world.run("poll", now=TEN)
        assert _health(world) == ["bouncing"]
        (item,) = world.json("outbox", "outbox", "--state", "sent")["items"]
        assert (item["state"], item["reason"]) == ("sent", "bounced")
        shown = world.run("digest", "--dry-run", now=TEN).out
        assert "THƯ GỬI ĐI BỊ TRẢ LẠI: 1" in shown
        assert "- p09@quan3.example (đơn vị: Phường 9; thư trả lời; địa chỉ" in shown
        mails = world.json("messages", "messages")["messages"]
        bounced = [m for m in mails if m["reason"] == "bounce"]
        assert {m["state"] for m in bounced} == {"ignored"}
        assert not any(m["answered"] for m in bounced)
        assert len(sink.taken) == 1


def test_an_address_dies_of_two_mails_a_day_apart_and_lives_when_it_writes(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    dovecot.append(user, a_letter(Posted("P09", files=["xlsx P09 10"])), JUNE)
    with _office(dovecot, user, tmp_path) as (world, _):
        world.run("poll", now=NINE)
        _deliver(dovecot, user, _named("qmail"), _answered(world))
        world.run("poll", now=TEN)
        again = a_letter(Posted("P09", text="Thay thế.", files=["xlsx P09 9"]))
        later = datetime.fromisoformat(TEN) + timedelta(minutes=5)
        dovecot.append(user, again, later)
        world.run("poll", now="2021-06-08T10:10:00+07:00")
        # Whoever writes is there.
        assert _health(world) == ["good"]
        items = world.json("outbox", "outbox", "--state", "sent")["items"]
        _deliver(dovecot, user, _named("postfix 5.1.1"), items[-1]["message_id"])
        world.run("poll", now=NEXT_DAY)
        # What came back before it wrote is settled: this is the first again.
        assert _health(world) == ["bouncing"]


def test_no_machine_is_answered_whoever_it_writes_for(
    tmp_path: Path, dovecot: Dovecot, user: str
) -> None:
    dovecot.append(user, a_letter(Posted("P09", files=["xlsx P09 10"])), JUNE)
    with _office(dovecot, user, tmp_path) as (world, sink):
        world.run("poll", now=NINE)
        assert len(sink.taken) == 1
        answer = _answered(world)
        folder = tmp_path / "machines"
        folder.mkdir()
        for number, machine in enumerate(machines(P09)):
            told = about(machine, answer, P09).raw
            (folder / f"{number:03}.eml").write_bytes(told)
        ran = world.run("ingest", folder, "--answer", "--json", now=TEN)
        lines = ran.lines("ingest_line")
        assert len(lines) == len(machines())
        assert {(m["state"], m["reason"]) for m in lines} <= {
            ("ignored", "bounce"),
            ("ignored", "automatic"),
        }
        assert len(list(notifications())) > 10
        assert len(sink.taken) == 1
