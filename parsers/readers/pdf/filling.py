"""Put the glyphs of a page into the cells of a ruled grid.

A word that lies over a rule goes where most of it lies, and both cells say so.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from parsers.readers.pdf.laid import Bucket, LaidCell, LaidTable
from parsers.readers.pdf.marks import Glyph
from parsers.readers.pdf.ruled import Area, RuledGrid

CROSSED = "text_crosses_rule"
#: Of a glyph's height: letters this near each other are one word.
_TOUCHING = 0.16
#: Of a glyph's height: the middle of small letters above the baseline.
_MIDDLE = 0.28


def fill(
    grid: RuledGrid, glyphs: Sequence[Glyph]
) -> tuple[LaidTable, list[Glyph], list[Glyph]]:
    """Return the grid's table, the glyphs outside of it, and those inside."""
    outside: list[Glyph] = []
    taken: list[Glyph] = []
    buckets: dict[Area, Bucket] = {area: Bucket() for area in grid.cells}
    over = _by_place(grid)
    for word in _touching(glyphs):
        areas = [_area(grid, over, glyph) for glyph in word]
        inside = Counter(area for area in areas if area is not None)
        if not inside:
            outside.extend(word)
            continue
        taken.extend(word)
        chosen = inside.most_common(1)[0][0]
        buckets[chosen].glyphs.extend(word)
        if len(inside) > 1 and len(word) > 1:
            for area in inside:
                buckets[area].doubt = CROSSED
    return _table(grid, buckets), outside, taken


def _touching(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield stretches of letters that the file draws one beside the other."""
    word: list[Glyph] = []
    for glyph in glyphs:
        if word and not _goes_on(word[-1], glyph):
            yield word
            word = []
        word.append(glyph)
    if word:
        yield word


def _goes_on(former: Glyph, glyph: Glyph) -> bool:
    if former.text == " " or glyph.text == " " or former.style.turn or glyph.style.turn:
        return False
    height = glyph.y1 - glyph.y0
    near = abs(glyph.x0 - former.x1) < height * _TOUCHING
    return near and abs(glyph.base - former.base) < height * _TOUCHING


def _by_place(grid: RuledGrid) -> list[list[Area]]:
    over: list[list[Area]] = [
        [(0, 0, 0, 0)] * (len(grid.xs) - 1) for _ in range(len(grid.ys) - 1)
    ]
    for area in grid.cells:
        top, left, bottom, right = area
        for row in range(top, bottom):
            for column in range(left, right):
                over[row][column] = area
    return over


def _area(grid: RuledGrid, over: list[list[Area]], glyph: Glyph) -> Area | None:
    x = (glyph.x0 + glyph.x1) / 2
    height = glyph.y1 - glyph.y0
    y = glyph.base - height * _MIDDLE
    if glyph.style.turn:
        y = (glyph.y0 + glyph.y1) / 2
    box = grid.box
    if not (box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1):
        return None
    column = min(bisect_right(grid.xs, x), len(grid.xs) - 1) - 1
    row = min(bisect_right(grid.ys, y), len(grid.ys) - 1) - 1
    return over[row][column]


def _table(grid: RuledGrid, buckets: dict[Area, Bucket]) -> LaidTable:
    width, height = len(grid.xs) - 1, len(grid.ys) - 1
    rows: list[list[LaidCell | None]] = [[None] * width for _ in range(height)]
    merged = []
    for area in grid.cells:
        top, left, bottom, right = area
        bucket = buckets[area]
        room = grid.xs[right] - grid.xs[left]
        if any(g.style.turn for g in bucket.glyphs):
            room = grid.ys[bottom] - grid.ys[top]
        rows[top][left] = LaidCell(bucket.lines(), room, bucket.doubt)
        if bottom - top > 1 or right - left > 1:
            merged.append(area)
    return LaidTable(grid.box, grid.xs, tuple(map(tuple, rows)), tuple(merged))
