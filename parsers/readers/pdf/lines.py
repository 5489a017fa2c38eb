"""Put glyphs together to words and lines, by where they stand alone.

The order of the file counts only where two glyphs stand on the same place.
"""

import itertools
from collections.abc import Iterable, Sequence
from statistics import median

from parsers.readers.pdf.marks import Glyph, Line, Word

#: Of a glyph's height: baselines up to this far apart are one line (an exponent too).
_SAME_BASE = 0.42
_MOST_EXPONENT = 12
#: Of a line's height: a gap above this is a space where the file holds none.
_SPACE = 0.16
#: Of a line's height: the same letter again so near is a bold one, drawn twice.
_TWICE = 0.12


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return the lines of `glyphs`, from the top; turned ones are not taken."""
    upright = [g for g in glyphs if g.style.turn == 0 or g.text == " "]
    upright.sort(key=lambda g: g.base)
    rows: list[list[Glyph]] = []
    base = reach = 0.0
    for glyph in upright:
        high = glyph.y1 - glyph.y0
        if not rows or glyph.base - base > reach:
            if rows and _is_exponent(rows[-1], glyph):
                rows[-1].append(glyph)
            else:
                rows.append([glyph])
            base, reach = glyph.base, high * _SAME_BASE
            continue
        reach = max(reach, high * _SAME_BASE)
        rows[-1].append(glyph)
    return [line for row in rows for line in _line(row)]


def _is_exponent(row: Sequence[Glyph], glyph: Glyph) -> bool:
    """Tell whether `row` holds but a few small letters raised above `glyph`."""
    if len(row) > _MOST_EXPONENT:
        return False
    high = glyph.y1 - glyph.y0
    return all(
        g.y1 - g.y0 < high * 0.75 and g.base > glyph.y0 + high * 0.3 for g in row
    )


def _line(row: list[Glyph]) -> list[Line]:
    drawn = sorted(row, key=lambda g: g.x0)
    letters = [g for g in drawn if g.text != " "]
    if not letters:
        return []
    height = median(g.y1 - g.y0 for g in letters)
    words = _words(drawn, height)
    return [
        Line(
            tuple(words),
            words[0].x0,
            min(g.y0 for g in letters),
            max(w.x1 for w in words),
            max(g.y1 for g in letters),
            median(g.base for g in letters),
            height,
        )
    ]


def _words(drawn: Sequence[Glyph], height: float) -> list[Word]:
    gap = _gap(drawn, height)
    words: list[Word] = []
    word: list[Glyph] = []
    space = False
    end = drawn[0].x0
    for glyph in drawn:
        if glyph.text == " ":
            # A space that lies under the letters is a leftover of no width.
            space = glyph.x1 > end or space
            continue
        if word and _again(word, glyph, height):
            continue
        if word and (space or glyph.x0 - end > gap):
            words.append(_word(word))
            word = []
        space = False
        word.append(glyph)
        end = max(end, glyph.x1)
    words.append(_word(word))
    return words


def _word(glyphs: Sequence[Glyph]) -> Word:
    return Word(tuple(glyphs), glyphs[0].x0, max(g.x1 for g in glyphs))


def _gap(drawn: Sequence[Glyph], height: float) -> float:
    """Return the gap above which two letters are two words; spaced letters are not."""
    gaps = sorted(b.x0 - a.x1 for a, b in itertools.pairwise(drawn))
    # Among short words the gaps between them may be the most.
    usual = max(0.0, gaps[len(gaps) // 4]) if len(gaps) > 3 else 0.0
    spaced = usual * 2 if usual < height * 0.5 else 0.0
    return max(height * _SPACE, spaced)


def _again(word: Sequence[Glyph], glyph: Glyph, height: float) -> bool:
    return any(
        former.text == glyph.text
        and abs(former.x0 - glyph.x0) < height * _TWICE
        and abs(former.base - glyph.base) < height * _TWICE
        for former in word[-2:]
    )


def straightened(glyphs: Sequence[Glyph], turn: int) -> list[Glyph]:
    """Return the glyphs that are turned by `turn` quarters as if they stood upright.

    Only their places among each other still mean something.
    """
    out = []
    for g in glyphs:
        if g.style.turn != turn:
            continue
        if turn == 1:
            box = g.y0, -g.x1, g.y1, -g.x0, -g.base
        elif turn == 3:
            box = -g.y1, g.x0, -g.y0, g.x1, g.base
        elif turn == 2:
            box = -g.x1, -g.y1, -g.x0, -g.y0, -g.base
        else:
            box = g.x0, g.y0, g.x1, g.y1, g.base
        style = g.style._replace(turn=0)
        out.append(Glyph(g.text, *box, style, g.order, g.spaced, g.first))
    return out
