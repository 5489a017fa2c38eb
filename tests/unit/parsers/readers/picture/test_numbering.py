"""Numbers of rows that count on, and the one that was misread."""

from parsers.readers.picture.numbering import MENDED, with_numbers
from parsers.values.table import Cell, Table


def a_table(*numbers: str) -> Table:
    rows = [(Cell("STT", 0.9), Cell("Tên công trình", 0.9), Cell("Cách làm", 0.9))]
    rows += [
        (Cell(n, 0.7), Cell("Hẻm văn minh", 0.9), Cell("Vận động", 0.9))
        for n in numbers
    ]
    return Table(("a.jpg",), "bảng 1", tuple(rows))


def first_column(table: Table) -> list[tuple[str, float]]:
    return [(r[0].text, r[0].certainty) for r in table.rows[1:] if r[0] is not None]


def test_numbers_that_count_on_confirm_each_other() -> None:
    found = first_column(with_numbers(a_table("1", "2", "3", "4")))
    assert [text for text, _ in found] == ["1", "2", "3", "4"]
    # A row missed above all of them would be counted over just as well.
    assert all(0.85 <= sure < 0.9 for _, sure in found)


def test_a_number_between_two_that_prove_it_is_mended_and_marked() -> None:
    table = with_numbers(a_table("01.", "02.", "ø", "04.", "05."))
    cell = table.rows[3][0]
    assert cell is not None
    assert (cell.text, cell.evidence) == ("03.", MENDED)
    assert cell.certainty < 0.9


def test_numbers_that_do_not_count_on_are_left() -> None:
    table = a_table("5", "9", "2", "7")
    assert with_numbers(table) == table
    two = a_table("1", "x")
    assert with_numbers(two) == two


def test_a_last_row_without_a_number_gets_none() -> None:
    found = first_column(with_numbers(a_table("1", "2", "3", "")))
    assert found[-1][0] == ""
