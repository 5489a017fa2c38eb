"""The lists of a digest: who is new, missing, over; what waits for whom, and why.

Pure: a list is counted whole and cut, its texts are bounded, and nothing is worded.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from parsers.values.campaign import Campaign, Phase
from parsers.values.summary import Entry, Listing
from storage.status import UnitStatus
from storage.summary import (
    Contact,
    Counted,
    LearnedAddress,
    NewUnit,
    Noticed,
    Returned,
    Unsent,
    WaitingMail,
)

#: Names of units in one list: a list of all wards and schools of a district is read
#: whole, one of thousands is not.
NAMES = 120
#: Lines that say more than a name.
LINES = 40
#: Characters of a stranger's text that are kept.
_LONGEST = 300
#: Days before the date that mails name in which staff take to the telephone.
TELEPHONE_DAYS = 3
_OWING = ("missing", "partial")
#: Findings that have a list of their own, or are the reason why a mail is held.
_TOLD = frozenset(
    {
        "campaign_unclear",
        "classified_marking",
        "duplicate_elsewhere",
        "program_missing",
        "reading_changed",
        "unit_ambiguous",
        "unit_contested",
        "unit_mismatch",
        "unit_unknown",
    }
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one transaction read for one digest; lists are not cut yet but Counted."""

    units: Sequence[UnitStatus]
    new: Sequence[NewUnit]
    contested: Sequence[Noticed]
    doubles: Sequence[Noticed]
    held: Counted
    quarantined: Counted
    noticed: Sequence[Noticed]
    learned: Sequence[LearnedAddress]
    unsent: Counted
    returned: Counted
    contacts: Mapping[str, Contact]


@dataclass(frozen=True, slots=True)
class View:
    """How a snapshot is shown: of which plan, on which day, with whose page."""

    campaign: Campaign
    day: date
    page: Callable[[int], str]
    moment: Callable[[datetime], str]


def listings(seen: Snapshot, view: View) -> tuple[Listing, ...]:
    """Return every list that is not empty, in the order in which they are read."""
    names = {unit.code: unit.name for unit in seen.units}
    owing, calls = _by_phase(seen, view)
    found = [
        _cut("new", _new(seen.new, names, view), NAMES),
        _counted("held", seen.held, lambda mail: _mail(mail, names, view)),
        _counted("quarantined", seen.quarantined, lambda m: _mail(m, names, view)),
        _counted("unsent", seen.unsent, lambda one: _unsent(one, names)),
        _counted("returned", seen.returned, lambda one: _returned(one, names)),
        _cut("contested", _noticed(seen.contested, names, view), LINES),
        _cut("changed", _of(seen.noticed, {"reading_changed"}, names, view), LINES),
        *owing,
        _cut("late", (_unit(u) for u in seen.units if _was_late(u)), NAMES),
        _cut("unconfirmed", _unconfirmed(seen.units), NAMES),
        *calls,
        _cut("learned", _learned(seen.learned, names), LINES),
        _cut("doubles", _doubles(seen.doubles, names), LINES),
        _cut("hints", _hints(seen.noticed, names, view), LINES),
    ]
    return tuple(one for one in found if one.total)


def _by_phase(seen: Snapshot, view: View) -> tuple[list[Listing], list[Listing]]:
    """Return who owes what in each open phase, and whom to telephone for it."""
    owed: list[Listing] = []
    calls: list[Listing] = []
    for phase in open_phases(view.campaign, view.day):
        stands = {unit.code: state_in(unit, phase.name) for unit in seen.units}
        for state in ("missing", "partial", "over"):
            of = (_unit(u, state) for u in seen.units if stands[u.code] == state)
            owed.append(_cut(state, of, NAMES, phase.name))
        if view.day <= phase.deadline:
            owing = [u for u in seen.units if stands[u.code] in _OWING]
            calls.append(_calls(owing, seen.contacts, phase, view.day))
    return owed, calls


def _calls(
    owing: Sequence[UnitStatus],
    contacts: Mapping[str, Contact],
    phase: Phase,
    day: date,
) -> Listing:
    """Return whom to telephone: in the last days everybody who still owes, before them
    those whom no mail reaches.
    """
    if (_named(phase) - day).days <= TELEPHONE_DAYS:
        everybody = (_call(unit, contacts) for unit in owing)
        return _cut("telephone", everybody, NAMES, phase.name)
    alone = (u for u in owing if u.code in contacts and not contacts[u.code].address)
    return _cut("no_address", (_call(u, contacts) for u in alone), NAMES, phase.name)


def open_phases(campaign: Campaign, day: date) -> tuple[Phase, ...]:
    """Return the phases that have opened; the first of all where none has."""
    found = tuple(phase for phase in campaign.phases if phase.opens <= day)
    return found or campaign.phases[:1]


def state_in(unit: UnitStatus, phase: str) -> str:
    """Return where the unit stands in a phase; the registration is the line's own."""
    if phase == "registration":
        return unit.state
    later = unit.phases.get(phase)
    return later.state if later else "missing"


def _was_late(unit: UnitStatus) -> bool:
    return unit.late or any(phase.late for phase in unit.phases.values())


def _named(phase: Phase) -> date:
    return phase.named or phase.deadline


