"""The first version of each unit in each phase: what lateness is judged by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, func, select, update

from parsers.values.finding import Finding, finding
from storage.jsontext import from_json, to_json
from storage.tables import submissions
from storage.views import COUNTING

#: Campaign, phase and time of receipt -> late? None where no plan says.
Judge = Callable[[str, str, datetime], bool | None]


@dataclass(frozen=True, slots=True)
class FirstVersion:
    """When a unit first delivered, and whether that was late as judged then."""

    campaign: str
    unit: str
    phase: str
    received: datetime
    late: bool


def first_versions(connection: Connection) -> tuple[FirstVersion, ...]:
    """Return the first counted version of each campaign, unit and phase."""
    s = submissions.c
    counted = s.state.in_(COUNTING)
    first = (
        select(s.campaign, s.unit, s.phase, func.min(s.version).label("version"))
        .where(counted)
        .group_by(s.campaign, s.unit, s.phase)
        .subquery()
    )
    same = (
        (s.campaign == first.c.campaign)
        & (s.unit == first.c.unit)
        & (s.phase == first.c.phase)
        & (s.version == first.c.version)
    )
    query = select(s.campaign, s.unit, s.phase, s.received, s.late).join(first, same)
    return tuple(FirstVersion(*row) for row in connection.execute(query))


def judge_anew(connection: Connection, judge: Judge) -> int:
    """Set anew which versions came late, as a changed plan has it; return how many
    are judged otherwise now.
    """
    s = submissions.c
    changed: list[dict[str, Any]] = []
    query = select(s.id, s.campaign, s.phase, s.received, s.late, s.findings)
    for ident, campaign, phase, received, was, told in connection.execute(query):
        late = judge(campaign, phase, received)
        if late is not None and late != was:
            changed.append({"which": ident, "now": late} | _told(told, late))
    if changed:
        values: dict[str, BindParameter[Any]] = {
            "late": bindparam("now"),
            "findings": bindparam("told"),
            "finding_count": bindparam("count"),
        }
        statement = update(submissions).where(s.id == bindparam("which"))
        connection.execute(statement.values(values), changed)
    return len(changed)


def _told(findings: str, late: bool) -> dict[str, object]:
    """Return a version's findings with or without the one that says it came late."""
    kept = [f for f in from_json(findings, tuple[Finding, ...]) if f.code != "late"]
    if late:
        kept.append(finding("late"))
    return {"told": to_json(kept), "count": sum(f.severity != "info" for f in kept)}
