"""Who writes, and what is to be written: the two values that a mail is made from."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from parsers.values.outbox import Facts, ItemKind, Purpose


class ComposeError(Exception):
    """The facts make no mail that may be sent; a person must look at the item."""


@dataclass(frozen=True, slots=True)
class Office:
    """The sender of every mail. `domain` is the right side of our Message-IDs."""

    name: str
    address: str
    domain: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class ComposeInput:
    """One outbox item to be composed. `date` is aware and stands in its Date field."""

    kind: ItemKind
    purpose: Purpose | None
    key: str
    to: tuple[str, ...]
    facts: Facts
    date: datetime
