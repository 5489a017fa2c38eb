"""A line of the history in the words of the office.

It knows no event but by its words; what it does not know is told as it stands.
"""

from dataclasses import dataclass

from daemon.compose import word
from storage.events import Event

#: Of which words the states of an event are.
_GROUPS = {
    "message": "message_states",
    "submission": "submission_states",
    "withdrawal": "submission_states",
    "outbox": "item_states",
    "address": "address_sources",
    "unit": "unit_events",
    "accept": "message_states",
    "reject": "message_states",
    "amend": "",
}
#: A version: plan, phase, number.
_VERSIONS = ("submission", "withdrawal")
#: A plan and its phase.
_OWED = ("record", "excuse")


@dataclass(frozen=True, slots=True)
class Told:
    """From what, to what and why, in words."""

    before: str
    after: str
    why: str


def told(event: Event) -> Told:
    """Return the words of an event."""
    group = _GROUPS.get(event.what, "")
    before = word(group, event.from_) if group else event.from_ or ""
    after = word(group, event.to) if group else event.to or ""
    if event.what == "accept" and event.to:
        after = word("modes", event.to)
    if event.what in _OWED:
        after = _phase(after)
    if event.what == "undo" and event.from_:
        before = f"số {event.from_}"
    return Told(before, after, _why(event))


def _why(event: Event) -> str:
    reason = event.reason or ""
    if event.what in _VERSIONS:
        return _version(reason)
    return waits(word("reasons", reason))


def waits(reason: str | None) -> str:
    """Return why an item waits, or what became of it, in words."""
    said = word("waits", reason)
    return said if said != reason else word("outbox_events", reason)


def _version(text: str) -> str:
    plan, _, number = text.rpartition(" ")
    shown = _phase(plan)
    return f"{shown}, bản {number}" if plan and shown != plan else text


def _phase(text: str) -> str:
    plan, _, phase = text.rpartition(" ")
    known = word("phases", phase)
    return f"{plan}: {known}" if plan and known != phase else text
