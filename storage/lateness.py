"""The first version of each unit in each phase: what lateness is judged by."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from storage.tables import submissions


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
    counted = s.state.in_(("accepted", "partial"))
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
