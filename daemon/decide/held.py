"""The rows of the table of states for mail that a person must decide."""

from daemon.decide.confirmation import vouched
from daemon.decide.ruling import Ruling
from daemon.decide.view import Taken, View
from parsers.values.decision import Contested, Reason
from parsers.values.finding import finding


def secret(view: View) -> Ruling | None:
    """Hold what is marked as secret; nobody is answered."""
    if not view.case.reading.secret:
        return None
    said = {f.code for f in view.case.reading.findings}
    known = "classified_marking" in said
    findings = () if known else (finding("classified_marking"),)
    return Ruling("held", "secret", findings=findings)


def sender_failed(view: View) -> Ruling | None:
    """Hold what is not from whom it says; nobody is answered, nothing changes.

    A stranger's mail with nothing in it is no attempt, it is ignored like any other. A
    person who has said whose mail it is has looked at it.
    """
    if view.sender.trust != "failed" or view.assigned:
        return None
    return Ruling("held", "sender_failed")


def sender_unknown(view: View) -> Ruling | None:
    """Hold the mail of an address that is not accepted."""
    if not _doubted(view, "sender_unknown"):
        return None
    found = [
        finding("unit_contested", unit=c.unit, version=str(c.version))
        for c in contested(view)
    ]
    return Ruling("held", "sender_unknown", "receipt", tuple(found))


def unit_mismatch(view: View) -> Ruling | None:
    """Hold a table that names another unit than its address."""
    return _unit(view, "unit_mismatch")


def unit_ambiguous(view: View) -> Ruling | None:
    """Hold a table that several units may have sent."""
    return _unit(view, "unit_ambiguous")


def unit_unknown(view: View) -> Ruling | None:
    """Hold a table that names nobody."""
    return _unit(view, "unit_unknown")


def program_missing(view: View) -> Ruling | None:
    """Hold what would be read if a program were installed."""
    if not any(f.code == "program_missing" for f in view.case.reading.findings):
        return None
    return Ruling("held", "program_missing", "receipt")


def campaign_unclear(view: View) -> Ruling | None:
    """Hold a delivery that several plans may have asked for, or none."""
    if not view.delivers or not view.place.unclear:
        return None
    findings = (finding("campaign_unclear"),)
    return Ruling("held", "campaign_unclear", "receipt", findings)


def kind_unclear(view: View) -> Ruling | None:
    """Hold a table that may be a registration or a report of results, or is both."""
    reading = view.case.reading
    both = bool(reading.registrations and reading.results)
    if view.content != "rows" or not (reading.kind_unclear or both):
        return None
    return Ruling("held", "kind_unclear", "receipt")


def mode_unclear(view: View) -> Ruling | None:
    """Hold rows that may replace the version in force or add to it."""
    if not any(taken.change.doubt == "mode_unclear" for taken in view.taken):
        return None
    return Ruling("held", "mode_unclear", "receipt")


def correction_unclear(view: View) -> Ruling | None:
    """Hold a wish that is not understood wholly, or that comes beside a new table."""
    corrections = view.case.reading.corrections
    beside = view.content == "rows" and bool(corrections) and bool(_standing(view))
    unclear = any(taken.change.doubt == "correction_unclear" for taken in view.taken)
    if not beside and not unclear:
        return None
    return Ruling("held", "correction_unclear", "receipt")


def replacement_unconfirmed(view: View) -> Ruling | None:
    """Hold what would take rows out of force without proof of its sender.

    A bare file has no sender: who hands it in answers for it. A code of ours, in this
    mail or in a later one about it, is such a proof.
    """
    if view.sender.trust == "proven" or view.message is None:
        return None
    if view.case.received.confirmed or vouched(view):
        return None
    changes = (t.change for t in view.taken if not t.change.same)
    if not any(c.replaces and c.in_force and not c.reread for c in changes):
        return None
    findings = (finding("sender_unverified", why="replacement"),)
    return Ruling("held", "replacement_unconfirmed", "confirmation", findings)


def _standing(view: View) -> tuple[Taken, ...]:
    return tuple(taken for taken in view.taken if taken.standing is not None)


def _doubted(view: View, doubt: Reason) -> bool:
    return any(delivery.doubt == doubt for delivery in view.deliveries)


def _unit(view: View, doubt: Reason) -> Ruling | None:
    if not _doubted(view, doubt):
        return None
    named = [d.unit for d in view.deliveries if d.doubt == doubt and d.unit]
    names = (view.policy.by_code[u].name for u in named if u in view.policy.by_code)
    parameters = {"unit": ", ".join(names)} if named else {}
    return Ruling("held", doubt, "receipt", (finding(doubt, **parameters),))


def contested(view: View) -> tuple[Contested, ...]:
    """Return the versions that another address than the unit's would now speak for."""
    phase = view.place.phase.name if view.place.phase else None
    found = []
    for delivery in view.deliveries:
        unit = delivery.unit
        if not view.delivers or unit is None or unit not in view.case.addressed:
            continue
        standing = view.standing(unit, phase)
        if standing is not None:
            told = (standing.campaign, unit, standing.phase, standing.version)
            found.append(Contested(*told))
    return tuple(found)
