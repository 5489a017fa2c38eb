"""The ledger's front: a fetched batch becomes messages and positions, once.

Identical bytes never make a second message: they add a position to the one that is
there. The bytes themselves are in the archive before anything is recorded here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from parsers.values.decision import Door
from storage.digests import receipt_code
from storage.events import PROGRAM, NewEvent, write_events
from storage.portions import portions
from storage.tables import messages, positions
from storage.upserts import insert_new

_BY_UID = ("mailbox", "folder", "uidvalidity", "uid")
_BY_PATH = ("message", "mailbox", "path")


@dataclass(frozen=True, slots=True)
class Position:
    """Where a mail stood: folder, UIDVALIDITY and UID, or a file's `path`.

    A file's path names its number in an mbox too (`x.mbox#3`); the rest is None then.
    """

    mailbox: str
    folder: str | None = None
    uidvalidity: int | None = None
    uid: int | None = None
    path: str | None = None
    junk: bool = False


@dataclass(frozen=True, slots=True)
class NewMail:
    """One fetched mail whose bytes are archived; digests as of `storage.digests`.

    `raw_bytes` is the size on the server. `header_only`: the archive holds its header
    alone, and the digests are the header's. `received` is aware.
    """

    position: Position
    door: Door
    raw_sha256: str
    same_bytes: str
    header_sha256: str
    raw_bytes: int
    received: datetime
    header_only: bool = False
    first_pass: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """Who claims what it records, and until when (aware)."""

    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Recorded:
    """The message that a mail became or was already.

    `fence` is that of the claim that came with it: only where `new` and claimed.
    """

    id: int
    new: bool
    receipt: str
    fence: int | None


def record(
    connection: Connection,
    mails: Sequence[NewMail],
    now: datetime,
    holder: Holder | None = None,
) -> tuple[Recorded, ...]:
    """Record a batch and return one Recorded a mail, in order.

    With a `holder` the new messages are its own at once, as if claimed. What was
    recorded before (bytes, position) stays as it is, so that a repeat changes nothing.
    """
    known = _known(connection, [mail.same_bytes for mail in mails])
    first = {m.same_bytes: m for m in reversed(mails) if m.same_bytes not in known}
    fresh = [m for m in mails if first.get(m.same_bytes) is m]
    made = _insert(connection, fresh, now, holder)
    if len(made) < len(fresh):
        # Another mailbox's fetcher recorded the same bytes between the two queries.
        known |= _known(connection, [m.same_bytes for m in fresh])
    ids = known | made
    add_positions(connection, [(ids[m.same_bytes], m.position) for m in mails])
    happened = [NewEvent("message", None, "fetched", message=i) for i in made.values()]
    write_events(connection, happened, now, PROGRAM)
    claimed = 1 if holder else None
    told = []
    for mail in mails:
        new = mail.same_bytes in made and first[mail.same_bytes] is mail
        code = receipt_code(mail.same_bytes)
        fence = claimed if new else None
        told.append(Recorded(ids[mail.same_bytes], new, code, fence))
    return tuple(told)


def _known(connection: Connection, digests: Sequence[str]) -> dict[str, int]:
    c = messages.c
    found: dict[str, int] = {}
    for some in portions(digests):
        query = select(c.same_bytes, c.id).where(c.same_bytes.in_(some))
        found.update((digest, ident) for digest, ident in connection.execute(query))
    return found


def _insert(
    connection: Connection,
    mails: Sequence[NewMail],
    now: datetime,
    holder: Holder | None,
) -> dict[str, int]:
    if not mails:
        return {}
    rows = [_row(mail, now, holder) for mail in mails]
    statement = insert_new(connection, messages, ["same_bytes"])
    returned = connection.execute(
        statement.returning(messages.c.same_bytes, messages.c.id), rows
    )
    ids = {row.same_bytes: row.id for row in returned}
    # Events go in the order of arrival, whatever order the rows came back in.
    return {m.same_bytes: ids[m.same_bytes] for m in mails if m.same_bytes in ids}


def _row(mail: NewMail, now: datetime, holder: Holder | None) -> dict[str, Any]:
    return {
        "receipt": receipt_code(mail.same_bytes),
        "raw_sha256": mail.raw_sha256,
        "same_bytes": mail.same_bytes,
        "raw_bytes": mail.raw_bytes,
        "header_sha256": mail.header_sha256,
        "received": mail.received,
        "recorded": now,
        "mailbox": mail.position.mailbox,
        "door": mail.door,
        "header_only": mail.header_only,
        "first_pass": mail.first_pass,
        "asked": mail.asked,
        "lease_holder": holder.name if holder else None,
        "lease_until": holder.until if holder else None,
        "fence": 1 if holder else 0,
    }


def add_positions(
    connection: Connection, found: Sequence[tuple[int, Position]]
) -> None:
    """Say that messages (by id) stand at positions; one that is known is a no-op."""
    for keys, rows in (
        (_BY_UID, [_position(*one) for one in found if one[1].path is None]),
        (_BY_PATH, [_position(*one) for one in found if one[1].path is not None]),
    ):
        if rows:
            connection.execute(insert_new(connection, positions, keys), rows)


def _position(message: int, position: Position) -> dict[str, Any]:
    return {
        "message": message,
        "mailbox": position.mailbox,
        "folder": position.folder,
        "uidvalidity": position.uidvalidity,
        "uid": position.uid,
        "path": position.path,
        "junk": position.junk,
    }
