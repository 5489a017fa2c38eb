"""Registrations that are no tables: lists, forms, letters in prose, paragraphs."""

from tests.accuracy.second.layout import Layout, layout

_TEXT = "docx html text"
_P9 = """ĐẢNG BỘ QUẬN 3 || ĐẢNG CỘNG SẢN VIỆT NAM
ĐẢNG ỦY PHƯỜNG 9 || Quận 3, ngày 07 tháng 6 năm 2021
"""
_MN6 = """PHÒNG GIÁO DỤC VÀ ĐÀO TẠO QUẬN 3 || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TRƯỜNG MẦM NON 6 || Độc lập - Tự do - Hạnh phúc
"""


def _all(*numbers: int, keys: str = "ntmwe") -> list[dict[str, str]]:
    names = {
        "t": "title",
        "m": "method",
        "w": "time",
        "e": "expected_result",
        "r": "result",
    }
    rows = []
    for n in numbers:
        row = {"number": str(n)} if "n" in keys else {}
        rows.append(row | {names[k]: f"{{{k}{n}}}" for k in keys if k != "n"})
    return rows


def prose() -> list[Layout]:
    """Return a part of the layouts."""
    return [
        layout(
            "paragraph-works",
            "",
            f"""{_P9}
BẢN ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”
Công trình 1: {{t1}}. Thời gian: {{w1}}. Dự kiến: {{e1}}.
Công trình 2: {{t2}}. Thời gian: {{w2}}. Dự kiến: {{e2}}.""",
            unit="P09",
            writers=_TEXT,
            rows=_all(1, 2, keys="ntwe"),
        ),
        layout(
            "paragraph-work-seed",
            "",
            """Trường Mầm non 6 đăng ký công trình “Việc có ý nghĩa giúp dân”:
Công trình 1: Tủ thuốc miễn phí. Thời gian: tháng 7/2021. Dự kiến: 100 lượt khám.""",
            guess="MN-06",
            writers=_TEXT,
            rows=[
                {
                    "number": "1",
                    "title": "Tủ thuốc miễn phí",
                    "time": "tháng 7/2021",
                    "expected_result": "100 lượt khám",
                }
            ],
        ),
        layout(
            "paragraph-works-lines",
            "",
            f"""{_P9}
BẢN ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”
Công trình 1: {{t1}}
Hình thức: {{m1}}
Thời gian: {{w1}}
Dự kiến kết quả: {{e1}}
Công trình 2: {{t2}}
Hình thức: {{m2}}
Thời gian: {{w2}}
Dự kiến kết quả: {{e2}}""",
            unit="P09",
            writers=_TEXT,
            rows=_all(1, 2),
        ),
        layout(
            "paragraph-works-bullets",
            "",
            f"""{_P9}
ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”
* Công trình thứ nhất: {{t1}}
- Hình thức thực hiện: {{m1}}
- Thời gian thực hiện: {{w1}}
- Dự kiến kết quả: {{e1}}
* Công trình thứ hai: {{t2}}
- Hình thức thực hiện: {{m2}}
- Thời gian thực hiện: {{w2}}
- Dự kiến kết quả: {{e2}}""",
            unit="P09",
            writers=_TEXT,
            rows=_all(1, 2, keys="tmwe"),
        ),
        layout(
            "list-dash-labels",
            "",
            """Phường 10 đăng ký các công trình như sau:
1/ {t1} - hình thức: {m1} - thời gian: {w1} - kết quả: {e1}
2/ {t2} - hình thức: {m2} - thời gian: {w2} - kết quả: {e2}""",
            guess="P10",
            writers=_TEXT,
            rows=_all(1, 2),
        ),
        layout(
            "list-seed-results",
            "",
            """Báo cáo kết quả thực hiện công trình của Trường Mầm non 6:
1/ Bếp ăn sạch - thời gian: tháng 6 - kết quả: 100% bữa ăn
2/ Tủ sách - thời gian: tháng 7 - kết quả: 200 quyển""",
            guess="MN-06",
            writers=_TEXT,
            rows=[
                {"number": "1", "title": "Bếp ăn sạch", "result": "100% bữa ăn"},
                {"number": "2", "title": "Tủ sách", "result": "200 quyển"},
            ],
        ),
        layout(
            "list-comma-labels",
            "",
            """Hội LHPN Quận 3 đăng ký 2 công trình sau:
1. {t1}, thời gian: {w1}, dự kiến kết quả: {e1}
2. {t2}, thời gian: {w2}, dự kiến kết quả: {e2}""",
            guess="DT-LHPN",
            writers=_TEXT,
            rows=_all(1, 2, keys="ntwe"),
        ),
        layout(
            "list-semicolon-labels",
            "",
            """Phòng Y tế Quận 3 đăng ký các công trình:
1. Tên công trình: {t1}; hình thức: {m1}; thời gian: {w1}; dự kiến kết quả: {e1}
2. Tên công trình: {t2}; hình thức: {m2}; thời gian: {w2}; dự kiến kết quả: {e2}""",
            guess="PB-YT",
            writers=_TEXT,
            rows=_all(1, 2),
        ),
        layout(
            "list-period-labels",
            "",
            """Phường 4 xin đăng ký công trình “Việc có ý nghĩa giúp dân” như sau:
1. {t1}. Hình thức: {m1}. Thời gian: {w1}. Kết quả dự kiến: {e1}.
2. {t2}. Hình thức: {m2}. Thời gian: {w2}. Kết quả dự kiến: {e2}.
3. {t3}. Hình thức: {m3}. Thời gian: {w3}. Kết quả dự kiến: {e3}.""",
            guess="P04",
            writers=_TEXT,
            rows=_all(1, 2, 3),
        ),
        layout(
            "list-parenthesised",
            "",
            """Phường 4 đăng ký các công trình sau:
1) {t1} (thời gian: {w1}; dự kiến: {e1})
2) {t2} (thời gian: {w2}; dự kiến: {e2})""",
            guess="P04",
            writers=_TEXT,
            rows=_all(1, 2, keys="ntwe"),
        ),
        layout(
            "list-titles-only",
            "",
            """Phường 13 đăng ký các công trình sau:
1. {t1}
2. {t2}
3. {t3}
4. {t4}""",
            guess="P13",
            writers=_TEXT,
            rows=_all(1, 2, 3, 4, keys="nt"),
        ),
        layout(
            "list-with-lines",
            "",
            f"""{_P9}
BẢNG ĐĂNG KÝ CÔNG TRÌNH
1. {{t1}}
- Hình thức thực hiện: {{m1}}
- Thời gian thực hiện: {{w1}}
- Dự kiến kết quả: {{e1}}
2. {{t2}}
- Hình thức thực hiện: {{m2}}
- Thời gian thực hiện: {{w2}}
- Dự kiến kết quả: {{e2}}""",
            unit="P09",
            writers=_TEXT,
            rows=_all(1, 2),
        ),
        layout(
            "list-with-plus-lines",
            "",
            """Chi bộ Kho bạc Nhà nước Quận 3 đăng ký công trình:
1. Tên công trình: {t1}
 + Hình thức: {m1}
 + Thời gian: {w1}
 + Hiệu quả: {e1}""",
            guess="CB-KBNN",
            writers=_TEXT,
            rows=_all(1),
        ),
        layout(
            "form-lines",
            "",
            f"""{_MN6}
PHIẾU ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”
1. Tên công trình: {{t1}}
2. Hình thức thực hiện: {{m1}}
3. Thời gian thực hiện: {{w1}}
4. Dự kiến kết quả: {{e1}}""",
            unit="MN-06",
            writers=_TEXT,
            rows=_all(1, keys="tmwe"),
        ),
        layout(
            "form-lines-unit",
            "",
            """PHIẾU ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”
Tên đơn vị đăng ký: Phường 9
Tên công trình: {t1}
Hình thức thực hiện: {m1}
Thời gian thực hiện: {w1}
Dự kiến kết quả: {e1}""",
            guess="P09",
            writers=_TEXT,
            rows=_all(1, keys="tmwe"),
        ),
        layout(
            "form-numbered-unit",
            "",
            f"""{_P9}
BẢN ĐĂNG KÝ
Mô hình / Công trình “Dân vận khéo” năm 2021
1. Tên đơn vị đăng ký: Chi bộ khu phố 3, Phường 9
2. Tên mô hình / công trình: {{t1}}
3. Lĩnh vực đăng ký: Văn hóa - xã hội
4. Mục tiêu và nội dung thực hiện: {{m1}}
5. Tiến độ thực hiện: {{w1}}
6. Dự kiến kết quả: {{e1}}""",
            unit="P09",
            writers=_TEXT,
            rows=_all(1, keys="tmwe"),
        ),
    ]
