"""Mails that come as files: kept in batches like those of a mailbox.

It serves the directory door and `ingest`; what a file holds is not looked into here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from daemon.arrivals import Arrival, Kept, Strongroom
from daemon.grouping import grouped
from daemon.mailbox.account import FetchLimits
from daemon.mailbox.files import FileMail
from parsers.values.decision import Door
from storage import inbox

#: What one batch may hold: as much as at the IMAP door.
_LIMITS = FetchLimits()


@dataclass(frozen=True, slots=True)
class Filed:
    """A mail's name among the files, and what it became."""

    label: str
    kept: Kept


@dataclass(frozen=True, slots=True)
class Entry:
    """By which door files come; `asked`: their senders are to be answered by mail."""

    mailbox: str
    door: Door
    first_pass: bool = False
    asked: bool = False


def keep_files(
    room: Strongroom, found: Iterable[FileMail], entry: Entry
) -> Iterator[tuple[Filed, ...]]:
    """Keep file mails in batches and yield what they became; raises StorageError."""
    count, most = _LIMITS.batch_count, _LIMITS.batch_bytes
    for batch in grouped(found, lambda m: len(m.raw), count, most):
        arrivals = [
            Arrival(
                raw=mail.raw,
                position=inbox.Position(entry.mailbox, path=mail.label),
                door=entry.door,
                received=mail.received,
                size=mail.size,
                header_only=mail.header_only,
                first_pass=entry.first_pass,
                asked=entry.asked,
            )
            for mail in batch
        ]
        kept = room.keep(arrivals)
        yield tuple(
            Filed(mail.label, one) for mail, one in zip(batch, kept, strict=True)
        )
