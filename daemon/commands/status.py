"""`hopthu status`: the status table, from the database alone."""

import argparse
from dataclasses import asdict
from datetime import tzinfo

from daemon.commands.arguments import Common
from daemon.commands.office import open_office
from daemon.commands.shapes import Shape, instant
from daemon.commands.terminal import phrase, say, show_json, show_lines, show_table
from daemon.compose import word
from storage.status import Status, UnitStatus, read_status

HEADINGS = (
    "head_code",
    "head_name",
    "head_state",
    "head_registered",
    "head_versions",
    "head_received",
    "head_late",
    "head_confirmation",
    "head_findings",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--category", metavar="C", help="units of one category only")
    parser.add_argument(
        "--missing", action="store_true", help="only units that still owe something"
    )


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Print the table; exit 2 for an unknown category."""
    with open_office(common) as office:
        campaign = office.campaign
        if arguments.category and arguments.category not in {
            c.code for c in campaign.categories
        }:
            say("category_unknown", code=arguments.category)
            return 2
        with office.database.read() as connection:
            status = read_status(connection, campaign.number, office.clock.now())
        units = [u for u in status.units if _wanted(u, arguments)]
        if arguments.json:
            show_json(status_shape(status, units, office.zone))
        else:
            show_status(status, units, office.zone)
    return 0


def _wanted(unit: UnitStatus, arguments: argparse.Namespace) -> bool:
    if arguments.category and unit.category != arguments.category:
        return False
    return not arguments.missing or unit.state in ("missing", "partial")


def status_shape(status: Status, units: list[UnitStatus], zone: tzinfo) -> Shape:
    """Return section 6's object with the lines of `units`."""
    return {
        "campaign": status.campaign,
        "as_of": instant(status.as_of, zone),
        "units": [
            {**asdict(u), "last_received": instant(u.last_received, zone)}
            for u in units
        ],
        "totals": status.totals,
        "messages": status.messages,
        "outbox": status.outbox,
        "mailboxes": [
            {**asdict(m), "last_success": instant(m.last_success, zone)}
            for m in status.mailboxes
        ],
    }


def show_status(status: Status, units: list[UnitStatus], zone: tzinfo) -> None:
    """Print the table, then totals and counts in a line each."""
    show_table(HEADINGS, [_cells(u, zone) for u in units])
    lines = [phrase("total_line", **status.totals)]
    lines += [
        phrase(
            "mailbox_line",
            name=m.name,
            folder=m.folder or "",
            on_server="?" if m.on_server is None else m.on_server,
            in_ledger=m.in_ledger,
        )
        for m in status.mailboxes
    ]
    lines.append(phrase("message_counts", **status.messages))
    lines.append(phrase("outbox_counts", **status.outbox))
    show_lines(lines)


def _cells(unit: UnitStatus, zone: tzinfo) -> tuple[object, ...]:
    received = unit.last_received
    return (
        unit.code,
        unit.name,
        word("unit_states", unit.state),
        f"{unit.registered}/{'?' if unit.quota is None else unit.quota}",
        unit.versions or "",
        f"{received.astimezone(zone):%d/%m/%Y %H:%M}" if received else "",
        unit.late,
        word("confirmation", unit.confirmation) if unit.confirmation else "",
        unit.findings or "",
    )
