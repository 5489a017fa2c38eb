"""A form to be filled in: what it asks, of whom, and what is known already."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from parsers.values.campaign import PhaseName

#: Why a cell is to be looked at; a key of the form's words.
FormDoubt = Literal["doubtful", "empty", "time", "twice"]


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column as the campaign file names it."""

    key: str
    heading: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class FormCell:
    """What stands in a cell; `doubt` says why it is coloured, None where it is not."""

    text: str = ""
    doubt: FormDoubt | None = None


@dataclass(frozen=True, slots=True)
class FormFacts:
    """One form. `rows` go with `columns`, cell by cell, and never hold a formula.

    `title` is the plan's. `unit` and `unit_name` are None in a blank form for anybody,
    `quota` where nothing is owed. `deadline` is the last day that mails name. A form of
    results holds the unit's registered works; a reader knows it by its columns.
    """

    campaign: str
    title: str
    phase: PhaseName
    columns: tuple[FormColumn, ...]
    deadline: date | None = None
    unit: str | None = None
    unit_name: str | None = None
    quota: int | None = None
    rows: tuple[tuple[FormCell, ...], ...] = ()
