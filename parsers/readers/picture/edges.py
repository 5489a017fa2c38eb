"""Find the sheet of paper in a photo and look at it from straight above.

A scan shows nothing but the sheet, and is left as it is.
"""

from itertools import pairwise

import cv2
import numpy as np

from parsers.readers.picture.shapes import Pixels, Reals

_SMALL = 500
#: Of the picture: a sheet covers at least so much; above the second it is a scan.
_LEAST, _WHOLE = 0.18, 0.985
#: Of its outline's area: four corners cover at least so much of a sheet.
_FOUR = 0.93
#: Grey levels by which a sheet is lighter than what lies around it.
_LIGHTER = 18


def corners(colour: Pixels) -> Reals | None:
    """Return the sheet's corners from the top left, clockwise; None without a sheet.

    Shape 4 × 2, in pixels of `colour`.
    """
    scale = _SMALL / max(colour.shape[:2])
    small = cv2.resize(colour, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    bright = _paperness(small)
    bright = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((11, 11), np.uint8))
    bright = cv2.medianBlur(bright, 7)
    for level in _levels(bright):
        found = _quad(bright, level)
        if found is not None:
            return _ordered(found / scale)
    return None


def _paperness(small: Pixels) -> Pixels:
    """Return how much each pixel looks like paper: light, and of no strong colour."""
    high = small.max(axis=2).astype(np.int16)
    low = small.min(axis=2).astype(np.int16)
    found: Pixels = np.clip(low - (high - low) // 2, 0, 255).astype(np.uint8)
    return found


def _levels(bright: Pixels) -> list[int]:
    """Return the levels that may divide paper from what is around it, likely first."""
    level, _ = cv2.threshold(bright, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return [int(level), int(level * 0.85), int(level * 1.15)]


def _quad(bright: Pixels, level: int) -> Reals | None:
    mask: Pixels = (bright > level).astype(np.uint8)
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    outline = max(outlines, key=cv2.contourArea)
    area = cv2.contourArea(outline)
    whole = float(mask.size)
    if not _LEAST < area / whole < _WHOLE:
        return None
    hull = cv2.convexHull(outline)
    if area < 0.85 * cv2.contourArea(hull) or not _stands_out(bright, hull):
        return None
    for share in np.arange(0.01, 0.08, 0.005):
        around = cv2.arcLength(hull, True)
        few = cv2.approxPolyDP(hull, float(share) * around, True)
        if len(few) == 4:
            covered = cv2.contourArea(few) / cv2.contourArea(hull)
            return few[:, 0].astype(np.float32) if covered > _FOUR else None
        if len(few) < 4:
            return None
    return None


def _stands_out(bright: Pixels, hull: np.ndarray) -> bool:
    """Tell whether what lies around an outline is darker than what is in it."""
    inside = np.zeros(bright.shape, np.uint8)
    cv2.fillConvexPoly(inside, hull, 1)
    around = cv2.dilate(inside, np.ones((25, 25), np.uint8)) - inside
    if around.sum() < 0.02 * inside.sum():
        return False
    within = float(np.median(bright[inside > 0]))
    return within - float(np.median(bright[around > 0])) > _LIGHTER


def _ordered(points: Reals) -> Reals:
    """Return four points from the top left one, clockwise."""
    middle = points.mean(axis=0)
    angles = np.arctan2(points[:, 1] - middle[1], points[:, 0] - middle[0])
    around = points[np.argsort(angles)]
    first = int(np.argmin(around.sum(axis=1)))
    return np.roll(around, -first, axis=0)


def flattened(colour: Pixels, found: Reals) -> Pixels:
    """Return the sheet between four corners as a rectangle."""
    sides = [float(np.linalg.norm(b - a)) for a, b in pairwise([*found, found[0]])]
    wide = round(max(sides[0], sides[2]))
    high = round(max(sides[1], sides[3]))
    target = np.array(
        [[0, 0], [wide - 1, 0], [wide - 1, high - 1], [0, high - 1]], np.float32
    )
    matrix = cv2.getPerspectiveTransform(found.astype(np.float32), target)
    return cv2.warpPerspective(
        colour,
        matrix,
        (wide, high),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
