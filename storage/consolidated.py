"""What the units have delivered, unit by unit, as exports and documents are made of it.

It formats nothing; the export's room writes files of it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, and_, func, select

from parsers.values.campaign import Campaign, PhaseName
from parsers.values.decision import BY_HAND
from parsers.values.delivery import Delivery, Earlier, InForce
from storage import marks
from storage.columns import Instant
from storage.jsontext import from_json
from storage.rows import read_registrations, read_results
from storage.tables import (
    campaign_categories,
    campaigns,
    submissions,
    units,
    withdrawals,
)
from storage.views import COUNTING, versions_in_force

_Key = tuple[str, str]
Difference = Literal["added", "changed", "removed"]
_LAST = 100_000
#: Rows that are read at once: memory does not grow with their number.
_PORTION = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which deliveries: of one campaign, category or unit, or of all.

    `since`: also what was in force at that moment, where it differs. `marked`: only
    units of which works were chosen, with the titles of these.
    """

    phases: tuple[PhaseName, ...] = ("registration",)
    campaign: str | None = None
    category: str | None = None
    unit: str | None = None
    since: datetime | None = None
    marked: bool = False


@dataclass(slots=True)
class _Found:
    """A unit's versions: phase -> (submission, version), and the same earlier."""

    category: str | None
    name: str | None
    place: tuple[int, str, int, int, str]
    now: dict[str, tuple[int, InForce]] = field(default_factory=dict)
    then: dict[str, int] = field(default_factory=dict)
    rows: int = 0


def deliveries(connection: Connection, wanted: Wanted) -> Iterator[Delivery]:
    """Yield the units that delivered by campaign, category and place in the directory.

    Units that left the directory are among them, and with `since` those whose delivery
    no longer counts. Their rows come in portions.
    """
    found = _in_force(connection, wanted)
    if wanted.since is not None:
        _then(connection, wanted, wanted.since, found)
    picked = marks.chosen(connection) if wanted.marked else None
    if picked is not None:
        found = {key: one for key, one in found.items() if key in picked}
    ordered = sorted(found, key=lambda key: found[key].place)
    portion, size = list[_Key](), 0
    for key in ordered:
        portion.append(key)
        size += found[key].rows
        if size >= _PORTION:
            yield from _picked(_read(connection, portion, found, wanted), picked)
            portion, size = [], 0
    yield from _picked(_read(connection, portion, found, wanted), picked)


def _picked(
    given: Iterator[Delivery], picked: Mapping[_Key, frozenset[str]] | None
) -> Iterator[Delivery]:
    for one in given:
        if picked is None:
            yield one
        else:
            yield replace(one, chosen=picked[one.campaign, one.unit])


def differences(connection: Connection, wanted: Wanted) -> dict[_Key, Difference]:
    """Return what became of each (campaign, unit) since the moment that is asked for.

    Units of which the same versions are in force as then are not among them.
    """
    if wanted.since is None:
        return {}
    found = _in_force(connection, wanted)
    _then(connection, wanted, wanted.since, found)
    told: dict[_Key, Difference] = {}
    for key, one in found.items():
        now = {phase: submission for phase, (submission, _) in one.now.items()}
        if now != one.then:
            told[key] = "changed" if now and one.then else "added"
            if not now:
                told[key] = "removed"
    return told


def first_received(
    connection: Connection, campaign: str
) -> dict[tuple[str, str], datetime]:
    """Return when each (unit, phase) first sent a version that counts."""
    s, w = submissions.c, withdrawals.c
    query = (
        select(s.unit, s.phase, func.min(s.received, type_=Instant))
        .outerjoin(withdrawals, w.submission == s.id)
        .where(s.campaign == campaign, s.state.in_(COUNTING), w.submission.is_(None))
        .group_by(s.unit, s.phase)
    )
    return {(row[0], row[1]): row[2] for row in connection.execute(query)}


def plans(connection: Connection, number: str | None = None) -> tuple[Campaign, ...]:
    """Return the active plans in the configuration's order, or the one of a number."""
    c = campaigns.c
    query = select(c.data).order_by(c.position, c.number)
    query = query.where(c.active if number is None else c.number == number)
    return tuple(from_json(data, Campaign) for data in connection.scalars(query))


