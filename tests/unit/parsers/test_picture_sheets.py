"""Photos of the pages of one table, in whatever order they were attached."""

from parsers.picture_sheets import gathered
from parsers.values.table import Cell, Document, Paragraph, Table


def a_photo(name: str, *numbers: int, head: str = "", page: str = "") -> tuple:
    path = (name,)
    blocks: list[Table | Paragraph] = [Paragraph(t) for t in (page, head) if t]
    if numbers:
        rows = tuple((Cell(str(n), 0.9), Cell("Hẻm", 0.9)) for n in numbers)
        blocks.append(Table(path, "trang 1, bảng 1", rows))
    return path, Document(tuple(blocks), (), "unicode")


def order(*photos: tuple) -> list[list[int]]:
    found = gathered(photos, [path for path, _ in photos])
    return [
        [int(r[0].text) for t in document.tables for r in t.rows if r[0]]
        for _, document in found
    ]


def test_pages_are_put_together_by_the_numbers_of_their_works() -> None:
    assert order(
        a_photo("IMG_3.jpg", 7, 8),
        a_photo("IMG_1.jpg", 1, 2, 3),
        a_photo("2.jpg", 4, 5, 6),
    ) == [[1, 2, 3, 4, 5, 6, 7, 8]]


def test_the_page_of_the_signatures_comes_last_by_its_number_or_name() -> None:
    sign = a_photo("1.jpg", head="TM. BAN THƯỜNG VỤ", page="3")
    found = gathered(
        [sign, a_photo("3.jpg", 4, 5, page="2"), a_photo("2.jpg", 1, 2, 3, page="1")],
        [("1.jpg",), ("2.jpg",), ("3.jpg",)],
    )
    ((path, document),) = found
    assert path == ("2.jpg",)
    assert document.blocks[-1] == Paragraph("TM. BAN THƯỜNG VỤ")


def test_two_tables_that_both_begin_at_one_stay_two() -> None:
    photos = a_photo("1.jpg", 1, 2), a_photo("2.jpg", 1, 2, 3), a_photo("3.jpg", 3, 4)
    assert order(*photos) == [[1, 2], [1, 2, 3], [3, 4]]


def test_pictures_of_different_archives_are_never_put_together() -> None:
    one, two = a_photo("1.jpg", 1, 2), a_photo("2.jpg", 3, 4)
    moved = (("anh.zip", "2.jpg"), two[1])
    found = gathered([one, moved], [one[0], moved[0]])
    assert [path for path, _ in found] == [("1.jpg",), ("anh.zip", "2.jpg")]


def test_a_page_that_is_missing_ends_the_chain() -> None:
    photos = a_photo("1.jpg", 1, 2), a_photo("2.jpg", 5, 6)
    assert order(*photos) == [[1, 2], [5, 6]]
