import pytest

from parsers.registrations import recognise
from parsers.results import progress_of
from tests.builders.tables import (
    FORM,
    a_document,
    a_table,
    a_work,
    codes,
    recognised,
    some_rules,
)

REPORT = ("STT", "Tên công trình", "Kết quả thực hiện", "Tiến độ", "Ghi chú")
ROW = ("1", "Trao học bổng", "Đã trao 10 suất", "Đã hoàn thành", "tốt")


@pytest.mark.parametrize(
    ("column", "result", "said"),
    [
        ("Đã hoàn thành", "", "done"),
        ("Hoàn thành", "", "done"),
        ("Đang thực hiện", "", "in_progress"),
        ("Chưa thực hiện", "", "not_done"),
        ("100%", "", "done"),
        ("70 %", "", "in_progress"),
        ("0%", "", "not_done"),
        ("80", "", "in_progress"),
        (None, "Đã trao 10 suất học bổng", "done"),
        (None, "Đạt 100% kế hoạch", "done"),
        (None, "Hoàn thành 50%", "in_progress"),
        (None, "đang thực hiện, dự kiến đến hết tháng 10", "in_progress"),
        (None, "Dang thuc hien", "in_progress"),
        (None, "Chưa hoàn thành do dịch", "not_done"),
        (None, "Tạm ngưng vì dịch", "not_done"),
        (None, "Đảng viên tham gia", None),
        (None, "10 hộ được giúp", None),
        (None, "Đạt 95% người dân hài lòng", None),
        (None, "", None),
        (None, None, None),
    ],
)
def test_the_wording_says_what_became_of_the_work(
    column: str | None, result: str | None, said: str | None
) -> None:
    assert progress_of(column, result) == said


def test_a_report_gives_results_and_no_registrations() -> None:
    found = recognised("BÁO CÁO KẾT QUẢ", a_table(REPORT, ROW))
    assert found.registrations == ()
    row = found.results[0]
    assert (row.number, row.title) == ("1", "Trao học bổng")
    assert (row.result, row.progress) == ("Đã trao 10 suất", "done")
    assert row.extra == {"Tiến độ": "Đã hoàn thành", "Ghi chú": "tốt"}
    assert row.place == "bang.xlsx › Sheet1 › A2:E2"
    assert not found.kind_unclear
    assert codes(found) == []


def test_columns_of_the_plan_in_a_report_stand_in_extra() -> None:
    heading = (*FORM, "Kết quả thực hiện")
    row = (*a_work(1), "Đã thực hiện xong")
    found = recognised("BÁO CÁO KẾT QUẢ THỰC HIỆN", a_table(heading, row))
    assert found.results[0].extra["Thời gian thực hiện"] == "Tháng 6/2021"
    assert found.results[0].progress == "done"


def test_pace_is_time_in_a_registration_and_progress_in_a_report() -> None:
    heading = ("STT", "Tên mô hình", "Nội dung thực hiện", "Tiến độ", "Kết quả")
    row = ("1", "Hẻm xanh", "Trồng cây", "Tháng 6/2021", "20 cây")
    registered = recognised("BẢN ĐĂNG KÝ MÔ HÌNH", a_table(heading, row))
    assert registered.registrations[0].time == "Tháng 6/2021"
    assert registered.registrations[0].expected_result == "20 cây"
    done = ("1", "Hẻm xanh", "Trồng cây", "Đang thực hiện", "20 cây")
    reported = recognised("BÁO CÁO KẾT QUẢ MÔ HÌNH", a_table(heading, done))
    assert reported.results[0].result == "20 cây"
    assert reported.results[0].progress == "in_progress"


def test_goal_is_expected_or_method_whichever_the_form_lacks() -> None:
    one = ("STT", "Tên mô hình", "Mục tiêu", "Cách làm", "Thời gian")
    row = recognised(a_table(one, a_work(1))).registrations[0]
    assert row.expected_result == "Vận động 1 mạnh thường quân"
    other = ("STT", "Tên mô hình", "Mục tiêu", "Thời gian", "Sản phẩm dự kiến")
    row = recognised(a_table(other, a_work(1))).registrations[0]
    assert row.method == "Vận động 1 mạnh thường quân"


BOTH = (*FORM, "Kết quả thực hiện")
BOTH_ROW = (*a_work(1), "Đã trao")


def test_plan_and_result_titled_as_neither_are_unclear_and_kept() -> None:
    found = recognised(a_table(BOTH, BOTH_ROW))
    assert found.kind_unclear
    assert len(found.registrations) == 1


@pytest.mark.parametrize(
    ("title", "results"),
    [
        ("BÁO CÁO KẾT QUẢ THỰC HIỆN CÔNG TRÌNH ĐÃ ĐĂNG KÝ", True),
        ("Báo cáo", True),
        ("KẾT QUẢ THỰC HIỆN", True),
        ("BẢNG ĐĂNG KÝ CÔNG TRÌNH", False),
        ("Danh mục công trình đăng ký năm 2021", False),
        ("BÁO CÁO ĐĂNG KÝ CÔNG TRÌNH", False),
        ("BẢN ĐĂNG KÝ", False),
    ],
)
def test_the_title_decides_between_plan_and_result(title: str, results: bool) -> None:
    found = recognised(title, a_table(BOTH, BOTH_ROW))
    assert not found.kind_unclear
    assert bool(found.results) is results
    assert bool(found.registrations) is not results


def test_file_name_and_subject_speak_where_the_document_is_silent() -> None:
    named = recognised(a_table(BOTH, BOTH_ROW), path=("Bao_cao_ket_qua_P9.xlsx",))
    assert len(named.results) == 1
    document = a_document(a_table(BOTH, BOTH_ROW))
    told = recognise(
        [(("bang.xlsx",), document)],
        some_rules(),
        hints=["Re: V/v báo cáo kết quả thực hiện công trình"],
    )
    assert len(told.results) == 1
    assert not told.kind_unclear


def test_a_registration_headed_with_results_reached_is_still_one() -> None:
    heading = (*FORM[:4], "Kết quả đạt được")
    found = recognised("BẢNG ĐĂNG KÝ CÔNG TRÌNH", a_table(heading, a_work(1)))
    assert found.registrations[0].expected_result == "1 em được giúp"


def test_both_kinds_in_one_mail_are_unclear() -> None:
    documents = [
        (("a.xlsx",), a_document("BẢNG ĐĂNG KÝ", a_table(FORM, a_work(1)))),
        (("b.xlsx",), a_document("BÁO CÁO KẾT QUẢ", a_table(REPORT, ROW))),
    ]
    found = recognise(documents, some_rules())
    assert found.registrations
    assert found.results
    assert found.kind_unclear
