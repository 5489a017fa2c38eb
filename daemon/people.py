"""What a person does, in pure values: his words and what stands -> an act, a Decision.

Commands and page call it through `daemon.judging` and `daemon.recording`, which look up
what stands and store what comes out. What cannot be done is a RefusalError, before
anything is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from daemon.decide import Policy, decide
from daemon.decide.campaign import Place, fitting
from daemon.decide.content import content_of
from daemon.decide.difference import applied, columns_of
from daemon.decide.digest import number_key, rows_digest
from daemon.decide.hints import Among, hints_of, title_keys
from daemon.decide.mentions import against
from daemon.decide.outcomes import matched
from daemon.decide.phase import is_late
from daemon.decide.places import FindingIndex
from daemon.decide.submissions import submissions
from daemon.decide.version import Row, changed, standing_rows
from daemon.decide.view import Taken, View, look
from parsers.values.act import Act, Details, let_pass
from parsers.values.campaign import Campaign, PhaseName
from parsers.values.decision import (
    BY_HAND,
    Accepted,
    Case,
    Decision,
    NewSubmission,
    OtherWork,
    Reason,
    Received,
    Standing,
    SubmissionState,
)
from parsers.values.finding import Finding, finding
from parsers.values.reading import (
    Correction,
    Mode,
    Reading,
    Registration,
    Result,
)
from parsers.vietnamese.fold import skeleton

_OF_UNIT: frozenset[Reason] = frozenset(
    {
        "sender_failed",
        "sender_unknown",
        "unit_mismatch",
        "unit_ambiguous",
        "unit_unknown",
    }
)


#: What is noticed of one cell, and no more of the text that a person put there.
_OF_COLUMN: dict[str, frozenset[str]] = {
    "time": frozenset({"time_unreadable", "outside_contest_period"}),
    "title": frozenset({"duplicate_elsewhere", "mandatory_target_suspected"}),
    "method": frozenset({"mandatory_target_suspected"}),
}


class RefusalError(Exception):
    """What a person asked cannot be done: the key of a phrase and its parameters."""

    def __init__(self, key: str, **parameters: object) -> None:
        super().__init__(key)
        self.key = key
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person names when he accepts or records; None is left to the program."""

    unit: str | None = None
    mode: Mode | None = None
    campaign: str | None = None
    phase: PhaseName | None = None


def accept(
    case: Case, policy: Policy, before: Decision, wish: Wish
) -> tuple[Act, Decision]:
    """Return the act that lets a held mail pass its doubt, and what it then becomes.

    `before` is the decision that held it: its first candidate is taken unless one is
    named. Raises RefusalError where the doubt would hold it all the same.
    """
    reason = before.reason
    act = Act(
        "accept",
        message=case.received.id,
        unit=_accepted_unit(case, policy, before, wish),
        campaign=_accepted_campaign(case, policy, before, wish),
        details=Details(
            state=before.state,
            reason=reason,
            named=wish.unit is not None,
            mode=_accepted_mode(case, before, wish),
        ),
    )
    passed = let_pass(case.received.accepted, act)
    decision = decide(
        replace(case, received=replace(case.received, accepted=passed)), policy
    )
    if (decision.state, decision.reason) == ("held", reason):
        raise RefusalError("accept_unsettled", ident=case.received.id, reason=reason)
    return act, decision


def _accepted_unit(
    case: Case, policy: Policy, before: Decision, wish: Wish
) -> str | None:
    if wish.unit is not None or before.reason not in _OF_UNIT:
        return wish.unit
    first = next((c.code for c in before.candidates if c.code in policy.by_code), None)
    rows: tuple[Row, ...] = (*case.reading.registrations, *case.reading.results)
    if first is None and not any(row.unit for row in rows):
        raise RefusalError("accept_no_candidate", ident=case.received.id)
    return first


def _accepted_mode(case: Case, before: Decision, wish: Wish) -> Mode | None:
    said = case.reading.mode
    if wish.mode is None and before.reason == "mode_unclear":
        if said not in {"replacement", "supplement"}:
            raise RefusalError("accept_needs_mode", ident=case.received.id)
        return said
    return wish.mode


def _accepted_campaign(
    case: Case, policy: Policy, before: Decision, wish: Wish
) -> str | None:
    if before.reason != "campaign_unclear":
        return None
    if wish.campaign is not None:
        return wish.campaign
    first = next(iter(fitting(case, policy, content_of(case))), None)
    if first is None:
        raise RefusalError("accept_no_campaign", ident=case.received.id)
    return first.number


