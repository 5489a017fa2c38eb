"""What is amiss with mail to be sent, for whoever raises the alarm.

It judges nothing and changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, or_, select

from storage.outbox import FOR_A_PERSON
from storage.tables import outbox

_DAY = timedelta(hours=24)
#: How a stored answer begins that speaks of the login (RFC 4954 6).
_LOGIN = ("530 ", "534 ", "535 ", "538 ")


@dataclass(frozen=True, slots=True)
class OutboxTroubles:
    """Counts of one moment.

    `waiting` are mails that should have left: neither a person nor a later hour keeps
    them back. `failed` were refused in the last 24 hours, or are unknown for good.
    `login_refused` says whether a mail waits for a login that was refused, `last_sent`
    when a mail left last by SMTP.
    """

    waiting: int
    failed: int
    login_refused: bool
    last_sent: datetime | None


def outbox_troubles(
    connection: Connection, now: datetime, older_than: timedelta
) -> OutboxTroubles:
    """Return what is amiss; `older_than` is the age at which mail waits too long."""
    c = outbox.c
    refused = (c.state == "pending") & (c.reason == "account_paused")
    login = or_(*(c.last_reply.startswith(code) for code in _LOGIN))
    sent = select(func.max(c.sent_at)).where(c.state == "sent", c.door == "smtp")
    return OutboxTroubles(
        waiting=_count(connection, _waits_since(now - older_than, now)),
        failed=_count(connection, _failed_since(now - _DAY)),
        login_refused=_count(connection, refused & login) > 0,
        last_sent=connection.scalar(sent),
    )


def _waits_since(then: datetime, now: datetime) -> ColumnElement[bool]:
    c = outbox.c
    nobody = or_(c.reason.is_(None), c.reason.not_in(FOR_A_PERSON))
    # A reminder is put off to its hour, which is no trouble; an alarm is no reason for
    # an alarm.
    put_off = c.reason.is_(None) & func.coalesce(c.next_attempt > now, False)
    mine = (c.state == "pending") & nobody & ~put_off & (c.kind != "alert")
    return mine & (c.created <= then)


def _failed_since(then: datetime) -> ColumnElement[bool]:
    c = outbox.c
    by_person = func.coalesce(c.reason, "") == "by_person"
    failed = (c.state == "failed") & ~by_person & (c.attempted_at > then)
    return failed | ((c.state == "unknown") & (c.unknowns >= 2))


def _count(connection: Connection, which: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).where(which)) or 0
