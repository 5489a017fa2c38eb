"""Which campaign and phase a mail belongs to.

It names none where two fit equally well; a person chooses then.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from daemon.decide.content import Content
from daemon.decide.phase import is_open
from daemon.decide.policy import Policy
from parsers.values.campaign import Campaign, Phase, PhaseName
from parsers.values.decision import Case
from parsers.values.reading import Reading

_OUTCOME_COLUMNS = frozenset({"result", "progress"})


@dataclass(frozen=True, slots=True)
class Place:
    """Campaign and phase, as far as they are known.

    `unclear`: several fit, or none has such a phase.
    """

    campaign: Campaign | None = None
    phase: Phase | None = None
    unclear: bool = False


def place(case: Case, policy: Policy, content: Content) -> Place:
    """Return where the mail belongs.

    The plan's number in the text goes first, then what is open, whose units take part,
    the columns, and where the unit has a version already.
    """
    named = _named(case, content)
    chosen = _by_person(case, policy, named) or fitting(case, policy, content)
    if len(chosen) != 1:
        return Place(unclear=True)
    return Place(chosen[0], _phase(chosen[0], named, case, policy))


def fitting(case: Case, policy: Policy, content: Content) -> list[Campaign]:
    """Return the campaigns that the mail may belong to, as configured; one is clear."""
    named = _named(case, content)
    found = [c for c in policy.campaigns if named is None or c.phase(named)]
    by_number = [c for c in found if _numbered(c, case.reading)]
    return by_number or (_narrow(found, case, policy, named) if found else [])


def _by_person(case: Case, policy: Policy, named: PhaseName | None) -> list[Campaign]:
    accepted = case.received.accepted
    number = accepted.campaign if accepted else None
    return [
        c
        for c in policy.campaigns
        if c.number == number and (named is None or c.phase(named))
    ]


def _named(case: Case, content: Content) -> PhaseName | None:
    reading, accepted = case.reading, case.received.accepted
    known = bool(reading.registrations or reading.results)
    if known and accepted is not None and "kind_unclear" in accepted.doubts:
        # A person has seen the rows: they are of the phase that they were read for.
        reading = replace(reading, kind_unclear=False)
    return phase_name(reading, content)


def phase_name(reading: Reading, content: Content) -> PhaseName | None:
    """Return the phase that the mail itself speaks of; None where it tells none."""
    if content == "rows":
        if reading.kind_unclear:
            return None
        return "registration" if reading.registrations else "results"
    if content == "correction":
        columns = {c.column for c in reading.corrections}
        return "results" if columns & _OUTCOME_COLUMNS else "registration"
    return "registration" if content == "nil" else None


def _phase(
    campaign: Campaign, named: PhaseName | None, case: Case, policy: Policy
) -> Phase | None:
    """Return the phase of that name, otherwise the one that opened last."""
    if named is not None:
        return campaign.phase(named)
    opened = [
        p for p in campaign.phases if is_open(p, case.received.received, policy.zone)
    ]
    latest = max(opened, key=lambda p: p.opens, default=None)
    return latest or min(campaign.phases, key=lambda p: p.opens, default=None)


def _narrow(
    campaigns: list[Campaign], case: Case, policy: Policy, named: PhaseName | None
) -> list[Campaign]:
    """Return what is left when each question that tells them apart has been asked."""
    questions: tuple[Callable[[list[Campaign]], list[Campaign]], ...] = (
        lambda left: _open(left, case, policy, named),
        lambda left: [c for c in left if _takes_part(c, case, policy)],
        lambda left: _best_columns(left, case.reading),
        lambda left: [
            c for c in left if any(s.campaign == c.number for s in case.standing)
        ],
    )
    left = campaigns
    for question in questions:
        if len(left) == 1:
            return left
        left = question(left) or left
    return left


def _numbered(campaign: Campaign, reading: Reading) -> bool:
    return _plain(campaign.number) in {_plain(plan) for plan in reading.plans}


def _plain(number: str) -> str:
    return re.sub(r"\s+", "", number).casefold()


def _open(
    campaigns: list[Campaign], case: Case, policy: Policy, named: PhaseName | None
) -> list[Campaign]:
    """Return those that are open; before the first of all, those that open first."""
    phases = [(c, _phase(c, named, case, policy)) for c in campaigns]
    received = case.received.received
    opened = [c for c, p in phases if p and is_open(p, received, policy.zone)]
    if opened or policy.every_phase_open:
        return opened if opened and not policy.every_phase_open else campaigns
    first = min((p.opens for _, p in phases if p), default=None)
    return [c for c, p in phases if p and p.opens == first]


def _takes_part(campaign: Campaign, case: Case, policy: Policy) -> bool:
    codes = [owner.code for owner in case.owners] or [
        candidate.code for candidate in case.reading.candidates[:1]
    ]
    units = [policy.by_code[code] for code in codes if code in policy.by_code]
    return bool(units) and all(
        campaign.quota(unit.code, unit.category) is not None for unit in units
    )


def _best_columns(campaigns: list[Campaign], reading: Reading) -> list[Campaign]:
    used = _columns(reading)
    if not used:
        return []
    marks = [(_fit(campaign, used), campaign) for campaign in campaigns]
    best = max(mark for mark, _ in marks)
    return [campaign for mark, campaign in marks if mark == best]


def _columns(reading: Reading) -> frozenset[str]:
    cells = [row.cells for row in reading.registrations[:50]]
    cells += [row.cells for row in reading.results[:50]]
    return frozenset(key for row in cells for key in row)


def _fit(campaign: Campaign, used: frozenset[str]) -> int:
    """Return how well the form's columns are those that were used, more is better."""
    known = {column.key for column in campaign.columns}
    required = {column.key for column in campaign.columns if column.required}
    return len(used & known) - len(used - known) - len(required - used)
