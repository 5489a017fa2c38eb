"""A picture of a table beside the table itself: misread letters are no differences."""

from dataclasses import replace

from parsers.registrations import Recognition, recognise
from parsers.values.table import Cell, Table
from tests.builders.tables import FORM, a_document, a_table, a_work, codes, some_rules

TITLES = (
    "Trao tặng học bổng cho học sinh nghèo",
    "Sửa chữa nhà tình thương cho hộ nghèo",
    "Lắp đặt camera an ninh tại hẻm 12/3",
    "Trồng cây xanh trên đường Kỳ Đồng",
    "Tủ sách pháp luật cho thiếu nhi",
)
ROWS = tuple(a_work(n, title) for n, title in enumerate(TITLES, 1))


def _word(*rows: tuple[str, ...]) -> Table:
    return a_table(FORM, *rows, path=("bang.docx",), place="bảng 1")


def _scan(*rows: tuple[str, ...], sure: float = 0.95) -> Table:
    table = a_table(FORM, *rows, path=("bang.pdf",), place="bảng 1")
    cells = [
        tuple(c and Cell(c.text, sure, "recognised", c.place) for c in row)
        for row in table.rows
    ]
    return replace(table, rows=tuple(cells))


def _read(*tables: Table, letters: tuple[str, ...] = ("", "")) -> Recognition:
    documents = [
        (table.attachment, a_document(*([head] if head else []), table))
        for table, head in zip(tables, letters, strict=True)
    ]
    return recognise(documents, some_rules())


def test_a_scan_with_misread_titles_gives_no_second_rows() -> None:
    misread = [
        a_work(n, t.replace("ổ", "ố").replace("ng ", "n "))
        for n, t in enumerate(TITLES, 1)
    ]
    found = _read(_scan(*misread, sure=0.7), _word(*ROWS))
    assert [r.title for r in found.registrations] == list(TITLES)
    assert found.roles == {("bang.pdf",): "copy", ("bang.docx",): "table"}
    assert codes(found) == []


def test_a_number_that_a_hand_changed_is_told_however_doubtful_it_is() -> None:
    changed = (*ROWS[:2], a_work(3, TITLES[2].replace("12/3", "12/8")), *ROWS[3:])
    found = _read(_word(*ROWS), _scan(*changed, sure=0.4))
    assert len(found.registrations) == 5
    assert codes(found) == ["copy_differs"]
    told = dict(found.findings[0].parameters)
    assert told["number"] == "3"
    assert told["text"].endswith("12/3")
    assert told["other"].endswith("12/8")


def test_letters_that_the_reading_is_sure_of_are_told() -> None:
    changed = (a_work(1, TITLES[0], method="Vận động tài trợ"), *ROWS[1:])
    original = (a_work(1, TITLES[0], method="Vận động góp sức"), *ROWS[1:])
    assert codes(_read(_word(*original), _scan(*changed))) == ["copy_differs"]


def test_a_doubtful_letter_is_not_told() -> None:
    changed = (a_work(1, TITLES[0], method="Vận đông góp sưc"), *ROWS[1:])
    original = (a_work(1, TITLES[0], method="Vận động góp sức"), *ROWS[1:])
    assert codes(_read(_word(*original), _scan(*changed, sure=0.7))) == []


def test_a_row_of_the_paper_alone_is_told_and_not_counted() -> None:
    found = _read(_word(*ROWS), _scan(*ROWS, a_work(6, "Hiến máu nhân đạo")))
    assert len(found.registrations) == 5
    assert codes(found) == ["copy_differs"]
    assert dict(found.findings[0].parameters)["other"] == "Hiến máu nhân đạo"


def test_one_page_of_the_scan_is_a_copy_too() -> None:
    found = _read(_word(*ROWS), _scan(*ROWS[2:4]))
    assert len(found.registrations) == 5
    assert codes(found) == []


def test_a_scan_of_another_table_counts() -> None:
    other = [a_work(n, f"Công trình khác của khu phố {n}") for n in range(1, 6)]
    assert len(_read(_word(*ROWS), _scan(*other)).registrations) == 10


def test_a_scan_that_holds_far_more_rows_is_the_table() -> None:
    more = [a_work(n, f"Công trình khác của khu phố {n}") for n in range(6, 11)]
    found = _read(_word(*ROWS), _scan(*ROWS, *more))
    assert len(found.registrations) == 10
    assert found.roles == {("bang.pdf",): "table", ("bang.docx",): "copy"}


def test_scans_of_two_wards_with_the_same_works_both_count() -> None:
    heads = ("ỦY BAN NHÂN DÂN\nPHƯỜNG 1", "ỦY BAN NHÂN DÂN\nPHƯỜNG 10")
    found = _read(_word(*ROWS), _scan(*ROWS), letters=heads)
    assert len(found.registrations) == 10


def test_a_letterhead_with_misread_marks_is_the_same_office() -> None:
    heads = ("ỦY BAN NHÂN DÂN\nPHƯỜNG 1", "ÙY BAN NHẢN DÂN\nPHƯỚNG 1")
    found = _read(_word(*ROWS), _scan(*ROWS), letters=heads)
    assert len(found.registrations) == 5
    assert codes(found) == []


def test_a_name_that_may_be_misread_is_one_office_and_told() -> None:
    heads = ("UBND QUẬN 3\nTRƯỜNG THCS LÊ LỢI", "UBND QUẬN 3\nTRƯỜNG THCS LÊ LAI")
    found = _read(_word(*ROWS), _scan(*ROWS), letters=heads)
    assert len(found.registrations) == 5
    assert codes(found) == ["copy_differs"]
    told = dict(found.findings[0].parameters)
    assert (told["text"], told["other"]) == ("TRƯỜNG THCS LÊ LỢI", "TRƯỜNG THCS LÊ LAI")


def test_halves_of_a_letterhead_that_ran_together_change_nothing() -> None:
    heads = ("ĐẢNG BỘ QUẬN 3\nĐẢNG ỦY PHƯỜNG 1", "ĐẢNG BỘ QUẬN 3 XYZ\nĐẢNG ỦY PHƯỜNG 1")
    found = _read(_word(*ROWS), _scan(*ROWS), letters=heads)
    assert len(found.registrations) == 5
    assert codes(found) == []
