"""A table laid out on a page: which lines stand in which cell, before they are text."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from parsers.readers.pdf.lines import lines_of, straightened
from parsers.readers.pdf.marks import Box, Glyph, Line


@dataclass(frozen=True, slots=True)
class LaidCell:
    """The lines of one cell, and the room that each had, in points.

    `doubt` names what was guessed when they were given to this cell, None for nothing.
    `starts` are the numbers of the lines of which the file says that they begin anew.
    """

    lines: tuple[Line, ...] = ()
    width: float = 0.0
    doubt: str | None = None
    starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LaidTable:
    """Rows × columns; None is covered by a merge, whose text stands at top left.

    `edges` are the x of the columns' sides, one more than there are columns. `told`
    says that the file itself names rows and cells, `continues` that it goes on from
    the last table of the page before. `places` are as in `marks.TaggedTable`.
    """

    box: Box
    edges: tuple[float, ...]
    rows: tuple[tuple[LaidCell | None, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    ruled: bool = True
    told: bool = False
    continues: bool = False
    places: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """Lines outside of every table; `left` and `right` bound the room they had."""

    lines: tuple[Line, ...]
    left: float
    right: float
    doubt: str | None = None


@dataclass(slots=True)
class Bucket:
    """Glyphs on their way into one cell."""

    glyphs: list[Glyph] = field(default_factory=list)
    doubt: str | None = None

    def lines(self) -> tuple[Line, ...]:
        """Return the lines of the upright glyphs, then those of each turn."""
        found = lines_of(self.glyphs)
        turns = {g.style.turn for g in self.glyphs} - {0}
        for turn in sorted(turns):
            found.extend(lines_of(straightened(self.glyphs, turn)))
        return tuple(found)


def with_room(table: LaidTable) -> LaidTable:
    """Return the table with the margin inside its cells taken off their widths.

    It is the least margin that any cell leaves on its left.
    """
    margin = _least_margin(table)
    rows = tuple(
        tuple(
            None if cell is None else replace(cell, width=cell.width - 2 * margin)
            for cell in row
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


def _least_margin(table: LaidTable) -> float:
    margins = [
        line.x0 - left
        for row in table.rows
        for cell, left in zip(row, table.edges, strict=False)
        if cell is not None
        for line in cell.lines
        if line.x0 >= left
    ]
    return min(8.0, min(margins, default=0.0))


def is_filled(cells: Sequence[LaidCell | None]) -> bool:
    """Tell whether any of the cells holds text."""
    return any(cell is not None and cell.lines for cell in cells)
