"""What a digest and an alert say to the staff, before a word of it is composed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from parsers.values.finding import Finding

#: What staff are told at once. `secret` speaks of one mail and has no end.
AlertKind = Literal[
    "stall",
    "outbox_age",
    "authentication",
    "disk",
    "send_failed",
    "reconciliation",
    "clock",
    "secret",
]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: a name, then pairs of key and text, worded by a template.

    `found` is a finding whose sentence stands below it.
    """

    name: str
    facts: tuple[tuple[str, str], ...] = ()
    found: Finding | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list by the template's key; `total` counts those that are left out too."""

    key: str
    total: int
    entries: tuple[Entry, ...]
    phase: str | None = None


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """How the units of one category stand in one phase; `expected` works are owed."""

    name: str
    units: int
    complete: int
    partial: int
    over: int
    nil: int
    excused: int
    missing: int
    registered: int
    expected: int


@dataclass(frozen=True, slots=True)
class PhaseCount:
    """One open phase; `days_left` to the date that mails name, negative behind it."""

    name: str
    named: date
    days_left: int
    categories: tuple[CategoryCount, ...]


@dataclass(frozen=True, slots=True)
class FolderCount:
    """One folder as last seen: mails on the server, those left alone, those known."""

    mailbox: str
    folder: str | None
    on_server: int | None
    before_since: int
    in_ledger: int
    healthy: bool


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """One day's report on one campaign, all of one snapshot. Times are aware.

    `since` is when the digest before was made, None for the first. `messages` are pairs
    of state and count, `waiting` triples of kind, reason and count of mail that has not
    left. `not_for_us` counts mails that are none of our business, `spent` the mails of
    the last 24 hours against `per_day` (None without a mail server). `fingerprint`
    tells whether anything changed: it looks past times and budgets. `status` is the
    status table of the same snapshot as a workbook, empty for none.
    """

    campaign: str
    title: str
    day: date
    as_of: datetime
    since: datetime | None
    phases: tuple[PhaseCount, ...]
    listings: tuple[Listing, ...]
    folders: tuple[FolderCount, ...]
    messages: tuple[tuple[str, int], ...]
    waiting: tuple[tuple[str, str, int], ...]
    not_for_us: int
    spent: int
    per_day: int | None
    page: str
    fingerprint: str
    status: bytes = b""


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """One condition at its onset, or, with `recovered`, at its end. Times are aware.

    `subject` is what it speaks of (a mailbox, a number of a mail), `detail` counts or
    the server's own words, one line; of a secret mail there is none.
    """

    kind: AlertKind
    subject: str
    onset: datetime
    recovered: datetime | None = None
    message: int | None = None
    detail: str = ""
