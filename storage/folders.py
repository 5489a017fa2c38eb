"""What is known of each watched folder, and which of its mails are in the ledger.

It speaks no IMAP. A UIDVALIDITY is an era: UIDs of one say nothing in another, even if
the same number comes back one day.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from storage.portions import portions
from storage.tables import dropped_files, folders, messages, positions
from storage.upserts import insert_or_update

_KEYS = ("mailbox", "folder")


@dataclass(frozen=True, slots=True)
class FolderState:
    """One folder as last seen. `next_uid` is the first UID not looked at yet.

    `on_server` counts its mails, `before_since` those of them that were left alone.
    `healthy` is false after a failed pass, and `fault` says why.
    """

    mailbox: str
    folder: str
    uidvalidity: int | None = None
    next_uid: int = 1
    on_server: int | None = None
    before_since: int = 0
    first_pass_done: bool = False
    last_success: datetime | None = None
    healthy: bool = True
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class DroppedFile:
    """A file of a directory door as it was read; `fault` says why it was not."""

    path: str
    size: int
    mtime_ns: int
    fault: str | None = None


def folder_state(connection: Connection, mailbox: str, folder: str) -> FolderState:
    """Return what is known of a folder; a new one is at its very first pass."""
    c = folders.c
    query = select(folders).where(c.mailbox == mailbox, c.folder == folder)
    row = connection.execute(query).first()
    return FolderState(*row) if row else FolderState(mailbox, folder)


def folder_states(connection: Connection) -> tuple[FolderState, ...]:
    """Return every folder that was ever looked at, by mailbox and name."""
    query = select(folders).order_by(folders.c.mailbox, folders.c.folder)
    return tuple(FolderState(*row) for row in connection.execute(query))


def save_folder(connection: Connection, state: FolderState) -> None:
    """Write what is known of a folder; its fetcher alone does, holding the lease.

    `next_uid` may only pass mails that this transaction or an earlier one recorded.
    """
    row = asdict(state)
    values = [name for name in row if name not in _KEYS]
    connection.execute(insert_or_update(connection, folders, _KEYS, values), row)


def begin_era(
    connection: Connection, mailbox: str, folder: str, uidvalidity: int
) -> FolderState:
    """Return the folder with a new UIDVALIDITY, to be listed from its first UID.

    Positions that the same number gave in an earlier era are forgotten: its UIDs may
    name other mails now, and a mail taken for known is a mail lost. Messages stay.
    """
    c = positions.c
    connection.execute(
        delete(positions).where(
            c.mailbox == mailbox, c.folder == folder, c.uidvalidity == uidvalidity
        )
    )
    before = folder_state(connection, mailbox, folder)
    state = FolderState(
        mailbox,
        folder,
        uidvalidity,
        first_pass_done=before.first_pass_done,
        last_success=before.last_success,
    )
    save_folder(connection, state)
    return state


def known_positions(
    connection: Connection,
    mailbox: str,
    folder: str,
    uidvalidity: int,
    uids: Collection[int],
) -> frozenset[int]:
    """Return which of the UIDs are in the ledger."""
    c = positions.c
    here = (c.mailbox == mailbox) & (c.folder == folder)
    here &= c.uidvalidity == uidvalidity
    found: set[int] = set()
    for some in portions(uids):
        query = select(c.uid).where(here, c.uid.in_(some))
        found.update(connection.scalars(query))
    return frozenset(found)


def all_positions(
    connection: Connection, mailbox: str, folder: str, uidvalidity: int
) -> frozenset[int]:
    """Return every UID of a folder that is in the ledger, for the reconciliation."""
    c = positions.c
    query = select(c.uid).where(
        c.mailbox == mailbox, c.folder == folder, c.uidvalidity == uidvalidity
    )
    return frozenset(connection.scalars(query))


def match_headers(
    connection: Connection, mailbox: str, asked: Collection[tuple[int, str]]
) -> dict[tuple[int, str], int]:
    """Return message ids by (size on the server, header digest), after a new era.

    What is not there, or fits several messages, must be fetched: so must every header
    without a Message-ID (its digest is "").
    """
    c = messages.c
    wanted = set(asked)
    found: dict[tuple[int, str], list[int]] = {}
    for some in portions({header for _, header in wanted if header}):
        query = select(c.raw_bytes, c.header_sha256, c.id).where(
            c.header_sha256.in_(some), c.mailbox == mailbox
        )
        for size, header, ident in connection.execute(query):
            found.setdefault((size, header), []).append(ident)
    return {
        pair: ids[0] for pair, ids in found.items() if pair in wanted and len(ids) == 1
    }


def read_files(
    connection: Connection, mailbox: str, paths: Collection[str]
) -> dict[str, DroppedFile]:
    """Return, by path, those of a directory door's files that were read before."""
    c = dropped_files.c
    found: dict[str, DroppedFile] = {}
    for some in portions(paths):
        query = select(c.path, c.size, c.mtime_ns, c.fault).where(
            c.mailbox == mailbox, c.path.in_(some)
        )
        for row in connection.execute(query):
            found[row.path] = DroppedFile(*row)
    return found


def save_files(
    connection: Connection, mailbox: str, files: Sequence[DroppedFile]
) -> None:
    """Say that files were read to the end, with the mails that this transaction has."""
    rows = [{"mailbox": mailbox} | asdict(file) for file in files]
    if rows:
        statement = insert_or_update(
            connection,
            dropped_files,
            ["mailbox", "path"],
            ["size", "mtime_ns", "fault"],
        )
        connection.execute(statement, rows)
