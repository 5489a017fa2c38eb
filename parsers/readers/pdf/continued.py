"""Put rows together again that the end of a page has cut in two.

Tables stay one a page; only the lower half of a cut row moves to the page before.
"""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from parsers.readers.pdf.aligned import Block
from parsers.readers.pdf.laid import LaidCell, LaidTable
from parsers.readers.pdf.wording import line_text

CUT_BY_PAGE = "row_cut_by_page"
#: The same columns stand on both pages up to this many points.
_SAME_EDGE = 6.0
_MOST_HEADING_ROWS = 4

Row = tuple[LaidCell | None, ...]


def without_split_rows(
    pages: Sequence[tuple[int, list[Block]]],
) -> list[tuple[int, list[Block]]]:
    """Return the pages, the lower halves of cut rows moved up to their beginnings."""
    out = [(number, list(blocks)) for number, blocks in pages]
    for (_, above), (_, below) in itertools.pairwise(out):
        if not above or not below:
            continue
        first, second = above[-1], below[0]
        if not isinstance(first, LaidTable) or not isinstance(second, LaidTable):
            continue
        joined = _joined(first, second)
        if joined is not None:
            above[-1] = joined[0]
            below[:1] = [joined[1]] if joined[1].rows else []
    return out


def _joined(above: LaidTable, below: LaidTable) -> tuple[LaidTable, LaidTable] | None:
    if len(above.edges) != len(below.edges) or not above.rows:
        return None
    edges = zip(above.edges, below.edges, strict=True)
    if any(abs(a - b) > _SAME_EDGE for a, b in edges):
        return None
    at = _after_heading(above, below)
    if at >= len(below.rows) or len(above.rows) <= at:
        return None
    last, first = above.rows[-1], below.rows[at]
    touched = any(top <= at < bottom for top, _, bottom, _ in below.merged)
    if touched or not _is_rest(last, first):
        return None
    row = tuple(_cell(a, b) for a, b in zip(last, first, strict=True))
    merged = tuple(
        (t - (t > at), left, b - (b > at), r) for t, left, b, r in below.merged
    )
    return (
        replace(above, rows=(*above.rows[:-1], row)),
        replace(below, rows=below.rows[:at] + below.rows[at + 1 :], merged=merged),
    )


def _after_heading(above: LaidTable, below: LaidTable) -> int:
    """Return how many rows at the top of `below` repeat those of `above`."""
    count = 0
    for a, b in zip(above.rows, below.rows, strict=False):
        if count == _MOST_HEADING_ROWS or _texts(a) != _texts(b):
            return count
        count += 1
    return count


def _is_rest(last: Row, first: Row) -> bool:
    """Tell whether `first` only goes on in cells that `last` began."""
    filled = [(a, b) for a, b in zip(last, first, strict=True) if b and b.lines]
    if not filled or any(a is None or not a.lines for a, _ in filled):
        return False
    begun = sum(1 for cell in last if cell is not None and cell.lines)
    if begun < 2 or len(filled) >= begun:
        return False
    leading = first[0]
    if leading is None or not leading.lines:
        return True
    texts = [line_text(b.lines[0]) for _, b in filled]
    return all(text[0].islower() for text in texts)


def _cell(above: LaidCell | None, below: LaidCell | None) -> LaidCell | None:
    if above is None or below is None or not below.lines:
        return above
    return replace(above, lines=above.lines + below.lines, doubt=CUT_BY_PAGE)


def _texts(row: Row) -> list[str]:
    return [
        "" if cell is None else " ".join(map(line_text, cell.lines)) for cell in row
    ]
