"""Even out the light on a page: paper becomes white, ink keeps its grey.

Coloured ink (seals, pens) is told apart from black; nothing is binarised.
"""

import cv2
import numpy as np

from parsers.readers.picture.shapes import Pixels, Reals

#: The paper's light is looked for on a picture of this size.
_SMALL = 600
#: Of the small picture: wider than any letter, narrower than a shadow.
_REACH = 17
#: What is darker than this share of its surroundings is no paper in shadow.
_DARKEST = 40.0


def paper_light(grey: Pixels) -> Reals:
    """Return how bright the paper is at every pixel, letters left out."""
    scale = min(1.0, _SMALL / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    light = cv2.dilate(small, np.ones((_REACH, _REACH), np.uint8))
    light = cv2.medianBlur(light, 2 * _REACH + 1)
    light = cv2.GaussianBlur(light, (0, 0), _REACH / 2)
    high, wide = grey.shape
    full = cv2.resize(light, (wide, high), interpolation=cv2.INTER_LINEAR)
    return np.maximum(full.astype(np.float32), _DARKEST)


def lit(channel: Pixels, light: Reals) -> Pixels:
    """Return a channel as it would be under even light, paper at 245."""
    even = channel.astype(np.float32) * (245.0 / light)
    return np.clip(even, 0, 255).astype(np.uint8)