def reject(before: Decision, why: str, tell: bool) -> Act:
    """Return the act by which a held mail is not taken."""
    said = Details(state=before.state, reason=before.reason, tell=tell)
    unit = before.units[0] if before.units else None
    return Act("reject", why, message=before.message, unit=unit, details=said)


def excuse(campaign: str, unit: str, phase: PhaseName, why: str) -> Act:
    """Return the act by which a unit owes nothing in a phase."""
    return Act("excuse", why, campaign=campaign, unit=unit, phase=phase)


def record(case: Case, policy: Policy, unit: str, wish: Wish) -> Decision:
    """Return the version of kind `recorded` that a file or a nil statement makes.

    `case` is one of `by_hand`. It is received when it is recorded, and what was
    received later stays in force. Raises RefusalError where no row was read, where the
    rows are another phase's, or where they may replace or supplement.
    """
    campaign = _campaign(policy, wish)
    # What a person hands in is his to judge: the unit, the plan and the kind.
    told = Accepted(frozenset({"kind_unclear"}), unit, True, wish.mode, campaign.number)
    received = replace(case.received, assigned=((unit, ""),), accepted=told)
    case = replace(case, received=received)
    view = look(case, replace(policy, every_phase_open=True))
    phase = campaign.phase(_recorded_phase(view, wish))
    if phase is None:
        raise RefusalError("phase_unknown", phase=wish.phase, campaign=campaign.number)
    view = replace(view, place=Place(campaign, phase), taken=())
    rows = _of_phase(case.reading, phase.name)
    standing = view.standing(unit, phase.name)
    change = changed(case, rows, standing)
    if change.doubt is not None:
        raise RefusalError("record_needs_mode", unit=unit)
    delivery = replace(view.deliveries[0], unit=unit, doubt=None)
    taken = Taken(delivery, unit, standing, change)
    made = submissions(view, () if change.same else (taken,))
    mismatch = tuple(_strange(view, unit))
    stored = tuple(
        replace(one, kind="recorded", findings=(*one.findings, *mismatch))
        for one in made
    )
    return _decided(case.reading, unit, stored, mismatch)


def by_hand(sha256: str, size: int, now: datetime) -> Received:
    """Return what the ledger would know of a paper that a person hands in now."""
    return Received(BY_HAND, sha256, size, now, "", None, "ingest")


def _campaign(policy: Policy, wish: Wish) -> Campaign:
    for campaign in policy.campaigns:
        if campaign.number == wish.campaign:
            return campaign
    raise RefusalError("campaign_unknown", number=wish.campaign)


def _recorded_phase(view: View, wish: Wish) -> PhaseName:
    reading = view.case.reading
    if view.content == "nil":
        return wish.phase or "registration"
    held: list[PhaseName] = []
    held += ["registration"] if reading.registrations else []
    held += ["results"] if reading.results else []
    if not held:
        raise RefusalError("record_nothing_read")
    if wish.phase is not None and wish.phase not in held:
        raise RefusalError("record_other_phase", phase=wish.phase)
    if wish.phase is None and len(held) > 1:
        raise RefusalError("record_needs_phase")
    return wish.phase or held[0]


def _of_phase(reading: Reading, phase: PhaseName) -> tuple[Row, ...]:
    return reading.results if phase == "results" else reading.registrations


def _strange(view: View, unit: str) -> list[Finding]:
    """Return what staff should see: the paper's own head names another unit."""
    own = frozenset({unit})
    if not any(against(m, own) for m in view.case.reading.mentions):
        return []
    named = [m.code for m in view.case.reading.mentions if m.code and m.code != unit]
    names = [view.policy.by_code[c].name for c in named if c in view.policy.by_code]
    parameters = {"unit": ", ".join(dict.fromkeys(names))} if names else {}
    return [finding("unit_mismatch", **parameters)]


def _decided(
    reading: Reading,
    unit: str,
    stored: Sequence[NewSubmission],
    findings: tuple[Finding, ...] = (),
) -> Decision:
    return Decision(
        message=BY_HAND,
        state="processed",
        reason=None if stored else "nothing_changed",
        kind=reading.kind,
        trust="unknown",
        mode=stored[0].mode if stored else None,
        units=(unit,),
        certainty="certain",
        evidence=("assigned",),
        submissions=tuple(stored),
        findings=findings,
    )


