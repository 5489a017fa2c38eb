"""Where units stand and how they are reached, as far as their reminders go.

It reads only; what is owed and who is due is `daemon.schedule`'s to say.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, case, func, or_, select

from parsers.values.campaign import PhaseName
from parsers.values.reading import Registration
from parsers.values.reminder import Contact, Standing
from parsers.values.unit import Candidate
from storage import units as directory
from storage.addresses import AddressLine, folded_address, owners
from storage.columns import Instant
from storage.jsontext import from_json
from storage.portions import portions
from storage.rows import read_registrations
from storage.status import UnitStatus, unit_lines
from storage.tables import message_units, messages, outbox
from storage.units import UnitLine
from storage.views import versions_in_force

#: Held for these reasons a mail says nothing of a unit: a forgery must not silence its
#: reminders; a replacement waits for the unit's own word, not for ours.
_NOT_OURS_TO_SETTLE = ("sender_failed", "replacement_unconfirmed")
_ASKED = "replacement_unconfirmed"
#: So long reminders wait for mail that came and was not read yet. What is stuck longer
#: has a light of its own.
_PATIENCE = timedelta(hours=24)
_MACHINE = ("automatic", "bounce", "own")


@dataclass(frozen=True, slots=True)
class PhaseAsked:
    """Of which phase it is asked: `opened` is its first instant, aware."""

    campaign: str
    name: PhaseName
    opened: datetime


def has_unread(connection: Connection, now: datetime) -> bool:
    """Say whether mail came within the day that nobody has read yet."""
    c = messages.c
    waits = (c.state == "fetched") & (c.recorded > now - _PATIENCE)
    return connection.scalar(select(c.id).where(waits).limit(1)) is not None


def first_pass_waits(connection: Connection) -> bool:
    """Say whether what the very first pass would send still waits for a person."""
    o, m = outbox.c, messages.c
    query = (
        select(o.id)
        .join(messages, m.id == o.message)
        .where(m.first_pass, o.state == "pending", o.reason == "release")
    )
    return connection.scalar(query.limit(1)) is not None


def standings(
    connection: Connection, asked: PhaseAsked, codes: Collection[str] | None = None
) -> tuple[Standing, ...]:
    """Return where units stand in a phase, in the order of the status table."""
    lines = unit_lines(connection, asked.campaign, codes)
    unread = _unreadable(connection, asked)
    held, waiting = _unsettled(connection, asked)
    return tuple(
        _standing(line, asked, line.code in unread, line.code in held, waiting)
        for line in lines
    )


def contacts(
    connection: Connection,
    campaign: str,
    folders: Collection[str],
    codes: Collection[str] | None = None,
) -> dict[str, Contact]:
    """Return how units are reached, by code.

    The address that wrote last, else the first of the directory; in good health.
    `folders` are mailboxes whose answers go to a folder: who wrote there is written to
    there. Their registered works are those of the plan.
    """
    lines = _lines(connection, codes)
    asked = [line.unit.code for line in lines]
    wrote = _last_writers(connection, asked)
    refused = _refused(connection, lines)
    works = _works(connection, campaign, asked)
    return {
        line.unit.code: _contact(line, wrote, refused, frozenset(folders), works)
        for line in lines
    }


def _standing(
    line: UnitStatus,
    asked: PhaseAsked,
    unread: bool,
    held: bool,
    waiting: frozenset[str],
) -> Standing:
    phase = line.phases.get(asked.name)
    in_results = asked.name == "results" and phase is not None
    return Standing(
        unit=line.code,
        phase=asked.name,
        state=phase.state if phase and in_results else line.state,
        versions=phase.versions if phase and in_results else line.versions,
        came=line.results if in_results else line.registered,
        owed=line.registered if in_results else line.quota,
        confirmation=line.confirmation,
        unread=unread,
        held=held,
        asked=line.code in waiting,
    )


def _unreadable(connection: Connection, asked: PhaseAsked) -> frozenset[str]:
    m, u = messages.c, message_units.c
    query = (
        select(u.unit)
        .distinct()
        .join(messages, m.id == u.message)
        .where(m.state == "processed", m.reason == "nothing_readable")
        .where(m.received >= asked.opened)
    )
    return frozenset(connection.scalars(query))


def _unsettled(
    connection: Connection, asked: PhaseAsked
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the units of mail that waits for the office, and for their own word."""
    c = messages.c
    other = "registration" if asked.name == "results" else "results"
    query = (
        select(c.author, c.units, c.candidates, c.reason)
        .where(c.state.in_(("held", "quarantined")), c.received >= asked.opened)
        .where(or_(c.kind.is_(None), c.kind != other))
    )
    rows = connection.execute(query).all()
    known = owners(connection, {row.author for row in rows if row.author})
    held: set[str] = set()
    waiting: set[str] = set()
    for row in rows:
        codes = set(_named(row.units, row.candidates))
        wrote = {owner.code for owner in known.get(row.author, ())}
        # Address and table may disagree: it is either's. Whoever sends for many units
        # must not silence all of them.
        codes |= wrote if len(wrote) == 1 else set()
        if row.reason == _ASKED:
            waiting |= codes
        elif row.reason not in _NOT_OURS_TO_SETTLE:
            held |= codes
    return frozenset(held), frozenset(waiting)


