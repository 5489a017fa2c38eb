"""What is known of a folder, and what was found in it: values without behaviour.

Nothing here talks to a server. All times are aware.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class FolderName:
    """A folder of the server: `asked` is what the configuration says for it."""

    name: str
    asked: str
    junk: bool = False


@dataclass(frozen=True, slots=True)
class MissingFolder:
    """A folder that is configured and that the server does not have."""

    asked: str


@dataclass(frozen=True, slots=True)
class FolderState:
    """What the ledger knows of a folder.

    Every UID below `next_uid` is accounted for; `known` are those at or above it that
    are, too (a mail before them was "not yet"). `before_since` is what was counted.
    """

    uidvalidity: int
    next_uid: int
    before_since: int = 0
    known: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """One mail of a folder before its bytes are fetched; `size` in bytes as told."""

    uid: int
    size: int
    internaldate: datetime


@dataclass(frozen=True, slots=True)
class Listing:
    """What one look at a folder showed.

    `new` are the mails to fetch, by rising UID. `old` are UIDs that were judged by
    INTERNALDATE and came before `since`; `before_since` counts all such mails known by
    now, those that only the server's search left out included. `not_yet` are UIDs that
    the folder names and whose size it does not tell yet; `known` is handed through from
    the state. `changed_validity`: the UIDs known before mean nothing any more and `new`
    holds the whole folder from `since` on.
    """

    folder: str
    uidvalidity: int
    exists: int
    uid_next: int
    new: tuple[Entry, ...]
    old: tuple[int, ...] = ()
    before_since: int = 0
    not_yet: tuple[int, ...] = ()
    known: frozenset[int] = frozenset()
    changed_validity: bool = False

    def state_after(self, not_yet: tuple[int, ...] = ()) -> FolderState:
        """Return what is known once all of `new` but the UIDs `not_yet` is stored.

        The first UID that is not there yet stops the watermark, so that the next look
        asks for it again; those above it are handed back as known.
        """
        waiting = frozenset(not_yet) | frozenset(self.not_yet)
        if not waiting:
            return FolderState(self.uidvalidity, self.uid_next, self.before_since)
        stop = min(waiting)
        listed = {e.uid for e in self.new} | set(self.old) | self.known
        known = frozenset(u for u in listed if u > stop) - waiting
        return FolderState(self.uidvalidity, stop, self.before_since, known)


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """One mail as the server holds it; `raw` is its header alone if `header_only`.

    `size` is that of the whole mail in bytes.
    """

    uid: int
    raw: bytes
    internaldate: datetime
    size: int
    header_only: bool = False


@dataclass(frozen=True, slots=True)
class NotYet:
    """A mail that is not delivered this time, and why: the next look asks again."""

    uid: int
    why: Literal["missing", "empty", "short"]


@dataclass(frozen=True, slots=True)
class Batch:
    """What one fetch command brought: whole mails in the order asked, and the rest."""

    mails: tuple[FetchedMail, ...]
    not_yet: tuple[NotYet, ...] = ()


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """One mail without its body: enough to recognise a mail that is known already."""

    uid: int
    size: int
    internaldate: datetime
    header: bytes


@dataclass(frozen=True, slots=True)
class Comparison:
    """A folder beside the ledger's UIDs of it.

    `missing` stand in the folder and not in the ledger, `gone` the other way round.
    `before_since` counts those that are not in the ledger because they came too early.
    """

    folder: str
    uidvalidity: int
    on_server: int
    missing: tuple[Entry, ...]
    gone: tuple[int, ...]
    before_since: int
