"""How the program is: mailboxes, outbox, budget, reconciliation, disk, who serves.

The same facts as `/healthz` and `/metrics`, which anybody may ask: counts, no names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import PlainTextResponse, Response

from daemon.page.gate import Desk
from daemon.page.health import Health
from daemon.page.latest import Seen
from daemon.page.parts import Disk
from daemon.page.visit import Visit
from storage.budget import Room, paused_until, room
from storage.database import Connection
from storage.folders import FolderState, folder_states
from storage.leases import Lease, held
from storage.pages import left_since, oldest_waiting
from storage.status import MailboxStatus, Status, read_status

_TEXT = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The outbox against its budget; `left` counts the last 24 hours."""

    left: int
    per_day: int
    per_minute: int
    room: Room
    paused: datetime | None
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Box:
    """One folder: as the status has it, and what else is known of it."""

    seen: MailboxStatus
    folder: FolderState | None

    @property
    def missing(self) -> int | None:
        """Return how many mails of the server are not in the ledger; None: unknown."""
        on_server = self.seen.on_server
        if on_server is None:
            return None
        before = self.folder.before_since if self.folder else 0
        return max(0, on_server - before - self.seen.in_ledger)


def show(desk: Desk, visit: Visit) -> Response:
    """Return the page of the program's own health."""
    parts = desk.parts
    now = parts.clock.now()
    health = parts.health()
    with parts.database.read() as connection:
        status = read_status(connection, parts.campaign.number, now)
        boxes = _boxes(connection, status)
        outgoing = _outgoing(desk, connection, now)
        leases = held(connection, now)
    return desk.writer.page(
        "health.html.j2",
        visit,
        status=status,
        faults=[fault.partition(": ")[::2] for fault in health.faults],
        boxes=boxes,
        outgoing=outgoing,
        disk=parts.disk(),
        leases=leases,
        standby=standby(leases, parts.holder),
        holder=parts.holder,
        now=now,
    )


def standby(leases: tuple[Lease, ...], holder: str) -> bool:
    """Say whether another process does the work, and this one only shows it."""
    working = {lease.holder for lease in leases}
    return bool(working) and holder not in working


def metrics(desk: Desk, seen: Seen) -> Response:
    """Return the counts as Prometheus reads them; no name of anybody is among them."""
    lines = [*_health(seen.health, seen.fresh), *_disk(desk.parts.disk())]
    if seen.status is not None:
        lines += _counts(seen.status)
    return PlainTextResponse("\n".join(lines) + "\n", media_type=_TEXT)


def _boxes(connection: Connection, status: Status) -> tuple[Box, ...]:
    known = {(f.mailbox, f.folder): f for f in folder_states(connection)}
    return tuple(Box(m, known.get((m.name, m.folder or ""))) for m in status.mailboxes)


def _outgoing(desk: Desk, connection: Connection, now: datetime) -> Outgoing:
    budget = desk.parts.budget
    return Outgoing(
        left=left_since(connection, now),
        per_day=budget.per_day,
        per_minute=budget.per_minute,
        room=room(connection, now, budget),
        paused=paused_until(connection),
        oldest=oldest_waiting(connection),
    )


def _health(health: Health | None, fresh: bool) -> Iterator[str]:
    well = fresh and health is not None and health.healthy
    yield from _gauge("healthy", "Whether nothing is wrong (1) or something is (0).")
    yield f"hopthu_healthy {int(well)}"
    yield from _gauge("database_up", "Whether the database answers.")
    yield f"hopthu_database_up {int(fresh)}"
    yield from _gauge("faults", "How many faults /healthz names.")
    yield f"hopthu_faults {len(health.faults) if health else 0}"


def _disk(disk: Disk) -> Iterator[str]:
    yield from _gauge("disk_free_bytes", "Bytes free where mails are kept.")
    yield f"hopthu_disk_free_bytes {disk.free}"
    yield from _gauge("disk_floor_bytes", "Below so many nothing is fetched.")
    yield f"hopthu_disk_floor_bytes {disk.floor}"


def _counts(status: Status) -> Iterator[str]:
    tables = (
        ("messages", "Mails in the ledger by state.", status.messages),
        ("outbox", "Mails to be sent by state.", status.outbox),
        ("units", "Units by state.", _states(status)),
    )
    for name, words, counts in tables:
        yield from _gauge(name, words)
        for state, count in counts.items():
            yield f'hopthu_{name}{{state="{state}"}} {count}'
    yield from _gauge("registered_works", "Works in the versions in force.")
    yield f"hopthu_registered_works {status.totals['registered']}"
    yield from _gauge("expected_works", "Works that all units together owe.")
    yield f"hopthu_expected_works {status.totals['expected']}"
    yield from _mailboxes(status)


def _mailboxes(status: Status) -> Iterator[str]:
    boxes = status.mailboxes
    yield from _gauge("folders", "Watched folders.")
    yield f"hopthu_folders {len(boxes)}"
    yield from _gauge("folders_healthy", "Watched folders whose last pass succeeded.")
    yield f"hopthu_folders_healthy {sum(box.healthy for box in boxes)}"
    times = [box.last_success for box in boxes if box.last_success]
    if times:
        yield from _gauge("oldest_success_timestamp_seconds", "Of all folders.")
        oldest = int(min(times).timestamp())
        yield f"hopthu_oldest_success_timestamp_seconds {oldest}"


def _states(status: Status) -> dict[str, int]:
    apart = ("units", "registered", "expected")
    return {k: count for k, count in status.totals.items() if k not in apart}


def _gauge(name: str, words: str) -> Iterator[str]:
    yield f"# HELP hopthu_{name} {words}"
    yield f"# TYPE hopthu_{name} gauge"
