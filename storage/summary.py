"""What the daily digest lists besides the status: new, held, doubtful, waiting.

Every list is counted whole and read up to a bound, so that a big house keeps it short.
It words nothing and decides nothing.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from parsers.values.finding import Finding
from parsers.values.outbox import NewItem
from parsers.values.summary import DigestFacts
from parsers.values.unit import Candidate
from storage.columns import Instant
from storage.events import PROGRAM
from storage.jsontext import from_json
from storage.outbox import enqueue
from storage.tables import (
    bounces,
    events,
    messages,
    outbox,
    submissions,
    unit_addresses,
    units,
    withdrawals,
)
from storage.views import COUNTING, versions_in_force

#: Lines of one list that are read; the others are counted.
LONGEST = 40
#: Mails whose findings are looked through for what staff should know.
_LOOKED_AT = 400
_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit whose first version of a phase came since the digest before."""

    unit: str
    phase: str
    received: datetime


@dataclass(frozen=True, slots=True)
class WaitingMail:
    """A mail that a person must look at. Of a secret one only `id` may be shown."""

    id: int
    receipt: str
    received: datetime
    author: str | None
    subject: str | None
    reason: str | None
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Noticed:
    """A finding on a version in force, or on a mail that was decided since."""

    unit: str | None
    message: int | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class LearnedAddress:
    """An address that the units file does not hold."""

    unit: str
    address: str
    source: str


@dataclass(frozen=True, slots=True)
class Unsent:
    """Mail that has not left, or of which nobody knows; `why` is the last reply."""

    id: int
    kind: str
    state: str
    reason: str | None
    to: tuple[str, ...]
    subject: str | None
    units: tuple[str, ...]
    why: str | None


