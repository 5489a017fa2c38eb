from dataclasses import replace

import pytest

from parsers.grid import Grid
from parsers.headings import Heading, find_headings
from parsers.registrations import wordings_of
from parsers.values.campaign import Column
from parsers.values.reading import Headings
from parsers.wordings import Wordings
from tests.builders.tables import FORM, a_table, a_work, some_rules, the_plan

WORDS = wordings_of(some_rules())[0]


def _heading(*rows: tuple[str | None, ...], **named: object) -> Heading | None:
    table = a_table(*rows, **named)  # type: ignore[arg-type]
    return next(iter(find_headings(Grid(table), WORDS)), None)


def _keys(*rows: tuple[str | None, ...], **named: object) -> tuple[str | None, ...]:
    heading = _heading(*rows, **named)
    assert heading is not None
    return heading.keys


def test_the_plans_own_form_is_known() -> None:
    heading = _heading(FORM, a_work(1))
    assert heading is not None
    assert heading.rows == (0,)
    assert heading.keys == ("number", "title", "method", "time", "expected_result")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("TT", "number"),
        ("Số TT", "number"),
        ("TÊN MÔ HÌNH/ CÔNG TRÌNH", "title"),
        ("Tên công trình, phần việc", "title"),
        ("Tên công trình “Việc có ý nghĩa giúp dân”", "title"),
        ("Nội dung đăng ký", "title"),
        ("Ten cong trinh", "title"),
        ("Tên công trình, nội dung thực hiện", "title"),
        ("Nội dung, cách thức thực hiện", "method"),
        ("Hinh thuc thuc hien", "method"),
        ("Các hình thức thực hiện", "method"),
        ("Thời gian, địa điểm", "time"),
        ("THỜI GIAN\nTHỰC HIỆN", "time"),
        ("Thời gian thực hiện (từ ngày đến ngày)", "time"),
        ("Dự kiến kết quả", "expected_result"),
        ("Sản phẩm, kết quả đầu ra", "expected_result"),
        ("Kết quả thực hiện (dự kiến)", "expected_result"),
        ("Kết quả thực hiện", "result"),
        ("Lĩnh vực đăng ký", "field"),
        ('Nội dung "5 không"', "field"),
        ("Cơ quan, đơn vị", "unit"),
        ("Tiến độ", "pace"),
        ("Tiến độ thực hiện", "pace"),
        ("Mục tiêu", "goal"),
        ("Ghi chú", "other"),
        ("Đơn vị tính", "foreign"),
    ],
)
def test_the_wording_means_the_column(text: str, key: str) -> None:
    meaning = WORDS.meaning(text)
    assert meaning is not None
    assert meaning.key == key


@pytest.mark.parametrize(
    "text",
    [
        "Trao học bổng cho học sinh",
        "Số nhà 12 đường Trần Quốc Thảo",
        "Vận động Nhân dân thực hiện tốt các nội dung trong thời gian giãn cách",
        "",
        "Phường 9",
    ],
)
def test_a_sentence_is_no_heading(text: str) -> None:
    assert WORDS.meaning(text) is None


