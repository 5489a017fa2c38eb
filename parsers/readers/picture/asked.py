"""Ask for the recognition of a picture, and turn what was seen into a document.

Only the picture's header is looked at: it runs in the quick child.
"""

import io
import warnings

from PIL import Image, UnidentifiedImageError

from parsers.errors import DamagedFileError
from parsers.values.limits import Limits
from parsers.values.table import Document, Needs

#: Smaller pictures are logos, emoji, icons of signatures.
_LEAST_SIDE, _LEAST_PIXELS = 200, 150_000


def read(payload: bytes, path: tuple[str, ...], limits: Limits) -> Document | Needs:
    """Return that the pages of a picture must be looked at; nothing for a small one.

    Raises DamagedFileError.
    """
    size, count = _header(payload)
    if min(size) < _LEAST_SIDE or size[0] * size[1] < _LEAST_PIXELS:
        return Document(())
    return Needs("scan", payload, "picture", tuple(range(count)))


def _header(payload: bytes) -> tuple[tuple[int, int], int]:
    """Return the size of the first page and the number of pages."""
    if payload[4:8] == b"ftyp":
        # What its pixels are is known only when it is decoded, by the slow child.
        return (1000, 1000), 1
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            Image.MAX_IMAGE_PIXELS = None
            with Image.open(io.BytesIO(payload)) as picture:
                pages = picture.format == "TIFF"
                count = int(getattr(picture, "n_frames", 1)) if pages else 1
                return picture.size, count
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
    ) as error:
        raise DamagedFileError(f"not a picture: {error}") from error
