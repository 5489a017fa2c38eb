"""What hangs on a version that a person takes back: later acts, and later mails.

It changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, or_, select

from storage import acts
from storage.acts import KeptAct
from storage.tables import message_units, messages, submissions, withdrawals

_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Built:
    """A version that counts, and what it was built on: its number, None for nothing."""

    id: int
    key: _Key
    version: int
    on: int | None


def made_by(connection: Connection, kept: KeptAct) -> tuple[Built, ...]:
    """Return the versions that came of the act: its own, or its mail's since then."""
    s = submissions.c
    if kept.submission is not None:
        return _built(connection, s.id == kept.submission)
    if kept.act.message is None:
        return ()
    newest = kept.act.details.newest
    return _built(connection, (s.message == kept.act.message) & (s.id > newest))


def first_later(
    connection: Connection, kept: KeptAct, made: Sequence[Built]
) -> int | None:
    """Return the event of the last standing act whose version holds rows of these."""
    gone = {(one.key, one.version) for one in made}
    for unit in sorted({one.key[1] for one in made}):
        known = {
            (one.key, one.version): one
            for one in _built(connection, submissions.c.unit == unit)
        }
        by_id = {one.id: one for one in known.values()}
        for later in reversed(acts.of_unit(connection, unit)):
            one = by_id.get(later.submission or 0)
            if later.event <= kept.event or later.undone is not None:
                continue
            while one is not None and one.on is not None:
                if (one.key, one.on) in gone:
                    return later.event
                one = known.get((one.key, one.on))
    return None


def decided_after(
    connection: Connection, kept: KeptAct, made: Sequence[Built]
) -> tuple[int, ...]:
    """Return the mails of the units that met these versions, oldest first.

    They are those that were processed after the act or its mail.
    """
    codes = sorted({one.key[1] for one in made})
    if not codes:
        return ()
    m, u = messages.c, message_units.c
    turn = kept.event
    if kept.act.message is not None:
        own = select(m.turn).where(m.id == kept.act.message)
        turn = connection.scalar(own) or turn
    query = (
        select(m.id)
        .join(message_units, u.message == m.id)
        .where(u.unit.in_(codes), m.state == "processed", m.turn >= turn)
        .where(or_(m.reason.is_(None), m.reason == "nothing_changed"))
        .where(m.id != (kept.act.message or 0))
        .distinct()
        .order_by(m.id)
    )
    return tuple(connection.scalars(query))


def _built(connection: Connection, which: ColumnElement[bool]) -> tuple[Built, ...]:
    s, m, w = submissions.c, messages.c, withdrawals.c
    query = (
        select(submissions, m.kind.label("brought"))
        .outerjoin(messages, m.id == s.message)
        .outerjoin(withdrawals, w.submission == s.id)
        .where(which, w.submission.is_(None))
        .order_by(s.id)
    )
    found = []
    for row in connection.execute(query).mappings():
        # A whole table takes no row over from what it replaces.
        takes_over = row["mode"] == "supplement" or row["kind"] == "amended"
        takes_over = takes_over or row["brought"] == "correction"
        key = (row["campaign"], row["unit"], row["phase"])
        on = row["supersedes"] if takes_over else None
        found.append(Built(row["id"], key, row["version"], on))
    return tuple(found)
