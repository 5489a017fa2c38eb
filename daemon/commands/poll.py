"""`hopthu poll`: one pass, then the outbox, then exit."""

import argparse

from daemon.collect import BusyMailboxError, DiskFullError
from daemon.commands import house
from daemon.commands.arguments import Common
from daemon.commands.office import Office, open_office, read_desk
from daemon.commands.reports import alarm
from daemon.commands.terminal import say
from daemon.dispatch import Report
from daemon.dropped import FolderMissingError
from daemon.passes import Pass
from daemon.workbench import Workbench
from storage.folders import folder_states
from storage.outbox_lists import counts, waiting_for_release
from storage.status import message_counts

#: What is said where a door failed otherwise than by not opening.
_FAILED: dict[type[Exception], str] = {
    BusyMailboxError: "mailbox_busy",
    DiskFullError: "disk_full",
    FolderMissingError: "folder_missing",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare no options."""


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Make one pass; 3 where a mailbox could not be reached, else 1 where a person is
    needed or mail is left, else 0.
    """
    desk = read_desk(common)
    with house.bench(desk) as readers, open_office(common, desk=desk) as office:
        failed = one_pass(office, readers)
        report = send(office)
        for name, error in failed.items():
            say(
                _FAILED.get(type(error), "mailbox_unreachable"),
                mailbox=name,
                detail=error,
            )
        code = tell(office, report)
    return 3 if failed else code


def send(office: Office) -> Report:
    """Send what stands in the outbox, and what it has made to tell the staff."""
    bell, sender = alarm(office), house.dispatch(office)
    bell.look()
    report = sender.pass_over()
    if bell.look():
        more = sender.pass_over()
        report.sent += more.sent
        report.waiting += more.waiting
        report.unreachable = report.unreachable or more.unreachable
    return report


def one_pass(office: Office, readers: Workbench | None = None) -> dict[str, Exception]:
    """Collect, read and store; return the doors that failed."""
    room = house.strongroom(office)
    house.sweep(office)
    doors = house.doors(office, room)
    with house.intake(office, room, readers) as intake:
        passing = Pass(intake)
        passing.work_off()
        passing.collect(doors)
        passing.work_off()
        house.courtesies(office, intake.take_processed())
    return passing.failed


def tell(office: Office, report: Report) -> int:
    """Say what is left for a person; return 1 where there is anything, else 0.

    What waited already before this command counts like what it brought.
    """
    with office.database.read() as connection:
        mails = counts(connection)
        released = waiting_for_release(connection)
        states = folder_states(connection)
        found = message_counts(connection)
    unread, held, quarantined = found["fetched"], found["held"], found["quarantined"]
    for state in states:
        if state.before_since:
            say(
                "counted_before_since",
                mailbox=state.mailbox,
                folder=state.folder,
                count=state.before_since,
            )
    if held or quarantined:
        say("needs_person", held=held, quarantined=quarantined)
    if unread:
        say("mails_unread", count=unread)
    if released:
        say("items_release", count=released)
    if report.unreachable:
        say("smtp_unreachable", detail=report.unreachable)
    left = mails["pending"] - released + mails["unknown"] + mails["failed"]
    if left:
        say("items_wait", count=left)
    return 1 if held or quarantined or unread or released or left else 0
