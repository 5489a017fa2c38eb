"""`hopthu assign`: a person says which unit sent a mail, or one attachment of it."""

import argparse
from dataclasses import replace

from daemon.commands import house
from daemon.commands.arguments import Common
from daemon.commands.finding import detail, find
from daemon.commands.messages import HEADINGS, cells
from daemon.commands.office import Office, UsageError, acting, open_office
from daemon.commands.terminal import say, show_table
from daemon.judging import Assignment, assign
from daemon.passes import Pass
from daemon.readings import kept_reading
from parsers.values.reading import Reading
from storage.mails import message_lines


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("id", metavar="ID")
    parser.add_argument("unit", metavar="UNIT", help="the unit's code")
    parser.add_argument(
        "--part", metavar="PATH", default="", help="one attachment: names joined by /"
    )
    parser.add_argument(
        "--remember", action="store_true", help="teach the directory the From address"
    )


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Assign, decide anew, show the outcome; 1 where it is still held."""
    with open_office(common) as office:
        message = find(office, arguments.id)
        if arguments.unit not in office.desk.policy.by_code:
            raise UsageError("unit_unknown", code=arguments.unit)
        with office.database.read() as connection:
            found = detail(connection, message)
            if arguments.part:
                reading = kept_reading(connection, office.archive, found)
                _check_part(reading, message, arguments.part)
        given = Assignment(arguments.unit, arguments.part, arguments.remember)
        assign(acting(office, common), message, given)
        return decide_anew(office, [message], common.by)


def _check_part(reading: Reading | None, message: int, part: str) -> None:
    paths = {"/".join(a.path) for a in reading.attachments} if reading else set()
    if part not in paths:
        raise UsageError("part_unknown", ident=message, part=part)


def decide_anew(office: Office, ids: list[int], by: str, corrects: bool = False) -> int:
    """Read and decide reopened messages, send what is due; 1 if any still waits.

    `corrects`: who was told otherwise before is sent one correction.
    """
    room = house.strongroom(office)
    with house.intake(office, room) as intake:
        intake.by = by
        intake.policy = replace(intake.policy, corrects=corrects)
        Pass(intake).work_off()
    return show_decided(office, ids)


def show_decided(office: Office, ids: list[int]) -> int:
    """Send what is due, show what became of the mails; 1 if any still waits."""
    report = house.dispatch(office).pass_over()
    if report.unreachable:
        say("smtp_unreachable", detail=report.unreachable)
    with office.database.read() as connection:
        lines = message_lines(connection, ids=ids)
    show_table(HEADINGS, [cells(line, office.zone) for line in lines])
    states = [line.state for line in lines]
    held, quarantined = states.count("held"), states.count("quarantined")
    if held or quarantined:
        say("needs_person", held=held, quarantined=quarantined)
    settled = all(state in ("processed", "ignored") for state in states)
    return 0 if settled and not report.unreachable else 1
