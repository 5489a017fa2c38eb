"""`hopthu read`: what a mail, or a bare file, is understood to say; no database."""

import argparse
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path

import msgspec

from daemon.commands.arguments import Common
from daemon.commands.office import Desk, UsageError, read_desk
from daemon.commands.shapes import Shape, reading_shape, table_shape
from daemon.commands.terminal import busy, say, show_json
from daemon.commands.understood import show_tables, show_understood
from daemon.decide import decide, quarantine, units_in_question
from daemon.mailbox.account import MIB
from daemon.mailbox.files import FileMail, path_text, read_paths
from daemon.mailbox.mbox import HEADER_BYTES, header_of
from daemon.workbench import Eyes, Failure, Job, Outcome, Workbench
from parsers.places import document_place
from parsers.values.decision import Case, Decision, Reason, Received
from parsers.values.finding import finding
from parsers.values.reading import AttachmentReading, Reading
from parsers.values.unit import AddressOwner
from storage.digests import sha256

#: The door of files that are read dry.
DOOR = "read"
#: Inputs that are read together; a line is printed as soon as it is known.
BATCH = 16


@dataclass(frozen=True, slots=True)
class _Input:
    """One mail, or one bare file (`name`); `received` is None for a file.

    `size` and `sha256` are of all bytes of a file, of which `raw` may be the beginning.
    """

    label: str
    raw: bytes
    received: datetime | None = None
    size: int = 0
    name: str | None = None
    header_only: bool = False
    sha256: str = ""
    unreadable: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--json", action="store_true", help="one JSON line an input")
    parser.add_argument("--tables", action="store_true", help="all tables as read")
    parser.add_argument(
        "--debug", type=Path, metavar="DIR", help="keep all that was understood there"
    )


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Print what each input says; 1 if any line is held or quarantined, 2 where a path
    is missing: it still has its line.
    """
    desk = _dry(read_desk(common, shipped=True))
    missing = [path for path in arguments.paths if not path.exists()]
    waits, number = False, 0
    if arguments.debug:
        _make_folder(arguments.debug)
    reads = _read(arguments.paths, desk, arguments.debug)
    for item, reading, decision in busy(reads, "reading"):
        waits = waits or decision.state in ("held", "quarantined")
        if arguments.json:
            show_json(_shape(item, reading, decision, desk, arguments.tables))
        else:
            names = tuple(desk.policy.by_code[c].name for c in decision.units)
            show_understood(item.label, names, reading, decision)
            if arguments.tables:
                show_tables(reading.tables)
        if arguments.debug:
            number += 1
            _keep(arguments.debug / f"{number:04}.json", item, reading, decision)
    for path in missing:
        say("path_missing", path=path)
    if missing:
        return 2
    return 1 if waits else 0


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError("file_unwritable", path=path, detail=error.strerror) from error


def _keep(path: Path, item: _Input, reading: Reading, decision: Decision) -> None:
    """Write all that was understood of one input, for who looks into a wrong answer."""
    whole = {"path": item.label, "reading": reading, "decision": decision}
    path.write_bytes(msgspec.json.format(msgspec.json.encode(whole)))


def _read(
    paths: list[Path], desk: Desk, keeps: Path | None
) -> Iterator[tuple[_Input, Reading, Decision]]:
    """Yield inputs with their reading and decision, in the order of the paths.

    `keeps` is the folder for the steps of reading pictures, None for nobody.
    """
    processes = desk.settings.workers.processes
    with Workbench(desk.rules, processes, eyes=Eyes(keeps=keeps)) as bench:
        batch: list[_Input] = []
        for item in _inputs(paths, desk):
            batch.append(item)
            if len(batch) == BATCH or sum(len(i.raw) for i in batch) > 8 * MIB:
                yield from _together(bench, batch, desk)
                batch = []
        yield from _together(bench, batch, desk)


def _together(
    bench: Workbench, batch: list[_Input], desk: Desk
) -> Iterator[tuple[_Input, Reading, Decision]]:
    """Yield a batch in order, each line as soon as those before it are known."""
    bench.submit(
        Job(number, item.raw, item.name, item.header_only)
        for number, item in enumerate(batch)
        if not item.unreadable
    )
    done = {
        number: Outcome(number, reading=_broken(item))
        for number, item in enumerate(batch)
        if item.unreadable
    }
    for number, item in enumerate(batch):
        while number not in done:
            done.update({o.id: o for o in bench.outcomes()})
        outcome = done.pop(number)
        failure, reading = outcome.failure, outcome.reading
        if reading is None:
            reading = _broken(item)
            if item.name is None:
                head = header_of(item.raw[:HEADER_BYTES])
                bench.submit([Job(number, head, header_only=True)])
                while number not in done:
                    done.update({o.id: o for o in bench.outcomes()})
                reading = _of_header(done.pop(number).reading) or reading
        yield (item, *_decided(item, reading, failure, desk))


def _of_header(reading: Reading | None) -> Reading | None:
    """Return who wrote a mail of which nothing else could be read."""
    return reading and replace(reading, findings=(finding("limit_exceeded"),))


def _inputs(paths: list[Path], desk: Desk) -> Iterator[_Input]:
    limit = desk.settings.limits.message_mib * MIB
    for found in read_paths(paths, desk.clock.now(), limit):
        if isinstance(found, FileMail):
            yield _Input(
                found.label,
                found.raw,
                found.received,
                found.size,
                header_only=found.header_only,
            )
        else:
            yield _bare(found.path, desk)


def _bare(path: Path, desk: Desk) -> _Input:
    """Return a file that is no mail: its own attachment, or what cannot be read."""
    limit = desk.settings.limits.attachment_mib * MIB
    label = path_text(path)
    name = label.rpartition("/")[2] or label
    if not path.is_file():
        # A pipe or a device would never end, a folder has no bytes.
        return _Input(label, b"", name=name, unreadable=True)
    try:
        with path.open("rb") as file:
            # One byte more than may be read shows that it is too large.
            raw = file.read(limit + 1)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
    except OSError:
        return _Input(label, b"", name=name, unreadable=True)
    return _Input(label, raw, size=size, name=name, sha256=digest)


def _broken(item: _Input) -> Reading:
    """Return the reading of what cannot be had, or what its reader failed on."""
    if item.name is None:
        return Reading("other", findings=(finding("limit_exceeded"),))
    code = "file_damaged" if item.unreadable else "limit_exceeded"
    file = AttachmentReading(
        (item.name,), "unknown", 0, sha256(b""), "unreadable", None
    )
    found = finding(code, document_place((item.name,)))
    return Reading("other", attachments=(file,), findings=(found,))


def _whole(item: _Input, reading: Reading) -> Reading:
    """Return the reading of a bare file with the size and digest of all its bytes."""
    if not item.sha256:
        return reading
    first = replace(reading.attachments[0], bytes=item.size, sha256=item.sha256)
    return replace(reading, attachments=(first, *reading.attachments[1:]))


def _dry(desk: Desk) -> Desk:
    """Return the desk with the policy of a dry run."""
    policy = replace(
        desk.policy,
        every_phase_open=True,
        answer_modes={DOOR: "none"},
        trusted={DOOR: _trusted(desk)},
    )
    return replace(desk, policy=policy)


def _decided(
    item: _Input, reading: Reading, failure: Failure | None, desk: Desk
) -> tuple[Reading, Decision]:
    whole = _whole(item, reading)
    case = _case(item, whole, desk)
    if failure is None:
        return whole, decide(case, desk.policy)
    reason: Reason = "internal_fault" if failure.how == "raised" else "reader_died"
    return whole, quarantine(case, desk.policy, reason)


def _in_time(desk: Desk) -> datetime:
    """Return an instant at which nothing is late: a bare file was never received."""
    opens = [phase.opens for plan in desk.policy.campaigns for phase in plan.phases]
    if not opens:
        return desk.clock.now()
    return datetime.combine(min(opens), time(), desk.zone)


def _trusted(desk: Desk) -> tuple[str, ...]:
    found = [m.trusted_authserv_id for m in desk.settings.mailboxes]
    return tuple(dict.fromkeys(t for t in found if t))


def _case(item: _Input, reading: Reading, desk: Desk) -> Case:
    now = desk.clock.now()
    owners = _owners(reading, desk)
    codes = units_in_question(reading, owners)
    by_code = desk.policy.by_code
    return Case(
        received=Received(
            id=0,
            raw_sha256=sha256(item.raw),
            raw_bytes=item.size or len(item.raw),
            received=item.received or _in_time(desk),
            mailbox=DOOR,
            folder=None,
            door="ingest",
            header_only=item.header_only,
        ),
        reading=reading,
        now=now,
        owners=owners,
        addressed=frozenset(c for c in codes if by_code[c].addresses),
    )


def _owners(reading: Reading, desk: Desk) -> tuple[AddressOwner, ...]:
    author = reading.message.author if reading.message else None
    if author is None or author.address is None:
        return ()
    folded = author.address.casefold()
    return tuple(
        AddressOwner(address, unit.code, "file")
        for unit in desk.units
        for address in unit.addresses
        if address.casefold() == folded
    )


def _shape(
    item: _Input, reading: Reading, decision: Decision, desk: Desk, tables: bool
) -> Shape:
    names = {u.code: u.name for u in desk.units}
    shape = reading_shape(
        item.label, reading, decision, item.received, names, desk.zone
    )
    if tables:
        shape["tables"] = [table_shape(t) for t in reading.tables]
    return shape
