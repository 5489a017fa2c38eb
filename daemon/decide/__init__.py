"""From everything known of one mail to the one value that is decided about it.

Pure: no clock, no database, no file. What storage must look up before is told by
`units_in_question`.
"""

from collections.abc import Iterable, Iterator

from daemon.decide.answers import answers
from daemon.decide.candidates import ranked
from daemon.decide.confirmation import vouched
from daemon.decide.held import contested
from daemon.decide.phase import differing_date
from daemon.decide.policy import Policy as Policy
from daemon.decide.receipt import receipt_code as receipt_code
from daemon.decide.ruling import Ruling
from daemon.decide.signature import signatures
from daemon.decide.submissions import own_findings, submissions, to_store
from daemon.decide.table import ruling
from daemon.decide.view import View, look
from parsers.values.decision import Case, Decision, Pending, Reason
from parsers.values.finding import Finding, finding
from parsers.values.outbox import Purpose
from parsers.values.reading import Kind, Reading
from parsers.values.returned import Returned
from parsers.values.unit import AddressOwner

__all__ = [
    "Policy",
    "decide",
    "held_again",
    "quarantine",
    "receipt_code",
    "units_in_question",
]


def decide(case: Case, policy: Policy) -> Decision:
    """Return what is stored and what is said about one mail.

    It always returns: missing and odd things are states, not errors.
    """
    view = look(case, policy)
    return _decision(view, ruling(view))


def units_in_question(
    reading: Reading,
    owners: Iterable[AddressOwner],
    assigned: Iterable[tuple[str, str]] = (),
    pending: Iterable[Pending] = (),
) -> tuple[str, ...]:
    """Return the codes whose standing versions and accepted addresses must be known.

    `owners` are the directory's lines for the From address, `assigned` what a person
    said of the mail (unit code and path), `pending` the mails that wait for a code of
    this address. A Case made without one of them would take
    its unit for one that never wrote.
    """
    codes = [owner.code for owner in owners]
    codes += [code for code, _ in assigned]
    codes += [candidate.code for candidate in reading.candidates]
    codes += [m.code for m in reading.mentions if m.code]
    codes += [row.unit for row in reading.registrations if row.unit]
    codes += [row.unit for row in reading.results if row.unit]
    codes += [version[1] for waiting in pending for version in waiting.versions]
    return tuple(dict.fromkeys(codes))


def _decision(view: View, ruled: Ruling) -> Decision:
    case, stored = view.case, to_store(view, ruled)
    sure = [d for d in view.deliveries if d.certainty == "certain" and d.unit]
    named = sure or [d for d in view.deliveries if d.unit]
    silent = ruled.state == "ignored"
    units = tuple(dict.fromkeys(d.unit for d in named if d.unit))
    first = named[0] if named else None
    return Decision(
        message=case.received.id,
        state=ruled.state,
        reason=ruled.reason,
        kind=_kind(view, ruled),
        trust=view.sender.trust,
        mode=stored[0].change.mode if stored else case.reading.mode,
        units=() if silent else units,
        certainty=first.certainty if first and not silent else None,
        evidence=first.evidence if first and not silent else (),
        candidates=ranked(case.reading, view.owners, [d.unit for d in sure if d.unit]),
        submissions=submissions(view, stored),
        findings=_findings(view, ruled),
        items=answers(view, ruled),
        learned=_learned(view, ruled),
        confirms=vouched(view) if ruled.state == "processed" else (),
        contested=contested(view) if ruled.reason == "sender_unknown" else (),
        signatures=signatures(view) if ruled.state == "processed" else (),
        returned=_returned(view, ruled),
    )


def _returned(view: View, ruled: Ruling) -> tuple[Returned, ...]:
    """Return what a bounce reports; nothing where its sender is shown to be another."""
    if ruled.reason != "bounce" or view.sender.trust == "failed":
        return ()
    return view.case.reading.returned


def _kind(view: View, ruled: Ruling) -> Kind:
    robots = {"automatic", "bounce", "own"}
    return "automatic" if ruled.reason in robots else view.case.reading.kind


def _findings(view: View, ruled: Ruling) -> tuple[Finding, ...]:
    """Return the decision's own findings, of the sender, the state and the versions."""
    if ruled.state == "ignored":
        return view.sender.findings
    of_versions = (
        found
        for taken in view.taken
        if ruled.state == "processed"
        for found in own_findings(view, taken)
    )
    return (*view.sender.findings, *_dated(view), *ruled.findings, *of_versions)


def _dated(view: View) -> Iterator[Finding]:
    """Yield that the mail names another time than it came, for staff to know."""
    sent = view.message.date if view.message else None
    differing = differing_date(sent, view.case.received.received)
    if differing is not None:
        local = differing.astimezone(view.policy.zone)
        yield finding("date_differs", sent=f"{local:%H:%M %d/%m/%Y}")


def _learned(view: View, ruled: Ruling) -> tuple[AddressOwner, ...]:
    """Return the address that first contact accepts, provisional until confirmed."""
    if ruled.state != "processed" or view.sender.address is None:
        return ()
    return tuple(
        AddressOwner(view.sender.address, delivery.unit, "provisional")
        for delivery in view.deliveries
        if delivery.introduced and delivery.unit is not None
    )


def quarantine(case: Case, policy: Policy, reason: Reason) -> Decision:
    """Return the decision on a mail that the program failed on three times.

    `case.reading` is of the header alone, as far as even that could be read. Whoever
    sent it is told by a receipt where the address belongs to a unit.
    """
    view = look(case, policy)
    answer: Purpose | None = "receipt" if view.owners else None
    return _decision(view, Ruling("quarantined", reason, answer))


def held_again(case: Case, policy: Policy, reason: Reason) -> Decision:
    """Return the decision on a mail whose former state a person wants back.

    Nobody is answered: its sender was told before, or never should be.
    """
    return _decision(look(case, policy), Ruling("held", reason))
