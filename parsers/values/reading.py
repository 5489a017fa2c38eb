"""Everything understood of one message (or bare file); kept in the archive as JSON."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Literal

from parsers.values.campaign import Campaign
from parsers.values.finding import Finding
from parsers.values.limits import Limits
from parsers.values.message import Message
from parsers.values.returned import Returned
from parsers.values.table import Table
from parsers.values.unit import Candidate, Mention, UnitNames

Kind = Literal[
    "registration", "results", "nil", "correction", "request", "other", "automatic"
]
Mode = Literal["new", "replacement", "supplement"]
Confirmation = Literal["signed", "block_only", "absent"]
AttachmentRole = Literal["table", "copy", "confirmation", "other", "unreadable"]
Progress = Literal["done", "in_progress", "not_done"]

#: Raised whenever the same bytes may be understood differently than before.
READER_VERSION = "2"


@dataclass(frozen=True, slots=True)
class Registration:
    """One registered work, one row.

    Text is NFC, as written; None where the source lacks the column, "" for an empty
    cell. `cells` gives the certainty of each column that was read; `certainty` is the
    least of them. `field_certainty` is 1.0 where a section or column names the field,
    less where it was inferred. `start` and `end` are the span of `time`, both days
    counted, None where it cannot be told. `unit` is a code, `unit_text` what stood in a
    unit column. `place` is for people; `attachment` is the path of the file, empty for
    the body.
    """

    number: str | None
    title: str | None
    method: str | None
    time: str | None
    expected_result: str | None
    unit: str | None = None
    unit_text: str | None = None
    field: int | None = None
    start: date | None = None
    end: date | None = None
    certainty: float = 1.0
    cells: dict[str, float] = dataclasses.field(default_factory=dict)
    extra: dict[str, str] = dataclasses.field(default_factory=dict)
    place: str = ""
    attachment: tuple[str, ...] = ()
    field_certainty: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The reported outcome of a registered work; conventions as in Registration."""

    number: str | None
    title: str | None
    result: str | None
    progress: Progress | None = None
    unit: str | None = None
    unit_text: str | None = None
    certainty: float = 1.0
    cells: dict[str, float] = dataclasses.field(default_factory=dict)
    extra: dict[str, str] = dataclasses.field(default_factory=dict)
    place: str = ""
    attachment: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """One wish of a reply: remove the row `number`, or set one of its columns."""

    number: str
    change: Literal["remove", "set"]
    column: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class AttachmentReading:
    """One leaf or container: `bytes` and `sha256` are of the decoded payload."""

    path: tuple[str, ...]
    type: str
    bytes: int
    sha256: str
    role: AttachmentRole
    encoding: str | None


@dataclass(frozen=True, slots=True)
class Cutout:
    """What a person looks at before believing: a seal, a signature; a JPEG."""

    attachment: tuple[str, ...]
    kind: str
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """What one message says. `message` is None for a bare file.

    `mode` is what the mail itself says (None where it delivers nothing). `mentions`
    are all places that name an issuer, `candidates` their sum, best first. `plans` are
    plan numbers found in the text (`41-KH/QU`). `reply_text` is the body above any
    quotation, at most 10,000 characters. `content_digest` is a SHA-256 over From, Date,
    Subject and the decoded parts: the same mail delivered twice has the same. `request`
    is set when a mail asks for the form, help or its status. `tables` are as read, with
    the roles and columns that recognition gave them. `correction_unclear`: more is
    wished than `corrections` say. `returned` is what a bounce says of mail of ours,
    `cutouts` are the seals and signatures that were seen below tables.
    """

    kind: Kind
    message: Message | None = None
    mode: Mode | None = None
    confirmation: Confirmation | None = None
    registrations: tuple[Registration, ...] = ()
    results: tuple[Result, ...] = ()
    corrections: tuple[Correction, ...] = ()
    attachments: tuple[AttachmentReading, ...] = ()
    findings: tuple[Finding, ...] = ()
    tables: tuple[Table, ...] = ()
    mentions: tuple[Mention, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    plans: tuple[str, ...] = ()
    reply_text: str = ""
    request: Literal["form", "help", "status"] | None = None
    kind_unclear: bool = False
    correction_unclear: bool = False
    secret: bool = False
    content_digest: str = ""
    returned: tuple[Returned, ...] = ()
    cutouts: tuple[Cutout, ...] = ()
    reader_version: str = READER_VERSION


@dataclass(frozen=True, slots=True)
class Headings:
    """The words by which a column is known: column key -> phrases, as people write."""

    columns: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a reader child is told once: everything that is not in the bytes.

    `own` are our own addresses, lower case; `own_domain` is the right side of the
    Message-IDs that we write.
    """

    units: tuple[UnitNames, ...]
    campaigns: tuple[Campaign, ...]
    headings: Headings
    limits: Limits
    own: tuple[str, ...] = ()
    own_domain: str = ""
