"""Read the straight rules that are drawn on a page, and how much of it is a picture.

Curves, shadings and colours mean nothing here, but white on white is not drawn.
"""

import ctypes
import itertools
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2.raw as pdfium

from parsers.readers.pdf.library import Handle
from parsers.readers.pdf.marks import Rule
from parsers.readers.pdf.view import Matrix, View

#: More objects or segments than this is a map or an attack; the rest is not looked at.
_MOST_OBJECTS = 60_000
_MOST_SEGMENTS = 60_000
_MOST_DEPTH = 6
#: A filled strip up to this many points is a rule; Word draws all of its rules so.
_THICKEST = 4.0
_SLANT = 1.0
#: A picture over this share of a page makes the page a scan.
_PICTURED = 0.5
_WHITE = 250

Point = tuple[float, float]


class Drawing(NamedTuple):
    """Rules in the order of the file; the rest as in `marks.PageMarks`."""

    rules: list[Rule]
    pictured: bool
    drawn: bool
    cut: bool


def read_drawing(page: Handle, view: View) -> Drawing:
    """Return what is drawn on the page besides its text."""
    reader = _Reader()
    count = pdfium.FPDFPage_CountObjects(page)
    for index in range(min(count, _MOST_OBJECTS)):
        if reader.full:
            break
        reader.take(pdfium.FPDFPage_GetObject(page, index), view.matrix, 0)
    area = max(1.0, view.width * view.height)
    return Drawing(
        reader.rules,
        reader.pictures / area > _PICTURED,
        reader.segments > 500,
        reader.full or count > _MOST_OBJECTS,
    )


class _Reader:
    """Goes through the objects of a page, and of the forms within it."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.pictures = 0.0
        self.segments = 0
        self.objects = 0

    @property
    def full(self) -> bool:
        return self.segments > _MOST_SEGMENTS or self.objects > _MOST_OBJECTS

    def take(self, item: Handle, matrix: Matrix, depth: int) -> None:
        self.objects += 1
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(item, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            own = _own_matrix(item).then(matrix)
            # A picture is the unit square under its matrix (ISO 32000-1, 8.9.5).
            self.pictures += abs(own.a * own.d - own.b * own.c)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MOST_DEPTH:
            inner = _own_matrix(item).then(matrix)
            for index in range(max(0, pdfium.FPDFFormObj_CountObjects(item))):
                if self.full:
                    return
                self.take(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)

    def _path(self, item: Handle, matrix: Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
        if stroke.value and _is_white(item, pdfium.FPDFPageObj_GetStrokeColor):
            stroke.value = 0
        if fill.value and _is_white(item, pdfium.FPDFPageObj_GetFillColor):
            fill.value = 0
        if not fill.value and not stroke.value:
            return
        own = _own_matrix(item).then(matrix)
        for points in self._outlines(item, own):
            strip = _strip(points)
            if strip is not None:
                self.rules.append(strip)
            elif stroke.value:
                self.rules.extend(_sides(points))

    def _outlines(self, item: Handle, matrix: Matrix) -> Iterator[list[Point]]:
        """Yield the corners of each stretch of straight segments."""
        points: list[Point] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        count = pdfium.FPDFPath_CountSegments(item)
        for index in range(count):
            self.segments += 1
            if self.full:
                return
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            if kind != pdfium.FPDF_SEGMENT_LINETO:
                yield points
                points = []
            points.append(matrix.point(x.value, y.value))
            if pdfium.FPDFPathSegment_GetClose(segment) and points:
                points.append(points[0])
        yield points


def _own_matrix(item: Handle) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return Matrix()
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def _is_white(item: Handle, colour_of: object) -> bool:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not callable(colour_of) or not colour_of(item, *parts):
        return False
    red, green, blue, alpha = (part.value for part in parts)
    return alpha == 0 or min(red, green, blue) >= _WHITE


def _strip(points: list[Point]) -> Rule | None:
    """Return the rule that a thin rectangle or a single segment is; None if neither."""
    if len(points) < 2:
        return None
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    wide, high = right - left, bottom - top
    if high <= _THICKEST and wide >= high:
        return Rule(False, (top + bottom) / 2, left, right)
    if wide <= _THICKEST:
        return Rule(True, (left + right) / 2, top, bottom)
    return None


def _sides(points: list[Point]) -> Iterator[Rule]:
    """Yield the level and upright sides of a stroked outline."""
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        if abs(y1 - y0) <= _SLANT:
            yield Rule(False, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
        elif abs(x1 - x0) <= _SLANT:
            yield Rule(True, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
