"""Reminders, from the plan to the outbox, and looked at again when their turn comes.

What is due is the schedule's to say, and what stands the database's; this brings them
together in one transaction. It composes and sends nothing, and no clock wakes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from daemon import journal
from daemon.clock import Clock
from daemon.schedule.again import Known, look_again
from daemon.schedule.due import (
    Agenda,
    Almanac,
    may_be_told,
    missing_of,
    same,
    wanted_of,
)
from daemon.schedule.steps import OPENS
from parsers.values.campaign import Campaign, Phase
from parsers.values.outbox import WaitReason
from parsers.values.reminder import (
    CallOff,
    Contact,
    Past,
    Queued,
    ReminderRules,
    Standing,
    Verdict,
    Wait,
    Wanted,
)
from storage import duties, reminders, settled
from storage.database import Connection, Database
from storage.duties import PhaseAsked
from storage.events import PROGRAM
from storage.first_start import first_start
from storage.folders import folder_states

#: Until when steps were looked for, in the table of settled facts.
_LOOKED = "reminders.looked"
#: How soon a reminder is looked at again that waits for mail to be read.
_SOON = timedelta(minutes=1)
#: After so long without a look at a mailbox nobody knows who has delivered.
_BLIND_AFTER = timedelta(minutes=30)
_SAID_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Due:
    """What is due now: pairs of agenda and reminder, and whom a mail cannot help.

    `no_address` are units that owe and have no address in good health, for the
    telephone; `held` those whose mail waits for a person of the office.
    """

    wanted: tuple[tuple[Agenda, Wanted], ...] = ()
    no_address: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


@dataclass(slots=True)
class Reminding:
    """Everything that reminders are decided by.

    `folders` are mailboxes whose answers go to a folder. `watched` are the mailboxes
    without a fresh look at which nobody is reminded; the commands of a person ask none.
    """

    database: Database
    clock: Clock
    campaigns: tuple[Campaign, ...]
    rules: ReminderRules
    zone: ZoneInfo
    folders: frozenset[str] = frozenset()
    by_person: bool = False
    watched: tuple[str, ...] = ()
    _said: datetime | None = None

    def preview(self) -> Due:
        """Return what is due now; changes nothing."""
        with self.database.read() as connection:
            return self._due(connection, self.clock.now())

    def queue(self, by: str = PROGRAM) -> Due:
        """Put what is due now into the outbox, once; return what was due.

        Choice and entry are one transaction. Steps that went by unsent are noted.
        """
        now = self.clock.now()
        with self.database.write() as connection:
            due = self._due(connection, now)
            waits: WaitReason | None = "release" if self._waits(connection) else None
            wanted = [one for _, one in due.wanted]
            new = reminders.queue(connection, wanted, now, by, waits)
            passed = self._note_passed(connection, now)
        for one in passed:
            journal.reminder_missed(one.campaign.number, one.phase.name, one.step.name)
        if new:
            steps = {agenda.step for agenda, _ in due.wanted}
            moved = sorted(f"{s.name}: {s.moved}" for s in steps if s.moved)
            counts = (len(new), len(due.no_address), len(due.held))
            journal.reminders_queued(*counts, moved)
        return due

    def tick(self) -> bool:
        """Queue what is due, unless a mailbox was not looked at lately; say whether
        there is anything new to send.
        """
        now = self.clock.now()
        with self.database.read() as connection:
            if self._blind(connection, now):
                self._say_blind(connection, now)
                return False
            looked = _looked(connection)
            almanac = self._almanac(connection, now)
            quiet = looked is not None and not almanac.came_between(looked, now)
            if quiet and not self._due(connection, now).wanted:
                return False
        return bool(self.queue().wanted)

    def look_again(self, connection: Connection, item: int, now: datetime) -> Verdict:
        """Return what becomes of a queued reminder, in the transaction that claims it.

        While mail is unread, or a mailbox was not looked at lately, it waits.
        """
        queued = reminders.find_queued(connection, item)
        if queued is None:
            return CallOff("unknown")
        if duties.has_unread(connection, now) or self._blind(connection, now):
            return Wait(now + _SOON)
        almanac = self._almanac(connection, now)
        return look_again(almanac, queued, self._known(connection, queued), now)

    def _known(self, connection: Connection, queued: Queued) -> Known:
        key = queued.key
        plan = next((c for c in self.campaigns if c.number == key.campaign), None)
        phase = plan.phase(key.phase) if plan else None
        contact = duties.contacts(
            connection, key.campaign, self.folders, [key.unit]
        ).get(key.unit)
        past = reminders.past_reminders(
            connection, key.campaign, self._day_of, [key.unit]
        )
        standing = None
        if phase is not None and contact is not None:
            asked = self._asked(key.campaign, phase)
            found = duties.standings(connection, asked, [key.unit])
            standing = found[0] if found else None
        return Known(standing, contact, past.get(key.unit, ()))

    def _due(self, connection: Connection, now: datetime) -> Due:
        agendas = self._almanac(connection, now).agendas(now)
        if not agendas:
            return Due()
        wanted: list[tuple[Agenda, Wanted]] = []
        silent: dict[str, None] = {}
        held: dict[str, None] = {}
        for agenda in agendas:
            told = self._of_agenda(connection, agenda, now)
            wanted += [(agenda, one) for one in told.wanted]
            silent |= dict.fromkeys(told.no_address)
            held |= dict.fromkeys(told.held)
        return Due(_once_a_day(wanted), tuple(silent), tuple(held))

    def _of_agenda(
        self, connection: Connection, agenda: Agenda, now: datetime
    ) -> "_Told":
        number, today = agenda.campaign.number, self._day_of(now)
        known = duties.contacts(connection, number, self.folders)
        past = reminders.past_reminders(connection, number, self._day_of)
        standings = duties.standings(connection, self._asked(number, agenda.phase))
        owing = [
            s
            for s in standings
            if missing_of(s, agenda.rules) is not None and s.unit in known
        ]
        wanted = [
            one
            for s in owing
            for one in wanted_of(agenda, s, known[s.unit], past.get(s.unit, ()), today)
        ]
        return _Told(
            wanted,
            [s.unit for s in owing if _silent(agenda, s, known, past, today)],
            [s.unit for s in owing if s.held],
        )

    def _almanac(self, connection: Connection, now: datetime) -> Almanac:
        since = first_start(connection) or now
        return Almanac(self.campaigns, self.rules, self.zone, self._day_of(since))

    def _asked(self, campaign: str, phase: Phase) -> PhaseAsked:
        opened = datetime.combine(phase.opens, datetime.min.time(), self.zone)
        return PhaseAsked(campaign, phase.name, opened)

    def _day_of(self, instant: datetime) -> date:
        return instant.astimezone(self.zone).date()

    def _waits(self, connection: Connection) -> bool:
        """Return whether a person must let reminders go: always, or while what the
        first pass would have said waits too and nobody asked for reminders.
        """
        unasked = bool(self.watched) and duties.first_pass_waits(connection)
        return self.by_person or unasked

    def _blind(self, connection: Connection, now: datetime) -> bool:
        if not self.watched:
            return False
        seen: dict[str, list[datetime]] = {}
        for state in folder_states(connection):
            if state.last_success is not None and state.first_pass_done:
                seen.setdefault(state.mailbox, []).append(state.last_success)
        oldest = now - _BLIND_AFTER
        return any(min(seen.get(m, [oldest])) <= oldest for m in self.watched)

    def _say_blind(self, connection: Connection, now: datetime) -> None:
        """Say once an hour that somebody would be reminded if we knew who has sent."""
        if self._said is not None and now - self._said < _SAID_AGAIN:
            return
        if self._due(connection, now).wanted:
            self._said = now
            journal.reminders_wait(self.watched)

    def _note_passed(self, connection: Connection, now: datetime) -> tuple[Agenda, ...]:
        """Return the steps that went by unsent since the last look, and keep it."""
        looked = _looked(connection)
        if looked is not None and looked >= now:
            return ()
        settled.put(connection, _LOOKED, now.isoformat())
        if looked is None:
            return ()
        return self._almanac(connection, now).passed(looked, now)


@dataclass(frozen=True, slots=True)
class _Told:
    """What one agenda asks for."""

    wanted: list[Wanted]
    no_address: list[str]
    held: list[str]


def _looked(connection: Connection) -> datetime | None:
    text = settled.get(connection, _LOOKED)
    return datetime.fromisoformat(text) if text else None


def _silent(
    agenda: Agenda,
    standing: Standing,
    known: Mapping[str, Contact],
    past: Mapping[str, Sequence[Past]],
    today: date,
) -> bool:
    """Return whether a unit owes, and no mail can tell it so."""
    told = past.get(standing.unit, ())
    if standing.held or known[standing.unit].to is not None:
        return False
    known_already = any(same(p, agenda, "unit") for p in told)
    return not known_already and may_be_told(agenda, told, "unit", today) == "yes"


def _once_a_day(
    wanted: Sequence[tuple[Agenda, Wanted]],
) -> tuple[tuple[Agenda, Wanted], ...]:
    """Leave each audience of a unit one reminder of a plan, the first; openings stand
    outside.
    """
    found: dict[tuple[str, ...], tuple[Agenda, Wanted]] = {}
    for agenda, one in wanted:
        key, step = one.key, one.key.step
        apart = (key.phase,) if step == OPENS or not agenda.rules.min_gap_days else ()
        found.setdefault((key.campaign, key.unit, key.audience, *apart), (agenda, one))
    return tuple(found.values())
