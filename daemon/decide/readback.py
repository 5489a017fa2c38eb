"""What an answer says of one unit: the facts from which the mail is composed.

It writes no sentence; findings and marks are keys of templates.
"""

from dataclasses import replace
from typing import Literal

from daemon.decide.enclosed import form_to_mend, own_form
from daemon.decide.phase import differing_date, is_late, told_moment
from daemon.decide.places import FindingIndex
from daemon.decide.quota import quota_of
from daemon.decide.receipt import receipt_code
from daemon.decide.ruling import Ruling
from daemon.decide.signature import best, signatures
from daemon.decide.status import phases_of
from daemon.decide.submissions import concerning, matching, own_findings, partial
from daemon.decide.version import Row
from daemon.decide.view import Taken, View
from parsers.values.campaign import Phase
from parsers.values.decision import Standing
from parsers.values.finding import Finding
from parsers.values.outbox import AnsweredRow, DecisionFacts, ReceiptFacts, Thread
from parsers.values.reading import Confirmation, Registration

Outcome = Literal[
    "accepted",
    "partial",
    "nothing_changed",
    "nothing_readable",
    "nil",
    "request",
    "confirmed",
]


def receipt_facts(view: View) -> ReceiptFacts:
    """Return the facts of a receipt: nothing of the mail but what threads it."""
    return ReceiptFacts(code_of(view), thread(view), view.case.received.received)


def code_of(view: View) -> str:
    """Return the mail's receipt code: the ledger's, else one made from its bytes."""
    received = view.case.received
    return received.receipt or receipt_code(received.raw_sha256)


def thread(view: View) -> Thread:
    """Return where an answer to the mail hangs."""
    message = view.message
    if message is None:
        return Thread(None, (), None)
    return Thread(message.message_id, message.references, message.subject)


def taken_facts(view: View, ruling: Ruling, taken: Taken) -> DecisionFacts:
    """Return what the answer says of a unit whose rows were taken, or stand already."""
    change, standing = taken.change, taken.standing
    relevant = (*concerning(view, taken), *own_findings(view, taken))
    told = [f for f in relevant if f.audience == "sender"]
    index, own = FindingIndex(told), {id(row) for row in taken.delivery.rows}
    rows = tuple(
        answered_row(row, index.of(row) if id(row) in own else ())
        for row in change.rows
    )
    of_rows = {id(f) for row in rows for f in row.findings}
    facts = replace(
        unit_facts(view, ruling, taken.unit),
        outcome=_outcome(view, taken),
        mode=change.mode,
        confirmation=_confirmation(view, taken),
        rows=rows,
        findings=tuple(f for f in told if id(f) not in of_rows),
        late=_late(view),
        in_force=change.in_force,
    )
    if change.same and standing is not None:
        return replace(facts, version=standing.version)
    registration = _phase(view) == "registration"
    count = len(change.rows) if registration and change.in_force else facts.registered
    last = standing.last_version if standing else 0
    return replace(
        facts,
        version=last + 1,
        supersedes=change.supersedes,
        registered=count,
        form=form_to_mend(view, facts, change.rows, _without_result(view, taken)),
    )


def _without_result(view: View, taken: Taken) -> tuple[Registration, ...]:
    """Return the registered works that a report leaves out, as registered."""
    standing = view.standing(taken.unit, "registration")
    if _phase(view) != "results" or standing is None:
        return ()
    reported = set(matching(view, taken).positions)
    works = enumerate(standing.registrations)
    return tuple(work for place, work in works if place not in reported)


def unit_facts(view: View, ruling: Ruling, code: str) -> DecisionFacts:
    """Return what the answer says of a unit without a new version."""
    unit, place = view.policy.by_code.get(code), view.place
    asked = view.case.reading.request if ruling.reason == "request" else None
    standing = view.standing(code, "registration")
    phase = _spoken_of(view, asked, standing)
    received = view.case.received.received
    sent = view.message.date if view.message else None
    return DecisionFacts(
        receipt=code_of(view),
        thread=thread(view),
        unit=code,
        unit_name=unit.name if unit else code,
        salutation=unit.salutation if unit else None,
        received=received,
        sent_date=differing_date(sent, received),
        outcome=_without_rows(ruling),
        campaign=place.campaign.number if place.campaign else None,
        campaign_title=place.campaign.title if place.campaign else None,
        phase=phase.name if phase else None,
        version=standing.version if standing else None,
        deadline=told_moment(phase, received, view.policy.zone) if phase else None,
        registered=len(standing.registrations) if standing else 0,
        quota=quota_of(place.campaign, code, view.policy),
        confirmation=next(
            (s.confirmation for s in signatures(view) if s.unit == code), None
        ),
        rows=_asked_rows(asked, standing),
        findings=tuple(f for f in _said(view, ruling) if f.audience == "sender"),
        asked=asked,
        form=own_form(view, code, phase) if _wants_form(ruling, asked) else None,
        status=phases_of(view, code) if asked == "status" else (),
    )


def _spoken_of(
    view: View, asked: str | None, standing: Standing | None
) -> Phase | None:
    """Return the phase that the answer speaks of.

    Who asks for a form and has no work to report is sent the form to register.
    """
    campaign, phase = view.place.campaign, view.place.phase
    works = standing is not None and bool(standing.registrations)
    if asked not in {"form", "help"} or works or campaign is None:
        return phase
    return campaign.phase("registration") or phase


def answered_row(row: Row, mine: tuple[Finding, ...]) -> AnsweredRow:
    """Return a row as it is read back, marked by its own findings and certainty."""
    doubtful = row.certainty < 1 or any(f.severity != "info" for f in mine)
    work = row if isinstance(row, Registration) else None
    outcome = None if isinstance(row, Registration) else row
    return AnsweredRow(
        number=row.number,
        title=row.title,
        method=work.method if work else None,
        time=work.time if work else None,
        expected_result=work.expected_result if work else None,
        mark="check" if doubtful else "taken",
        findings=mine,
        result=outcome.result if outcome else None,
        progress=outcome.progress if outcome else None,
        unsure=tuple(key for key, certainty in row.cells.items() if certainty < 1),
    )


def _without_rows(ruling: Ruling) -> Outcome:
    if ruling.reason == "request":
        return "request"
    return "confirmed" if ruling.reason == "nothing_changed" else "nothing_readable"


def _confirmation(view: View, taken: Taken) -> Confirmation | None:
    """Return what has come of the version that the answer speaks of."""
    now = view.case.reading.confirmation
    same = taken.standing if taken.change.same else None
    return best(now, same.confirmation) if same else now


def _outcome(view: View, taken: Taken) -> Outcome:
    if taken.change.same and not taken.change.reread:
        return "nothing_changed"
    if view.content == "nil":
        return "nil"
    return "partial" if partial(view, taken) else "accepted"


def _wants_form(ruling: Ruling, asked: str | None) -> bool:
    return ruling.reason == "nothing_readable" or asked in {"form", "help"}


def _asked_rows(
    asked: str | None, standing: Standing | None
) -> tuple[AnsweredRow, ...]:
    """Return the rows in force, for who asks what has come."""
    if standing is None or asked != "status":
        return ()
    return tuple(answered_row(row, ()) for row in standing.registrations)


def _said(view: View, ruling: Ruling) -> tuple[Finding, ...]:
    return (*view.case.reading.findings, *ruling.findings)


def _phase(view: View) -> str | None:
    return view.place.phase.name if view.place.phase else None


def _late(view: View) -> bool | None:
    phase = view.place.phase
    if phase is None:
        return None
    return is_late(phase, view.case.received.received, view.policy.zone)