@dataclass(frozen=True, slots=True)
class Base:
    """The version that is amended; `works` are the unit's registered works, for the
    matching of results, `elsewhere` the works in force that may be the amended one.
    """

    standing: Standing
    state: SubmissionState
    findings: tuple[Finding, ...] = ()
    works: tuple[Registration, ...] = ()
    elsewhere: tuple[OtherWork, ...] = ()


def amend(base: Base, policy: Policy, change: Correction, now: datetime) -> Decision:
    """Return the version of kind `amended`: the one in force with one cell changed.

    `change.column` is a column's key or a heading of the form. Raises RefusalError
    where number or column name no cell, or the text is none for it.
    """
    standing = base.standing
    campaign = _campaign(policy, Wish(campaign=standing.campaign))
    rows = standing_rows(standing)
    row = _row(rows, change.number, standing)
    column = _column(row, change.column or "", campaign)
    changes = [replace(change, change="set", column=column)]
    after = applied(rows, changes, campaign)
    if after is None:
        raise RefusalError("amend_text", column=column, text=change.text)
    reading = Reading("results" if standing.phase == "results" else "registration")
    if after == rows:
        return _decided(reading, standing.unit, ())
    names = {code: unit.name for code, unit in policy.by_code.items()}
    among = Among(campaign, standing.unit, base.elsewhere, names)
    found = _found(base, (row, after[rows.index(row)]), column, among)
    made = _amended(base, after, found, campaign, now)
    late = campaign.phase(standing.phase)
    judged = late is not None and is_late(late, now, policy.zone)
    return _decided(reading, standing.unit, (replace(made, late=judged),))


def _row(rows: Sequence[Row], number: str, standing: Standing) -> Row:
    found = [row for row in rows if number_key(row.number) == number_key(number)]
    if len(found) == 1:
        return found[0]
    shown = "; ".join(f"{row.number} {row.title}" for row in (found or rows)[:20])
    key = "amend_ambiguous" if found else "amend_unknown"
    raise RefusalError(key, number=number, unit=standing.unit, candidates=shown)


def _column(row: Row, name: str, campaign: Campaign) -> str:
    """Return the key of a column that is named by key or by a heading of the form."""
    known = {skeleton(key): key for key in columns_of(row)}
    for column in campaign.columns:
        if column.key in columns_of(row):
            names = (column.heading, *column.also)
            known |= {skeleton(heading): column.key for heading in names}
    key = known.get(skeleton(name))
    if key is None:
        shown = ", ".join(columns_of(row))
        raise RefusalError("amend_column", column=name, candidates=shown)
    return key


def _left(base: Base, row: Row, column: str) -> tuple[Finding, ...]:
    """Return the findings that still hold: not those of the cell that was changed."""
    of_row = {id(found) for found in FindingIndex(base.findings).of(row)}

    def mended(found: Finding) -> bool:
        # A stranger's claim is the held mail's own, and told while that is held.
        if found.code == "unit_contested":
            return True
        if id(found) not in of_row:
            return False
        empty = found.code == "cell_empty" and ("column", column) in found.parameters
        return empty or found.code in _OF_COLUMN.get(column, ())

    return tuple(found for found in base.findings if not mended(found))


def _found(
    base: Base, change: tuple[Row, Row], column: str, among: Among
) -> tuple[Finding, ...]:
    """Return the findings that still hold, and what staff may look at in the new cell
    (`change`: the row before and after).
    """
    noticed = _OF_COLUMN.get(column, frozenset())
    new = (f for f in hints_of([change[1]], among) if f.code in noticed)
    left = _left(base, change[0], column)
    return (*left, *(f for f in new if f not in left))


def _amended(
    base: Base,
    rows: tuple[Row, ...],
    findings: tuple[Finding, ...],
    campaign: Campaign,
    now: datetime,
) -> NewSubmission:
    standing = base.standing
    works = tuple(row for row in rows if isinstance(row, Registration))
    results = tuple(row for row in rows if isinstance(row, Result))
    return NewSubmission(
        campaign=campaign.number,
        unit=standing.unit,
        phase=standing.phase,
        state=base.state,
        kind="amended",
        mode="replacement",
        supersedes=standing.version,
        received=now,
        late=False,
        confirmation=standing.confirmation,
        rows_digest=rows_digest(rows),
        registrations=works,
        title_keys=title_keys(works),
        results=results,
        findings=findings,
        matched=matched(results, base.works).positions if results else (),
    )