def _in_force(connection: Connection, wanted: Wanted) -> dict[_Key, _Found]:
    v = versions_in_force.c
    k, p, u = campaign_categories.c, campaigns.c, units.c
    query = (
        select(
            v.campaign,
            v.unit,
            v.phase,
            v.submission,
            v.version,
            v.received,
            v.first_late,
            v.confirmation,
            v.row_count,
            *_places(v.campaign, v.unit),
        )
        .select_from(versions_in_force)
        .outerjoin(units, u.code == v.unit)
        .outerjoin(campaigns, p.number == v.campaign)
        .outerjoin(
            campaign_categories, (k.campaign == v.campaign) & (k.code == u.category)
        )
        .where(_which(wanted, v.campaign, v.unit, v.phase))
    )
    found: dict[_Key, _Found] = {}
    for row in connection.execute(query):
        one = found.setdefault(
            (row.campaign, row.unit), _Found(row.category, row.name, tuple(row[-5:]))
        )
        version = InForce(row.version, row.received, row.first_late, row.confirmation)
        one.now[row.phase] = (row.submission, version)
        one.rows += row.row_count
    return found


def _places(
    campaign: ColumnElement[str], unit: ColumnElement[str]
) -> tuple[ColumnElement[Any], ...]:
    """Return category and name, then what the order is by."""
    k, p, u = campaign_categories.c, campaigns.c, units.c
    return (
        u.category,
        u.name,
        func.coalesce(p.position, _LAST).label("campaign_position"),
        campaign.label("campaign_number"),
        func.coalesce(k.position, _LAST).label("category_position"),
        func.coalesce(u.position, _LAST).label("unit_position"),
        unit.label("unit_code"),
    )


def _which(
    wanted: Wanted,
    campaign: ColumnElement[str],
    unit: ColumnElement[str],
    phase: ColumnElement[str],
) -> ColumnElement[bool]:
    asked: list[ColumnElement[bool]] = [phase.in_(wanted.phases)]
    if wanted.campaign is not None:
        asked.append(campaign == wanted.campaign)
    if wanted.unit is not None:
        asked.append(unit == wanted.unit)
    if wanted.category is not None:
        asked.append(units.c.category == wanted.category)
    return and_(*asked)


def _then(
    connection: Connection, wanted: Wanted, since: datetime, found: dict[_Key, _Found]
) -> None:
    """Add what was in force at a moment: of what was stored by then and stood.

    The rule is that of the view, asked of the past.
    """
    s, w = submissions.c, withdrawals.c
    k, p, u = campaign_categories.c, campaigns.c, units.c
    last = func.row_number().over(
        partition_by=(s.campaign, s.unit, s.phase),
        order_by=(
            s.received.desc(),
            func.coalesce(s.message, BY_HAND).desc(),
            s.version.desc(),
        ),
    )
    stood = (
        select(s.campaign, s.unit, s.phase, s.id, s.row_count, last.label("rank"))
        .outerjoin(withdrawals, (w.submission == s.id) & (w.at < since))
        .where(s.stored < since, s.state.in_(COUNTING), w.submission.is_(None))
        .subquery()
    )
    t = stood.c
    query = (
        select(t.campaign, t.unit, t.phase, t.id, t.row_count)
        .add_columns(*_places(t.campaign, t.unit))
        .select_from(stood)
        .outerjoin(units, u.code == t.unit)
        .outerjoin(campaigns, p.number == t.campaign)
        .outerjoin(
            campaign_categories, (k.campaign == t.campaign) & (k.code == u.category)
        )
        .where(t.rank == 1, _which(wanted, t.campaign, t.unit, t.phase))
    )
    for row in connection.execute(query):
        one = found.setdefault(
            (row.campaign, row.unit), _Found(row.category, row.name, tuple(row[-5:]))
        )
        one.then[row.phase] = row.id
        one.rows += row.row_count


def _read(
    connection: Connection,
    keys: Sequence[_Key],
    found: Mapping[_Key, _Found],
    wanted: Wanted,
) -> Iterator[Delivery]:
    """Yield the deliveries of a portion; their rows are read by two queries."""
    ids = {i for key in keys for i in _submissions(found[key])}
    works = read_registrations(connection, sorted(ids))
    results = (
        read_results(connection, sorted(ids)) if "results" in wanted.phases else {}
    )
    for campaign, unit in keys:
        one = found[campaign, unit]
        now = {phase: submission for phase, (submission, _) in one.now.items()}
        earlier = None
        if wanted.since is not None and now != one.then:
            earlier = Earlier(
                works.get(one.then.get("registration", 0), ()),
                results.get(one.then.get("results", 0), ()),
            )
        yield Delivery(
            campaign=campaign,
            category=one.category,
            unit=unit,
            unit_name=one.name,
            registration=_version(one, "registration"),
            reported=_version(one, "results"),
            works=works.get(now.get("registration", 0), ()),
            results=results.get(now.get("results", 0), ()),
            earlier=earlier,
        )


def _submissions(one: _Found) -> Collection[int]:
    return {*(submission for submission, _ in one.now.values()), *one.then.values()}


def _version(one: _Found, phase: str) -> InForce | None:
    return one.now[phase][1] if phase in one.now else None
