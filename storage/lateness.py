"""The first version of each unit in each phase: what lateness is judged by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from storage.portions import portions
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
    changed: dict[bool, list[int]] = {True: [], False: []}
    query = select(s.id, s.campaign, s.phase, s.received, s.late)
    for ident, campaign, phase, received, was in connection.execute(query):
        late = judge(campaign, phase, received)
        if late is not None and late != was:
            changed[late].append(ident)
    for late, ids in changed.items():
        for some in portions(ids):
            connection.execute(
                update(submissions).where(s.id.in_(some)).values(late=late)
            )
    return sum(len(ids) for ids in changed.values())
