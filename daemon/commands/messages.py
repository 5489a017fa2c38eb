"""`hopthu messages`: the ledger of mails."""

import argparse
from datetime import tzinfo
from typing import get_args

from daemon.commands.arguments import Common
from daemon.commands.office import open_office
from daemon.commands.shapes import Shape, instant
from daemon.commands.terminal import show_json, show_table
from daemon.compose import word
from parsers.values.decision import MessageState
from storage.mails import MessageLine, message_lines

HEADINGS = (
    "head_id",
    "head_receipt",
    "head_arrived",
    "head_from",
    "head_subject",
    "head_state",
    "head_reason",
    "head_units",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--state", choices=get_args(MessageState))
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Print the ledger."""
    with open_office(common) as office:
        with office.database.read() as connection:
            lines = message_lines(connection, arguments.state)
        if arguments.json:
            show_json({"messages": [line_shape(x, office.zone) for x in lines]})
        else:
            show_table(HEADINGS, [cells(x, office.zone) for x in lines])
    return 0


def line_shape(line: MessageLine, zone: tzinfo) -> Shape:
    """Return one line as section 6 wants it."""
    return {
        "id": line.id,
        "receipt": line.receipt,
        "mailbox": line.mailbox,
        "folder": line.folder,
        "uidvalidity": line.uidvalidity,
        "uid": line.uid,
        "received": instant(line.received, zone),
        "from": line.author,
        "subject": line.subject,
        "state": line.state,
        "reason": line.reason,
        "kind": line.kind,
        "units": list(line.units),
        "trust": line.trust,
        "attempts": line.attempts,
        "findings": line.findings,
        "answered": line.answered,
    }


def cells(line: MessageLine, zone: tzinfo) -> tuple[object, ...]:
    """Return one line of the table."""
    return (
        line.id,
        line.receipt,
        f"{line.received.astimezone(zone):%d/%m/%Y %H:%M}",
        line.author,
        line.subject,
        word("message_states", line.state),
        word("reasons", line.reason) if line.reason else "",
        ", ".join(line.units),
    )
