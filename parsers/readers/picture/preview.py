"""Draw one page of an attachment anew, with a cell outlined, as a PNG.

What a browser shows of a stranger's file is never the file itself: only pixels that
were decoded here, in the child, come out. It reads no letters.
"""

import cv2
import numpy as np

from parsers.errors import DamagedFileError, LimitExceededError
from parsers.readers.picture import edges
from parsers.readers.picture import upright as turns
from parsers.readers.picture.pages import pixels_of
from parsers.readers.picture.shapes import Frame, Pixels
from parsers.values.preview import Outline, Preview

#: Columns of pixels that are drawn; a cell close by is not blown up beyond the second.
LEAST_WIDTH, MOST_WIDTH = 50, 2000
_MOST_BLOWN_UP = 2.0
#: Higher than this many times its width nothing is drawn: a browser could not hold it.
_HIGHEST = 4
#: Of the cell's height, and of the page's width: paper that is shown around a cell.
_AROUND, _AROUND_PAGE = 0.35, 0.01
_COLOUR = (214, 48, 49)


def page_png(payload: bytes, wish: Preview) -> bytes:
    """Return the PNG of a page or of one cell.

    Raises DamagedFileError for what cannot be drawn, EncryptedFileError, and
    LimitExceededError for what has too many pixels.
    """
    pixels = pixels_of(payload, wish.kind, wish.page)
    if wish.straight:
        pixels = upright_sheet(pixels)
    frame = _frame(pixels, wish.outline)
    if wish.close and frame is not None:
        around = _around(pixels, frame)
        pixels = pixels[around.y0 : around.y1, around.x0 : around.x1]
        frame = _moved(frame, around)
    drawn, scale = _sized(pixels, wish)
    if frame is not None:
        _draw(drawn, frame, scale)
    fine, octets = cv2.imencode(".png", cv2.cvtColor(drawn, cv2.COLOR_RGB2BGR))
    if not fine:
        raise DamagedFileError("a page that cannot be drawn")
    return octets.tobytes()


def upright_sheet(pixels: Pixels) -> Pixels:
    """Return the sheet alone, upright and straight, as the chain works on it."""
    found = edges.corners(pixels)
    sheet = pixels if found is None else edges.flattened(pixels, found)
    grey = cv2.cvtColor(sheet, cv2.COLOR_RGB2GRAY)
    quarter = turns.quarters(grey)
    sheet, grey = turns.turned(sheet, quarter), turns.turned(grey, quarter)
    return turns.straightened(sheet, turns.skew(grey))


def _frame(pixels: Pixels, outline: Outline | None) -> Frame | None:
    """Return the outline in pixels, within the page; None where it encloses nothing."""
    if outline is None:
        return None
    high, wide = pixels.shape[:2]
    across = [_bounded(x, wide) for x in (outline.left, outline.right)]
    down = [_bounded(y, high) for y in (outline.top, outline.bottom)]
    if across[0] >= across[1] or down[0] >= down[1]:
        return None
    return Frame(across[0], down[0], across[1], down[1])


def _bounded(share: float, whole: int) -> int:
    return round(min(1.0, max(0.0, share)) * whole)


def _around(pixels: Pixels, frame: Frame) -> Frame:
    high, wide = pixels.shape[:2]
    more = max(4, round(frame.height * _AROUND), round(wide * _AROUND_PAGE))
    return Frame(
        max(0, frame.x0 - more),
        max(0, frame.y0 - more),
        min(wide, frame.x1 + more),
        min(high, frame.y1 + more),
    )


def _moved(frame: Frame, within: Frame) -> Frame:
    x, y = within.x0, within.y0
    return Frame(frame.x0 - x, frame.y0 - y, frame.x1 - x, frame.y1 - y)


def _sized(pixels: Pixels, wish: Preview) -> tuple[Pixels, float]:
    """Return the picture as wide as wished, and its scale."""
    high, wide = pixels.shape[:2]
    width = min(max(wish.width, LEAST_WIDTH), MOST_WIDTH)
    scale = width / wide
    if wish.close:
        scale = min(scale, _MOST_BLOWN_UP)
    if high * scale > _HIGHEST * MOST_WIDTH:
        raise LimitExceededError(f"a page of {wide} × {high} pixels")
    size = max(1, round(wide * scale)), max(1, round(high * scale))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    drawn = cv2.resize(np.ascontiguousarray(pixels), size, interpolation=way)
    return np.ascontiguousarray(drawn, dtype=np.uint8), scale


def _draw(drawn: Pixels, frame: Frame, scale: float) -> None:
    thick = max(2, drawn.shape[1] // 400)
    start = round(frame.x0 * scale), round(frame.y0 * scale)
    end = round(frame.x1 * scale), round(frame.y1 * scale)
    cv2.rectangle(drawn, start, end, _COLOUR, thick, cv2.LINE_AA)
