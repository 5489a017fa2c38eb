"""`hopthu show`: one mail with its history."""

import argparse
from collections.abc import Iterable
from datetime import tzinfo

from daemon.commands.arguments import Common
from daemon.commands.finding import detail, find
from daemon.commands.messages import HEADINGS, cells, line_shape
from daemon.commands.office import Office, open_office
from daemon.commands.outbox import item_shape
from daemon.commands.shapes import (
    Shape,
    finding_shape,
    instant,
    reading_shape,
    registration_shape,
    result_shape,
)
from daemon.commands.terminal import show_json, show_table
from daemon.compose import word
from daemon.readings import kept_reading
from parsers.values.reading import Reading, Registration
from storage.database import Connection
from storage.decisions import decision_of
from storage.events import Event, events_of_message
from storage.mails import MessageDetail
from storage.outbox_lists import items_of_message
from storage.submissions import StoredSubmission, submissions_of_message

EVENT_HEADINGS = (
    "head_id",
    "head_at",
    "head_what",
    "head_state",
    "head_reason",
    "head_by",
)
ROW_HEADINGS = (
    "head_number",
    "head_title",
    "head_method",
    "head_time",
    "head_expected",
    "head_certainty",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("id", metavar="ID", help="number, receipt, <Message-ID>, hash")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Print the mail; exit 2 with the candidates where the name is not one's."""
    with open_office(common) as office:
        message = find(office, arguments.id)
        with office.database.read() as connection:
            found = detail(connection, message)
            if arguments.json:
                show_json(_shape(office, connection, found))
            else:
                _print(office, connection, found)
    return 0


def _shape(office: Office, connection: Connection, found: MessageDetail) -> Shape:
    zone = office.zone
    reading = kept_reading(connection, office.archive, found)
    ident = found.line.id
    return {
        **line_shape(found.line, zone),
        "message_id": found.message_id,
        "date": instant(found.date, zone),
        "raw": {"sha256": found.raw_sha256, "bytes": found.raw_bytes},
        "positions": [
            {
                "mailbox": p.mailbox,
                "folder": p.folder,
                "uidvalidity": p.uidvalidity,
                "uid": p.uid,
            }
            for p in found.positions
        ],
        "reading": _reading(office, connection, found, reading) if reading else None,
        "submissions": [
            submission_shape(s) for s in submissions_of_message(connection, ident)
        ],
        "outbox": [item_shape(i, zone) for i in items_of_message(connection, ident)],
        "events": [event_shape(e, zone) for e in events_of_message(connection, ident)],
    }


def _reading(
    office: Office, connection: Connection, found: MessageDetail, reading: Reading
) -> Shape | None:
    names = {u.code: u.name for u in office.desk.units}
    decision = decision_of(connection, found.line.id)
    if decision is None:
        return None
    received = found.line.received
    return reading_shape(None, reading, decision, received, names, office.zone)


def submission_shape(stored: StoredSubmission) -> Shape:
    """Return one version as section 6 wants it."""
    rows = [registration_shape(r) for r in stored.registrations]
    return {
        "campaign": stored.campaign,
        "unit": stored.unit,
        "phase": stored.phase,
        "version": stored.version,
        "in_force": stored.in_force,
        "state": stored.state,
        "mode": stored.mode,
        "supersedes": stored.supersedes,
        "kind": stored.kind,
        "rows": rows or [result_shape(r) for r in stored.results],
        "findings": [finding_shape(f) for f in stored.findings],
    }


def event_shape(event: Event, zone: tzinfo) -> Shape:
    """Return one event as section 6 wants it."""
    return {
        "id": event.id,
        "at": instant(event.at, zone),
        "what": event.what,
        "from": event.from_,
        "to": event.to,
        "reason": event.reason,
        "by": event.by,
    }


def _print(office: Office, connection: Connection, found: MessageDetail) -> None:
    zone = office.zone
    show_table(HEADINGS, [cells(found.line, zone)])
    for stored in submissions_of_message(connection, found.line.id):
        print(
            f"{stored.campaign} · {stored.unit} · {word('phases', stored.phase)}"
            f" · {stored.version} · {word('submission_states', stored.state)}"
        )
        show_table(ROW_HEADINGS, [row_cells(r) for r in stored.registrations])
    show_events(events_of_message(connection, found.line.id), zone)


def show_events(events: Iterable[Event], zone: tzinfo) -> None:
    """Print the history; what a person did is taken back by its number."""
    rows = [
        (
            e.id,
            f"{e.at.astimezone(zone):%d/%m/%Y %H:%M:%S}",
            word("events", e.what),
            f"{e.from_ or ''} → {e.to or ''}",
            word("reasons", e.reason) if e.reason else "",
            e.by,
        )
        for e in events
    ]
    show_table(EVENT_HEADINGS, rows)


def row_cells(row: Registration) -> tuple[object, ...]:
    """Return the cells of one work under ROW_HEADINGS."""
    names = ("number", "title", "method", "time", "expected_result", "certainty")
    return tuple(getattr(row, name) for name in names)
