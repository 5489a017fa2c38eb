"""Works whose labels stand within one line, and tables that stand side by side."""

from tests.builders.tables import a_table, recognised


def test_a_paragraph_with_labels_is_a_work_and_less_than_certain() -> None:
    found = recognised(
        "BẢN ĐĂNG KÝ CÔNG TRÌNH",
        "Công trình 1: Tủ thuốc miễn phí. Thời gian: tháng 7/2021. Dự kiến: 100 lượt.",
    )
    (work,) = found.registrations
    assert (work.number, work.title) == ("1", "Tủ thuốc miễn phí")
    assert (work.time, work.expected_result) == ("tháng 7/2021", "100 lượt")
    assert work.certainty < 1


def test_an_item_is_parted_by_the_labels_behind_its_title() -> None:
    found = recognised(
        "Phường 9 đăng ký các công trình sau:",
        "1/ Bếp ăn sạch - hình thức: giám sát - thời gian: tháng 6 - kết quả: 9 bếp\n"
        "2/ Hẻm xanh - hình thức: vận động - thời gian: tháng 7 - kết quả: 3 hẻm",
    )
    assert [w.title for w in found.registrations] == ["Bếp ăn sạch", "Hẻm xanh"]
    assert [w.method for w in found.registrations] == ["giám sát", "vận động"]


def test_items_of_a_letter_that_speaks_of_no_works_are_none() -> None:
    found = recognised(
        "Phân công chuẩn bị hội nghị:",
        "1/ Viết thư - người phụ trách: Lan - thời gian: 10/6 - kết quả: đã gửi",
    )
    assert found.registrations == found.results == ()


def test_construction_with_its_investor_is_no_work() -> None:
    found = recognised(
        "BÁO CÁO TIẾN ĐỘ CÁC CÔNG TRÌNH XÂY DỰNG CƠ BẢN",
        "Công trình 1: Hẻm 212. Chủ đầu tư: UBND. Thời gian: quý III. Kết quả: 70%.",
    )
    assert found.registrations == found.results == ()


def test_the_right_one_of_two_tables_side_by_side_goes_on() -> None:
    heads = ["STT", "Tên công trình", "Thời gian thực hiện"]
    found = recognised(
        "BẢNG ĐĂNG KÝ CÔNG TRÌNH",
        a_table(
            [*heads, "", *heads],
            ["1", "Tủ thuốc", "tháng 6", "", "3", "Hẻm xanh", "tháng 8"],
            ["2", "Bếp ăn", "tháng 7", "", "", "", ""],
        ),
    )
    assert [w.title for w in found.registrations] == ["Tủ thuốc", "Bếp ăn", "Hẻm xanh"]
    assert [w.certainty for w in found.registrations] == [1.0, 1.0, 0.9]
