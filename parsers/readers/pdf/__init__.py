"""Read the text and the tables of a PDF by where its letters and rules stand.

It recognises no letters in pictures: a page without text is told and left.
"""

from dataclasses import replace

from parsers.errors import UnsupportedTypeError
from parsers.readers.letters import Letters, settled
from parsers.readers.pdf.document import PageFound, document_of
from parsers.readers.pdf.drawing import read_drawing
from parsers.readers.pdf.glyphs import read_glyphs
from parsers.readers.pdf.layout import lay_out_page
from parsers.readers.pdf.library import Handle, opened, page_count, page_of
from parsers.readers.pdf.marks import PageMarks
from parsers.readers.pdf.signatures import is_signed
from parsers.readers.pdf.tags import read_tags
from parsers.readers.pdf.view import view_of
from parsers.readers.places import inside
from parsers.values.limits import Limits
from parsers.values.table import Document

#: All pages together; fifty pages of small print have half of it.
_MOST_GLYPHS = 400_000


def read(payload: bytes, path: tuple[str, ...], limits: Limits) -> Document:
    """Return the paragraphs and tables of the PDF `payload`, page by page.

    A table that goes on over pages is one table a page. Pages beyond `limits.pages` are
    the finding `rows_cut`, pages whose letters are not told `text_lost`, and those that
    are pictures beside others with text `type_unsupported`. Raises DamagedFileError,
    EncryptedFileError, and UnsupportedTypeError where no page has text.
    """
    with opened(payload) as document:
        count = page_count(document)
        pages = _pages(document, min(count, limits.pages))
        signed = is_signed(document, len(payload))
    told = any(page.layout for page in pages)
    if not told and any(page.picture for page in pages):
        raise UnsupportedTypeError("its pages are pictures")
    cut = count > limits.pages or any(page.cut for page in pages)

    def decoded(letters: Letters) -> Document:
        return document_of(pages, path, letters, limits, cut)

    found = _told_once(settled(decoded, path), path)
    return replace(found, signed=signed)


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
    if not any(g.text != " " for g in marks.glyphs):
        return PageFound(number, None, marks.pictured or marks.drawn, marks.cut)
    return PageFound(number, lay_out_page(marks), False, marks.cut, marks.height)


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
