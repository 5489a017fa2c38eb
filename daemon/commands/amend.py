"""`hopthu amend`: one cell of the version in force is changed by a new version."""

import argparse

from daemon.commands.arguments import Common
from daemon.commands.office import Office, acting, open_office, unit_of
from daemon.commands.show import ROW_HEADINGS, row_cells
from daemon.commands.terminal import say, show_table
from daemon.recording import Owed, amend
from parsers.values.decision import Decision
from parsers.values.reading import Correction


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("unit", metavar="UNIT", help="the unit's code")
    parser.add_argument("number", metavar="NUMBER", help="the row's number, as written")
    parser.add_argument(
        "column",
        metavar="COLUMN",
        help="number, title, method, time, expected_result, field; of results: "
        "number, title, result, progress; or the heading on the form",
    )
    parser.add_argument("text", metavar="TEXT", help="the cell's new text")
    add_phase(parser, "registration")
    parser.add_argument("--why", metavar="TEXT", required=True, help="the reason")


def add_phase(parser: argparse.ArgumentParser, default: str) -> None:
    """Declare the phase that a person speaks of."""
    parser.add_argument(
        "--phase",
        choices=("registration", "results"),
        help=f"which delivery (default: {default})",
    )


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Amend, show the version; 2 where no cell is meant."""
    with open_office(common) as office:
        unit = unit_of(office, arguments.unit)
        plan = office.campaign.number
        owed = Owed(plan, unit, arguments.phase, arguments.why)
        change = Correction(arguments.number, "set", arguments.column, arguments.text)
        decision = amend(acting(office, common), owed, change)
        show_version(office, unit, decision)
    return 0


def show_version(office: Office, unit: str, decision: Decision) -> None:
    """Show what was stored for the unit, or say that nothing is new."""
    for new in decision.submissions:
        if new.registrations:
            show_table(ROW_HEADINGS, [row_cells(row) for row in new.registrations])
        rows = len(new.registrations) + len(new.results)
        name = office.desk.policy.by_code[unit].name
        say("version_stored", unit=name, rows=rows)
    if not decision.submissions:
        say("version_same", unit=unit)
