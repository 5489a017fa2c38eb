"""PDFs that want to cost more than they are worth are read in part, in time."""

import time

from reportlab.pdfgen.canvas import Canvas

from parsers.readers.by_type import READERS
from parsers.values.limits import Limits
from parsers.values.table import Document
from tests.builders.pdf import a_pdf, cut_by_hand, texts

SECONDS = 8.0


def read_in_time(payload: bytes) -> Document:
    start = time.process_time()
    document = READERS["pdf"](payload, ("a.pdf",), Limits())
    assert time.process_time() - start < SECONDS
    assert isinstance(document, Document)
    return document


def codes(document: Document) -> list[str]:
    return [f.code for f in document.findings]


def test_a_page_of_a_million_letters_is_cut_and_told() -> None:
    def draw(canvas: Canvas) -> None:
        written = canvas.beginText(10, 800)
        written.setFont("Helvetica", 1)
        for _ in range(10_000):
            written.textLine("abc def hij " * 8)
        canvas.drawText(written)

    assert codes(read_in_time(a_pdf(draw))) == ["rows_cut"]


def test_letters_strewn_over_a_page_cost_little() -> None:
    placed = [((i * 7919) % 590, (i * 104_729) % 840, "x") for i in range(30_000)]
    read_in_time(a_pdf(texts(*placed)))


def test_a_hundred_thousand_rules_are_cut_and_told() -> None:
    def draw(canvas: Canvas) -> None:
        for i in range(100_000):
            canvas.line(i % 400, i % 800, 100 + i % 490, i % 800)
        canvas.drawString(10, 10, "x")

    assert "rows_cut" in codes(read_in_time(a_pdf(draw)))


def test_a_grid_of_many_cells_is_bounded() -> None:
    def draw(canvas: Canvas) -> None:
        for i in range(900):
            canvas.line(10, 10 + i * 4, 2990, 10 + i * 4)
        for i in range(199):
            canvas.line(10 + i * 15, 10, 10 + i * 15, 3600)
        for i in range(2000):
            canvas.drawString(12 + i % 2900, 10 + (i * 7) % 3500, "x")

    read_in_time(a_pdf(draw, size=(3000, 3700)))


def test_pages_without_end_are_cut_and_told() -> None:
    document = read_in_time(a_pdf(*[texts((60, 700, "a"))] * 900))
    assert codes(document) == ["rows_cut"]
    assert len(document.blocks) == 50


def test_a_tree_of_pages_that_bites_its_tail_ends() -> None:
    payload = cut_by_hand(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 1000000000>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>",
    )
    assert read_in_time(payload).blocks == ()


def test_a_form_that_draws_itself_ends() -> None:
    form = b"/F Do 0 0 100 1 re f"
    head = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]"
        b"/Resources<</XObject<</F 5 0 R>>>>"
    )
    payload = cut_by_hand(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</XObject<</F 5 0 R>>>>>>",
        b"<</Length 5>>stream\n/F Do\nendstream",
        head + b"/Length %d>>stream\n" % len(form) + form + b"\nendstream",
    )
    assert read_in_time(payload).tables == ()


def test_a_page_of_boundless_size_ends() -> None:
    payload = cut_by_hand(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e30 1e30]/UserUnit 75000>>",
    )
    assert read_in_time(payload).blocks == ()
