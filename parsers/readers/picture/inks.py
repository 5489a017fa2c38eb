"""Tell coloured ink from black: seals, pens; and the page without what lies over it.

Whether a seal confirms anything is not asked here.
"""

from typing import NamedTuple

import cv2
import numpy as np

from parsers.readers.picture.shapes import Frame, Mask, Pixels

#: Differences of channels, at 255: ink of less is as good as black or grey.
_COLOURED = 34
#: Ink whose channels are so far apart, and that is lighter than black, has no letter.
_PURE, _BLACK = 48, 95
#: Of the paper's light: what is lighter in ink's own colour is paper under ink.
_LIGHTER = 0.6
#: Of a line's height: coloured ink that reaches over so much is laid over the text.
_LARGE = 2.2
#: Of a line's height: coloured strokes so near each other are of one seal.
_NEAR = 0.5


class Inks(NamedTuple):
    """The page's grey without coloured ink that lies over it, and where that lay."""

    grey: Pixels
    over: Mask
    frames: tuple[Frame, ...]


def coloured(colour: Pixels) -> Mask:
    """Return what is of a colour: its channels are far apart."""
    high = colour.max(axis=2).astype(np.int16)
    low = colour.min(axis=2).astype(np.int16)
    mask: Mask = (high - low) > _COLOURED
    return mask


def without_colour(colour: Pixels, line: float) -> Inks:
    """Return the grey of a page (RGB, evenly lit) as if nobody had sealed or signed it.

    `line` is a line's height. Coloured letters of the text's own size stay: they are
    text, typed or written in by hand.
    """
    grey = cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY)
    mask: Pixels = coloured(colour).astype(np.uint8)
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    reach = max(1, round(line * _NEAR))
    near = cv2.dilate(mask, np.ones((reach, reach), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    over = np.zeros(grey.shape, bool)
    frames: list[Frame] = []
    for index in range(1, count):
        x, y, wide, high, _ = (int(v) for v in stats[index])
        if min(wide, high) < line * _LARGE:
            continue
        frames.append(Frame(x, y, x + wide, y + high))
        part = over[y : y + high, x : x + wide]
        part |= labels[y : y + high, x : x + wide] == index
    if not frames:
        return Inks(grey, over, ())
    # Black is dark in every channel, a colour light in its own; where a seal lies over
    # a letter there is no colour left.
    light = colour.max(axis=2)
    pure = (light.astype(np.int16) - colour.min(axis=2) > _PURE) & (light > _BLACK)
    strong = pure | (light > 245 * _LIGHTER)
    lifted = np.where(strong, 245, light).astype(np.uint8)
    return Inks(np.where(over, lifted, grey).astype(np.uint8), over, tuple(frames))
