"""Pages of long lists, for the web page: some lines from some place on, and the count.

Memory and time do not grow with the list. It writes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal, or_, select

from parsers.values.decision import MessageState
from storage.columns import Instant
from storage.mails import MessageLine, message_lines
from storage.outbox_lists import OutboxLine, items_with
from storage.tables import message_units, messages, outbox, outbox_units, submissions
from storage.views import COUNTING

#: Letters that people leave the accent off, and what they may stand for.
_LETTERS = {
    "a": "aàáảãạăằắẳẵặâầấẩẫậ",
    "d": "dđ",
    "e": "eèéẻẽẹêềếểễệ",
    "i": "iìíỉĩị",
    "o": "oòóỏõọôồốổỗộơờớởỡợ",
    "u": "uùúủũụưừứửữự",
    "y": "yỳýỷỹỵ",
}
#: More letters than anybody types to find a mail.
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Slice:
    """Which lines of a list: `size` of them after the first `start`."""

    start: int
    size: int


@dataclass(frozen=True, slots=True)
class MailFilter:
    """Which mails; "" stands for all. `text` is looked for in sender, subject, receipt,
    without regard to case and accents.
    """

    state: MessageState | str = ""
    reason: str = ""
    unit: str = ""
    text: str = ""


def message_page(
    connection: Connection, wanted: MailFilter, part: Slice
) -> tuple[tuple[MessageLine, ...], int]:
    """Return mails, the newest first, and how many there are in all."""
    c = messages.c
    which = _mails(connection, wanted)
    total = connection.scalar(select(func.count()).where(*which).select_from(messages))
    query = select(c.id).where(*which).order_by(c.received.desc(), c.id.desc())
    ids = _cut(connection, query, part)
    lines = message_lines(connection, ids=ids)
    return tuple(reversed(lines)), total or 0


def reasons(connection: Connection) -> tuple[str, ...]:
    """Return the reasons of held mails, the commonest first."""
    c = messages.c
    query = (
        select(c.reason)
        .where(c.state == "held", c.reason.is_not(None))
        .group_by(c.reason)
        .order_by(func.count().desc(), c.reason)
    )
    return tuple(connection.scalars(query))


def outbox_page(
    connection: Connection, state: str, kind: str, part: Slice
) -> tuple[tuple[OutboxLine, ...], int]:
    """Return items of a state and kind ("": all), the newest first, and how many."""
    c = outbox.c
    which = [
        column == word for column, word in ((c.state, state), (c.kind, kind)) if word
    ]
    total = connection.scalar(select(func.count()).select_from(outbox).where(*which))
    query = select(c.id).where(*which).order_by(c.id.desc())
    ids = _cut(connection, query, part)
    return tuple(reversed(items_with(connection, c.id.in_(ids)))), total or 0


def items_of_unit(
    connection: Connection, unit: str, most: int
) -> tuple[OutboxLine, ...]:
    """Return the last mails about a unit, the newest first."""
    n = outbox_units.c
    query = select(n.outbox).where(n.unit == unit).order_by(n.outbox.desc())
    ids = _cut(connection, query, Slice(0, most))
    return tuple(reversed(items_with(connection, outbox.c.id.in_(ids))))


def first_deliveries(
    connection: Connection, campaign: str, phase: str
) -> tuple[datetime, ...]:
    """Return when each unit delivered for the first time, oldest first; aware."""
    s = submissions.c
    first = func.min(s.received, type_=Instant)
    query = (
        select(first)
        .where(s.campaign == campaign, s.phase == phase, s.state.in_(COUNTING))
        .group_by(s.unit)
        .order_by(first)
    )
    return tuple(connection.scalars(query))


def oldest_waiting(connection: Connection) -> datetime | None:
    """Return when the oldest mail was enqueued that has not left yet; aware."""
    c = outbox.c
    query = select(func.min(c.created, type_=Instant)).where(
        c.state.in_(("pending", "sending", "unknown"))
    )
    oldest: datetime | None = connection.scalar(query)
    return oldest


def _cut(connection: Connection, query: Select[Any], part: Slice) -> Sequence[int]:
    return connection.scalars(query.offset(part.start).limit(part.size)).all()


def _mails(connection: Connection, wanted: MailFilter) -> list[ColumnElement[bool]]:
    c = messages.c
    which: list[ColumnElement[bool]] = []
    if wanted.state:
        which.append(c.state == wanted.state)
    if wanted.reason:
        which.append(c.reason == wanted.reason)
    if wanted.unit:
        u = message_units.c
        which.append(c.id.in_(select(u.message).where(u.unit == wanted.unit)))
    if wanted.text:
        columns = (c.author, c.subject, c.receipt)
        found = (_holds(connection, column, wanted.text) for column in columns)
        which.append(or_(*found))
    return which


def _holds(
    connection: Connection, column: ColumnElement[Any], text: str
) -> ColumnElement[bool]:
    """Return whether the column holds the text, whatever its case and accents.

    Both databases know classes of letters, which cost no more than LIKE does.
    """
    star, any_one = ("*", "?") if connection.dialect.name == "sqlite" else ("", ".")
    pieces = [_class(x) if x.isalnum() else any_one for x in text[:_LONGEST]]
    pattern = literal(star + "".join(pieces) + star)
    return column.op("GLOB" if star else "~", is_comparison=True)(pattern)


def _class(letter: str) -> str:
    """Return the class of every letter that this one may stand for, in both cases.

    A letter that was typed with its accent means itself.
    """
    small = letter.lower()
    meant = _LETTERS.get(small, small)
    return "[" + "".join(dict.fromkeys(meant + meant.upper() + letter)) + "]"


def left_since(connection: Connection, now: datetime) -> int:
    """Return how many mails left by SMTP, or may have, in the 24 hours before."""
    c = outbox.c
    recent = (c.door == "smtp") & (c.attempted_at > now - timedelta(hours=24))
    left = func.coalesce(c.state, "").in_(("sending", "sent", "unknown"))
    return connection.scalar(select(func.count()).where(recent, left)) or 0
