"""`hopthu reconcile`: every mail of every folder is accounted for, or named."""

import argparse
from pathlib import Path

from daemon.commands import house
from daemon.commands.arguments import Common
from daemon.commands.office import Office, open_office
from daemon.commands.shapes import Shape, instant
from daemon.commands.terminal import say, show_json, show_table
from daemon.mailbox.errors import MailboxError
from daemon.reconcile import (
    ArchiveReport,
    FolderReport,
    compare,
    compare_files,
    verify,
)

HEADINGS = (
    "head_mailbox",
    "head_folder",
    "head_on_server",
    "head_in_ledger",
    "head_missing",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Compare; 3 where a mailbox could not be reached, 1 where anything is missing."""
    with open_office(common) as office:
        reports: list[FolderReport] = []
        unreachable = False
        for mailbox in office.settings.mailboxes:
            try:
                if mailbox.kind == "imap":
                    account = house.account_of(mailbox, office.settings)
                    reports += compare(office.database, account)
                else:
                    reports.append(
                        compare_files(
                            office.database, mailbox.name, mailbox.path or Path()
                        )
                    )
            except MailboxError as error:
                unreachable = True
                say("mailbox_unreachable", mailbox=mailbox.name, detail=error)
        archive = verify(office.database, office.archive)
        missing = any(r.missing for r in reports) or bool(archive.damaged)
        complete = not unreachable and not missing
        if arguments.json:
            show_json(_shape(office, reports, archive, complete))
        else:
            show_table(HEADINGS, [_cells(r) for r in reports])
        _tell(reports, archive)
    if unreachable:
        return 3
    return 0 if complete else 1


def _shape(
    office: Office,
    reports: list[FolderReport],
    archive: ArchiveReport,
    complete: bool,
) -> Shape:
    return {
        "as_of": instant(office.clock.now(), office.zone),
        "complete": complete,
        "folders": [
            {
                "mailbox": r.mailbox,
                "folder": r.folder,
                "uidvalidity": r.uidvalidity,
                "on_server": r.on_server,
                "in_ledger": r.in_ledger,
                "before_since": r.before_since,
                "missing": [{"uid": u, "bytes": b} for u, b in r.missing],
                "gone": list(r.gone),
            }
            for r in reports
        ],
        "archive": {"checked": archive.checked, "damaged": list(archive.damaged)},
    }


def _cells(report: FolderReport) -> tuple[object, ...]:
    return (
        report.mailbox,
        report.folder,
        report.on_server,
        report.in_ledger,
        len(report.missing),
    )


def _tell(reports: list[FolderReport], archive: ArchiveReport) -> None:
    for report in reports:
        if report.missing:
            say(
                "reconcile_missing",
                mailbox=report.mailbox,
                folder=report.folder or "",
                count=len(report.missing),
            )
    if archive.damaged:
        say("archive_damaged", count=len(archive.damaged))
