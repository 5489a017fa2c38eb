"""The one transaction: a batch of decisions becomes rows, states, events and mail.

It decides nothing and opens no transaction: the caller's commit makes all of it true
at once, or none of it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from parsers.values.decision import Decision
from parsers.values.reading import Reading
from storage.addresses import learn
from storage.bounces import heal, note_returned
from storage.claims import Locked, locked
from storage.confirmations import confirm
from storage.errors import StaleLeaseError
from storage.events import PROGRAM, NewEvent, last_event, write_events
from storage.jsontext import to_json
from storage.outbox import enqueue
from storage.tables import message_units, messages
from storage.versions import write_versions
from storage.vouched import contest, sign


@dataclass(frozen=True, slots=True)
class DecidedMessage:
    """A decision, the fence it was made under, and what the ledger keeps of the mail.

    `author` is the From address as written. `reading_key` finds the Reading in the
    archive. `row_count` counts the rows that were read, whatever became of them.
    """

    decision: Decision
    fence: int
    message_id: str | None = None
    author: str | None = None
    subject: str | None = None
    date: datetime | None = None
    content_digest: str | None = None
    reading_key: str | None = None
    row_count: int = 0


def decided(
    decision: Decision, fence: int, reading: Reading, reading_key: str | None
) -> DecidedMessage:
    """Return the decision with what the ledger keeps of its reading."""
    message = reading.message
    author = message.author if message else None
    return DecidedMessage(
        decision=decision,
        fence=fence,
        message_id=message.message_id if message else None,
        author=author.address if author else None,
        subject=message.subject if message else None,
        date=message.date if message else None,
        content_digest=reading.content_digest or None,
        reading_key=reading_key,
        row_count=len(reading.registrations) + len(reading.results),
    )


def store_decisions(
    connection: Connection,
    decisions: Sequence[DecidedMessage],
    now: datetime,
    by: str = PROGRAM,
) -> None:
    """Store a batch of decisions of different messages and free their leases.

    Raises StaleLeaseError, before anything is written, when a fence was passed; then
    none may be stored. The fence rises, so that the same work cannot be stored twice.
    """
    if not decisions:
        return
    before = _checked(connection, decisions)
    _write_messages(connection, decisions)
    _take_turns(connection, decisions)
    _write_units(connection, decisions)
    happened = [_transition(one.decision, before) for one in decisions]
    write_events(connection, happened, now, by)
    chosen = [one.decision for one in decisions]
    write_versions(connection, chosen, now, by)
    learned = [owner for one in chosen for owner in one.learned]
    learn(connection, learned, now, by)
    items = [(one.message, item) for one in chosen for item in one.items]
    enqueue(connection, items, now, by)
    note_returned(connection, chosen, now, by)
    heal(connection, _writers(decisions), now, by)
    sign(connection, chosen, now)
    contest(connection, chosen)
    reopen(connection, confirm(connection, chosen, now, by), now, by)


def _writers(decisions: Sequence[DecidedMessage]) -> list[str]:
    """Return who wrote in person, and is not shown to be another."""
    return [
        one.author
        for one in decisions
        if one.author
        and one.decision.trust in ("proven", "unproven")
        and one.decision.state in ("processed", "held")
        and one.decision.kind != "automatic"
    ]


def _take_turns(connection: Connection, decisions: Sequence[DecidedMessage]) -> None:
    """Keep after which event each mail was first decided, and first had an effect.

    The mails of one batch did not see one another, and share it.
    """
    c, turn = messages.c, last_event(connection)
    groups: dict[str | None, list[int]] = {}
    for decision in (one.decision for one in decisions):
        groups.setdefault(_effect(decision), []).append(decision.message)
    for effect, ids in groups.items():
        mine = update(messages).where(c.id.in_(ids))
        first = c.turn.is_(None) if effect is None else c.effect.is_(None)
        connection.execute(mine.where(first).values(turn=turn))
        connection.execute(mine.values(effect=effect))


def _effect(decision: Decision) -> str | None:
    if decision.state == "processed":
        return decision.reason or "taken"
    return "taken" if decision.submissions else None


def give_turn_back(connection: Connection, message: int) -> int | None:
    """Have the mail meet what stands today: a person has spoken of it.

    Return the turn that it had.
    """
    which = messages.c.id == message
    had: int | None = connection.scalar(select(messages.c.turn).where(which))
    connection.execute(update(messages).where(which).values(turn=None, effect=None))
    return had


def take_turn(connection: Connection, message: int, turn: int | None) -> None:
    """Have the mail meet what it met at that turn: what was said since is undone."""
    which = messages.c.id == message
    connection.execute(update(messages).where(which).values(turn=turn))


def reopen(
    connection: Connection, ids: Collection[int], now: datetime, by: str
) -> tuple[int, ...]:
    """Set messages back to `fetched`, to be read and decided anew; return their ids.

    Whoever works on one of them loses it. Versions and answers stay as they are.
    """
    c = messages.c
    found = locked(connection, ids)
    statement = update(messages).where(c.id.in_(list(found)))
    connection.execute(
        statement.values(
            state="fetched",
            reason=None,
            attempts=0,
            next_attempt=None,
            lease_holder=None,
            lease_until=None,
            fence=c.fence + 1,
        )
    )
    happened = [
        NewEvent("message", was.state, "fetched", was.reason, message=ident)
        for ident, was in found.items()
        if was.state != "fetched"
    ]
    write_events(connection, happened, now, by)
    return tuple(found)


def _checked(
    connection: Connection, decisions: Sequence[DecidedMessage]
) -> dict[int, Locked]:
    ids = {one.decision.message for one in decisions}
    if len(ids) != len(decisions):
        raise ValueError("a batch holds one decision a message")
    before = locked(connection, ids)
    stale = [
        one.decision.message
        for one in decisions
        if one.decision.message not in before
        or before[one.decision.message].fence != one.fence
    ]
    if stale:
        raise StaleLeaseError(f"messages {stale} are someone else's now")
    return before


def _write_messages(
    connection: Connection, decisions: Sequence[DecidedMessage]
) -> None:
    rows = [_values(one) for one in decisions]
    changes: dict[str, BindParameter[Any]] = {
        name: bindparam(name) for name in rows[0] if name != "which"
    }
    statement = update(messages).where(messages.c.id == bindparam("which"))
    freed = {"lease_holder": None, "lease_until": None, "next_attempt": None}
    fence = {"fence": messages.c.fence + 1}
    connection.execute(statement.values(changes | freed | fence), rows)


def _values(one: DecidedMessage) -> dict[str, Any]:
    decision = one.decision
    return {
        "which": decision.message,
        "state": decision.state,
        "reason": decision.reason,
        "kind": decision.kind,
        "trust": decision.trust,
        "mode": decision.mode,
        "certainty": decision.certainty,
        "units": to_json(decision.units),
        "evidence": to_json(decision.evidence),
        "candidates": to_json(decision.candidates),
        "findings": to_json(decision.findings),
        "message_id": one.message_id,
        "author": one.author,
        "subject": one.subject,
        "date": one.date,
        "content_digest": one.content_digest,
        "reading_key": one.reading_key,
        "row_count": one.row_count,
    }


def _write_units(connection: Connection, decisions: Sequence[DecidedMessage]) -> None:
    ids = [one.decision.message for one in decisions]
    c = message_units.c
    connection.execute(delete(message_units).where(c.message.in_(ids)))
    rows = [
        {"message": one.decision.message, "unit": code}
        for one in decisions
        for code in dict.fromkeys(one.decision.units)
    ]
    if rows:
        connection.execute(insert(message_units), rows)


def _transition(decision: Decision, before: dict[int, Locked]) -> NewEvent:
    was = before[decision.message]
    return NewEvent(
        "message", was.state, decision.state, decision.reason, message=decision.message
    )
