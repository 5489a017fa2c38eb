"""`hopthu web`: the page by itself, beside a daemon or without one."""

import argparse
import getpass
import logging
import sys
import threading

from daemon import journal
from daemon.commands.arguments import Common
from daemon.commands.office import open_office, read_desk
from daemon.commands.run import signals
from daemon.commands.served import check_bind, served
from daemon.commands.terminal import phrase, say
from daemon.page.users import hashed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--hash",
        action="store_true",
        help="ask for a password and print its hash, for a line of the users file",
    )


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Serve until SIGTERM or SIGINT; 2 where the address cannot be served."""
    if arguments.hash:
        return _print_hash()
    journal.start(logging.INFO)
    stopping = threading.Event()
    desk = read_desk(common, ticking=True)
    check_bind(desk.settings.web)
    with (
        signals(stopping.set),
        open_office(common, desk=desk) as office,
        served(office) as url,
    ):
        if url is None:
            return 2
        say("web_started", url=url)
        stopping.wait()
    return 0


def _print_hash() -> int:
    password = _password()
    if not password:
        say("password_empty")
        return 2
    print(hashed(password))
    return 0


def _password() -> str:
    """Return what is typed twice on a terminal, or the first line that is piped in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(phrase("password_ask"))
    again = getpass.getpass(phrase("password_again"))
    return first if first == again else ""
