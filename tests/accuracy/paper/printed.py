"""Print documents: LibreOffice from four kinds of file, Chromium, reportlab."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from playwright.sync_api import sync_playwright

from tests.accuracy.convert import converted
from tests.accuracy.model import Doc
from tests.accuracy.paper.canvas import a_way, drawn
from tests.accuracy.paper.look import Look, a_look
from tests.accuracy.paper.web_page import as_page
from tests.accuracy.paper.word_file import as_word
from tests.accuracy.paper.workbook import as_workbook
from tests.accuracy.samples import Sample

_TAGGED = '{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
_ARCHIVE = '{"SelectPdfVersion":{"type":"long","value":"2"}}'
#: Name, what is written first, what it becomes before it is printed, the filter.
_OFFICE = (
    ("calc xlsx", "xlsx", "", "pdf"),
    ("calc ods", "xlsx", "ods", "pdf"),
    ("writer docx", "docx", "", "pdf"),
    ("writer odt", "docx", "odt", "pdf"),
    ("writer tagged", "docx", "", f"pdf:writer_pdf_Export:{_TAGGED}"),
    ("writer archive", "docx", "", f"pdf:writer_pdf_Export:{_ARCHIVE}"),
)
_SHARE = 0.5


def printed(docs: list[Doc], folder: Path, only: str) -> Iterator[Sample]:
    """Yield every document as most of the programs print it, each in its own look."""
    docs = [doc for doc in docs if "hidden row" not in doc.tags]
    for name, source, through, kind in _OFFICE:
        if only in name:
            yield from _of_office(docs, folder, (name, source, through, kind))
    if only in "chromium":
        yield from _of_chromium(docs, folder / "chromium")
    for number in range(2):
        if only in f"canvas {number}":
            yield from _of_canvas(docs, folder / f"canvas{number}", number)


def _chosen(docs: list[Doc], name: str) -> Iterator[tuple[Doc, Look, Random]]:
    for doc in docs:
        random = Random(f"{doc.name} {name} {doc.truth}")
        if random.random() < _SHARE:
            yield doc, a_look(random, doc.sheets[0]), random


def _of_office(
    docs: list[Doc], folder: Path, way: tuple[str, str, str, str]
) -> Iterator[Sample]:
    name, source, through, kind = way
    place = folder / name.replace(" ", "-")
    place.mkdir(parents=True, exist_ok=True)
    write: Callable[[Doc, Look, Path], None] = (
        as_workbook if source == "xlsx" else as_word
    )
    made: dict[str, tuple[Doc, Look]] = {}
    for doc, look, _ in _chosen(docs, name):
        if source == "xlsx" and "no sheet" in doc.tags:
            continue
        write(doc, look, place / f"{doc.name}.{source}")
        made[doc.name] = doc, look
    files = sorted(place.glob(f"*.{source}"))
    if through:
        files = converted(files, through, place)
    for path in converted(files, kind, place):
        doc, look = made[path.stem]
        yield Sample(path, name, doc.truth, [look.tag, *doc.tags])


def _of_chromium(docs: list[Doc], folder: Path) -> Iterator[Sample]:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium")
        page = browser.new_page()
        for doc, look, random in _chosen(docs, "chromium"):
            way = random.choice(("collapse", "separate", "grid"))
            tagged = random.random() < 0.5
            path = folder / f"{doc.name}.pdf"
            page.set_content(as_page(doc, look, way))
            page.pdf(
                path=path,
                prefer_css_page_size=True,
                print_background=True,
                tagged=tagged,
            )
            name = f"chromium {way}{' tagged' if tagged else ''}"
            yield Sample(path, name, doc.truth, [look.tag, *doc.tags])
        browser.close()


def _of_canvas(docs: list[Doc], folder: Path, number: int) -> Iterator[Sample]:
    folder.mkdir(parents=True, exist_ok=True)
    for doc, look, random in _chosen(docs, f"canvas {number}"):
        way = a_way(random)
        path = folder / f"{doc.name}.pdf"
        path.write_bytes(drawn(doc, look, way))
        spaces = "" if way.spaces else " no spaces"
        name = f"canvas {way.unit} {way.order}{spaces}"
        yield Sample(path, name, doc.truth, [look.tag, *doc.tags])
