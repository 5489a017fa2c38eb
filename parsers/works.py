"""What a work read out of a table is, and how its columns are put together by key.

Which rows make a work is told by `parsers.rows`.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from parsers import sections
from parsers.grid import Grid
from parsers.headings import Heading
from parsers.places import COLUMN_WORD
from parsers.values.campaign import Campaign

Why = Literal[
    "total", "footer", "example", "no_number", "no_title", "after_gap", "note"
]

#: Keys whose text also stands in `extra`, under the heading of its column.
_TWICE = 0.6
_SHOWN_TWICE = frozenset(["unit", "field", "progress"])


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows `start` to `end` (excluded) of one grid, read under one settled heading.

    `field` and `section` are those of a section before them that still holds;
    `continues` says that a work of the table before may go on in the first row.
    """

    grid: Grid
    heading: Heading
    start: int
    end: int
    campaign: Campaign | None = None
    field: int | None = None
    section: str = ""
    continues: bool = False


class Work(NamedTuple):
    """One work: rows `first` to `last`, its text and certainty by key.

    `cells` says at which row and column the text of a key begins. `certainty` is the
    least of all its cells, extra columns included. `section` is the last line above it
    that parted the works otherwise than by fields: by units, by kinds of bodies.
    `rest`: it is no work but the end of the last one in the table before.
    """

    first: int
    last: int
    values: dict[str, str]
    certainties: dict[str, float]
    cells: dict[str, tuple[int, int]]
    extra: dict[str, str]
    certainty: float
    field: int | None
    section: str = ""
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """Rows `first` to `last`, both counted, that were not taken."""

    first: int
    last: int
    why: Why
    text: str


@dataclass(slots=True)
class Draft:
    """A work that may still go on in the next row; a list of lines for each column."""

    first: int
    last: int
    field: int | None
    lines: list[list[str]]
    least: list[float]
    section: str = ""
    rest: bool = False


@dataclass(slots=True)
class _Columns:
    """The columns of one work, put together by key and by heading."""

    values: dict[str, list[str]] = field(default_factory=dict)
    certainties: dict[str, float] = field(default_factory=dict)
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)
    extra: dict[str, list[str]] = field(default_factory=dict)


def finished(draft: Draft, stretch: Stretch) -> Work:
    """Return the work that a draft has come to, its columns put together by key."""
    put = _Columns()
    for column, key in enumerate(stretch.heading.keys):
        text = "\n".join(draft.lines[column])
        if key is not None:
            texts = put.values.setdefault(key, [])
            texts.append(text)
            least = min(put.certainties.get(key, 1.0), draft.least[column])
            if key in ("number", "title") and len([t for t in texts if t]) > 1:
                # Two tables side by side under one heading look the same.
                least = min(least, _TWICE)
            put.certainties[key] = least
            put.cells.setdefault(key, (draft.first, column))
        heading = stretch.heading.texts[column]
        if key is None or key in _SHOWN_TWICE:
            # A column without a heading says something only where it is filled.
            name = heading or (f"{COLUMN_WORD.capitalize()} {column + 1}")
            if heading or text:
                put.extra.setdefault(name, []).append(text)
    values = {key: _joined(texts) for key, texts in put.values.items()}
    own = sections.field_of(values.get("field", ""), stretch.campaign)
    return Work(
        first=draft.first,
        last=draft.last,
        values=values,
        certainties=put.certainties,
        cells=put.cells,
        extra={name: _joined(texts) for name, texts in put.extra.items()},
        certainty=min([*draft.least, *put.certainties.values()], default=1.0),
        field=own if own is not None else draft.field,
        section=draft.section,
        rest=draft.rest,
    )


def _joined(texts: list[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    return "\n".join(text for text in texts if text)
