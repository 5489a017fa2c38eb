"""The one model of a document that all writers know: heads, tables, signatures.

It holds plain values only; where a line breaks and what a file looks like is theirs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

#: What a cell may hold. Times are aware; a writer shows them in the office's zone.
Value = str | int | float | bool | date | datetime | None
Align = Literal["left", "center", "right"]
#: How a line differs from what stood there before.
Mark = Literal["added", "changed", "removed"]
#: `band` names what follows across all columns; `total` sums up what went before.
Kind = Literal["row", "band", "total"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `key` heads it in CSV; `width` is in millimetres.

    A `hidden` column is for the office's own questions (where did this come from?): a
    workbook hides it, a text document leaves it out.
    """

    key: str
    heading: str
    width: float
    align: Align = "left"
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: as many `cells` as columns; a `band` has one, its text.

    Lines that follow each other and have the same `group` share the cells of the
    table's merged columns. `changed` are the columns, from 0, that a mark speaks of.
    `level` of a band: 0 the outer, 1 the inner.
    """

    cells: tuple[Value, ...]
    kind: Kind = "row"
    group: str | None = None
    mark: Mark | None = None
    changed: frozenset[int] = frozenset()
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose `lines` may be gone through once; `merged` are columns from 0."""

    columns: tuple[Column, ...]
    lines: Iterable[Line]
    merged: tuple[int, ...] = ()
    caption: str = ""

    @property
    def shown(self) -> tuple[int, ...]:
        """Return the columns that are printed, from 0."""
        return tuple(n for n, c in enumerate(self.columns) if not c.hidden)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues a document (Hướng dẫn 36-HD/VPTW): names as they are to stand there.

    `superior` and `body` are capitals already, `name` is the body's within a sentence;
    `symbol` is what follows the type in the number (`BDVQU`); empty texts are left out.
    `recipients` stand below "Nơi nhận". `margins` are top, bottom, left, right of an
    upright page, in millimetres.
    """

    body: str
    name: str = ""
    superior: str = ""
    symbol: str = ""
    place: str = ""
    signer: str = ""
    signed_by: str = ""
    maker: str = ""
    addressee: str = ""
    recipients: tuple[str, ...] = ()
    margins: tuple[float, float, float, float] = (20, 20, 30, 15)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; `heading` is bold and stays with what follows."""

    text: str
    heading: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One document, or one sheet of a workbook: head, text, tables, signature block.

    `title` are its lines in bold, `notes` lines in italics below, `remarks` what is to
    be known of the first table. `kind` is the short
    form of the type in the number (`BC`); without it the document has no number.
    `tables` may be gone through once. `text` stands before them on upright pages, below
    `heading` and with a signature block of its own; a workbook leaves it out.
    """

    name: str
    title: tuple[str, ...]
    letterhead: Letterhead
    day: date
    tables: Iterable[Table]
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    kind: str = ""
    text: tuple[Paragraph, ...] = ()
    heading: tuple[str, ...] = ()
