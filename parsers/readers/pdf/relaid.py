"""Lay a further page of an unruled table out in the columns of the page before.

A last page may hold so few lines that they show no columns of their own; that they
belong to the table is told by the heading that they repeat.
"""

from collections.abc import Sequence
from statistics import median

from parsers.readers.pdf.aligned import Block
from parsers.readers.pdf.laid import LaidTable, Prose
from parsers.readers.pdf.marks import Line, Word, line_text
from parsers.readers.pdf.unruled import table_of

#: Points: baselines this near each other are one line of the page.
_LEVEL = 2.0
#: Of a line's height: the lines of a table are nowhere further apart than this.
_APART = 2.2


def relaid(above: LaidTable, block: Block) -> list[Block]:
    """Return `block` as blocks, a table in the columns of `above` where it goes on."""
    if isinstance(block, LaidTable) and block.ruled:
        return [block]
    lines = _lines_of(block)
    heading = _lines_of(above)[:1]
    if len(lines) < 2 or not heading or line_text(lines[0]) != line_text(heading[0]):
        return [block]
    end = len(lines) if isinstance(block, LaidTable) else _end(lines)
    if end < 2:
        return [block]
    inner = above.edges[1:-1]
    columns = list(zip((above.edges[0] + 1, *inner), (*inner, inner[-1]), strict=True))
    blocks: list[Block] = [table_of(lines[:end], columns, ())]
    if isinstance(block, Prose) and end < len(lines):
        blocks.append(Prose(tuple(lines[end:]), block.left, block.right))
    return blocks


def _end(lines: Sequence[Line]) -> int:
    """Return how many lines from the top stand close together."""
    for index in range(1, len(lines)):
        apart = lines[index].base - lines[index - 1].base
        if apart > lines[index].size * _APART:
            return index
    return len(lines)


def _lines_of(block: Block) -> list[Line]:
    """Return the lines of the page that the cells of a table were cut from."""
    if isinstance(block, Prose):
        return list(block.lines)
    parts = [line for row in block.rows for cell in row if cell for line in cell.lines]
    lines: list[list[Line]] = []
    for part in sorted(parts, key=lambda x: x.base):
        if lines and part.base - lines[-1][0].base <= _LEVEL:
            lines[-1].append(part)
        else:
            lines.append([part])
    return [_joined(group) for group in lines]


def _joined(parts: Sequence[Line]) -> Line:
    words: list[Word] = [word for part in parts for word in part.words]
    words.sort(key=lambda w: w.x0)
    return Line(
        tuple(words),
        words[0].x0,
        min(p.y0 for p in parts),
        max(w.x1 for w in words),
        max(p.y1 for p in parts),
        median(p.base for p in parts),
        median(p.size for p in parts),
    )
