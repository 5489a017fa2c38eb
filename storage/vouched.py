"""What later mails say for or against a version: its confirmation, a stranger's claim.

What a mail said by an earlier decision is forgotten when it is decided anew. No version
is changed by it.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, Table, delete, insert, select

from parsers.values.decision import Decision
from storage.tables import contests, signatures, submissions


def sign(connection: Connection, decisions: Sequence[Decision], now: datetime) -> None:
    """Write down which versions the decided mails confirm today.

    What a mail confirmed by an earlier decision counts no more.
    """
    _forget(connection, signatures, decisions)
    s, rows = submissions.c, []
    for message, signed in ((d.message, s) for d in decisions for s in d.signatures):
        version = select(s.id).where(
            s.campaign == signed.campaign,
            s.unit == signed.unit,
            s.phase == signed.phase,
            s.version == signed.version,
        )
        rows.append(
            {
                "submission": connection.scalars(version).one(),
                "message": message,
                "confirmation": signed.confirmation,
                "at": now,
            }
        )
    if rows:
        connection.execute(insert(signatures), rows)


def contest(connection: Connection, decisions: Sequence[Decision]) -> None:
    """Write down for which units strangers speak, by mails that are held for it today.

    Once staff have settled such a mail it contests nothing any more.
    """
    _forget(connection, contests, decisions)
    told = {
        (one.campaign, one.unit, one.phase, decision.message)
        for decision in decisions
        for one in decision.contested
    }
    if told:
        names = ("campaign", "unit", "phase", "message")
        rows = [dict(zip(names, one, strict=True)) for one in sorted(told)]
        connection.execute(insert(contests), rows)


def _forget(
    connection: Connection, table: Table, decisions: Sequence[Decision]
) -> None:
    mails = [decision.message for decision in decisions]
    connection.execute(delete(table).where(table.c.message.in_(mails)))


def confirmed_since(connection: Connection, ids: Collection[int]) -> frozenset[int]:
    """Return which of the versions a later mail confirms."""
    c = signatures.c
    query = select(c.submission).where(c.submission.in_(sorted(ids)))
    return frozenset(connection.scalars(query))


def contested(
    connection: Connection, codes: Collection[str]
) -> frozenset[tuple[str, str, str]]:
    """Return for which of the units strangers speak: campaign, unit and phase."""
    c = contests.c
    query = select(c.campaign, c.unit, c.phase).where(c.unit.in_(sorted(codes)))
    return frozenset((row[0], row[1], row[2]) for row in connection.execute(query))
