"""What the ledger knows of messages: for the decision, for lists, and by any name.

It reads only. Rows, answers and history of a message are asked for elsewhere
(`storage.submissions`, `storage.outbox_lists`, `storage.events`).
"""

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    func,
    or_,
    select,
)

from parsers.values.decision import Door, MessageState, Reason, Received, Trust
from storage.confirmations import confirmed
from storage.events import first_decided
from storage.inbox import Position
from storage.outbox_lists import answers
from storage.portions import portions
from storage.said import Said, said_of
from storage.submissions import given_by
from storage.tables import messages, outbox, positions

#: More candidates than a person would read.
_CANDIDATES = 20
_HEX = re.compile(r"[0-9a-f]{8,64}")
_NUMBER = re.compile(r"[0-9]{1,9}")
_RECEIPT = re.compile(r"[2-9A-HJ-NP-Z]{10}")


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One line of the ledger; the position is the first one. Times are aware.

    `author` is the From address. `findings` counts those of the decision. `answered`:
    an answer to it has left.
    """

    id: int
    receipt: str
    mailbox: str
    folder: str | None
    uidvalidity: int | None
    uid: int | None
    received: datetime
    author: str | None
    subject: str | None
    state: MessageState
    reason: Reason | None
    kind: str | None
    units: tuple[str, ...]
    trust: Trust | None
    attempts: int
    findings: int
    answered: bool


@dataclass(frozen=True, slots=True)
class MessageDetail:
    """One message whole: its line, and what `show` says besides."""

    line: MessageLine
    message_id: str | None
    date: datetime | None
    raw_sha256: str
    raw_bytes: int
    header_only: bool
    reading_key: str | None
    positions: tuple[Position, ...]


def message_lines(
    connection: Connection,
    state: MessageState | None = None,
    ids: Collection[int] | None = None,
) -> tuple[MessageLine, ...]:
    """Return the ledger by time of receipt, then id; of one state, or of some ids."""
    c = messages.c
    if ids is not None:
        found = [
            line
            for some in portions(ids)
            for line in _lines(connection, c.id.in_(some))
        ]
        return tuple(sorted(found, key=lambda line: (line.received, line.id)))
    which = () if state is None else (c.state == state,)
    return tuple(_lines(connection, *which))


def _lines(
    connection: Connection, *which: ColumnElement[bool]
) -> Iterable[MessageLine]:
    rows = connection.execute(_line_query(*which)).mappings()
    return [_line(row) for row in rows]


def _line_query(*which: ColumnElement[bool]) -> Select[Any]:
    c, p = messages.c, positions.c
    first = (
        select(func.min(p.id))
        .where(p.message == c.id)
        .correlate(messages)
        .scalar_subquery()
    )
    answered = (
        select(outbox.c.id)
        .where(outbox.c.message == c.id, outbox.c.state == "sent")
        .where(outbox.c.purpose.is_not(None))
        .correlate(messages)
        .exists()
    )
    return (
        select(
            messages,
            p.folder,
            p.uidvalidity,
            p.uid,
            answered.label("answered"),
        )
        .outerjoin_from(messages, positions, p.id == first)
        .where(*which)
        .order_by(c.received, c.id)
    )


def _line(row: RowMapping) -> MessageLine:
    return MessageLine(
        id=row["id"],
        receipt=row["receipt"],
        mailbox=row["mailbox"],
        folder=row["folder"],
        uidvalidity=row["uidvalidity"],
        uid=row["uid"],
        received=row["received"],
        author=row["author"],
        subject=row["subject"],
        state=row["state"],
        reason=row["reason"],
        kind=row["kind"],
        units=tuple(json.loads(row["units"])),
        trust=row["trust"],
        attempts=row["attempts"],
        findings=len(json.loads(row["findings"])),
        answered=bool(row["answered"]),
    )


def message_detail(connection: Connection, message: int) -> MessageDetail | None:
    """Return one message with all its positions, or None where there is none."""
    query = _line_query(messages.c.id == message)
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    p = positions.c
    stood = connection.execute(
        select(p.mailbox, p.folder, p.uidvalidity, p.uid, p.path, p.junk)
        .where(p.message == message)
        .order_by(p.id)
    )
    return MessageDetail(
        line=_line(row),
        message_id=row["message_id"],
        date=row["date"],
        raw_sha256=row["raw_sha256"],
        raw_bytes=row["raw_bytes"],
        header_only=row["header_only"],
        reading_key=row["reading_key"],
        positions=tuple(Position(*one) for one in stood),
    )


def find_messages(connection: Connection, ident: str) -> tuple[int, ...]:
    """Return the ids that a person's word may mean: one, none, or candidates to choose.

    A word is a ledger number, a receipt code, a Message-ID in `<>`, or at least eight
    hexadecimal digits from the start of the raw SHA-256.
    """
    word = ident.strip()
    c = messages.c
    meant: list[ColumnElement[bool]] = []
    if _NUMBER.fullmatch(word):
        meant.append(c.id == int(word))
    if _RECEIPT.fullmatch(word.upper()):
        meant.append(c.receipt == word.upper())
    if _HEX.fullmatch(word.lower()):
        # A range and not LIKE: PostgreSQL has an index for it under every collation.
        low = word.lower()
        meant.append(and_(c.raw_sha256 >= low, c.raw_sha256 <= low.ljust(64, "f")))
    if word.startswith("<") and word.endswith(">"):
        meant.append(c.message_id == word)
    if not meant:
        return ()
    query = select(c.id).where(or_(*meant)).order_by(c.id).limit(_CANDIDATES)
    return tuple(connection.scalars(query))


def received(connection: Connection, ids: Collection[int]) -> dict[int, Received]:
    """Return what a decision may know of messages, by id, in six queries a thousand.

    `junk`: every position of it is in a Junk folder. `folder` is that of the first.
    """
    found: dict[int, Received] = {}
    for some in portions(ids):
        c = messages.c
        stood = _positions(connection, some)
        said, answered = said_of(connection, some), answers(connection, some)
        gave = given_by(connection, some)
        decided = first_decided(connection, some)
        sure = confirmed(connection, some)
        for row in connection.execute(select(messages).where(c.id.in_(some))):
            places, told = stood.get(row.id, []), said.get(row.id, Said())
            found[row.id] = Received(
                id=row.id,
                raw_sha256=row.raw_sha256,
                raw_bytes=row.raw_bytes,
                received=row.received,
                mailbox=row.mailbox,
                folder=places[0][0] if places else None,
                door=cast(Door, row.door),
                header_only=row.header_only,
                junk=bool(places) and all(junk for _, junk in places),
                first_pass=row.first_pass,
                asked=row.asked,
                assigned=told.assigned,
                answered=answered.get(row.id, ()),
                first_read=decided.get(row.id),
                receipt=row.receipt,
                confirmed=row.id in sure,
                accepted=told.accepted,
                rejected=told.rejected,
                retold=told.retold,
                given=gave.get(row.id, ()),
                turn=row.turn,
                settled=row.effect is not None,
            )
    return found


def _positions(
    connection: Connection, ids: list[int]
) -> dict[int, list[tuple[str | None, bool]]]:
    p = positions.c
    query = select(p.message, p.folder, p.junk).where(p.message.in_(ids))
    found: dict[int, list[tuple[str | None, bool]]] = {}
    for message, folder, junk in connection.execute(query.order_by(p.id)):
        found.setdefault(message, []).append((folder, junk))
    return found
