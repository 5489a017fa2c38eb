"""What a person does with mail to be sent: let it go, call it off, try it again.

It sends nothing; what was let go takes its turn like any other.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, cast, or_

from storage.acts import KeptAct
from storage.budget import resume
from storage.outbox import FOR_A_PERSON, change
from storage.outbox_lists import UNDONE
from storage.tables import outbox


def release(
    connection: Connection, ids: Collection[int] | None, now: datetime, by: str
) -> tuple[int, ...]:
    """Let items go that wait for a person (None: all of them); return which.

    A cap does not stop them again; budgets do.
    """
    c = outbox.c
    which = (c.state == "pending") & c.reason.in_(FOR_A_PERSON)
    values = {"reason": None, "released": True, "next_attempt": None}
    return change(connection, _named(which, ids), values, (now, by, "released"))


def cancel(
    connection: Connection, ids: Collection[int] | None, now: datetime, by: str
) -> tuple[int, ...]:
    """Call off what has not left (None: all that is pending); return which.

    An item of unknown outcome, when it is named, is `failed` and sent no more.
    """
    c = outbox.c
    values: dict[str, Any] = {"state": "cancelled", "reason": "by_person"}
    act = (now, by, "by_person")
    done = change(connection, _named(c.state == "pending", ids), values, act)
    if ids is None:
        return done
    given_up = {"state": "failed", "reason": "by_person"}
    more = change(connection, _named(c.state == "unknown", ids), given_up, act)
    return tuple(sorted((*done, *more)))


def call_off_answers(
    connection: Connection, undone: KeptAct, now: datetime, by: str
) -> tuple[int, ...]:
    """Call off what would answer the act's mail with what is taken back; return which.

    A question for a code that was asked before the act is asked still. The item gives
    its key up, so that the mail can be answered when it is decided anew. What is on its
    way cannot be called off.
    """
    c = outbox.c
    which = (c.message == undone.act.message) & (c.state == "pending")
    asked = (c.purpose == "confirmation") & (c.created >= undone.at)
    which &= c.purpose.in_(("decision", "correction")) | asked
    key = c.key + f":{UNDONE}:" + cast(c.id, String)
    values = {"state": "cancelled", "reason": UNDONE, "key": key}
    return change(connection, which, values, (now, by, UNDONE))


def retry(
    connection: Connection, ids: Collection[int] | None, now: datetime, by: str
) -> tuple[int, ...]:
    """Let failed items, and those that wait for time, be tried at once; return which.

    An item of unknown outcome only when it is named: it may be there already. A pause
    of the account ends.
    """
    c = outbox.c
    waits = (c.state == "pending") & or_(
        c.reason.in_(("temporary", "account_paused", "budget")),
        c.next_attempt.is_not(None) & c.reason.is_(None),
    )
    again = or_(c.state == "failed", waits)
    if ids is not None:
        again = or_(again, c.state == "unknown")
    values = {
        "state": "pending",
        "reason": None,
        "next_attempt": None,
        "attempts": 0,
        "unknowns": 0,
    }
    done = change(connection, _named(again, ids), values, (now, by, "retry"))
    if done:
        resume(connection)
    return done


def _named(
    which: ColumnElement[bool], ids: Collection[int] | None
) -> ColumnElement[bool]:
    return which if ids is None else which & outbox.c.id.in_(sorted(ids))
