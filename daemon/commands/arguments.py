"""The command line's grammar: what may be asked, and which function answers."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from typing import NoReturn

from daemon.commands.terminal import say

Add = Callable[[argparse.ArgumentParser], None]

#: Command -> what `--help` says of it. Its module bears its name.
COMMANDS = {
    "run": "the daemon: watch every mailbox, read, store, answer; until SIGTERM",
    "poll": "one pass: fetch, read, store, send what stands in the outbox",
    "ingest": "the same for files: .eml, .mbox, Maildir, folders of them",
    "read": "dry run without a database: what a mail or a file is understood to say",
    "status": "the status table",
    "messages": "the ledger of mails",
    "show": "one mail with its history",
    "assign": "say which unit sent a mail (or one attachment of it)",
    "accept": "let a held mail go on as if its doubt did not exist",
    "reject": "do not take a held mail; only --tell writes to its sender",
    "record": "enter what came on paper or by telephone as a version of a unit",
    "amend": "change one cell of the version in force, by a new version",
    "excuse": "say that a unit owes nothing: no reminders",
    "mark": "choose works of a unit, for documents of chosen works",
    "undo": "take back one decision of a person",
    "reprocess": "read stored mails anew under today's rules",
    "outbox": "mails to be sent: what waits and why",
    "remind": "remind who still owes: what is due now",
    "digest": "today's report to the staff, if it is due",
    "export": "write a document to a file: .xlsx, .docx or .csv",
    "form": "the form to fill in: blank, or a unit's own with what it has registered",
    "units": "the directory of units and addresses",
    "web": "the status page by itself, beside a daemon or without one",
    "reconcile": "folder against ledger: every mail is accounted for, or named",
    "check": "doctor: configuration, logins, folders, SMTP, database, clock, disk",
    "demo": "the main job on an embedded mailbox with sample mails",
}


@dataclass(frozen=True, slots=True)
class Common:
    """What every command is told: where the configuration is, what time it is."""

    config: str | None
    now: str | None
    by: str
    campaign: str | None


class _Parser(argparse.ArgumentParser):
    """Argparse's own, whose complaint begins in the language of the office."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and end with status 2."""
        say("wrong_usage", detail=message)
        say("usage_hint", program=self.prog)
        sys.exit(2)


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return the arguments; `handler` is the command's function.

    Ends the process with status 2 for wrong usage, as argparse does.
    """
    parser = _Parser(
        prog="hopthu",
        description="Reads registration tables out of a mailbox, stores, answers.",
    )
    parser.add_argument("--version", action="version", version=version("hopthu"))
    parser.add_argument("--config", metavar="FILE", help="configuration (TOML)")
    parser.add_argument(
        "--now",
        metavar="TIME",
        default=os.environ.get("HOPTHU_NOW"),
        help="where the program's clock starts: ISO 8601 with offset",
    )
    parser.add_argument(
        "--as", dest="by", metavar="NAME", help="who decides (default: the system user)"
    )
    parser.add_argument(
        "--campaign", metavar="NUMBER", help="which campaign, where several run"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    named = sys.argv[1:] if argv is None else argv
    for name, words in COMMANDS.items():
        sub = commands.add_parser(name, help=words, description=words)
        # Only the command that is meant is loaded: the others' libraries cost a second.
        if name in named:
            module = import_module(f"daemon.commands.{name}")
            add: Add = module.add_arguments
            add(sub)
            sub.set_defaults(handler=module.run)
    return parser.parse_args(argv)


def common(arguments: argparse.Namespace) -> Common:
    """Return what every command is told."""
    by = arguments.by or _system_user()
    return Common(arguments.config, arguments.now, by, arguments.campaign)


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # In a container the user may have a number and no name.
        return str(os.getuid())
