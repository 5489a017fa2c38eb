"""Print papers with several programs, and say where on the page what stands.

Every print is a PDF with letters: from it come the picture of the page, and the places
where people sign and seal.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pypdfium2

from tests.accuracy.convert import converted
from tests.accuracy.model import Doc
from tests.accuracy.pictures.faces import ARIMO, OTHERS, TINOS, Face
from tests.accuracy.pictures.originals import signers
from tests.accuracy.pictures.page_prints import as_page, by_reportlab
from tests.accuracy.pictures.word_prints import as_docx
from tests.accuracy.prints import for_print
from tests.neighbours.chromium import Chromium

#: Left, bottom, right, top in points from the page's bottom left.
Box = tuple[float, float, float, float]

WRITERS = ("word", "open text", "sheet", "reportlab", "browser")


@dataclass(frozen=True)
class Print:
    """A printed paper. `source` is the office file that was printed, if there is one.

    `block` is the page and the room in which somebody signs, None where nobody does;
    `tables` are the pages and rooms of its tables, as far as their words were found.
    """

    doc: Doc
    path: Path
    writer: str
    face: str
    rules: str
    pages: int
    block: tuple[int, Box] | None
    tables: tuple[tuple[int, Box], ...]
    source: Path | None = None


@dataclass
class _Order:
    doc: Doc
    writer: str
    face: Face
    rules: str
    source: Path | None = None
    path: Path | None = None


def printed(
    docs: Sequence[Doc], folder: Path, writers: Sequence[str] = WRITERS
) -> list[Print]:
    """Return each document printed once, by one of the writers, in one of the faces."""
    folder.mkdir(parents=True, exist_ok=True)
    orders = [_order(doc, at, writers) for at, doc in enumerate(docs)]
    _by_office(orders, folder)
    browser = None
    for order in orders:
        path = folder / f"{order.doc.name}.pdf"
        if order.writer == "reportlab":
            by_reportlab(order.doc, path, order.face, order.rules)
            order.path = path
        elif order.writer == "browser":
            browser = browser or Chromium()
            order.path = _by_browser(browser, order, path)
    if browser is not None:
        browser.close()
    return [_found(order) for order in orders if order.path is not None]


def _order(doc: Doc, at: int, writers: Sequence[str]) -> _Order:
    random = Random(f"{doc.name} is printed")
    faces = [TINOS, TINOS, TINOS, ARIMO, ARIMO, *OTHERS]
    rules = random.choice(("all", "all", "all", "all", "level", "none"))
    return _Order(doc, writers[at % len(writers)], random.choice(faces), rules)


def _by_office(orders: Sequence[_Order], folder: Path) -> None:
    """Write Word files and workbooks, and let LibreOffice print them by the batch."""
    for order in orders:
        name = f"{order.doc.name}.{'xlsx' if order.writer == 'sheet' else 'docx'}"
        if order.writer in ("word", "open text"):
            order.source = folder / name
            as_docx(order.doc, order.source, order.face, order.rules)
        elif order.writer == "sheet":
            order.source = folder / name
            order.rules = for_print(order.doc, order.source, order.face.family)
    _convert(orders, "open text", "odt", folder)
    for writer in ("word", "open text", "sheet"):
        _convert(orders, writer, "pdf", folder)


def _convert(orders: Sequence[_Order], writer: str, ending: str, folder: Path) -> None:
    mine = [o for o in orders if o.writer == writer and o.source is not None]
    made = {p.stem: p for p in converted([_of(o) for o in mine], ending, folder)}
    for order in mine:
        if ending == "pdf":
            order.path = made.get(order.doc.name)
        else:
            order.source = made.get(order.doc.name)


def _of(order: _Order) -> Path:
    assert order.source is not None
    return order.source


def _by_browser(browser: Chromium, order: _Order, path: Path) -> Path:
    with tempfile.TemporaryDirectory() as name:
        page = Path(name) / "page.html"
        page.write_text(as_page(order.doc, order.face, order.rules), "utf-8")
        browser.open(page.as_uri(), 900)
        path.write_bytes(browser.printed())
    return path


def _found(order: _Order) -> Print:
    assert order.path is not None
    with pypdfium2.PdfDocument(order.path) as pdf:
        places = [page.get_textpage() for page in pdf]
        return Print(
            order.doc,
            order.path,
            order.writer,
            order.face.family,
            order.rules,
            len(pdf),
            _block(order.doc, places),
            tuple(_tables(order.doc, places)),
            order.source,
        )


def _block(doc: Doc, pages: Sequence[pypdfium2.PdfTextPage]) -> tuple[int, Box] | None:
    names = signers(doc)
    if names is None:
        return None
    head, below = names
    for number, page in reversed(list(enumerate(pages))):
        ends = _boxes(page, below)
        if not ends:
            continue
        end = ends[-1]
        heads = [b for b in _boxes(page, head) if b[1] > end[1]]
        top = min((b[3] for b in heads), default=end[3] + 70)
        width = max(110.0, end[2] - end[0])
        middle = (end[0] + end[2]) / 2
        return number, (middle - width / 2, end[1], middle + width / 2, top)
    return None


def _tables(
    doc: Doc, pages: Sequence[pypdfium2.PdfTextPage]
) -> Iterator[tuple[int, Box]]:
    """Yield where the works' titles stand: a seal across them is across the table."""
    titles = {str(r["title"]) for r in (*doc.truth.registrations, *doc.truth.results)}
    for number, page in enumerate(pages):
        boxes = [b for t in titles for b in _boxes(page, t.split("\n")[0][:12])]
        if boxes:
            yield number, _around(boxes)


def _around(boxes: Sequence[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _boxes(page: pypdfium2.PdfTextPage, text: str) -> list[Box]:
    found: list[Box] = []
    search = page.search(text, match_case=True)
    while (place := search.get_next()) is not None:
        first, count = place
        boxes = [page.get_charbox(i) for i in range(first, first + count)]
        found.append(_around([b for b in boxes if b[2] > b[0]] or boxes))
    return found
