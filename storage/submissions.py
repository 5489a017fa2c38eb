"""Versions as they stand: what is in force, what came of a mail, what a unit sent.

It writes nothing. Which version is in force is said by the view `versions_in_force`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    RowMapping,
    ScalarSelect,
    Select,
    func,
    or_,
    select,
)

from parsers.values.campaign import PhaseName
from parsers.values.decision import (
    BY_HAND,
    OtherWork,
    Standing,
    SubmissionKind,
    SubmissionState,
)
from parsers.values.finding import Finding, finding
from parsers.values.reading import Confirmation, Mode, Registration, Result
from storage.jsontext import from_json
from storage.portions import portions
from storage.rows import read_registrations, read_results
from storage.tables import (
    acts,
    message_units,
    messages,
    registrations,
    signatures,
    submissions,
    withdrawals,
)
from storage.views import COUNTING, versions_in_force
from storage.vouched import confirmed_since, contested


@dataclass(frozen=True, slots=True)
class StoredSubmission:
    """One version as stored. `late` is this version's own; `registrations` or
    `results` are filled by its phase. `withdrawn`: its mail was put to another unit, or
    a person took back what made it.
    """

    id: int
    campaign: str
    unit: str
    phase: PhaseName
    version: int
    in_force: bool
    withdrawn: bool
    state: SubmissionState
    kind: SubmissionKind
    mode: Mode | None
    supersedes: int | None
    message: int | None
    received: datetime
    stored: datetime
    late: bool
    confirmation: Confirmation | None
    rows_digest: str
    findings: tuple[Finding, ...]
    registrations: tuple[Registration, ...]
    results: tuple[Result, ...]


def standing(
    connection: Connection,
    codes: Collection[str],
    apart_from: int | None = None,
    turn: int | None = None,
) -> tuple[Standing, ...]:
    """Return the versions in force of the units, by campaign, unit, phase.

    One query finds them, three more their rows and what was confirmed. `apart_from` is
    a message that is decided anew: its own versions are looked past, and with `turn`
    all that came after that event too, so that it meets what it met then.
    `last_version` is the greatest number given, whatever counts.
    """
    if not codes:
        return ()
    query = _standing(codes, apart_from, turn)
    found = connection.execute(query).mappings().all()
    ids = [row["submission"] for row in found]
    works, outcomes = read_registrations(connection, ids), _results(connection, found)
    again = _confirmed(connection, {row["unit"] for row in found}, turn)
    return tuple(
        Standing(
            campaign=row["campaign"],
            unit=row["unit"],
            phase=row["phase"],
            version=row["version"],
            last_version=row["last_version"],
            received=row["received"],
            message=row["message"],
            rows_digest=row["rows_digest"],
            mode=row["mode"],
            confirmed=again.get(row["unit"]),
            confirmation=row["confirmation"],
            registrations=works.get(row["submission"], ()),
            results=outcomes.get(row["submission"], ()),
        )
        for row in found
    )


def works_with(
    connection: Connection,
    keys: Collection[str],
    apart_from: int | None = None,
    turn: int | None = None,
) -> tuple[OtherWork, ...]:
    """Return the works in force whose titles have one of these keys.

    They are found by the index on the key; which versions count is asked afterwards.
    `apart_from` and `turn` look past versions as in `standing`.
    """
    r, s = registrations.c, submissions.c
    found: list[Row[str, str, str, int]] = []
    for some in portions(keys):
        query = (
            select(r.title_key, s.campaign, s.unit, s.id)
            .join(submissions, s.id == r.submission)
            .where(r.title_key.in_(some))
            .order_by(s.id)
        )
        found += connection.execute(query)
    units = sorted({row.unit for row in found})
    if not units:
        return ()
    stands = connection.execute(_standing(units, apart_from, turn)).mappings()
    current = {row["submission"] for row in stands}
    works = (OtherWork(k, c, u) for k, c, u, ident in found if ident in current)
    return tuple(dict.fromkeys(works))


def given_by(
    connection: Connection, ids: Collection[int]
) -> dict[int, tuple[tuple[str, str, PhaseName, str], ...]]:
    """Return, by message, the versions of its own that count, the last of each unit and
    phase: campaign, unit, phase and digest, as `Received.given` wants.
    """
    s, w = submissions.c, withdrawals.c
    query = (
        select(s.message, s.campaign, s.unit, s.phase, s.rows_digest)
        .outerjoin(withdrawals, w.submission == s.id)
        .where(s.message.in_(sorted(ids)), w.submission.is_(None))
        .where(s.state.in_(COUNTING))
        .order_by(s.id)
    )
    found: dict[int, dict[tuple[str, str, PhaseName], str]] = {}
    for message, campaign, unit, phase, digest in connection.execute(query):
        found.setdefault(message, {})[(campaign, unit, phase)] = digest
    return {
        message: tuple((*key, digest) for key, digest in gave.items())
        for message, gave in found.items()
    }


def _confirmed(
    connection: Connection, codes: Collection[str], turn: int | None
) -> dict[str, datetime]:
    """Return when each unit last sent again what was in force (before the turn)."""
    m, u = messages.c, message_units.c
    if not codes:
        return {}
    query = (
        select(u.unit, func.max(m.received))
        .join(messages, m.id == u.message)
        .where(u.unit.in_(sorted(codes)), m.effect == "nothing_changed")
        .group_by(u.unit)
    )
    if turn is not None:
        query = query.where(m.turn < turn)
    return {row.unit: row[1] for row in connection.execute(query)}


def submissions_of_message(
    connection: Connection, message: int
) -> tuple[StoredSubmission, ...]:
    """Return all versions that came of one message, in the order stored."""
    return _read(connection, submissions.c.message == message)


def submissions_of_unit(
    connection: Connection, unit: str
) -> tuple[StoredSubmission, ...]:
    """Return all versions of one unit, in the order stored."""
    return _read(connection, submissions.c.unit == unit)


def _standing(
    codes: Collection[str], apart_from: int | None, turn: int | None
) -> Select[Any]:
    if apart_from is None:
        return _in_force(codes)
    return _without(codes, apart_from, turn)


def _in_force(codes: Collection[str]) -> Select[Any]:
    force, s = versions_in_force.c, submissions.c
    return (
        select(
            force.campaign,
            force.unit,
            force.phase,
            force.submission,
            force.message,
            force.version,
            force.received,
            force.confirmation,
            s.rows_digest,
            s.mode,
            _last_version(force).label("last_version"),
        )
        .join(submissions, s.id == force.submission)
        .where(force.unit.in_(sorted(codes)))
        .order_by(force.campaign, force.unit, force.phase)
    )


def _without(codes: Collection[str], message: int, turn: int | None) -> Select[Any]:
    # The view cannot look past a message; this is its sentence with those words more.
    s, w = submissions.c, withdrawals.c
    last = func.coalesce(s.message, BY_HAND).desc()
    order = (s.received.desc(), last, s.version.desc())
    place = func.row_number().over(
        partition_by=(s.campaign, s.unit, s.phase), order_by=order
    )
    ranked: Select[Any] = (
        select(
            submissions,
            s.id.label("submission"),
            place.label("place"),
            func.coalesce(_signed(message, turn), s.confirmation).label("best"),
        )
        .outerjoin(withdrawals, w.submission == s.id)
        .where(
            s.unit.in_(sorted(codes)),
            s.state.in_(COUNTING),
            w.submission.is_(None),
            func.coalesce(s.message, 0) != message,
        )
    )
    if turn is not None:
        ranked = _before(ranked, turn)
    c = ranked.subquery().c
    return (
        select(
            c.campaign,
            c.unit,
            c.phase,
            c.submission,
            c.message,
            c.version,
            c.received,
            c.best.label("confirmation"),
            c.rows_digest,
            c.mode,
            _last_version(c).label("last_version"),
        )
        .where(c.place == 1)
        .order_by(c.campaign, c.unit, c.phase)
    )


def _signed(message: int, turn: int | None) -> ScalarSelect[Any]:
    """Return what confirmed a version since: not that mail, nor (turn) a later one."""
    g, m = signatures.c, messages.alias("signed_by").c
    query = select(func.max(g.confirmation)).where(
        g.submission == submissions.c.id, g.message != message
    )
    if turn is not None:
        query = query.join(m.id.table, m.id == g.message).where(m.turn < turn)
    return query.correlate(submissions).scalar_subquery()


def _before(query: Select[Any], turn: int) -> Select[Any]:
    """Return the query for the versions whose mail or act came before that event."""
    s, m, a = submissions.c, messages.c, acts.c
    return (
        query.outerjoin(messages, m.id == s.message)
        .outerjoin(acts, a.submission == s.id)
        .where(or_(m.turn < turn, a.event <= turn))
    )


def _last_version(outer: Any) -> ColumnElement[int]:
    every = submissions.alias("every")
    return (
        select(func.max(every.c.version))
        .where(
            every.c.campaign == outer.campaign,
            every.c.unit == outer.unit,
            every.c.phase == outer.phase,
        )
        .scalar_subquery()
    )


def _results(
    connection: Connection, found: Sequence[RowMapping]
) -> Mapping[int, tuple[Result, ...]]:
    ids = [row["submission"] for row in found if row["phase"] == "results"]
    return read_results(connection, ids)


def _read(
    connection: Connection, which: ColumnElement[bool]
) -> tuple[StoredSubmission, ...]:
    force = versions_in_force.c
    query = (
        select(
            submissions,
            withdrawals.c.submission.is_not(None).label("withdrawn"),
        )
        .outerjoin(withdrawals, withdrawals.c.submission == submissions.c.id)
        .where(which)
        .order_by(submissions.c.id)
    )
    found = connection.execute(query).mappings().all()
    if not found:
        return ()
    units = sorted({row["unit"] for row in found})
    current = set(
        connection.scalars(select(force.submission).where(force.unit.in_(units)))
    )
    ids = [row["id"] for row in found]
    works, outcomes = read_registrations(connection, ids), read_results(connection, ids)
    told = _told(connection, found, current)
    return tuple(_stored(row, told[row["id"]], works, outcomes) for row in found)


def _told(
    connection: Connection, found: Sequence[RowMapping], current: Collection[int]
) -> dict[int, tuple[bool, tuple[Finding, ...]]]:
    """Return of each version whether it is in force, and its findings as they are
    today: with what later mails say of it.
    """
    signed = confirmed_since(connection, [row["id"] for row in found])
    claimed = contested(connection, {row["unit"] for row in found})
    told = {}
    for row in found:
        kept = from_json(row["findings"], tuple[Finding, ...])
        if row["id"] in signed:
            kept = tuple(one for one in kept if one.code != "confirmation_missing")
        key = (row["campaign"], row["unit"], row["phase"])
        in_force = row["id"] in current
        if in_force and key in claimed:
            kept = (*kept, finding("unit_contested", unit=row["unit"]))
        told[row["id"]] = (in_force, kept)
    return told


def _stored(
    row: RowMapping,
    told: tuple[bool, tuple[Finding, ...]],
    works: Mapping[int, tuple[Registration, ...]],
    outcomes: Mapping[int, tuple[Result, ...]],
) -> StoredSubmission:
    plain = ("id", "campaign", "unit", "phase", "version", "withdrawn", "state", "kind")
    more = ("mode", "supersedes", "message", "received", "stored", "late")
    last = ("confirmation", "rows_digest")
    return StoredSubmission(
        **{key: row[key] for key in (*plain, *more, *last)},
        in_force=told[0],
        findings=told[1],
        registrations=works.get(row["id"], ()),
        results=outcomes.get(row["id"], ()),
    )
