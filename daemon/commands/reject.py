"""`hopthu reject`: a held mail is not taken, and its sender hears of it if told to."""

import argparse

from daemon.commands.arguments import Common
from daemon.commands.assign import show_decided
from daemon.commands.finding import find
from daemon.commands.office import acting, open_office
from daemon.commands.terminal import say
from daemon.judging import reject


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("id", metavar="ID", help="number, receipt, <Message-ID>, hash")
    parser.add_argument("--why", metavar="TEXT", required=True, help="the reason")
    parser.add_argument(
        "--tell", action="store_true", help="write to the sender, with the reason"
    )


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Reject, show the outcome; 2 where it is not held, 1 where nobody can be told."""
    with open_office(common) as office:
        message = find(office, arguments.id)
        person = acting(office, common, tells=arguments.tell)
        decision = reject(person, message, arguments.why, arguments.tell)
        code = show_decided(office, [message])
    if arguments.tell and not decision.items:
        say("reject_not_told", ident=message)
        return 1
    return code
