"""What is known of one mail when it is decided, and the one value that is decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from parsers.values.campaign import PhaseName
from parsers.values.finding import Finding
from parsers.values.outbox import NewItem
from parsers.values.reading import (
    Confirmation,
    Kind,
    Mode,
    Reading,
    Registration,
    Result,
)
from parsers.values.returned import Returned
from parsers.values.unit import AddressOwner, Candidate

MessageState = Literal["fetched", "processed", "ignored", "held", "quarantined"]
SubmissionState = Literal["accepted", "partial", "held", "refused"]
SubmissionKind = Literal["mailed", "recorded", "amended"]
Trust = Literal["proven", "unproven", "failed", "unknown"]
Reason = Literal[
    "automatic",
    "bounce",
    "own",
    "duplicate",
    "before_start",
    "not_for_us",
    "rejected",
    "nothing_to_register",
    "nothing_changed",
    "nothing_readable",
    "request",
    "unit_unknown",
    "unit_ambiguous",
    "unit_mismatch",
    "sender_failed",
    "sender_unknown",
    "replacement_unconfirmed",
    "kind_unclear",
    "mode_unclear",
    "campaign_unclear",
    "correction_unclear",
    "secret",
    "program_missing",
    "reader_died",
    "internal_fault",
]
Door = Literal["imap", "directory", "ingest"]
AnswerMode = Literal["sender", "folder", "none"]


#: The ledger number of what a person recorded: at one instant his word comes last.
BY_HAND = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a person lets pass of a held mail, all that he said of it together.

    `doubts` are the reasons for which it was held when he spoke. `unit` is whose the
    doubtful rows are; `named` says that he named it himself: rows that name a unit of
    their own are then this unit's too. `mode` and `campaign` are None where he left
    them to the mail.
    """

    doubts: frozenset[Reason]
    unit: str | None = None
    named: bool = False
    mode: Mode | None = None
    campaign: str | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """That a person does not take a mail; `tell`: its sender is told, with `why`."""

    why: str
    tell: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """What the ledger knows of a message. Times are aware.

    `raw_bytes` is the size on the server; `header_only` says that only the header was
    kept. `junk`: it stood in a Junk folder and nowhere else. `first_pass`: it came with
    the very first pass over its mailbox. `asked`: whoever gave it wants its sender
    answered by mail, which its door does not do by itself. `assigned`: pairs of
    unit code and attachment path ("" for the whole mail) that a person gave.
    `answered`: purposes of answers that stand in the outbox for it already.
    `first_read`: when it was first decided, None for the first time. `receipt` is
    the ledger's code for the mail; "" where no ledger gave one. `confirmed`: its
    sender answered our question with the code. `accepted` and `rejected` are what
    people said of it, and have not taken back; `retold`: they took back that it is
    accepted, or that it is not taken and its sender is told so. `given` are its own
    versions that count: campaign, unit, phase and digest of each. `turn` is the
    ledger's event after which it was first decided, None for the first time and
    when people have spoken since; `settled`: it had an effect then.
    """

    id: int
    raw_sha256: str
    raw_bytes: int
    received: datetime
    mailbox: str
    folder: str | None
    door: Door
    header_only: bool = False
    junk: bool = False
    first_pass: bool = False
    asked: bool = False
    assigned: tuple[tuple[str, str], ...] = ()
    answered: tuple[str, ...] = ()
    first_read: datetime | None = None
    receipt: str = ""
    confirmed: bool = False
    accepted: Accepted | None = None
    rejected: Rejected | None = None
    retold: bool = False
    given: tuple[tuple[str, str, PhaseName, str], ...] = ()
    turn: int | None = None
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Pending:
    """A held mail whose sender was asked for a code, and has not sent it yet.

    `asked` is when the question left, aware. `versions` are what the code is bound to:
    campaign, unit, phase and number of each version that would go out of force.
    """

    message: int
    receipt: str
    code: str
    asked: datetime
    versions: tuple[tuple[str, str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Contested:
    """A version in force for which a stranger would now speak too."""

    campaign: str
    unit: str
    phase: PhaseName
    version: int


@dataclass(frozen=True, slots=True)
class Signature:
    """That a version in force is confirmed by a mail that came after it."""

    campaign: str
    unit: str
    phase: PhaseName
    version: int
    confirmation: Confirmation


@dataclass(frozen=True, slots=True)
class OtherWork:
    """A work in force of some unit, by the key of its title."""

    key: str
    campaign: str
    unit: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The version in force of one unit in one phase, and the highest number given.

    `mode` is how it came about; None where that is not known. `confirmed` is when the
    last mail was received that brought the same rows again (`nothing_changed`).
    `confirmation` is the best that has come for it.
    """

    campaign: str
    unit: str
    phase: PhaseName
    version: int
    last_version: int
    received: datetime
    message: int | None
    rows_digest: str
    registrations: tuple[Registration, ...] = ()
    results: tuple[Result, ...] = ()
    mode: Mode | None = None
    confirmed: datetime | None = None
    confirmation: Confirmation | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that one decision may look at, and nothing else.

    `owners` are the directory's lines for the From address; `addressed` are those of
    the units in question that have an accepted address. `standing` are the versions in
    force of the units in question. `twin` is another message of the same identity that
    was decided before and is no duplicate itself. `last_receipt` is when the From
    address was last told by a receipt. `pending` are the mails of the From address that
    wait for its code. `elsewhere` are works in force with a title that the mail has
    too, whoever registered them.
    """

    received: Received
    reading: Reading
    now: datetime
    owners: tuple[AddressOwner, ...] = ()
    addressed: frozenset[str] = frozenset()
    standing: tuple[Standing, ...] = ()
    twin: int | None = None
    last_receipt: datetime | None = None
    pending: tuple[Pending, ...] = ()
    elsewhere: tuple[OtherWork, ...] = ()


@dataclass(frozen=True, slots=True)
class NewSubmission:
    """One unit's delivery to be stored; storage numbers it.

    `rows_digest` is a SHA-256 over the folded rows in order, whatever file they stood
    in. `received` decides which version is in force. `matched` goes with `results`,
    item by item: the position from 0 of the registered work that each belongs to, None
    for a result without registration (and where it ends early). `title_keys` goes with
    `registrations` in the same way: by them the same work of two units is found.
    """

    campaign: str
    unit: str
    phase: PhaseName
    state: SubmissionState
    kind: SubmissionKind
    mode: Mode
    supersedes: int | None
    received: datetime
    late: bool
    confirmation: Confirmation | None
    rows_digest: str
    registrations: tuple[Registration, ...] = ()
    results: tuple[Result, ...] = ()
    findings: tuple[Finding, ...] = ()
    matched: tuple[int | None, ...] = ()
    title_keys: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything to store and everything to say about one message.

    `message` is BY_HAND where no message brought it, but a person recorded it.
    `findings` are the decision's own, of all its submissions too; those of the Reading
    are not repeated here. A NewSubmission's findings are both, as far as they concern
    it. `confirms` are held messages that this one confirms: they are decided anew.
    `signatures` are versions whose confirmation has come with it, `contested` those
    that are to be marked: they count on, and a person looks. `returned` is what a
    bounce says of mail that we sent, where nothing speaks against its sender.
    """

    message: int
    state: MessageState
    reason: Reason | None
    kind: Kind
    trust: Trust
    mode: Mode | None = None
    units: tuple[str, ...] = ()
    certainty: Literal["certain", "probable"] | None = None
    evidence: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    submissions: tuple[NewSubmission, ...] = ()
    findings: tuple[Finding, ...] = ()
    items: tuple[NewItem, ...] = ()
    learned: tuple[AddressOwner, ...] = ()
    confirms: tuple[int, ...] = ()
    signatures: tuple[Signature, ...] = ()
    contested: tuple[Contested, ...] = ()
    returned: tuple[Returned, ...] = ()
