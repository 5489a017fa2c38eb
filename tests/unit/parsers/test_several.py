"""Several works in one row, and one work over a page's end."""

from tests.builders.tables import FORM, a_table, a_work, codes, recognised, titles


def test_a_title_that_numbers_its_works_is_several_none_of_them_certain() -> None:
    found = recognised(
        a_table(
            FORM,
            ("1", "1. Trồng cây\n2. Lắp đèn", "1. Góp cây\n2. Góp đèn", "T6", "100%"),
        )
    )
    assert [(w.number, w.title, w.method) for w in found.registrations] == [
        ("1", "Trồng cây", "Góp cây"),
        ("2", "Lắp đèn", "Góp đèn"),
    ]
    assert [w.time for w in found.registrations] == ["T6", "T6"]
    assert max(w.certainty for w in found.registrations) < 1.0


def test_bullets_part_no_works() -> None:
    found = recognised(
        a_table(FORM, ("1", "Trồng cây\n- hẻm 5\n- hẻm 6", "Góp", "T6", "100%"))
    )
    assert titles(found) == ["Trồng cây\n- hẻm 5\n- hẻm 6"]


def test_the_rest_of_a_work_on_the_next_page_belongs_to_it() -> None:
    found = recognised(
        a_table(FORM, a_work(1), a_work(2), place="bảng 1"),
        a_table(("", "", "và tuyên truyền", "", ""), a_work(3), place="bảng 2"),
    )
    assert [w.number for w in found.registrations] == ["1", "2", "3"]
    second = found.registrations[1]
    assert second.method == "Vận động 2 mạnh thường quân và tuyên truyền"
    assert second.cells["method"] < 1.0
    assert second.cells["title"] == 1.0
    assert codes(found) == []


def test_two_tables_side_by_side_under_one_heading_are_never_certain() -> None:
    found = recognised(
        a_table(
            ("STT", "Tên công trình", "Thời gian", "STT", "Tên công trình"),
            ("1", "Trồng cây", "T6", "2", "Lắp đèn"),
        )
    )
    assert max(w.certainty for w in found.registrations) < 1.0
