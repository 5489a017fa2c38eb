"""More of it: Registrations that are no tables: lists, forms, letters in prose, paragraphs."""

# ruff: noqa: E501 - a row of a table is a line, as the office sees it.

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


def prose_2() -> list[Layout]:
    """Return a part of the layouts."""
    return [
        layout(
            "form-text-below",
            "",
            f"""{_P9}
BẢN ĐĂNG KÝ MÔ HÌNH / CÔNG TRÌNH “DÂN VẬN KHÉO”
1. Tên mô hình / công trình
{{t1}}
2. Hình thức thực hiện
{{m1}}
3. Thời gian thực hiện
{{w1}}
4. Dự kiến kết quả
{{e1}}""",
            unit="P09",
            writers=_TEXT,
            rows=_all(1, keys="tmwe"),
        ),
        layout(
            "form-roman",
            "",
            f"""{_MN6}
BẢN ĐĂNG KÝ CÔNG TRÌNH
I. Tên công trình: {{t1}}
II. Hình thức thực hiện: {{m1}}
III. Thời gian thực hiện: {{w1}}
IV. Dự kiến kết quả: {{e1}}""",
            unit="MN-06",
            writers=_TEXT,
            rows=_all(1, keys="tmwe"),
        ),
        layout(
            "form-twice",
            "",
            f"""{_P9}
BẢN ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”
Tên công trình: {{t1}}
Hình thức thực hiện: {{m1}}
Thời gian thực hiện: {{w1}}
Dự kiến kết quả: {{e1}}

Tên công trình: {{t2}}
Hình thức thực hiện: {{m2}}
Thời gian thực hiện: {{w2}}
Dự kiến kết quả: {{e2}}""",
            unit="P09",
            writers=_TEXT,
            rows=_all(1, 2, keys="tmwe"),
        ),
        layout(
            "form-dashes",
            "",
            """Kính gửi Ban Dân vận Quận ủy Quận 3,
Trường Tiểu học Mê Linh đăng ký công trình như sau:
- Tên công trình: {t1}
- Hình thức thực hiện: {m1}
- Thời gian thực hiện: {w1}
- Dự kiến kết quả: {e1}
Trân trọng kính chào.""",
            guess="TH-07",
            writers=_TEXT,
            rows=_all(1, keys="tmwe"),
        ),
        layout(
            "prose-quoted",
            "",
            """Kính gửi Ban Dân vận Quận ủy,
Trường Mầm non 6 đăng ký công trình “Bếp ăn sạch”, hình thức: phụ huynh cùng giám sát, thời gian: từ tháng 6 đến tháng 10/2021, dự kiến kết quả: 100% bữa ăn bảo đảm an toàn.""",
            guess="MN-06",
            writers=_TEXT,
            rows=[
                {
                    "title": "Bếp ăn sạch",
                    "method": "phụ huynh cùng giám sát",
                    "time": "từ tháng 6 đến tháng 10/2021",
                    "expected_result": "100% bữa ăn bảo đảm an toàn",
                }
            ],
        ),
        layout(
            "prose-one-line-form",
            "",
            """Phường 9 đăng ký: Tên công trình: Hẻm xanh; Hình thức: vận động; Thời gian: tháng 7/2021; Dự kiến kết quả: 3 hẻm.""",
            guess="P09",
            writers=_TEXT,
            rows=[
                {
                    "title": "Hẻm xanh",
                    "method": "vận động",
                    "time": "tháng 7/2021",
                    "expected_result": "3 hẻm",
                }
            ],
        ),
        layout(
            "one-work-labelled-line",
            "",
            """Kính gửi Ban Dân vận,
Chi bộ Kho bạc Nhà nước Quận 3 đăng ký 01 công trình:
Công trình: {t1}. Hình thức: {m1}. Thời gian: {w1}. Dự kiến kết quả: {e1}.""",
            guess="CB-KBNN",
            writers=_TEXT,
            rows=_all(1, keys="tmwe"),
        ),
        layout(
            "models-numbered",
            "",
            """Phường 2 đăng ký mô hình “Việc có ý nghĩa giúp dân”:
Mô hình 1: {t1}; thời gian: {w1}; kết quả dự kiến: {e1}
Mô hình 2: {t2}; thời gian: {w2}; kết quả dự kiến: {e2}
Mô hình 3: {t3}; thời gian: {w3}; kết quả dự kiến: {e3}""",
            guess="P02",
            writers=_TEXT,
            rows=_all(1, 2, 3, keys="ntwe"),
        ),
        layout(
            "works-by-hash",
            "",
            """ĐĂNG KÝ CÔNG TRÌNH CỦA PHƯỜNG 2
CT1: {t1}
Thời gian: {w1}
Dự kiến kết quả: {e1}
CT2: {t2}
Thời gian: {w2}
Dự kiến kết quả: {e2}""",
            guess="P02",
            writers=_TEXT,
            rows=_all(1, 2, keys="ntwe"),
        ),
        layout(
            "works-heading-own-line",
            "",
            f"""{_P9}
BẢN ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”
Công trình 1
Tên công trình: {{t1}}
Hình thức: {{m1}}
Thời gian: {{w1}}
Dự kiến kết quả: {{e1}}
Công trình 2
Tên công trình: {{t2}}
Hình thức: {{m2}}
Thời gian: {{w2}}
Dự kiến kết quả: {{e2}}""",
            unit="P09",
            writers=_TEXT,
            rows=_all(1, 2, keys="tmwe"),
        ),
        layout(
            "reports-paragraph",
            "",
            """BÁO CÁO KẾT QUẢ THỰC HIỆN CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN” CỦA PHƯỜNG 3
Công trình 1: {t1}. Kết quả: {r1}.
Công trình 2: {t2}. Kết quả: {r2}.""",
            guess="P03",
            writers=_TEXT,
            rows=_all(1, 2, keys="ntr"),
        ),
        layout(
            "reports-list-lines",
            "",
            """Báo cáo kết quả thực hiện công trình “Việc có ý nghĩa giúp dân” của Phường 3:
1. {t1}
- Kết quả thực hiện: {r1}
- Tiến độ: Đã hoàn thành
2. {t2}
- Kết quả thực hiện: {r2}
- Tiến độ: Đang thực hiện""",
            guess="P03",
            writers=_TEXT,
            rows=_all(1, 2, keys="ntr"),
        ),
        layout(
            "pipe-table",
            "",
            """Phường 1 đăng ký công trình:
STT / Tên công trình / Thời gian thực hiện / Dự kiến kết quả
1 / Hẻm sạch / tháng 6 / 3 hẻm
2 / Tủ thuốc / tháng 7 / 50 hộ""",
            guess="P01",
            writers="text",
            rows=[
                {
                    "number": "1",
                    "title": "Hẻm sạch",
                    "time": "tháng 6",
                    "expected_result": "3 hẻm",
                },
                {
                    "number": "2",
                    "title": "Tủ thuốc",
                    "time": "tháng 7",
                    "expected_result": "50 hộ",
                },
            ],
        ),
        layout(
            "stacked-cells",
            "",
            """Phường 1 gửi đăng ký công trình

STT
Tên công trình
Hình thức thực hiện
Thời gian thực hiện
Dự kiến kết quả
1
{t1}
{m1}
{w1}
{e1}
2
{t2}
{m2}
{w2}
{e2}""",
            guess="P01",
            writers="text",
            rows=_all(1, 2),
        ),
        layout(
            "spaced-columns",
            "",
            """Phường 1 gửi đăng ký công trình

STT   Tên công trình        Thời gian     Dự kiến kết quả
1     Hẻm sạch              tháng 6       3 hẻm
2     Tủ thuốc gia đình     tháng 7       50 hộ""",
            guess="P01",
            writers="text",
            rows=[
                {
                    "number": "1",
                    "title": "Hẻm sạch",
                    "time": "tháng 6",
                    "expected_result": "3 hẻm",
                },
                {
                    "number": "2",
                    "title": "Tủ thuốc gia đình",
                    "time": "tháng 7",
                    "expected_result": "50 hộ",
                },
            ],
        ),
        layout(
            "signature-follows-list",
            "",
            """Kính gửi Ban Dân vận,
Phường 11 đăng ký các công trình sau:
1. {t1}
2. {t2}

Trân trọng.
Nguyễn Thị Tâm
Văn phòng Đảng ủy Phường 11
ĐT: 0908 111 222""",
            guess="P11",
            writers="html text",
            rows=_all(1, 2, keys="nt"),
        ),
    ]
