"""Who is reminded now: a phase's step, what a unit owes, what it was told already.

It reads nothing and keeps nothing; that a reminder is one only, the database holds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from daemon.decide.form import fits, form_of
from daemon.schedule.calendar import Calendar, calendar_of
from daemon.schedule.steps import (
    OPENS,
    Hours,
    Step,
    due_step,
    hours_of,
    named_day,
    offset_of,
    opening_of,
    steps_of,
)
from parsers.values.campaign import Campaign, Phase
from parsers.values.form import FormFacts
from parsers.values.outbox import Missing, ReminderFacts
from parsers.values.reminder import (
    Audience,
    Contact,
    Past,
    ReminderKey,
    ReminderRules,
    Standing,
    Wanted,
)

_OWES = ("missing", "partial")
_CAME = ("complete", "over")


@dataclass(frozen=True, slots=True)
class Agenda:
    """A phase whose `step` is due, and the rules that it obeys."""

    campaign: Campaign
    phase: Phase
    step: Step
    rules: ReminderRules


@dataclass(frozen=True, slots=True)
class Almanac:
    """All that says when: plans, rules, the office's zone, and its first day here."""

    campaigns: tuple[Campaign, ...]
    rules: ReminderRules
    zone: ZoneInfo
    since: date

    @property
    def hours(self) -> Hours:
        """Return the hours in which reminders leave."""
        return hours_of(self.rules, self.zone)

    def steps(self, campaign: Campaign, phase: Phase) -> tuple[Step, ...]:
        """Return all steps of a phase in order, its opening among them."""
        calendar = self.calendar(campaign)
        given = (phase, self.rules, calendar, self.zone)
        steps = steps_of(*given)
        if phase.name != "results":
            return steps
        return tuple(sorted((opening_of(*given), *steps), key=_in_time))

    def calendar(self, campaign: Campaign) -> Calendar:
        """Return the calendar that a plan goes by."""
        return calendar_of(campaign.off, campaign.work)

    def due(self, campaign: Campaign, phase: Phase, now: datetime) -> tuple[Step, ...]:
        """Return the steps of a phase that are due at `now`: one, or none.

        The opening and a step of the same morning are both due: it stands outside their
        count.
        """
        steps = self.steps(campaign, phase)
        regular = [s for s in steps if s.name != OPENS]
        opening = [s for s in steps if s.name == OPENS]
        later = [s for s in regular if opening and s.at > opening[0].at]
        found = [due_step([*opening, *later], now, self.since)] if opening else []
        found = [s for s in found if s is not None and s.name == OPENS]
        last = due_step(regular, now, self.since)
        return tuple(s for s in (*found, last) if s is not None)

    def came_between(self, looked: datetime, now: datetime) -> tuple[Agenda, ...]:
        """Return the steps whose time came after `looked` and by `now`."""
        return tuple(
            Agenda(campaign, phase, step, self.rules)
            for campaign in self.campaigns
            for phase in campaign.phases
            for step in self.steps(campaign, phase)
            if looked < step.at <= now and step.day >= self.since
        )

    def passed(self, looked: datetime, now: datetime) -> tuple[Agenda, ...]:
        """Return those of them that are not due any more: they were slept through."""
        came = self.came_between(looked, now)
        return tuple(
            a for a in came if a.step not in self.due(a.campaign, a.phase, now)
        )

    def agendas(self, now: datetime) -> tuple[Agenda, ...]:
        """Return every phase of every plan that has a step due, the earlier deadlines
        first; none at night.
        """
        if not self.hours.is_day(now):
            return ()
        found = [
            Agenda(campaign, phase, step, self.rules)
            for campaign in self.campaigns
            for phase in campaign.phases
            for step in self.due(campaign, phase, now)
        ]
        return tuple(sorted(found, key=lambda one: one.phase.deadline))


def missing_of(standing: Standing, rules: ReminderRules) -> Missing | None:
    """Return what a unit still owes in a phase; None where nothing is owed."""
    if standing.state in _OWES:
        if standing.came:
            return "some"
        return "unreadable" if standing.unread or standing.versions else "everything"
    unsigned = standing.confirmation in (None, "absent")
    signs = rules.confirmation and standing.phase == "registration"
    if signs and standing.state in _CAME and standing.came and unsigned:
        return "confirmation"
    return None


