"""What was seen on pages that are pictures, before it is a document.

It is what the slow child hands back: lines of text with their certainty, rules, seals.
"""

from dataclasses import dataclass, field
from typing import Literal

#: What a page without readable text is.
Nothing = Literal["blank", "no_text", "file_damaged", "limit_exceeded"]


@dataclass(frozen=True, slots=True)
class ScannedLine:
    """A line of letters in points: frame, baseline, size of its font.

    `certainty` is at most 0.99; `doubts` say what speaks against it. `witnesses` are
    the texts of the recognisers, in their order. `words` are the left and right of each
    word, empty where that could not be told.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    certainty: float
    doubts: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    words: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ScannedRule:
    """A straight rule in points: `at` is its y, or its x where it is upright."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class ScannedMark:
    """A seal, or strokes of a pen, by its frame in points; `jpeg` is its cut-out."""

    kind: Literal["seal", "signature"]
    x0: float
    y0: float
    x1: float
    y1: float
    jpeg: bytes = b""


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page, from 0, as it stands upright; its size in points.

    A point is so chosen that a usual line is 13.5 of them high. `nothing` says why
    there are no lines.
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    lines: tuple[ScannedLine, ...] = ()
    rules: tuple[ScannedRule, ...] = ()
    marks: tuple[ScannedMark, ...] = ()
    turned: int = 0
    nothing: Nothing | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """The pages of one attachment; `cut` says that there are more than were read."""

    pages: tuple[ScannedPage, ...] = ()
    cut: bool = False
    program: str | None = field(default=None)
