"""Who must submit, and what says that a mail is theirs."""

from dataclasses import dataclass
from typing import Literal

AddressSource = Literal["file", "learned", "provisional"]
AddressHealth = Literal["good", "bouncing", "dead"]
Source = Literal[
    "letterhead", "signature", "subject", "file_name", "body", "title", "sender_name"
]


@dataclass(frozen=True, slots=True)
class Unit:
    """One line of the units file; `addresses` are those of the file, as written."""

    code: str
    name: str
    category: str
    aliases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    salutation: str | None = None
    contact: str | None = None
    phone: str | None = None
    leader: str | None = None
    leader_address: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class UnitNames:
    """What the readers may know of a unit: no addresses."""

    code: str
    name: str
    category: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One place of a mail that names an issuer.

    `code` is the unit that it names; None with `foreign` for an issuer that is none of
    ours (another district or province), so that a mismatch is seen. `score` is 1.0 for
    an exact name or alias. `attachment` is the path of the document that it stands in.
    """

    source: Source
    code: str | None
    text: str
    score: float = 1.0
    foreign: bool = False
    attachment: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that the mail may be of; `score` 0 to 1, `evidence` in order of weight."""

    code: str
    score: float
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddressOwner:
    """That an address is a unit's: by file, by a person, or for the time being."""

    address: str
    code: str
    source: AddressSource
    health: AddressHealth = "good"
