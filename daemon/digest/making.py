"""One digest a campaign, day and recipient: read in one snapshot, then enqueued.

It composes and sends nothing: the outbox carries it like any other mail.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from daemon.clock import Clock
from daemon.digest.due import NotDue, Schedule, day_of, not_due
from daemon.digest.facts import Counts, Frame, digest_facts
from daemon.digest.lists import Snapshot
from parsers.values.campaign import Campaign
from parsers.values.summary import DigestFacts
from storage import summary
from storage.database import Connection, Database
from storage.folders import folder_states
from storage.status import UnitStatus, read_status


@dataclass(slots=True)
class Digests:
    """Makes digests of the plans; `page` is how people reach the page. `document` gives
    the status of a plan as a workbook, with what is different since the digest before.
    """

    database: Database
    clock: Clock
    schedule: Schedule
    campaigns: Sequence[Campaign]
    recipients: tuple[str, ...]
    page: str
    per_day: int | None
    document: Callable[[Connection, str, datetime | None], bytes]
    _looked: date | None = None

    def not_due(self) -> NotDue | None:
        """Return why no digest is due now; None where one is."""
        return not_due(self.schedule, self.clock.now())

    def enqueue_due(self) -> int:
        """Enqueue what is due and not there yet; return how many mails."""
        if self.not_due() is not None or not self.recipients:
            return 0
        return sum(self._enqueue(campaign) for campaign in self.campaigns)

    def enqueue_once(self) -> int:
        """Enqueue what is due, and look no more on a day that was looked at."""
        day = day_of(self.schedule, self.clock.now())
        if self._looked == day or self.not_due() is not None:
            return 0
        made = self.enqueue_due()
        self._looked = day
        return made

    def facts(self, campaign: Campaign) -> DigestFacts:
        """Return what a digest made now would say; nothing is stored."""
        with self.database.read() as connection:
            return self._read(connection, campaign, self.clock.now())

    def _enqueue(self, campaign: Campaign) -> int:
        now = self.clock.now()
        day = day_of(self.schedule, now)
        with self.database.read() as connection:
            to = summary.without_digest(
                connection, campaign.number, day, self.recipients
            )
            if not to:
                return 0
            facts = self._read(connection, campaign, now)
            if self.schedule.when == "if_changed":
                before = summary.last_fingerprint(connection, campaign.number)
                if before == facts.fingerprint:
                    return 0
        with self.database.write() as connection:
            return len(summary.enqueue_digest(connection, facts, to, now))

    def _read(
        self, connection: Connection, campaign: Campaign, now: datetime
    ) -> DigestFacts:
        day = day_of(self.schedule, now)
        since = summary.last_digest(connection, campaign.number, day)
        status = read_status(connection, campaign.number, now)
        counts = Counts(
            since=since,
            waiting=summary.unsent_counts(connection),
            not_for_us=summary.not_for_us(connection),
            spent=summary.spent(connection, now),
            document=self.document(connection, campaign.number, since),
        )
        frame = Frame(campaign, day, self.schedule.zone, self.page, self.per_day)
        seen = _snapshot(connection, campaign.number, since, status.units)
        return digest_facts(seen, status, folder_states(connection), counts, frame)


def _snapshot(
    connection: Connection,
    number: str,
    since: datetime | None,
    units: Sequence[UnitStatus],
) -> Snapshot:
    return Snapshot(
        units=units,
        new=summary.new_units(connection, number, since),
        contested=summary.marked(connection, number, "unit_contested"),
        doubles=summary.marked(connection, number, "duplicate_elsewhere"),
        held=summary.waiting_mails(connection, "held"),
        quarantined=summary.waiting_mails(connection, "quarantined"),
        noticed=summary.noticed_since(connection, number, since),
        learned=summary.learned_addresses(connection, since),
        unsent=summary.unsent(connection),
        returned=summary.returned(connection, since),
        contacts=summary.contacts(connection),
    )
