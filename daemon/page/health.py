"""Is everything in order? One value for monitors and for the red light of the page.

It looks at nothing itself: it judges a status that was read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.status import MailboxStatus, Status

#: Three of the default polls of five minutes.
SILENT_AFTER = timedelta(minutes=15)
#: States of outgoing mail that only a person brings to an end.
_STUCK = ("unknown", "failed")


@dataclass(frozen=True, slots=True)
class Health:
    """Whether all is well. `as_of` is aware: when that was judged.

    A fault is a code, or a code and what it speaks of: `outbox_failed: 2`.
    """

    healthy: bool
    as_of: datetime
    faults: tuple[str, ...] = ()


def health_of(
    status: Status, now: datetime, silent_after: timedelta = SILENT_AFTER
) -> Health:
    """Return what is wrong at `now` (aware) by a status; healthy when nothing is.

    Codes: `mailbox_none`, `mailbox_failing: NAME`, `mailbox_never_read: NAME`,
    `mailbox_silent: NAME` (last success longer ago than `silent_after`),
    `outbox_unknown: COUNT`, `outbox_failed: COUNT`. NAME is mailbox/folder.
    """
    oldest = now - silent_after
    found = [*_mailboxes(status, oldest), *_outbox(status)]
    return Health(not found, now, tuple(found))


def _mailboxes(status: Status, oldest: datetime) -> Iterator[str]:
    # Silence is the worst of faults: nothing watched would look like nothing wrong.
    if not status.mailboxes:
        yield "mailbox_none"
    for mailbox in status.mailboxes:
        code = _mailbox(mailbox, oldest)
        if code:
            yield f"{code}: {_name(mailbox)}"


def _mailbox(mailbox: MailboxStatus, oldest: datetime) -> str | None:
    if not mailbox.healthy:
        return "mailbox_failing"
    if mailbox.last_success is None:
        return "mailbox_never_read"
    return "mailbox_silent" if mailbox.last_success < oldest else None


def _name(mailbox: MailboxStatus) -> str:
    return f"{mailbox.name}/{mailbox.folder}" if mailbox.folder else mailbox.name


def _outbox(status: Status) -> Iterator[str]:
    for state in _STUCK:
        count = status.outbox.get(state, 0)
        if count:
            yield f"outbox_{state}: {count}"
