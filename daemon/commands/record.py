"""`hopthu record`: what came on paper or by telephone becomes a version of a unit."""

import argparse
from pathlib import Path

from daemon.commands import house
from daemon.commands.amend import add_phase, show_version
from daemon.commands.arguments import Common
from daemon.commands.office import Office, UsageError, acting, open_office, unit_of
from daemon.commands.papers import paper_from
from daemon.commands.terminal import say
from daemon.compose import sentence
from daemon.mailbox.account import MIB
from daemon.people import RefusalError
from daemon.recording import Owed, Paper, record
from daemon.workbench import Job


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("unit", metavar="UNIT", help="the unit's code")
    parser.add_argument(
        "file", metavar="FILE", nargs="?", type=Path, help="read like any other file"
    )
    parser.add_argument(
        "--nil", action="store_true", help="the unit has nothing to register"
    )
    add_phase(parser, "what the file holds, else registration")
    parser.add_argument(
        "--mode",
        choices=("replacement", "supplement"),
        help="what it does to the version in force, where its rows leave it open",
    )
    parser.add_argument("--why", metavar="TEXT", required=True, help="how it came")


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Record, show the version; 2 where no version comes of it, 1 where its own head
    names another unit.
    """
    if (arguments.file is None) is not arguments.nil:
        raise UsageError("record_one_of")
    with open_office(common) as office:
        unit = unit_of(office, arguments.unit)
        paper = None if arguments.nil else _paper(office, arguments.file)
        plan = office.campaign.number
        owed = Owed(plan, unit, arguments.phase, arguments.why)
        try:
            decision = record(acting(office, common), owed, paper, arguments.mode)
        except RefusalError:
            for found in paper.reading.findings if paper else ():
                say("record_finding", text=sentence(found), place=found.place or "")
            raise
        show_version(office, unit, decision)
    for found in decision.findings:
        say("record_finding", text=sentence(found), place=found.place or unit)
    return 1 if decision.findings else 0


def _paper(office: Office, path: Path) -> Paper:
    """Return the file as a reader child understands it."""
    limit = office.settings.limits.attachment_mib * MIB
    try:
        if path.stat().st_size > limit:
            raise UsageError("file_unreadable", path=path, detail=f"> {limit} bytes")
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError("file_unreadable", path=path, detail=error.strerror) from error
    with house.bench(office.desk) as bench:
        outcome = next(iter(bench.read([Job(0, raw, path.name)])))
    paper = paper_from(outcome, path.name, raw, office.rules_key)
    if paper is None:
        detail = outcome.failure.detail if outcome.failure else ""
        raise UsageError("file_unreadable", path=path, detail=detail)
    return paper
