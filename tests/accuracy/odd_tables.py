"""Tables of works in odd layouts."""

from random import Random

from tests.accuracy import wordings
from tests.accuracy.content import FIELDS
from tests.accuracy.model import Grid, Lines, Value
from tests.accuracy.odd import FORM, Odd
from tests.accuracy.offices import letterhead, offices


def one_cell(odd: Odd) -> None:
    """Several works in one row, numbered in the title's cell and others."""
    odd.title()
    count = odd.random.randint(2, 4)
    works = [
        odd.work(i, title=odd.words.title().replace("\n", " "))
        for i in range(1, count + 1)
    ]
    rows: list[list[Value | None]] = [odd.heads()]
    method = odd.random.random() < 0.5
    shared = odd.work()
    for work in works:
        work["time"] = shared["time"]
        work["method"] = odd.random.choice(("Vận động", "Xã hội hóa", "Ra quân"))
        work["expected_result"] = f"{odd.random.randint(2, 30)} hộ"
        if not method:
            work["method"] = "Vận động Nhân dân"
    numbered = {
        key: "\n".join(f"{i}. {w[key]}" for i, w in enumerate(works, 1))
        for key in ("title", "method", "expected_result")
    }
    rows.append(
        [
            "1",
            numbered["title"],
            numbered["method"] if method else "Vận động Nhân dân",
            str(shared["time"]),
            numbered["expected_result"],
        ]
    )
    odd.blocks.append(Grid(rows))
    odd.end()
    odd.works += works


def group_head(odd: Odd) -> None:
    """A heading of two rows: the expected result in parts, with or without merges."""
    odd.title()
    heads = odd.heads()
    heads[4] = "Dự kiến kết quả"
    parts = odd.random.choice(
        (("Hiệu quả", "Số lượng đạt được"), ("Số lượng", "Hiệu quả"))
    )
    first: list[Value | None] = [*heads, None]
    second: list[Value | None] = [None, None, None, None, *parts]
    grid = Grid([first, second], [(0, 4, 1, 6)], 2)
    grid.merges += [(0, i, 2, i + 1) for i in range(4)]
    if odd.random.random() < 0.3:
        grid.merges = []
        grid.rows = [[*heads, ""], ["", "", "", "", *parts]]
    for number in range(1, odd.random.randint(2, 6)):
        work = odd.work(number)
        amount, effect = f"{odd.random.randint(5, 50)} suất", odd.words.expected()
        grid.rows.append([*odd.row(work)[:4], amount, effect])
        work["expected_result"] = f"{amount}\n{effect}"
        odd.works.append(work)
    odd.blocks.append(grid)
    odd.end()


def nested(odd: Odd) -> None:
    """Sections in sections: bodies of the ward, then fields, numbers restarting."""
    odd.title()
    grid = Grid([odd.heads()])
    bodies = odd.random.sample(("KHỐI ĐẢNG", "KHỐI CHÍNH QUYỀN", "KHỐI ĐOÀN THỂ"), 2)
    for letter, body in zip("AB", bodies, strict=True):
        _line_row(grid, f"{letter}. {body}", odd.random)
        for roman, (number, name) in zip(
            ("I", "II"), odd.random.sample(FIELDS, 2), strict=True
        ):
            _line_row(grid, f"{roman}. Lĩnh vực {name}", odd.random)
            for count in range(1, odd.random.randint(2, 4)):
                work = odd.work(count, field=number)
                grid.rows.append(odd.row(work))
                odd.works.append(work)
    odd.blocks.append(grid)
    odd.end()


def _line_row(grid: Grid, text: str, random: Random) -> None:
    width = len(grid.rows[0])
    way = random.random()
    lead, _, rest = text.partition(" ")
    if way < 0.5:
        top = len(grid.rows)
        grid.rows.append([text, *[None] * (width - 1)])
        grid.merges.append((top, 0, top + 1, width))
    elif way < 0.8:
        grid.rows.append([lead, rest, *[""] * (width - 2)])
    else:
        grid.rows.append(["", text, *[""] * (width - 2)])


