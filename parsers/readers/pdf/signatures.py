"""Tell whether a person's digital signature stands over the whole of a PDF.

ISO 32000-1, 12.8. Whose key it is, and whether it may be trusted, is not verified: a
signature counts as a stamp on paper does, seen but not compared.
"""

import ctypes

import pypdfium2.raw as pdfium

from parsers.readers.pdf.library import Handle

#: More than this in one document is no office's; the rest is not looked at.
_MOST_SIGNATURES = 50
#: A PKCS #7 or CMS of one certificate has about two thousand bytes.
_LEAST_BYTES = 200
_MOST_BYTES = 1 << 20
#: Line ends that programs leave behind the last `%%EOF`.
_TRAILING = 8
_NAME_BYTES = 64
_TIME_STAMP = b"ETSI.RFC3161"


def is_signed(document: Handle, size: int) -> bool:
    """Return whether a signature is there, and one covers all `size` bytes.

    What was appended after the last signature may be anything: it is not signed then.
    A time stamp is no person's signature, but covers what was appended before it.
    """
    persons = covered = False
    count = min(pdfium.FPDF_GetSignatureCount(document), _MOST_SIGNATURES)
    for index in range(max(0, count)):
        signature = pdfium.FPDF_GetSignatureObject(document, index)
        if not signature or not _is_filled(signature):
            continue
        persons = persons or _filter(signature) != _TIME_STAMP
        covered = covered or _covers(signature, size)
    return persons and covered


def _is_filled(signature: Handle) -> bool:
    """Tell whether the place for the signature holds more than zeros."""
    size = int(pdfium.FPDFSignatureObj_GetContents(signature, None, 0))
    if not _LEAST_BYTES <= size <= _MOST_BYTES:
        return False
    contents = ctypes.create_string_buffer(size)
    pdfium.FPDFSignatureObj_GetContents(signature, contents, size)
    return len(contents.raw.rstrip(b"\0")) >= _LEAST_BYTES


def _filter(signature: Handle) -> bytes:
    name = ctypes.create_string_buffer(_NAME_BYTES)
    pdfium.FPDFSignatureObj_GetSubFilter(signature, name, _NAME_BYTES)
    return name.value


def _covers(signature: Handle, size: int) -> bool:
    """Tell whether its two ranges are the whole file but for the signature itself."""
    ranges = (ctypes.c_int * 4)()
    if pdfium.FPDFSignatureObj_GetByteRange(signature, ranges, 4) != len(ranges):
        return False
    start, first, second, rest = ranges
    held = int(pdfium.FPDFSignatureObj_GetContents(signature, None, 0))
    # The hole is the signature in hexadecimal between angle brackets.
    fits = start == 0 and 0 < first < second and second - first == held * 2 + 2
    return fits and size - _TRAILING <= second + rest <= size
