r"""A logged-in connection with one folder open, and what breaks it.

Every command of this room goes through `talk` or `wire`, which turn what the link or
the server does wrong into our errors and close the link where its answers can no longer
be trusted. It judges no mail.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

import imapclient

from daemon.mailbox.account import MailboxAccount
from daemon.mailbox.connecting import LINK_ERRORS, close, open_client, translated
from daemon.mailbox.errors import (
    FolderRefusedError,
    MailboxError,
    MailboxUnreachableError,
)
from daemon.mailbox.searching import search_uids
from daemon.mailbox.wire import FetchWire

#: Seconds after which a connection is renewed: half-dead links do not tell.
_CONNECTION_AGE = 25 * 60
#: Codes that imaplib files away even when the command itself went well.
_SLOW = {"THROTTLED", "OVERQUOTA"}

Monotonic = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Selected:
    """The folder that is open. `keywords` are the flags that the server would keep."""

    folder: str
    uidvalidity: int
    exists: int
    keywords: tuple[str, ...]


class Link:
    """One connection; it belongs to one thread and is never mended."""

    def __init__(
        self, account: MailboxAccount, monotonic: Monotonic = time.monotonic
    ) -> None:
        """Connect and log in; raises what `open_client` raises."""
        self.account = account
        self.monotonic = monotonic
        self.client: imapclient.IMAPClient = open_client(account)
        self.selected: Selected | None = None
        self.closed = False
        #: The code by which the server asked for less while it still answered.
        self.slow: str | None = None
        self._opened = monotonic()

    @property
    def expired(self) -> bool:
        """Return whether the connection is so old that it should be made anew."""
        return self.monotonic() - self._opened > _CONNECTION_AGE

    def close(self) -> None:
        """Log out if the connection still works; close it in any case."""
        if not self.closed:
            with suppress(*LINK_ERRORS):
                self.client.logout()
        self.discard()

    def discard(self) -> None:
        """Close the connection without a word."""
        self.closed = True
        self.selected = None
        close(self.client)

    @contextmanager
    def talk(self, what: str) -> Iterator[None]:
        """Raise our errors for what goes wrong inside; `what` begins their sentence.

        After a socket's error the tags are out of step and later answers would be
        misread: the link is thrown away, save after a plain NO.
        """
        if self.closed:
            raise MailboxUnreachableError(f"{what}: the session is closed")
        try:
            yield
            told = _SLOW & set(self._imap.untagged_responses)
            self.slow = next(iter(told), self.slow)
        except MailboxError as error:
            self._after(error)
            raise
        except LINK_ERRORS as error:
            ours = translated(f"{self.account.name}: {what}", error)
            self._after(ours)
            raise ours from error

    def _after(self, error: MailboxError) -> None:
        if not isinstance(error, FolderRefusedError):
            self.discard()

    @contextmanager
    def wire(self, literal_bytes: int) -> Iterator[FetchWire]:
        """Lend the connection to a FetchWire; close it if answers are left over."""
        wire = FetchWire(_Whole(self._imap), literal_bytes)
        with self.talk("FETCH"):
            try:
                yield wire
            finally:
                self.slow = wire.slow or self.slow
                if not wire.idle:
                    # Nobody will read the answers that are under way, so the next
                    # command would be given them.
                    self.discard()

    def select(self, folder: str, readonly: bool = True) -> Selected:
        """Open `folder` anew, by EXAMINE unless asked otherwise.

        Raises FolderRefusedError for a folder that cannot be opened or that has no
        UIDVALIDITY, and the errors of the link.
        """
        self.selected = None
        with self.talk(f"open {folder}"):
            told = self.client.select_folder(folder, readonly=readonly)
        if b"UIDVALIDITY" not in told:
            raise FolderRefusedError(f"{folder}: the server keeps no lasting UIDs")
        words = told.get(b"PERMANENTFLAGS", ())
        self.selected = Selected(
            folder,
            told[b"UIDVALIDITY"],
            told[b"EXISTS"],
            tuple(word.decode("latin-1") for word in words),
        )
        return self.selected

    def search(self, low: int = 1, since: date | None = None) -> tuple[int, ...]:
        """Return the UIDs of the open folder from `low` on, rising.

        `since` is compared by the server: dates without time and zone.
        """
        exists = self.selected.exists if self.selected else 0
        with self.talk("SEARCH"):
            return search_uids(self.client, exists, low, since)

    @property
    def _imap(self) -> Any:
        return self.client._imap


class _Whole:
    """imaplib's connection with literals of any size; FetchWire has its own bound."""

    def __init__(self, imap: Any) -> None:
        self.send: Callable[[bytes], None] = imap.send
        self.readline: Callable[[], bytes] = imap.readline
        self.read: Callable[[int], bytes] = imap.read_whole
