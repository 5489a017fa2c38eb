"""`hopthu excuse`: a unit owes nothing in a phase, and is not reminded."""

import argparse

from daemon.commands.amend import add_phase
from daemon.commands.arguments import Common
from daemon.commands.office import acting, open_office, unit_of
from daemon.commands.terminal import say
from daemon.recording import Owed, excuse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("unit", metavar="UNIT", help="the unit's code")
    add_phase(parser, "registration")
    parser.add_argument("--why", metavar="TEXT", required=True, help="the reason")


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Excuse; a unit that is excused already stays so."""
    with open_office(common) as office:
        unit = unit_of(office, arguments.unit)
        plan = office.campaign.number
        owed = Owed(plan, unit, arguments.phase, arguments.why)
        new = excuse(acting(office, common), owed)
    say("excused" if new else "excused_already", unit=unit)
    return 0
