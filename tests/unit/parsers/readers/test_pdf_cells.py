"""PDFs: cells that no rule divides, and lines of one cell that a program broke."""

from parsers.readers.by_type import READERS
from parsers.values.limits import Limits
from parsers.values.table import Cell, Document, Paragraph, Table
from tests.builders.pdf import a_pdf, ruled, texts

Placed = tuple[float, float, str]

#: Cells as a spreadsheet draws them: each with all of its lines, in the middle of the
#: row's height, and hardly more white between columns than between words.
SHEET: tuple[Placed, ...] = (
    (60, 700, "STT"),
    (86, 700, "Tên công trình"),
    (200, 700, "Cách làm"),
    (330, 700, "Thời gian"),
    (60, 663, "1"),
    (86, 670, "Hẻm văn minh, sạch "),
    (86, 656, "đẹp"),
    (200, 677, "Vận động nhân dân "),
    (200, 663, "đóng góp kinh phí "),
    (200, 649, "thực hiện"),
    (330, 663, "Tháng 6"),
    (60, 613, "2"),
    (86, 613, "Tuyến đường hoa"),
    (200, 620, "Ra quân mỗi sáng thứ "),
    (200, 606, "bảy"),
    (330, 613, "Quý III"),
)
READ = [
    ["STT", "Tên công trình", "Cách làm", "Thời gian"],
    [
        "1",
        "Hẻm văn minh, sạch đẹp",
        "Vận động nhân dân đóng góp kinh phí thực hiện",
        "Tháng 6",
    ],
    ["2", "Tuyến đường hoa", "Ra quân mỗi sáng thứ bảy", "Quý III"],
]


def read(payload: bytes) -> Document:
    document = READERS["pdf"](payload, ("a.pdf",), Limits())
    assert isinstance(document, Document)
    return document


def rows_of(table: Table) -> list[list[str | None]]:
    return [[c.text if c is not None else None for c in row] for row in table.rows]


def cell_at(document: Document, row: int, column: int) -> Cell:
    cell = document.tables[0].rows[row][column]
    assert cell is not None
    return cell


def lines_in_a_cell(width: float, *lines: str) -> bytes:
    """Return a ruled table whose first row's last cell holds the lines."""
    placed = texts(*((103, 726 - 14 * n, text) for n, text in enumerate(lines)))

    def draw(canvas) -> None:  # type: ignore[no-untyped-def]
        canvas.grid([60, 100, 100 + width], [740, 660, 640])
        placed(canvas)
        texts((63, 726, "1"), (63, 645, "2"), (103, 645, "Vận "))(canvas)

    return a_pdf(draw)


def test_cells_that_are_drawn_one_after_the_other_are_a_table_without_rules() -> None:
    (table,) = read(a_pdf(texts(*SHEET))).tables
    assert rows_of(table) == READ


def test_a_table_that_no_rule_divides_is_never_certain() -> None:
    (table,) = read(a_pdf(texts(*SHEET))).tables
    assert all(c.certainty < 1.0 for row in table.rows for c in row if c)


def test_a_title_in_the_middle_of_a_table_stands_over_all_of_its_columns() -> None:
    section = (160, 640, "LĨNH VỰC ĐÔ THỊ")
    moved = [(x, y - 30 if y < 640 else y, text) for x, y, text in SHEET]
    (table,) = read(a_pdf(texts(*moved[:11], section, *moved[11:]))).tables
    assert rows_of(table)[2] == ["LĨNH VỰC ĐÔ THỊ", None, None, None]


def test_a_page_with_few_rows_has_the_columns_of_the_page_before() -> None:
    rest = ((60, 760, "3"), (86, 760, "Bếp ăn "), (86, 746, "tình thương"))
    more = ((330, 760, "Tháng 7"), (60, 720, "4"), (86, 720, "ATM gạo"))
    last = ((330, 720, "Quý IV"),)
    first, second = read(a_pdf(texts(*SHEET), texts(*rest, *more, *last))).tables
    assert rows_of(first) == READ
    assert rows_of(second) == [
        ["3", "Bếp ăn tình thương", "", "Tháng 7"],
        ["4", "ATM gạo", "", "Quý IV"],
    ]


def test_a_line_that_ends_with_its_space_was_wrapped_and_another_was_ended() -> None:
    payload = lines_in_a_cell(100, "Vận động người ", "dân đóng góp", "Ra quân", "xong")
    cell = cell_at(read(payload), 0, 1)
    assert cell.text == "Vận động người dân đóng góp\nRa quân\nxong"


def test_a_number_that_no_column_was_wide_enough_for_is_one_number() -> None:
    payload = lines_in_a_cell(54, "Tổng trị ", "giá ", "25.000.00", "0đ")
    cell = cell_at(read(payload), 0, 1)
    assert cell.text == "Tổng trị giá 25.000.000đ"
    assert cell.certainty < 1.0


def test_a_numbered_item_on_a_new_line_stays_a_line() -> None:
    rows = (("1", "1. Trồng cây xanh"), ("2", "x"))
    payload = a_pdf(
        ruled(rows, (40, 100)), texts((63, 700, "1. Trồng cây"), (63, 686, "2. Tỉa"))
    )
    texts_read = [b.text for b in read(payload).blocks if isinstance(b, Paragraph)]
    assert texts_read == ["1. Trồng cây", "2. Tỉa"]


def test_the_rest_of_a_row_on_the_next_page_is_put_to_its_beginning() -> None:
    rows = (("1", "Hiến máu", "Ra quân"), ("2", "Hiến máu nhân", "Tháng 6"))
    document = read(a_pdf(ruled(rows), ruled((("", "đạo đợt 4", ""),))))
    (table,) = document.tables
    assert rows_of(table)[1] == ["2", "Hiến máu nhân\nđạo đợt 4", "Tháng 6"]
    assert cell_at(document, 1, 1).certainty < 1.0
