"""How much may leave: budgets, caps and pauses, counted in rows of the outbox.

It is asked inside the transaction that claims, and changes nothing itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from parsers.values.outbox import WaitReason
from storage import settled
from storage.tables import outbox

_DAY = timedelta(hours=24)
_MINUTE = timedelta(minutes=1)
_PAUSE = "outbox.paused_until"
#: States in which a mail has left or may have left. Asked through coalesce, so that no
#: database looks through all that was ever sent instead of the last day.
_LEFT = func.coalesce(outbox.c.state, "").in_(("sending", "sent", "unknown"))


@dataclass(frozen=True, slots=True)
class Budget:
    """How much may leave. The first two bound every mail by SMTP, the others the
    answers that report no new version; a day is any 24 hours. `closed` is why nothing
    at all may leave by SMTP just now, whatever the counts; None when it may.
    """

    per_minute: int
    per_day: int
    answers_per_address: int
    answers_per_day: int
    closed: WaitReason | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """Whether a mail may leave by SMTP; else why not, and when there is room again."""

    reason: str | None = None
    again: datetime | None = None


def room(connection: Connection, now: datetime, budget: Budget) -> Room:
    """Return whether pause, day and minute leave room for one more mail by SMTP."""
    paused = paused_until(connection)
    if paused is not None and paused > now:
        return Room("account_paused", paused)
    if budget.closed is not None:
        return Room(budget.closed)
    for length, most, counted in (
        (_DAY, budget.per_day, _LEFT),
        (_MINUTE, budget.per_minute, outbox.c.attempted_at.is_not(None)),
    ):
        again = _again(connection, now, length, most, counted)
        if again is not None:
            return Room("budget", again)
    return Room()


def pause(connection: Connection, until: datetime) -> None:
    """Let nothing leave by SMTP before that time: the account asks for it."""
    settled.put(connection, _PAUSE, until.isoformat())


def resume(connection: Connection) -> None:
    """End a pause."""
    settled.put(connection, _PAUSE, "")


def paused_until(connection: Connection) -> datetime | None:
    """Return the end of the last pause, aware; None where there was none."""
    text = settled.get(connection, _PAUSE)
    return datetime.fromisoformat(text) if text else None


def capped(
    connection: Connection, item: RowMapping, now: datetime, budget: Budget
) -> bool:
    """Say whether an answer that reports no new version meets a cap."""
    c = outbox.c
    without_version = _answers_left(now) & c.reports_version.is_(False)
    to_it = without_version & (c.address == item["address"])
    if _count(connection, to_it) >= budget.answers_per_address:
        return True
    return _count(connection, without_version) >= budget.answers_per_day


def receipted(connection: Connection, item: RowMapping, now: datetime) -> bool:
    """Say whether the address of a receipt got one within 24 hours."""
    if item["purpose"] != "receipt":
        return False
    c = outbox.c
    same = (c.address == item["address"]) & (c.purpose == "receipt")
    return _count(connection, _answers_left(now) & same & (c.id != item["id"])) > 0


def _answers_left(now: datetime) -> ColumnElement[bool]:
    c = outbox.c
    recent = c.attempted_at > now - _DAY
    return recent & (c.kind == "acknowledgement") & _LEFT


def _count(connection: Connection, which: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).where(which)) or 0


def _again(
    connection: Connection,
    now: datetime,
    length: timedelta,
    most: int,
    counted: ColumnElement[bool],
) -> datetime | None:
    # There is room again when the oldest of the last `most` attempts falls out of the
    # window; one row is read however many have left.
    c = outbox.c
    if most <= 0:
        return now + length
    recent = (c.attempted_at > now - length) & (c.door == "smtp") & counted
    query = select(c.attempted_at).where(recent).order_by(c.attempted_at.desc())
    oldest = connection.scalar(query.offset(most - 1).limit(1))
    return None if oldest is None else oldest + length
