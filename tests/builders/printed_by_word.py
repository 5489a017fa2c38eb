"""Word files printed by LibreOffice, signed, sealed, changed by hand, and scanned."""

from pathlib import Path
from random import Random

import pypdfium2

from tests.accuracy.convert import converted
from tests.accuracy.pictures import ink
from tests.accuracy.pictures.ink import Picture
from tests.accuracy.pictures.packing import as_pdf
from tests.accuracy.pictures.scanner import Scan, scanned

DPI = 200
#: How an office's own scanner works, with nothing left to chance but its noise.
SCANNER = Scan(dpi=DPI, mode="colour", skew=0.4, dust=4, jpeg=88)


def printed(word: bytes, folder: Path) -> list[Picture]:
    """Return the pages that come out of the printer, at the scanner's density."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bang.docx").write_bytes(word)
    (made,) = converted([folder / "bang.docx"], "pdf", folder)
    with pypdfium2.PdfDocument(made) as pdf:
        return [
            page.render(scale=DPI / 72, rev_byteorder=True).to_numpy().copy()
            for page in pdf
        ]


def place_of(text: str, folder: Path) -> tuple[int, int, int, int]:
    """Return where a text stands on the first page: left, top, right, bottom, pixels.

    `printed` made the folder's PDF before.
    """
    with pypdfium2.PdfDocument(folder / "bang.pdf") as pdf:
        page = pdf[0]
        letters = page.get_textpage()
        first, count = letters.search(text, match_case=True).get_next()
        boxes = [letters.get_charbox(i) for i in range(first, first + count)]
        scale, high = DPI / 72, page.get_height()
    left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
    top, bottom = max(b[3] for b in boxes), min(b[1] for b in boxes)
    return (
        int(left * scale),
        int((high - top) * scale),
        int(right * scale),
        int((high - bottom) * scale),
    )


def signed(page: Picture, x: int, y: int) -> Picture:
    """Return the page with a blue signature at x, y and a red seal over its left."""
    out = page.copy()
    random = Random(10)
    stroke = ink.a_signature(random, DPI, ink.BLUE)
    ink.put(out, stroke, x - stroke.shape[1] // 2, y - stroke.shape[0] // 2)
    seal = ink.a_seal(random, DPI, "Đảng ủy Phường 10 - Quận 3", ink.RED)
    ink.put(out, seal, x - seal.shape[1], y - seal.shape[0] // 2)
    return out


def changed_by_hand(
    page: Picture, place: tuple[int, int, int, int], digits: str
) -> Picture:
    """Return the page with a number struck out, and another written beside it."""
    left, top, right, bottom = place
    out = page.copy()
    random = Random(digits)
    line = ink.a_line(random, right - left + 12, DPI, ink.BLUE)
    ink.put(out, line, left - 6, (top + bottom) // 2 - line.shape[0] // 2)
    number = ink.digits_by_hand(random, digits, int((bottom - top) * 1.25), ink.BLUE)
    ink.put(out, number, right + 8, bottom - number.shape[0])
    return out


def as_scan(pages: list[Picture], scan: Scan = SCANNER) -> bytes:
    """Return the PDF of the scanner."""
    random = Random(17)
    return as_pdf([scanned(page, scan, random) for page in pages], scan.dpi)
