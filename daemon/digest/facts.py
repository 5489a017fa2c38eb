"""From one snapshot to the facts of a digest: counted, listed, cut.

Pure: everything was read before, and nothing is worded here.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from daemon.digest.lists import Snapshot, View, listings, open_phases, state_in
from parsers.values.campaign import Campaign, Phase
from parsers.values.summary import (
    CategoryCount,
    DigestFacts,
    FolderCount,
    Listing,
    PhaseCount,
)
from storage.folders import FolderState
from storage.status import MailboxStatus, Status, UnitStatus

#: Lists that change by themselves: they do not make a digest worth sending.
_RESTLESS = frozenset({"telephone", "no_address", "unsent"})


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted beside the status: see DigestFacts for each."""

    since: datetime | None
    waiting: tuple[tuple[str, str, int], ...]
    not_for_us: int
    spent: int
    document: bytes


@dataclass(frozen=True, slots=True)
class Frame:
    """The plan, the day and the office around a snapshot."""

    campaign: Campaign
    day: date
    zone: ZoneInfo
    page: str
    per_day: int | None

    def view(self) -> View:
        """Return how the lists of a snapshot are shown."""
        base = self.page.rstrip("/")
        return View(
            self.campaign,
            self.day,
            lambda ident: f"{base}/messages/{ident}",
            lambda instant: f"{instant.astimezone(self.zone):%H:%M %d/%m}",
        )


def digest_facts(
    seen: Snapshot,
    status: Status,
    folders: Sequence[FolderState],
    counts: Counts,
    frame: Frame,
) -> DigestFacts:
    """Return the facts of one day's digest."""
    phases = tuple(_phases(status.units, frame))
    lists = listings(seen, frame.view())
    return DigestFacts(
        campaign=frame.campaign.number,
        title=frame.campaign.title,
        day=frame.day,
        as_of=status.as_of,
        since=counts.since,
        phases=phases,
        listings=lists,
        folders=tuple(_folders(status.mailboxes, folders)),
        messages=tuple(status.messages.items()),
        waiting=counts.waiting,
        not_for_us=counts.not_for_us,
        spent=counts.spent,
        per_day=frame.per_day,
        page=frame.page,
        fingerprint=_fingerprint(status.units, lists),
        status=counts.document,
    )


def _phases(units: Sequence[UnitStatus], frame: Frame) -> Iterator[PhaseCount]:
    for phase in open_phases(frame.campaign, frame.day):
        named = phase.named or phase.deadline
        left = (named - frame.day).days
        counted = tuple(_categories(units, frame.campaign, phase))
        yield PhaseCount(phase.name, named, left, counted)


def _categories(
    units: Sequence[UnitStatus], campaign: Campaign, phase: Phase
) -> Iterator[CategoryCount]:
    names = {category.code: category.name for category in campaign.categories}
    groups: dict[str, list[UnitStatus]] = {}
    for unit in units:
        groups.setdefault(unit.category, []).append(unit)
    registers = phase.name == "registration"
    for code, some in groups.items():
        stands = [state_in(unit, phase.name) for unit in some]
        yield CategoryCount(
            name=names.get(code, code),
            units=len(some),
            complete=stands.count("complete"),
            partial=stands.count("partial"),
            over=stands.count("over"),
            nil=stands.count("nil"),
            excused=stands.count("excused"),
            missing=stands.count("missing"),
            registered=sum(u.registered if registers else u.results for u in some),
            expected=sum((u.quota or 0) if registers else u.registered for u in some),
        )


def _folders(
    mailboxes: Sequence[MailboxStatus], states: Sequence[FolderState]
) -> Iterator[FolderCount]:
    left_alone = {(s.mailbox, s.folder or None): s.before_since for s in states}
    for one in mailboxes:
        yield FolderCount(
            mailbox=one.name,
            folder=one.folder,
            on_server=one.on_server,
            before_since=left_alone.get((one.name, one.folder), 0),
            in_ledger=one.in_ledger,
            healthy=one.healthy,
        )


def _fingerprint(units: Sequence[UnitStatus], lists: Sequence[Listing]) -> str:
    """Return what changes when there is something to tell, and only then.

    What merely is not new any more, a day that passed and a mail that was sent change
    nothing.
    """
    told = [one for one in lists if one.key not in _RESTLESS and one.key != "new"]
    stands = [(u.code, u.state, u.versions, u.confirmation, u.results) for u in units]
    encoded = msgspec.json.encode([told, stands])
    return hashlib.sha256(encoded).hexdigest()
