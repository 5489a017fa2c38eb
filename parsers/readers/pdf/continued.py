"""Put rows together again that the end of a page has cut in two.

Tables stay one a page; only the lower half of a cut row moves to the page before.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.readers.pdf.aligned import Block
from parsers.readers.pdf.laid import LaidCell, LaidTable, Prose
from parsers.readers.pdf.marks import line_text
from parsers.readers.pdf.regrouped import regrouped
from parsers.readers.pdf.relaid import relaid

CUT_BY_PAGE = "row_cut_by_page"
#: The same columns stand on both pages up to this many points.
_SAME_EDGE = 6.0
#: Where no rules are, the ink of a page says only about where its columns are.
_SAME_COLUMN = 30.0
_MOST_HEADING_ROWS = 4
_MOST_SECTION_LINES = 3
_MARKED = re.compile(r"(?:[A-ZĐ]{1,4}[.)-]|\d{1,2}\)|\*|Lĩnh vực|LĨNH VỰC)(?:\s|$)")
_LEAST_EDGES = 4

Row = tuple[LaidCell | None, ...]


def without_split_rows(
    pages: Sequence[tuple[int, list[Block]]],
) -> list[tuple[int, list[Block]]]:
    """Return the pages, the lower halves of cut rows moved up to their beginnings."""
    out = [(number, list(blocks)) for number, blocks in pages]
    for (page, above), (following, below) in itertools.pairwise(out):
        if not above or not below:
            continue
        _drop_repeated(above[-1], below)
        _take_up(above, below[0])
        first, second = above[-1], below[0]
        if isinstance(first, LaidTable) and not first.ruled:
            below[:1] = relaid(first, second)
            if isinstance(below[0], LaidTable):
                below[0] = regrouped(first, below[0])
            second = below[0]
        if isinstance(first, LaidTable) and not first.ruled:
            first = above[-1] = _with_open_end(first)
        if not isinstance(first, LaidTable) or not isinstance(second, LaidTable):
            continue
        second = below[0] = _with_own_heading(first, second)
        if following == page + 1 and _same_columns(first, second):
            second = below[0] = replace(second, continues=True)
        joined = _joined(first, second)
        while joined is not None:
            above[-1], below[0] = first, second = joined
            # Without rules the rest of one row may look like several.
            joined = None if first.ruled else _joined(first, second)
        if first.ruled and _may_go_on(first, second):
            above[-1] = _with_open_end(first)
        if not second.rows:
            del below[0]
    return out


def _drop_repeated(above: Block, below: list[Block]) -> None:
    """Leave out the heading that a page repeats above a table that tags go on with.

    Tags name the heading once; where it is drawn again it stands outside of the table.
    """
    if not isinstance(above, LaidTable) or not above.places or len(below) < 2:
        return
    repeated, table = below[:2]
    if not isinstance(table, LaidTable) or not table.places:
        return
    known = {text for row in above.rows for text in _texts(row) if text}
    if isinstance(repeated, Prose):
        texts = [line_text(line) for line in repeated.lines]
        known = {word for text in known for word in text.split()}
        texts = [word for text in texts for word in text.split()]
    else:
        texts = [text for row in repeated.rows for text in _texts(row) if text]
    if _same_columns(above, table) and known.issuperset(texts):
        del below[0]


def _take_up(above: list[Block], below: Block) -> None:
    """Make the last lines of a page a row of the table that goes on on the next page.

    A line over all columns, as the title of a section is, looks like prose where no
    row of the page stands below it.
    """
    if len(above) < 2 or not isinstance(below, LaidTable) or below.ruled:
        return
    table, prose = above[-2:]
    if not isinstance(table, LaidTable) or not isinstance(prose, Prose):
        return
    lines = prose.lines
    within = all(table.edges[0] - 3 <= x.x0 and x.x1 <= table.edges[-1] for x in lines)
    if table.ruled or len(lines) > _MOST_SECTION_LINES or not within:
        return
    if len(table.edges) <= _LEAST_EDGES or not _same_columns(table, below):
        return
    width = len(table.edges) - 1
    cell = LaidCell(lines, table.box.x1 - table.box.x0, CUT_BY_PAGE)
    row: Row = (cell, *[None] * (width - 1))
    count = len(table.rows)
    merged = (*table.merged, (count, 0, count + 1, width))
    above[-2:] = [replace(table, rows=(*table.rows, row), merged=merged)]


def _joined(above: LaidTable, below: LaidTable) -> tuple[LaidTable, LaidTable] | None:
    if not above.rows or not _same_columns(above, below):
        return None
    at = _after_heading(above, below)
    if at >= len(below.rows) or len(above.rows) <= at:
        return None
    last, first = above.rows[-1], below.rows[at]
    touched = any(top <= at < bottom for top, _, bottom, _ in below.merged)
    told = _is_same_row(above, below)
    if touched or not (told or _is_rest(last, first)):
        return None
    row = tuple(_cell(a, b, told) for a, b in zip(last, first, strict=True))
    merged = tuple(
        (t - (t > at), left, b - (b > at), r) for t, left, b, r in below.merged
    )
    return (
        replace(above, rows=(*above.rows[:-1], row)),
        replace(
            below,
            rows=below.rows[:at] + below.rows[at + 1 :],
            merged=merged,
            places=below.places[:at] + below.places[at + 1 :],
        ),
    )


def _same_columns(above: LaidTable, below: LaidTable) -> bool:
    """Tell whether both have their columns in the same places, or the same heading."""
    if len(above.edges) != len(below.edges):
        return False
    first = _first_place(above, below)
    if above.places and first is not None:
        # A table of its own begins with its first row.
        return above.places[-1] <= first
    edges = zip(above.edges, below.edges, strict=True)
    drawn = above.ruled and below.ruled and not (above.told or below.told)
    near = _SAME_EDGE if drawn else _SAME_COLUMN
    repeated = bool(_after_heading(above, below))
    return repeated or all(abs(a - b) <= near for a, b in edges)


def _may_go_on(above: LaidTable, below: LaidTable) -> bool:
    """Tell whether the first row below begins like the rest of one."""
    at = _after_heading(above, below)
    if len(above.edges) != len(below.edges) or at >= len(below.rows):
        return False
    first = below.rows[at]
    leading = first[0]
    empty = leading is None or not leading.lines
    return empty and any(cell is not None and cell.lines for cell in first)


def _after_heading(above: LaidTable, below: LaidTable) -> int:
    """Return how many rows at the top of `below` repeat those of `above`."""
    count = 0
    for a, b in zip(above.rows, below.rows, strict=False):
        if count == _MOST_HEADING_ROWS or _texts(a) != _texts(b):
            return count
        count += 1
    return count


def _with_own_heading(above: LaidTable, below: LaidTable) -> LaidTable:
    """Return `below` with the heading that it repeats in a row of its own.

    Without rules the lower half of a cut row stands as close below the heading as the
    heading's own second line would.
    """
    if below.ruled or not above.rows or len(above.edges) != len(below.edges):
        return below
    pairs = list(zip(above.rows[0], below.rows[0], strict=True))
    if any(a is None or b is None for a, b in pairs):
        return below
    cells = [(a, b) for a, b in pairs if a is not None and b is not None]
    same = all(_lines(a) == _lines(b)[: len(a.lines)] for a, b in cells)
    if not same or all(len(a.lines) == len(b.lines) for a, b in cells):
        return below
    heading = tuple(replace(b, lines=b.lines[: len(a.lines)]) for a, b in cells)
    rest = tuple(replace(b, lines=b.lines[len(a.lines) :]) for a, b in cells)
    merged = tuple((t + 1, left, b + 1, r) for t, left, b, r in below.merged)
    return replace(below, rows=(heading, rest, *below.rows[1:]), merged=merged)


def _with_open_end(table: LaidTable) -> LaidTable:
    """Return the table whose last row may go on where nothing was found of it."""
    last = tuple(
        cell and replace(cell, doubt=cell.doubt or CUT_BY_PAGE)
        for cell in table.rows[-1]
    )
    return replace(table, rows=(*table.rows[:-1], last))


def _lines(cell: LaidCell) -> list[str]:
    return [line_text(line) for line in cell.lines]


def _is_rest(last: Row, first: Row) -> bool:
    """Tell whether `first` only goes on in cells that `last` began."""
    filled = [(a, b) for a, b in zip(last, first, strict=True) if b and b.lines]
    if not filled or any(a is None or not a.lines for a, _ in filled):
        return False
    begun = sum(1 for cell in last if cell is not None and cell.lines)
    if begun < 2 or len(filled) >= begun:
        return False
    leading = first[0]
    alone = [b for _, b in filled if b and _MARKED.match(line_text(b.lines[0]))]
    if len(filled) == len(alone) == 1 and not _was_wrapped(last, first):
        # A section's title: "1) Lĩnh vực an ninh".
        return False
    if leading is None or not leading.lines or _was_wrapped(last, first):
        return True
    texts = [line_text(b.lines[0]) for _, b in filled]
    return all(text[0].islower() for text in texts)


def _was_wrapped(last: Row, first: Row) -> bool:
    """Tell whether a space drawn at a line's end says that its cell goes on below.

    It says so only where the cells that do not go on end without one.
    """
    spaced = {True: 0, False: 0}
    for above, below in zip(last, first, strict=True):
        if above is not None and above.lines:
            goes_on = below is not None and bool(below.lines)
            spaced[goes_on] += above.lines[-1].words[-1].glyphs[-1].spaced
    return spaced[True] > 0 and spaced[False] == 0


def _is_same_row(above: LaidTable, below: LaidTable) -> bool:
    """Tell whether tags say that the last row above is the first one below."""
    return bool(above.places) and above.places[-1] == _first_place(above, below)


def _first_place(above: LaidTable, below: LaidTable) -> tuple[int, ...] | None:
    """Return where the tags place the first row below, but for a repeated heading.

    A browser draws the heading on each page, under the tags of the first.
    """
    if not below.places:
        return None
    at = _after_heading(above, below)
    return below.places[at] if at < len(below.places) else below.places[0]


def _cell(
    above: LaidCell | None, below: LaidCell | None, told: bool
) -> LaidCell | None:
    if above is None or below is None or not below.lines:
        return above
    starts = (*above.starts, *(n + len(above.lines) for n in below.starts))
    lines = above.lines + below.lines
    doubt = above.doubt or below.doubt if told else CUT_BY_PAGE
    return replace(above, lines=lines, doubt=doubt, starts=starts)


def _texts(row: Row) -> list[str]:
    return [
        "" if cell is None else " ".join(map(line_text, cell.lines)) for cell in row
    ]
