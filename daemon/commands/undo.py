"""`hopthu undo`: one decision of a person is taken back, by a new version or event."""

import argparse

from daemon.commands.arguments import Common
from daemon.commands.assign import show_decided
from daemon.commands.office import acting, open_office
from daemon.commands.terminal import say
from daemon.undoing import undo

#: The greatest number that the database can be asked for.
LAST = 2**31 - 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "event", metavar="EVENT", help="as `show` and `units show` list it"
    )
    parser.add_argument("--why", metavar="TEXT", required=True, help="the reason")


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Take back, show the mails concerned; 2 where the event is nobody's decision, 1
    where a mail waits for a person again.
    """
    with open_office(common) as office:
        # What is no number is no event either, and is answered with the candidates.
        word = arguments.event.lstrip("#")
        event = int(word) if word.isascii() and word.isdigit() else 0
        done = undo(acting(office, common), min(event, LAST), arguments.why)
        say("undone", event=done.act.event)
        return show_decided(office, list(done.messages)) if done.messages else 0