def roman(odd: Odd) -> None:
    """Works whose numbers are no plain ones: I, a), 1.1 below a section 1."""
    odd.title()
    grid = Grid([odd.heads()])
    way = odd.random.randrange(3)
    if way == 2:
        number, name = odd.random.choice(FIELDS)
        grid.rows.append(["1", f"Lĩnh vực {name}", "", "", ""])
        for count in range(1, odd.random.randint(3, 5)):
            odd.works.append(odd.work(f"1.{count}", field=number))
    else:
        names = (
            ("I", "II", "III", "IV", "V")
            if way == 0
            else ("a)", "b)", "c)", "d)", "đ)")
        )
        odd.works += [odd.work(n) for n in names[: odd.random.randint(2, 5)]]
    grid.rows += [odd.row(work) for work in odd.works]
    odd.blocks.append(grid)
    odd.end()


def wide(odd: Odd) -> None:
    """Every column is two of the sheet's, merged in each row."""
    odd.title()
    grid = Grid([odd.heads()])
    for number in range(1, odd.random.randint(3, 7)):
        odd.works.append(odd.work(number))
        grid.rows.append(odd.row(odd.works[-1]))
    rows: list[list[Value | None]] = []
    for r, row in enumerate(grid.rows):
        rows.append([x for value in row for x in (value, None)])
        grid.merges += [(r, c, r + 1, c + 2) for c in range(0, 10, 2)]
    grid.rows = rows
    odd.blocks.append(grid)
    odd.end()


def template(odd: Odd) -> None:
    """Rows of the template left in place: an example above, numbers below."""
    odd.title()
    grid = Grid([list(FORM)])
    if odd.random.random() < 0.5:
        grid.rows.append(["Ví dụ", "Trồng cây xanh", "Vận động", "Tháng 6", "50 cây"])
    else:
        grid.rows.append(["", "VD: Trồng cây xanh", "Vận động", "Tháng 6", "50 cây"])
    for number in range(1, odd.random.randint(2, 5)):
        odd.works.append(odd.work(number))
        grid.rows.append(odd.row(odd.works[-1]))
    grid.rows += [["...", "...", "...", "...", "..."], ["", "", "", "", ""]]
    odd.blocks.append(grid)
    if odd.random.random() < 0.5:
        odd.blocks.append(
            Lines([f"* Ghi chú: Danh sách này có {len(odd.works):02} công trình."])
        )
    odd.end()


def other_form(odd: Odd) -> None:
    """Another plan's form."""
    odd.title()
    heads: list[Value | None] = [
        "TT",
        "Tên mô hình",
        "Nội dung",
        "Đơn vị thực hiện",
        "Thời gian",
        "Ghi chú",
    ]
    grid = Grid([[wordings.disfigured(str(h), odd.random) for h in heads]])
    for number in range(1, odd.random.randint(2, 7)):
        work = odd.work(number, expected_result=None)
        grid.rows.append(
            [
                str(number),
                str(work["title"]),
                str(work["method"]),
                odd.random.choice(("Hội LHPN", "Khu phố 3", "Đoàn Thanh niên")),
                str(work["time"]),
                odd.words.extra("Ghi chú"),
            ]
        )
        odd.works.append(work)
    odd.blocks.append(grid)
    odd.end()


