"""From what is taken to what is stored: one submission a unit, with its findings."""

from collections.abc import Iterator
from dataclasses import replace

from daemon.decide.content import counts_against, unread
from daemon.decide.hints import hints, title_keys
from daemon.decide.outcomes import Matching, matched
from daemon.decide.phase import is_late, last_moment
from daemon.decide.quota import counted, quota_of
from daemon.decide.ruling import Ruling
from daemon.decide.signature import best
from daemon.decide.version import Row
from daemon.decide.view import Taken, View
from parsers.values.campaign import Campaign, Phase
from parsers.values.decision import NewSubmission, Reason
from parsers.values.finding import Finding, finding
from parsers.values.reading import Registration, Result

#: A mail of several units is held for the doubtful rows; the others count meanwhile.
_OF_ONE_PART: frozenset[Reason] = frozenset({"unit_mismatch", "unit_ambiguous"})


def to_store(view: View, ruling: Ruling) -> tuple[Taken, ...]:
    """Return what becomes a version: nothing of a mail that is held as a whole."""
    if ruling.state == "processed":
        return tuple(taken for taken in view.taken if not taken.change.same)
    if ruling.reason not in _OF_ONE_PART:
        return ()
    return tuple(t for t in view.taken if _beyond_doubt(view, t))


def submissions(view: View, stored: tuple[Taken, ...]) -> tuple[NewSubmission, ...]:
    """Return the submissions to be stored, in the order of the mail."""
    campaign, phase = view.place.campaign, view.place.phase
    if campaign is None or phase is None:
        return ()
    return tuple(_submission(view, taken, campaign, phase) for taken in stored)


def own_findings(view: View, taken: Taken) -> tuple[Finding, ...]:
    """Return what the decision itself notices of a version; the Reading's left out."""
    campaign, phase = view.place.campaign, view.place.phase
    if campaign is None or phase is None:
        return ()
    found = list(matching(view, taken).findings)
    if phase.name == "registration" and view.content != "nil":
        quota = quota_of(campaign, taken.unit, view.policy)
        found += counted(len(taken.change.rows), quota)
    if is_late(phase, view.case.received.received, view.policy.zone):
        found.append(_late(view, phase))
    said = {f.code for f in view.case.reading.findings}
    standing = taken.standing if taken.change.same else None
    come = best(
        view.case.reading.confirmation, standing.confirmation if standing else None
    )
    unconfirmed = come in {None, "absent"}
    if view.content == "rows" and unconfirmed and "confirmation_missing" not in said:
        found.append(finding("confirmation_missing"))
    found += hints(view, taken)
    if taken.change.reread or told_otherwise(view, taken):
        found.append(finding("reading_changed", unit=taken.unit))
    return tuple(found)


def told_otherwise(view: View, taken: Taken) -> bool:
    """Return whether the sender was told of other rows than the mail is read as now."""
    received, campaign, phase = (
        view.case.received,
        view.place.campaign,
        view.place.phase,
    )
    if "decision" not in received.answered or campaign is None or phase is None:
        return False
    key = (campaign.number, taken.unit, phase.name)
    if not received.given:
        # It was told that nothing could be read, if people took nothing back.
        return not (received.retold or taken.change.same)
    digests = [given[3] for given in received.given if given[:3] == key]
    return bool(digests) and digests[-1] != taken.change.digest


def concerning(view: View, taken: Taken) -> tuple[Finding, ...]:
    """Return the Reading's findings that speak of this unit's files or of none."""
    others = {
        row.attachment
        for delivery in view.deliveries
        if delivery is not taken.delivery
        for row in delivery.rows
        if row.attachment
    }
    starts = tuple(" › ".join(path) for path in others)
    mine = {row.attachment for row in taken.delivery.rows}
    own = tuple(" › ".join(path) for path in mine if path)
    return tuple(
        found
        for found in view.case.reading.findings
        if not (found.place or "").startswith(starts)
        or (found.place or "").startswith(own)
    )


def partial(view: View, taken: Taken) -> bool:
    """Return whether rows or files of the unit could not be read."""
    if len(view.deliveries) == 1:
        return unread(view.case.reading)
    return any(counts_against(found) for found in concerning(view, taken))


def _submission(
    view: View, taken: Taken, campaign: Campaign, phase: Phase
) -> NewSubmission:
    received, change = view.case.received.received, taken.change
    works = tuple(_of_unit(taken.unit, change.rows))
    return NewSubmission(
        campaign=campaign.number,
        unit=taken.unit,
        phase=phase.name,
        state="partial" if partial(view, taken) else "accepted",
        kind="mailed",
        mode=change.mode,
        supersedes=change.supersedes,
        received=received,
        late=is_late(phase, received, view.policy.zone),
        confirmation=view.case.reading.confirmation,
        rows_digest=change.digest,
        registrations=works,
        title_keys=title_keys(works),
        results=tuple(r for r in change.rows if isinstance(r, Result)),
        findings=(*concerning(view, taken), *own_findings(view, taken)),
        matched=matching(view, taken).positions,
    )


def _of_unit(unit: str, rows: tuple[Row, ...]) -> Iterator[Registration]:
    """Yield the registrations; a code of their own is kept only where it is the unit's.

    The contract fills a row's unit only where one mail carries several units' rows.
    """
    for row in rows:
        if isinstance(row, Registration):
            strange = row.unit is not None and row.unit != unit
            yield replace(row, unit=unit) if strange else row


def matching(view: View, taken: Taken) -> Matching:
    """Return which registered work each result is of; nothing where none came."""
    results = [row for row in taken.change.rows if isinstance(row, Result)]
    if not results:
        return Matching((), ())
    standing = view.standing(taken.unit, "registration")
    return matched(results, standing.registrations if standing else ())


def _late(view: View, phase: Phase) -> Finding:
    last = last_moment(phase, view.policy.zone)
    return finding("late", deadline=f"{last:%d/%m/%Y}")


def _beyond_doubt(view: View, taken: Taken) -> bool:
    change = taken.change
    if change.doubt is not None or change.same:
        return False
    sure = view.sender.trust == "proven" or view.case.received.confirmed
    return sure or not change.replaces
