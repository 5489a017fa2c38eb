"""Mail of ours that came back: linked to its item, counted against its address.

A report counts only where it answers a mail that was sent to the very address that it
names, each mail once: what somebody else reports changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from parsers.values.decision import Decision
from parsers.values.returned import Fate, Returned
from parsers.values.unit import AddressHealth
from storage.addresses import folded_address, set_health
from storage.events import NewEvent, write_events
from storage.outcomes import found_sent
from storage.tables import bounces, outbox, unit_addresses
from storage.upserts import insert_new

#: States of a mail that has left, or may have.
_LEFT = ("sent", "unknown")
#: Two reports of no such address, about two mails, so far apart: an outage of an hour
#: or a directory that was rebuilt over night buries nobody.
_APART = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A mail of ours that came back."""

    outbox: int
    address: str
    state: str
    told: Returned
    message: int | None


def note_returned(
    connection: Connection, decisions: Sequence[Decision], now: datetime, by: str
) -> None:
    """Link the reports among the decisions to what we sent, and judge the addresses.

    What is merely delayed counts nothing. A mail of unknown outcome that came back did
    leave.
    """
    for decision in decisions:
        for told in decision.returned:
            if told.fate == "delayed":
                continue
            for hit in _hits(connection, decision.message, told):
                _count(connection, hit, now, by)


def note_refused(
    connection: Connection, item: int, fate: Fate, words: str, now: datetime, by: str
) -> None:
    """Count against its address that a server refused the recipient of an item."""
    address = connection.scalar(select(outbox.c.address).where(outbox.c.id == item))
    if address is not None:
        told = Returned((address,), (), fate, None, words)
        _count(connection, _Hit(item, address, "failed", told, None), now, by)


def heal(
    connection: Connection, written_from: Iterable[str], now: datetime, by: str
) -> None:
    """Take addresses that write to us for sound again, whatever came back before."""
    folded = {folded_address(address) for address in written_from}
    if not folded:
        return
    c = unit_addresses.c
    query = select(c.folded).distinct().where(c.folded.in_(sorted(folded)))
    for address in connection.scalars(query.where(c.health != "good")).all():
        mine = update(bounces).where(bounces.c.address == address)
        connection.execute(mine.values(settled=True))
        set_health(connection, address, "good", now, by)


def _hits(connection: Connection, message: int, told: Returned) -> list[_Hit]:
    c = outbox.c
    addresses = [folded_address(address) for address in told.addresses]
    query = (
        select(c.id, c.address, c.state)
        .where(c.mail_id.in_(told.answered), c.address.in_(addresses))
        .where(c.state.in_(_LEFT))
        .order_by(c.id)
    )
    rows = connection.execute(query).all()
    return [_Hit(ident, to, state, told, message) for ident, to, state in rows]


def _count(connection: Connection, hit: _Hit, now: datetime, by: str) -> None:
    row = {
        "outbox": hit.outbox,
        "message": hit.message,
        "address": hit.address,
        "verdict": hit.told.fate,
        "status": hit.told.status,
        "words": hit.told.words,
        "at": now,
    }
    statement = insert_new(connection, bounces, ["outbox"]).returning(bounces.c.outbox)
    if connection.execute(statement, row).first() is None:
        return
    if hit.state == "unknown":
        found_sent(connection, hit.outbox, now, "bounced")
    if hit.message is not None:
        mine = update(outbox).where(outbox.c.id == hit.outbox)
        connection.execute(mine.values(reason="bounced"))
        event = NewEvent(
            "outbox", "sent", "sent", "bounced", message=hit.message, outbox=hit.outbox
        )
        write_events(connection, [event], now, by)
    set_health(connection, hit.address, _health(connection, hit.address), now, by)


def _health(connection: Connection, address: str) -> AddressHealth:
    """Return `bouncing` after anything that came back; `dead` after two reports of no
    such address that lie a day apart.
    """
    b, c = bounces.c, unit_addresses.c
    before = select(c.health).where(c.folded == address, c.health == "dead")
    if connection.scalar(before.limit(1)) is not None:
        return "dead"
    which = (b.address == address) & (b.verdict == "gone") & ~b.settled
    times = connection.scalars(select(b.at).where(which).order_by(b.at)).all()
    return "dead" if times and times[-1] - times[0] >= _APART else "bouncing"
