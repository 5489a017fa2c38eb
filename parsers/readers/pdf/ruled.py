"""Find the grids that rules draw on a page, and which of their cells are merged.

Pure: rules in, grids out. What stands in the cells is not asked.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.readers.pdf.marks import Box, Rule
from parsers.readers.spans import MOST_COLUMNS

#: Rules that come this near each other meet.
_MEET = 4.0
#: Places of rules up to this far apart are one edge of the grid.
_EDGE = 3.2
#: Level rules that reach further than this beyond the last upright leave a side open.
_OPEN = 9.0
#: A rule over this share of a cell's side divides it from its neighbour.
_DIVIDES = 0.6
_MOST_RULES = 3000
_MOST_ROWS = 1000

#: Top, left, bottom, right in rows and columns from 0, ends excluded.
Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class RuledGrid:
    """One grid: its edges from left to right and from top to bottom, its cells.

    `cells` are areas in order, merged ones among them; together they fill the grid.
    `open_sides` says that an outer edge was not drawn.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Area, ...]
    open_sides: bool = False

    @property
    def box(self) -> Box:
        """Return the rectangle of the whole grid."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def grids_of(rules: Sequence[Rule]) -> list[RuledGrid]:
    """Return the grids of at least two cells that joined `rules` draw, from the top."""
    levels = [r for r in rules if not r.upright][:_MOST_RULES]
    uprights = [r for r in rules if r.upright][:_MOST_RULES]
    found = []
    for group in _meeting(levels, uprights):
        grid = _grid(group)
        if grid is not None:
            found.append(grid)
    return sorted(found, key=lambda g: (g.ys[0], g.xs[0]))


def _meeting(levels: Sequence[Rule], uprights: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Yield the rules that hang together, group by group."""
    order = sorted(uprights, key=lambda r: r.at)
    places = [r.at for r in order]
    rules = [*order, *levels]
    owner = list(range(len(rules)))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    for number, level in enumerate(levels, len(order)):
        first = bisect_left(places, level.start - _MEET)
        last = bisect_right(places, level.end + _MEET)
        for index in range(first, last):
            upright = order[index]
            if upright.start - _MEET <= level.at <= upright.end + _MEET:
                owner[root(index)] = root(number)
    groups: dict[int, list[Rule]] = {}
    for index, rule in enumerate(rules):
        groups.setdefault(root(index), []).append(rule)
    yield from (group for group in groups.values() if len(group) > 2)


def _grid(rules: Sequence[Rule]) -> RuledGrid | None:
    levels = [r for r in rules if not r.upright]
    uprights = [r for r in rules if r.upright]
    if not levels or not uprights:
        return None
    xs, ys = _edges(uprights), _edges(levels)
    left, top = len(xs), len(ys)
    xs = _with_open_ends(xs, levels)
    ys = _with_open_ends(ys, uprights)
    width, height = len(xs) - 1, len(ys) - 1
    if width < 1 or height < 1 or width * height < 2:
        return None
    if width > MOST_COLUMNS or height > _MOST_ROWS:
        return None
    cells = _cells(_Walls(xs, uprights), _Walls(ys, levels), height, width)
    if len(cells) < 2:
        return None
    opened = len(xs) > left or len(ys) > top
    return RuledGrid(tuple(xs), tuple(ys), tuple(cells), opened)


def _edges(rules: Sequence[Rule]) -> list[float]:
    edges: list[list[float]] = []
    for at in sorted(r.at for r in rules):
        if edges and at - edges[-1][0] <= _EDGE:
            edges[-1].append(at)
        else:
            edges.append([at])
    return [sum(group) / len(group) for group in edges]


def _with_open_ends(edges: list[float], across: Sequence[Rule]) -> list[float]:
    """Add the outer edges that are not drawn: where several rules across end."""
    starts = sorted(r.start for r in across)
    ends = sorted((r.end for r in across), reverse=True)
    out = list(edges)
    if len(across) > 1 and starts[1] < edges[0] - _OPEN:
        out.insert(0, starts[0])
    if len(across) > 1 and ends[1] > edges[-1] + _OPEN:
        out.append(ends[0])
    return out


class _Walls:
    """The rules of one direction by the edge that they lie on."""

    def __init__(self, edges: Sequence[float], rules: Sequence[Rule]) -> None:
        self.edges = edges
        self._on: list[list[Rule]] = [[] for _ in edges]
        for rule in rules:
            self._on[self._nearest(rule.at)].append(rule)

    def _nearest(self, at: float) -> int:
        index = bisect_left(self.edges, at)
        around = range(max(0, index - 1), min(len(self.edges), index + 1))
        return min(around, key=lambda i: abs(self.edges[i] - at))

    def stands(self, edge: int, start: float, end: float) -> bool:
        """Tell whether a rule lies on most of the stretch of this edge."""
        covered = sum(
            max(0.0, min(end, rule.end) - max(start, rule.start))
            for rule in self._on[edge]
        )
        return covered >= (end - start) * _DIVIDES


def _cells(sides: _Walls, floors: _Walls, height: int, width: int) -> list[Area]:
    """Return the areas that walls divide; what is no rectangle is left undivided."""
    owner = list(range(height * width))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    for row in range(height):
        top, bottom = floors.edges[row], floors.edges[row + 1]
        for column in range(width):
            here = row * width + column
            if column + 1 < width and not sides.stands(column + 1, top, bottom):
                owner[root(here + 1)] = root(here)
            left, right = sides.edges[column], sides.edges[column + 1]
            if row + 1 < height and not floors.stands(row + 1, left, right):
                owner[root(here + width)] = root(here)
    members: dict[int, list[int]] = {}
    for index in range(height * width):
        members.setdefault(root(index), []).append(index)
    cells: list[Area] = []
    for group in members.values():
        cells.extend(_areas(group, width))
    return sorted(cells)


def _areas(group: Sequence[int], width: int) -> list[Area]:
    """Return the group as one area, or each place for itself where it is none."""
    rows = [index // width for index in group]
    columns = [index % width for index in group]
    top, left, bottom, right = min(rows), min(columns), max(rows) + 1, max(columns) + 1
    if (bottom - top) * (right - left) == len(group):
        return [(top, left, bottom, right)]
    # A wall that begins in the middle: whatever is level with it is one cell a row.
    areas: list[Area] = []
    for row in sorted(set(rows)):
        inside = sorted(c for r, c in zip(rows, columns, strict=True) if r == row)
        start = inside[0]
        for column, after in zip(inside, [*inside[1:], -1], strict=True):
            if after != column + 1:
                areas.append((row, start, row + 1, column + 1))
                start = after
    return areas
