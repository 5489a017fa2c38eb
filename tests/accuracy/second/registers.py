"""Registration tables as wards, schools, departments and organisations lay them out."""

# ruff: noqa: E501 - a row of a table is a line, as the office sees it.

from tests.accuracy.second.layout import Layout, layout

_SHEETS = "xlsx xlsx2 docx html csv"
_FORM = "| STT | Tên công trình | Hình thức thực hiện | Thời gian thực hiện | Dự kiến kết quả (hiệu quả, số lượng đạt được)"
_P9 = """ĐẢNG BỘ QUẬN 3 || ĐẢNG CỘNG SẢN VIỆT NAM
ĐẢNG ỦY PHƯỜNG 9 || Quận 3, ngày 07 tháng 6 năm 2021
* || _
"""
_MN6 = """PHÒNG GIÁO DỤC VÀ ĐÀO TẠO QUẬN 3 || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TRƯỜNG MẦM NON 6 || Độc lập - Tự do - Hạnh phúc
"""
_SIGN = """
NGƯỜI LẬP BẢNG || XÁC NHẬN CỦA CẤP ỦY
Lê Thị Hồng || Trần Văn Minh"""


def registers() -> list[Layout]:
    """Return a part of the layouts."""
    return [
        layout(
            "form-plain",
            "ntmwe",
            f"""{_P9}
BẢNG ĐĂNG KÝ
Công trình “Việc có ý nghĩa giúp dân” năm 2021

{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}
! 3 | {{t3}} | {{m3}} | {{w3}} | {{e3}}
{_SIGN}""",
            unit="P09",
            writers=_SHEETS,
        ),
        layout(
            "form-single-school",
            "ntmwe",
            f"""{_MN6}
BẢNG ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”
{_FORM}
! 1. | {{t1}} | {{m1}} | {{w1}} | {{e1}}
{_SIGN}""",
            unit="MN-06",
            writers=_SHEETS,
        ),
        layout(
            "title-names-ward",
            "ntmwe",
            f"""BANG DANG KY CONG TRINH - PHUONG 9
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}""",
            guess="P09",
            writers=_SHEETS,
        ),
        layout(
            "title-names-school",
            "ntmwe",
            f"""ĐĂNG KÝ CÔNG TRÌNH VIỆC CÓ Ý NGHĨA GIÚP DÂN CỦA TRƯỜNG THCS LÊ LỢI
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}""",
            guess="CS-02",
            writers=_SHEETS,
        ),
        layout(
            "unit-line-above",
            "ntmwe",
            f"""Đơn vị: Trường Mầm non 6
BẢNG ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}""",
            guess="MN-06",
            writers=_SHEETS,
        ),
        layout(
            "unit-line-below-title",
            "ntmwe",
            f"""BẢNG ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”
Tên đơn vị đăng ký: Phường 12
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}""",
            guess="P12",
            writers=_SHEETS,
        ),
        layout(
            "unit-in-header-cell",
            "ntmwe",
            f"""| Đơn vị: | Phường Võ Thị Sáu | < | < | <
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}""",
            guess="PVTS",
        ),
        layout(
            "sheet-title-lowercase",
            "ntmwe",
            """Bảng đăng ký công trình "Việc có ý nghĩa giúp dân" của phường 14
| TT | Nội dung công trình | Cách làm | Thời hạn | Hiệu quả, số lượng
! 1 | {t1} | {m1} | {w1} | {e1}
! 2 | {t2} | {m2} | {w2} | {e2}""",
            guess="P14",
            writers=_SHEETS,
        ),
        layout(
            "numbers-two-digits",
            "ntmwe",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
{_FORM}
! 01 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! 02 | {{t2}} | {{m2}} | {{w2}} | {{e2}}
| 03 |  |  |  |
| 04 |  |  |  |""",
            unit="P09",
        ),
        layout(
            "no-number-column",
            "tmwe",
            f"""{_P9}
ĐĂNG KÝ VIỆC CÓ Ý NGHĨA GIÚP DÂN
| Tên công trình | Hình thức thực hiện | Thời gian thực hiện | Dự kiến kết quả
! {{t1}} | {{m1}} | {{w1}} | {{e1}}
! {{t2}} | {{m2}} | {{w2}} | {{e2}}
! {{t3}} | {{m3}} | {{w3}} | {{e3}}""",
            unit="P09",
            writers=_SHEETS,
        ),
        layout(
            "field-sections",
            "ntmwe",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
{_FORM}
| I | Lĩnh vực văn hóa - xã hội |  |  |
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}
| II | Lĩnh vực quản lý đô thị |  |  |
! 1 | {{t3}} | {{m3}} | {{w3}} | {{e3}}
| III. Lĩnh vực an ninh - quốc phòng | < | < | < | <
! 1 | {{t4}} | {{m4}} | {{w4}} | {{e4}}""",
            unit="P09",
            writers="xlsx xlsx2 docx html csv",
        ),
        layout(
            "body-sections",
            "ntmwe",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH CỦA PHƯỜNG 9
{_FORM}
| A | KHỐI ĐẢNG |  |  |
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
| B | KHỐI CHÍNH QUYỀN |  |  |
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}
| C | MẶT TRẬN TỔ QUỐC VÀ CÁC ĐOÀN THỂ |  |  |
! 3 | {{t3}} | {{m3}} | {{w3}} | {{e3}}
! 4 | {{t4}} | {{m4}} | {{w4}} | {{e4}}""",
            unit="P09",
            writers=_SHEETS,
        ),
        layout(
            "with-total",
            "ntmwe",
            f"""{_MN6}
BẢNG ĐĂNG KÝ
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}
| Tổng cộng: 02 công trình | < | < | < | <
{_SIGN}""",
            unit="MN-06",
            writers=_SHEETS,
        ),
        layout(
            "column-numbers",
            "ntmwe",
            f"""{_MN6}
{_FORM}
| (1) | (2) | (3) | (4) | (5)
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}""",
            unit="MN-06",
            writers=_SHEETS,
        ),
        layout(
            "start-end-columns",
            "ntmwwe",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
| STT | Tên công trình | Hình thức thực hiện | Thời gian thực hiện | < | Dự kiến kết quả
| ^ | ^ | ^ | Bắt đầu | Kết thúc | ^
! 1 | {{t1}} | {{m1}} | 01/6/2021 | 30/9/2021 | {{e1}}
! 2 | {{t2}} | {{m2}} | 15/5/2021 | 31/10/2021 | {{e2}}""",
            unit="P09",
        ),
        layout(
            "expected-group",
            "ntmwee",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
| STT | Tên công trình | Hình thức | Thời gian | Dự kiến kết quả | <
| ^ | ^ | ^ | ^ | Hiệu quả | Số lượng
! 1 | {{t1}} | {{m1}} | {{w1}} | Giảm khó khăn cho người dân | {{e1}}
! 2 | {{t2}} | {{m2}} | {{w2}} | Tạo mỹ quan | {{e2}}""",
            unit="P09",
        ),
        layout(
            "vertical-time",
            "ntmwe",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
{_FORM}
! 1 | {{t1}} | {{m1}} | Từ tháng 5 đến tháng 10 năm 2021 | {{e1}}
! 2 | {{t2}} | {{m2}} | ^ | {{e2}}
! 3 | {{t3}} | {{m3}} | ^ | {{e3}}""",
            unit="P09",
        ),
        layout(
            "work-over-rows",
            "ntmwe",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
{_FORM}
! 1 | {{t1}} | - Vận động/n- Tuyên truyền | {{w1}} | {{e1}}
! 2 | {{t2}} | - Ra quân/n- Trồng cây | {{w2}} | {{e2}}""",
            unit="P09",
            writers=_SHEETS,
        ),
        layout(
            "with-note-contact",
            "ntmwe--",
            f"""{_P9}
DANH SÁCH ĐĂNG KÝ CÔNG TRÌNH
| STT | Tên công trình, phần việc | Hình thức thực hiện | Thời gian hoàn thành | Kết quả dự kiến | Người phụ trách | Ghi chú
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}} | Đ/c Nguyễn Thị Lan, ĐT 0903123456 |
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}} | Đ/c Phạm Văn Hùng | Công trình mới""",
            unit="P09",
            writers=_SHEETS,
        ),
        layout(
            "leading-actor",
            "nt-mwe",
            f"""{_P9}
ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”
| Số TT | Tên mô hình, công trình | Đơn vị thực hiện | Phương thức thực hiện | Tiến độ thực hiện | Chỉ tiêu
! 1 | {{t1}} | Hội LHPN phường | {{m1}} | {{w1}} | {{e1}}
! 2 | {{t2}} | Đoàn Thanh niên phường | {{m2}} | {{w2}} | {{e2}}
! 3 | {{t3}} | Hội CCB phường | {{m3}} | {{w3}} | {{e3}}""",
            unit="P09",
            writers=_SHEETS,
        ),
    ]
