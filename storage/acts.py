"""What people did: each act one event and one row, never changed; undone by another.

An act stands while no `undo` names it. What acts say of mails is `storage.said`'s.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from parsers.values.act import Act, Details
from storage.acts_tables import acts
from storage.errors import ConflictError
from storage.events import NewEvent, write_event
from storage.jsontext import from_json, to_json
from storage.tables import events, submissions

#: More acts than a person would choose from.
_SHOWN = 10
_COLUMNS = ("verb", "why", "message", "campaign", "unit", "phase", "undoes")


@dataclass(frozen=True, slots=True)
class KeptAct:
    """An act as it was kept. `undone` is the event that took it back."""

    event: int
    act: Act
    at: datetime
    by: str
    submission: int | None
    undone: int | None


def keep(
    connection: Connection,
    act: Act,
    now: datetime,
    by: str,
    submission: int | None = None,
) -> int:
    """Keep an act with its event; return the event's number.

    `submission` is the version that it stored itself. Raises ConflictError for an undo
    of what was undone already.
    """
    if act.undoes is not None and find(connection, act.undoes, undone=True):
        raise ConflictError(f"act {act.undoes} was taken back already")
    event = write_event(connection, _event(act), now, by)
    row = {name: getattr(act, name) for name in _COLUMNS}
    row |= {"event": event, "submission": submission, "details": to_json(act.details)}
    connection.execute(insert(acts), row)
    return event


def find(connection: Connection, event: int, undone: bool = False) -> KeptAct | None:
    """Return the act of that event; `undone`: only one that was taken back."""
    row = connection.execute(_query().where(acts.c.event == event)).first()
    found = None if row is None else _kept(row)
    return None if found and undone and found.undone is None else found


def around(connection: Connection, event: int) -> KeptAct | None:
    """Return the act whose own transaction wrote that line of the history, or None.

    A mail's transitions follow the act; a version stands right before it.
    """
    e = events.c
    query = select(e.at, e.by, e.message, e.unit).where(e.id == event)
    line = connection.execute(query).first()
    if line is None:
        return None
    same = (e.at == line.at) & (e.by == line.by)
    if line.message is not None:
        near = _query().where(same, acts.c.message == line.message)
        found = [_kept(row) for row in connection.execute(near)]
        return next((k for k in reversed(found) if k.event < event), None)
    near = _query().where(same, acts.c.unit == line.unit)
    found = [_kept(row) for row in connection.execute(near)]
    return next((k for k in found if k.event > event), None)


def standing(connection: Connection) -> tuple[KeptAct, ...]:
    """Return the last acts that may be taken back, the newest first."""
    found = [_kept(row) for row in connection.execute(_query())]
    stands = [k for k in found if k.undone is None and k.act.verb != "undo"]
    return tuple(reversed(stands[-_SHOWN:]))


def of_messages(
    connection: Connection, messages: Collection[int]
) -> tuple[KeptAct, ...]:
    """Return every act on the mails, oldest first, those undone among them."""
    query = _query().where(acts.c.message.in_(sorted(messages)))
    return tuple(_kept(row) for row in connection.execute(query))


def of_unit(connection: Connection, unit: str) -> tuple[KeptAct, ...]:
    """Return every act on the unit, oldest first, those undone among them."""
    return tuple(
        _kept(row) for row in connection.execute(_query().where(acts.c.unit == unit))
    )


def newest_version(connection: Connection) -> int:
    """Return the number of the version stored last, of whichever unit; 0 for none."""
    return connection.scalar(select(func.max(submissions.c.id))) or 0


def _query() -> Select[Any]:
    a, e, u = acts.c, events.c, acts.alias("undo")
    columns = [a[name] for name in _COLUMNS]
    return (
        select(a.event, *columns, a.details, e.at, e.by, a.submission, u.c.event)
        .join(events, e.id == a.event)
        .outerjoin(u, u.c.undoes == a.event)
        .order_by(a.event)
    )


def _kept(row: Row[Any]) -> KeptAct:
    event, *said = row[: 1 + len(_COLUMNS)]
    details, at, by, submission, undone = row[1 + len(_COLUMNS) :]
    act = Act(
        **dict(zip(_COLUMNS, said, strict=True)), details=from_json(details, Details)
    )
    return KeptAct(event, act, at, by, submission, undone)


def _event(act: Act) -> NewEvent:
    """Return the line of the history: from what, to what, and why."""
    said, place = act.details, f"{act.campaign} {act.phase}"
    told: dict[str, tuple[str | None, str | None, str | None]] = {
        "assign": (said.former, act.unit, said.part or None),
        "accept": (said.state, said.mode, said.reason),
        "reject": (said.state, "ignored", act.why),
        "record": (None, place, act.why),
        "amend": (said.number, said.text, act.why),
        "excuse": (None, place, act.why),
        "undo": (str(act.undoes), None, act.why),
    }
    before, after, why = told[act.verb]
    return NewEvent(act.verb, before, after, why, message=act.message, unit=act.unit)