def _named(units: str, candidates: str) -> Iterator[str]:
    """Yield the units of a mail as decided, else the likeliest one; both are JSON."""
    decided: list[str] = json.loads(units)
    yield from decided
    if not decided:
        yield from (c.code for c in from_json(candidates, tuple[Candidate, ...])[:1])


def _lines(
    connection: Connection, codes: Collection[str] | None
) -> tuple[UnitLine, ...]:
    if codes is None:
        return tuple(u for u in directory.all_units(connection) if u.active)
    found = (directory.find_unit(connection, code) for code in sorted(codes))
    return tuple(line for line in found if line is not None and line.active)


def _last_writers(
    connection: Connection, codes: Collection[str]
) -> dict[str, list[tuple[str, str]]]:
    """Return who wrote of each unit and by which mailbox, the last first."""
    m, u = messages.c, message_units.c
    last = func.max(m.received, type_=Instant)
    found: dict[str, list[tuple[str, str]]] = {}
    for some in portions(codes):
        query = (
            select(u.unit, m.author, m.mailbox, last)
            .join(messages, m.id == u.message)
            .where(u.unit.in_(some), m.author.is_not(None))
            .where(or_(m.reason.is_(None), m.reason.not_in(_MACHINE)))
            .where(or_(m.trust.is_(None), m.trust != "failed"))
            .group_by(u.unit, m.author, m.mailbox)
            .order_by(last.desc())
        )
        for unit, author, mailbox, _ in connection.execute(query):
            written = (folded_address(author), mailbox)
            found.setdefault(unit, []).append(written)
    return found


def _refused(connection: Connection, lines: Collection[UnitLine]) -> frozenset[str]:
    """Return the addresses whose last mail the server refused for good."""
    c = outbox.c
    asked = {a.folded for line in lines for a in line.addresses}
    refusal = (c.state == "failed") & (c.reason == "refused")
    no = func.max(case((refusal, c.attempted_at)), type_=Instant)
    yes = func.max(case((c.state == "sent", c.attempted_at)), type_=Instant)
    found: set[str] = set()
    for some in portions(asked):
        query = select(c.address, no, yes).where(c.address.in_(some))
        for address, refused, taken in connection.execute(query.group_by(c.address)):
            if refused is not None and (taken is None or taken < refused):
                found.add(address)
    return frozenset(found)


def _works(
    connection: Connection, campaign: str, codes: Collection[str]
) -> dict[str, tuple[Registration, ...]]:
    v = versions_in_force.c
    found: dict[str, int] = {}
    for some in portions(codes):
        query = select(v.unit, v.submission).where(
            v.campaign == campaign, v.phase == "registration", v.unit.in_(some)
        )
        found |= {row.unit: row.submission for row in connection.execute(query)}
    rows = read_registrations(connection, list(found.values()))
    return {unit: rows.get(submission, ()) for unit, submission in found.items()}


def _contact(
    line: UnitLine,
    wrote: dict[str, list[tuple[str, str]]],
    refused: frozenset[str],
    folders: frozenset[str],
    works: dict[str, tuple[Registration, ...]],
) -> Contact:
    unit = line.unit
    well = [a for a in line.addresses if a.health == "good" and a.folded not in refused]
    to, door = _chosen(well, wrote.get(unit.code, []), folders)
    return Contact(
        unit=unit,
        to=to,
        door=door,
        good=frozenset(a.folded for a in well),
        works=works.get(unit.code, ()),
    )


def _chosen(
    well: list[AddressLine], wrote: list[tuple[str, str]], folders: frozenset[str]
) -> tuple[str | None, str]:
    by_address = {a.folded: a for a in well}
    for folded, mailbox in wrote:
        if folded in by_address:
            door = mailbox if mailbox in folders else "smtp"
            return by_address[folded].address, door
    return (well[0].address, "smtp") if well else (None, "smtp")
