"""Plans, units and reminders of them, for tests that speak of the schedule."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from config.campaign import load_campaign
from config.settings import SHIPPED_CAMPAIGN
from daemon.schedule.due import Agenda, Almanac
from parsers.values.campaign import Campaign
from parsers.values.reminder import Contact, Past, ReminderRules, Standing
from parsers.values.unit import Unit

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PLAN = load_campaign(SHIPPED_CAMPAIGN)
DEADLINE = date(2021, 6, 10)
WARD = Unit("P09", "Phường 9", "phuong", addresses=("p9@example.org",))


def moment(text: str) -> datetime:
    """Return the instant of `2021-06-08 08:00` at the office."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def an_almanac(
    campaign: Campaign = PLAN, since: str = "2021-05-01", **rules: Any
) -> Almanac:
    """Return the schedule of one plan."""
    made = ReminderRules(**rules)
    return Almanac((campaign,), made, ZONE, date.fromisoformat(since))


def a_plan(phase: str = "registration", **named: Any) -> Campaign:
    """Return the shipped plan with one of its phases changed; dates as text."""
    dates = {
        key: date.fromisoformat(value) if isinstance(value, str) else value
        for key, value in named.items()
    }
    phases = (replace(p, **dates) if p.name == phase else p for p in PLAN.phases)
    return replace(PLAN, phases=tuple(phases))


def an_agenda(text: str, almanac: Almanac | None = None) -> Agenda:
    """Return the one agenda that is due at an instant."""
    (found,) = (almanac or an_almanac()).agendas(moment(text))
    return found


def a_standing(state: str = "missing", **named: Any) -> Standing:
    """Return where the ward stands."""
    given: dict[str, Any] = {
        "unit": "P09",
        "phase": "registration",
        "versions": 0 if state == "missing" else 1,
        "came": {"partial": 8, "complete": 10, "over": 12}.get(state, 0),
        "owed": 10,
        "confirmation": "signed",
    }
    return Standing(state=state, **(given | named))


def a_contact(unit: Unit = WARD, **named: Any) -> Contact:
    """Return how the ward is reached: by the first address of its file."""
    to = unit.addresses[0] if unit.addresses else None
    good = frozenset(address.casefold() for address in unit.addresses)
    given: dict[str, Any] = {"to": to, "good": good}
    return Contact(unit, **(given | named))


def a_past(step: str, day: str | None, **named: Any) -> Past:
    """Return a reminder of the ward that left on a day, or did not."""
    given: dict[str, Any] = {
        "unit": "P09",
        "phase": "registration",
        "deadline": DEADLINE,
        "audience": "unit",
        "state": "sent" if day else "pending",
    }
    left = date.fromisoformat(day) if day else None
    return Past(step=step, day=left, **(given | named))


def names(almanac: Almanac, phase: str) -> list[tuple[str, str]]:
    """Return the steps of a phase as pairs of name and day."""
    (campaign,) = almanac.campaigns
    found = campaign.phase(phase)
    assert found is not None
    return [(s.name, s.day.isoformat()) for s in almanac.steps(campaign, found)]
