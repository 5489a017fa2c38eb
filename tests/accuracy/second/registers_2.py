"""More of it: Registration tables as wards, schools, departments and organisations lay them out."""

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


def registers_2() -> list[Layout]:
    """Return a part of the layouts."""
    return [
        layout(
            "field-column",
            "n-tmwe",
            f"""{_P9}
BẢNG ĐĂNG KÝ MÔ HÌNH “DÂN VẬN KHÉO” - “VIỆC CÓ Ý NGHĨA GIÚP DÂN”
| STT | Lĩnh vực | Tên công trình | Biện pháp thực hiện | Thời gian | Dự kiến kết quả đạt được
! 1 | Văn hóa - xã hội | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! 2 | Quản lý đô thị | {{t2}} | {{m2}} | {{w2}} | {{e2}}
! 3 | An ninh - quốc phòng | {{t3}} | {{m3}} | {{w3}} | {{e3}}""",
            unit="P09",
            writers=_SHEETS,
        ),
        layout(
            "field-merged-down",
            "-ntmwe",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
| Lĩnh vực | STT | Tên công trình | Hình thức thực hiện | Thời gian | Dự kiến kết quả
! Văn hóa - xã hội | 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! ^ | 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}
! Quản lý đô thị | 3 | {{t3}} | {{m3}} | {{w3}} | {{e3}}
! ^ | 4 | {{t4}} | {{m4}} | {{w4}} | {{e4}}""",
            unit="P09",
        ),
        layout(
            "reordered",
            "nwtme",
            f"""{_MN6}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
| STT | Thời gian thực hiện | Tên công trình | Hình thức thực hiện | Dự kiến kết quả
! 1 | {{w1}} | {{t1}} | {{m1}} | {{e1}}
! 2 | {{w2}} | {{t2}} | {{m2}} | {{e2}}""",
            unit="MN-06",
            writers=_SHEETS,
        ),
        layout(
            "no-accents",
            "ntmwe",
            """UBND QUAN 3 || CONG HOA XA HOI CHU NGHIA VIET NAM
PHONG TU PHAP || Doc lap - Tu do - Hanh phuc
BANG DANG KY CONG TRINH VIEC CO Y NGHIA GIUP DAN
| STT | Ten cong trinh | Hinh thuc thuc hien | Thoi gian thuc hien | Du kien ket qua
! 1 | {t1} | {m1} | {w1} | {e1}""",
            unit="PB-TP",
            writers=_SHEETS,
        ),
        layout(
            "abbreviated",
            "ntmwe",
            f"""{_P9}
BẢNG ĐĂNG KÝ CT “VCYNGD” NĂM 2021
| TT | Tên CT | HT thực hiện | TGTH | DK kết quả
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}""",
            unit="P09",
            writers=_SHEETS,
        ),
        layout(
            "repeated-heading",
            "ntmwe",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}
{_FORM}
! 3 | {{t3}} | {{m3}} | {{w3}} | {{e3}}
! 4 | {{t4}} | {{m4}} | {{w4}} | {{e4}}""",
            unit="P09",
            writers=_SHEETS,
        ),
        layout(
            "two-tables-two-bodies",
            "ntmwe",
            f"""{_P9}
I. ĐẢNG ỦY PHƯỜNG
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
II. HỘI LIÊN HIỆP PHỤ NỮ PHƯỜNG
{_FORM}
! 1 | {{t2}} | {{m2}} | {{w2}} | {{e2}}
! 2 | {{t3}} | {{m3}} | {{w3}} | {{e3}}""",
            unit="P09",
            writers=_SHEETS,
        ),
        layout(
            "sheets-of-bodies",
            "ntmwe",
            f"""--- Đảng ủy
{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
--- Hội PN
ĐẢNG BỘ QUẬN 3 || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HỘI LHPN PHƯỜNG 9 || Độc lập - Tự do - Hạnh phúc
BẢNG ĐĂNG KÝ CÔNG TRÌNH
{_FORM}
! 1 | {{t2}} | {{m2}} | {{w2}} | {{e2}}
--- Đoàn TN
ĐOÀN TNCS HỒ CHÍ MINH PHƯỜNG 9 || ĐOÀN TNCS HỒ CHÍ MINH
BẢNG ĐĂNG KÝ CÔNG TRÌNH
{_FORM}
! 1 | {{t3}} | {{m3}} | {{w3}} | {{e3}}""",
            unit="P09",
            writers="xlsx xlsx2",
        ),
        layout(
            "sheets-form-and-guide",
            "ntmwe",
            f"""--- Đăng ký
{_MN6}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
--- Hướng dẫn
Hướng dẫn điền biểu mẫu
| Cột | Cách ghi
| Tên công trình | Ghi ngắn gọn, nêu rõ việc làm
| Thời gian | Ghi tháng bắt đầu, kết thúc
| Dự kiến kết quả | Ghi số lượng cụ thể""",
            unit="MN-06",
            writers="xlsx xlsx2",
        ),
        layout(
            "rows-example-first",
            "ntmwe",
            f"""{_MN6}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
{_FORM}
| VD | Ví dụ: Tặng 10 xe đạp | Vận động | Tháng 6 | 10 xe
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}""",
            unit="MN-06",
            writers=_SHEETS,
        ),
        layout(
            "dashes-for-empty",
            "ntmwe",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
{_FORM}
! 1 | {{t1}} | {{m1}} |  | {{e1}}
! 2 | {{t2}} |  | {{w2}} | {{e2}}
! 3 | {{t3}} | {{m3}} | {{w3}} | """,
            unit="P09",
            writers=_SHEETS,
        ),
        layout(
            "money-people",
            "ntmwe---",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”
| STT | Tên công trình | Hình thức | Thời gian | Kết quả dự kiến | Kinh phí (đồng) | Số hộ | Địa điểm
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}} | 15.000.000 | 20 | Khu phố 2
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}} | 8.500.000 | 12 | Hẻm 27""",
            unit="P09",
            writers=_SHEETS,
        ),
        layout(
            "goal-and-content",
            "ntmwe",
            f"""{_P9}
BẢN ĐĂNG KÝ MÔ HÌNH, CÔNG TRÌNH “DÂN VẬN KHÉO”
| STT | Tên mô hình / công trình | Nội dung, cách thức thực hiện | Tiến độ thực hiện | Sản phẩm, kết quả đầu ra
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}""",
            unit="P09",
            writers=_SHEETS,
        ),
        layout(
            "only-title-and-time",
            "ntw",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
| STT | Tên công trình | Thời gian thực hiện
! 1 | {{t1}} | {{w1}}
! 2 | {{t2}} | {{w2}}""",
            unit="P09",
            writers=_SHEETS,
        ),
        layout(
            "title-row-within-table",
            "ntmwe",
            f"""{_MN6}
| BẢNG ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN” | < | < | < | <
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
| Người lập bảng | < | Hiệu trưởng | < | <""",
            unit="MN-06",
        ),
        layout(
            "footer-in-table",
            "ntmwe",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}
|  |  |  | Quận 3, ngày 08 tháng 6 năm 2021 | <
|  | Nơi nhận: |  | T/M ĐẢNG ỦY | <
|  | - Ban Dân vận Quận ủy; |  | BÍ THƯ | <
|  | - Lưu VP. |  | Nguyễn Hữu Tài | <""",
            unit="P09",
        ),
        layout(
            "ward-head-office",
            "ntmwe",
            f"""ỦY BAN NHÂN DÂN QUẬN 3 || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
ỦY BAN NHÂN DÂN PHƯỜNG VÕ THỊ SÁU || Độc lập - Tự do - Hạnh phúc
Số: 112/UBND || Phường Võ Thị Sáu, ngày 4 tháng 6 năm 2021
BẢNG ĐĂNG KÝ CÔNG TRÌNH
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}""",
            unit="PVTS",
            writers=_SHEETS,
        ),
        layout(
            "signature-alone-names",
            "ntmwe",
            f"""BẢNG ĐĂNG KÝ CÔNG TRÌNH
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}

_ || TM. ỦY BAN NHÂN DÂN PHƯỜNG 11
_ || CHỦ TỊCH
_ || Phan Thị Hoa""",
            unit="P11",
            writers=_SHEETS,
        ),
        layout(
            "parent-list-column",
            "n-tmwe",
            """UBND QUẬN 3 || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO || Độc lập - Tự do - Hạnh phúc
TỔNG HỢP ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN” CỦA CÁC TRƯỜNG
| STT | Tên đơn vị | Tên công trình | Hình thức thực hiện | Thời gian | Dự kiến kết quả
! 1 | Trường MN 6 | {t1} | {m1} | {w1} | {e1}
! 2 | Trường TH Nguyễn Thi | {t2} | {m2} | {w2} | {e2}
! 3 | Trường THCS Lê Lợi | {t3} | {m3} | {w3} | {e3}""",
            writers=_SHEETS,
        ),
        layout(
            "parent-list-dashes",
            "ntmwe",
            f"""UBND QUẬN 3 || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO || Độc lập - Tự do - Hạnh phúc
TỔNG HỢP ĐĂNG KÝ CÔNG TRÌNH CỦA CÁC TRƯỜNG
{_FORM}
|  | - Trường Mầm non 6 |  |  |
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
|  | - Trường Tiểu học Mê Linh |  |  |
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}
! 3 | {{t3}} | {{m3}} | {{w3}} | {{e3}}""",
            writers=_SHEETS,
        ),
    ]