def export(odd: Odd) -> None:
    """The export of a web form: nine wide columns, no letterhead."""
    heads: list[Value | None] = [
        "Tên mô hình",
        "Thực trạng, lý do",
        "Mục tiêu, tiêu chí",
        "Nội dung, cách thức",
        "Địa bàn, đối tượng",
        "Lực lượng thực hiện",
        "Nguồn lực và thời gian",
        "Sản phẩm, kết quả đầu ra",
        "Khả năng duy trì, nhân rộng",
    ]
    grid = Grid([heads])
    for _ in range(odd.random.randint(1, 5)):
        work = odd.work(None, time=None)
        grid.rows.append(
            [
                str(work["title"]),
                "Rác thải còn nhiều",
                "100% hộ dân cam kết",
                str(work["method"]),
                "Khu phố 2",
                "Hội LHPN",
                "Xã hội hóa; tháng 6/2021",
                str(work["expected_result"]),
                "Duy trì hằng năm",
            ]
        )
        odd.works.append(work)
    odd.provable = False
    odd.blocks.append(grid)


def no_numbers(odd: Odd) -> None:
    """The column of numbers is there and empty; empty columns stand between."""
    odd.title()
    grid = Grid([odd.heads()])
    for _ in range(odd.random.randint(2, 6)):
        odd.works.append(odd.work(""))
        grid.rows.append(odd.row(odd.works[-1]))
    odd.blocks.append(grid)
    odd.end()


def two_tables(odd: Odd) -> None:
    """Two tables below one another in one sheet, each with its own title."""
    odd.title()
    for body in ("CÔNG TRÌNH CỦA UBND", "CÔNG TRÌNH CỦA CÁC ĐOÀN THỂ"):
        odd.blocks.append(Lines([f"BẢNG ĐĂNG KÝ {body}"], centred=True))
        grid = Grid([odd.heads()])
        for number in range(1, odd.random.randint(2, 5)):
            odd.works.append(odd.work(number))
            grid.rows.append(odd.row(odd.works[-1]))
        odd.blocks.append(grid)
    odd.end()


def parents(odd: Odd) -> None:
    """A parent office's list: units in a column, or as sections."""
    everyone = [
        o
        for o in offices()
        if ("Trường" in o.name or o.category == "phuong") and o != odd.office
    ]
    units = odd.random.sample(everyone, odd.random.randint(2, 4))
    odd.blocks.append(letterhead(odd.office, odd.random))
    odd.blocks.append(
        Lines(
            ["BẢNG TỔNG HỢP ĐĂNG KÝ CÔNG TRÌNH", "“Việc có ý nghĩa giúp dân”"],
            centred=True,
        )
    )
    column = odd.random.random() < 0.5
    heads = odd.heads()
    grid = Grid(
        [
            [
                heads[0],
                odd.random.choice(("Đơn vị", "Tên đơn vị", "Đơn vị đăng ký")),
                *heads[1:],
            ]
            if column
            else heads
        ]
    )
    number = 0
    for unit in units:
        count = odd.random.randint(1, 3)
        if not column:
            _line_row(
                grid, f"{odd.random.choice(('A.', 'I.', '*'))} {unit.name}", odd.random
            )
        top = len(grid.rows)
        for at in range(count):
            number += 1
            work = odd.work(number, unit=unit.code)
            row = odd.row(work)
            if column:
                row.insert(1, unit.name if at == 0 else None)
            grid.rows.append(row)
            odd.works.append(work)
        if column and count > 1:
            grid.merges.append((top, 1, top + count, 2))
    odd.blocks.append(grid)
    odd.end()
    odd.provable = False
    odd.tags.append("parent's list")


def long_texts(odd: Odd) -> None:
    """Texts of several hundred letters, also as titles."""
    odd.title()
    grid = Grid([odd.heads()])
    for number in range(1, odd.random.randint(2, 5)):
        work = odd.work(number)
        work["method"] = " ".join(
            odd.words.method().replace("\n", " ") for _ in range(8)
        )
        work["title"] = (
            f"{work['title']!s} nhằm {odd.words.method().lower()}, góp phần nâng cao "
            "chất lượng cuộc sống của Nhân dân trên địa bàn và xây dựng nếp sống văn "
            "minh đô thị năm 2021"
        )
        grid.rows.append(odd.row(work))
        odd.works.append(work)
    odd.blocks.append(grid)
    odd.end()
