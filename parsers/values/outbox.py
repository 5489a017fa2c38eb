"""Mail to be sent: what is known when it is decided, before a word is composed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from parsers.values.campaign import PhaseName
from parsers.values.finding import Finding
from parsers.values.form import FormFacts
from parsers.values.summary import AlertFacts, DigestFacts

ItemKind = Literal["acknowledgement", "reminder", "digest", "alert"]
Purpose = Literal["receipt", "decision", "confirmation", "correction"]
ItemState = Literal["pending", "sending", "sent", "failed", "unknown", "cancelled"]
#: Why an item is pending and not sent at once.
WaitReason = Literal["temporary", "account_paused", "budget", "capped", "release"]


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """One row as it is read back: `mark` is a template's key (`taken`, `check`).

    `result` and `progress` are a reported outcome's; a registration has None. `unsure`
    are keys of columns whose text was guessed in part.
    """

    number: str | None
    title: str | None
    method: str | None
    time: str | None
    expected_result: str | None
    mark: Literal["taken", "check"]
    findings: tuple[Finding, ...] = ()
    result: str | None = None
    progress: str | None = None
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """Where an answer hangs: the mail it answers."""

    message_id: str | None
    references: tuple[str, ...]
    subject: str | None


@dataclass(frozen=True, slots=True)
class PhaseStatus:
    """What stands of a unit in one phase, for who asks. Times are aware.

    `version` counts and `versions` have come; both are None before the first.
    `received` is when what counts was received, `count` its works, of a report those
    with an outcome, and `owed` how many there should be, None where no number is owed.
    `nil`: the unit has said that there is nothing. `deadline` is what mails name.
    """

    phase: PhaseName
    deadline: datetime | None
    version: int | None = None
    versions: int | None = None
    received: datetime | None = None
    count: int = 0
    owed: int | None = None
    nil: bool = False
    confirmation: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """What a decision answer says. Times are aware. `outcome` names its template part.

    `late` is None where no phase is judged. `version` and `supersedes` are numbers of
    the unit's versions. `findings` are those of no single row: files and rows that were
    not taken among them. `in_force` is false for a version that was received before the
    one that counts. `asked` is what a request asks for. `more` are the other units of
    the same mail, each told in the same answer. `form` goes with the mail as a file.
    `status` is told, phase by phase, to who asks what has come.
    """

    receipt: str
    thread: Thread
    unit: str
    unit_name: str
    salutation: str | None
    received: datetime
    sent_date: datetime | None
    outcome: Literal[
        "accepted",
        "partial",
        "nothing_changed",
        "nothing_readable",
        "nil",
        "request",
        "confirmed",
    ]
    campaign: str | None = None
    campaign_title: str | None = None
    phase: str | None = None
    version: int | None = None
    supersedes: int | None = None
    mode: str | None = None
    late: bool | None = None
    deadline: datetime | None = None
    registered: int | None = None
    quota: int | None = None
    confirmation: str | None = None
    rows: tuple[AnsweredRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    in_force: bool = True
    asked: Literal["form", "help", "status"] | None = None
    more: tuple["DecisionFacts", ...] = ()
    form: FormFacts | None = None
    status: tuple[PhaseStatus, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What a receipt says: that it came, when, and its code. It names no unit."""

    receipt: str
    thread: Thread
    received: datetime


@dataclass(frozen=True, slots=True)
class AskedChange:
    """What a mail would do to one unit's version, if its sender is who he says.

    `version` is the number of the version in force that the answer is bound to,
    `before` and `after` count its rows as they are and as they would be. `change` is a
    template's key.
    """

    campaign: str
    unit: str
    unit_name: str
    phase: str
    version: int
    before: int
    after: int
    change: Literal["replacement", "removal", "nil"]


@dataclass(frozen=True, slots=True)
class ConfirmationFacts:
    """What a confirmation asks: that `code` be sent back within `days` days."""

    receipt: str
    thread: Thread
    received: datetime
    code: str
    days: int
    changes: tuple[AskedChange, ...]
    salutation: str | None = None


@dataclass(frozen=True, slots=True)
class RejectionFacts:
    """What a rejection says: that a person does not take the mail, and `why`."""

    receipt: str
    thread: Thread
    received: datetime
    why: str
    unit_name: str | None = None
    salutation: str | None = None


#: What a reminder asks for: all of it, the rest, a file that can be read, only the
#: signed confirmation.
Missing = Literal["everything", "some", "unreadable", "confirmation"]


@dataclass(frozen=True, slots=True)
class ReminderFacts:
    """What a reminder says; nothing in it changes with the hour.

    `named` is the day that mails name, `came` and `owed` count works (results in that
    phase). `asked`: a replacement waits for the unit's word. `form` goes with it.
    `leader` is the name of whom a leader's copy speaks to.
    """

    campaign: str
    campaign_title: str
    phase: PhaseName
    step: str
    audience: Literal["unit", "leader"]
    unit: str
    unit_name: str
    salutation: str | None
    leader: str | None
    missing: Missing
    named: date
    came: int
    owed: int | None
    asked: bool = False
    form: FormFacts | None = None


Facts = (
    DecisionFacts
    | ReceiptFacts
    | ConfirmationFacts
    | RejectionFacts
    | ReminderFacts
    | DigestFacts
    | AlertFacts
)


@dataclass(frozen=True, slots=True)
class NewItem:
    """One outbox item as decided. `key` is unique for its kind (DESIGN.md section 5).

    `door` is `smtp`, or the name of the directory mailbox whose folder takes it.
    `waits` is `release` where a person must let it go, else None. `campaign`, `phase`
    and `to_leader` (a leader's copy) are a reminder's.
    """

    kind: ItemKind
    key: str
    to: tuple[str, ...]
    facts: Facts
    purpose: Purpose | None = None
    units: tuple[str, ...] = ()
    step: str | None = None
    door: str = "smtp"
    waits: WaitReason | None = None
    reports_version: bool = False
    campaign: str | None = None
    phase: str | None = None
    to_leader: bool = False


@dataclass(frozen=True, slots=True)
class Envelope:
    """SMTP sender and recipients only (RFC 5321), no header."""

    sender: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComposedMail:
    """A finished mail, never built again: wire bytes with CRLF line ends."""

    message_id: str
    subject: str
    raw: bytes
