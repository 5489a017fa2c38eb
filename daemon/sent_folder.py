"""Whether a mail of unknown outcome left after all: the account's Sent folder knows.

It decides nothing about the mail.
"""

from collections.abc import Collection
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

    def holds(self, message_ids: Collection[str]) -> frozenset[str] | None:
        """Return which of the mails stand there; None where nobody can say now.

        An account without a Sent folder holds none of them.
        """
        try:
            with imap.connect(self.account) as session:
                (folder,) = session.resolve((self.account.sent_folder,))
                if not isinstance(folder, FolderName):
                    return frozenset()
                return frozenset(
                    one
                    for one in message_ids
                    if session.find_in(folder.name, one, (KEY_HEADER, _key(one)))
                )
        except MailboxError as error:
            journal.mailbox_failed(self.account.name, error, 0)
            return None


def _key(message_id: str) -> str:
    """Return our key: the last word of a Message-ID's left side (`kind.key`)."""
    return message_id.strip("<>").partition("@")[0].rpartition(".")[2]
