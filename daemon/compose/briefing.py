"""From the facts of a digest to what its templates show: words, cut, cleaned.

Nothing is marked up here, and nothing is counted anew.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from daemon.compose.clean import line
from daemon.compose.sentences import sentence
from daemon.compose.wording import word, words
from parsers.values.summary import (
    CategoryCount,
    DigestFacts,
    Entry,
    FolderCount,
    Listing,
    PhaseCount,
)

_NAME, _TEXT = 160, 160
#: Letters of all lists together: Gmail clips a page of more than 102 KB, and a letter
#: is up to three bytes. A line has so many letters of markup and of our own words.
_MOST, _FRAME = 55_000, 80
#: Lists of names that are read in one run of text; of others every line is its own.
_RUNNING = frozenset({"missing", "partial", "over", "late", "unconfirmed", "new"})
_STATES = ("complete", "partial", "over", "nil", "excused", "missing")
#: Lists whose names are numbers.
_NUMBERED = frozenset({"held", "quarantined", "unsent"})
#: Facts whose text is one of the program's own words, and in which group it stands.
_WORDS = {
    "phase": "phases",
    "confirmation": "confirmation",
    "reason": "reasons",
    "kind": "item_kinds",
    "source": "address_sources",
    "verdict": "verdicts",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One category: units that delivered of all, works of those expected, the rest."""

    name: str
    delivered: str
    works: str
    states: str


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase with its rows; the last of several sums them."""

    title: str
    deadline: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: name, what is said beside it, and a sentence below."""

    name: str
    told: str
    note: str


@dataclass(frozen=True, slots=True)
class Section:
    """One list. `running`: its items are names, read in one run of text."""

    title: str
    hint: str
    running: bool
    items: tuple[Item, ...]
    more: str


@dataclass(frozen=True, slots=True)
class View:
    """Everything that a digest shows, in the order in which it does."""

    headline: Mapping[str, object]
    title: str
    as_of: str
    since: str | None
    phases: tuple[Phase, ...]
    sections: tuple[Section, ...]
    reconciliation: tuple[str, ...]
    messages: str
    waiting: tuple[str, ...]
    budget: str
    page: str


def digest_view(facts: DigestFacts, zone: ZoneInfo) -> View:
    """Return what the templates of a digest show."""
    return View(
        headline=_headline(facts),
        title=line(f"{facts.campaign} - {facts.title}", 300),
        as_of=_moment(facts.as_of, zone),
        since=_moment(facts.since, zone) if facts.since else None,
        phases=tuple(_phase(one) for one in facts.phases),
        sections=tuple(map(_section, _fitted(facts.listings))),
        reconciliation=tuple(_folder(one) for one in facts.folders),
        messages=_messages(facts),
        waiting=tuple(_waiting(*one) for one in facts.waiting),
        budget=_budget(facts),
        page=line(facts.page, 300),
    )


