"""Turn a page's own coordinates into those that a person sees.

It knows rotation and crop; nothing of what stands on the page.
"""

import ctypes
from typing import NamedTuple

import pypdfium2.raw as pdfium

from parsers.readers.pdf.library import Handle


class Matrix(NamedTuple):
    """x' = ax + cy + e, y' = bx + dy + f (ISO 32000-1, 8.3.3)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, other: "Matrix") -> "Matrix":
        """Return the matrix that does this one first and `other` after it."""
        return Matrix(
            self.a * other.a + self.b * other.c,
            self.a * other.b + self.b * other.d,
            self.c * other.a + self.d * other.c,
            self.c * other.b + self.d * other.d,
            self.e * other.a + self.f * other.c + other.e,
            self.e * other.b + self.f * other.d + other.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where the point lies afterwards."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


class View(NamedTuple):
    """How a page is seen: its matrix, size in points, and quarter turns."""

    matrix: Matrix
    width: float
    height: float
    turn: int


def view_of(page: Handle) -> View:
    """Return how the page is seen: cropped and turned as it says."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    left, right = sorted((box.left, box.right))
    bottom, top = sorted((box.bottom, box.top))
    turn = int(pdfium.FPDFPage_GetRotation(page)) % 4
    return turned(left, bottom, right, top, turn)


def turned(left: float, bottom: float, right: float, top: float, turn: int) -> View:
    """Return the view of a box whose y grows up, after `turn` quarters clockwise."""
    across, up = right - left, top - bottom
    if turn == 1:
        return View(Matrix(0, 1, 1, 0, -bottom, -left), up, across, 1)
    if turn == 2:
        return View(Matrix(-1, 0, 0, 1, right, -bottom), across, up, 2)
    if turn == 3:
        return View(Matrix(0, -1, -1, 0, top, right), up, across, 3)
    return View(Matrix(1, 0, 0, -1, -left, top), across, up, 0)
