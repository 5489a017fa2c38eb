"""What a mailbox needs to be told: where it is, who we are, what a batch may cost.

It reads no configuration and connects to nothing.
"""

from dataclasses import dataclass, field
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

MIB = 1024 * 1024

Security = Literal["tls", "starttls", "none"]
Mark = Literal["none", "label", "move"]


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What one batch may hold. `batch_bytes` and `message_bytes` are bytes.

    A mail above `batch_bytes` goes alone; of one above `message_bytes` only the header
    is fetched.
    """

    batch_count: int = 50
    batch_bytes: int = 8 * MIB
    message_bytes: int = 40 * MIB

    def halved(self) -> "FetchLimits":
        """Return the limits for a server that says that we are too fast."""
        return FetchLimits(
            max(1, self.batch_count // 2),
            max(MIB, self.batch_bytes // 2),
            self.message_bytes,
        )


@dataclass(frozen=True, slots=True)
class MailboxAccount:
    r"""One IMAP account, as plain values; `repr` hides the password.

    `folders` and `sent_folder` are names, or special uses such as `\Junk`; an empty
    `sent_folder` means that there is none. Mails received before the day `since` begins
    in `timezone` (an IANA name) are counted, not fetched. Timeouts are seconds.
    `ca_file` is a PEM file of a private authority that is trusted instead of the
    system's.

    Raises ValueError for a password that would leave the machine in the clear.
    """

    name: str
    host: str
    username: str
    password: str = field(repr=False)
    port: int = 993
    security: Security = "tls"
    folders: tuple[str, ...] = ("INBOX", "\\Junk")
    sent_folder: str = "\\Sent"
    idle: bool = True
    since: date | None = None
    timezone: str = "Asia/Ho_Chi_Minh"
    mark: Mark = "none"
    connect_timeout: float = 20.0
    read_timeout: float = 60.0
    ca_file: Path | None = None
    limits: FetchLimits = FetchLimits()

    def __post_init__(self) -> None:
        if self.security == "none" and not _loopback(self.host):
            raise ValueError(f"mailbox {self.name}: security none is for loopback only")


def _loopback(host: str) -> bool:
    if host.casefold() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
