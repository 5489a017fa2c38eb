"""Cut cells into lines of text, and lines into the small pictures that are read.

A line keeps its marks: what stands above and below its letters belongs to them.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from parsers.readers.picture.ruling import ink_of
from parsers.readers.picture.shapes import Frame, Mask, Pixels, Reals, TextLine

#: Of a line's height: a cell is cut so far inside of its rules.
_INSIDE = 0.12
#: Of a line's height: a row of letters is at least so high; the rest are marks.
_LEAST = 0.34
#: Of a line's height: what is higher than this is two lines that touch.
_MOST = 1.75
#: Of a line's height: the words of one text are not so far apart.
_APART = 0.62
#: Of a line's height: dots smaller than this both ways are dirt.
_DIRT = 0.07
#: Of a line's height: the height of its capitals (measured on Tinos and Arimo: the net
#: frames a line from its marks to its tails).
CAP = 0.56


class Band(NamedTuple):
    """Rows of pixels from `top` to `bottom`, end excluded."""

    top: int
    bottom: int


def inner(frame: Frame, line: float) -> Frame:
    """Return the frame of a cell without the rules around it."""
    by = max(2, round(line * _INSIDE))
    return Frame(frame.x0 + by, frame.y0 + by, frame.x1 - by, frame.y1 - by)


def clean_ink(grey: Pixels, line: float) -> Mask:
    """Return the ink of a page without its dirt."""
    ink = ink_of(grey, line).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    least = max(1.0, line * _DIRT)
    large = (
        np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) > least
    )
    large &= stats[:, cv2.CC_STAT_AREA] > least * least
    large[0] = False
    kept: Mask = large[labels]
    return kept


def lines_in(
    ink: Mask, cell: Frame, line: float, number: int | None = None
) -> list[TextLine]:
    """Return the lines of text in a cell, from the top.

    `ink` is the page's, `line` the usual height of a line; `number` is the cell's.
    """
    part = ink[cell.y0 : cell.y1, cell.x0 : cell.x1]
    if part.size == 0 or not part.any():
        return []
    profile = part.sum(axis=1).astype(np.float32)
    found = []
    for band in _bands(profile, line):
        rows = part[band.top : band.bottom]
        columns = np.flatnonzero(rows.any(axis=0))
        if not len(columns) or rows.sum() < line * line * 0.02:
            continue
        frame = Frame(
            cell.x0 + int(columns[0]),
            cell.y0 + band.top,
            cell.x0 + int(columns[-1]) + 1,
            cell.y0 + band.bottom,
        )
        base, cap = _letters(rows, line)
        found.append(TextLine(frame, frame.y0 + base, cap, number))
    return found


def framed(ink: Mask, frame: Frame, line: float) -> TextLine:
    """Return a line that was spotted, with its baseline and the height of capitals."""
    rows = ink[frame.y0 : frame.y1, frame.x0 : frame.x1]
    if rows.size == 0 or not rows.any():
        return TextLine(frame, frame.y1 - frame.height * 0.22, frame.height * CAP)
    base, cap = _letters(rows, line)
    return TextLine(frame, frame.y0 + base, cap)


def pieces(ink: Mask, frame: Frame, line: float) -> list[Frame]:
    """Return a spotted line cut where more is white than between words.

    Texts of two columns stand on one line, and are no sentence.
    """
    part = ink[frame.y0 : frame.y1, frame.x0 : frame.x1]
    runs = _runs(np.asarray(part.any(axis=0))) if part.size else []
    if not runs:
        return [frame]
    out: list[list[int]] = []
    for run in runs:
        if out and run.top - out[-1][1] < line * _APART:
            out[-1][1] = run.bottom
        else:
            out.append([run.top, run.bottom])
    return [Frame(frame.x0 + a, frame.y0, frame.x0 + b, frame.y1) for a, b in out]


def word_ends(ink: Mask, frame: Frame, count: int) -> list[tuple[int, int]]:
    """Return the left and right of each of `count` words, by the widest gaps.

    Empty where it cannot be told which gaps part words.
    """
    part = ink[frame.y0 : frame.y1, frame.x0 : frame.x1]
    runs = _runs(np.asarray(part.any(axis=0))) if part.size else []
    if count < 1 or len(runs) < count:
        return []
    gaps = [(b.top - a.bottom, b.top) for a, b in pairwise(runs)]
    widest = sorted(gaps, reverse=True)
    chosen, rest = widest[: count - 1], widest[count - 1 :]
    if chosen and rest and chosen[-1][0] <= rest[0][0]:
        return []
    starts = sorted(at for _, at in chosen)
    ends = {b.top: a.bottom for a, b in pairwise(runs)}
    lefts = [runs[0].top, *starts]
    rights = [*(ends[at] for at in starts), runs[-1].bottom]
    return [(frame.x0 + a, frame.x0 + b) for a, b in zip(lefts, rights, strict=True)]


def _bands(profile: Reals, line: float) -> list[Band]:
    """Return the bands of the lines that a profile of ink shows."""
    runs = _runs(profile > 0)
    runs = [part for run in runs for part in _divided(profile, run, line)]
    return _with_marks(profile, runs, line)


def _runs(inked: Mask) -> list[Band]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0]))))
    return [Band(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _divided(profile: Reals, run: Band, line: float) -> list[Band]:
    """Return the lines of a run that is too high for one, cut where it is thinnest."""
    high = run.bottom - run.top
    if high <= line * _MOST:
        return [run]
    count = max(2, round(high / (line * 1.05)))
    cuts = [run.top]
    for number in range(1, count):
        middle = run.top + high * number / count
        reach = line * 0.42
        first = max(cuts[-1] + 1, round(middle - reach))
        last = min(run.bottom - 1, round(middle + reach))
        if last <= first:
            continue
        cuts.append(first + int(np.argmin(profile[first:last])))
    cuts.append(run.bottom)
    return [Band(a, b) for a, b in pairwise(cuts) if b > a]


def _with_marks(profile: Reals, runs: Sequence[Band], line: float) -> list[Band]:
    """Return the runs, those too low for letters given to the line that they mark."""
    high = [run.bottom - run.top >= line * _LEAST for run in runs]
    if not any(high):
        # A dash, dots: nothing but marks is a line of its own.
        return [Band(runs[0].top, runs[-1].bottom)] if runs else []
    out: list[list[int]] = []
    letters = [i for i, is_high in enumerate(high) if is_high]
    owner: dict[int, list[int]] = {i: [runs[i].top, runs[i].bottom] for i in letters}
    for index, run in enumerate(runs):
        if high[index]:
            continue
        # Marks stand over letters far more often than under them.
        below = next((i for i in letters if i > index), None)
        above = next((i for i in reversed(letters) if i < index), None)
        near = [
            (runs[below].top - run.bottom, below) if below is not None else None,
            (run.top - runs[above].bottom + line * 0.1, above)
            if above is not None
            else None,
        ]
        gap, chosen = min(n for n in near if n is not None)
        if gap > line * 0.6:
            continue
        span = owner[chosen]
        span[0], span[1] = min(span[0], run.top), max(span[1], run.bottom)
    out = [owner[i] for i in letters]
    return [Band(a, b) for a, b in out]


def _letters(rows: Mask, line: float) -> tuple[float, float]:
    """Return the baseline (from the top of the rows) and the height of capitals.

    Small letters fill the rows between their top and the baseline more than any other.
    """
    profile = rows.sum(axis=1).astype(np.float32)
    usual = line * CAP
    if rows.shape[1] < line * 2.5:
        # Of a single number nothing can be told but where it ends.
        bottom = float(np.flatnonzero(profile)[-1] + 1)
        return bottom, usual
    smooth = np.convolve(profile, np.ones(3, np.float32) / 3, "same")
    drop = np.diff(smooth)
    half = len(smooth) // 3
    base = half + int(np.argmin(drop[half:])) + 1 if len(drop) > half else len(smooth)
    top = int(np.argmax(drop[: max(1, base - round(usual * 0.4))])) + 1
    height = base - top
    cap = height if height > usual * 0.85 else height * 1.47
    if not 0.6 * usual < cap < 2.2 * usual:
        cap = usual
    return float(base), float(cap)


def strip(grey: Pixels, line: TextLine, cap: float, paper: int) -> Pixels:
    """Return the picture of a line: capitals `cap` pixels high, `paper` around."""
    frame = line.frame
    part = grey[frame.y0 : frame.y1, frame.x0 : frame.x1]
    scale = cap / max(1.0, line.cap)
    way = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    size = max(4, round(frame.width * scale)), max(4, round(frame.height * scale))
    small = cv2.resize(part, size, interpolation=way)
    return cv2.copyMakeBorder(
        small, paper, paper, paper, paper, cv2.BORDER_CONSTANT, value=(245.0,)
    )
