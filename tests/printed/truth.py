"""What a printed file says: letterhead, prose and tables, before any program drew it.

Nothing here knows how it is drawn.
"""

import random
from dataclasses import dataclass

HEADS = ("STT", "Tên công trình", "Cách làm", "Thời gian", "Kết quả dự kiến")
_VIETNAMESE = (
    "vận động nhân dân đóng góp xây dựng tuyến hẻm văn minh sạch đẹp trao tặng học bổng"
    " cho học sinh nghèo vượt khó tổ chức ngày chủ nhật xanh tuyên truyền phân loại rác"
    " tại nguồn khám bệnh cấp phát thuốc miễn phí hỗ trợ hộ cận nghèo sửa chữa nhà tình"
    " thương Quận 3 Phường Võ Thị Sáu khu phố đoàn viên hội viên phụ nữ thanh niên ưu"
    " tiên người cao tuổi nâng cấp chiếu sáng camera an ninh trật tự đô thị Nguyễn Đình"
    " Chiểu bảo đảm thực hiện quyền được biết được bàn kiểm tra giám sát"
)
_FIGURES = (
    "total revenue from operating activities net income before tax other assets current"
    " liabilities deferred interest expense cash and equivalents receivables inventory"
    " population households employment rate agriculture industry services exports"
)

_WORDS = _VIETNAMESE.split()
_ENGLISH = _FIGURES.split()


@dataclass(frozen=True)
class Shape:
    """How a table is drawn: rules all|horizontal|none, and the width of its columns."""

    rules: str = "all"
    widths: tuple[float, ...] = ()
    landscape: bool = False


@dataclass(frozen=True)
class PrintedTable:
    """Rows of texts, None where a merge covers; merged is top, left, bottom, right."""

    rows: tuple[tuple[str | None, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    shape: Shape = Shape()
    heading_rows: int = 1


@dataclass(frozen=True)
class Printed:
    """One file: pairs of letterhead lines, prose, tables, in order."""

    name: str
    blocks: tuple[object, ...]
    landscape: bool = False


@dataclass(frozen=True)
class Letterhead:
    left: tuple[str, ...]
    right: tuple[str, ...]


def phrase(dice: random.Random, low: int, high: int, words: list[str] = _WORDS) -> str:
    """Return a sentence of `low` to `high` words that begins with a capital."""
    text = " ".join(dice.choice(words) for _ in range(dice.randint(low, high)))
    return text[0].upper() + text[1:]


def registration(dice: random.Random, name: str, rules: str) -> Printed:
    """Return a registration as a ward sends it: letterhead, title, table, signature."""
    count = dice.choice((2, 4, 8, 15, 30))
    long = dice.random() < 0.5
    rows: list[tuple[str | None, ...]] = [HEADS]
    merged = []
    for number in range(1, count + 1):
        if rules == "all" and dice.random() < 0.1:
            merged.append((len(rows), 0, len(rows) + 1, 5))
            rows.append((phrase(dice, 3, 8).upper(), None, None, None, None))
        month = dice.randint(5, 10)
        rows.append(
            (
                str(number),
                phrase(dice, 4, 16 if long else 7),
                phrase(dice, 4, 40 if long else 8),
                dice.choice(
                    (f"Tháng {month}/2021", f"01/{month:02}/2021", "Quý III/2021")
                ),
                phrase(dice, 2, 20 if long else 5),
            )
        )
    shape = Shape(rules, (0.07, 0.25, 0.33, 0.15, 0.2))
    return Printed(
        name,
        (
            Letterhead(
                ("ĐẢNG BỘ QUẬN 3", "ĐẢNG ỦY PHƯỜNG 9", "*"),
                ("ĐẢNG CỘNG SẢN VIỆT NAM", "Quận 3, ngày 8 tháng 6 năm 2021"),
            ),
            "BẢNG ĐĂNG KÝ CÔNG TRÌNH",
            phrase(dice, 20, 40) + ".",
            PrintedTable(tuple(rows), tuple(merged), shape),
            "T/M ĐẢNG ỦY",
            "Nguyễn Văn Bình",
        ),
        dice.random() < 0.4,
    )


def _number(dice: random.Random) -> str:
    return dice.choice(
        (
            f"{dice.randint(1, 999_999):,}",
            f"{dice.uniform(0, 100):.1f}",
            f"({dice.randint(1, 9999):,})",
            f"{dice.uniform(0, 100):.1f}%",
            "-",
        )
    )


def statistics(dice: random.Random, name: str, rules: str) -> Printed:
    """Return a report with figures: prose around, heads of one or two levels."""
    blocks: list[object] = []
    for _ in range(dice.randint(1, 3)):
        blocks.append(phrase(dice, 40, 90, _ENGLISH) + ".")
        blocks.append(_figures(dice, rules))
    blocks.append(phrase(dice, 30, 60, _ENGLISH) + ".")
    return Printed(name, tuple(blocks), dice.random() < 0.2)


def _figures(dice: random.Random, rules: str) -> PrintedTable:
    columns = dice.randint(3, 7)
    merged = []
    rows: list[tuple[str | None, ...]] = []
    if dice.random() < 0.4 and columns >= 5:
        half = 1 + (columns - 1) // 2
        top: list[str | None] = [None] * columns
        top[0], top[1], top[half] = "Item", "Year 2011", "Year 2012"
        merged += [(0, 0, 2, 1), (0, 1, 1, half), (0, half, 1, columns)]
        merged = [m for m in merged if (m[2] - m[0]) * (m[3] - m[1]) > 1]
        rows.append(tuple(top))
        rows.append((None, *(f"Q{i}" for i in range(1, columns))))
        heads = 2
    else:
        rows.append(("Item", *(str(2005 + i) for i in range(columns - 1))))
        heads = 1
    for _ in range(dice.randint(3, 18)):
        label = phrase(dice, 1, 4, _ENGLISH)
        rows.append((label, *(_number(dice) for _ in range(columns - 1))))
    first = 0.34
    widths = (first, *([(1 - first) / (columns - 1)] * (columns - 1)))
    return PrintedTable(tuple(rows), tuple(merged), Shape(rules, widths), heads)
