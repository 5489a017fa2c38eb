"""Give the pixels of one page of an attachment, whatever it is."""

from parsers.errors import DamagedFileError
from parsers.readers.pdf.library import opened
from parsers.readers.picture.drawn import page_pixels
from parsers.readers.picture.raster import frame_of
from parsers.readers.picture.shapes import Pixels


def pixels_of(payload: bytes, kind: str, number: int) -> Pixels:
    """Return page `number`, from 0, of a `pdf` or a `picture`, in RGB.

    Raises DamagedFileError, EncryptedFileError and LimitExceededError.
    """
    if kind == "pdf":
        with opened(payload) as document:
            return page_pixels(document, number).pixels
    if kind != "picture":
        raise DamagedFileError(f"no pages of {kind}")
    return frame_of(payload, number).pixels
