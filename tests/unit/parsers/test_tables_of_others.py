"""Nothing is invented: what offices also send gives no works."""

import pytest

from parsers.values.table import Table
from tests.builders.tables import a_table, recognised

INVOICE = a_table(
    ("HÓA ĐƠN GIÁ TRỊ GIA TĂNG",),
    (
        "STT",
        "Tên hàng hóa, dịch vụ",
        "Đơn vị tính",
        "Số lượng",
        "Đơn giá",
        "Thành tiền",
    ),
    ("1", "Sơn nước", "thùng", "10", "500.000", "5.000.000"),
    ("2", "Cọ lăn", "cái", "20", "30.000", "600.000"),
    ("", "Cộng tiền hàng", "", "", "", "5.600.000"),
)
ROLL = a_table(
    ("DANH SÁCH ĐĂNG KÝ THAM GIA LỚP BỒI DƯỠNG",),
    ("STT", "Họ và tên", "Năm sinh", "Chức vụ", "Đơn vị", "Ghi chú"),
    ("1", "Nguyễn Văn A", "1980", "Bí thư", "Phường 9", ""),
    ("2", "Trần Thị B", "1985", "Chủ tịch", "Phường 10", ""),
)
SCHEDULE = a_table(
    ("LỊCH CÔNG TÁC TUẦN",),
    ("Thứ", "Buổi", "Thời gian", "Nội dung", "Địa điểm", "Thành phần"),
    ("Hai", "Sáng", "8g00", "Họp giao ban", "Hội trường", "Thường trực"),
    ("Ba", "Chiều", "14g00", "Tiếp công dân", "Phòng tiếp dân", "Chủ tịch"),
)
BUDGET = a_table(
    ("DỰ TOÁN KINH PHÍ",),
    ("STT", "Nội dung chi", "Đơn vị tính", "Số lượng", "Đơn giá", "Thành tiền"),
    ("1", "Quà tặng", "phần", "100", "300.000", "30.000.000"),
)
PUBLIC_INVESTMENT = a_table(
    ("KẾ HOẠCH ĐẦU TƯ CÔNG NĂM 2021",),
    ("STT", "Tên công trình", "Chủ đầu tư", "Tổng mức đầu tư", "Thời gian thực hiện"),
    ("1", "Nâng cấp hẻm 12", "Ban QLDA", "5 tỷ", "2021-2022"),
)
MINUTES = a_table(
    ("STT", "Nội dung", "Ý kiến", "Kết luận"),
    ("1", "Công tác dân vận", "Đồng ý", "Giao Khối vận thực hiện"),
)
WORK_PLAN = a_table(
    ("KẾ HOẠCH CÔNG TÁC THÁNG 6",),
    ("STT", "Nội dung công việc", "Thời gian thực hiện", "Người thực hiện", "Kết quả"),
    ("1", "Họp chi bộ", "05/6/2021", "Bí thư", "Biên bản"),
)
SCORES = a_table(
    ("STT", "Đơn vị", "Điểm", "Xếp loại", "Xếp hạng"),
    ("1", "Phòng Tư pháp", "92,5", "Tốt", "1"),
    ("Phòng Nội vụ",),
)
CONTACTS = a_table(
    ("STT", "Đơn vị", "Người phụ trách", "Số điện thoại", "Email"),
    ("1", "Phường 9", "Nguyễn Văn A", "0900000000", "a@example.com"),
)
QUESTIONNAIRE = a_table(("Câu hỏi", "Trả lời"), ("Tên đơn vị", "Phường 9"))


@pytest.mark.parametrize(
    "table",
    [
        INVOICE,
        ROLL,
        SCHEDULE,
        BUDGET,
        PUBLIC_INVESTMENT,
        MINUTES,
        WORK_PLAN,
        SCORES,
        CONTACTS,
        QUESTIONNAIRE,
    ],
    ids=lambda table: table.rows[0][0].text,
)
@pytest.mark.parametrize("name", ["bang.xlsx", "Đăng ký công trình.xlsx"])
def test_it_gives_no_works_whatever_the_file_is_called(table: Table, name: str) -> None:
    found = recognised(table, path=(name,))
    assert found.registrations == ()
    assert found.results == ()
    assert found.roles == {}
    assert found.tables[0].role != "data"
    assert not found.kind_unclear


def test_the_plan_itself_sent_along_gives_no_works() -> None:
    found = recognised(
        "KẾ HOẠCH",
        "Thực hiện bảng đăng ký công trình “Việc có ý nghĩa giúp dân” (theo mẫu):",
        a_table(
            (
                "STT",
                "Tên công trình",
                "Hình thức thực hiện",
                "Thời gian thực hiện",
                "Dự kiến kết quả (hiệu quả, số lượng đạt được)",
            ),
            ("1.",),
            ("2.",),
            ("...",),
        ),
    )
    assert found.registrations == ()
    assert found.findings == ()
