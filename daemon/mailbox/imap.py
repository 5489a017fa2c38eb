r"""One conversation with an IMAP server: look, fetch, wait, and small courtesies.

A session belongs to one thread. It never sets or clears \Seen, never deletes and never
expunges; bytes are read by BODY.PEEK from a folder that is opened read-only. It keeps
nothing between two calls but the connection: what is known comes in, what was found
goes out. After MailboxUnreachableError, ThrottledError or AnswerError the session is
closed, and a new one is made.
"""

import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from daemon.mailbox import courtesy, waiting
from daemon.mailbox.account import FetchLimits, MailboxAccount
from daemon.mailbox.batches import (
    LISTED,
    Plan,
    Witness,
    internal_date,
    judge,
    plan_batches,
    told_size,
)
from daemon.mailbox.connecting import LINK_ERRORS
from daemon.mailbox.errors import (
    AnswerError,
    FetchBrokenError,
    FolderRefusedError,
    MailboxError,
    MailboxUnreachableError,
)
from daemon.mailbox.folders import Listed, choose
from daemon.mailbox.link import Link, Monotonic
from daemon.mailbox.listing import (
    Batch,
    Comparison,
    Entry,
    FolderName,
    FolderState,
    HeaderRow,
    Listing,
    MissingFolder,
)
from daemon.mailbox.wire import FetchWire

#: Commands under way at once: the server is never idle, and no more than the batch
#: that is handed out and the one that is being read are in memory.
_AHEAD = 2
#: UIDs in one question for sizes and dates.
_LISTED_AT_ONCE = 500
#: Room for a server that counts line ends differently than it sends them.
_LITERAL_SLACK = 1.25
_SPARE = 1024 * 1024

Clock = Callable[[], datetime]


def _utc_now() -> datetime:
    return datetime.now(UTC)


def connect(
    account: MailboxAccount,
    now: Clock = _utc_now,
    monotonic: Monotonic = time.monotonic,
) -> "Session":
    """Return a logged-in session.

    `now` dates a mail whose server tells no readable INTERNALDATE. Raises
    MailboxUnreachableError, LoginRefusedError, ThrottledError and AnswerError.
    """
    return Session(Link(account, monotonic), now)


