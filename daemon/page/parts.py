"""What the page is made of: the wiring builds it from settings, the page takes it.

It holds values and functions, and does nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from daemon.clock import Clock
from daemon.decide import Policy
from daemon.exporting import Issuer
from daemon.page.doorway import Names
from daemon.page.health import Health
from daemon.page.users import User, Users
from daemon.recording import Paper
from parsers.values.campaign import Campaign
from parsers.values.outbox import ComposedMail
from parsers.values.preview import Preview
from storage.archive import Archive
from storage.budget import Budget
from storage.database import Database
from storage.outbox import DueItem
from storage.status import Status


@dataclass(frozen=True, slots=True)
class Entrance:
    """How the page is reached, and by whom.

    `prefix` is "" or begins with `/` and does not end with it. Without `users` nobody
    can log in; then `guest` is who looks from this very machine, None: nobody.
    """

    prefix: str
    names: Names
    users: Users | None = None
    guest: User | None = None


@dataclass(frozen=True, slots=True)
class Disk:
    """Bytes that are free where mails are kept, and below which nothing is fetched."""

    free: int
    floor: int


@dataclass(frozen=True, slots=True)
class Readers:
    """What only a reader child may do: a stranger's bytes are not parsed here.

    `paper` reads a file (name, bytes); None where it cannot be read. `part` returns the
    bytes of one attachment of a raw mail by its path, None where it has none. `settle`
    has reopened mails (ids) read and decided under a name; the flag: whoever was told
    otherwise before is sent one correction. `picture` draws a page of a file anew as a
    PNG, or returns the code of why it cannot be drawn.
    """

    paper: Callable[[str, bytes], Paper | None]
    part: Callable[[bytes, tuple[str, ...]], bytes | None]
    settle: Callable[[Sequence[int], str, bool], None]
    picture: Callable[[bytes, Preview], bytes | str]


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that the page looks at or calls.

    `status` and `health` are called for every request and may raise StorageError.
    `most_bytes` is the largest file that a person may hand in. `holder` is this
    process in the leases.
    """

    entrance: Entrance
    database: Database
    archive: Archive
    clock: Clock
    zone: tzinfo
    policy: Policy
    campaign: Campaign
    secret: bytes
    status: Callable[[], Status]
    health: Callable[[], Health]
    readers: Readers
    compose: Callable[[DueItem], ComposedMail]
    issuer: Callable[[], Issuer]
    budget: Budget
    disk: Callable[[], Disk]
    most_bytes: int
    holder: str = ""
