"""Whether a mail of unknown outcome left after all: the account's Sent folder knows."""

from dataclasses import dataclass

from daemon import journal
from daemon.mailbox import imap
from daemon.mailbox.account import MailboxAccount
from daemon.mailbox.errors import MailboxError
from daemon.mailbox.listing import FolderName

#: The header that carries our own key; providers may replace Message-IDs.
KEY_HEADER = "X-Hopthu-Item"


@dataclass(frozen=True, slots=True)
class SentFolder:
    """The Sent folder of one account, asked over a connection of its own."""

    account: MailboxAccount

    def holds(self, message_id: str) -> bool:
        """Return whether the mail stands there; False where nobody can say.

        Our key is the first part of the Message-ID that we gave, between its dots.
        """
        key = message_id.strip("<>").partition("@")[0].rpartition(".")[2]
        try:
            with imap.connect(self.account) as session:
                (found,) = session.resolve((self.account.sent_folder,))
                if not isinstance(found, FolderName):
                    return False
                return session.find_in(found.name, message_id, (KEY_HEADER, key))
        except MailboxError as error:
            journal.mailbox_failed(self.account.name, error, 0)
            return False
