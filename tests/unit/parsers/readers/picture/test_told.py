"""What was seen on a page as a document: tables, letterhead, confirmation, findings."""

from parsers.readers.pdf import scanned_document
from parsers.values.limits import Limits
from parsers.values.scan import (
    Scan,
    ScannedLine,
    ScannedMark,
    ScannedPage,
    ScannedRule,
)
from parsers.values.table import Document, Paragraph

LEFT, MIDDLE, RIGHT = 60.0, 100.0, 400.0


def a_line(text: str, x: float, y: float, sure: float = 0.97) -> ScannedLine:
    return ScannedLine(text, x, y - 10, x + 6 * len(text), y + 3, y, 12, sure)


def a_grid(top: float, rows: int, high: float = 20.0) -> tuple[ScannedRule, ...]:
    end = top + rows * high
    level = [ScannedRule(False, top + i * high, LEFT, RIGHT) for i in range(rows + 1)]
    upright = [ScannedRule(True, x, top, end) for x in (LEFT, MIDDLE, RIGHT)]
    return (*level, *upright)


def a_page(
    number: int = 0, marks: tuple[ScannedMark, ...] = (), works: int = 2
) -> ScannedPage:
    lines = [a_line("PHƯỜNG 9", 80, 60), a_line("STT", 65, 215)]
    lines.append(a_line("Tên công trình", 110, 215))
    for index in range(works):
        lines.append(a_line(str(index + 1), 65, 235 + 20 * index))
        lines.append(a_line("Hẻm văn minh", 110, 235 + 20 * index, 0.8))
    rules = a_grid(200, works + 1)
    return ScannedPage(number, 595, 842, tuple(lines), rules, marks)


def read(*pages: ScannedPage) -> Document:
    return scanned_document(Scan(pages), ("a.jpg",), Limits())


def test_cells_carry_the_certainty_of_their_lines_and_none_is_certain() -> None:
    (table,) = read(a_page()).tables
    assert [[c.text if c else None for c in row] for row in table.rows] == [
        ["STT", "Tên công trình"],
        ["1", "Hẻm văn minh"],
        ["2", "Hẻm văn minh"],
    ]
    assert table.rows[1][1] is not None
    assert table.rows[1][1].certainty == 0.8
    assert all(c.certainty < 1.0 for row in table.rows for c in row if c)


def test_an_empty_cell_of_a_picture_is_not_certain_either() -> None:
    page = a_page()
    kept = tuple(x for x in page.lines if x.text != "2")
    cells = [
        c
        for t in read(ScannedPage(0, 595, 842, kept, page.rules)).tables
        for r in t.rows
        for c in r
        if c and not c.text
    ]
    assert cells
    assert all(c.certainty < 1.0 for c in cells)


def test_what_stands_outside_is_told_with_its_certainty() -> None:
    document = read(a_page())
    head = document.blocks[0]
    assert isinstance(head, Paragraph)
    assert (head.text, head.certainty) == ("PHƯỜNG 9", 0.97)
    assert [f.code for f in document.findings] == ["recognised_from_picture"]


def test_a_seal_below_the_table_confirms_and_one_on_the_letterhead_does_not() -> None:
    below = ScannedMark("seal", 300, 280, 400, 380, b"jpeg")
    above = ScannedMark("seal", 60, 30, 160, 130, b"jpeg")
    assert read(a_page(marks=(below,))).marks == (below,)
    assert read(a_page(marks=(above,))).marks == ()


def test_a_page_that_could_not_be_looked_at_is_named() -> None:
    broken = ScannedPage(1, nothing="limit_exceeded")
    document = read(a_page(), broken, ScannedPage(2, nothing="blank"))
    codes = [(f.code, f.place) for f in document.findings]
    assert ("limit_exceeded", "a.jpg › trang 2") in codes
    assert all("trang 3" not in (place or "") for _, place in codes)


def test_columns_without_rules_are_told_apart_and_never_believed() -> None:
    texts = (
        ("STT", "Tên công trình", "Cách làm", "Thời gian"),
        ("1", "Hẻm văn minh", "Vận động", "Tháng 6"),
        ("2", "Đường sạch đẹp", "Ra quân", "Tháng 7"),
        ("3", "Tủ sách", "Vận động", "Tháng 8"),
    )
    lines = [
        a_line(text, x, 200 + 20 * row)
        for row, row_texts in enumerate(texts)
        for text, x in zip(row_texts, (60, 100, 260, 400), strict=True)
    ]
    document = read(ScannedPage(0, 595, 842, tuple(lines)))
    (table,) = document.tables
    assert [c.text if c else None for c in table.rows[2]] == list(texts[2])
    assert all(c.certainty < 0.9 for row in table.rows for c in row[1:] if c)
