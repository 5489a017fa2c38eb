"""What became of an attempt: sent, to be tried again, failed, or unknown.

Each is written under the claim's fence: a holder that was away too long writes nothing.
It looks into no mailbox; who found a mail in the Sent folder says so here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from storage import budget
from storage.errors import StaleLeaseError
from storage.events import PROGRAM, NewEvent, write_events
from storage.outbox import change
from storage.sending import Claimed
from storage.tables import outbox

#: Minutes to the next attempt; then hourly. RELIABILITY.md 4, after Postfix's custom.
_DELAYS = (1, 5, 15, 60)
#: Why an item waits whose bytes could not be built, in the history of its mail.
NOT_COMPOSED = "not_composed"
#: After so long a person looks.
_GIVE_UP = timedelta(hours=48)
#: Longer than any SMTP timeout, so that a frozen holder cannot still be talking.
UNKNOWN_WAIT = timedelta(minutes=15)
#: What a finished attempt leaves behind.
_FREE = {"lease_holder": None, "lease_until": None}


@dataclass(frozen=True, slots=True)
class UnknownItem:
    """An item of which nobody knows whether it left; looked for by both names."""

    id: int
    kind: str
    key: str
    message_id: str
    unknown_since: datetime
    unknowns: int


def sent(connection: Connection, item: Claimed, now: datetime, reply: str) -> None:
    """Say that the server took it. Raises StaleLeaseError for a lost claim."""
    values = {"state": "sent", "sent_at": now, "reason": None}
    _finish(connection, item, values, reply, now)


def failed(connection: Connection, item: Claimed, now: datetime, reply: str) -> None:
    """Say that it is refused for good. Raises StaleLeaseError for a lost claim."""
    _finish(connection, item, {"state": "failed", "reason": "refused"}, reply, now)


def temporary(
    connection: Connection, item: Claimed, now: datetime, reply: str, jitter: float
) -> None:
    """Say that it did not leave and is to be tried again; after 48 hours it failed.

    `jitter` is a share of the delay, -0.2 to 0.2. Raises StaleLeaseError.
    """
    values: dict[str, Any] = {"state": "failed", "reason": "temporary"}
    if _waited(item.attempts) < _GIVE_UP:
        then = now + _delay(item.attempts) * (1 + jitter)
        values = {"state": "pending", "reason": "temporary", "next_attempt": then}
    _finish(connection, item, values, reply, now)


def account_paused(
    connection: Connection, item: Claimed, now: datetime, until: datetime, reply: str
) -> None:
    """Say that the account, not the mail, was refused: nothing leaves before `until`.

    The attempt does not count. Raises StaleLeaseError.
    """
    values = {
        "state": "pending",
        "reason": "account_paused",
        "next_attempt": until,
        "attempts": item.attempts - 1,
    }
    _finish(connection, item, values, reply, now)
    budget.pause(connection, until)


def unknown(connection: Connection, item: Claimed, now: datetime, reply: str) -> None:
    """Say that the final dot was sent and no answer came. Raises StaleLeaseError."""
    values = {
        "state": "unknown",
        "reason": None,
        "unknown_since": now,
        "unknowns": outbox.c.unknowns + 1,
    }
    _finish(connection, item, values, reply, now)


def not_composed(connection: Connection, item: int, now: datetime, fault: str) -> None:
    """Let an item wait whose bytes could not be built; the rows stay stored.

    It is tried again as after a temporary failure, and says what was wrong; after 48
    hours it failed. The history of the mail that it answers says so once, whatever
    follows.
    """
    c = outbox.c
    which = (c.id == item) & (c.state == "pending")
    row = connection.execute(select(c.attempts, c.message).where(which)).first()
    if row is None:
        return
    attempts = row.attempts + 1
    lost = _waited(attempts) >= _GIVE_UP
    values: dict[str, Any] = {
        "state": "failed" if lost else "pending",
        "reason": "temporary",
        "attempts": attempts,
        "next_attempt": None if lost else now + _delay(attempts),
        "last_reply": fault,
    }
    connection.execute(update(outbox).where(which).values(values))
    if attempts == 1 or lost:
        step = ("pending", values["state"], NOT_COMPOSED)
        event = NewEvent("outbox", *step, message=row.message, outbox=item)
        write_events(connection, [event], now, PROGRAM)


def find_lost(connection: Connection, now: datetime) -> tuple[int, ...]:
    """Make `unknown` what is `sending` under a lease that ran out; return the ids.

    The fence rises: whoever held one of them writes nothing any more.
    """
    c = outbox.c
    lost = (c.state == "sending") & (c.lease_until <= now)
    values = {
        "state": "unknown",
        "reason": None,
        "unknown_since": now,
        "unknowns": c.unknowns + 1,
        "fence": c.fence + 1,
    }
    return change(connection, lost, values | _FREE, (now, PROGRAM, None))


def unknown_items(connection: Connection) -> tuple[UnknownItem, ...]:
    """Return what is to be looked for in the Sent folder, oldest first."""
    c = outbox.c
    columns = (c.id, c.kind, c.key, c.mail_id, c.unknown_since, c.unknowns)
    query = select(*columns).where(c.state == "unknown").order_by(c.unknown_since)
    return tuple(UnknownItem(*row) for row in connection.execute(query))


def found_sent(connection: Connection, item: int, now: datetime, where: str) -> bool:
    """Say that an unknown item was found to have left; False if it is not unknown."""
    c = outbox.c
    which = (c.id == item) & (c.state == "unknown")
    values = {"state": "sent", "sent_at": c.attempted_at, "last_reply": where}
    return bool(change(connection, which, values, (now, PROGRAM, None)))


def send_again(connection: Connection, now: datetime) -> tuple[int, ...]:
    """Let items go once more, byte by byte the same, that nobody found; return ids.

    Not before 15 minutes, and only after the first unknown outcome: a second one waits
    for a person.
    """
    c = outbox.c
    late = (c.unknown_since <= now - UNKNOWN_WAIT) & (c.unknowns < 2)
    which = (c.state == "unknown") & late
    values = {"state": "pending", "reason": None, "next_attempt": None}
    return change(connection, which, values, (now, PROGRAM, None))


def _delay(attempts: int) -> timedelta:
    return timedelta(minutes=_DELAYS[min(attempts, len(_DELAYS)) - 1])


def _waited(attempts: int) -> timedelta:
    # What all the delays before this attempt come to; pauses and nights off count not.
    return sum((_delay(n) for n in range(1, attempts)), timedelta())


def _finish(
    connection: Connection,
    item: Claimed,
    values: dict[str, Any],
    reply: str,
    now: datetime,
) -> None:
    c = outbox.c
    mine = (c.id == item.id) & (c.fence == item.fence) & (c.state == "sending")
    statement = update(outbox).where(mine)
    done = connection.execute(statement.values(values | _FREE | {"last_reply": reply}))
    if done.rowcount != 1:
        raise StaleLeaseError(f"outbox item {item.id} is someone else's now")
    step = ("sending", values["state"], values["reason"])
    event = NewEvent("outbox", *step, message=item.message, outbox=item.id)
    write_events(connection, [event], now, PROGRAM)
