"""Read one page that is a picture: page, light, inks, rules, cells, lines, letters.

Every step is a function of values in a file of its own, and its outcome is kept: a
wrong reading can be looked at. What the lines mean is not asked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from parsers.readers.pdf.marks import Rule
from parsers.readers.pdf.ruled import RuledGrid
from parsers.readers.picture import edges, inks, light
from parsers.readers.picture import upright as turns
from parsers.readers.picture.cut import (
    clean_ink,
    framed,
    inner,
    lines_in,
    pieces,
    word_ends,
)
from parsers.readers.picture.gridding import dividing, grids
from parsers.readers.picture.heads import stands_on_head
from parsers.readers.picture.inks import Inks
from parsers.readers.picture.readers import read_lines
from parsers.readers.picture.ruling import Ruling, cleared, ruling_of
from parsers.readers.picture.seal import marks_on
from parsers.readers.picture.shapes import Frame, LineReading, Mask, Pixels, TextLine
from parsers.readers.picture.spotted import line_height, spotted
from parsers.values.scan import (
    Nothing,
    ScannedLine,
    ScannedMark,
    ScannedPage,
    ScannedRule,
)
from parsers.vietnamese.legacy.syllables import is_syllable

#: Points of a usual line: the layout's distances are for letters of this size.
LINE_POINTS = 13.5
_MOST_LINES = 1500
#: What is no surer than this may be no letters at all.
_HARDLY = 0.5

#: The certainty of a line; where less than so many of a page's lines have it, or the
#: page was photographed, recognisers are wrong together (measured on the labelled set:
#: 1 sure cell in 16 of bad scans, 1 in 10 of photos), and nothing on it is sure.
_SURE, _LEAST_SURE, _UNSOUND = 0.9, 0.5, 0.89

_WORD = re.compile(r"[^\W\d_]{2,}")

cv2.setNumThreads(1)


@dataclass(frozen=True, slots=True)
class PageReading:
    """All that was found on a page, step by step; `page` is what is handed on."""

    page: ScannedPage
    sheet: Pixels | None = None
    straight: Pixels | None = None
    inks: Inks | None = None
    ruling: Ruling | None = None
    grids: tuple[RuledGrid, ...] = ()
    cells: tuple[Frame, ...] = ()
    readings: tuple[LineReading, ...] = ()
    scale: float = 1.0


def read_page(pixels: Pixels, number: int) -> PageReading:
    """Return what stands on a page (RGB), the chain's intermediates kept."""
    found = edges.corners(pixels)
    sheet = pixels if found is None else edges.flattened(pixels, found)
    sheet, quarter = _upright(sheet)
    even = _even(sheet)
    grey = cv2.cvtColor(even, cv2.COLOR_RGB2GRAY)
    if _is_blank(grey):
        return _nothing(number, "blank", sheet)
    frames = spotted(grey)
    if stands_on_head(grey, frames):
        sheet, quarter = turns.turned(sheet, 2), (quarter + 2) % 4
        even, grey = turns.turned(even, 2), turns.turned(grey, 2)
        frames = spotted(grey)
    line = line_height(frames)
    if line < 4 or not frames:
        return _nothing(number, "no_text", sheet)
    over = inks.without_colour(even, line)
    ruling = ruling_of(over.grey, line, frames)
    scale = line / LINE_POINTS
    rules = [
        Rule(r.upright, r.at / scale, r.start / scale, r.end / scale)
        for r in ruling.rules
    ]
    found_grids = grids(rules)
    cells = _cells(found_grids, scale)
    plain = cleared(over.grey, ruling.mask, cells, line)
    ink = clean_ink(plain, line)
    lines = _lines(ink, frames, cells, line)[:_MOST_LINES]
    readings = read_lines(plain, lines)
    marks = marks_on(even, ruling.mask, frames, line, scale)
    readings = tuple(r for r in readings if not _is_pen(r, marks, scale))
    readings = believed(readings, photographed=found is not None)
    page = ScannedPage(
        number,
        width=grey.shape[1] / scale,
        height=grey.shape[0] / scale,
        lines=tuple(_scanned(r, ink, scale) for r in readings if r.text),
        rules=tuple(ScannedRule(*rule) for rule in dividing(found_grids, rules)),
        marks=marks,
        turned=quarter,
    )
    return PageReading(
        page,
        sheet=sheet,
        straight=even,
        inks=over,
        ruling=ruling,
        grids=tuple(found_grids),
        cells=cells,
        readings=readings,
        scale=scale,
    )


