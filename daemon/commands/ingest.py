"""`hopthu ingest`: mails from files go the same way from the archive on."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from daemon.commands import house
from daemon.commands.arguments import Common
from daemon.commands.office import Office, open_office
from daemon.commands.poll import send, tell
from daemon.commands.reports import alarm
from daemon.commands.shapes import Shape
from daemon.commands.terminal import busy, say, show_json, show_table
from daemon.compose import word
from daemon.dispatch import Report
from daemon.filed import Entry, Filed, keep_files
from daemon.intake import Intake
from daemon.mailbox.account import MIB
from daemon.mailbox.files import NotMail, only_mails, read_paths
from daemon.passes import IN_HAND
from storage.decisions import message_rows

#: The door that proves nothing.
DOOR: Literal["ingest"] = "ingest"
HEADINGS = ("head_path", "head_id", "head_state", "head_reason", "head_units")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument(
        "--answer", action="store_true", help="answer the senders as a mailbox would"
    )
    parser.add_argument("--json", action="store_true", help="one JSON line a mail")


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Read files; 2 where a path is missing, 1 where a person is needed, else 0."""
    missing = [path for path in arguments.paths if not path.exists()]
    for path in missing:
        say("path_missing", path=path)
    if missing:
        return 2
    with open_office(common) as office:
        faults: list[NotMail] = []
        rows = []
        for line in busy(_ingested(office, arguments, faults), "reading"):
            if arguments.json:
                show_json(line)
            else:
                rows.append(_cells(line))
        if not arguments.json:
            show_table(HEADINGS, rows)
        for fault in faults:
            say("path_no_mail", path=fault.path)
        report = Report()
        if arguments.answer:
            report = send(office)
        else:
            alarm(office).look()
        code = tell(office, report)
    return 1 if faults else code


def _ingested(
    office: Office, arguments: argparse.Namespace, faults: list[NotMail]
) -> Iterator[Shape]:
    """Yield one line a mail, in the order of the files."""
    limit = office.settings.limits.message_mib * MIB
    found = read_paths(arguments.paths, office.clock.now(), limit)
    room = house.strongroom(office)
    entry = Entry(DOOR, DOOR, asked=arguments.answer)
    with house.intake(office, room) as intake:
        waiting_lines: list[Filed] = []
        for filed in keep_files(room, only_mails(found, faults), entry):
            intake.take(one.kept for one in filed)
            waiting_lines += filed
            while intake.bytes_in_hand > IN_HAND:
                intake.settle()
            if len(waiting_lines) >= 200:
                yield from _settled(office, intake, waiting_lines)
                waiting_lines = []
        yield from _settled(office, intake, waiting_lines)


def _settled(office: Office, intake: Intake, filed: list[Filed]) -> Iterator[Shape]:
    intake.finish()
    with office.database.read() as connection:
        rows = message_rows(connection, [one.kept.id for one in filed])
    for one in filed:
        line = rows[one.kept.id]
        yield {
            "path": one.label,
            "id": one.kept.id,
            "state": line.state,
            "reason": line.reason,
            "units": list(line.units),
            "rows": line.rows,
            "new": one.kept.new,
        }


def _cells(line: Shape) -> tuple[object, ...]:
    units = line["units"]
    return (
        line["path"],
        line["id"],
        word("message_states", str(line["state"])),
        word("reasons", str(line["reason"])) if line["reason"] else "",
        ", ".join(units) if isinstance(units, list) else "",
    )
