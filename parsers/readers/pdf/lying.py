"""Lay turned letters down where they stand, as lines among those that stand upright.

Headings of narrow columns are turned; where no rules are, nothing but their place says
to which column they belong. Pure: glyphs in, lines out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.readers.pdf.lines import lines_of, straightened
from parsers.readers.pdf.marks import Glyph, Line, Word

#: Of a line's height: lines of one turned text are no further apart.
_APART = 1.9
#: A page of more turned letters than this is a drawing.
_MOST_TURNED = 4000


def lying(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return each turned text of `glyphs` as one line, as wide as it is on the page."""
    turned = [g for g in glyphs if g.style.turn and g.text != " "]
    if not turned or len(turned) > _MOST_TURNED:
        return []
    found: list[Line] = []
    for turn in sorted({g.style.turn for g in turned}):
        lines = lines_of(straightened([*turned, *_spaces(glyphs)], turn))
        found.extend(_laid(group, turn) for group in _texts(lines))
    return found


def _spaces(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    return (g for g in glyphs if g.text == " " and g.style.turn)


def _texts(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each text: close below each other, over one another."""
    open_texts: list[list[Line]] = []
    for line in sorted(lines, key=lambda x: x.base):
        for text in open_texts:
            last = text[-1]
            near = 0 < line.base - last.base < line.size * _APART
            if near and min(last.x1, line.x1) > max(last.x0, line.x0):
                text.append(line)
                break
        else:
            open_texts.append([line])
    yield from open_texts


def _laid(lines: Sequence[Line], turn: int) -> Line:
    """Return the words of a text side by side in the box that it has on the page."""
    top, bottom = min(x.y0 for x in lines), max(x.y1 for x in lines)
    low, high = min(x.x0 for x in lines), max(x.x1 for x in lines)
    # As `straightened` does: a quarter maps (x, y) to (y, -x), three to (-y, x).
    if turn == 1:
        x0, x1, y0, y1 = -bottom, -top, low, high
    elif turn == 3:
        x0, x1, y0, y1 = top, bottom, -high, -low
    else:
        x0, x1, y0, y1 = -high, -low, -bottom, -top
    words = [word for line in lines for word in line.words]
    count = sum(len(word.glyphs) for word in words) + len(words)
    step = (x1 - x0) / max(1, count)
    placed: list[Word] = []
    at = x0
    for word in words:
        letters = tuple(
            g._replace(
                x0=at + n * step,
                x1=at + (n + 1) * step,
                y0=y0,
                y1=y1,
                base=y1,
                # The words are one text, however each of them was drawn.
                spaced=g.spaced or n + 1 == len(word.glyphs),
                first=False,
            )
            for n, g in enumerate(word.glyphs)
        )
        placed.append(replace(word, glyphs=letters, x0=at, x1=letters[-1].x1))
        at = letters[-1].x1 + step
    size = min(x.size for x in lines)
    return Line(tuple(placed), x0, y0, placed[-1].x1, y1, y1, size)
