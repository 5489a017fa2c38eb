"""Which conditions hold, which are over, and of which nobody can say; pure.

An alert begins when its condition is seen for the first time and ends when it is seen
to be over: what cannot be told now neither begins nor ends anything.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from parsers.values.summary import AlertFacts, AlertKind
from storage.alerts import OpenAlert
from storage.folders import FolderState
from storage.status import MailboxStatus
from storage.troubles import OutboxTroubles

#: Figures of RELIABILITY.md I10 and E13.
OUTBOX_AGE = timedelta(minutes=30)
STANDS = timedelta(minutes=15)
JUMP_HOLD = timedelta(minutes=30)
#: Above the floor by so much the disk has room again: it does not flap.
_ROOM = 1.05

Verdict = Literal["holds", "over", "unknown"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that may be amiss; `detail` is one line for people."""

    kind: AlertKind
    subject: str
    verdict: Verdict
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that one look found.

    `stalled` are mailboxes whose silence `run` measured (True: too long), `short` those
    whose folder has had mails for 15 minutes that the ledger lacks. `free` and `floor`
    are MiB of disk; `jumped` says that the clock jumped in the last half hour, None
    where nobody watches it. `steady`: ages may be judged by the clock.
    """

    folders: Sequence[FolderState]
    outbox: OutboxTroubles
    free: int
    floor: int
    secrets: tuple[int, ...] = ()
    stalled: dict[str, bool] = field(default_factory=dict)
    short: dict[str, int] = field(default_factory=dict)
    jumped: bool | None = None
    steady: bool = True


def conditions(seen: Seen, open_now: Iterable[OpenAlert]) -> Iterator[Condition]:
    """Yield every condition that can be judged by what was seen."""
    since = {(one.kind, one.subject): one.onset for one in open_now}
    for name, silent in seen.stalled.items():
        yield Condition("stall", name, _is(silent))
    yield from _logins(seen, since.get(("authentication", "SMTP")))
    if seen.steady:
        late = seen.outbox.waiting
        yield Condition("outbox_age", "outbox", _is(late > 0), f"{late}")
    yield Condition(
        "send_failed", "outbox", _is(seen.outbox.failed > 0), f"{seen.outbox.failed}"
    )
    yield _disk(seen)
    for name, count in seen.short.items():
        yield Condition("reconciliation", name, _is(count > 0), f"{count}")
    if seen.jumped is not None:
        yield Condition("clock", "clock", _is(seen.jumped))


def begun(
    found: Iterable[Condition], open_now: Iterable[OpenAlert], now: datetime
) -> tuple[AlertFacts, ...]:
    """Return what begins: it holds and is not open yet."""
    known = {(one.kind, one.subject) for one in open_now}
    return tuple(
        AlertFacts(one.kind, one.subject, now, detail=one.detail)
        for one in found
        if one.verdict == "holds" and (one.kind, one.subject) not in known
    )


def ended(
    found: Iterable[Condition], open_now: Iterable[OpenAlert]
) -> tuple[OpenAlert, ...]:
    """Return what was open and is over."""
    over = {(one.kind, one.subject) for one in found if one.verdict == "over"}
    return tuple(one for one in open_now if (one.kind, one.subject) in over)


def secret(message: int, now: datetime) -> AlertFacts:
    """Return the one alert of a mail with a marking of secrecy: its number, no more."""
    return AlertFacts("secret", f"{message}", now, message=message)


def missing_mails(
    mailboxes: Iterable[MailboxStatus], states: Iterable[FolderState]
) -> dict[str, int]:
    """Return, by mailbox/folder, how many mails of the folder the ledger lacks."""
    left_alone = {(s.mailbox, s.folder): s.before_since for s in states}
    found = {}
    for one in mailboxes:
        if one.folder is None or one.on_server is None:
            continue
        known = one.in_ledger + left_alone.get((one.name, one.folder), 0)
        found[f"{one.name}/{one.folder}"] = max(0, one.on_server - known)
    return found


def standing_since(
    missing: Mapping[str, int], before: Mapping[str, str], now: str
) -> dict[str, str]:
    """Return since when each folder has lacked mails (ISO 8601); those that do."""
    return {name: before.get(name, now) for name, count in missing.items() if count}


def judged_short(
    missing: Mapping[str, int], since: Mapping[str, str], now: datetime
) -> dict[str, int]:
    """Return the counts that can be judged: none missing, or missing for long.

    Mails that came while a pass was made are counted before they are fetched.
    """
    long_ago = now - STANDS
    return {
        name: count
        for name, count in missing.items()
        if not count or datetime.fromisoformat(since[name]) <= long_ago
    }


def _logins(seen: Seen, smtp_since: datetime | None) -> Iterator[Condition]:
    names = dict.fromkeys(state.mailbox for state in seen.folders)
    for name in names:
        mine = [state for state in seen.folders if state.mailbox == name]
        refused = any(state.fault == "LoginRefusedError" for state in mine)
        # A network that is down now says nothing of the password.
        well = all(state.healthy for state in mine)
        verdict: Verdict = "holds" if refused else "over" if well else "unknown"
        yield Condition("authentication", name, verdict)
    outbox = seen.outbox
    if outbox.login_refused:
        yield Condition("authentication", "SMTP", "holds")
    elif smtp_since and outbox.last_sent and outbox.last_sent > smtp_since:
        yield Condition("authentication", "SMTP", "over")


def _disk(seen: Seen) -> Condition:
    if seen.free < seen.floor:
        detail = f"{seen.free}/{seen.floor} MiB"
        return Condition("disk", "disk", "holds", detail)
    roomy = seen.free >= seen.floor * _ROOM
    return Condition("disk", "disk", "over" if roomy else "unknown")


def _is(held: bool) -> Verdict:
    return "holds" if held else "over"
