"""PDFs: what is a table, what is not, and what is told of letters and pages."""

import io
from collections.abc import Callable

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from parsers.errors import DamagedFileError, EncryptedFileError
from parsers.readers.by_type import READERS
from parsers.readers.pdf import read_scanned
from parsers.values.limits import Limits
from parsers.values.scan import Scan, ScannedLine, ScannedPage
from parsers.values.table import Document, Needs, Paragraph, Table
from tests.builders.pdf import a_pdf, picture, ruled, texts, unseen

ROWS = (
    ("STT", "Tên công trình", "Cách làm"),
    ("1", "Hẻm văn minh", "Vận động"),
    ("2", "Đường sạch đẹp", "Ra quân"),
)


def read(payload: bytes, limits: Limits | None = None) -> Document:
    document = READERS["pdf"](payload, ("a.pdf",), limits or Limits())
    assert isinstance(document, Document)
    return document


def rows_of(table: Table) -> list[list[str | None]]:
    return [[c.text if c is not None else None for c in row] for row in table.rows]


def paragraphs(document: Document) -> list[str]:
    return [b.text for b in document.blocks if isinstance(b, Paragraph)]


def certainties(document: Document) -> set[float]:
    return {c.certainty for t in document.tables for r in t.rows for c in r if c}


def test_a_ruled_table_is_read_cell_by_cell_and_certain() -> None:
    document = read(a_pdf(ruled(ROWS)))
    (table,) = document.tables
    assert rows_of(table) == [list(row) for row in ROWS]
    assert certainties(document) == {1.0}
    assert table.place == "trang 1, bảng 1"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_a_person_sees_it(turn: int) -> None:
    pdf = pypdfium2.PdfDocument(a_pdf(ruled(ROWS)))
    pdf[0].set_rotation(turn)
    out = io.BytesIO()
    pdf.save(out)
    (table,) = read(out.getvalue()).tables
    assert rows_of(table) == [list(row) for row in ROWS]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_content_that_is_turned_on_an_upright_page_is_turned_back(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(*{90: (595, 0), 180: (595, 842), 270: (0, 842)}[turn])
        canvas.rotate(turn)
        ruled(ROWS, top=500)(canvas)

    (table,) = read(a_pdf(draw)).tables
    assert rows_of(table) == [list(row) for row in ROWS]


def test_text_turned_within_a_cell_stays_in_its_cell() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 100, 300], [700, 600, 580])
        canvas.drawString(110, 640, "Nội dung thực hiện")
        canvas.drawString(110, 585, "Ra quân")
        canvas.saveState()
        canvas.translate(85, 605)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Ghi chú")
        canvas.restoreState()

    (table,) = read(a_pdf(draw)).tables
    assert rows_of(table) == [["Ghi chú", "Nội dung thực hiện"], ["", "Ra quân"]]


def test_cells_without_a_rule_between_them_are_merged() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 640, 300, 60)
        canvas.line(60, 680, 360, 680)
        canvas.line(160, 660, 360, 660)
        canvas.line(160, 640, 160, 680)
        for x, y, text in (
            (65, 685, "Bảng"),
            (65, 660, "Hai hàng"),
            (165, 665, "a"),
            (165, 645, "b"),
        ):
            canvas.drawString(x, y, text)

    (table,) = read(a_pdf(draw)).tables
    assert rows_of(table) == [["Bảng", None], ["Hai hàng", "a"], [None, "b"]]
    assert table.merged == ((0, 0, 1, 2), (1, 0, 3, 1))


def test_sides_that_are_not_drawn_are_where_the_level_rules_end() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (700, 680, 660):
            canvas.line(60, y, 360, y)
        canvas.line(200, 660, 200, 700)
        for x, y, text in ((65, 685, "a"), (205, 685, "b"), (65, 665, "c")):
            canvas.drawString(x, y, text)

    (table,) = read(a_pdf(draw)).tables
    assert rows_of(table) == [["a", "b"], ["c", ""]]


def test_dashed_and_double_rules_are_rules() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (700, 680, 660):
            for x in range(60, 360, 6):
                canvas.line(x, y, x + 3, y)
        for x in (60, 200, 360):
            canvas.line(x, 660, x, 700)
            canvas.line(x + 1.5, 660, x + 1.5, 700)
        canvas.drawString(65, 685, "a")
        canvas.drawString(205, 665, "b")

    (table,) = read(a_pdf(draw)).tables
    assert rows_of(table) == [["a", ""], ["", "b"]]


def test_wrapped_lines_are_one_line_and_broken_ones_stay_two() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 200, 400], [700, 640])
        canvas.drawString(63, 685, "Vận động nhân dân")
        canvas.drawString(63, 670, "đóng góp")
        canvas.drawString(203, 685, "Một")
        canvas.drawString(203, 670, "Hai")

    def other(canvas: Canvas) -> None:
        canvas.grid([60, 165, 400], [700, 640])
        canvas.drawString(63, 685, "Vận động nhân dân")
        canvas.drawString(63, 670, "đóng góp")

    (table,) = read(a_pdf(draw)).tables
    assert table.rows[0][1].text == "Một\nHai"
    (narrow,) = read(a_pdf(lambda c: (other(c), c.drawString(170, 685, "x")))).tables
    assert narrow.rows[0][0].text == "Vận động nhân dân đóng góp"


