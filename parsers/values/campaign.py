"""A plan as data: who owes what, by when, in which columns."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

PhaseName = Literal["registration", "results"]


@dataclass(frozen=True, slots=True)
class Phase:
    """A delivery that is owed. `deadline` is as judged; `named` is what mails name."""

    name: PhaseName
    opens: date
    deadline: date
    day_counts: bool = True
    named: date | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of unit, and how many works each owes."""

    code: str
    name: str
    quota: int


@dataclass(frozen=True, slots=True)
class Field:
    """A field of work; `same_as` are other schemes' names, `terms` speak for it.

    `weights` are terms that say more than one word's worth: (term, weight), 1 to 9.
    """

    number: int
    name: str
    same_as: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    weights: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the form. `key`: number title method time expected_result result
    progress unit field.
    """

    key: str
    heading: str
    also: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Campaign:
    """One plan. `period` is (first day, last day) of the contest, both counted.

    `mandatory_terms` are words of compulsory professional targets, which may not be
    registered.
    """

    number: str
    title: str
    period: tuple[date, date]
    phases: tuple[Phase, ...]
    categories: tuple[Category, ...]
    columns: tuple[Column, ...]
    fields: tuple[Field, ...] = ()
    quota_exceptions: tuple[tuple[str, int], ...] = ()
    off: tuple[date, ...] = ()
    work: tuple[date, ...] = ()
    mandatory_terms: tuple[str, ...] = ()

    def quota(self, unit: str, category: str) -> int | None:
        """Return how many works the unit owes; None for a category not of the plan."""
        for code, number in self.quota_exceptions:
            if code == unit:
                return number
        return next((c.quota for c in self.categories if c.code == category), None)

    def phase(self, name: str) -> Phase | None:
        """Return the phase of that name, or None."""
        return next((p for p in self.phases if p.name == name), None)