@dataclass(frozen=True, slots=True)
class Returned:
    """A mail of ours that came back since the digest before."""

    item: int
    kind: str
    address: str
    units: tuple[str, ...]
    verdict: str
    words: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to telephone; `address` says whether any address is in good health."""

    code: str
    contact: str | None
    phone: str | None
    address: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """Some of a list, and how many there are in all."""

    total: int
    some: tuple[Any, ...]


def last_digest(connection: Connection, campaign: str, day: date) -> datetime | None:
    """Return when the last digest of a day before `day` was made; None for none."""
    c = outbox.c
    which = (c.kind == "digest") & (c.campaign == campaign) & (c.step < day.isoformat())
    latest = select(func.max(c.created, type_=Instant)).where(which)
    found: datetime | None = connection.scalar(latest)
    return found


def last_fingerprint(connection: Connection, campaign: str) -> str | None:
    """Return the fingerprint of the digest that was made last; None for none."""
    c = outbox.c
    which = (c.kind == "digest") & (c.campaign == campaign)
    query = select(c.facts).where(which).order_by(c.created.desc(), c.id.desc())
    text = connection.scalar(query.limit(1))
    return None if text is None else from_json(text, DigestFacts).fingerprint


def digest_key(campaign: str, day: date, recipient: str) -> str:
    """Return what the database holds to be unique: campaign, date, recipient."""
    return f"{campaign}:{day.isoformat()}:{recipient.casefold()}"


def without_digest(
    connection: Connection, campaign: str, day: date, to: Sequence[str]
) -> tuple[str, ...]:
    """Return those of the recipients for whom no digest of that day stands."""
    c = outbox.c
    keys = {digest_key(campaign, day, one): one for one in to}
    known = select(c.key).where(c.kind == "digest", c.key.in_(sorted(keys)))
    there = frozenset(connection.scalars(known))
    return tuple(one for key, one in keys.items() if key not in there)


def enqueue_digest(
    connection: Connection, facts: DigestFacts, to: Sequence[str], now: datetime
) -> tuple[int, ...]:
    """Enqueue one digest a recipient; return the ids of those that were not there."""
    items = [
        NewItem(
            kind="digest",
            key=digest_key(facts.campaign, facts.day, one),
            to=(one,),
            facts=facts,
            step=facts.day.isoformat(),
            campaign=facts.campaign,
        )
        for one in to
    ]
    return enqueue(connection, [(None, item) for item in items], now, PROGRAM)


def new_units(
    connection: Connection, campaign: str, since: datetime | None
) -> tuple[NewUnit, ...]:
    """Return whose first version of a phase was stored after `since`, in its order."""
    s, w = submissions.c, withdrawals.c
    first = func.min(s.stored, type_=Instant)
    query = (
        select(s.unit, s.phase, func.min(s.received, type_=Instant))
        .outerjoin(withdrawals, w.submission == s.id)
        .where(s.campaign == campaign, s.state.in_(COUNTING), w.submission.is_(None))
        .group_by(s.unit, s.phase)
        .order_by(func.min(s.received), s.unit)
    )
    if since is not None:
        query = query.having(first > since)
    return tuple(NewUnit(*row) for row in connection.execute(query))


def marked(connection: Connection, campaign: str, code: str) -> tuple[Noticed, ...]:
    """Return the findings of a code on the versions in force, by unit."""
    s, v = submissions.c, versions_in_force.c
    query = (
        select(v.unit, v.message, s.findings)
        .join(submissions, s.id == v.submission)
        .where(v.campaign == campaign, s.findings.contains(f'"code":"{code}"'))
        .order_by(v.unit, v.phase)
    )
    found = []
    for unit, message, text in connection.execute(query):
        told = from_json(text, tuple[Finding, ...])
        found += [Noticed(unit, message, f) for f in told if f.code == code]
    return tuple(found)


def waiting_mails(connection: Connection, state: str) -> Counted:
    """Return the mails in that state by time of receipt (WaitingMail)."""
    c = messages.c
    columns = (c.id, c.receipt, c.received, c.author, c.subject, c.reason)
    query = select(*columns, c.candidates).where(c.state == state)
    rows = connection.execute(query.order_by(c.received, c.id).limit(LONGEST))
    some = [
        WaitingMail(*row[:-1], from_json(row[-1], tuple[Candidate, ...]))
        for row in rows
    ]
    return Counted(_count(connection, c.state == state), tuple(some))


def noticed_since(
    connection: Connection, campaign: str, since: datetime | None
) -> tuple[Noticed, ...]:
    """Return what staff should know of mails decided, and of versions stored, after
    `since`, the newest first.

    Nothing of a secret mail; no more are looked through than a bound. What a mail says
    of itself stands with the version that it gave, and not with the mail.
    """
    c, s = messages.c, submissions.c
    mails = select(c.id, c.units, c.findings).where(
        c.findings != "[]", func.coalesce(c.reason, "") != "secret"
    )
    given = (
        select(s.message, s.unit, s.findings)
        .outerjoin(withdrawals, withdrawals.c.submission == s.id)
        .where(s.campaign == campaign, s.findings != "[]", s.state.in_(COUNTING))
        .where(withdrawals.c.submission.is_(None))
    )
    if since is not None:
        e = events.c
        decided = select(e.message).where(e.what == "message", e.at > since)
        mails = mails.where(c.id.in_(decided))
        given = given.where(s.stored > since)
    found = []
    for message, unit, text in connection.execute(
        given.order_by(s.id.desc()).limit(_LOOKED_AT)
    ):
        found += _for_staff(unit, message, text)
    for message, named, text in connection.execute(
        mails.order_by(c.id.desc()).limit(_LOOKED_AT)
    ):
        codes = _listed(named)
        found += _for_staff(codes[0] if len(codes) == 1 else None, message, text)
    return tuple(found)


def _for_staff(unit: str | None, message: int | None, text: str) -> list[Noticed]:
    told = from_json(text, tuple[Finding, ...])
    return [Noticed(unit, message, f) for f in told if f.audience == "staff"]


def learned_addresses(
    connection: Connection, since: datetime | None
) -> tuple[LearnedAddress, ...]:
    """Return what is provisional, and what was taught after `since`, by unit."""
    c = unit_addresses.c
    recent = c.source == "learned"
    if since is not None:
        recent &= c.since > since
    query = (
        select(c.unit, c.address, c.source)
        .join(units, units.c.code == c.unit)
        .where(or_(c.source == "provisional", recent), units.c.active)
        .order_by(units.c.position, c.folded)
    )
    return tuple(LearnedAddress(*row) for row in connection.execute(query))


def unsent_counts(connection: Connection) -> tuple[tuple[str, str, int], ...]:
    """Return kind, reason (the state where it has none) and count of unsent mail."""
    c = outbox.c
    columns = (c.kind, c.state, func.coalesce(c.reason, c.state))
    left = c.state.not_in(("sent", "cancelled"))
    query = select(*columns, func.count()).where(left).group_by(*columns)
    # A failed mail says that it failed, whatever the server's reason.
    counted = [
        (kind, state if state == "failed" else why, count)
        for kind, state, why, count in connection.execute(query)
    ]
    return tuple(sorted(counted))


def unsent(connection: Connection) -> Counted:
    """Return mail that waits for more than its turn, or never left (Unsent)."""
    c = outbox.c
    columns = (c.id, c.kind, c.state, c.reason, c.recipients, c.subject, c.units)
    query = select(*columns, c.last_reply).where(_unsent())
    rows = connection.execute(query.order_by(c.id).limit(LONGEST))
    some = [
        Unsent(ident, kind, state, reason, _listed(to), subject, _listed(of), why)
        for ident, kind, state, reason, to, subject, of, why in rows
    ]
    return Counted(_count(connection, _unsent()), tuple(some))


def returned(connection: Connection, since: datetime | None) -> Counted:
    """Return what came back after `since`, oldest first (Returned)."""
    b, o = bounces.c, outbox.c
    # What a server refused at once stands among the mail that was not sent.
    which: ColumnElement[bool] = b.message.is_not(None)
    if since is not None:
        which &= b.at > since
    query = (
        select(o.id, o.kind, b.address, o.units, b.verdict, b.words)
        .join(outbox, o.id == b.outbox)
        .where(which)
        .order_by(b.at, b.outbox)
        .limit(LONGEST)
    )
    some = [
        Returned(item, kind, address, _listed(named), verdict, words)
        for item, kind, address, named, verdict, words in connection.execute(query)
    ]
    return Counted(_count(connection, which), tuple(some))


def contacts(connection: Connection) -> dict[str, Contact]:
    """Return whom to telephone of every active unit, by code."""
    c, a = units.c, unit_addresses.c
    good = select(a.unit).where(a.health == "good")
    query = select(c.code, c.contact, c.phone, c.code.in_(good)).where(c.active)
    return {row[0]: Contact(*row) for row in connection.execute(query)}


def not_for_us(connection: Connection) -> int:
    """Return how many mails were none of our business."""
    c = messages.c
    return _count(connection, (c.state == "ignored") & (c.reason == "not_for_us"))


def spent(connection: Connection, now: datetime) -> int:
    """Return how many mails left by SMTP, or may have, in the last 24 hours."""
    c = outbox.c
    left = func.coalesce(c.state, "").in_(("sending", "sent", "unknown"))
    recent = (c.attempted_at > now - _DAY) & (c.door == "smtp")
    return _count(connection, recent & left)


def _unsent() -> ColumnElement[bool]:
    c = outbox.c
    waits = (c.state == "pending") & c.reason.is_not(None)
    return waits | c.state.in_(("unknown", "failed"))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _count(connection: Connection, which: ColumnElement[bool]) -> int:
    query: Select[Any] = select(func.count()).where(which)
    return connection.scalar(query) or 0
