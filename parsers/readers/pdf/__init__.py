"""Read the text and the tables of a PDF by where its letters and rules stand.

It recognises no letters in pictures: a page that is one is told, and handed back seen.
"""

from dataclasses import dataclass, replace

from parsers.readers.letters import Letters, settled
from parsers.readers.pdf.document import PageFound, document_of
from parsers.readers.pdf.drawing import read_drawing
from parsers.readers.pdf.glyphs import LOST, read_glyphs
from parsers.readers.pdf.layout import lay_out_page
from parsers.readers.pdf.library import Handle, opened, page_count, page_of
from parsers.readers.pdf.marks import PageMarks
from parsers.readers.pdf.signatures import is_signed
from parsers.readers.pdf.tags import read_tags
from parsers.readers.pdf.view import view_of
from parsers.readers.picture.told import marks_of
from parsers.readers.places import inside
from parsers.values.limits import Limits
from parsers.values.scan import Scan, ScannedPage
from parsers.values.table import Document, Needs

#: All pages together; fifty pages of small print have half of it.
_MOST_GLYPHS = 400_000
#: Of a page's letters: where more of them are not told, the page is looked at.
_MOST_LOST = 0.02
#: Why a page could not be looked at; a blank one, or a picture of a street, could.
_FAILED = ("file_damaged", "limit_exceeded")


def read(payload: bytes, path: tuple[str, ...], limits: Limits) -> Document | Needs:
    """Return the paragraphs and tables of the PDF `payload`, page by page.

    Or that some of its pages must be looked at: pictures, and those whose letters are
    not told. A table that goes on over pages is one table a page. Pages beyond
    `limits.pages` are the finding `rows_cut`. Raises DamagedFileError and
    EncryptedFileError.
    """
    found = _read(payload, limits)
    wanted = tuple(page.number for page in found.pages if page.wanting)
    if wanted:
        return Needs("scan", payload, "pdf", wanted)
    return _document(found, path, limits)


def read_scanned(
    payload: bytes, path: tuple[str, ...], limits: Limits, scan: Scan
) -> Document:
    """Return the document with what was seen on its pages in `scan`.

    A page that was to be looked at and is not in it is left as it is: the finding
    `type_unsupported` for a picture, `text_lost` for one with text.
    """
    found = _read(payload, limits)
    seen = {page.number: page for page in scan.pages}
    pages = [
        scanned_page(seen[p.number]) if p.number in seen else p for p in found.pages
    ]
    return _document(_Found(pages, found.cut or scan.cut, found.signed), path, limits)


def scanned_document(scan: Scan, path: tuple[str, ...], limits: Limits) -> Document:
    """Return the document of a picture's pages."""
    pages = [scanned_page(page) for page in scan.pages]
    return _document(_Found(pages, scan.cut), path, limits)


def scanned_page(page: ScannedPage) -> PageFound:
    """Return a page that was seen, laid out."""
    if not page.lines:
        failed = page.nothing if page.nothing in _FAILED else None
        return PageFound(page.number, None, False, False, failed=failed)
    layout = lay_out_page(marks_of(page))
    return PageFound(
        page.number, layout, False, False, page.height, marks=page.marks, seen=True
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """The pages of a file; whether some were left out, and whether it is signed."""

    pages: list[PageFound]
    cut: bool
    signed: bool = False


def _read(payload: bytes, limits: Limits) -> _Found:
    with opened(payload) as document:
        count = page_count(document)
        pages = _pages(document, min(count, limits.pages))
        signed = is_signed(document, len(payload))
    cut = count > limits.pages or any(page.cut for page in pages)
    return _Found(pages, cut, signed)


def _document(found: _Found, path: tuple[str, ...], limits: Limits) -> Document:
    def decoded(letters: Letters) -> Document:
        return document_of(found.pages, path, letters, limits, found.cut)

    told = _told_once(settled(decoded, path), path)
    return replace(told, signed=found.signed)


def _told_once(document: Document, path: tuple[str, ...]) -> Document:
    """Return the document without lost letters of the file whose page is told."""
    lost = [f for f in document.findings if f.code == "text_lost"]
    if len({f.place for f in lost}) < 2:
        return document
    whole = [f for f in lost if f.place == inside(path)]
    kept = tuple(f for f in document.findings if f not in whole)
    return replace(document, findings=kept)


def _pages(document: Handle, count: int) -> list[PageFound]:
    found = []
    glyphs = 0
    for number in range(count):
        marks = page_marks(document, number)
        glyphs += len(marks.glyphs)
        if glyphs > _MOST_GLYPHS:
            found.append(PageFound(number, None, False, True))
            break
        found.append(_found(number, marks))
    return found


def _found(number: int, marks: PageMarks) -> PageFound:
    letters = [g for g in marks.glyphs if g.text != " "]
    if not letters:
        return PageFound(number, None, marks.pictured or marks.drawn, marks.cut)
    untold = sum(1 for g in letters if LOST in g.text)
    # What somebody's program read under a picture is read again, by what is calibrated.
    under = marks.pictured and all(g.style.recognised for g in letters)
    lost = under or untold > len(letters) * _MOST_LOST
    layout = lay_out_page(marks)
    return PageFound(number, layout, False, marks.cut, marks.height, lost)


def page_marks(document: Handle, number: int) -> PageMarks:
    """Return what stands on page `number`, from 0; nothing for a broken page."""
    with page_of(document, number) as page:
        if page is None:
            return PageMarks(0.0, 0.0, (), ())
        view = view_of(page)
        drawing = read_drawing(page, view)
        glyphs, more = read_glyphs(page, view, drawing.pictured)
        tables = read_tags(page)
    return PageMarks(
        view.width,
        view.height,
        tuple(glyphs),
        tuple(drawing.rules),
        drawing.pictured,
        drawing.drawn,
        drawing.cut or more,
        tables,
    )
