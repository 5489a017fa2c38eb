"""Step seven: what the configuration wants to be seen on the server, after the commit.

It is for people only. The ledger is our memory; what could not be marked stays as it
is, and nothing depends on it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from daemon import journal
from daemon.mailbox import imap
from daemon.mailbox.account import MailboxAccount
from daemon.mailbox.errors import FolderRefusedError, MailboxError
from storage.database import Database
from storage.decisions import places_of

#: Where mail is moved to that was processed.
TARGET = "Hopthu"

#: UIDs by folder and UIDVALIDITY.
Places = Mapping[tuple[str, int], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Courtesy:
    """Labels or moves the processed mails of one mailbox."""

    account: MailboxAccount
    database: Database

    def show(self, processed: Collection[int]) -> None:
        """Mark messages on a connection of its own; a failure is told and forgotten."""
        places = self._places(processed)
        if not places:
            return
        try:
            with imap.connect(self.account) as session:
                self._mark(session, places)
        except MailboxError as error:
            journal.mailbox_failed(self.account.name, error, 0)

    def show_in(self, session: imap.Session, processed: Collection[int]) -> None:
        """Mark messages in an open session; raises MailboxError where it broke."""
        self._mark(session, self._places(processed))

    def _places(self, processed: Collection[int]) -> Places:
        if self.account.mark == "none" or not processed:
            return {}
        with self.database.read() as connection:
            return places_of(connection, self.account.name, processed)

    def _mark(self, session: imap.Session, places: Places) -> None:
        for (folder, uidvalidity), uids in places.items():
            try:
                if self.account.mark == "label":
                    session.label(folder, uidvalidity, uids)
                else:
                    session.move(folder, uidvalidity, uids, TARGET)
            except FolderRefusedError as error:
                # The session is as before: fetching must not suffer for a courtesy.
                journal.mailbox_failed(self.account.name, error, 0)
