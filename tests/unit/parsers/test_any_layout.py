"""Whatever the layout, the same works come out, none missed and none invented."""

from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.values.table import Table
from tests.builders.tables import a_table, recognised

HEADINGS = {
    "number": ("STT", "TT", "Số TT", "Stt."),
    "title": (
        "Tên công trình",
        "TÊN MÔ HÌNH/CÔNG TRÌNH",
        "Nội dung đăng ký",
        "Tên gọi",
    ),
    "method": ("Hình thức thực hiện", "Cách thức", "Nội dung, cách thức thực hiện"),
    "time": ("Thời gian thực hiện", "THỜI GIAN", "Thoi gian thuc hien", "Thời hạn"),
    "expected_result": ("Dự kiến kết quả", "Kết quả dự kiến", "Chỉ tiêu", "Hiệu quả"),
}
EXTRAS = ("Ghi chú", "Kinh phí", "Địa điểm", "Người phụ trách", "Số điện thoại")
LETTERHEAD = (
    ("ĐẢNG BỘ QUẬN 3", "", "ĐẢNG CỘNG SẢN VIỆT NAM"),
    ("ĐẢNG ỦY PHƯỜNG 9", "", "Quận 3, ngày 05 tháng 6 năm 2021"),
    ("",),
)
TITLE = (("BẢNG ĐĂNG KÝ CÔNG TRÌNH",), ("",))
SECTIONS = (
    ("I", "Lĩnh vực văn hóa - xã hội"),
    ("II. Lĩnh vực quản lý đô thị",),
    ("A-", "Khối đoàn thể"),
)
FOOTER = (
    ("",),
    ("Nơi nhận:", "", "", "TM. ĐẢNG ỦY"),
    ("- Lưu VP.", "", "", "BÍ THƯ"),
    ("", "", "", "Nguyễn Văn A"),
)

#: Titles that hold words of headings, totals, sections and signatures.
TITLES = st.sampled_from(
    [
        "Trao học bổng cho học sinh nghèo",
        "Tổng vệ sinh toàn khu phố",
        "Cộng đồng chung tay vì người nghèo",
        "Hình thức mới trong tiếp dân",
        "Lĩnh vực dịch vụ công: trả hồ sơ tại nhà",
        "Kết quả thủ tục hành chính trả tại nhà",
        "Ghi chép lịch sử phường",
        "Xác nhận hồ sơ không hẹn ngày",
        "TM thân thiện cho người cao tuổi",
        "“Nhà đồng đội”",
        "5 không 3 sạch",
        "Công trình măng non",
        "Mô hình Hẻm xanh",
        "A lô bác sĩ",
        "I. lắp camera",
    ]
)
TEXTS = st.sampled_from(
    [
        "Vận động nguồn lực xã hội",
        "- Ra quân\n- Tuyên truyền",
        "10 hộ",
        "100%",
        "01",
        "Tháng 6/2021",
        "Nơi ở của 5 hộ",
        "Tổng 20 suất",
        "x",
    ]
)


@dataclass(frozen=True)
class Layout:
    table: Table
    works: tuple[dict[str, str], ...]


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    keys = ["number", *draw(st.permutations(list(HEADINGS)[1:]))]
    if draw(st.booleans()):
        keys = draw(st.permutations(keys))
    extras = draw(st.lists(st.sampled_from(EXTRAS), unique=True, max_size=3))
    columns = draw(st.permutations([*keys, *extras])) if extras else keys
    names = [
        draw(st.sampled_from(HEADINGS[c])) if c in HEADINGS else c for c in columns
    ]
    number, title = columns.index("number"), columns.index("title")
    rows: list[tuple[str, ...]] = []
    for part in (LETTERHEAD, TITLE):
        rows.extend(part if draw(st.booleans()) else ())
    rows.append(tuple(names))
    if draw(st.booleans()):
        rows.append(tuple(f"({n})" for n in range(1, len(columns) + 1)))
    works: list[dict[str, str]] = []
    for count in range(1, draw(st.integers(1, 8)) + 1):
        if draw(st.integers(0, 3)) == 0:
            rows.append(_section(draw(st.sampled_from(SECTIONS)), number, title))
        if draw(st.integers(0, 4)) == 0:
            rows.append(("",))
        work = {key: draw(TEXTS) for key in HEADINGS}
        work |= {"number": str(count), "title": f"{draw(TITLES)} {count}"}
        rows.append(tuple(work.get(c, "ghi thêm") for c in columns))
        if draw(st.integers(0, 4)) == 0:
            more = draw(TEXTS)
            rows.append(tuple(more if c == "method" else "" for c in columns))
            work["method"] = f"{work['method']}\n{more}"
        works.append(work)
    for empty in range(draw(st.integers(0, 3))):
        blank = [""] * len(columns)
        blank[number] = f"{len(works) + empty + 1}."
        rows.append(tuple(blank))
    if draw(st.booleans()):
        rows.extend(FOOTER)
    return Layout(a_table(*rows), tuple(works))


def _section(section: tuple[str, ...], number: int, title: int) -> tuple[str, ...]:
    row = [""] * (max(number, title) + 1)
    row[number] = section[0]
    if len(section) > 1:
        row[title] = section[1]
    return tuple(row)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(layouts())
def test_every_work_is_read_exactly_and_nothing_else(layout: Layout) -> None:
    found = recognised(layout.table)
    assert not found.kind_unclear
    read = [{key: getattr(row, key) for key in HEADINGS} for row in found.registrations]
    assert read == list(layout.works)
    assert found.results == ()