class Session:
    """A logged-in connection; a context manager that logs out."""

    def __init__(self, link: Link, now: Clock) -> None:
        self._link = link
        self._account = link.account
        self._now = now

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def closed(self) -> bool:
        """Return whether the session broke or was closed: it is of no further use."""
        return self._link.closed

    @property
    def expired(self) -> bool:
        """Return whether the connection is 25 minutes old and should be made anew."""
        return self._link.expired

    @property
    def slow(self) -> str | None:
        """Return the code by which the server asked for less while it answered."""
        return self._link.slow

    def close(self) -> None:
        """Log out if the connection still works; close it in any case."""
        self._link.close()

    def resolve(self, folders: Sequence[str]) -> tuple[FolderName | MissingFolder, ...]:
        r"""Return the server's folder for each of `folders`, names or special uses.

        A folder that is not there is a MissingFolder in its place, not an error.
        """
        client = self._link.client
        with self._link.talk("LIST"):
            if client.has_capability("XLIST") and not client.has_capability(
                "SPECIAL-USE"
            ):
                told = client.xlist_folders()
            else:
                told = client.list_folders()
        return choose([_listed(*one) for one in told], folders)

    def look(self, folder: str, known: FolderState | None) -> Listing:
        """Return what is new in `folder`.

        With a known state only UIDs from its watermark on are asked for. On the first
        look, and after a change of UIDVALIDITY, the whole folder is listed, and sizes
        and dates only of what may have come since the account's `since`.
        """
        chosen = self._link.select(folder)
        if known is None or known.uidvalidity != chosen.uidvalidity:
            late, early = self._whole_folder()
            return self._listing(
                FolderState(chosen.uidvalidity, 1), late, early, known is not None
            )
        found = self._link.search(known.next_uid)
        late = tuple(uid for uid in found if uid not in known.known)
        return self._listing(known, late, (), changed=False)

    def _listing(
        self,
        base: FolderState,
        late: tuple[int, ...],
        early: tuple[int, ...],
        changed: bool,
    ) -> Listing:
        """Return the listing of UIDs that may be new (`late`) and surely are not."""
        chosen = self._link.selected
        assert chosen is not None
        entries = self._entries(late)
        told = {entry.uid for entry in entries}
        old = {entry.uid for entry in entries if self._before_since(entry)}
        # The watermark is what was seen, not UIDNEXT: a mail that the server has
        # numbered and does not show yet must not be stepped over.
        seen = [*early, *late, *base.known]
        return Listing(
            folder=chosen.folder,
            uidvalidity=chosen.uidvalidity,
            exists=chosen.exists,
            uid_next=max([base.next_uid, *(uid + 1 for uid in seen)]),
            new=tuple(e for e in entries if e.uid not in old),
            old=tuple(sorted([*early, *old])),
            before_since=base.before_since + len(early) + len(old),
            not_yet=tuple(uid for uid in late if uid not in told),
            known=base.known,
            changed_validity=changed,
        )

    def _whole_folder(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the UIDs that may have come since `since`, and those that cannot."""
        everything = self._link.search()
        if self._account.since is None:
            return everything, ()
        # The server compares dates in a zone of its own: a day more is asked for and
        # the rest is judged by INTERNALDATE.
        late = self._link.search(since=self._account.since - timedelta(days=1))
        asked = set(late)
        return late, tuple(uid for uid in everything if uid not in asked)

    def _before_since(self, entry: Entry) -> bool:
        if self._account.since is None:
            return False
        zone = ZoneInfo(self._account.timezone)
        return entry.internaldate.astimezone(zone).date() < self._account.since

    def _entries(self, uids: Sequence[int]) -> tuple[Entry, ...]:
        """Return size and date of `uids`; those that the server does not tell lack."""
        found: list[Entry] = []
        with self._link.wire(_SPARE) as wire:
            for start in range(0, len(uids), _LISTED_AT_ONCE):
                group = uids[start : start + _LISTED_AT_ONCE]
                rows = wire.collect(wire.ask(group, LISTED)).rows
                for uid in group:
                    size = told_size(rows.get(uid, {}))
                    if size is not None:
                        date = internal_date(rows[uid]) or self._now()
                        found.append(Entry(uid, size, date))
        return tuple(found)

    def fetch(
        self,
        listing: Listing,
        limits: FetchLimits | None = None,
        doubted: Mapping[int, int] | None = None,
    ) -> Iterator[Batch]:
        """Yield the new mails of `listing`, the next batch under way meanwhile.

        `doubted` are UIDs on which the connection broke before, and how often. An
        iterator that is not used up closes the session. Raises FetchBrokenError with
        the UIDs that were being read (what was yielded before is whole), and
        FolderRefusedError if the listing's UIDs mean nothing any more.
        """
        bounds = limits or self._account.limits
        room = int(bounds.message_bytes * _LITERAL_SLACK) + _SPARE
        plans = plan_batches(listing.new, bounds, doubted)
        _reopen(self._link, listing)
        with _SecondLook(self._link, listing, room) as witness:
            yield from self._fetched(plans, room, witness)

    def headers(self, listing: Listing) -> Iterator[tuple[HeaderRow, ...]]:
        """Yield the headers of a listing in batches, to recognise known mails by."""
        limits = FetchLimits(self._account.limits.batch_count * 4, message_bytes=-1)
        plans = plan_batches(listing.new, limits)
        _reopen(self._link, listing)
        for batch in self._fetched(plans, 4 * _SPARE, lambda _uid: None):
            yield tuple(
                HeaderRow(m.uid, m.size, m.internaldate, m.raw) for m in batch.mails
            )

    def _fetched(
        self, plans: Iterator[Plan], room: int, witness: Witness
    ) -> Iterator[Batch]:
        ahead: deque[tuple[Plan, bytes]] = deque()
        with self._link.wire(room) as wire:
            _ask_ahead(wire, plans, ahead)
            while ahead:
                plan, tag = ahead.popleft()
                try:
                    answer = wire.collect(tag)
                except (AnswerError, MailboxUnreachableError, *LINK_ERRORS) as error:
                    raise FetchBrokenError(str(error), plan.uids) from error
                _ask_ahead(wire, plans, ahead)
                yield judge(plan, answer, witness)

    def uids(self, folder: str) -> tuple[int, ...]:
        """Return every UID of `folder`, rising."""
        self._link.select(folder)
        return self._link.search()

    def compare(
        self, folder: str, uidvalidity: int, ledger: Collection[int]
    ) -> Comparison:
        """Return how `folder` and the ledger's UIDs of it differ.

        Under another UIDVALIDITY than the folder's the ledger's UIDs are all gone.
        """
        chosen = self._link.select(folder)
        late, early = self._whole_folder()
        valid = frozenset(ledger if uidvalidity == chosen.uidvalidity else ())
        there = {*late, *early}
        unknown = self._entries([uid for uid in late if uid not in valid])
        missing = tuple(e for e in unknown if not self._before_since(e))
        old = sum(uid not in valid for uid in early) + len(unknown) - len(missing)
        gone = tuple(sorted(frozenset(ledger) - (there & valid)))
        return Comparison(folder, chosen.uidvalidity, len(there), missing, gone, old)

    def idle(self, seconds: float, stopped: Callable[[], bool] = lambda: False) -> bool:
        """Wait at most `seconds`; return whether the server hints at new mail.

        False at once where the server has no IDLE. `stopped` is asked every second.
        It is a hint only, about the folder opened last: look whatever the answer.
        """
        with self._link.talk("IDLE"):
            return waiting.wait_for_mail(
                self._link.client, seconds, stopped, self._link.monotonic
            )

    def find_in(
        self, folder: str, message_id: str, key_header: tuple[str, str] | None = None
    ) -> bool:
        """Return whether `folder` holds a mail of this Message-ID or key header."""
        chosen = self._link.select(folder)
        with self._link.talk("SEARCH"):
            return bool(chosen.exists) and courtesy.find(
                self._link.client, message_id, key_header
            )

    def label(self, folder: str, uidvalidity: int, uids: Sequence[int]) -> bool:
        """Label `uids` as stored; return False where that cannot be done."""
        chosen = self._link.select(folder, readonly=False)
        if chosen.uidvalidity != uidvalidity or not uids:
            return False
        with self._link.talk("STORE"):
            return courtesy.label(self._link.client, uids, chosen.keywords)

    def move(
        self, folder: str, uidvalidity: int, uids: Sequence[int], target: str
    ) -> bool:
        """Move `uids` to `target`; return False where the server has no UID MOVE.

        Raises FolderRefusedError if there is no such target.
        """
        chosen = self._link.select(folder, readonly=False)
        if chosen.uidvalidity != uidvalidity or not uids:
            return False
        with self._link.talk("MOVE"):
            return courtesy.move(self._link.client, uids, target)


class _SecondLook:
    """The bytes of a doubtful mail over a second connection, made at the first doubt.

    Where that connection fails, the doubt stays, and the first one goes on.
    """

    def __init__(self, first: Link, listing: Listing, room: int) -> None:
        self._first = first
        self._listing = listing
        self._room = room
        self._second: Link | None = None
        self._failed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._second is not None:
            self._second.close()

    def __call__(self, uid: int) -> bytes | None:
        if self._failed:
            return None
        try:
            return self._bytes_of(uid)
        except MailboxError:
            # One login that fails is enough: providers count them.
            self._failed = True
            return None

    def _bytes_of(self, uid: int) -> bytes | None:
        if self._second is None:
            self._second = Link(self._first.account, self._first.monotonic)
        _reopen(self._second, self._listing)
        with self._second.wire(self._room) as wire:
            answer = wire.collect(wire.ask((uid,), b"UID BODY.PEEK[]"))
        return answer.rows.get(uid, {}).get(b"BODY[]")


def _reopen(link: Link, listing: Listing) -> None:
    """Make sure that the UIDs of `listing` are those of the folder that is open."""
    if link.selected is None or link.selected.folder != listing.folder:
        link.select(listing.folder)
    if link.selected is None or link.selected.uidvalidity != listing.uidvalidity:
        raise FolderRefusedError(f"{listing.folder}: UIDVALIDITY changed meanwhile")


def _ask_ahead(
    wire: FetchWire, plans: Iterator[Plan], ahead: deque[tuple[Plan, bytes]]
) -> None:
    while len(ahead) < _AHEAD:
        plan = next(plans, None)
        if plan is None:
            return
        ahead.append((plan, wire.ask(plan.uids, plan.items)))


def _listed(flags: Sequence[bytes], delimiter: bytes | None, name: str) -> Listed:
    lower = frozenset(flag.decode("latin-1").casefold() for flag in flags)
    return Listed(lower, (delimiter or b"").decode("latin-1"), name)
