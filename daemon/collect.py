"""Step one at the IMAP door: what a mailbox holds and the ledger does not is fetched.

It reads no mail and decides nothing; what was fetched is kept before it is handed on.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from daemon import journal
from daemon.arrivals import Arrival, Kept, Strongroom
from daemon.mailbox import imap
from daemon.mailbox.account import MIB, MailboxAccount
from daemon.mailbox.errors import (
    FetchBrokenError,
    FolderRefusedError,
    MailboxError,
)
from daemon.mailbox.listing import (
    FetchedMail,
    FolderName,
    FolderState,
    Listing,
    MissingFolder,
)
from storage import digests, folders, inbox, leases

#: How long one collector may hold a mailbox without a word.
LEASE = timedelta(minutes=15)
#: How often a broken connection is made anew in one pass.
RECONNECTIONS = 3


class DiskFullError(Exception):
    """Less disk is free than must be kept; nothing more is fetched."""


class BusyMailboxError(Exception):
    """Another process collects this mailbox just now."""


#: What ends one door and neither the pass nor the daemon.
DOOR_FAULTS = (MailboxError, DiskFullError, BusyMailboxError)


@dataclass(slots=True)
class Collector:
    """Collects one mailbox; used by one thread."""

    account: MailboxAccount
    room: Strongroom
    disk: Path
    floor_mib: int
    _doubted: dict[tuple[str, int], int] = field(default_factory=dict)
    _lease: leases.Lease | None = None

    def collect(self) -> Iterator[tuple[Kept, ...]]:
        """Yield what was fetched and kept, batch after batch, folder after folder.

        Raises MailboxError, StorageError, DiskFullError, BusyMailboxError.
        """
        with self.held():
            for attempt in range(RECONNECTIONS + 1):
                try:
                    yield from self._pass_over()
                    return
                except FetchBrokenError as error:
                    if attempt == RECONNECTIONS:
                        self.failed(error)
                        raise
                    journal.mailbox_failed(self.account.name, error, 0)
                except MailboxError as error:
                    self.failed(error)
                    raise

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the mailbox for this process; raises BusyMailboxError, StorageError."""
        self._lease = self._take_lease()
        try:
            yield
        finally:
            self._give_back_lease()

    def _take_lease(self) -> leases.Lease:
        now = self.room.clock.now()
        name = f"fetch:{self.account.name}"
        with self.room.database.write() as connection:
            lease = leases.take(connection, name, self.room.holder, now, now + LEASE)
        if lease is None:
            raise BusyMailboxError(self.account.name)
        return lease

    def _give_back_lease(self) -> None:
        if self._lease is not None:
            with self.room.database.write() as connection:
                leases.release(connection, self._lease)

    def _keep_lease(self) -> None:
        """Hold the mailbox on while a long listing is fetched."""
        now = self.room.clock.now()
        if self._lease is not None and self._lease.until - now < LEASE / 2:
            with self.room.database.write() as connection:
                self._lease = leases.renew(connection, self._lease, now + LEASE)

    def _pass_over(self) -> Iterator[tuple[Kept, ...]]:
        with imap.connect(self.account, now=self.room.clock.now) as session:
            yield from self.through(session)

    def through(self, session: imap.Session) -> Iterator[tuple[Kept, ...]]:
        """Yield what every folder of an open session has new; errors as `collect`."""
        # The first folder comes last: IDLE speaks of the folder that was opened last.
        first, *others = session.resolve(self.account.folders)
        for folder in (*others, first):
            self._keep_lease()
            if isinstance(folder, MissingFolder):
                self._missing(folder)
                continue
            try:
                yield from self._folder(session, folder)
            except FolderRefusedError as error:
                self._unhealthy(folder.name, str(error))

    def _folder(
        self, session: imap.Session, folder: FolderName
    ) -> Iterator[tuple[Kept, ...]]:
        state = self._state(folder.name)
        listing = session.look(folder.name, _as_known(state))
        if state.uidvalidity != listing.uidvalidity:
            state = self._new_era(folder, state, listing.uidvalidity)
            if listing.changed_validity:
                listing = self._recognise(session, folder, listing)
        listing = self._unknown_only(listing)
        waiting: list[int] = []
        for kept, not_yet in self._fetch(session, folder, listing, state):
            waiting += not_yet
            if kept:
                yield kept
        self._save(folder, state, listing, tuple(waiting))

    def _fetch(
        self,
        session: imap.Session,
        folder: FolderName,
        listing: Listing,
        state: folders.FolderState,
    ) -> Iterator[tuple[tuple[Kept, ...], list[int]]]:
        first = not state.first_pass_done
        doubted = {
            u: n for (name, u), n in self._doubted.items() if name == folder.name
        }
        try:
            for batch in session.fetch(listing, doubted=doubted):
                self._check_disk()
                self._keep_lease()
                kept = self.room.keep(
                    [self._arrival(m, folder, listing, first) for m in batch.mails]
                )
                known = sum(not one.new for one in kept)
                journal.fetched(self.account.name, folder.name, len(kept), known)
                yield kept, [one.uid for one in batch.not_yet]
        except FetchBrokenError as error:
            for uid in error.uids:
                key = (folder.name, uid)
                self._doubted[key] = self._doubted.get(key, 0) + 1
            raise

    def _arrival(
        self, mail: FetchedMail, folder: FolderName, listing: Listing, first: bool
    ) -> Arrival:
        return Arrival(
            raw=mail.raw,
            position=self._position(folder, listing.uidvalidity, mail.uid),
            door="imap",
            received=mail.internaldate,
            size=mail.size,
            header_only=mail.header_only,
            first_pass=first,
        )

    def _position(
        self, folder: FolderName, uidvalidity: int, uid: int
    ) -> inbox.Position:
        return inbox.Position(
            self.account.name, folder.name, uidvalidity, uid, junk=folder.junk
        )

    def _state(self, folder: str) -> folders.FolderState:
        with self.room.database.read() as connection:
            return folders.folder_state(connection, self.account.name, folder)

    def _new_era(
        self, folder: FolderName, state: folders.FolderState, uidvalidity: int
    ) -> folders.FolderState:
        name = self.account.name
        if state.uidvalidity is not None:
            journal.uidvalidity_changed(
                name, folder.name, state.uidvalidity, uidvalidity
            )
        with self.room.database.write() as connection:
            return folders.begin_era(connection, name, folder.name, uidvalidity)

    def _recognise(
        self, session: imap.Session, folder: FolderName, listing: Listing
    ) -> Listing:
        """Give known mails their new positions by header and size; return the rest."""
        known: set[int] = set()
        for rows in session.headers(listing):
            marks = {r.uid: (r.size, digests.header_sha256(r.header)) for r in rows}
            with self.room.database.write() as connection:
                ids = folders.match_headers(
                    connection, self.account.name, set(marks.values())
                )
                found = [
                    (ids[mark], self._position(folder, listing.uidvalidity, uid))
                    for uid, mark in marks.items()
                    if mark in ids
                ]
                inbox.add_positions(connection, found)
            known |= {p.uid for _, p in found if p.uid is not None}
        return replace(listing, new=tuple(e for e in listing.new if e.uid not in known))

    def _unknown_only(self, listing: Listing) -> Listing:
        """Leave out what an earlier, interrupted pass has recorded already."""
        if not listing.new:
            return listing
        uids = [entry.uid for entry in listing.new]
        with self.room.database.read() as connection:
            known = folders.known_positions(
                connection,
                self.account.name,
                listing.folder,
                listing.uidvalidity,
                uids,
            )
        return replace(listing, new=tuple(e for e in listing.new if e.uid not in known))

    def _save(
        self,
        folder: FolderName,
        state: folders.FolderState,
        listing: Listing,
        waiting: tuple[int, ...],
    ) -> None:
        missed = (*waiting, *listing.not_yet)
        if missed:
            journal.not_yet(self.account.name, folder.name, len(missed))
        after = listing.state_after(waiting)
        # The ledger keeps the watermark alone: what lies above a mail that is not there
        # yet will be listed again, and is counted when the watermark has passed it.
        again = sum(uid >= after.next_uid for uid in listing.old)
        counted = listing.before_since - again
        if counted > state.before_since:
            journal.counted_only(self.account.name, folder.name, counted)
        saved = folders.FolderState(
            mailbox=self.account.name,
            folder=folder.name,
            uidvalidity=listing.uidvalidity,
            next_uid=after.next_uid,
            on_server=listing.exists,
            before_since=counted,
            first_pass_done=True,
            last_success=self.room.clock.now(),
        )
        if saved == replace(state, last_success=saved.last_success) and not _stale(
            state, saved
        ):
            return
        with self.room.database.write() as connection:
            folders.save_folder(connection, saved)

    def _missing(self, folder: MissingFolder) -> None:
        # A mailbox without a Junk folder is sound; one without its INBOX is not.
        if not folder.asked.startswith("\\"):
            self._unhealthy(folder.asked, "missing")

    def _unhealthy(self, folder: str, fault: str) -> None:
        state = self._state(folder)
        with self.room.database.write() as connection:
            folders.save_folder(connection, replace(state, healthy=False, fault=fault))

    def failed(self, fault: MailboxError) -> None:
        """Write down that the whole mailbox could not be looked into."""
        name = self.account.name
        with self.room.database.write() as connection:
            known = folders.folder_states(connection)
            mine = [state for state in known if state.mailbox == name]
            first = self.account.folders[0]
            if not mine and not first.startswith("\\"):
                # Nothing was ever seen of it: its first folder stands for it.
                mine = [folders.FolderState(name, first)]
            for state in mine:
                failed = replace(state, healthy=False, fault=type(fault).__name__)
                folders.save_folder(connection, failed)

    def _check_disk(self) -> None:
        if shutil.disk_usage(self.disk).free < self.floor_mib * MIB:
            raise DiskFullError(f"less than {self.floor_mib} MiB of disk is free")


def _as_known(state: folders.FolderState) -> FolderState | None:
    if state.uidvalidity is None:
        return None
    return FolderState(state.uidvalidity, state.next_uid, state.before_since)


def _stale(state: folders.FolderState, saved: folders.FolderState) -> bool:
    """Tell whether the last success is worth a write: an idle poll writes seldom."""
    if state.last_success is None or saved.last_success is None:
        return True
    return saved.last_success - state.last_success >= timedelta(minutes=1)