def may_be_told(
    agenda: Agenda, past: Iterable[Past], audience: Audience, today: date
) -> Literal["yes", "gap", "cap"]:
    """Return whether gap and cap leave room for one more reminder on that day.

    `past` are the unit's in this plan. The opening neither counts nor is counted.
    """
    if agenda.step.name == OPENS:
        return "yes"
    left = [p for p in past if p.audience == audience and p.step != OPENS]
    days = [p.day for p in left if p.day is not None]
    if days and (today - max(days)).days < agenda.rules.min_gap_days:
        return "gap"
    # After the clock was set back, a reminder of tomorrow may have left already.
    if days and max(days) > today:
        return "gap"
    in_phase = [p for p in left if p.day and p.phase == agenda.phase.name]
    return "cap" if len(in_phase) >= agenda.rules.max_per_phase else "yes"


def wanted_of(
    agenda: Agenda,
    standing: Standing,
    contact: Contact,
    past: Sequence[Past],
    today: date,
) -> tuple[Wanted, ...]:
    """Return the reminders of one unit that are due and were not queued before."""
    if standing.held or missing_of(standing, agenda.rules) is None:
        return ()
    found = []
    for audience in audiences(agenda, contact):
        to = address_of(contact, audience)
        known = any(same(p, agenda, audience) for p in past)
        told = may_be_told(agenda, past, audience, today)
        if to is not None and not known and told == "yes":
            found.append(written(agenda, standing, contact, past, audience))
    return tuple(found)


def audiences(agenda: Agenda, contact: Contact) -> tuple[Audience, ...]:
    """Return to whom the step speaks: the unit, and from some step on its leader."""
    start = agenda.rules.leader_from
    if not start or agenda.step.name == OPENS:
        return ("unit",)
    leader, to = contact.unit.leader_address, contact.to
    same_box = leader and to and leader.casefold() == to.casefold()
    late = agenda.step.offset >= offset_of(start)
    return ("unit", "leader") if late and leader and not same_box else ("unit",)


def address_of(contact: Contact, audience: Audience) -> str | None:
    """Return where a reminder for the audience goes."""
    return contact.to if audience == "unit" else contact.unit.leader_address


def same(past: Past, agenda: Agenda, audience: Audience) -> bool:
    """Return whether that is the reminder of this step to this audience."""
    return (past.phase, past.deadline, past.step, past.audience) == (
        agenda.phase.name,
        agenda.phase.deadline,
        agenda.step.name,
        audience,
    )


def written(
    agenda: Agenda,
    standing: Standing,
    contact: Contact,
    past: Sequence[Past],
    audience: Audience,
) -> Wanted:
    """Return the reminder as it would be written now, whether or not it is due."""
    campaign, phase = agenda.campaign, agenda.phase
    missing = missing_of(standing, agenda.rules) or "everything"
    form = None
    if audience == "unit" and missing != "confirmation" and _is_first(agenda, past):
        form = _form(agenda, contact)
    return Wanted(
        key=ReminderKey(
            campaign=campaign.number,
            unit=standing.unit,
            phase=phase.name,
            deadline=phase.deadline,
            step=agenda.step.name,
            audience=audience,
        ),
        to=address_of(contact, audience) or "",
        door=contact.door if audience == "unit" else "smtp",
        facts=ReminderFacts(
            campaign=campaign.number,
            campaign_title=campaign.title,
            phase=phase.name,
            step=agenda.step.name,
            audience=audience,
            unit=standing.unit,
            unit_name=contact.unit.name,
            salutation=contact.unit.salutation,
            leader=contact.unit.leader if audience == "leader" else None,
            missing=missing,
            named=named_day(phase),
            came=standing.came,
            owed=standing.owed,
            asked=standing.asked,
            form=form,
        ),
    )


def _is_first(agenda: Agenda, past: Sequence[Past]) -> bool:
    """Return whether a unit was not reminded of that phase yet."""
    told = (p for p in past if p.audience == "unit" and p.day is not None)
    return all(p.phase != agenda.phase.name for p in told)


def _form(agenda: Agenda, contact: Contact) -> FormFacts | None:
    """Return the form that goes with a unit's first reminder of a phase.

    It holds the works that are known; without any it is blank. One that is too long to
    be filled in by hand does not go.
    """
    form = form_of(agenda.campaign, agenda.phase.name, contact.unit, contact.works)
    return form if fits(form) else None


def _in_time(step: Step) -> datetime:
    return step.at