def _upright(sheet: Pixels) -> tuple[Pixels, int]:
    grey = cv2.cvtColor(sheet, cv2.COLOR_RGB2GRAY)
    quarter = turns.quarters(grey)
    sheet = turns.turned(sheet, quarter)
    grey = turns.turned(grey, quarter)
    return turns.straightened(sheet, turns.skew(grey)), quarter


def _even(sheet: Pixels) -> Pixels:
    """Return the page under even light, channel by channel."""
    channels = [np.ascontiguousarray(sheet[:, :, k]) for k in range(3)]
    even = [light.lit(c, light.paper_light(c)) for c in channels]
    return np.ascontiguousarray(np.stack(even, axis=2))


def _is_blank(grey: Pixels) -> bool:
    return float((grey < 150).mean()) < 0.0004


def _nothing(number: int, why: Nothing, sheet: Pixels) -> PageReading:
    return PageReading(ScannedPage(number, nothing=why), sheet=sheet)


def _cells(found: Sequence[RuledGrid], scale: float) -> tuple[Frame, ...]:
    """Return the frames, in pixels, of the cells of grids in points."""
    return tuple(
        Frame(
            round(grid.xs[left] * scale),
            round(grid.ys[top] * scale),
            round(grid.xs[right] * scale),
            round(grid.ys[bottom] * scale),
        )
        for grid in found
        for top, left, bottom, right in grid.cells
    )


def _lines(
    ink: Mask, frames: list[Frame], cells: tuple[Frame, ...], line: float
) -> list[TextLine]:
    """Return the lines in the cells, and those spotted outside of every cell."""
    found: list[TextLine] = []
    for number, cell in enumerate(cells):
        found.extend(lines_in(ink, inner(cell, line), line, number))
    for frame in sorted(frames, key=lambda f: (f.y0, f.x0)):
        if not any(frame.within(cell) for cell in cells):
            found.extend(framed(ink, f, line) for f in pieces(ink, frame, line))
    return found


def believed(
    readings: Sequence[LineReading], photographed: bool
) -> tuple[LineReading, ...]:
    """Return the lines, none of them sure where the page does not bear it."""
    sure = sum(reading.certainty >= _SURE for reading in readings)
    if not photographed and sure >= _LEAST_SURE * len(readings):
        return tuple(readings)
    return tuple(replace(r, certainty=min(r.certainty, _UNSOUND)) for r in readings)


def _is_pen(reading: LineReading, marks: Sequence[ScannedMark], scale: float) -> bool:
    """Tell whether what was hardly read outside of all cells is no text at all."""
    if reading.line.cell is not None or reading.certainty > _HARDLY:
        return False
    if not any(is_syllable(w) for w in _WORD.findall(reading.text)):
        # Dirt: not one word of it is one.
        return True
    frame = reading.line.frame
    x, y = (frame.x0 + frame.x1) / 2 / scale, (frame.y0 + frame.y1) / 2 / scale
    return any(m.x0 <= x <= m.x1 and m.y0 <= y <= m.y1 for m in marks)


def _scanned(reading: LineReading, ink: Mask, scale: float) -> ScannedLine:
    frame, line = reading.line.frame, reading.line
    words = word_ends(ink, frame, len(reading.text.split()))
    return ScannedLine(
        reading.text,
        frame.x0 / scale,
        frame.y0 / scale,
        frame.x1 / scale,
        frame.y1 / scale,
        line.base / scale,
        line.cap / scale / 0.66,
        reading.certainty,
        reading.doubts,
        tuple(w.text for w in reading.witnesses),
        tuple((x0 / scale, x1 / scale) for x0, x1 in words),
    )
