"""A ledger that is full already: mails archived, recorded, decided and answered.

The storage room's own functions write it, so that no mail has to be read for it.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import update

from daemon.arrivals import Arrival, Kept, Strongroom
from daemon.commands.office import Office
from storage.inbox import Position
from storage.store import DecidedMessage, store_decisions
from storage.tables import outbox
from tests.benchmarks.corpus import FIRST
from tests.builders.arrival import a_raw_mail
from tests.builders.decisions import a_decided, a_decision, a_version, an_item

#: Mails of one commit.
_TOGETHER = 500


def fill(
    office: Office, count: int, units: Sequence[str], uidvalidity: int = 7
) -> None:
    """Store mails with UIDs from 1 on: versions of the units in turn, each answered."""
    room = Strongroom(office.database, office.archive, office.clock, "bench")
    for start in range(1, count + 1, _TOGETHER):
        uids = range(start, min(start + _TOGETHER, count + 1))
        kept = room.keep([_arrival(uid, uidvalidity) for uid in uids])
        decided = [
            _decided(one, uid, units[uid % len(units)])
            for one, uid in zip(kept, uids, strict=True)
        ]
        with office.database.write() as connection:
            store_decisions(connection, decided, office.clock.now())
    now = office.clock.now()
    with office.database.write() as connection:
        long_ago = now - timedelta(days=2)
        sent = {"state": "sent", "attempted_at": long_ago, "sent_at": long_ago}
        connection.execute(update(outbox).values(sent))


def small_mail(uid: int) -> bytes:
    """Return the mail that a UID of a filled ledger stands for."""
    return a_raw_mail(uid)


def _arrival(uid: int, uidvalidity: int) -> Arrival:
    raw = small_mail(uid)
    position = Position("bench", "INBOX", uidvalidity, uid)
    return Arrival(raw, position, "imap", FIRST - timedelta(days=1), len(raw))


def _decided(kept: Kept, uid: int, unit: str) -> DecidedMessage:
    received = FIRST - timedelta(days=1) + timedelta(seconds=uid)
    version = a_version(unit, received=received)
    item = an_item(f"old:{uid}", f"{unit.lower()}@quan3.example", purpose="decision")
    decision = a_decision(kept.id, version, items=(item,))
    assert kept.fence is not None
    return a_decided(decision, kept.fence)
