"""Whose turn it is: the next item becomes `sending`, within budget and caps.

It opens no connection: the claim is committed before anyone's socket opens. What
became of an attempt is `storage.outcomes`'.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, or_, select, update

from parsers.values.outbox import ItemKind, Purpose
from parsers.values.reminder import CallOff, Go, Renew, Verdict, Wait
from storage import reminders, settled
from storage.budget import Budget, capped, receipted, room
from storage.events import PROGRAM, NewEvent, write_events
from storage.outbox import may_go, order_of_sending
from storage.tables import outbox

_TURN = "outbox.turn"


@dataclass(frozen=True, slots=True)
class Claimed:
    """An item that is `sending` under this fence, and its bytes."""

    id: int
    fence: int
    kind: ItemKind
    key: str
    purpose: Purpose | None
    to: tuple[str, ...]
    door: str
    message_id: str
    subject: str
    raw: bytes
    attempts: int
    message: int | None


@dataclass(frozen=True, slots=True)
class Turn:
    """The item to send now; or None, with the time at which room is again, if any.

    `renewed` says that reminders were written anew: their bytes are to be built.
    """

    item: Claimed | None
    wait_until: datetime | None = None
    renewed: bool = False


#: Looks again at the reminder of that id, in the transaction that would claim it.
LookAgain = Callable[[Connection, int, datetime], Verdict]


def claim_next(
    connection: Connection,
    holder: str,
    now: datetime,
    until: datetime,
    budget: Budget,
    look_again: LookAgain | None = None,
) -> Turn:
    """Make the next item `sending` for `holder` until that time, and return it.

    Caps, budgets and what a reminder asks for are looked at here, in the transaction
    that claims: one claims at a time. What waits says why: `budget`, `account_paused`,
    or `capped` (for a person). A reminder is looked at again, frozen or not, and goes,
    waits, is written anew or called off (`delivered` …); a second receipt within 24
    hours is called off too (`receipted`).
    """
    settled.hold(connection, _TURN)
    space = room(connection, now, budget)
    if space.reason is not None:
        _say_why(connection, now, space.reason)
    renewed = False
    while (row := _first(connection, now, space.reason is None)) is not None:
        if look_again and row["kind"] == "reminder":
            verdict = look_again(connection, row["id"], now)
            if not isinstance(verdict, Go):
                _obey(connection, row, verdict, now)
                renewed |= isinstance(verdict, Renew)
                continue
        elif not _answer_may_go(connection, row, now, budget):
            continue
        return Turn(_claim(connection, row, holder, now, until), renewed=renewed)
    return Turn(None, space.again, renewed)


def next_due(connection: Connection, now: datetime) -> datetime | None:
    """Return when the next item may go (`now` for one that may already), or None."""
    c = outbox.c
    if connection.scalar(select(c.id).where(may_go(now)).limit(1)) is not None:
        return now
    waiting = (c.state == "pending") & (c.next_attempt > now)
    found: datetime | None = connection.scalar(
        select(func.min(c.next_attempt)).where(waiting)
    )
    return found


def holds(connection: Connection, item: Claimed, now: datetime) -> bool:
    """Say whether the claim still stands: asked once more before the socket opens."""
    c = outbox.c
    mine = (c.id == item.id) & (c.fence == item.fence) & (c.state == "sending")
    query = select(c.id).where(mine, c.lease_until > now)
    return connection.scalar(query) is not None


def _first(connection: Connection, now: datetime, smtp: bool) -> RowMapping | None:
    c = outbox.c
    query = select(outbox).where(may_go(now), c.raw.is_not(None))
    if not smtp:
        query = query.where(c.door != "smtp")
    ordered = query.order_by(*order_of_sending()).limit(1)
    return connection.execute(ordered.with_for_update()).mappings().first()


def _answer_may_go(
    connection: Connection, row: RowMapping, now: datetime, budget: Budget
) -> bool:
    if row["kind"] != "acknowledgement" or row["reports_version"]:
        return True
    if receipted(connection, row, now):
        _cancel(connection, row, "receipted", now)
        return False
    if row["released"] or not capped(connection, row, now, budget):
        return True
    statement = update(outbox).where(outbox.c.id == row["id"])
    connection.execute(statement.values(reason="capped"))
    _event(connection, row, ("pending", "capped"), now)
    return False


def _obey(
    connection: Connection, row: RowMapping, verdict: Verdict, now: datetime
) -> None:
    """Do with a reminder what was found when it was looked at again."""
    if isinstance(verdict, CallOff):
        _cancel(connection, row, verdict.reason, now)
    elif isinstance(verdict, Renew):
        reminders.renew(connection, row["id"], verdict.wanted)
    elif isinstance(verdict, Wait):
        statement = update(outbox).where(outbox.c.id == row["id"])
        connection.execute(statement.values(next_attempt=verdict.until))


def _say_why(connection: Connection, now: datetime, reason: str) -> None:
    c = outbox.c
    silent = or_(c.reason.is_(None), c.reason != reason)
    statement = update(outbox).where(may_go(now), c.door == "smtp", silent)
    connection.execute(statement.values(reason=reason))


def _cancel(
    connection: Connection, row: RowMapping, reason: str, now: datetime
) -> None:
    statement = update(outbox).where(outbox.c.id == row["id"])
    connection.execute(statement.values(state="cancelled", reason=reason))
    _event(connection, row, ("cancelled", reason), now)


def _claim(
    connection: Connection,
    row: RowMapping,
    holder: str,
    now: datetime,
    until: datetime,
) -> Claimed:
    changes: dict[str, Any] = {
        "state": "sending",
        "reason": None,
        "next_attempt": None,
        "attempts": row["attempts"] + 1,
        "fence": row["fence"] + 1,
        "attempted_at": now,
        "lease_holder": holder,
        "lease_until": until,
    }
    connection.execute(update(outbox).where(outbox.c.id == row["id"]).values(changes))
    _event(connection, row, ("sending", None), now)
    return Claimed(
        id=row["id"],
        fence=row["fence"] + 1,
        kind=row["kind"],
        key=row["key"],
        purpose=row["purpose"],
        to=tuple(json.loads(row["recipients"])),
        door=row["door"],
        message_id=row["mail_id"],
        subject=row["subject"],
        raw=row["raw"],
        attempts=row["attempts"] + 1,
        message=row["message"],
    )


def _event(
    connection: Connection,
    row: RowMapping,
    to: tuple[str, str | None],
    now: datetime,
) -> None:
    event = NewEvent(
        "outbox", row["state"], *to, message=row["message"], outbox=row["id"]
    )
    write_events(connection, [event], now, PROGRAM)
