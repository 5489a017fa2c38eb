"""Steps one and two of a mail's way: whatever came is durably ours before it is read.

It fetches nothing and looks into no mail.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from daemon.clock import Clock
from parsers.values.decision import Door
from storage import digests, inbox
from storage.archive import Archive, Item
from storage.database import Database

#: How long a claim on a mail stands without being renewed.
CLAIM = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One mail as a door gave it. `size` is its bytes on the server; `asked`: whoever
    gave it wants its sender answered by mail, which this door does not do by itself.
    """

    raw: bytes
    position: inbox.Position
    door: Door
    received: datetime
    size: int
    header_only: bool = False
    first_pass: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """One mail in the ledger; `fence` where it is new and in this process's hands."""

    id: int
    raw: bytes
    raw_sha256: str
    header_only: bool
    new: bool
    fence: int | None


@dataclass(frozen=True, slots=True)
class Strongroom:
    """Archive and ledger together, for one holder of claims."""

    database: Database
    archive: Archive
    clock: Clock
    holder: str

    def claim(self) -> inbox.Holder:
        """Return this process as a holder of claims from now on."""
        return inbox.Holder(self.holder, self.clock.now() + CLAIM)

    def keep(self, arrivals: Sequence[Arrival]) -> tuple[Kept, ...]:
        """Archive and record a batch; return one Kept an arrival, in order.

        Bytes are flushed first, then one commit makes index, messages and positions
        true. Raises StorageError; then nothing of the batch is recorded.
        """
        if not arrivals:
            return ()
        shas = [digests.sha256(a.raw) for a in arrivals]
        with self.database.read() as connection:
            known = self.archive.known(connection, "raw", shas)
        fresh = {
            sha: Item("raw", a.raw, digest=sha)
            for sha, a in zip(shas, arrivals, strict=True)
            if sha not in known
        }
        stored = self.archive.write(list(fresh.values()))
        mails = [_mail(a, sha) for a, sha in zip(arrivals, shas, strict=True)]
        with self.database.write() as connection:
            self.archive.index(connection, stored)
            now = self.clock.now()
            told = inbox.record(connection, mails, now, self.claim())
        return tuple(
            Kept(r.id, a.raw, m.raw_sha256, m.header_only, r.new, r.fence)
            for r, a, m in zip(told, arrivals, mails, strict=True)
        )


def _mail(arrival: Arrival, sha: str) -> inbox.NewMail:
    # Of an oversize mail only the header is here: two such mails are the same only
    # where their sizes are, too.
    same = digests.same_bytes(arrival.raw, sha)
    if arrival.header_only:
        same = digests.sha256(f"{same}:{arrival.size}".encode())
    return inbox.NewMail(
        position=arrival.position,
        door=arrival.door,
        raw_sha256=sha,
        same_bytes=same,
        header_sha256=digests.header_sha256(arrival.raw),
        raw_bytes=arrival.size,
        received=arrival.received,
        header_only=arrival.header_only,
        first_pass=arrival.first_pass,
        asked=arrival.asked,
    )
