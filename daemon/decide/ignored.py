"""The rows of the table of states for mail that asks for nothing."""

from daemon.decide.content import for_us
from daemon.decide.phase import is_open, midnight
from daemon.decide.ruling import Ruling
from daemon.decide.view import View


def rejected(view: View) -> Ruling | None:
    """Ignore what a person does not take; its sender hears of it where he says so."""
    said = view.case.received.rejected
    if said is None:
        return None
    return Ruling("ignored", "rejected", "decision" if said.tell else None)


def own(view: View) -> Ruling | None:
    """Ignore what we sent ourselves."""
    if view.message is not None and view.message.own:
        return Ruling("ignored", "own")
    return None


def bounce(view: View) -> Ruling | None:
    """Ignore a report of a delivery that failed, whatever it carries back."""
    if view.message is not None and view.message.automatic == "bounce":
        return Ruling("ignored", "bounce")
    return None


def automatic(view: View) -> Ruling | None:
    """Ignore automatic and list mail without a table, and what the office writes
    to itself.
    """
    written = view.message is None or view.message.automatic is None
    if written or view.content == "rows":
        return None
    address = view.sender.address
    ours = address is not None and address.casefold() in view.policy.own
    return Ruling("ignored", "own" if ours else "automatic")


def duplicate(view: View) -> Ruling | None:
    """Ignore other bytes of a mail that was decided already."""
    twin = view.case.twin
    if twin is None or twin == view.case.received.id:
        return None
    return Ruling("ignored", "duplicate")


def before_start(view: View) -> Ruling | None:
    """Ignore what was received before the mailbox counts, or before its phase opens."""
    received, policy = view.case.received, view.policy
    if policy.every_phase_open:
        return None
    since = policy.since.get(received.mailbox)
    if since is not None and received.received < midnight(since, policy.zone):
        return Ruling("ignored", "before_start")
    phase = view.place.phase
    if not view.delivers or phase is None:
        return None
    if is_open(phase, received.received, policy.zone):
        return None
    return Ruling("ignored", "before_start")


def not_for_us(view: View) -> Ruling | None:
    """Ignore a stranger's mail in which nothing should have been read."""
    if view.owners or view.assigned or view.delivers or for_us(view.case):
        return None
    return Ruling("ignored", "not_for_us")
