"""Which mails go into one fetch command, and which of its answers are whole mails.

Pure: it gets entries and answers and hands back values; nothing is asked here.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from daemon.grouping import grouped
from daemon.mailbox.account import FetchLimits
from daemon.mailbox.listing import Batch, Entry, FetchedMail, NotYet
from daemon.mailbox.wire import Answer, Value

#: Returns the mail's bytes as a second connection shows them; None where it does not.
Witness = Callable[[int], bytes | None]

_BODY = (b"UID RFC822.SIZE INTERNALDATE BODY.PEEK[]", b"BODY[]")
_HEADER = (b"UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER]", b"BODY[HEADER]")
# The form that RFC 3501 fixes is cut here: the mail library's reading of dates takes as
# long as all else of a mail's fetch.
_FIXED = re.compile(
    rb" ?(\d\d?)-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"
)
_MONTHS = b"janfebmaraprmayjunjulaugsepoctnovdec"
LISTED = b"UID RFC822.SIZE INTERNALDATE"


@dataclass(frozen=True, slots=True)
class Plan:
    """One fetch command: rising UIDs, whole mails or headers alone."""

    entries: tuple[Entry, ...]
    header_only: bool = False

    @property
    def uids(self) -> tuple[int, ...]:
        """Return the UIDs asked for."""
        return tuple(e.uid for e in self.entries)

    @property
    def items(self) -> bytes:
        """Return the items asked for; none of them sets a flag."""
        return (_HEADER if self.header_only else _BODY)[0]

    @property
    def answered(self) -> bytes:
        """Return the name under which the bytes come back."""
        return (_HEADER if self.header_only else _BODY)[1]


def plan_batches(
    entries: Sequence[Entry],
    limits: FetchLimits,
    doubted: Mapping[int, int] | None = None,
) -> Iterator[Plan]:
    """Yield the commands for `entries`: by count and bytes, the large ones alone.

    `doubted` counts how often the connection broke while a UID was being read; those
    come last and alone, the worst at the very end, so that they delay nobody.
    """
    doubts = doubted or {}
    calm = [e for e in entries if e.uid not in doubts]
    large = [e for e in calm if e.size > limits.message_bytes]
    whole = [e for e in calm if e.size <= limits.message_bytes]
    count, most = limits.batch_count, limits.batch_bytes
    for group in grouped(whole, lambda e: e.size, count, most):
        yield Plan(group)
    for start in range(0, len(large), limits.batch_count):
        yield Plan(tuple(large[start : start + limits.batch_count]), header_only=True)
    for entry in sorted(entries, key=lambda e: doubts.get(e.uid, 0)):
        if entry.uid in doubts:
            yield Plan((entry,), entry.size > limits.message_bytes)


def judge(plan: Plan, answer: Answer, witness: Witness) -> Batch:
    """Return the whole mails of `answer`, in the order of the plan, and the rest.

    A mail is whole if its bytes are as many as the server says, or if `witness` shows
    the same bytes. Nothing is ever taken from an empty answer.
    """
    mails: list[FetchedMail] = []
    not_yet: list[NotYet] = []
    for entry in plan.entries:
        found = _judged(entry, plan, answer.rows.get(entry.uid), witness)
        if isinstance(found, FetchedMail):
            mails.append(found)
        else:
            not_yet.append(found)
    return Batch(tuple(mails), tuple(not_yet))


def _judged(
    entry: Entry, plan: Plan, row: dict[bytes, Value] | None, witness: Witness
) -> FetchedMail | NotYet:
    if row is None or plan.answered not in row:
        return NotYet(entry.uid, "missing")
    raw = row[plan.answered]
    if not raw:
        # QUIRK: servers name a UID before its body can be read and answer with an
        # empty one (seen behind OTRS); taken for the mail, it would be lost.
        return NotYet(entry.uid, "empty")
    received = internal_date(row) or entry.internaldate
    size = told_size(row)
    size = entry.size if size is None else size
    if plan.header_only:
        return FetchedMail(entry.uid, raw, received, size, header_only=True)
    # QUIRK: some servers tell an RFC822.SIZE that is not that of the bytes they send
    # (converted mail). Two connections that agree are then believed.
    if len(raw) != size and witness(entry.uid) != raw:
        return NotYet(entry.uid, "short")
    return FetchedMail(entry.uid, raw, received, len(raw))


def told_size(row: Mapping[bytes, Value]) -> int | None:
    """Return the RFC822.SIZE of a row in bytes, or None."""
    size = row.get(b"RFC822.SIZE")
    return int(size) if size is not None and size.isdigit() else None


def internal_date(row: Mapping[bytes, Value]) -> datetime | None:
    """Return the INTERNALDATE of a row, aware; None where it is absent or unreadable.

    RFC 3501 section 9, date-time: day, month and year are joined by hyphens.
    """
    told = row.get(b"INTERNALDATE")
    if not told:
        return None
    found = _FIXED.fullmatch(told)
    month = _MONTHS.find(found[2].lower()) if found else -1
    if found is None or month % 3:
        return aware_date(told.decode("ascii", "replace").strip())
    day, year, hour, minute, second = (int(found[n]) for n in (1, 3, 4, 5, 6))
    east = int(found[7] + b"60") * int(found[8]) + int(found[7] + found[9])
    try:
        zone = timezone(timedelta(minutes=east))
        return datetime(year, month // 3 + 1, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def aware_date(text: str) -> datetime | None:
    """Return the instant of an RFC 5322 or IMAP date; without a zone it is UTC."""
    try:
        found = parsedate_to_datetime(text)
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        # A year or an offset at the edge of the calendar cannot be compared in UTC.
        found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found
