"""The one status query: page, command line, digest and the view say the same.

It connects to nothing: mailboxes are as they were last seen. It writes nothing.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from sqlalchemy import Connection, RowMapping, func, select

from parsers.values.decision import MessageState
from storage.folders import FolderState, folder_states
from storage.outbox_lists import counts
from storage.tables import messages, positions
from storage.views import unit_status

_STATES = ("complete", "partial", "over", "nil", "excused", "missing")
_UNIT = ("code", "name", "category", "quota", "registered", "state", "versions")
_MORE = ("last_received", "late", "confirmation", "results", "reminders", "findings")
_LAST = ("address_known", "address")


@dataclass(frozen=True, slots=True)
class PhaseStatus:
    """Where a unit stands in a later phase."""

    state: str
    versions: int
    late: bool


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """One line of the status table; names as in the contract, times aware."""

    code: str
    name: str
    category: str
    quota: int | None
    registered: int
    state: str
    versions: int
    last_received: datetime | None
    late: bool
    confirmation: str | None
    results: int
    reminders: int
    findings: int
    address_known: bool
    address: str
    phases: dict[str, PhaseStatus]


@dataclass(frozen=True, slots=True)
class MailboxStatus:
    """A folder as it was last seen; `folder` is None for a directory."""

    name: str
    folder: str | None
    on_server: int | None
    in_ledger: int
    last_success: datetime | None
    healthy: bool


@dataclass(frozen=True, slots=True)
class Status:
    """All of `status --json`; names as in the contract, times aware."""

    campaign: str
    as_of: datetime
    units: tuple[UnitStatus, ...]
    totals: dict[str, int]
    messages: dict[str, int]
    outbox: dict[str, int]
    mailboxes: tuple[MailboxStatus, ...]


def read_status(connection: Connection, campaign: str, now: datetime) -> Status:
    """Return where the campaign stands; its units by category, then units file."""
    units = unit_lines(connection, campaign)
    return Status(
        campaign=campaign,
        as_of=now,
        units=units,
        totals=totals(units),
        messages=message_counts(connection),
        outbox=counts(connection),
        mailboxes=mailbox_lines(connection),
    )


def read_health(connection: Connection, campaign: str, now: datetime) -> Status:
    """Return the status without its units and messages: what health is judged by."""
    return Status(
        campaign=campaign,
        as_of=now,
        units=(),
        totals={},
        messages={},
        outbox=counts(connection),
        mailboxes=mailbox_lines(connection),
    )


def unit_lines(
    connection: Connection, campaign: str, codes: Collection[str] | None = None
) -> tuple[UnitStatus, ...]:
    """Return the lines of the status table, all of them or those of the codes."""
    c = unit_status.c
    query = select(unit_status).where(c.campaign == campaign)
    if codes is not None:
        query = query.where(c.code.in_(sorted(codes)))
    ordered = query.order_by(c.category_position, c.position, c.code)
    return tuple(_line(row) for row in connection.execute(ordered).mappings())


def totals(units: Sequence[UnitStatus]) -> dict[str, int]:
    """Return the sums of the lines; the states sum to `units`."""
    return {
        "units": len(units),
        **{state: sum(u.state == state for u in units) for state in _STATES},
        "registered": sum(u.registered for u in units),
        "expected": sum(u.quota or 0 for u in units),
    }


def message_counts(connection: Connection) -> dict[str, int]:
    """Return how many messages are in each state, every state named."""
    query = select(messages.c.state, func.count()).group_by(messages.c.state)
    found = {row[0]: row[1] for row in connection.execute(query)}
    return {state: found.get(state, 0) for state in get_args(MessageState)}


def mailbox_lines(connection: Connection) -> tuple[MailboxStatus, ...]:
    """Return the folders by mailbox and name.

    `in_ledger` counts the positions that are valid today: those under the UIDVALIDITY
    that was last seen.
    """
    p = positions.c
    validity = func.coalesce(p.uidvalidity, 0)
    query = select(
        p.mailbox, func.coalesce(p.folder, ""), validity, func.count()
    ).group_by(p.mailbox, p.folder, p.uidvalidity)
    known = {(row[0], row[1], row[2]): row[3] for row in connection.execute(query)}
    return tuple(_mailbox(state, known) for state in folder_states(connection))


def _line(row: RowMapping) -> UnitStatus:
    phases: dict[str, dict[str, Any]] = json.loads(row["phases"])
    return UnitStatus(
        **{name: row[name] for name in (*_UNIT, *_MORE, *_LAST)},
        phases={name: PhaseStatus(**phase) for name, phase in phases.items()},
    )


def _mailbox(
    state: FolderState, known: dict[tuple[str, str, int], int]
) -> MailboxStatus:
    where = (state.mailbox, state.folder, state.uidvalidity or 0)
    return MailboxStatus(
        name=state.mailbox,
        folder=state.folder or None,
        on_server=state.on_server,
        in_ledger=known.get(where, 0),
        last_success=state.last_success,
        healthy=state.healthy,
    )
