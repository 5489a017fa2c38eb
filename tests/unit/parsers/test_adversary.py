"""Faults that labelled documents made at random have shown, one case each."""

import time

import pytest

from parsers.readers import html, text
from parsers.values.limits import Limits
from parsers.values.table import Document
from tests.builders.tables import FORM, a_table, a_work, recognised, titles


def _keys(*heading: str) -> tuple[str | None, ...]:
    found = recognised("BẢNG ĐĂNG KÝ", a_table(heading, ("1", "a", "b", "c", "d")))
    return found.tables[0].columns


@pytest.mark.parametrize(
    "heading",
    [
        ("STT (1)", "Tên công trình (2)", "Hình thức TH", "TGTH", "Dự kiến KQ"),
        ("stt (*)", "Tên CT", "HTTH", "TG thực hiện", "KQ dự kiến"),
        ("(1) STT", "(2) Tên MH", "(3) Cách làm", "(4) TG", "(5) Chỉ tiêu¹"),
    ],
)
def test_marks_and_abbreviations_do_not_hide_a_heading(heading: tuple[str]) -> None:
    keys = ("number", "title", "method", "time", "expected_result")
    assert _keys(*heading) == keys


def test_a_work_whose_cells_are_words_of_headings_is_no_further_heading() -> None:
    found = recognised(
        "BÁO CÁO KẾT QUẢ",
        a_table(
            ("Tên công trình", "Kết quả", "Tình trạng", "Ghi chú"),
            ("Trồng cây", "10 cây", "Hoàn thành", ""),
            ("Mô hình", "5 hộ", "Hoàn thành", "Công trình mới"),
            ("Lắp đèn", "3 đèn", "Hoàn thành", "Công trình mới"),
        ),
    )
    assert [row.title for row in found.results] == ["Trồng cây", "Mô hình", "Lắp đèn"]


def test_column_numbers_that_a_page_repeats_are_no_work() -> None:
    numbers = ("(1)", "(2)", "(3)", "(4)", "(5)")
    found = recognised(a_table(FORM, numbers, a_work(1), numbers, a_work(2)))
    assert [row.number for row in found.registrations] == ["1", "2"]
    assert found.findings == ()


def test_a_share_beside_a_result_is_progress_and_alone_the_result() -> None:
    beside = recognised(
        "BÁO CÁO KẾT QUẢ",
        a_table(
            ("STT", "Tên công trình", "Kết quả thực hiện", "Tỷ lệ (%)"),
            ("1", "Trồng cây", "Vận động 5 hộ", "70%"),
        ),
    ).results[0]
    assert (beside.result, beside.progress) == ("Vận động 5 hộ", "in_progress")
    alone = recognised(
        "BÁO CÁO KẾT QUẢ",
        a_table(("STT", "Tên công trình", "Tỷ lệ (%)"), ("1", "Trồng cây", "100%")),
    ).results[0]
    assert alone.result == "100%"


def test_a_field_behind_an_asterisk_is_a_section_and_no_rest_of_a_title() -> None:
    found = recognised(
        a_table(
            FORM, a_work(1), ("", "* Lĩnh vực quản lý đô thị", "", "", ""), a_work(2)
        )
    )
    assert [row.field for row in found.registrations] == [1, 3]
    # The first is inferred from its words alone.
    first, second = (row.field_certainty or 0.0 for row in found.registrations)
    assert first < second == 1.0


def test_a_title_that_goes_on_without_its_number_is_not_certain() -> None:
    found = recognised(a_table(FORM, a_work(1), ("", "(hẻm 5)", "", "", "")))
    (work,) = found.registrations
    assert work.title == "Trao 1 suất học bổng\n(hẻm 5)"
    assert work.cells["title"] < 1.0
    assert work.cells["method"] == 1.0


