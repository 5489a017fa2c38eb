"""Reports of results, as tables."""

# ruff: noqa: E501 - a row of a table is a line, as the office sees it.

from tests.accuracy.second.layout import Layout, layout

_ALL = "xlsx xlsx2 docx html csv"
_P9 = """ĐẢNG BỘ QUẬN 3 || ĐẢNG CỘNG SẢN VIỆT NAM
ĐẢNG ỦY PHƯỜNG 9 || Quận 3, ngày 01 tháng 10 năm 2021
"""
_TITLE = "BÁO CÁO KẾT QUẢ THỰC HIỆN CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”"
_HEADS = [
    ("short", "ntr", "STT | Tên công trình | Kết quả thực hiện"),
    (
        "with-method",
        "nt--r",
        "STT | Tên công trình | Hình thức thực hiện | Thời gian thực hiện | Kết quả đạt được",
    ),
    (
        "plan-and-result",
        "nt-r",
        "TT | Tên công trình | Chỉ tiêu đăng ký | Kết quả thực hiện",
    ),
    (
        "status",
        "ntrp",
        "STT | Tên mô hình, công trình | Kết quả đạt được (số lượng, hiệu quả) | Tiến độ",
    ),
    (
        "status-first",
        "ntpr",
        "STT | Công trình đã đăng ký | Tình trạng thực hiện | Kết quả cụ thể",
    ),
    ("note", "ntr-", "STT | Tên công trình | Kết quả | Ghi chú"),
    (
        "share",
        "ntr-",
        "STT | Tên công trình | Kết quả thực hiện | Tỷ lệ hoàn thành (%)",
    ),
    ("no-number", "tr", "Tên công trình | Kết quả thực hiện"),
    (
        "six",
        "nt---r",
        "STT | Tên công trình | Hình thức | Thời gian | Dự kiến kết quả | Kết quả thực hiện",
    ),
    (
        "outcome",
        "nt-r",
        "STT | Nội dung công trình | Thời gian thực hiện | Kết quả, hiệu quả đạt được",
    ),
]


def results() -> list[Layout]:
    """Return the layouts of reports in tables."""
    return [_report(*head) for head in _HEADS] + [
        layout(
            "res-two-rows",
            "nt-r",
            f"""{_P9}
{_TITLE}
| STT | Tên công trình | Kết quả | <
| ^ | ^ | Đăng ký | Thực hiện
! 1 | {{t1}} | {{e1}} | {{r1}}
! 2 | {{t2}} | {{e2}} | {{r2}}""",
            unit="P09",
        ),
        layout(
            "res-appendix",
            "nt-r",
            f"""{_P9}
PHỤ LỤC KẾT QUẢ THỰC HIỆN CÁC CÔNG TRÌNH ĐÃ ĐĂNG KÝ NĂM 2021
| TT | Tên công trình | Dự kiến kết quả | Kết quả thực hiện đến 30/9/2021
! 1 | {{t1}} | {{e1}} | {{r1}}
! 2 | {{t2}} | {{e2}} | {{r2}}
| Cộng | 2 công trình |  | """,
            unit="P09",
            writers=_ALL,
        ),
        layout(
            "res-report-with-text",
            "ntr",
            f"""{_P9}
BÁO CÁO
Kết quả thực hiện mô hình “Việc có ý nghĩa giúp dân” năm 2021
Thực hiện Kế hoạch số 41-KH/QU của Ban Thường vụ Quận ủy, Đảng ủy Phường 9 báo cáo như sau:
I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO
1. Công tác tuyên truyền: Đảng ủy đã triển khai đến 12 chi bộ.
2. Công tác vận động: Các đoàn thể phối hợp vận động 120 triệu đồng.
II. KẾT QUẢ THỰC HIỆN
| STT | Tên công trình | Kết quả thực hiện
! 1 | {{t1}} | {{r1}}
! 2 | {{t2}} | {{r2}}
III. ĐÁNH GIÁ CHUNG
1. Ưu điểm: Được nhân dân đồng tình.
2. Hạn chế: Do ảnh hưởng của dịch bệnh.""",
            unit="P09",
            writers="docx html",
        ),
        layout(
            "res-sections",
            "ntr",
            f"""{_P9}
{_TITLE}
| STT | Tên công trình | Kết quả thực hiện
| I | Lĩnh vực văn hóa - xã hội |
! 1 | {{t1}} | {{r1}}
| II | Lĩnh vực quản lý đô thị |
! 2 | {{t2}} | {{r2}}""",
            unit="P09",
            writers=_ALL,
        ),
    ]


def _report(name: str, keys: str, heading: str) -> Layout:
    rows = []
    states = ["Đã hoàn thành", "Đang thực hiện", "Đã hoàn thành"]
    for n in (1, 2, 3):
        cells = []
        for key, head in zip(keys, heading.split(" | "), strict=True):
            low = head.lower()
            if key == "n":
                cells.append(str(n))
            elif key in "tr":
                cells.append(f"{{{key}{n}}}")
            elif key == "p":
                cells.append(states[n - 1])
            elif "hình thức" in low:
                cells.append(f"{{m{n}}}")
            elif "thời gian" in low:
                cells.append(f"{{w{n}}}")
            elif "%" in low:
                cells.append("100")
            elif "ghi chú" in low:
                cells.append("")
            else:
                cells.append(f"{{e{n}}}")
        rows.append("! " + " | ".join(cells))
    text = "\n".join([_P9, _TITLE, "| " + heading, *rows])
    return layout(f"res-{name}", keys, text, unit="P09", writers=_ALL)