def test_columns_without_rules_are_read_and_numbers_begin_rows() -> None:
    heads = ((60, "STT"), (110, "Tên công trình"), (300, "Thời gian"))
    placed = [(x, 700, text) for x, text in heads]
    for number in range(1, 5):
        y = 700 - 30 * number
        placed += [(60, y, str(number)), (110, y, "Vận động người dân")]
        placed += [(300, y, f"Tháng {number}/2021"), (110, y - 13, "cùng tham gia")]
    document = read(a_pdf(texts(*placed)))
    (table,) = document.tables
    assert rows_of(table)[0] == ["STT", "Tên công trình", "Thời gian"]
    assert rows_of(table)[4] == [
        "4",
        "Vận động người dân cùng tham gia",
        "Tháng 4/2021",
    ]
    assert max(certainties(document)) < 1.0


def test_a_letterhead_is_one_row_of_two_blocks_left_before_right() -> None:
    def draw(canvas: Canvas) -> None:
        for y, left, right in (
            (780, "ĐẢNG BỘ QUẬN 3", "ĐẢNG CỘNG SẢN VIỆT NAM"),
            (765, "ĐẢNG ỦY PHƯỜNG 9", "Quận 3, ngày 8 tháng 6 năm 2021"),
        ):
            canvas.drawCentredString(160, y, left)
            canvas.drawCentredString(430, y, right)

    (table,) = read(a_pdf(draw)).tables
    assert rows_of(table) == [
        [
            "ĐẢNG BỘ QUẬN 3\nĐẢNG ỦY PHƯỜNG 9",
            "ĐẢNG CỘNG SẢN VIỆT NAM\nQuận 3, ngày 8 tháng 6 năm 2021",
        ]
    ]


def test_prose_in_two_columns_is_read_column_by_column_and_no_table() -> None:
    left = "Nhân dân khu phố cùng nhau xây dựng"
    right = "tuyến hẻm văn minh sạch đẹp an toàn"
    placed = []
    for number in range(12):
        placed += [(60, 700 - 14 * number, left), (320, 700 - 14 * number, right)]
    document = read(a_pdf(texts(*placed)))
    assert document.tables == ()
    text = "\n".join(paragraphs(document))
    assert text.rindex("khu phố") < text.index("tuyến hẻm")


def test_a_numbered_list_is_no_table() -> None:
    placed = []
    for number in range(1, 7):
        placed.append((60, 700 - 16 * number, f"{number}."))
        placed.append((85, 700 - 16 * number, "Vận động nhân dân đóng góp"))
    assert read(a_pdf(texts(*placed))).tables == ()


def test_page_numbers_and_repeated_headers_are_left_out() -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            texts((290, 820, "Phụ lục 1"), (295, 20, str(number)))(canvas)
            ruled(ROWS)(canvas)

        return draw

    document = read(a_pdf(page(1), page(2)))
    assert paragraphs(document) == ["Phụ lục 1"]
    assert [t.place for t in document.tables] == ["trang 1, bảng 1", "trang 2, bảng 1"]


def test_a_row_that_a_page_cuts_is_put_together_and_not_certain() -> None:
    first = ruled((*ROWS[:2], ("2", "Đường sạch", "Ra quân")))
    second = ruled((ROWS[0], ("", "đẹp", ""), ("3", "Hẻm", "Tuyên truyền")))
    above, below = read(a_pdf(first, second)).tables
    cell = above.rows[-1][1]
    assert cell is not None
    assert cell.text.split() == ["Đường", "sạch", "đẹp"]
    assert cell.certainty < 1.0
    assert rows_of(below) == [list(ROWS[0]), ["3", "Hẻm", "Tuyên truyền"]]


def test_letters_drawn_twice_for_bold_are_read_once() -> None:
    document = read(a_pdf(texts((60, 700, "Đậm ủy lll"), (60.4, 700, "Đậm ủy lll"))))
    assert paragraphs(document) == ["Đậm ủy lll"]


def test_marks_drawn_for_themselves_join_their_letters() -> None:
    document = read(a_pdf(texts((60, 700, "Ba\u0309ng e\u0302\u0323n"))))
    assert paragraphs(document) == ["Bảng ện"]


def test_words_without_spaces_in_the_file_are_told_by_their_gaps() -> None:
    document = read(a_pdf(texts((60, 700, "Phường"), (103, 700, "Chín"))))
    assert paragraphs(document) == ["Phường Chín"]


def test_an_exponent_belongs_to_its_line() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "Diện tích 100 m")
        end = 100 + canvas.stringWidth("Diện tích 100 m", "Tinos", 12)
        canvas.setFont("Tinos", 7)
        canvas.drawString(end, 705, "2")

    assert paragraphs(read(a_pdf(draw))) == ["Diện tích 100 m2"]


