"""Find the rules that are drawn on a straight page, and where their pixels lie.

What is shorter than a table's rule is left alone: stems of letters, strokes of a pen.
"""

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from parsers.readers.pdf.marks import Rule
from parsers.readers.picture.shapes import Frame, Mask, Pixels

#: Of a line's height: rules are at least so long, level and upright ones.
_LEVEL, _UPRIGHT = 2.5, 1.25
#: Of a line's height: gaps of this length are a rule's own, worn or faint.
_GAP = 0.25
#: Of a line's height: a stroke's ink lies no further from its curve, and is no thicker.
_STRAY, _THICK = 0.07, 0.3
#: Of a stroke's length: so much of it is inked.
_INKED = 0.8
#: Darker than the paper around by this much is ink.
_DARKER = 28
_MOST = 3000
#: Of a line's height: a stroke so far inside of a line of text is of its letters.
_INSIDE = 0.12
#: Of a line's height: the rule at a cell's side lies within this.
_SIDE = 0.5


class Ruling(NamedTuple):
    """Rules in pixels, and the mask of their pixels."""

    rules: tuple[Rule, ...]
    mask: Mask


def ink_of(grey: Pixels, line: float) -> Mask:
    """Return what is darker than its surroundings; `line` is a line's height."""
    reach = max(3, round(line * 1.2)) | 1
    around = cv2.blur(grey, (reach, reach)).astype(np.int16)
    dark: Mask = grey.astype(np.int16) < np.minimum(around - _DARKER // 2, 205)
    return dark


def ruling_of(grey: Pixels, line: float, texts: Sequence[Frame] = ()) -> Ruling:
    """Return the level and upright rules of a page; `line` is a line's height.

    `texts` are the frames of its lines of text, whose letters are no rules.
    """
    ink = ink_of(grey, line).astype(np.uint8)
    level = _direction(ink, line, False, texts)
    upright = _direction(ink, line, True, texts)
    return Ruling((*level.rules, *upright.rules), level.mask | upright.mask)


def _direction(
    ink: Pixels, line: float, upright: bool, texts: Sequence[Frame]
) -> Ruling:
    """Return the rules of one direction: strokes that are long in it alone."""
    turned = np.ascontiguousarray(ink.T) if upright else ink
    if upright:
        texts = [Frame(f.y0, f.x0, f.y1, f.x1) for f in texts]
    shortest = round(line * (_UPRIGHT if upright else _LEVEL))
    # A rule that is not quite straight is whole again when it is made a little thicker.
    thick = cv2.dilate(turned, np.ones((3, 1), np.uint8))
    gap = max(1, round(line * _GAP))
    thick = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    long = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
    # Where it was made thicker without being ink it is made thin again.
    core = cv2.bitwise_and(long, turned)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(long, connectivity=8)
    rules: list[Rule] = []
    kept = np.zeros(count, np.uint8)
    for index in range(1, min(count, _MOST)):
        x, y, wide, high, _ = (int(v) for v in stats[index])
        here = labels[y : y + high, x : x + wide] == index
        at = _stroke(core[y : y + high, x : x + wide] * here, line)
        if at is None or _is_letters(Frame(x, y, x + wide, y + high), line, texts):
            continue
        kept[index] = 1
        rules.append(Rule(upright, y + at, float(x), float(x + wide)))
    mask = cv2.bitwise_and(core, kept[labels])
    return Ruling(tuple(rules), (mask.T if upright else mask) > 0)


def _stroke(part: Pixels, line: float) -> float | None:
    """Return the middle row of a level stroke; None where the ink is no stroke."""
    counts = part.sum(axis=0)
    inked = counts > 0
    if inked.mean() < _INKED:
        return None
    columns = np.flatnonzero(inked)
    thick = float(np.median(counts[inked]))
    if thick > max(3.0, line * _THICK):
        return None
    rows = np.arange(part.shape[0])
    middles = (part[:, inked] * rows[:, None]).sum(axis=0) / counts[inked]
    curve = np.polynomial.Polynomial.fit(columns, middles, 2)
    stray = float(np.abs(middles - curve(columns)).mean())
    return float(middles.mean()) if stray <= max(0.8, line * _STRAY) else None


def _is_letters(stroke: Frame, line: float, texts: Sequence[Frame]) -> bool:
    """Tell whether a stroke lies inside of a line of text."""
    for text in texts:
        if stroke.y0 < text.y0 - 2 or stroke.y1 > text.y1 + 2:
            continue
        overlap = min(stroke.x1, text.x1) - max(stroke.x0, text.x0)
        middle = (stroke.y0 + stroke.y1) / 2
        deep = min(middle - text.y0, text.y1 - middle) > line * _INSIDE
        if overlap > 0.8 * stroke.width and deep:
            return True
    return False


def cleared(
    grey: Pixels, mask: Mask, cells: Sequence[Frame], line: float, paper: int = 245
) -> Pixels:
    """Return the page without the rules between its cells: they are paper.

    Only what lies at a cell's side is one: letters may stand below each other so that
    their stems look like a rule.
    """
    sides = np.zeros(grey.shape, np.uint8)
    thick = max(3, round(line * _SIDE))
    for cell in cells:
        cv2.rectangle(sides, (cell.x0, cell.y0), (cell.x1, cell.y1), 1, thick)
    wide = cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    out = grey.copy()
    out[wide & (sides > 0)] = paper
    return out
