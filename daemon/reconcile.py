"""Folder against ledger: every mail is accounted for, or named.

It fetches and changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from daemon.dropped import FolderMissingError, read_before
from daemon.mailbox import directory, imap
from daemon.mailbox.account import MailboxAccount
from daemon.mailbox.files import path_text
from daemon.mailbox.listing import FolderName
from storage import folders
from storage.archive import Archive
from storage.database import Database


@dataclass(frozen=True, slots=True)
class FolderReport:
    """One folder beside the ledger; `missing` are pairs of UID and bytes.

    Files of a directory door have no folder, UIDVALIDITY and UID.
    """

    mailbox: str
    folder: str | None
    uidvalidity: int | None
    on_server: int
    in_ledger: int
    before_since: int
    missing: tuple[tuple[int | None, int], ...]
    gone: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """How many objects were hashed again, and which are not what they were."""

    checked: int
    damaged: tuple[str, ...]


def compare(database: Database, account: MailboxAccount) -> Iterable[FolderReport]:
    """Yield a report a folder of one mailbox; raises MailboxError, StorageError."""
    with imap.connect(account) as session:
        for folder in session.resolve(account.folders):
            if isinstance(folder, FolderName):
                yield _compare(database, session, account.name, folder.name)


def _compare(
    database: Database, session: imap.Session, mailbox: str, folder: str
) -> FolderReport:
    with database.read() as connection:
        state = folders.folder_state(connection, mailbox, folder)
        known = frozenset[int]()
        if state.uidvalidity is not None:
            known = folders.all_positions(
                connection, mailbox, folder, state.uidvalidity
            )
    found = session.compare(folder, state.uidvalidity or 0, known)
    return FolderReport(
        mailbox=mailbox,
        folder=folder,
        uidvalidity=found.uidvalidity,
        on_server=found.on_server,
        in_ledger=len(known),
        before_since=found.before_since,
        missing=tuple((entry.uid, entry.size) for entry in found.missing),
        gone=found.gone,
    )


def compare_files(database: Database, mailbox: str, path: Path) -> FolderReport:
    """Return the report of a directory door, a file counting as one.

    Raises FolderMissingError, StorageError.
    """
    try:
        standing = list(directory.stamps(path))
    except OSError as error:
        raise FolderMissingError(path_text(path)) from error
    read = read_before(database, mailbox, standing)
    missing = [stamp for stamp in standing if stamp not in read]
    return FolderReport(
        mailbox=mailbox,
        folder=None,
        uidvalidity=None,
        on_server=len(standing),
        in_ledger=len(standing) - len(missing),
        before_since=0,
        missing=tuple((None, stamp.size) for stamp in missing),
        gone=(),
    )


def verify(database: Database, archive: Archive) -> ArchiveReport:
    """Hash the whole archive again, in bounded memory."""
    checked, damaged = 0, []
    with database.read() as connection:
        for one in archive.verify(connection):
            checked += 1
            if not one.sound:
                damaged.append(f"{one.kind} {one.key}")
    return ArchiveReport(checked, tuple(damaged))
