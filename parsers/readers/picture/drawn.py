"""Draw pages of a PDF as pixels, at the density of the pictures that they hold.

It reads no text of theirs.
"""

import ctypes

import numpy as np
import pypdfium2.raw as pdfium

from parsers.errors import DamagedFileError
from parsers.readers.pdf.library import Handle, page_of
from parsers.readers.picture.raster import LEAST_DPI, LONGEST, MOST_DPI, Decoded

#: Points an inch.
_POINTS = 72.0
#: Of a page without a picture: letters that are drawn are as sharp as asked for.
_USUAL_DPI = 250
_MOST_OBJECTS = 2000


def page_pixels(document: Handle, number: int) -> Decoded:
    """Return page `number`, from 0, as a person sees it, in RGB on white.

    Raises DamagedFileError where PDFium cannot draw it.
    """
    with page_of(document, number) as page:
        if page is None:
            raise DamagedFileError(f"page {number + 1} of a PDF")
        wide = float(pdfium.FPDF_GetPageWidthF(page))
        high = float(pdfium.FPDF_GetPageHeightF(page))
        if min(wide, high) < 1:
            raise DamagedFileError("a page without a size")
        dpi = min(max(_density(page), LEAST_DPI), MOST_DPI)
        scale = min(dpi / _POINTS, LONGEST / max(wide, high))
        width, height = max(1, round(wide * scale)), max(1, round(high * scale))
        return Decoded(_draw(page, width, height), scale * _POINTS)


def _draw(page: Handle, width: int, height: int) -> np.ndarray:
    bitmap = pdfium.FPDFBitmap_Create(width, height, 0)
    if not bitmap:
        raise DamagedFileError("a page that cannot be drawn")
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(
            bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT
        )
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        start = pdfium.FPDFBitmap_GetBuffer(bitmap)
        kind = ctypes.POINTER(ctypes.c_ubyte * (stride * height))
        data = ctypes.cast(start, kind).contents
        rows = np.frombuffer(data, np.uint8).reshape(height, stride)
        pixels = rows[:, : width * 4].reshape(height, width, 4)
        # Blue comes first in PDFium's pixels.
        return np.ascontiguousarray(pixels[:, :, 2::-1])
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _density(page: Handle) -> float:
    """Return the dots an inch of the largest picture on the page."""
    largest, density = 0.0, float(_USUAL_DPI)
    count = min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    for index in range(count):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        matrix = pdfium.FS_MATRIX()
        across, down = ctypes.c_uint(), ctypes.c_uint()
        known = pdfium.FPDFPageObj_GetMatrix(item, matrix)
        if not known or not pdfium.FPDFImageObj_GetImagePixelSize(item, across, down):
            continue
        wide = (matrix.a**2 + matrix.b**2) ** 0.5
        high = (matrix.c**2 + matrix.d**2) ** 0.5
        if wide * high > largest and wide > 0:
            largest, density = wide * high, across.value / wide * _POINTS
    return density
