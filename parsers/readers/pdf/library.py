"""Open a PDF with PDFium and hand out its pages, each freed before the next.

The only file that makes PDFium's documents and pages; it understands nothing of them.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import pypdfium2.raw as pdfium

from parsers.errors import DamagedFileError, EncryptedFileError

#: PDFium's handles are pointers that ctypes knows and nobody else.
Handle = ctypes.c_void_p
_LOCKED = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)


@contextmanager
def opened(payload: bytes) -> Iterator[Handle]:
    """Yield the document of `payload`, opened with the empty password.

    Raises EncryptedFileError and DamagedFileError.
    """
    _start()
    # PDFium reads from these bytes until the document is closed.
    document = pdfium.FPDF_LoadMemDocument64(payload, len(payload), None)
    if not document:
        code = pdfium.FPDF_GetLastError()
        if code in _LOCKED:
            raise EncryptedFileError("the document asks for a password")
        raise DamagedFileError(f"PDFium cannot open it: error {code}")
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def page_count(document: Handle) -> int:
    """Return the number of pages that the document says it has."""
    return max(0, int(pdfium.FPDF_GetPageCount(document)))


@contextmanager
def page_of(document: Handle, number: int) -> Iterator[Handle | None]:
    """Yield page `number`, from 0, annotations and fields drawn on it; None if broken.

    What they show stands outside of the page's own content until it is flattened.
    """
    page = pdfium.FPDF_LoadPage(document, number)
    if (
        page
        and pdfium.FPDFPage_GetAnnotCount(page) > 0
        and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        == pdfium.FLATTEN_SUCCESS
    ):
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(document, number)
    try:
        yield page or None
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)


@lru_cache(maxsize=1)
def _start() -> None:
    """Start the library once a process: every start would lose the one before."""
    pdfium.FPDF_InitLibrary()
