"""Put the rules of a page together to grids, without what only looks like a rule.

Pure: rules in, grids, cells and the rules that divide them out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.readers.pdf.marks import Rule
from parsers.readers.pdf.ruled import RuledGrid, grids_of
from parsers.readers.pdf.rules import joined

#: Points: columns and rows less than this wide hold no letter: their sides are one.
_NARROW, _LOW = 9.0, 7.0
#: Points: rules so near meet; an upright ends so near its outermost level one.
_MEET, _BEYOND = 6.0, 25.0
#: Of the columns beside it: a shorter upright is none.
_SHORT = 0.25
#: Points: a level rule outside of every grid is kept where it is so long.
_LONG = 140.0


def grids(rules: Sequence[Rule]) -> list[RuledGrid]:
    """Return the grids that `rules`, in points, draw; edges that part nothing left out.

    What a pen or a seal drew into a table crosses a cell here and there, and is no
    column of it: an edge counts where it parts at least two rows, or the whole grid.
    """
    return [_pruned(grid) for grid in grids_of(_sound(rules))]


def dividing(found: Sequence[RuledGrid], rules: Sequence[Rule]) -> list[Rule]:
    """Return the rules that draw `found` and nothing else, and long ones outside."""
    out = [rule for grid in found for rule in _sides(grid)]
    for rule in rules:
        within = any(
            g.box.y0 - 6 <= rule.at <= g.box.y1 + 6
            and rule.end > g.box.x0
            and rule.start < g.box.x1
            for g in found
        )
        if not rule.upright and rule.end - rule.start >= _LONG and not within:
            out.append(rule)
    return out


def _sound(rules: Sequence[Rule]) -> list[Rule]:
    """Return the rules without uprights that are no side of a column.

    QUIRK: dirt under a scanner's lamp draws a streak down the whole page; the edge of a
    sheet is one as well. What a pen draws is short beside the columns of its table.
    """
    whole = joined(rules)
    levels = [r for r in whole if not r.upright]
    uprights = [r for r in whole if r.upright and _ends_at_levels(r, levels)]
    return [*levels, *(r for r in uprights if not _is_short(r, uprights))]


def _ends_at_levels(rule: Rule, levels: Sequence[Rule]) -> bool:
    met = [
        level.at
        for level in levels
        if level.start - _MEET <= rule.at <= level.end + _MEET
        and rule.start - _MEET <= level.at <= rule.end + _MEET
    ]
    if len(met) < 2:
        return False
    return rule.start > min(met) - _BEYOND and rule.end < max(met) + _BEYOND


def _is_short(rule: Rule, uprights: Sequence[Rule]) -> bool:
    beside = [
        o for o in uprights if o.start < rule.end + _MEET and o.end > rule.start - _MEET
    ]
    least = max(o.end - o.start for o in beside) * _SHORT
    column = [o for o in uprights if abs(o.at - rule.at) < 5.0]
    return sum(o.end - o.start for o in column) < least


def _pruned(grid: RuledGrid) -> RuledGrid:
    lefts = {cell[1] for cell in grid.cells} | {cell[3] for cell in grid.cells}
    tops = {cell[0] for cell in grid.cells} | {cell[2] for cell in grid.cells}
    xs = _merged(sorted(lefts), grid.xs, _NARROW)
    ys = _merged(sorted(tops), grid.ys, _LOW)
    cells = []
    for top, left, bottom, right in grid.cells:
        area = ys[top], xs[left], ys[bottom], xs[right]
        if area[0] < area[2] and area[1] < area[3]:
            cells.append(area)
    return replace(
        grid,
        xs=_places(xs, grid.xs),
        ys=_places(ys, grid.ys),
        cells=tuple(sorted(set(cells))),
    )


def _merged(used: list[int], at: Sequence[float], least: float) -> dict[int, int]:
    """Return the new number of each used edge; edges that lie together get the same."""
    numbers: dict[int, int] = {}
    former: float | None = None
    for edge in used:
        if former is None or at[edge] - former >= least:
            number = max(numbers.values(), default=-1) + 1
            former = at[edge]
        else:
            number = max(numbers.values())
        numbers[edge] = number
    return numbers


def _places(numbers: dict[int, int], at: Sequence[float]) -> tuple[float, ...]:
    """Return where the new edges lie: the outer one of those that lie together."""
    groups: dict[int, list[float]] = {}
    for edge, number in numbers.items():
        groups.setdefault(number, []).append(at[edge])
    last = max(groups, default=0)
    return tuple(
        max(group) if number == last else min(group)
        for number, group in sorted(groups.items())
    )


def _sides(grid: RuledGrid) -> Iterator[Rule]:
    for top, left, bottom, right in grid.cells:
        x0, x1 = grid.xs[left], grid.xs[right]
        y0, y1 = grid.ys[top], grid.ys[bottom]
        yield Rule(False, y0, x0, x1)
        yield Rule(False, y1, x0, x1)
        yield Rule(True, x0, y0, y1)
        yield Rule(True, x1, y0, y1)