def _cut(
    key: str, entries: Iterable[Entry], longest: int, phase: str | None = None
) -> Listing:
    found = tuple(entries)
    return Listing(key, len(found), found[:longest], phase)


def _counted(key: str, counted: Counted, entry: Callable[[Any], Entry]) -> Listing:
    return Listing(key, counted.total, tuple(map(entry, counted.some))[:LINES])


def _entry(name: str, *facts: tuple[str, str | None]) -> Entry:
    kept = tuple((key, _bounded(text)) for key, text in facts if text)
    return Entry(_bounded(name), kept)


def _bounded(text: str) -> str:
    return text[:_LONGEST]


def _unit(unit: UnitStatus, state: str = "") -> Entry:
    counts = state in ("partial", "over") and unit.quota is not None
    return _entry(
        unit.name, ("count", f"{unit.registered}/{unit.quota}" if counts else None)
    )


def _new(
    new: Sequence[NewUnit], names: Mapping[str, str], view: View
) -> Iterator[Entry]:
    several = len(open_phases(view.campaign, view.day)) > 1
    for one in new:
        phase = one.phase if several else None
        when = view.moment(one.received)
        yield _entry(
            names.get(one.unit, one.unit), ("received", when), ("phase", phase)
        )


def _unconfirmed(units: Iterable[UnitStatus]) -> Iterator[Entry]:
    for unit in units:
        if unit.registered and unit.confirmation in ("block_only", "absent"):
            yield _entry(unit.name, ("confirmation", unit.confirmation))


def _mail(mail: WaitingMail, names: Mapping[str, str], view: View) -> Entry:
    number = f"{mail.id}"
    page = ("page", view.page(mail.id))
    if mail.reason == "secret":
        return _entry(number, ("reason", mail.reason), page)
    likely = ", ".join(names.get(c.code, c.code) for c in mail.candidates[:3])
    return _entry(
        number,
        ("reason", mail.reason),
        ("from", mail.author),
        ("subject", mail.subject),
        ("received", view.moment(mail.received)),
        ("candidates", likely),
        page,
    )


def _noticed(
    noticed: Iterable[Noticed], names: Mapping[str, str], view: View
) -> Iterator[Entry]:
    for one in noticed:
        name = names.get(one.unit or "", one.unit or "")
        page = view.page(one.message) if one.message is not None else None
        entry = _entry(name or f"{one.message}", ("page", page))
        yield Entry(entry.name, entry.facts, one.finding)


def _doubles(noticed: Iterable[Noticed], names: Mapping[str, str]) -> Iterator[Entry]:
    """Yield how many works a unit shares with another, one entry a pair."""
    shared: dict[tuple[str, str], int] = {}
    for one in noticed:
        other = dict(one.finding.parameters).get("unit", "")
        pair = (one.unit or "", other)
        shared[pair] = shared.get(pair, 0) + 1
    for (unit, other), count in shared.items():
        name = names.get(unit, unit)
        yield _entry(name, ("shared", f"{count}"), ("with", other))


def _of(
    noticed: Iterable[Noticed], codes: set[str], names: Mapping[str, str], view: View
) -> Iterator[Entry]:
    return _noticed((n for n in noticed if n.finding.code in codes), names, view)


def _hints(
    noticed: Iterable[Noticed], names: Mapping[str, str], view: View
) -> Iterator[Entry]:
    """Yield what staff should know, once a mail and code."""
    seen: set[tuple[int | None, str]] = set()
    fresh = []
    for one in noticed:
        key = (one.message, one.finding.code)
        if one.finding.code not in _TOLD and key not in seen:
            seen.add(key)
            fresh.append(one)
    return _noticed(fresh, names, view)


def _learned(
    learned: Iterable[LearnedAddress], names: Mapping[str, str]
) -> Iterator[Entry]:
    for one in learned:
        name = names.get(one.unit, one.unit)
        yield _entry(name, ("address", one.address), ("source", one.source))


def _unsent(one: Unsent, names: Mapping[str, str]) -> Entry:
    of = ", ".join(names.get(code, code) for code in one.units[:3])
    # What could not be composed waits for no server, whatever its reason says.
    unbuilt = one.why == "compose"
    reason = one.reason if one.state == "pending" else one.state
    why = None if one.reason in ("release", "capped", "budget") else one.why
    return _entry(
        f"{one.id}",
        ("kind", one.kind),
        ("wait", None if unbuilt else reason),
        ("to", one.to[0] if one.to else None),
        ("unit", of),
        ("subject", one.subject),
        ("why", why),
    )


def _returned(one: Returned, names: Mapping[str, str]) -> Entry:
    of = ", ".join(names.get(code, code) for code in one.units[:3])
    return _entry(
        one.address,
        ("unit", of),
        ("kind", one.kind),
        ("verdict", one.verdict),
        ("why", one.words),
    )


def _call(unit: UnitStatus, contacts: Mapping[str, Contact]) -> Entry:
    known = contacts.get(unit.code)
    has_address = known is not None and known.address
    return _entry(
        unit.name,
        ("contact", known.contact if known else None),
        ("phone", (known.phone if known else None) or "none"),
        ("mailless", None if has_address else "none"),
    )
