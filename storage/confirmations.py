"""Which mails wait for a code of ours, and which were confirmed by one.

It compares no code and decides nothing.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, insert, select

from parsers.values.decision import Decision, Pending
from parsers.values.outbox import ConfirmationFacts
from storage.addresses import folded_address
from storage.events import NewEvent, write_events
from storage.jsontext import from_json
from storage.tables import acts, confirmations, events, messages, outbox


def pending(
    connection: Connection, addresses: Iterable[str]
) -> dict[str, tuple[Pending, ...]]:
    """Return the mails of each address that wait for its code, keyed as asked.

    A question that was put before a person gave the mail to a unit is not waited for:
    its code speaks of what the mail would have done then.
    """
    asked = {address: folded_address(address) for address in addresses}
    if not asked:
        return {}
    o, m, c = outbox.c, messages.c, confirmations.c
    query = (
        select(o.address, o.message, o.facts, func.coalesce(o.sent_at, o.created))
        .join(messages, m.id == o.message)
        .outerjoin(confirmations, c.message == o.message)
        .where(
            o.purpose == "confirmation",
            o.address.in_(sorted(set(asked.values()))),
            m.state == "held",
            m.reason == "replacement_unconfirmed",
            c.message.is_(None),
            ~_assigned_since(),
        )
        .order_by(o.id)
    )
    found: dict[str, list[Pending]] = {}
    for address, message, facts, at in connection.execute(query):
        told = from_json(facts, ConfirmationFacts)
        found.setdefault(address, []).append(_pending(message, told, at))
    return {address: tuple(found.get(f, ())) for address, f in asked.items()}


def answered(
    connection: Connection, ids: Collection[int]
) -> dict[int, tuple[Pending, ...]]:
    """Return the mails that each of these messages confirmed, as they waited then.

    A message that is decided anew meets them again, and says the same again.
    """
    o, c = outbox.c, confirmations.c
    query = (
        select(c.answer, o.message, o.facts, func.coalesce(o.sent_at, o.created))
        .join(confirmations, c.message == o.message)
        .where(o.purpose == "confirmation", c.answer.in_(sorted(ids)))
        .order_by(o.id)
    )
    found: dict[int, list[Pending]] = {}
    for answer, message, facts, at in connection.execute(query):
        told = from_json(facts, ConfirmationFacts)
        found.setdefault(answer, []).append(_pending(message, told, at))
    return {answer: tuple(waited) for answer, waited in found.items()}


def confirmed(connection: Connection, ids: Collection[int]) -> frozenset[int]:
    """Return which of the messages were confirmed."""
    c = confirmations.c
    query = select(c.message).where(c.message.in_(sorted(ids)))
    return frozenset(connection.scalars(query))


def confirm(
    connection: Connection, decisions: Iterable[Decision], now: datetime, by: str
) -> tuple[int, ...]:
    """Write down what the decided mails confirm; return what was not confirmed yet."""
    said: dict[int, int] = {}
    for decision in decisions:
        for one in decision.confirms:
            said.setdefault(one, decision.message)
    for one in confirmed(connection, said):
        del said[one]
    if not said:
        return ()
    rows = [{"message": m, "answer": answer, "at": now} for m, answer in said.items()]
    connection.execute(insert(confirmations), rows)
    happened = [
        NewEvent("confirmation", None, None, str(answer), message=one)
        for one, answer in said.items()
    ]
    write_events(connection, happened, now, by)
    return tuple(said)


def _assigned_since() -> ColumnElement[bool]:
    """Return whether a person gave an item's mail to a unit after the item was made."""
    a, e, undo = acts.c, events.c, acts.alias("undo").c
    query = (
        select(a.event)
        .join(events, e.id == a.event)
        .outerjoin(undo.event.table, undo.undoes == a.event)
        .where(
            a.message == outbox.c.message,
            a.verb == "assign",
            undo.event.is_(None),
            e.at >= outbox.c.created,
        )
    )
    return query.correlate(outbox).exists()


def _pending(message: int, told: ConfirmationFacts, asked: datetime) -> Pending:
    versions = tuple((c.campaign, c.unit, c.phase, c.version) for c in told.changes)
    return Pending(message, told.receipt, told.code, asked, versions)
