"""What a person wishes to see of an attachment's page, and where on it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outline:
    """A rectangle on an upright page, in shares of its width and height, 0 to 1."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Preview:
    """One page, from 0, of a `pdf` or a `picture`.

    `straight`: as the reading of pictures sees it, upright and flat, on which outlines
    of recognised cells lie; else as it lies in the file. `width` is in pixels, of what
    is shown. `close` shows the outline alone, with some paper around it.
    """

    kind: str
    page: int = 0
    straight: bool = False
    width: int = 1000
    outline: Outline | None = None
    close: bool = False
