"""Spot the lines of text on a page with a net: about where, and how high they are.

It tells lines outside of a grid from each other and gives the page its measure; inside
of a cell lines are divided by `cut`.
"""

import math

import cv2
import numpy as np

from parsers.readers.picture.nets import net, told
from parsers.readers.picture.shapes import Frame, Pixels, Reals

_STRIDE = 2
_MULTIPLE = 32
_LIKELY = 0.5
#: Of a line's height: its core, which the net finds, is so much shorter on each side.
_SHRUNK = 0.15
#: Lines below so many pixels are looked for again on a larger picture.
_SMALL, _WANTED, _LONGEST = 9.0, 12.0, 2048
_MOST_LINES = 2000


def spotted(grey: Pixels) -> list[Frame]:
    """Return the frames of the lines of a straight page, in no order."""
    side = int(told("trueocr", "meta.json")["det_long_side"])
    found, scale = _at(grey, side)
    if len(found) >= 8:
        height = float(np.median(found[:, 3] - found[:, 1]))
        if height < _SMALL:
            larger = min(_LONGEST, side * _WANTED / max(1.0, height))
            larger = int(larger) // _MULTIPLE * _MULTIPLE
            if larger > side:
                found, scale = _at(grey, larger)
    high, wide = grey.shape
    frames = []
    for x0, y0, x1, y1 in found[:_MOST_LINES] / scale:
        frame = Frame(
            max(0, math.floor(x0)),
            max(0, math.floor(y0)),
            min(wide, math.ceil(x1)),
            min(high, math.ceil(y1)),
        )
        if frame.width > 1 and frame.height > 1:
            frames.append(frame)
    return frames


def line_height(frames: list[Frame]) -> float:
    """Return the usual height of a line in pixels, 0 where there are no lines."""
    if not frames:
        return 0.0
    wide = [f.height for f in frames if f.width > 2 * f.height]
    return float(np.median(wide or [f.height for f in frames]))


def _at(grey: Pixels, side: int) -> tuple[Reals, float]:
    high, wide = grey.shape
    scale = side / max(high, wide)
    rows, columns = max(1, round(high * scale)), max(1, round(wide * scale))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(grey, (columns, rows), interpolation=way)
    ink = np.zeros((1, 1, _padded(rows), _padded(columns)), np.float32)
    ink[0, 0, :rows, :columns] = 1.0 - small.astype(np.float32) / 255.0
    answer = net("trueocr", "det.onnx").run(None, {"x": ink})[0][0]
    return _boxes(np.asarray(answer, np.float32)), scale


def _padded(size: int) -> int:
    return math.ceil(size / _MULTIPLE) * _MULTIPLE


def _boxes(answer: Reals) -> Reals:
    """Return left, top, right, bottom of each line that the net's planes show.

    The planes: how likely a pixel is of a line's core, how far its top and bottom are.
    """
    likely = 1.0 / (1.0 + np.exp(-answer[0]))
    core = (likely > _LIKELY).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(core, connectivity=4)
    if count <= 1:
        return np.zeros((0, 4), np.float32)
    inside = labels.ravel() > 0
    owner = labels.ravel()[inside]
    ys = ((np.indices(labels.shape)[0].ravel()[inside]) + 0.5) * _STRIDE
    sizes = np.maximum(np.bincount(owner, minlength=count), 1)
    tops = np.bincount(owner, ys - answer[1].ravel()[inside], count) / sizes
    bottoms = np.bincount(owner, ys + answer[2].ravel()[inside], count) / sizes
    heights = np.maximum(1.0, bottoms - tops)
    lefts = stats[:, cv2.CC_STAT_LEFT] * _STRIDE - heights * _SHRUNK
    rights = (
        stats[:, cv2.CC_STAT_LEFT] + stats[:, cv2.CC_STAT_WIDTH]
    ) * _STRIDE + heights * _SHRUNK
    boxes = np.stack([lefts, tops, rights, bottoms], axis=1)
    large = stats[:, cv2.CC_STAT_AREA] >= 2
    large[0] = False
    found: Reals = boxes[large].astype(np.float32)
    return found
