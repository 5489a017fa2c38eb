"""The rows of one sheet, with their heights: heads, headings, lines, signature block.

They are values; the workbook's writer places them on pages and writes them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import accumulate

from daemon.export import measure
from daemon.export.flow import Block
from daemon.export.heads import Phrase, head, signature
from daemon.export.model import Line, Part, Table, Value
from daemon.export.wording import text
from daemon.export.xlsx_styles import FILLS, HEADING, Look

MM = 72 / 25.4
#: Points that a cell keeps free beside and above its text.
_BESIDE, _ABOVE = 7.0, 5.0
#: Excel shows no row that is higher (409.5); a longer one goes over several rows.
_HIGHEST = 400.0
_BODY, _TITLE = 13.0, 14.0
#: Millimetres.
_CLOSE = 2.0
#: A further table of so many lines stands on one page.
SMALL = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands in a row from one column on, across `span` of them (from 0)."""

    column: int
    value: Value
    look: Look
    span: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sheet. `shared` are spots that rows of one `group` have together.

    `heading`: the row that is repeated on each page. `goes_on`: the row before says
    what this one has room for.
    """

    spots: tuple[Spot, ...]
    shared: tuple[Spot, ...] = ()
    group: str | None = None
    heading: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table's lines stand: `above` is the height of the heading that is
    repeated, `room` that of a page; `together`: on one page, so far as it has room;
    `last`: only the signature block follows.
    """

    above: float
    room: float
    together: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """The printed columns of a sheet: their widths in millimetres."""

    widths: tuple[float, ...]

    @classmethod
    def of(cls, tables: Iterable[Table]) -> "Grid":
        """Return the grid on which every column of the tables begins and ends.

        Edges that are closer than a letter are one.
        """
        edges: set[float] = set()
        for table in tables:
            edges.update(accumulate(table.columns[n].width for n in table.shown))
        widths, before = list[float](), 0.0
        for edge in sorted(edges):
            if edge - before >= _CLOSE:
                widths.append(edge - before)
                before = edge
        return cls(tuple(widths))

    def room(self, column: int, span: int = 1) -> float:
        """Return the width for text in points."""
        return sum(self.widths[column : column + span]) * MM - _BESIDE

    def spans(self, widths: Sequence[float]) -> tuple[tuple[int, int], ...]:
        """Return (first column, how many) for a table whose edges are the grid's."""
        edges = list(accumulate(self.widths))
        found, start = list[tuple[int, int]](), 0
        for wanted in accumulate(widths):
            end = start + 1
            while end < len(edges) and edges[end] <= wanted + _CLOSE / 2:
                end += 1
            found.append((start, end - start))
            start = end
        return tuple(found)


def opening(part: Part, grid: Grid, whole: bool) -> Iterator[Block[Row]]:
    """Yield the head, the title and the notes; `whole`: with what is said of rows."""
    for pair in head(part):
        yield _pair(pair, grid)
    yield _empty(8)
    room = grid.room(0, len(grid.widths))
    for line in part.title:
        broken = measure.balanced(line, room * 0.9, _TITLE, bold=True)
        yield _across(broken, Look(size=_TITLE, bold=True, align="center"), grid)
    for line in (*part.notes, *(part.remarks if whole else ())):
        yield _across(line, Look(italic=True, align="center"), grid)
    yield _empty(8)


def closing(part: Part, grid: Grid) -> Iterator[Block[Row]]:
    """Yield the signature block, which stays together."""
    blocks = [_empty(18), *(_pair(p, grid) for p in signature(part.letterhead, False))]
    yield from blocks[:-1]
    yield replace(blocks[-1], keep=False)


def heading(table: Table, grid: Grid, repeated: bool) -> Block[Row]:
    """Return the row of headings; hidden columns have theirs too."""
    spots = _spots(table, [c.heading for c in table.columns], HEADING, grid)
    looks = tuple(replace(s, look=HEADING) for s in spots)
    return Block(Row(looks, heading=repeated), _height(looks, grid), keep=True)


def caption(table: Table, grid: Grid) -> Iterator[Block[Row]]:
    """Yield what a further table is of."""
    if table.caption:
        yield _empty(10)
        yield _across(table.caption, Look(bold=True), grid)


def body(table: Table, grid: Grid, place: Place) -> Iterator[Block[Row]]:
    """Yield the lines; a heading never stands without the first, and where the table
    is the last, the signature block never without the last two.
    """
    waiting: list[Block[Row]] = []
    group: str | None = None
    for number, line in enumerate(table.lines):
        fresh, group = line.group != group, line.group
        waiting += _line(table, line, grid, _Paper(place.above, place.room, fresh))
        for block in waiting[:-2]:
            small = place.together and number < SMALL
            yield replace(block, keep=small or block.keep)
        del waiting[:-2]
    for left, block in enumerate(waiting, 1 - len(waiting)):
        yield replace(block, keep=place.last or (place.together and left < 0))


@dataclass(frozen=True, slots=True)
class _Paper:
    above: float
    room: float
    fresh: bool


