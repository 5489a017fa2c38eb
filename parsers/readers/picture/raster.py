"""Decode pictures into pages of pixels, never more of them than can be paid for.

What is too large is refused by its header, before anything of it is decoded.
"""

import io
import warnings
from typing import NamedTuple

import numpy as np
import pi_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from parsers.errors import DamagedFileError, LimitExceededError
from parsers.readers.picture.shapes import Pixels

#: The largest picture that is decoded, in pixels; phones make at most half of it.
MOST_PIXELS = 110_000_000
#: The longest side that is worked on; a page of A4 at 300 dpi has 3,508.
LONGEST = 4200
#: A page is drawn with at least and at most so many pixels an inch.
LEAST_DPI, MOST_DPI = 150, 300
#: Pages of a fax are less dense down than across.
_UNEVEN = 1.25

pi_heif.register_heif_opener()


class Decoded(NamedTuple):
    """One page's pixels, and its dots an inch as the file has them (0: it has none)."""

    pixels: Pixels
    dpi: float


def frames_of(payload: bytes) -> int:
    """Return how many pages a picture has; raises DamagedFileError."""
    with _opened(payload) as picture:
        return _count(picture)


def frame_of(payload: bytes, number: int) -> Decoded:
    """Return page `number`, from 0, turned as its EXIF says, in RGB.

    Raises LimitExceededError before decoding what has too many pixels,
    DamagedFileError for what cannot be decoded to its end.
    """
    with _opened(payload) as picture:
        try:
            if number:
                picture.seek(number)
            _bounded(picture)
            return _decoded(picture)
        except (OSError, SyntaxError, ValueError, EOFError, ArithmeticError) as error:
            raise DamagedFileError(f"a picture: {error}") from error


def _opened(payload: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Whether it is too large is judged here, by its header.
            Image.MAX_IMAGE_PIXELS = None
            return Image.open(io.BytesIO(payload))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise DamagedFileError(f"not a picture: {error}") from error


def _count(picture: Image.Image) -> int:
    if picture.format != "TIFF":
        # The frames of a moving picture, or the views of one scene, are no pages.
        return 1
    try:
        return int(getattr(picture, "n_frames", 1))
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise DamagedFileError(f"a picture's pages: {error}") from error


def _bounded(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        size = f"{picture.width} × {picture.height}"
        raise LimitExceededError(f"a picture of {size} pixels")


def _decoded(picture: Image.Image) -> Decoded:
    dpi = picture.info.get("dpi", (0.0, 0.0))
    across, down = (float(x) for x in dpi[:2]) if len(dpi) > 1 else (0.0, 0.0)
    if picture.format == "JPEG":
        # A JPEG is decoded at half or a quarter of its size for next to nothing.
        picture.draft("RGB", (LONGEST, LONGEST))
    # Turning may hand on what is not decoded yet: it is made RGB first.
    turn = picture.getexif().get(0x0112, 1)
    plain = _on_paper(picture)
    longest = max(plain.size)
    if across > 0 and down > 0 and across / down > _UNEVEN:
        plain = plain.resize((plain.width, round(plain.height * across / down)))
    if longest > LONGEST:
        plain.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS, reducing_gap=3)
        across = 0.0
    if turn in range(2, 9):
        plain.getexif()[0x0112] = turn
        plain = ImageOps.exif_transpose(plain)
    return Decoded(np.ascontiguousarray(np.asarray(plain)), across)


def _on_paper(picture: Image.Image) -> Image.Image:
    """Return the picture in RGB; what is see-through lies on white paper."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("RGB")
    if picture.mode.startswith(("I", "F")):
        # Sixteen bits a pixel, of which the upper eight are seen.
        deep = np.asarray(picture, dtype=np.float32)
        top = float(deep.max(initial=1.0))
        scale = 255.0 / top if top > 255 else 1.0
        return Image.fromarray((deep * scale).astype(np.uint8)).convert("RGB")
    return picture.convert("RGB")
