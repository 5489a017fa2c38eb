"""The values that the steps of the chain hand on: pictures, frames, lines, readings.

Pictures are arrays of bytes, rows × columns (× red, green, blue); x to the right, y
down, in pixels of the straightened page unless said otherwise.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from numpy.typing import NDArray

#: Bytes, truth values and reals of 32 bits; OpenCV's own hints tell no more.
Pixels = NDArray[Any]
Mask = NDArray[Any]
Reals = NDArray[Any]


class Frame(NamedTuple):
    """A rectangle of pixels: left, top, right, bottom, ends excluded."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        """Return the columns of pixels."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """Return the rows of pixels."""
        return self.y1 - self.y0

    def within(self, other: "Frame") -> bool:
        """Tell whether the middle of this frame lies in the other."""
        x, y = (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2
        return other.x0 <= x <= other.x1 and other.y0 <= y <= other.y1


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of letters: where it lies, its baseline's y, its height of capitals.

    `cell` is the number of the grid's cell that it stands in, None outside of all.
    """

    frame: Frame
    base: float
    cap: float
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Witness:
    """What one recogniser read of a line, and how sure it says it is (0 to 1)."""

    text: str
    sure: float


@dataclass(frozen=True, slots=True)
class LineReading:
    """A line with what every recogniser read, what they agree on, and how far."""

    line: TextLine
    witnesses: tuple[Witness, ...]
    text: str
    certainty: float
    doubts: tuple[str, ...] = field(default=())
