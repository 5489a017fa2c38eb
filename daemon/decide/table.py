"""The table of states, row by row: the first rule that applies wins.

It holds the order and nothing else; a new row is a function and a line here.
"""

from daemon.decide import held, ignored, processed
from daemon.decide.person import passed
from daemon.decide.ruling import Rule, Ruling
from daemon.decide.view import View

RULES: tuple[Rule, ...] = (
    ignored.rejected,
    ignored.own,
    ignored.bounce,
    ignored.automatic,
    ignored.duplicate,
    held.secret,
    ignored.before_start,
    processed.confirms,
    ignored.not_for_us,
    held.sender_failed,
    # A known sender who brings or asks nothing of ours is never held for his unit.
    processed.confirmed,
    processed.nothing_to_register,
    processed.request,
    held.sender_unknown,
    held.unit_mismatch,
    held.unit_ambiguous,
    held.unit_unknown,
    held.program_missing,
    held.campaign_unclear,
    held.kind_unclear,
    held.mode_unclear,
    held.correction_unclear,
    held.replacement_unconfirmed,
    processed.nothing_readable,
    processed.nothing_changed,
)


def ruling(view: View) -> Ruling:
    """Return the state of the mail: the first row that applies."""
    for rule in RULES:
        found = rule(view)
        if found is not None and not _passed(view, found):
            return found
    return processed.delivered(view)


def _passed(view: View, found: Ruling) -> bool:
    """Return whether a person lets pass what the rule holds, and it can be stored.

    What his word did not settle (a row that still names no unit, a change that still
    may mean two things, a table of which no row was taken, tables of both phases) is
    held all the same.
    """
    if found.state != "held" or found.reason not in passed(view.case.received.accepted):
        return False
    unsettled = any(d.doubt == found.reason for d in view.deliveries)
    unsettled = unsettled or any(t.change.doubt == found.reason for t in view.taken)
    reading = view.case.reading
    kinds = bool(reading.registrations) + bool(reading.results)
    # Of both phases one would be stored, and the other lost without a word.
    unsettled = unsettled or (view.content == "rows" and kinds != 1)
    return not unsettled and found.reason != "campaign_unclear"
