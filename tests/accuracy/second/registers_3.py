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


def registers_3() -> list[Layout]:
    """Return a part of the layouts."""
    return [
        layout(
            "parent-list-dashes-restart",
            "ntmwe",
            f"""UBND QUẬN 3 || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO || Độc lập - Tự do - Hạnh phúc
DANH SÁCH ĐĂNG KÝ CÔNG TRÌNH CỦA CÁC TRƯỜNG
{_FORM}
| - Trường Mầm non 6 | < | < | < | <
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
| - Trường THCS Bàn Cờ | < | < | < | <
! 1 | {{t2}} | {{m2}} | {{w2}} | {{e2}}""",
            writers="xlsx xlsx2 docx html",
        ),
        layout(
            "parent-list-unit-is-number",
            "-tmwe",
            """UBND QUẬN 3 || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO || Độc lập - Tự do - Hạnh phúc
DANH SÁCH ĐĂNG KÝ CÔNG TRÌNH CỦA CÁC TRƯỜNG
| Đơn vị | Tên công trình | Hình thức thực hiện | Thời gian | Dự kiến kết quả
! - Trường Mầm non 6 | {t1} | {m1} | {w1} | {e1}
! - Trường THCS Bàn Cờ | {t2} | {m2} | {w2} | {e2}""",
            writers=_SHEETS,
        ),
        layout(
            "ward-groups-list",
            "n-tmwe",
            f"""{_P9}
DANH SÁCH CÔNG TRÌNH CÁC CHI BỘ KHU PHỐ ĐĂNG KÝ
| STT | Chi bộ | Tên công trình | Hình thức | Thời gian | Kết quả dự kiến
! 1 | Chi bộ khu phố 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! 2 | Chi bộ khu phố 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}
! 3 | Chi bộ Công an phường | {{t3}} | {{m3}} | {{w3}} | {{e3}}""",
            unit="P09",
            writers=_SHEETS,
        ),
        layout(
            "mass-org-district",
            "ntmwe",
            f"""LIÊN HIỆP PHỤ NỮ THÀNH PHỐ HỒ CHÍ MINH || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HỘI LHPN QUẬN 3 || Độc lập - Tự do - Hạnh phúc
BẢNG ĐĂNG KÝ CÔNG TRÌNH
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}""",
            unit="DT-LHPN",
            writers=_SHEETS,
        ),
        layout(
            "cell-in-department",
            "ntmwe",
            f"""ĐẢNG BỘ QUẬN 3 || ĐẢNG CỘNG SẢN VIỆT NAM
CHI BỘ KHO BẠC NHÀ NƯỚC QUẬN 3 || Quận 3, ngày 3 tháng 6 năm 2021
BẢNG ĐĂNG KÝ CÔNG TRÌNH
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}""",
            unit="CB-KBNN",
            writers=_SHEETS,
        ),
        layout(
            "tabular-mail-greeting",
            "ntmwe",
            f"""Kính gửi Ban Dân vận Quận ủy,
Trường Mầm non 6 gửi bảng đăng ký như sau:
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
Trân trọng./.""",
            guess="MN-06",
            writers="html text",
        ),
        layout(
            "tabular-mail-several",
            "ntmwe",
            f"""Kính gửi anh chị,
UBND Phường 5 đăng ký các công trình sau:
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}
! 3 | {{t3}} | {{m3}} | {{w3}} | {{e3}}
Người gửi: Thanh, văn phòng UBND Phường 5""",
            guess="P05",
            writers="html text",
        ),
        layout(
            "numbered-by-section-decimal",
            "ntmwe",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
{_FORM}
| 1 | Lĩnh vực văn hóa - xã hội |  |  |
! 1.1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! 1.2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}
| 2 | Lĩnh vực quản lý đô thị |  |  |
! 2.1 | {{t3}} | {{m3}} | {{w3}} | {{e3}}""",
            unit="P09",
            writers=_SHEETS,
        ),
        layout(
            "kept-gap-rows",
            "ntmwe",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
|  |  |  |  |
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}
|  |  |  |  |
! 3 | {{t3}} | {{m3}} | {{w3}} | {{e3}}""",
            unit="P09",
            writers=_SHEETS,
        ),
        layout(
            "time-by-content",
            "ntmwe",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”
| STT | Tên công trình | Hình thức thực hiện |  | Dự kiến kết quả
! 1 | {{t1}} | {{m1}} | Từ tháng 5 đến tháng 10/2021 | {{e1}}
! 2 | {{t2}} | {{m2}} | Tháng 7/2021 | {{e2}}
! 3 | {{t3}} | {{m3}} | Quý III/2021 | {{e3}}""",
            unit="P09",
        ),
        layout(
            "side-by-side",
            "ntw",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
| STT | Tên công trình | Thời gian thực hiện |  | STT | Tên công trình | Thời gian thực hiện
| 1 | {{t1}} | {{w1}} |  | 3 | {{t3}} | {{w3}}
| 2 | {{t2}} | {{w2}} |  | 4 | {{t4}} | {{w4}}""",
            unit="P09",
            writers="xlsx xlsx2 html docx",
            rows=[
                {"number": str(n), "title": f"{{t{n}}}", "time": f"{{w{n}}}"}
                for n in (1, 2, 3, 4)
            ],
        ),
        layout(
            "side-by-side-form",
            "ntmwe",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
| STT | Tên công trình | Hình thức thực hiện | Thời gian thực hiện | Dự kiến kết quả |  | STT | Tên công trình | Hình thức thực hiện | Thời gian thực hiện | Dự kiến kết quả
| 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}} |  | 3 | {{t3}} | {{m3}} | {{w3}} | {{e3}}
| 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}} |  |  |  |  |  |""",
            unit="P09",
            writers="xlsx xlsx2",
            rows=[
                {
                    "number": str(n),
                    "title": f"{{t{n}}}",
                    "method": f"{{m{n}}}",
                    "time": f"{{w{n}}}",
                    "expected_result": f"{{e{n}}}",
                }
                for n in (1, 2, 3)
            ],
        ),
        layout(
            "csv-lost-merge",
            "ntmwe",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
{_FORM}
! 1 | {{t1}} | {{m1}} | Từ tháng 5 đến tháng 10/2021 | {{e1}}
! 2 | {{t2}} | {{m2}} |  | {{e2}}
! 3 | {{t3}} | {{m3}} |  | {{e3}}""",
            unit="P09",
            writers="csv xlsx",
        ),
        layout(
            "contest-phrase-title",
            "ntmwe",
            f"""{_P9}
PHỤ LỤC
(Kèm theo Công văn số 55-CV/ĐU ngày 07/6/2021 của Đảng ủy Phường 9)
{_FORM}
! 1 | {{t1}} | {{m1}} | {{w1}} | {{e1}}
! 2 | {{t2}} | {{m2}} | {{w2}} | {{e2}}""",
            unit="P09",
            writers=_SHEETS,
        ),
        layout(
            "who-benefits",
            "ntmw-e",
            f"""{_MN6}
PHIẾU ĐĂNG KÝ CÔNG TRÌNH THI ĐUA
| STT | Tên gọi công trình | Cách thức tổ chức thực hiện | Thời gian dự kiến thực hiện | Đối tượng thụ hưởng | Kết quả, hiệu quả dự kiến
! 1 | {{t1}} | {{m1}} | {{w1}} | Trẻ có hoàn cảnh khó khăn | {{e1}}""",
            unit="MN-06",
            writers=_SHEETS,
        ),
        layout(
            "transposed",
            "",
            f"""{_MN6}
BẢNG ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”
| Tên công trình | {{t1}}
| Hình thức thực hiện | {{m1}}
| Thời gian thực hiện | {{w1}}
| Dự kiến kết quả (hiệu quả, số lượng đạt được) | {{e1}}""",
            unit="MN-06",
            writers=_SHEETS,
            rows=[
                {
                    "title": "{t1}",
                    "method": "{m1}",
                    "time": "{w1}",
                    "expected_result": "{e1}",
                }
            ],
        ),
        layout(
            "transposed-numbered",
            "",
            f"""{_MN6}
PHIẾU ĐĂNG KÝ CÔNG TRÌNH
| 1 | Tên công trình | {{t1}}
| 2 | Hình thức thực hiện | {{m1}}
| 3 | Thời gian thực hiện | {{w1}}
| 4 | Dự kiến kết quả | {{e1}}""",
            unit="MN-06",
            writers=_SHEETS,
            rows=[
                {
                    "title": "{t1}",
                    "method": "{m1}",
                    "time": "{w1}",
                    "expected_result": "{e1}",
                }
            ],
        ),
        layout(
            "works-as-columns",
            "",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”
| Nội dung | Công trình 1 | Công trình 2
| Tên công trình | {{t1}} | {{t2}}
| Hình thức thực hiện | {{m1}} | {{m2}}
| Thời gian thực hiện | {{w1}} | {{w2}}
| Dự kiến kết quả | {{e1}} | {{e2}}""",
            unit="P09",
            writers=_SHEETS,
            rows=[
                {
                    "title": f"{{t{n}}}",
                    "method": f"{{m{n}}}",
                    "time": f"{{w{n}}}",
                    "expected_result": f"{{e{n}}}",
                }
                for n in (1, 2)
            ],
        ),
    ]
