"""Understand one page: its tables and the prose between them, from the top.

The chain: tables that tags tell -> rules joined -> ruled grids -> glyphs in their
cells -> what is left over in lines -> columns by alignment. Every step is a function of
values in a file of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.readers.pdf.aligned import Block, blocks_of
from parsers.readers.pdf.filling import fill
from parsers.readers.pdf.laid import LaidTable, with_room
from parsers.readers.pdf.lines import lines_of, straightened
from parsers.readers.pdf.lying import lying
from parsers.readers.pdf.marks import Box, Glyph, PageMarks, Rule
from parsers.readers.pdf.ruled import RuledGrid, grids_of
from parsers.readers.pdf.rules import joined
from parsers.readers.pdf.tagged import tagged_tables
from parsers.readers.pdf.unsplit import split_rows

#: No page has so many tables; every further one costs a pass over the glyphs.
_MOST_GRIDS = 60
_MOST_RULES = 500
#: A grid of one text and more edges than this is the rest of a row.
_LEAST_EDGES = 3


@dataclass(frozen=True, slots=True)
class PageLayout:
    """What was found on a page, each step kept: rules, grids, then blocks in order."""

    rules: tuple[Rule, ...]
    grids: tuple[RuledGrid, ...]
    blocks: tuple[Block, ...]


def lay_out_page(marks: PageMarks) -> PageLayout:
    """Return the layout of a page; one whose text is mostly turned is turned first."""
    marks = _upright(marks)
    rules = joined(marks.rules)
    grids = grids_of(rules)[:_MOST_GRIDS]
    told, rest = tagged_tables(marks.tables, marks.glyphs, grids)
    tables, kept, rest = _ruled(grids, rest)
    boxes = [*(t.box for t in told), *(g.box for g in kept)]
    level = [r for r in rules if not r.upright and not _within(r, boxes)]
    # Of so many none divides rows; each would be asked about for every table.
    level = level if len(level) <= _MOST_RULES else []
    blocks: list[Block] = [*told, *tables]
    blocks.extend(_unruled(rest, level, boxes))
    blocks.sort(key=_top)
    return PageLayout(tuple(rules), tuple(kept), tuple(blocks))


def _upright(marks: PageMarks) -> PageMarks:
    """Return the page turned so that most of its letters stand upright."""
    counts = [0, 0, 0, 0]
    for glyph in marks.glyphs:
        counts[glyph.style.turn] += 1
    turn = max(range(4), key=lambda t: counts[t])
    if turn == 0:
        return marks
    glyphs: list[Glyph] = []
    for other in range(4):
        back = (other - turn) % 4
        style = [g for g in marks.glyphs if g.style.turn == other]
        moved = straightened([_as(g, turn) for g in style], turn)
        glyphs.extend(_as(g, back) for g in moved)
    rules = [_turned(rule, turn) for rule in marks.rules]
    return replace(marks, glyphs=tuple(glyphs), rules=tuple(rules))


def _as(glyph: Glyph, turn: int) -> Glyph:
    return glyph._replace(style=glyph.style._replace(turn=turn))


def _turned(rule: Rule, turn: int) -> Rule:
    if turn == 2:
        return Rule(rule.upright, -rule.at, -rule.end, -rule.start)
    # As `straightened` does: a quarter maps (x, y) to (y, -x), three to (-y, x).
    if turn == 1:
        if rule.upright:
            return Rule(False, -rule.at, rule.start, rule.end)
        return Rule(True, rule.at, -rule.end, -rule.start)
    if rule.upright:
        return Rule(False, rule.at, -rule.end, -rule.start)
    return Rule(True, -rule.at, rule.start, rule.end)


def _ruled(
    grids: Sequence[RuledGrid], glyphs: Sequence[Glyph]
) -> tuple[list[LaidTable], list[RuledGrid], list[Glyph]]:
    """Return the tables of the grids that hold text, these grids, and what is left.

    An inner grid takes its text before the one around it.
    """
    tables, kept = [], []
    rest = list(glyphs)
    for grid in sorted(grids, key=lambda g: _area(g.box)):
        table, outside, _ = fill(grid, rest)
        if not _is_table(table):
            continue
        rest = outside
        kept.append(grid)
        tables.append(with_room(split_rows(table)))
    return tables, kept, rest


def _is_table(table: LaidTable) -> bool:
    """Tell whether text stands in several cells: a frame or a chart holds none.

    Of a row that a page's end cuts in two, one cell may be left on the next page.
    """
    filled = sum(1 for row in table.rows for cell in row if cell and cell.lines)
    return filled > 1 or (filled == 1 and len(table.edges) > _LEAST_EDGES)


def _unruled(
    glyphs: Sequence[Glyph], rules: Sequence[Rule], tables: Sequence[Box]
) -> list[Block]:
    """Return the blocks of what stands above, between and below the known tables."""
    lines = sorted([*lines_of(glyphs), *lying(glyphs)], key=lambda x: x.base)
    if not lines:
        return []
    left = min([*(x.x0 for x in lines), *(box.x0 for box in tables)])
    right = max([*(x.x1 for x in lines), *(box.x1 for box in tables)])
    blocks: list[Block] = []
    tops = sorted(box.y0 for box in tables)
    band: list[int] = [sum(top < line.base for top in tops) for line in lines]
    for number in sorted(set(band)):
        here = [line for line, b in zip(lines, band, strict=True) if b == number]
        blocks.extend(blocks_of(here, rules, (left, right)))
    return blocks


def _within(rule: Rule, boxes: Sequence[Box]) -> bool:
    return any(box.y0 - 2 <= rule.at <= box.y1 + 2 for box in boxes)


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.y1 - box.y0)


def _top(block: Block) -> float:
    if isinstance(block, LaidTable):
        return block.box.y0
    return block.lines[0].y0
