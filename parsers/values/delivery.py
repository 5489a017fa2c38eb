"""What a unit has delivered, as documents are made of it: versions and their rows."""

from dataclasses import dataclass
from datetime import datetime

from parsers.values.reading import Confirmation, Registration, Result


@dataclass(frozen=True, slots=True)
class InForce:
    """The version in force of one phase. `late` is the unit's: of its first version."""

    version: int
    received: datetime
    late: bool
    confirmation: Confirmation | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """The rows that were in force at an earlier moment; none where nothing was."""

    works: tuple[Registration, ...] = ()
    results: tuple[Result, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """One unit's rows in force in one campaign.

    `category` and `unit_name` are None for a unit that the directory does not know.
    `earlier` is None where no earlier moment was asked for, or nothing has changed
    since: then every row stood there already. `matched` goes with `results`: each
    one's work, from 0, or None. `chosen` are the titles of the works that were asked
    for, None for all.
    """

    campaign: str
    category: str | None
    unit: str
    unit_name: str | None
    registration: InForce | None = None
    reported: InForce | None = None
    works: tuple[Registration, ...] = ()
    results: tuple[Result, ...] = ()
    earlier: Earlier | None = None
    matched: tuple[int | None, ...] = ()
    chosen: frozenset[str] | None = None
