"""A document as an office lays it out, before any program writes it; and its truth."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Typed:
    """A cell that is no text: its value, the format, and how a program shows it."""

    value: int | float | date
    format: str
    shown: str


Value = str | Typed


def shown(value: Value | None) -> str:
    if value is None:
        return ""
    return value.shown if isinstance(value, Typed) else value


@dataclass
class Pair:
    """Two blocks of lines side by side: a letterhead, signatures."""

    left: list[str]
    right: list[str]


@dataclass
class Lines:
    """Lines over the full width; `centred` for titles."""

    texts: list[str]
    centred: bool = False


@dataclass
class Grid:
    """A table: rows of values, None below a merge; merges exclude their ends.

    `spaced` rows are those after which a sheet leaves one row empty.
    """

    rows: list[list[Value | None]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    heading_rows: int = 1
    hidden: set[int] = field(default_factory=set)
    repeat_at: int | None = None
    split_at: int | None = None


Block = Pair | Lines | Grid


@dataclass
class Sheet:
    name: str
    blocks: list[Block]
    hidden: bool = False
    offset: tuple[int, int] = (0, 0)


@dataclass
class Truth:
    """What must come out. Rows are by key; a key that is absent is not asked for."""

    kind: str
    registrations: list[dict[str, object]] = field(default_factory=list)
    results: list[dict[str, object]] = field(default_factory=list)
    unit: str | None = None
    provable: bool = False
    guess: bool = False


@dataclass
class Doc:
    """One document: sheets (a word processor writes them one after the other)."""

    name: str
    sheets: list[Sheet]
    truth: Truth
    tags: list[str] = field(default_factory=list)
