"""Find seals and strokes of a pen on a page, and cut them out for a person to see.

What they confirm is not asked: where the confirmation stands is known later.
"""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from parsers.readers.picture.inks import coloured
from parsers.readers.picture.ruling import ink_of
from parsers.readers.picture.shapes import Frame, Mask, Pixels
from parsers.values.scan import ScannedMark

#: Of a line's height: the seals of offices are 30 to 45 mm wide.
_LEAST, _MOST = 4.2, 13.0
#: Of a seal's directions: its ring is seen in so many.
_RING = 0.62
_DIRECTIONS = 48
#: Of a line's height: strokes of a pen reach over more than one line both ways, or
#: are far longer than high.
_STROKE = 1.7
#: Of a stroke's frame: a pen inks hardly any of it.
_INKED = 0.45
#: Of a line's height: what is cut out around a mark.
_AROUND = 0.6
_WIDEST = 420
_MOST_MARKS = 6


def marks_on(
    colour: Pixels, rules: Mask, texts: Sequence[Frame], line: float, scale: float
) -> tuple[ScannedMark, ...]:
    """Return the seals and strokes on an evenly lit page (RGB).

    `rules` is the mask of its rules, `texts` the frames of its lines, `line` the usual
    height of one, `scale` the pixels of a point.
    """
    tinted: Pixels = coloured(colour).astype(np.uint8)
    tinted = cv2.morphologyEx(tinted, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    grey = cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY)
    plain = ink_of(grey, line).astype(np.uint8)
    plain[cv2.dilate(rules.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0] = 0
    found: list[tuple[str, Frame]] = []
    for mask, near in ((tinted, 0.5), (plain, 0.0)):
        for kind, frame in _marks(mask, texts, line, near):
            if not any(_overlap(frame, other) > 0.3 for _, other in found):
                found.append((kind, frame))
    found.sort(key=lambda m: (m[0] != "seal", -m[1].width * m[1].height))
    shown = found[:_MOST_MARKS]
    return tuple(_scanned(colour, kind, frame, line, scale) for kind, frame in shown)


def _marks(
    mask: Pixels, texts: Sequence[Frame], line: float, near: float
) -> Iterator[tuple[str, Frame]]:
    reach = max(1, round(line * near))
    joined = cv2.dilate(mask, np.ones((reach, reach), np.uint8)) if near else mask
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    for index in range(1, count):
        x, y, wide, high, _ = (int(v) for v in stats[index])
        if max(wide, high) < line * _STROKE:
            continue
        frame = Frame(x, y, x + wide, y + high)
        here = labels[y : y + high, x : x + wide] == index
        part = (mask[y : y + high, x : x + wide] > 0) & here
        if is_seal(part, line):
            yield "seal", frame
        elif _is_stroke(part, frame, texts, line):
            yield "signature", frame


def is_seal(part: Mask, line: float) -> bool:
    """Tell whether the ink is a ring, be letters and a star in it or not."""
    high, wide = part.shape
    if not (line * _LEAST <= min(wide, high) and max(wide, high) <= line * _MOST):
        return False
    if max(wide, high) > 1.45 * min(wide, high):
        return False
    ys, xs = np.nonzero(part)
    centre = np.array([wide / 2, high / 2])
    radius = np.hypot(xs - centre[0], ys - centre[1])
    outer = max(wide, high) / 2
    ring = radius > outer * 0.8
    angles = np.arctan2(ys[ring] - centre[1], xs[ring] - centre[0])
    bins = ((angles + np.pi) / (2 * np.pi) * _DIRECTIONS).astype(int) % _DIRECTIONS
    seen = len(np.unique(bins)) / _DIRECTIONS
    # A photo or a filled disc has as much ink inside as at its edge.
    filled = part.sum() / (np.pi * outer * outer)
    return seen > _RING and filled < 0.6


def _is_stroke(part: Mask, frame: Frame, texts: Sequence[Frame], line: float) -> bool:
    if min(frame.width, frame.height) < line * _STROKE:
        return False
    if max(frame.width, frame.height) > line * 22:
        return False
    inked = part.sum() / part.size
    if not 0.01 < inked < _INKED:
        return False
    # The strokes of a pen are thin: hardly anything is left of them when eaten into.
    eaten = cv2.erode(
        part.astype(np.uint8), np.ones((max(3, round(line * 0.22)),) * 2, np.uint8)
    )
    if eaten.sum() > 0.12 * part.sum():
        return False
    # Letters that touch each other are high and wide as well, but lie on lines.
    covered = sum(_overlap(t, frame) * t.width * t.height for t in texts)
    return covered < 0.75 * frame.width * frame.height


def _overlap(one: Frame, other: Frame) -> float:
    """Return how much of `one` lies in `other`."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    if wide <= 0 or high <= 0:
        return 0.0
    return wide * high / max(1, one.width * one.height)


def _scanned(
    colour: Pixels, kind: str, frame: Frame, line: float, scale: float
) -> ScannedMark:
    around = round(line * _AROUND)
    high, wide = colour.shape[:2]
    part = colour[
        max(0, frame.y0 - around) : min(high, frame.y1 + around),
        max(0, frame.x0 - around) : min(wide, frame.x1 + around),
    ]
    shrink = min(1.0, _WIDEST / max(part.shape[:2]))
    small = cv2.resize(part, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    shown = cv2.cvtColor(small, cv2.COLOR_RGB2BGR)
    _, jpeg = cv2.imencode(".jpg", shown, [cv2.IMWRITE_JPEG_QUALITY, 80])
    return ScannedMark(
        "seal" if kind == "seal" else "signature",
        frame.x0 / scale,
        frame.y0 / scale,
        frame.x1 / scale,
        frame.y1 / scale,
        jpeg.tobytes(),
    )
