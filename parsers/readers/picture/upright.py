"""Turn a page upright and straight: quarters by a net, degrees by the lines of text.

Pixels in, pixels out; where the page lies in a photo is not asked here.
"""

import math

import cv2
import numpy as np

from parsers.readers.picture.nets import net
from parsers.readers.picture.shapes import Pixels

#: The net's picture: the page's long side, padded to a square.
_SIDE = 768
#: The net's fifth answer is writing in columns, which Vietnamese has not.
_QUARTERS = 4
#: Degrees that are looked through, coarse to fine: (reach, step).
_STEPS = ((12.0, 1.0), (1.0, 0.25), (0.25, 0.05))
_WIDEST = 40.0
_SMALL = 900
#: Less than this is straight: 3 pixels over the width of a page.
_STRAIGHT = 0.06


def quarters(grey: Pixels) -> int:
    """Return how many quarters counter-clockwise the page's content is turned by."""
    return int(_votes(grey).argmax())


def _votes(grey: Pixels) -> np.ndarray:
    high, wide = grey.shape
    scale = _SIDE / max(high, wide)
    size = max(1, round(wide * scale)), max(1, round(high * scale))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    ink = np.zeros((1, 1, _SIDE, _SIDE), np.float32)
    ink[0, 0, : size[1], : size[0]] = 1.0 - small.astype(np.float32) / 255.0
    return np.asarray(net("trueocr", "orient.onnx").run(None, {"x": ink})[0][0])[
        :_QUARTERS
    ]


def turned(pixels: Pixels, quarter: int) -> Pixels:
    """Return the picture with `quarter` counter-clockwise quarters taken back."""
    return np.ascontiguousarray(np.rot90(pixels, -quarter)) if quarter else pixels


def skew(grey: Pixels) -> float:
    """Return the degrees, counter-clockwise, that straighten the rows of a page.

    Rows of letters and level rules are sharpest then from one row of pixels to the
    next. A page hardly inked is left as it is.
    """
    ink = _thumbnail(grey)
    if ink.mean() < 0.5:
        return 0.0
    best = 0.0
    for number, (reach, step) in enumerate(_STEPS):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = _best(ink, angles)
        if number == 0 and abs(best) > reach - step * 1.5:
            wide = np.arange(-_WIDEST, _WIDEST + 0.1, 1.0)
            best = _best(ink, wide)
    return 0.0 if abs(best) < _STRAIGHT else best


def _thumbnail(grey: Pixels) -> Pixels:
    scale = _SMALL / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 21)
    return cv2.subtract(paper, small)


def _best(ink: Pixels, angles: np.ndarray) -> float:
    scores = [_sharpness(ink, float(angle)) for angle in angles]
    return float(angles[int(np.argmax(scores))])


def _sharpness(ink: Pixels, angle: float) -> float:
    high, wide = ink.shape
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    rows = cv2.warpAffine(ink, matrix, (wide, high)).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def straightened(pixels: Pixels, angle: float) -> Pixels:
    """Return the picture turned by `angle` degrees, grown so that nothing is lost."""
    if not angle:
        return pixels
    high, wide = pixels.shape[:2]
    sine, cosine = abs(math.sin(math.radians(angle))), math.cos(math.radians(angle))
    size = round(wide * cosine + high * sine), round(high * cosine + wide * sine)
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    matrix[0, 2] += (size[0] - wide) / 2
    matrix[1, 2] += (size[1] - high) / 2
    return cv2.warpAffine(
        pixels,
        matrix,
        size,
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
