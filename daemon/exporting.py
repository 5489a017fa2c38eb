"""Documents out of the ledger: what was asked for, read in one snapshot, written.

Commands, the page and the digest call it. It decides nothing about how a document
looks, and changes nothing in the ledger.
"""

import io
from collections.abc import Iterator
from typing import BinaryIO, Literal, get_args

from daemon import gathering
from daemon.export import assessment, registrations, results, status
from daemon.export.csv_file import write_csv
from daemon.export.docx_file import write_docx
from daemon.export.model import Part, Value
from daemon.export.registrations import CHANGE
from daemon.export.report import report
from daemon.export.xlsx_file import write_xlsx
from daemon.gathering import Issuer as Issuer
from daemon.gathering import Order as Order
from daemon.gathering import OrderError as OrderError
from daemon.gathering import What
from parsers.values.campaign import Campaign
from storage.database import Connection

Ending = Literal["xlsx", "docx", "csv"]
WHATS: tuple[What, ...] = get_args(What)
ENDINGS: tuple[Ending, ...] = get_args(Ending)


def written(
    connection: Connection, order: Order, ending: Ending, issuer: Issuer
) -> bytes:
    """Return the document as bytes; see `write`."""
    stream = io.BytesIO()
    write(connection, order, ending, issuer, stream)
    return stream.getvalue()


def write(
    connection: Connection,
    order: Order,
    ending: Ending,
    issuer: Issuer,
    stream: BinaryIO,
) -> None:
    """Write the document of one snapshot to a stream; memory stays flat.

    Raises OrderError for a campaign, category, field or unit that is not there, before
    anything is written.
    """
    chosen = gathering.plans_of(connection, order)
    if ending == "csv":
        columns, rows = _csv(connection, order, chosen, issuer)
        write_csv(columns, rows, stream, issuer.zone)
        return
    parts = (_part(connection, order, plan, issuer, ending) for plan in chosen)
    write_whole = write_xlsx if ending == "xlsx" else write_docx
    write_whole(parts, stream, issuer.zone)


def _csv(
    connection: Connection,
    order: Order,
    chosen: tuple[Campaign, ...],
    issuer: Issuer,
) -> tuple[tuple[str, ...], Iterator[tuple[Value, ...]]]:
    """Return columns and rows; differences have a column of their own at the end."""
    marked = order.since is not None
    last = (CHANGE,) if marked else ()
    if order.what == "registrations":
        # Of every plan that anything was delivered for, configured or not.
        given = gathering.given(connection, order, order.campaign)
        rows = registrations.csv_rows(given, order.field, marked)
        return (*registrations.CSV_COLUMNS, *last), rows
    if order.what == "results":
        given = gathering.given(connection, order, order.campaign)
        return (*results.CSV_COLUMNS, *last), results.csv_rows(
            given, order.field, marked
        )
    columns = (assessment if order.what == "assessment" else status).CSV_COLUMNS
    found = (
        row for plan in chosen for row in _csv_units(connection, order, plan, issuer)
    )
    return (*columns, *last), found


def _csv_units(
    connection: Connection, order: Order, plan: Campaign, issuer: Issuer
) -> Iterator[tuple[Value, ...]]:
    lines = gathering.lines(connection, order, plan)
    marks = None
    if order.since is not None:
        marks = gathering.marks(connection, order, plan)
    if order.what == "status":
        return status.csv_rows(plan.number, lines, marks)
    frame = gathering.frame(order, plan, issuer, lines)
    units, _ = gathering.assessed(connection, order, plan, lines)
    return assessment.csv_rows(frame, units, marks)


def _part(
    connection: Connection, order: Order, plan: Campaign, issuer: Issuer, ending: Ending
) -> Part:
    lines = gathering.lines(connection, order, plan)
    frame = gathering.frame(order, plan, issuer, lines)
    if order.what == "registrations":
        given = gathering.given(connection, order, plan.number)
        return registrations.registrations(frame, given)
    if order.what == "results":
        return results.results(frame, gathering.given(connection, order, plan.number))
    marks = gathering.marks(connection, order, plan)
    if order.what == "status":
        return status.status(frame, lines, marks)
    units, counted = gathering.assessed(connection, order, plan, lines)
    table = assessment.assessment(frame, units, marks)
    return report(frame, units, counted, table) if ending == "docx" else table
