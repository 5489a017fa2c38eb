"""One e-mail as received: its header as people and programs wrote it, and its parts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

#: Why a message must not be answered: `list` may still carry a table.
Automatic = Literal["automatic", "list", "bounce"]


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox of RFC 5322 3.4: NFC display name, and `local@domain` as written."""

    name: str | None
    address: str | None


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """One header field, unfolded: `name` in lower case, `value` undecoded, trimmed."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Message:
    """The header of one mail, decoded to NFC text.

    `senders` are the addresses of every From field in order; `from_fields` counts the
    fields (more than one is no proof of anybody). `trace` holds Received,
    Authentication-Results and Return-Path from the top down, for the judge of trust.
    `automatic` is why no answer may be sent, or None; `own` says it is one of ours.
    `date` is the Date field's instant, aware; None when absent or unreadable.
    """

    message_id: str | None
    subject: str | None
    senders: tuple[Address, ...]
    from_fields: int
    sender: Address | None
    recipients: tuple[Address, ...]
    date: datetime | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    trace: tuple[HeaderLine, ...]
    automatic: Automatic | None
    own: bool

    @property
    def author(self) -> Address | None:
        """Return the first From address, the one that is answered; None without."""
        return self.senders[0] if self.senders else None


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf of the MIME tree, or one mail inside the mail before its leaves.

    `path` are the names through containers, as the contract's attachments (`#2` for the
    second of equal names); empty for the mail's own text and HTML bodies. `payload` is
    the decoded bytes. `charset` is as declared. `depth` counts the nested mails around.
    `alternative`: a text body that an HTML body says again (multipart/alternative).
    `digest` is the SHA-256 of the payload, hexadecimal; "" for bodies, where nobody
    asks for it. `archives` counts the archives around, mails not among them.
    """

    path: tuple[str, ...]
    declared_type: str
    payload: bytes
    body: Literal["text", "html"] | None = None
    charset: str | None = None
    container: bool = False
    depth: int = 0
    alternative: bool = False
    digest: str = ""
    archives: int = 0
