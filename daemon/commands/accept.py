"""`hopthu accept`: a held mail goes on as if its doubt did not exist."""

import argparse

from daemon.commands.arguments import Common
from daemon.commands.assign import show_decided
from daemon.commands.finding import find
from daemon.commands.office import acting, open_office, unit_of
from daemon.judging import accept
from daemon.people import Wish


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("id", metavar="ID", help="number, receipt, <Message-ID>, hash")
    parser.add_argument(
        "--unit", metavar="CODE", help="whose it is (default: the first candidate)"
    )
    parser.add_argument(
        "--mode",
        choices=("replacement", "supplement"),
        help="what it does to the version in force (default: what the mail says)",
    )


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Accept, show the outcome; 2 where it is not held, 1 where it still waits."""
    with open_office(common) as office:
        message = find(office, arguments.id)
        unit = unit_of(office, arguments.unit) if arguments.unit else None
        wish = Wish(unit, arguments.mode, common.campaign)
        accept(acting(office, common), message, wish)
        return show_decided(office, [message])
