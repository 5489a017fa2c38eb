"""Hints for staff about single works: perhaps another unit's too, perhaps a duty.

They change no state and are never told to the sender: a machine cannot decide them.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from daemon.decide.version import Row
from daemon.decide.view import Taken, View
from parsers.values.campaign import Campaign
from parsers.values.decision import OtherWork
from parsers.values.finding import Finding, finding
from parsers.values.reading import Registration
from parsers.vietnamese.fold import fold, skeleton

#: "Trồng cây" alone is no work of anybody's; three words of their own begin to be one.
_LEAST_WORDS = 4


def title_key(title: str | None) -> str | None:
    """Return what the same work has in common whoever writes it, None for few words.

    Neither accents nor the order or number of its words count; digits do. It is made
    to be looked up: no title is compared with every other.
    """
    words = sorted(set(skeleton(title or "").split()))
    if len(words) < _LEAST_WORDS:
        return None
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:32]


def title_keys(rows: tuple[Registration, ...]) -> tuple[str | None, ...]:
    """Return the key of each row's title."""
    return tuple(title_key(row.title) for row in rows)


@dataclass(frozen=True, slots=True)
class Among:
    """What a unit's works are looked at beside: its plan, and `elsewhere` the works in
    force that may be the same. `names` are the units' by code.
    """

    campaign: Campaign
    unit: str
    elsewhere: tuple[OtherWork, ...]
    names: Mapping[str, str]


def hints(view: View, taken: Taken) -> Iterator[Finding]:
    """Yield what staff may look at in the rows that this mail brings."""
    campaign = view.place.campaign
    if campaign is not None:
        names = {code: unit.name for code, unit in view.policy.by_code.items()}
        among = Among(campaign, taken.unit, view.case.elsewhere, names)
        yield from hints_of(taken.delivery.rows, among)


def hints_of(rows: Iterable[Row], among: Among) -> Iterator[Finding]:
    """Yield what staff may look at in these rows, whoever brought them."""
    others = _others(among)
    for row in rows:
        if not isinstance(row, Registration):
            continue
        other = others.get(title_key(row.title) or "")
        if other is not None:
            name = among.names.get(other, other)
            yield _finding("duplicate_elsewhere", row, unit=name)
        term = _mandatory(among.campaign.mandatory_terms, row)
        if term is not None:
            yield _finding("mandatory_target_suspected", row, term=term)


def _others(among: Among) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for work in among.elsewhere:
        if _is_other(work, among.campaign.number, among.unit):
            found.setdefault(work.key, work.unit)
    return found


def _is_other(work: OtherWork, campaign: str, unit: str) -> bool:
    return work.campaign == campaign and work.unit != unit


def _mandatory(terms: tuple[str, ...], row: Registration) -> str | None:
    """Return the first term of the plan's duties that the work speaks of."""
    find = _pattern(terms)
    if find is None:
        return None
    found = find.search(f" {fold(row.title or '')} {fold(row.method or '')} ")
    return found[1] if found else None


@lru_cache(maxsize=32)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str] | None:
    words = [re.escape(fold(term)) for term in terms if fold(term)]
    return re.compile(f" ({'|'.join(words)})(?= )") if words else None


def _finding(code: str, row: Row, **more: str) -> Finding:
    named = {"number": row.number or "", "title": row.title or ""}
    return finding(code, row.place or None, **named, **more)
