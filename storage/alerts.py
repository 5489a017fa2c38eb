"""Alerts as they stand: opened once, closed once, each told to every recipient.

It judges nothing: whether a condition holds is for `daemon.alarm`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from parsers.values.outbox import NewItem
from parsers.values.summary import AlertFacts, AlertKind
from storage.events import PROGRAM
from storage.outbox import enqueue
from storage.tables import alerts, messages
from storage.upserts import insert_new

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """A condition that was told and has not ended."""

    kind: AlertKind
    subject: str
    onset: datetime


def open_alerts(connection: Connection) -> tuple[OpenAlert, ...]:
    """Return every condition that has not ended; those without an end are not there."""
    c = alerts.c
    query = select(c.kind, c.subject, c.onset).where(
        c.recovered.is_(None), c.kind != "secret"
    )
    return tuple(OpenAlert(*row) for row in connection.execute(query.order_by(c.id)))


def secrets_untold(connection: Connection) -> tuple[int, ...]:
    """Return the mails held as secret of which nobody was told yet."""
    m, a = messages.c, alerts.c
    told = select(a.subject).where(a.kind == "secret")
    query = select(m.id).where(m.state == "held", m.reason == "secret").order_by(m.id)
    known = frozenset(connection.scalars(told))
    return tuple(i for i in connection.scalars(query) if str(i) not in known)


def begin(
    connection: Connection, new: Sequence[AlertFacts], to: Iterable[str]
) -> tuple[AlertFacts, ...]:
    """Open what is not open yet and enqueue its mails; return what was new.

    The database holds (kind, subject, onset) to be unique, and one open at a time.
    """
    recipients, opened = tuple(to), []
    for one in new:
        row = {
            "kind": one.kind,
            "subject": one.subject,
            "onset": one.onset,
            "detail": one.detail[:_LONGEST],
        }
        statement = insert_new(connection, alerts).returning(alerts.c.id)
        if connection.execute(statement, row).first() is None:
            continue
        opened.append(one)
        _tell(connection, one, recipients, one.onset)
    return tuple(opened)


def end(
    connection: Connection, over: Sequence[OpenAlert], now: datetime, to: Iterable[str]
) -> int:
    """Close conditions and enqueue the mails that say so; return how many were open."""
    recipients, closed = tuple(to), 0
    c = alerts.c
    for one in over:
        which = (c.kind == one.kind) & (c.subject == one.subject)
        statement = update(alerts).where(
            which, c.onset == one.onset, c.recovered.is_(None)
        )
        if connection.execute(statement.values(recovered=now)).rowcount == 1:
            closed += 1
            facts = AlertFacts(one.kind, one.subject, one.onset, recovered=now)
            _tell(connection, facts, recipients, now)
    return closed


def _tell(
    connection: Connection, facts: AlertFacts, to: Sequence[str], now: datetime
) -> None:
    step = "end" if facts.recovered else "begin"
    onset = facts.onset.timestamp()
    items = [
        NewItem(
            kind="alert",
            key=f"{facts.kind}:{facts.subject}:{onset:.3f}:{step}:{address.casefold()}",
            to=(address,),
            facts=facts,
            step=step,
        )
        for address in dict.fromkeys(to)
    ]
    enqueue(connection, [(facts.message, item) for item in items], now, PROGRAM)