def test_a_word_over_a_rule_is_kept_whole_and_not_certain() -> None:
    def draw(canvas: Canvas) -> None:
        ruled((*ROWS, ("3", "", "")), (40, 90, 160))(canvas)
        canvas.drawString(160, 626, "Vượtquađườngkẻ")

    document = read(a_pdf(draw))
    cells = [c for t in document.tables for r in t.rows for c in r if c]
    (crossing,) = [c for c in cells if "Vượt" in c.text]
    assert crossing.text == "Vượtquađườngkẻ"
    assert crossing.certainty < 1.0


def test_letters_that_the_font_does_not_name_are_told_and_not_believed() -> None:
    payload = a_pdf(ruled(ROWS)).replace(b"/ToUnicode", b"/XxUnicode")
    needs = READERS["pdf"](payload, ("a.pdf",), Limits())
    assert isinstance(needs, Needs)
    assert needs.pages == (0,)
    document = read_scanned(payload, ("a.pdf",), Limits(), Scan())
    assert [f.code for f in document.findings] == ["text_lost"]
    assert document.findings[0].place == "a.pdf › trang 1"
    (table,) = document.tables
    assert all(c.certainty < 0.5 for r in table.rows for c in r if c and c.text)


def test_a_page_that_is_a_picture_is_asked_for_beside_pages_with_text() -> None:
    raw = a_pdf(ruled(ROWS), picture)
    needs = READERS["pdf"](raw, ("a.pdf",), Limits())
    assert isinstance(needs, Needs)
    assert (needs.conversion, needs.kind, needs.pages) == ("scan", "pdf", (1,))


def test_a_page_that_was_seen_stands_behind_the_pages_with_text() -> None:
    line = ScannedLine("Võ Ngọc Lan", 60, 80, 150, 94, 90, 12, 0.97)
    page = ScannedPage(1, 595, 842, (line,))
    raw = a_pdf(ruled(ROWS), picture)
    document = read_scanned(raw, ("a.pdf",), Limits(), Scan((page,)))
    assert isinstance(document.blocks[0], Table)
    last = document.blocks[-1]
    assert isinstance(last, Paragraph)
    assert (last.text, last.certainty) == ("Võ Ngọc Lan", 0.97)
    assert [(f.code, f.place) for f in document.findings] == [
        ("recognised_from_picture", "a.pdf › trang 2")
    ]


def test_a_page_that_nobody_could_look_at_is_told() -> None:
    document = read_scanned(a_pdf(ruled(ROWS), picture), ("a.pdf",), Limits(), Scan())
    assert [(f.code, f.place) for f in document.findings] == [
        ("type_unsupported", "a.pdf › trang 2")
    ]


def test_text_under_a_picture_is_looked_at_again() -> None:
    def draw(canvas: Canvas) -> None:
        picture(canvas)
        canvas.grid([60, 200, 400], [700, 680])
        unseen(63, 686, "Hẻm văn minh")(canvas)
        unseen(203, 686, "Vận động")(canvas)

    needs = READERS["pdf"](a_pdf(draw), ("a.pdf",), Limits())
    assert isinstance(needs, Needs)
    document = read_scanned(a_pdf(draw), ("a.pdf",), Limits(), Scan())
    assert [f.code for f in document.findings] == ["recognised_from_picture"]
    assert max(certainties(document)) < 1.0


def test_text_that_is_not_drawn_is_not_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "thấy")
        unseen(60, 680, "không thấy")(canvas)

    assert paragraphs(read(a_pdf(draw))) == ["thấy"]


def test_a_field_that_was_filled_in_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 740, "Họ tên:")
        canvas.acroForm.textfield(name="a", value="An", x=150, y=730, width=90)

    assert "An" in paragraphs(read(a_pdf(draw)))[0]


def test_a_document_that_asks_for_a_password_is_encrypted() -> None:
    with pytest.raises(EncryptedFileError):
        read(a_pdf(ruled(ROWS), password="mật khẩu".encode().hex()))


def test_a_document_locked_with_the_empty_password_is_read() -> None:
    assert len(read(a_pdf(ruled(ROWS), password="")).tables) == 1


def test_a_document_that_breaks_off_is_damaged() -> None:
    payload = a_pdf(ruled(ROWS))
    with pytest.raises(DamagedFileError):
        read(payload[: len(payload) // 3])


def test_pages_beyond_the_limit_are_told() -> None:
    document = read(a_pdf(*[texts((60, 700, "trang"))] * 5), Limits(pages=3))
    assert len(document.blocks) == 3
    assert [f.code for f in document.findings] == ["rows_cut"]


def test_rows_beyond_the_limit_are_told() -> None:
    document = read(a_pdf(ruled(ROWS)), Limits(rows=2))
    assert len(document.tables[0].rows) == 2
    assert [f.code for f in document.findings] == ["rows_cut"]
