"""`hopthu outbox`: what waits to be sent and why; a person lets it go or stops it."""

import argparse
import sys
from dataclasses import asdict
from datetime import tzinfo
from typing import get_args

from daemon.commands.arguments import Common
from daemon.commands.office import open_office
from daemon.commands.shapes import Shape, instant
from daemon.commands.terminal import say, show_json, show_table
from daemon.compose import word
from parsers.values.outbox import ItemKind, ItemState
from storage import outbox as stored
from storage import release
from storage.outbox_lists import OutboxLine, find_item, list_items

VERBS = {
    "release": release.release,
    "cancel": release.cancel,
    "retry": release.retry,
}
HEADINGS = (
    "head_id",
    "head_kind",
    "head_purpose",
    "head_state",
    "head_reason",
    "head_to",
    "head_subject",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options and the verbs."""
    parser.add_argument("--state", choices=get_args(ItemState))
    parser.add_argument("--kind", choices=get_args(ItemKind))
    parser.add_argument("--json", action="store_true", help="one JSON object")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    show = verbs.add_parser("show", help="one mail")
    show.add_argument("id", type=int, metavar="ID")
    show.add_argument("--raw", action="store_true", help="the exact bytes")
    show.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS,
        help="one JSON object",
    )
    for name in VERBS:
        verb = verbs.add_parser(name, help=f"{name} waiting mails")
        verb.add_argument("ids", type=int, nargs="*", metavar="ID")
        verb.add_argument("--all", action="store_true")


def run(arguments: argparse.Namespace, common: Common) -> int:
    """List, show or change; exit 2 for an unknown item or none named."""
    if arguments.verb == "show":
        return _show(arguments, common)
    if arguments.verb in VERBS:
        return _change(arguments, common)
    with open_office(common) as office:
        with office.database.read() as connection:
            items = list_items(connection, arguments.state, arguments.kind)
        if arguments.json:
            show_json({"items": [item_shape(i, office.zone) for i in items]})
        else:
            show_table(HEADINGS, [_cells(i) for i in items])
    return 0


def item_shape(item: OutboxLine, zone: tzinfo) -> Shape:
    """Return one item as section 6 wants it."""
    return {
        **asdict(item),
        "created": instant(item.created, zone),
        "next_attempt": instant(item.next_attempt, zone),
        "sent_at": instant(item.sent_at, zone),
    }


def _cells(item: OutboxLine) -> tuple[object, ...]:
    return (
        item.id,
        word("item_kinds", item.kind),
        word("purposes", item.purpose) if item.purpose else "",
        word("item_states", item.state),
        word("waits", item.reason) if item.reason else "",
        ", ".join(item.to),
        item.subject or "",
    )


def _show(arguments: argparse.Namespace, common: Common) -> int:
    with open_office(common) as office:
        with office.database.read() as connection:
            item = find_item(connection, arguments.id)
            due = stored.find_due(connection, arguments.id)
            raw = stored.frozen(connection, arguments.id)
        if item is None or due is None:
            say("item_unknown", ident=arguments.id)
            return 2
        if arguments.raw:
            # What is not frozen yet is shown as it would be frozen now.
            raw = raw if raw is not None else office.composer(due).raw
            sys.stdout.buffer.write(raw)
        elif arguments.json:
            show_json(item_shape(item, office.zone))
        else:
            show_table(HEADINGS, [_cells(item)])
    return 0


def _change(arguments: argparse.Namespace, common: Common) -> int:
    if not arguments.ids and not arguments.all:
        say("nothing_named")
        return 2
    ids = None if arguments.all else frozenset(arguments.ids)
    with open_office(common) as office:
        with office.database.write() as connection:
            for ident in ids or ():
                if find_item(connection, ident) is None:
                    say("item_unknown", ident=ident)
                    return 2
            change = VERBS[arguments.verb]
            done = change(connection, ids, office.clock.now(), common.by)
        for ident in done:
            print(ident)
    return 0
