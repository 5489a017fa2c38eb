"""One mail with everything that the rules ask about it, found out once."""

from dataclasses import dataclass, replace

from daemon.decide.campaign import Place, place
from daemon.decide.content import Content, content_of
from daemon.decide.correction import corrected, settable
from daemon.decide.difference import applied
from daemon.decide.person import passed, settled, vouched_for
from daemon.decide.phase import is_open
from daemon.decide.policy import Policy
from daemon.decide.trust import Sender, judge
from daemon.decide.unit import Asked, Delivery, assigned_of, deliveries, owners_of
from daemon.decide.version import Change, Row, changed, replacement
from parsers.values.campaign import PhaseName
from parsers.values.decision import Case, Standing
from parsers.values.message import Message


@dataclass(frozen=True, slots=True)
class Taken:
    """A delivery whose unit is certain, and what it does to the version in force."""

    delivery: Delivery
    unit: str
    standing: Standing | None
    change: Change


@dataclass(frozen=True, slots=True)
class View:
    """The case, and what was found out about it in the order of the fields.

    `owners` are the units of the From address that are accepted. `taken` is empty where
    nothing is delivered, or where campaign or phase are not known.
    """

    case: Case
    policy: Policy
    owners: tuple[str, ...]
    assigned: bool
    sender: Sender
    content: Content
    place: Place
    deliveries: tuple[Delivery, ...]
    taken: tuple[Taken, ...]

    @property
    def message(self) -> Message | None:
        """Return the parsed header; None for a bare file."""
        return self.case.reading.message

    @property
    def delivers(self) -> bool:
        """Return whether the mail brings something that would be stored."""
        return self.content in {"rows", "nil", "correction"}

    def standing(self, unit: str, phase: PhaseName | None) -> Standing | None:
        """Return the version in force of a unit in a phase of the mail's campaign."""
        number = self.place.campaign.number if self.place.campaign else None
        for standing in self.case.standing:
            if (standing.campaign, standing.unit, standing.phase) == (
                number,
                unit,
                phase,
            ):
                return standing
        return None


def look(case: Case, policy: Policy) -> View:
    """Return what the rules ask about the case."""
    message, received = case.reading.message, case.received
    owners, assigned = owners_of(case, policy), assigned_of(case, policy)
    trusted = policy.trusted.get(received.mailbox, ())
    # Whose mail a person has looked at has an accepted address for this one mail.
    vouched = bool(owners or assigned) or vouched_for(received.accepted)
    sender = judge(message, trusted, vouched)
    content = content_of(case)
    where = place(case, policy, content)
    opened = policy.every_phase_open or (
        where.phase is not None and is_open(where.phase, received.received, policy.zone)
    )
    asked = Asked(case, policy, sender, opened, frozenset(owners), assigned)
    found = settled(asked, deliveries(asked))
    view = View(case, policy, owners, bool(assigned), sender, content, where, found, ())
    return view if not view.delivers else _with_changes(view)


def _with_changes(view: View) -> View:
    if view.place.campaign is None or view.place.phase is None:
        return view
    taken = tuple(
        _taken(view, delivery, delivery.unit)
        for delivery in view.deliveries
        if delivery.doubt is None and delivery.unit is not None
    )
    return replace(view, taken=taken)


def _taken(view: View, delivery: Delivery, unit: str) -> Taken:
    phase = view.place.phase.name if view.place.phase else None
    standing = view.standing(unit, phase)
    if view.content == "correction":
        told = any(wish.column for wish in view.case.reading.corrections)
        reported = view.standing(unit, "results") is not None
        # "2: bỏ" after a report may speak of either table; a column tells which.
        which = standing if told or phase == "results" or not reported else None
        change = corrected(view.case, which, view.place.campaign)
    else:
        rows = delivery.results if phase == "results" else delivery.registrations
        change = changed(view.case, rows, standing)
    return Taken(delivery, unit, standing, _as_accepted(view, change, standing))


def _as_accepted(view: View, change: Change, standing: Standing | None) -> Change:
    """Return the change with the difference that a person lets pass, if he does.

    Never half of a wish: what was not understood wholly stays doubtful.
    """
    reading = view.case.reading
    if standing is None or not reading.corrections or change.reread:
        return change
    if "correction_unclear" not in passed(view.case.received.accepted):
        return change
    if view.content == "correction":
        # The rule that doubts it has prepared the whole difference, or no row of it.
        return replace(change, doubt=None) if change.rows else change
    if view.content != "rows" or change.doubt is not None:
        return change
    wishes = reading.corrections
    left: tuple[Row, ...] | None = None
    if settable(wishes) and not reading.correction_unclear:
        # Beside a table it is a difference to the rows which the table leaves.
        left = applied(change.rows, wishes, view.place.campaign)
    if not left:
        return replace(change, doubt="correction_unclear")
    made = replacement(left, standing)
    return made if change.in_force else replace(change, rows=left, digest=made.digest)
