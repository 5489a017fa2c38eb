"""What may be configured: the frozen values behind `hopthu.toml`, a table a class.

Defaults stand here and nowhere else; it reads nothing.
"""

from dataclasses import MISSING, dataclass, field, fields
from datetime import date, time
from pathlib import Path
from typing import Any, Literal

from config.secret import Secret
from parsers.values.campaign import Campaign
from parsers.values.limits import Limits
from parsers.values.message import Address

Security = Literal["tls", "starttls", "none"]


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One door. Of kind `imap`: host to mark; of kind `directory`: `path`.

    `since`: what was received before that day is counted, not fetched.
    """

    name: str
    kind: Literal["imap", "directory"]
    since: date
    host: str = ""
    port: int = 993
    security: Security = "tls"
    username: str = ""
    password: Secret | None = None
    folders: tuple[str, ...] = ("INBOX", "\\Junk")
    sent_folder: str = "\\Sent"
    idle: bool = True
    poll_seconds: int = 300
    answer: Literal["sender", "folder", "none"] = "sender"
    mark: Literal["none", "label", "move"] = "none"
    trusted_authserv_id: str = ""
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Trust:
    """What an unknown address may do whose mail proves its unit."""

    first_contact: Literal["trust", "hold"] = "trust"


@dataclass(frozen=True, slots=True)
class Answers:
    """How often, how late and whom we answer."""

    within_days: int = 7
    per_address_per_day: int = 3
    per_day: int = 300
    unknown_sender: Literal["receipt", "silent"] = "receipt"


@dataclass(frozen=True, slots=True)
class Smtp:
    """The way out. `sender` is the key `from`; without `username` there is no login."""

    host: str
    sender: Address
    port: int = 587
    security: Security = "starttls"
    username: str = ""
    password: Secret | None = None
    per_minute: int = 20
    per_day: int = 450
    release: Literal["automatic", "by_person"] = "automatic"
    first_pass: Literal["hold", "send"] = "hold"


@dataclass(frozen=True, slots=True)
class Reminders:
    """When who still owes is reminded; `leader_from` is a step (`before-1`) or ""."""

    days_before: tuple[int, ...] = (14, 7, 3, 1)
    days_after: tuple[int, ...] = (1, 4)
    at: time = time(8, 0)
    min_gap_days: int = 2
    max_per_phase: int = 6
    confirmation: bool = False
    leader_from: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """Whom the daily summary goes to, and when."""

    recipients: tuple[str, ...] = ()
    at: time = time(7, 30)
    when: Literal["always", "working_days", "if_changed"] = "working_days"


@dataclass(frozen=True, slots=True)
class Alerts:
    """Whom we tell, once, that something is wrong, and once that it is over."""

    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Retention:
    """How long raw bytes of mail that is not for us are kept.

    Read and checked, and not used yet: they are kept.
    """

    keep_other_days: int = 30


@dataclass(frozen=True, slots=True)
class Web:
    """Where the page is served; `host` and `port` are the two halves of `bind`."""

    host: str = "127.0.0.1"
    port: int = 8025
    url: str = ""
    prefix: str = ""
    users_file: Path | None = None

    @property
    def reach(self) -> str:
        """Return how people reach the page: `url`, else from bind and prefix."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.url or f"http://{host}:{self.port}{self.prefix}/"


@dataclass(frozen=True, slots=True)
class Storage:
    """Below `disk_floor_mib` of free disk nothing more is fetched."""

    disk_floor_mib: int = 500


@dataclass(frozen=True, slots=True)
class Documents:
    """Who issues the documents that are exported; names as they are to stand there.

    `body` empty: the name that our mails come from. `margins` are top, bottom, left and
    right of an upright page, in millimetres.
    """

    superior: str = ""
    body: str = ""
    symbol: str = ""
    place: str = ""
    signer: str = "TRƯỞNG BAN"
    signed_by: str = ""
    maker: str = ""
    addressee: str = ""
    recipients: tuple[str, ...] = ()
    margins: tuple[int, ...] = (20, 20, 30, 15)


@dataclass(frozen=True, slots=True)
class Workers:
    """How many reader processes run beside the daemon."""

    processes: int = 2


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything of the configuration; `campaigns` are read from the files named.

    `file` is None for the shipped settings (`hopthu read` without a configuration);
    then there is no `smtp` either. The database's URL may hold a password that came
    from the environment, so that `repr` leaves it out.
    """

    file: Path | None
    campaigns: tuple[Campaign, ...]
    campaign_files: tuple[Path, ...]
    units: Path
    database: str = field(default="sqlite:///var/hopthu.db", repr=False)
    archive: Path = Path("var/archive")
    timezone: str = "Asia/Ho_Chi_Minh"
    mailboxes: tuple[Mailbox, ...] = ()
    smtp: Smtp | None = None
    trust: Trust = field(default_factory=Trust)
    answers: Answers = field(default_factory=Answers)
    reminders: Reminders = field(default_factory=Reminders)
    digest: Digest = field(default_factory=Digest)
    alerts: Alerts = field(default_factory=Alerts)
    limits: Limits = field(default_factory=Limits)
    retention: Retention = field(default_factory=Retention)
    web: Web = field(default_factory=Web)
    storage: Storage = field(default_factory=Storage)
    workers: Workers = field(default_factory=Workers)
    documents: Documents = field(default_factory=Documents)

    @property
    def categories(self) -> tuple[str, ...]:
        """Return the codes of the campaigns' categories, each once."""
        codes = (c.code for plan in self.campaigns for c in plan.categories)
        return tuple(dict.fromkeys(codes))


def defaults(kind: type) -> dict[str, Any]:
    """Return the plain defaults of a table that cannot be made without its own keys."""
    return {f.name: f.default for f in fields(kind) if f.default is not MISSING}
