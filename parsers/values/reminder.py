"""Who is reminded of what, and when: values between the schedule and the database."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from parsers.values.campaign import PhaseName
from parsers.values.outbox import ItemState, ReminderFacts
from parsers.values.reading import Registration
from parsers.values.unit import Unit

Audience = Literal["unit", "leader"]


@dataclass(frozen=True, slots=True)
class ReminderRules:
    """When who still owes is reminded; the keys of `[reminders]`, with their defaults.

    `leader_from` is a step (`before-1`), or "" where leaders are not written to.
    """

    days_before: tuple[int, ...] = (14, 7, 3, 1)
    days_after: tuple[int, ...] = (1, 4)
    at: time = time(8, 0)
    min_gap_days: int = 2
    max_per_phase: int = 6
    confirmation: bool = False
    leader_from: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands in a phase, as far as its reminders are concerned.

    `state` is the status table's (`missing`, `partial` …), `came` counts the works that
    count, `owed` how many are owed. `unread`: something came of which nothing could be
    read. `held`: something came that waits for a person of the office. `asked`: a
    replacement waits for the unit's own word. `versions` counts what was taken.
    """

    unit: str
    phase: PhaseName
    state: str
    versions: int
    came: int
    owed: int | None
    confirmation: str | None
    unread: bool = False
    held: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """To whom a unit's reminders go: `to` by `door`, None where there is no address in
    good health. `good` are all that are, case-folded. `works` are those in force.
    """

    unit: Unit
    to: str | None = None
    door: str = "smtp"
    good: frozenset[str] = frozenset()
    works: tuple[Registration, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """One reminder as it stands in the outbox; `day` is the office's day on which it
    left or may have left, None for one that waits or was called off.
    """

    unit: str
    phase: str
    deadline: date
    step: str
    audience: Audience
    state: ItemState
    day: date | None


@dataclass(frozen=True, slots=True)
class ReminderKey:
    """What makes a reminder the same one: the database takes it once."""

    campaign: str
    unit: str
    phase: PhaseName
    deadline: date
    step: str
    audience: Audience

    @property
    def text(self) -> str:
        """Return it as the key of an outbox item."""
        parts = (self.campaign, self.unit, self.phase, self.deadline.isoformat())
        return "|".join((*parts, self.step, self.audience))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A reminder that is due: to which address by which door, and what it says."""

    key: ReminderKey
    to: str
    door: str
    facts: ReminderFacts


@dataclass(frozen=True, slots=True)
class Queued:
    """A reminder whose turn has come, for whoever looks again whether it is owed."""

    key: ReminderKey
    to: str
    door: str
    facts: ReminderFacts
    attempts: int
    released: bool


@dataclass(frozen=True, slots=True)
class Go:
    """It is owed as it stands."""


@dataclass(frozen=True, slots=True)
class Wait:
    """It may not go before `until` (aware)."""

    until: datetime


@dataclass(frozen=True, slots=True)
class CallOff:
    """It goes no more; `reason` is the item's: `delivered`, `held`, …"""

    reason: str


@dataclass(frozen=True, slots=True)
class Renew:
    """It is owed, but not as it was written: these facts, to this address."""

    wanted: Wanted


Verdict = Go | Wait | CallOff | Renew
