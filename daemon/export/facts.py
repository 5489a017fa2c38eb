"""Where a unit stands, as the documents of all units tell it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """One line of the status table; names as in the contract, times aware.

    The `results_…` are None where the plan has no results phase.
    """

    code: str
    name: str
    category: str
    quota: int | None
    registered: int
    state: str
    versions: int
    last_received: datetime | None
    late: bool
    confirmation: str | None
    results: int
    reminders: int
    findings: int
    address_known: bool
    address: str
    results_state: str | None = None
    results_versions: int | None = None
    results_late: bool | None = None
