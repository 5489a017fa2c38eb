"""A campaign lived through by the pure schedule alone: outages, deliveries, clocks.

The outbox is a dictionary under the key that the database would hold, and whatever a
real process forgets at a restart is not kept here at all.
"""

import random
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from daemon.schedule.again import Known, look_again
from daemon.schedule.due import Almanac, missing_of, wanted_of
from parsers.values.campaign import Phase
from parsers.values.outbox import ItemState
from parsers.values.reminder import (
    CallOff,
    Contact,
    Go,
    Past,
    Queued,
    ReminderKey,
    Renew,
    Standing,
    Wait,
)
from tests.builders.reminders import ZONE, a_contact, a_plan, a_standing, an_almanac

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass
class Item:
    """A reminder in the outbox."""

    queued: Queued
    state: ItemState = "pending"
    not_before: datetime | None = None
    left: datetime | None = None


@dataclass(frozen=True)
class Sent:
    """A mail that left: when by the program's clock, and what was owed at that time."""

    key: ReminderKey
    at: datetime
    standing: Standing


@dataclass
class World:
    """One unit in one phase, an outbox, and all mails that left."""

    almanac: Almanac
    contact: Contact
    standing: Standing
    outbox: dict[ReminderKey, Item] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)

    def past(self) -> list[Past]:
        return [
            Past(
                item.queued.key.unit,
                item.queued.key.phase,
                item.queued.key.deadline,
                item.queued.key.step,
                item.queued.key.audience,
                item.state,
                self._day(item.left) if item.left else None,
            )
            for item in self.outbox.values()
        ]

    def tick(self, now: datetime) -> None:
        """Queue what is due; what stands under its key already stays as it is."""
        for agenda in self.almanac.agendas(now):
            if agenda.phase.name != self.standing.phase:
                continue
            today = self._day(now)
            past = self.past()
            for one in wanted_of(agenda, self.standing, self.contact, past, today):
                queued = Queued(one.key, one.to, one.door, one.facts, 0, False)
                self.outbox.setdefault(one.key, Item(queued))

    def send(self, now: datetime, luck: random.Random) -> None:
        """Claim what may go, each looked at again; some attempts come to nothing."""
        for item in self.outbox.values():
            waits = item.not_before is not None and now < item.not_before
            if item.state != "pending" or waits:
                continue
            verdict = self.verdict(item, now)
            if isinstance(verdict, CallOff):
                item.state = "cancelled"
            elif isinstance(verdict, Wait):
                item.not_before = verdict.until
            elif isinstance(verdict, Renew):
                made = verdict.wanted
                item.queued = replace(item.queued, facts=made.facts, to=made.to)
            elif isinstance(verdict, Go):
                self._attempt(item, now, luck)

    def verdict(self, item: Item, now: datetime) -> object:
        known = Known(self.standing, self.contact, self.past())
        return look_again(self.almanac, item.queued, known, now)

    def _attempt(self, item: Item, now: datetime, luck: random.Random) -> None:
        attempts = item.queued.attempts + 1
        item.queued = replace(item.queued, attempts=attempts)
        if luck.random() < 0.2:
            # The server was not there: it is tried again.
            item.not_before = now + 5 * MINUTE
            return
        item.state, item.left = "sent", now
        self.sent.append(Sent(item.queued.key, now, self.standing))

    def _day(self, instant: datetime) -> date:
        return instant.astimezone(self.almanac.zone).date()


def lived(seed: int) -> World:
    """Return the world after one campaign, with all that may go wrong in it."""
    luck = random.Random(seed)
    almanac = _almanac(luck)
    phase = almanac.campaigns[0].phases[0]
    world = World(almanac, a_contact(), a_standing())
    now = _first(luck, phase)
    world.almanac = replace(almanac, since=world._day(now))
    end = datetime.combine(phase.deadline + 8 * DAY, almanac.rules.at, almanac.zone)
    while now < end:
        _happens(world, luck)
        if luck.random() < 0.5:
            world.tick(now)
        if luck.random() < 0.3:
            # Between choice and claim a table may come.
            _happens(world, luck)
        world.send(now, luck)
        now = _next(world, now, luck)
    return world


def _almanac(luck: random.Random) -> Almanac:
    deadline = date(2021, 5, 12) + timedelta(days=luck.randrange(0, 140))
    stricter = deadline - timedelta(days=luck.randrange(0, 2))
    campaign = a_plan(
        opens="2021-05-01",
        deadline=deadline.isoformat(),
        named=stricter.isoformat(),
        day_counts=luck.random() < 0.8,
    )
    if campaign.phases[0].day_counts is False:
        campaign = a_plan(opens="2021-05-01", deadline=deadline.isoformat(), named=None)
    return an_almanac(
        campaign,
        min_gap_days=luck.choice((0, 1, 2, 2, 2, 3, 5)),
        max_per_phase=luck.choice((1, 3, 6, 6, 6)),
    )


def _first(luck: random.Random, phase: Phase) -> datetime:
    start = datetime.combine(phase.deadline - 18 * DAY, datetime.min.time(), ZONE)
    return start + timedelta(minutes=luck.randrange(0, 20 * 24 * 60))


def _next(world: World, now: datetime, luck: random.Random) -> datetime:
    """Return the next look at the clock: soon, after an outage, or after a jump."""
    chance = luck.random()
    if chance < 0.03:
        return now - timedelta(minutes=luck.randrange(1, 2 * 24 * 60))
    if chance < 0.10:
        return now + timedelta(minutes=luck.randrange(60, 4 * 24 * 60))
    if chance < 0.40:
        return now + timedelta(minutes=luck.randrange(1, 10))
    steps = world.almanac.steps(
        world.almanac.campaigns[0], world.almanac.campaigns[0].phases[0]
    )
    later = [s.at for s in steps if s.at > now]
    soon = now + timedelta(minutes=luck.randrange(30, 20 * 60))
    return min([soon, *later])


def _happens(world: World, luck: random.Random) -> None:
    """Let something come from the unit, or a person speak; mostly nothing does."""
    if luck.random() > 0.06:
        return
    world.standing = luck.choice(
        (
            a_standing("complete"),
            a_standing("partial"),
            a_standing("partial", came=9),
            a_standing("nil"),
            a_standing("excused"),
            a_standing("missing", unread=True),
            replace(world.standing, held=not world.standing.held),
            a_standing("missing"),
        )
    )


def owed(sent: Sent, almanac: Almanac) -> bool:
    """Return whether the unit owed anything, and nothing of it was with the office."""
    standing = sent.standing
    return missing_of(standing, almanac.rules) is not None and not standing.held