def test_signatures_below_a_table_without_numbers_are_no_works() -> None:
    found = recognised(
        "BẢNG ĐĂNG KÝ",
        a_table(
            ("Tên công trình", "Hình thức thực hiện", "Thời gian thực hiện"),
            ("Trồng cây", "Vận động", "Tháng 6"),
            ("XÁC NHẬN CỦA THỦ TRƯỞNG", "", "NGƯỜI LẬP BẢNG"),
            ("Phạm Thị Thu Hà", "", "Bùi Công Danh"),
        ),
    )
    assert titles(found) == ["Trồng cây"]


def test_numbers_below_an_empty_heading_are_the_numbers() -> None:
    found = recognised(a_table(("", *FORM[1:]), a_work(1), a_work(2)))
    assert [row.number for row in found.registrations] == ["1", "2"]


def test_a_further_letterhead_is_whole_and_not_the_formers_signature() -> None:
    def head(parent: str, body: str) -> tuple[str, ...]:
        return f"{parent}\n{body}", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"

    found = recognised(
        a_table(head("UBND QUẬN 3", "PHÒNG Y TẾ"), place="bảng 1"),
        "BẢNG ĐĂNG KÝ",
        a_table(FORM, a_work(1), place="bảng 2"),
        a_table(("Nơi nhận:", "TRƯỞNG PHÒNG"), place="bảng 3"),
        a_table(head("UBND QUẬN 3", "PHÒNG TƯ PHÁP"), place="bảng 4"),
        "BẢNG ĐĂNG KÝ",
        a_table(FORM, a_work(5), place="bảng 5"),
        path=("dk.docx",),
    )
    heads = [head for _, head in found.letterheads]
    assert [h.issuer for h in heads] == [
        ("UBND QUẬN 3", "PHÒNG Y TẾ"),
        ("UBND QUẬN 3", "PHÒNG TƯ PHÁP"),
    ]
    assert heads[0].signature == ("TRƯỞNG PHÒNG",)


@pytest.mark.parametrize(
    "heading",
    [
        ("STT", "Họ và tên", "Tên mô hình", "Ghi chú"),
        ("STT", "Họ và tên", "Chức vụ", *FORM[1:]),
        ("STT", "Nội dung đăng ký", "Thời gian", "Địa điểm", "Số lượng"),
        ("STT", "Công trình", "Chủ đầu tư", "Tiến độ"),
    ],
)
def test_lists_of_persons_courses_and_building_sites_are_none_of_ours(
    heading: tuple[str, ...],
) -> None:
    title = "BẢNG ĐĂNG KÝ" if "Chủ đầu tư" not in heading else "TIẾN ĐỘ THI CÔNG"
    found = recognised(title, a_table(heading, ("1", *["a"] * (len(heading) - 1))))
    assert found.registrations == ()
    assert found.results == ()


def test_white_space_between_paragraphs_of_a_cell_is_no_line() -> None:
    source = "<table><tr><td>\n <p>một</p>\n <p>hai<br></p>\n</td></tr></table>"
    found = html.read(source.encode(), (), Limits())
    assert isinstance(found, Document)
    cell = found.tables[0].rows[0][0]
    assert cell is not None
    assert cell.text == "một\nhai"


def test_a_pasted_row_may_begin_with_a_cell_of_several_lines() -> None:
    source = 'Tên công trình\tThời gian\n"Trồng cây\n(hẻm 5)"\tTháng 6\nLắp đèn\tT7'
    found = text.read(source.encode(), (), Limits())
    assert isinstance(found, Document)
    rows = [[c.text if c else "" for c in row] for row in found.tables[0].rows]
    assert rows[1:] == [["Trồng cây\n(hẻm 5)", "Tháng 6"], ["Lắp đèn", "T7"]]


def test_a_thousand_announcements_do_not_stall() -> None:
    lines = ["đăng ký các công trình sau:", "1. Trồng cây"] * 3000
    started = time.process_time()
    found = recognised(*lines, path=("dk.docx",))
    assert time.process_time() - started < 2
    assert found.registrations == ()
