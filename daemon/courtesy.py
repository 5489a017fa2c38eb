"""Step seven: what the configuration wants to be seen on the server, after the commit.

It is for people only. The ledger is our memory; what could not be marked stays as it
is, and nothing depends on it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from daemon import journal
from daemon.mailbox import imap
from daemon.mailbox.account import MailboxAccount
from daemon.mailbox.errors import MailboxError
from storage.database import Database
from storage.decisions import places_of

#: Where mail is moved to that was processed.
TARGET = "Hopthu"


@dataclass(frozen=True, slots=True)
class Courtesy:
    """Labels or moves the processed mails of one mailbox."""

    account: MailboxAccount
    database: Database

    def show(self, processed: Collection[int]) -> None:
        """Mark messages on a connection of its own; a failure is told and forgotten."""
        if self.account.mark == "none" or not processed:
            return
        try:
            with imap.connect(self.account) as session:
                self.show_in(session, processed)
        except MailboxError as error:
            journal.mailbox_failed(self.account.name, error, 0)

    def show_in(self, session: imap.Session, processed: Collection[int]) -> None:
        """Mark messages in an open session; raises MailboxError."""
        with self.database.read() as connection:
            places = places_of(connection, self.account.name, processed)
        for (folder, uidvalidity), uids in places.items():
            if self.account.mark == "label":
                session.label(folder, uidvalidity, uids)
            else:
                session.move(folder, uidvalidity, uids, TARGET)
