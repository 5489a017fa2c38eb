"""Mails that kill whoever reads them: one finding, or one mail put aside, no more."""

import re
import signal
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from os import kill as send_signal
from os import sysconf
from pathlib import Path

import pytest

from daemon.demo.campaign import ADDRESSES
from daemon.demo.documents import Letterhead, workbook
from daemon.demo.works import rows
from storage.tables import messages, registrations
from tests.builders.bomb import a_body_bomb, a_document_bomb
from tests.faults import judge
from tests.faults.conftest import Make
from tests.faults.test_kill_sweep import chosen
from tests.faults.test_signals import readers
from tests.faults.waiting import until
from tests.faults.world import NOW, PATIENCE, World

WARD = Letterhead(("ĐẢNG BỘ QUẬN 3", "ĐẢNG ỦY PHƯỜNG 10", "*"), state=False)
#: Nodes that a body is made of: some seconds of reading, well below 1 GiB.
HEAVY = (1000, 1000)


def a_mail_of_ward_10() -> EmailMessage:
    mail = EmailMessage()
    mail["Authentication-Results"] = "mx.google.com; dmarc=pass"
    mail["From"] = f"Phường 10 <{ADDRESSES['P10']}>"
    mail["To"] = "office@example.org"
    mail["Subject"] = "Phường 10 gửi bảng đăng ký"
    mail["Date"] = format_datetime(NOW)
    mail["Message-ID"] = "<poison@quan3.example>"
    mail.set_content("Phường 10 gửi bảng đăng ký công trình.")
    return mail


def attach(mail: EmailMessage, name: str, payload: bytes) -> None:
    mail.add_attachment(payload, "application", "octet-stream", filename=name)


def a_heavy_mail(bodies: int = 12) -> bytes:
    """A mail of several bodies, each some seconds of work, and nothing else."""
    mail = a_mail_of_ward_10()
    mail.make_mixed()
    for _ in range(bodies):
        part = EmailMessage()
        part.set_content(a_body_bomb(*HEAVY), subtype="html")
        mail.attach(part)
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("name", "bomb"),
    [("bom.docx", a_document_bomb), ("bom.html", lambda: a_body_bomb().encode())],
)
def test_an_attachment_that_no_reader_survives_costs_itself_alone(
    make: Make, name: str, bomb: Callable[[], bytes]
) -> None:
    world = make()
    mail = a_mail_of_ward_10()
    attach(mail, name, bomb())
    attach(mail, "bang.xlsx", workbook(WARD, rows(10), "Lê Minh Tuấn"))
    world.deliver(mail.as_bytes())
    assert world.again("poll") == 0
    (row,) = judge.rows_of(world, messages)
    assert (row["state"], row["attempts"]) == ("processed", 0)
    assert len(judge.rows_of(world, registrations)) == 10
    shown = world.hopthu("show", str(row["id"]), "--json").stdout
    assert re.search(r'"(file_damaged|limit_exceeded)"', shown)
    assert name in shown
    judge.judge(world)


def test_a_mail_that_kills_three_readers_is_put_aside_and_the_next_is_read(
    make: Make,
) -> None:
    world = make(more="[limits]\nseconds = 6\n")
    world.deliver(a_heavy_mail())
    (light,) = chosen(1)
    world.deliver(light.raw, light.received)
    assert attempts_after(world, 0) == ("fetched", 1)
    assert [r["state"] for r in judge.rows_of(world, messages)][1] == "processed"
    # Not before its time, and whoever polls meanwhile waits for nobody.
    assert attempts_after(world, 4) == ("fetched", 1)
    assert attempts_after(world, 6) == ("fetched", 2)
    assert attempts_after(world, 70) == ("quarantined", 3)
    heavy = judge.rows_of(world, messages)[0]
    assert heavy["reason"] == "reader_died"
    # Of its header at least it is known who sent it.
    assert heavy["author"] == ADDRESSES["P10"]
    assert attempts_after(world, 200) == ("quarantined", 3)
    judge.judge(world)


def attempts_after(world: World, minutes: int) -> tuple[str, int]:
    """Poll so many minutes later; return state and attempts of the first mail."""
    world.again("poll", later=timedelta(minutes=minutes))
    row = judge.rows_of(world, messages)[0]
    return row["state"], row["attempts"]


def test_a_reader_that_somebody_kills_costs_nobody_an_attempt(
    make: Make,
) -> None:
    world = make(more="[limits]\nseconds = 100\n")
    for mail in (*chosen(1, 2),):
        world.deliver(mail.raw, mail.received)
    world.deliver(a_heavy_mail(bodies=7))
    running = world.start("poll")
    # Neither its start nor the two others take so long: it has the heavy one in hand.
    until(lambda: any(worked(child) > 4 for child in readers(running.pid)))
    (child,) = readers(running.pid)
    send_signal(child, signal.SIGKILL)
    assert running.wait(PATIENCE) in (0, 1)
    # It was not alone with its mail: that is read once more before it counts.
    assert {row["attempts"] for row in judge.rows_of(world, messages)} == {0}
    assert "fetched" not in states(world)
    judge.judge(world)


def worked(process: int) -> float:
    """Return seconds of processor time that a process has used; 0 when it is gone."""
    try:
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return (int(told[11]) + int(told[12])) / sysconf("SC_CLK_TCK")


def states(world: World) -> dict[str, int]:
    """Return how many mails stand in each state."""
    found: dict[str, int] = {}
    for row in judge.rows_of(world, messages):
        found[row["state"]] = found.get(row["state"], 0) + 1
    return found


def test_where_no_reader_can_be_started_the_mails_wait_uncounted(make: Make) -> None:
    world = make()
    for mail in chosen(1, 2):
        world.deliver(mail.raw, mail.received)
    assert world.again("status") == 0
    # Every reader begins a session of its own: here the kernel does not let it.
    forbidden = ["strace", "-D", "-f", "-qq", "-o", "/dev/null", "-e", "trace=setsid"]
    forbidden += ["-e", "inject=setsid:error=EPERM"]
    without = world.start("poll", before=forbidden)
    without.wait(PATIENCE)
    assert "reader_unavailable" in world.log.read_text()
    assert [(r["state"], r["attempts"]) for r in judge.rows_of(world, messages)] == [
        ("fetched", 0),
        ("fetched", 0),
    ]
    assert world.again("poll") == 0
    assert states(world) == {"processed": 2}
    judge.judge(world)
