"""`hopthu units`: the directory of units and addresses."""

import argparse
import hashlib
from collections.abc import Iterable
from datetime import tzinfo
from pathlib import Path

from config.units_file import load_units
from daemon.commands.arguments import Common
from daemon.commands.office import Office, UsageError, open_office
from daemon.commands.shapes import Shape, instant
from daemon.commands.show import (
    ROW_HEADINGS,
    event_shape,
    row_cells,
    show_events,
    submission_shape,
)
from daemon.commands.terminal import phrase, say, show_json, show_lines, show_table
from daemon.compose import word
from storage import units as directory
from storage.database import Connection
from storage.decisions import messages_of_unit
from storage.events import events_of_unit
from storage.outbox_lists import SentReminder, reminders_of_unit
from storage.submissions import submissions_of_unit
from storage.units import UnitLine

HEADINGS = ("head_code", "head_name", "head_category", "head_address")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verbs."""
    words = "one JSON object"
    parser.add_argument("--json", action="store_true", help=words)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    # Without a verb it lists; the option may stand before or after the verb.
    listing = verbs.add_parser("list", help="all units with their addresses")
    show = verbs.add_parser("show", help="one unit with its versions and rows")
    show.add_argument("code", metavar="CODE")
    for verb in (listing, show):
        verb.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help=words
        )
    take = verbs.add_parser("import", help="compare a units file; --yes writes it")
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("--yes", action="store_true")
    verbs.add_parser("check", help="what a person should look at")


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Answer one verb; 2 for an unknown unit, 1 where `check` finds anything."""
    with open_office(common) as office:
        if arguments.verb == "show":
            return _show(arguments, office)
        if arguments.verb == "import":
            return _import(arguments, office, common.by)
        if arguments.verb == "check":
            return _check(office)
        with office.database.read() as connection:
            lines = _in_order(office, directory.all_units(connection))
        if arguments.json:
            show_json({"units": [_unit_shape(office, x) for x in lines]})
        else:
            show_table(HEADINGS, [_cells(x) for x in lines])
    return 0


def _in_order(office: Office, lines: Iterable[UnitLine]) -> list[UnitLine]:
    """Return units by the campaign's categories, then as the units file has them."""
    order = [category.code for category in office.campaign.categories]
    last = len(order)
    places = {code: number for number, code in enumerate(order)}
    return sorted(lines, key=lambda line: places.get(line.unit.category, last))


def _unit_shape(office: Office, line: UnitLine) -> Shape:
    unit = line.unit
    return {
        "code": unit.code,
        "name": unit.name,
        "category": unit.category,
        "quota": office.campaign.quota(unit.code, unit.category),
        "active": line.active,
        "addresses": [
            {"address": a.address, "source": a.source, "health": a.health}
            for a in line.addresses
        ],
    }


def _cells(line: UnitLine) -> tuple[object, ...]:
    addresses = ", ".join(a.address for a in line.addresses)
    return (line.unit.code, line.unit.name, line.unit.category, addresses)


def _show(arguments: argparse.Namespace, office: Office) -> int:
    with office.database.read() as connection:
        line = directory.find_unit(connection, arguments.code)
        if line is None:
            raise UsageError("unit_unknown", code=arguments.code)
        if arguments.json:
            show_json(_whole_shape(office, connection, line))
            return 0
        show_table(HEADINGS, [_cells(line)])
        for stored in submissions_of_unit(connection, line.unit.code):
            in_force = f" · {phrase('in_force')}" if stored.in_force else ""
            print(
                f"{stored.campaign} · {word('phases', stored.phase)}"
                f" · {stored.version} · {word('submission_states', stored.state)}"
                f"{in_force}"
            )
            rows = [row_cells(r) for r in stored.registrations]
            if rows:
                show_table(ROW_HEADINGS, rows)
        for told in reminders_of_unit(connection, line.unit.code):
            show_lines([_reminded(told, office.zone)])
        show_events(events_of_unit(connection, line.unit.code), office.zone)
    return 0


def _reminded(told: SentReminder, zone: tzinfo) -> str:
    at = f"{told.sent_at.astimezone(zone):%d/%m/%Y %H:%M}" if told.sent_at else "-"
    step = f"{word('phases', told.phase)} {told.step}"
    return phrase("reminded", at=at, step=step, to=", ".join(told.to))


def _whole_shape(office: Office, connection: Connection, line: UnitLine) -> Shape:
    code = line.unit.code
    zone = office.zone
    return {
        **_unit_shape(office, line),
        "submissions": [
            submission_shape(s) for s in submissions_of_unit(connection, code)
        ],
        "messages": list(messages_of_unit(connection, code)),
        "reminders": [
            {
                "phase": r.phase,
                "step": r.step,
                "to": list(r.to),
                "sent_at": instant(r.sent_at, zone),
            }
            for r in reminders_of_unit(connection, code)
        ],
        "events": [event_shape(e, zone) for e in events_of_unit(connection, code)],
    }


def _import(arguments: argparse.Namespace, office: Office, by: str) -> int:
    given = load_units(arguments.file, office.settings.categories)
    if not arguments.yes:
        with office.database.read() as connection:
            change = directory.preview(connection, given)
        _show_change(change)
        say("units_previewed")
        return 0
    digest = hashlib.sha256(arguments.file.read_bytes()).hexdigest()
    configured = hashlib.sha256(office.settings.units.read_bytes()).hexdigest()
    with office.database.write() as connection:
        now = office.clock.now()
        taken = directory.take_in(connection, given, digest, now, by)
        # The configured file counts as read: it speaks again when it changes.
        directory.mark_known(connection, configured)
    change = taken or directory.UnitsChange()
    _show_change(change)
    say(
        "units_written",
        added=len(change.added),
        changed=len(change.changed),
        vanished=len(change.vanished),
    )
    return 0


def _show_change(change: directory.UnitsChange) -> None:
    marks = (
        ("+", (*change.added, *change.returned)),
        ("~", change.changed),
        ("-", change.vanished),
    )
    show_lines(f"{mark} {code}" for mark, codes in marks for code in codes)


def _check(office: Office) -> int:
    with office.database.read() as connection:
        found = directory.check_units(connection)
        units = directory.all_units(connection)
    names = {x.unit.code: x.unit.name for x in units}
    lines = [
        phrase("units_vanished", code=code, name=names.get(code, ""))
        for code in found.vanished
    ]
    lines += [
        phrase("units_shared", address=address, codes=", ".join(codes))
        for address, codes in found.shared
    ]
    lines += [
        phrase("units_no_address", code=code, name=names.get(code, ""))
        for code in found.without_address
    ]
    show_lines(lines)
    if lines:
        say("units_to_look_at", count=len(lines))
    return 1 if lines else 0
