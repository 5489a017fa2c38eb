"""What became of a mail is written into the outbox, under the claim of who sent it.

It sends nothing. Every mark raises StaleLeaseError where the claim was taken over.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from daemon import journal
from daemon.clock import Clock
from daemon.smtp_reply import RefusedError, plain_words, was_policy
from parsers.returned import fate_of
from storage import bounces, outbox_lists, outcomes
from storage.database import Database
from storage.errors import TemporaryStorageError
from storage.events import PROGRAM
from storage.sending import Claimed

#: How long an account that refused us is left alone: for good, and for now.
PAUSE, REST = timedelta(hours=1), timedelta(minutes=15)


@dataclass(slots=True)
class Report:
    """What one pass did. `unreachable` says why no mail server could be spoken to,
    `again` when pause or budget leave room for more mail by SMTP.
    """

    sent: int = 0
    waiting: int = 0
    unreachable: str | None = None
    again: datetime | None = None


@dataclass(frozen=True, slots=True)
class Marking:
    """Writes the mark, then the journal's line, then counts it in the report."""

    database: Database
    clock: Clock
    jitter: random.Random

    def sent(self, item: Claimed, reply: str, report: Report) -> None:
        """Mark a mail that was taken."""
        try:
            self._sent(item, reply)
        except TemporaryStorageError:
            # It has left: a mark that is lost costs the recipient a second copy.
            self._sent(item, reply)
        journal.mail_sent(item.id, item.kind)
        report.sent += 1

    def unknown(self, item: Claimed, words: str, report: Report) -> None:
        """Mark a mail of which nobody knows whether it was taken."""
        with self.database.write() as connection:
            outcomes.unknown(connection, item, self.clock.now(), words)
        journal.mail_unknown(item.id)
        report.waiting += 1

    def later(self, item: Claimed, words: str, report: Report) -> None:
        """Mark a mail that did not leave and is tried again."""
        share = self.jitter.uniform(-0.2, 0.2)
        now, reply = self.clock.now(), plain_words(words)
        with self.database.write() as connection:
            outcomes.temporary(connection, item, now, reply, share)
        journal.mail_waits(item.id, "temporary")
        report.waiting += 1

    def refused(self, item: Claimed, error: RefusedError, report: Report) -> None:
        """Mark a mail that was refused: for now, for good, or not for its own sake.

        One mail pauses the account by a refusal of policy only once: else a recipient
        whom the server never takes would keep everyone's mail back.
        """
        verdict = error.verdict
        if verdict == "policy":
            verdict = "later" if self._paused_before(item) else "account"
        if verdict == "account":
            self._pause(item, error, report)
        elif verdict == "later":
            self.later(item, str(error), report)
        else:
            self._failed(item, error)

    def _sent(self, item: Claimed, reply: str) -> None:
        with self.database.write() as connection:
            outcomes.sent(connection, item, self.clock.now(), reply)

    def _failed(self, item: Claimed, error: RefusedError) -> None:
        now, words = self.clock.now(), str(error)
        with self.database.write() as connection:
            outcomes.failed(connection, item, now, words)
            if error.stage == "RCPT":
                # What is refused after the address may lie in the mail.
                fate = fate_of(words)
                bounces.note_refused(connection, item.id, fate, words, now, PROGRAM)
        journal.mail_failed(item.id, error.code)

    def _paused_before(self, item: Claimed) -> bool:
        with self.database.read() as connection:
            line = outbox_lists.find_item(connection, item.id)
        return line is not None and was_policy(line.last_reply)

    def _pause(self, item: Claimed, error: RefusedError, report: Report) -> None:
        now = self.clock.now()
        until = now + (REST if 400 <= error.code < 500 else PAUSE)
        with self.database.write() as connection:
            outcomes.account_paused(connection, item, now, until, str(error))
        journal.mail_waits(item.id, "account_paused")
        report.waiting += 1
        report.unreachable = str(error)
