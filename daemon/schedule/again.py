"""Looked at once more, when its turn has come: may this reminder leave as it stands?

It is asked in the transaction that claims; the answer is a value, and nothing is done.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from daemon.schedule.due import (
    Agenda,
    Almanac,
    address_of,
    may_be_told,
    missing_of,
    same,
    written,
)
from daemon.schedule.steps import GRACE, OPENS
from parsers.values.reminder import (
    CallOff,
    Contact,
    Go,
    Past,
    Queued,
    Renew,
    Standing,
    Verdict,
    Wait,
)

DELIVERED = "delivered"
HELD = "held"
MOVED = "deadline_moved"
PASSED = "step_passed"
ENOUGH = "enough"
CHANGED = "changed"
NO_ADDRESS = "no_address"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the unit in the transaction that claims.

    The first two are None for a unit of which the plan knows nothing any more.
    """

    standing: Standing | None
    contact: Contact | None
    past: Sequence[Past]


def look_again(
    almanac: Almanac, queued: Queued, known: Known, now: datetime
) -> Verdict:
    """Return whether a queued reminder goes, waits, is written anew or called off."""
    standing, contact = known.standing, known.contact
    if standing is None or contact is None:
        return CallOff(DELIVERED)
    if missing_of(standing, almanac.rules) is None:
        return CallOff(DELIVERED)
    if standing.held:
        return CallOff(HELD)
    agenda = _agenda(almanac, queued)
    if agenda is None:
        return CallOff(MOVED)
    early = _in_its_time(almanac, agenda, queued, now)
    if early is not None:
        return early
    room = _room(almanac, agenda, queued, known.past, now)
    return room or _as_written(agenda, queued, standing, contact, known.past)


def _agenda(almanac: Almanac, queued: Queued) -> Agenda | None:
    """Return the reminder's step as the plan has it today; None for another series."""
    for campaign in almanac.campaigns:
        phase = campaign.phase(queued.key.phase)
        if campaign.number != queued.key.campaign or phase is None:
            continue
        if phase.deadline != queued.key.deadline:
            return None
        for step in almanac.steps(campaign, phase):
            if step.name == queued.key.step:
                return Agenda(campaign, phase, step, almanac.rules)
    return None


def _in_its_time(
    almanac: Almanac, agenda: Agenda, queued: Queued, now: datetime
) -> Verdict | None:
    step = agenda.step
    if now < step.at:
        return Wait(step.at)
    steps = almanac.steps(agenda.campaign, agenda.phase)
    if any(step.at < other.at <= now for other in steps if other.name != OPENS):
        return CallOff(PASSED)
    # What a person let go late leaves late, as long as no later step speaks.
    if now - step.at > GRACE and not queued.released:
        return CallOff(PASSED)
    day = almanac.hours.next_day(now)
    return Wait(day) if day > now else None


def _room(
    almanac: Almanac,
    agenda: Agenda,
    queued: Queued,
    past: Sequence[Past],
    now: datetime,
) -> Verdict | None:
    """Return what gap and cap say; None where they leave room."""
    audience = queued.key.audience
    others = [p for p in past if not same(p, agenda, audience)]
    today = almanac.hours.date(now)
    told = may_be_told(agenda, others, audience, today)
    if told == "cap":
        return CallOff(ENOUGH)
    tomorrow = almanac.hours.morning(today + timedelta(days=1))
    return Wait(tomorrow) if told == "gap" else None


def _as_written(
    agenda: Agenda,
    queued: Queued,
    standing: Standing,
    contact: Contact,
    past: Sequence[Past],
) -> Verdict:
    audience = queued.key.audience
    if address_of(contact, audience) is None:
        return CallOff(NO_ADDRESS)
    others = [p for p in past if not same(p, agenda, audience)]
    wanted = written(agenda, standing, contact, others, audience)
    if wanted.facts == queued.facts and _reaches(queued, contact):
        return Go()
    # What was tried once may have arrived: then other words would be a second mail.
    return CallOff(CHANGED) if queued.attempts else Renew(wanted)


def _reaches(queued: Queued, contact: Contact) -> bool:
    to = queued.to.casefold()
    if queued.key.audience == "leader":
        return to == (contact.unit.leader_address or "").casefold()
    return to in contact.good