def test_the_heading_stands_below_letterhead_and_title() -> None:
    heading = _heading(
        ("ĐẢNG BỘ QUẬN 3", "", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        ("ĐẢNG ỦY PHƯỜNG 9", "", "Quận 3, ngày 05 tháng 6 năm 2021"),
        ("",),
        ("BẢNG ĐĂNG KÝ CÔNG TRÌNH",),
        FORM,
        a_work(1),
    )
    assert heading is not None
    assert heading.rows == (4,)


def test_columns_may_stand_in_another_order_with_others_between() -> None:
    row = ("Ghi chú", FORM[3], FORM[1], "Kinh phí", FORM[4], FORM[0], FORM[2])
    assert _keys(row, ("",) * 7) == (
        "other",
        "time",
        "title",
        "other",
        "expected_result",
        "number",
        "method",
    )


def test_a_merged_group_title_and_its_parts_are_one_heading() -> None:
    heading = _heading(
        ("STT", "Tên công trình", "Hình thức", "Thời gian", None, "Dự kiến kết quả"),
        (None, None, None, "Bắt đầu", "Kết thúc", None),
        a_work(1),
        merged=(
            (0, 0, 2, 1),
            (0, 1, 2, 2),
            (0, 2, 2, 3),
            (0, 3, 1, 5),
            (0, 5, 2, 6),
        ),
    )
    assert heading is not None
    assert heading.rows == (0, 1)
    assert heading.keys == (
        "number",
        "title",
        "method",
        "time",
        "time",
        "expected_result",
    )
    assert heading.texts[3:5] == ("Thời gian - Bắt đầu", "Thời gian - Kết thúc")


def test_an_unmerged_group_title_and_its_parts_are_one_heading() -> None:
    heading = _heading(
        ("STT", "Tên công trình", "Hình thức", "Thời gian", "", "Dự kiến kết quả"),
        ("", "", "", "Từ", "Đến", ""),
        ("1", "Trao quà", "Vận động", "1/6/2021", "30/6/2021", "10 hộ"),
    )
    assert heading is not None
    assert heading.rows == (0, 1)
    assert heading.keys[3:5] == ("time", "time")


def test_a_title_may_stand_in_the_second_row_under_its_group() -> None:
    heading = _heading(
        ("STT", "Đăng ký", None, "Thời gian", "Dự kiến kết quả"),
        (None, "Tên công trình", "Hình thức thực hiện", None, None),
        a_work(1),
        merged=((0, 0, 2, 1), (0, 1, 1, 3), (0, 3, 2, 4), (0, 4, 2, 5)),
    )
    assert heading is not None
    assert heading.rows == (0, 1)
    assert heading.keys == ("number", "title", "method", "time", "expected_result")


def test_expected_results_in_two_columns_have_one_meaning() -> None:
    keys = _keys(
        ("STT", "Tên công trình", "Hình thức", "Thời gian", "Dự kiến kết quả", None),
        (None, None, None, None, "Hiệu quả", "Số lượng đạt được"),
        a_work(1),
        merged=(
            *((0, c, 2, c + 1) for c in range(4)),
            (0, 4, 1, 6),
        ),
    )
    assert set(keys[4:]) <= {"expected_result", "effect"}


@pytest.mark.parametrize(
    "numbers",
    [
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
        ("1", "2", "3", "4", "5"),
        ("A", "B", "1", "2", "3=1+2"),
    ],
)
def test_a_row_of_column_numbers_belongs_to_the_heading(numbers: tuple[str]) -> None:
    heading = _heading(FORM, numbers, a_work(1))
    assert heading is not None
    assert heading.rows == (0, 1)


def test_a_first_work_or_section_is_no_second_row_of_headings() -> None:
    for below in (a_work(1), ("I. Lĩnh vực văn hóa",), ("", "Khối đoàn thể")):
        heading = _heading(FORM, below, a_work(1))
        assert heading is not None
        assert heading.rows == (0,)


def test_two_tables_in_one_sheet_have_two_headings() -> None:
    table = a_table(FORM, a_work(1), ("",), ("BẢNG ĐĂNG KÝ",), FORM, a_work(1))
    found = find_headings(Grid(table), WORDS)
    assert [h.rows for h in found] == [(0,), (4,)]


def test_a_campaigns_own_heading_counts_before_the_general_words() -> None:
    columns = (
        Column("title", "Tên mô hình", required=True),
        Column("expected_result", "Ghi chú"),
    )
    plan = replace(the_plan(), columns=columns)
    other = Wordings(Headings({"other": ("Ghi chú",)}), plan)
    meaning = other.meaning("GHI CHÚ")
    assert meaning is not None
    assert meaning.key == "expected_result"


@pytest.mark.parametrize(
    "heading",
    [
        ("STT", "Tên hàng hóa, dịch vụ", "Đơn vị tính", "Số lượng", "Đơn giá"),
        ("STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị"),
        ("Thời gian", "Nội dung", "Địa điểm", "Thành phần"),
        ("STT", "Nội dung chi", "Đơn vị tính", "Số lượng", "Thành tiền"),
        ("STT", "Nội dung công việc", "Thời gian", "Người thực hiện", "Kết quả"),
        ("TT", "Tên chủ đề/nội dung", "Địa điểm", "Thời gian", "Dự kiến kết quả"),
        ("STT", "Tên công trình", "Tổng mức đầu tư", "Chủ đầu tư", "Thời gian"),
        ("STT", "Đơn vị", "Điểm", "Xếp loại", "Xếp hạng"),
        ("STT", "Ghi chú"),
        ("Tên công trình", "Địa điểm"),
    ],
)
def test_tables_of_other_things_have_no_heading_of_ours(heading: tuple[str]) -> None:
    assert _heading(heading, tuple("1abcdefgh"[: len(heading)])) is None