def _fitted(listings: tuple[Listing, ...]) -> tuple[Listing, ...]:
    """Return the lists so short together that mail programs show the whole mail.

    The longest is halved as long as there is too much; it says what it leaves out.
    """
    kept = list(listings)
    sizes = [sum(map(_size, one.entries)) for one in kept]
    while sum(sizes) > _MOST and max(len(one.entries) for one in kept) > 1:
        at = sizes.index(max(sizes))
        entries = kept[at].entries
        kept[at] = replace(kept[at], entries=entries[: max(1, len(entries) // 2)])
        sizes[at] = sum(map(_size, kept[at].entries))
    return tuple(kept)


def _size(entry: Entry) -> int:
    told = sum(min(len(text), _TEXT) + _FRAME // 4 for _, text in entry.facts)
    return min(len(entry.name), _NAME) + told + _FRAME * (3 if entry.found else 1)


def _headline(facts: DigestFacts) -> dict[str, object]:
    counted = [c for phase in facts.phases[-1:] for c in phase.categories]
    held = dict(facts.messages)
    return {
        "day": f"{facts.day:%d/%m/%Y}",
        "delivered": sum(_delivered(c) for c in counted),
        "units": sum(c.units for c in counted),
        "looked_at": held.get("held", 0) + held.get("quarantined", 0),
    }


def _moment(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%H:%M ngày %d/%m/%Y}"


def _phase(phase: PhaseCount) -> Phase:
    rows = [_row(one) for one in phase.categories]
    if len(rows) > 1:
        rows.append(_row(_sum(phase.categories)))
    return Phase(word("phases", phase.name), _deadline(phase), tuple(rows))


def _deadline(phase: PhaseCount) -> str:
    left = phase.days_left
    key = "today" if left == 0 else "left" if left > 0 else "over"
    return word("deadlines", key).format(day=_day(phase.named), days=abs(left))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _delivered(counts: CategoryCount) -> int:
    return counts.units - counts.missing - counts.excused


def _sum(counts: tuple[CategoryCount, ...]) -> CategoryCount:
    names = ("units", *_STATES, "registered", "expected")
    sums = {name: sum(getattr(one, name) for one in counts) for name in names}
    return CategoryCount(name=word("digest", "total"), **sums)


def _row(counts: CategoryCount) -> Row:
    stands = [(state, getattr(counts, state)) for state in _STATES]
    told = [f"{word('unit_states', state)} {count}" for state, count in stands if count]
    return Row(
        name=line(counts.name, _NAME),
        delivered=f"{_delivered(counts)}/{counts.units}",
        works=f"{counts.registered}/{counts.expected}",
        states=", ".join(told),
    )


def _section(listing: Listing) -> Section:
    title = word("digest_lists", listing.key)
    if listing.phase:
        title = f"{title} ({word('phases', listing.phase)})"
    left = listing.total - len(listing.entries)
    noun = word("digest_nouns", listing.key)
    more = word("digest", "more").format(count=left, noun=noun) if left else ""
    return Section(
        title=f"{title}: {listing.total}",
        hint=word("digest_hints", listing.key) if listing.key in _hinted() else "",
        running=listing.key in _RUNNING,
        items=tuple(_item(one, listing.key) for one in listing.entries),
        more=more,
    )


def _hinted() -> frozenset[str]:
    return frozenset(words()["digest_hints"])


def _item(entry: Entry, key: str) -> Item:
    numbered = word("digest_names", key) if key in _NUMBERED else "{}"
    return Item(
        name=numbered.format(line(entry.name, _NAME)),
        told="; ".join(_told(entry)),
        note=sentence(entry.found) if entry.found else "",
    )


def _told(entry: Entry) -> Iterator[str]:
    for key, text in entry.facts:
        shown = line(text, _TEXT)
        if key == "wait":
            group = "waits" if text in _waits() else "item_states"
            yield word(group, text)
        elif key == "why" and text == "compose":
            yield word("digest", "not_composed")
        elif key in ("phone", "mailless") and text == "none":
            yield word("digest", f"no_{key}")
        else:
            shown = word(_WORDS[key], text) if key in _WORDS else shown
            yield word("digest_facts", key).format(shown)


def _waits() -> frozenset[str]:
    return frozenset(words()["waits"])


def _folder(folder: FolderCount) -> str:
    name = folder.mailbox if not folder.folder else f"{folder.mailbox}/{folder.folder}"
    accounted = folder.in_ledger + folder.before_since
    there = accounted if folder.on_server is None else folder.on_server
    told = word("digest", "folder").format(
        name=line(name, 80), on_server=there, known=min(accounted, there)
    )
    if folder.before_since:
        told += word("digest", "folder_before").format(before=folder.before_since)
    if accounted > there:
        told += word("digest", "folder_gone").format(count=accounted - there)
    if there > accounted:
        told += word("digest", "folder_short").format(count=there - accounted)
    if not folder.healthy:
        told += word("digest", "folder_failing")
    return told + "."


def _messages(facts: DigestFacts) -> str:
    counts = dict(facts.messages)
    told = [
        f"{word('message_states', state)} {count}" for state, count in counts.items()
    ]
    other = word("digest", "not_for_us").format(count=facts.not_for_us)
    return f"{', '.join(told)}. {other}"


def _waiting(kind: str, reason: str, count: int) -> str:
    group = "waits" if reason in _waits() else "item_states"
    return f"{word('item_kinds', kind)}: {count} ({word(group, reason)})"


def _budget(facts: DigestFacts) -> str:
    if facts.per_day is None:
        return ""
    return word("digest", "budget").format(spent=facts.spent, per_day=facts.per_day)