def _line(table: Table, line: Line, grid: Grid, paper: _Paper) -> Iterable[Block[Row]]:
    if line.kind == "band":
        look = Look(bold=True, boxed=True, italic=line.level > 0)
        spot = Spot(0, line.cells[0], look, len(grid.widths))
        size = _height((spot,), grid)
        return [Block(Row((spot,)), size, keep=True, repeated=paper.above)]
    spots = _spots(table, line.cells, _look(line), grid, line)
    own = tuple(s for s in spots if s.column not in table.merged)
    shared = tuple(s for s in spots if s.column in table.merged)
    if line.group is None:
        own, shared = spots, ()
    size = max(_height(own, grid), _height(_named(shared, paper.fresh), grid))
    row = Row(own, shared, line.group)
    return _sliced(row, size, paper)


def _named(shared: tuple[Spot, ...], fresh: bool) -> tuple[Spot, ...]:
    """Return the shared spots as they stand there should a page begin here."""
    return shared if fresh else tuple(map(again, shared))


def again(spot: Spot) -> Spot:
    """Return a shared spot as it is repeated on the next page."""
    if not isinstance(spot.value, str) or not spot.value:
        return spot
    return replace(spot, value=text("table", "again", text=spot.value))


def _sliced(row: Row, size: float, paper: _Paper) -> Iterable[Block[Row]]:
    """Return one block, or several where a row would be higher than a page."""
    most = min(_HIGHEST, paper.room - paper.above)
    if any(spot.span > 1 for spot in row.spots):
        # Only the widest table's columns are the grid's, and can go over several rows.
        size = min(size, _HIGHEST)
    if size <= most:
        return [Block(row, size, repeated=paper.above)]
    step = measure.height(1, _BODY)
    most = most // step * step
    top = replace(row, spots=tuple(map(_topped, row.spots)))
    rest = replace(top, goes_on=True)
    count = int(-(-size // most))
    heights = [most] * (count - 1) + [size - most * (count - 1)]
    return [
        Block(rest if n else top, high, repeated=paper.above)
        for n, high in enumerate(heights)
    ]


def _topped(spot: Spot) -> Spot:
    return replace(spot, look=replace(spot.look, top=True))


def _look(line: Line) -> Look:
    if line.kind == "total":
        return Look(bold=True, boxed=True)
    removed = line.mark == "removed"
    fill = FILLS[line.mark] if line.mark in ("added", "removed") else ""
    return Look(boxed=True, struck=removed, fill=fill)


def _spots(
    table: Table,
    values: Sequence[Value],
    look: Look,
    grid: Grid,
    line: Line | None = None,
) -> tuple[Spot, ...]:
    """Return the cells of a row: printed columns on the grid, hidden ones behind it."""
    spans = grid.spans([table.columns[n].width for n in table.shown])
    places = dict(zip(table.shown, spans, strict=True))
    behind, found = len(grid.widths), list[Spot]()
    for n, (column, value) in enumerate(zip(table.columns, values, strict=True)):
        own = replace(look, align=column.align)
        if line and line.mark == "changed" and n in line.changed:
            own = replace(own, fill=FILLS["changed"])
        if column.hidden:
            found.append(Spot(behind, value, own))
            behind += 1
        else:
            found.append(Spot(places[n][0], value, own, places[n][1]))
    return tuple(found)


def _height(spots: Iterable[Spot], grid: Grid) -> float:
    """Return how high a row must be for what it prints; hidden columns do not count."""
    most = 1
    for spot in spots:
        if spot.column >= len(grid.widths) or spot.value is None:
            continue
        room = grid.room(spot.column, spot.span)
        look = spot.look
        most = max(
            most, measure.lines(_printed(spot.value), room, look.size, look.bold)
        )
    return measure.height(most, _BODY) + _ABOVE


def _printed(value: Value) -> str:
    # As wide as the forms that the palette gives them.
    if isinstance(value, datetime):
        return "00/00/0000 00:00"
    if isinstance(value, bool):
        return text("table", "yes" if value else "no")
    return "00/00/0000" if isinstance(value, date) else str(value)


def _across(line: str, look: Look, grid: Grid) -> Block[Row]:
    count = len(grid.widths)
    number = measure.lines(line, grid.room(0, count), look.size, look.bold)
    size = measure.height(number, look.size) + 2
    return Block(Row((Spot(0, line, look, count),)), size, keep=True)


def _pair(pair: tuple[Phrase, Phrase], grid: Grid) -> Block[Row]:
    count = len(grid.widths)
    left = _left_half(grid)
    spots = (
        Spot(0, pair[0].text, _phrase(pair[0]), left),
        Spot(left, pair[1].text, _phrase(pair[1]), count - left),
    )
    number = max(
        measure.lines(s.value, grid.room(s.column, s.span), s.look.size, s.look.bold)
        for s in spots
        if isinstance(s.value, str)
    )
    size = measure.height(number, max(p.size for p in pair)) + 1
    return Block(Row(spots), size, keep=True)


def _left_half(grid: Grid) -> int:
    """Return how many columns the left one of a head covers: under half the width."""
    whole, used, cut = sum(grid.widths), 0.0, 1
    for place, wide in enumerate(grid.widths[:-1], 1):
        used += wide
        if used <= whole * 0.45:
            cut = place
    return cut


def _phrase(phrase: Phrase) -> Look:
    return Look(
        size=phrase.size,
        bold=phrase.bold,
        italic=phrase.italic,
        ruled=phrase.ruled,
        align="center",
    )


def _empty(size: float) -> Block[Row]:
    return Block(Row(()), size, keep=True)
