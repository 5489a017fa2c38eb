"""What stands of a unit, phase by phase, as it is told to the unit itself.

The office's own table is `storage.status`.
"""

from daemon.decide.phase import is_open, told_moment
from daemon.decide.quota import quota_of
from daemon.decide.view import View
from parsers.values.campaign import Campaign, Phase
from parsers.values.decision import Standing
from parsers.values.outbox import PhaseStatus


def phases_of(view: View, unit: str) -> tuple[PhaseStatus, ...]:
    """Return the phases that have opened, and those of which something has come."""
    campaign, received = view.place.campaign, view.case.received.received
    if campaign is None:
        return ()
    phases = sorted(campaign.phases, key=lambda phase: phase.opens)
    found = []
    for phase in phases:
        standing = view.standing(unit, phase.name)
        if standing or is_open(phase, received, view.policy.zone):
            found.append(_status(view, unit, (campaign, phase), standing))
    return tuple(found)


def _status(
    view: View, unit: str, of: tuple[Campaign, Phase], standing: Standing | None
) -> PhaseStatus:
    campaign, phase = of
    works = view.standing(unit, "registration")
    owed = quota_of(campaign, unit, view.policy)
    if phase.name == "results":
        owed = len(works.registrations) if works else None
    told = PhaseStatus(
        phase=phase.name,
        deadline=told_moment(phase, view.case.received.received, view.policy.zone),
        owed=owed,
    )
    if standing is None:
        return told
    return PhaseStatus(
        phase=told.phase,
        deadline=told.deadline,
        owed=owed,
        version=standing.version,
        versions=standing.last_version,
        received=standing.received,
        count=_count(phase, standing),
        nil=not standing.registrations and phase.name == "registration",
        confirmation=standing.confirmation,
    )


def _count(phase: Phase, standing: Standing) -> int:
    if phase.name == "registration":
        return len(standing.registrations)
    outcomes = (r for r in standing.results if r.progress or (r.result or "").strip())
    return sum(1 for _ in outcomes)
