"""Put a table of works into a document: letterhead, title, what stands below."""

from random import Random

from tests.accuracy.content import Words
from tests.accuracy.model import Block, Doc, Lines, Sheet, Truth, shown
from tests.accuracy.offices import Office, letterhead, signatures
from tests.accuracy.registers import Register

TITLES = {
    "registration": (
        ["BẢNG ĐĂNG KÝ"],
        ["BẢN ĐĂNG KÝ", "Công trình “Việc có ý nghĩa giúp dân” năm 2021"],
        [
            "BẢNG ĐĂNG KÝ CÔNG TRÌNH",
            "“VIỆC CÓ Ý NGHĨA GIÚP DÂN”",
            "gắn với nội dung “5 không”",
        ],
        ["ĐĂNG KÝ MÔ HÌNH DÂN VẬN KHÉO NĂM 2021"],
        ["DANH SÁCH ĐĂNG KÝ CÔNG TRÌNH VIỆC CÓ Ý NGHĨA GIÚP DÂN"],
        [
            "PHIẾU ĐĂNG KÝ",
            "thực hiện mô hình “Việc có ý nghĩa giúp dân”",
            "(Kèm theo Kế hoạch số 41-KH/QU)",
        ],
    ),
    "results": (
        ["BÁO CÁO KẾT QUẢ"],
        ["BÁO CÁO", "Kết quả thực hiện mô hình “Việc có ý nghĩa giúp dân” năm 2021"],
        ["BẢNG TỔNG HỢP KẾT QUẢ THỰC HIỆN", "CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”"],
    ),
}


def a_sheet(
    random: Random, office: Office, kind: str, words: Words
) -> tuple[Sheet, Register]:
    """Return one sheet with a table of works and what stands around it."""
    register = Register(random, office, kind, words)
    grid = register.made(random.choice((1, 2, 3, 3, 5, 8, 10, 15)))
    blocks: list[Block] = []
    if register.chance(0.85, "letterhead"):
        blocks.append(letterhead(office, random))
    blocks.append(Lines(list(random.choice(TITLES[kind])), centred=True))
    if register.chance(0.2, "address to"):
        blocks.append(Lines(["Kính gửi: Ban Dân vận Quận ủy Quận 3"]))
    if register.chance(0.15, "introduction"):
        blocks.append(
            Lines(["Thực hiện Kế hoạch số 41-KH/QU, đơn vị đăng ký như sau:"])
        )
    if register.chance(0.08, "hidden row") and len(grid.rows) > 4:
        grid.hidden.add(len(grid.rows) - 1)
    if len(register.truth) > 4 and register.chance(0.12, "split"):
        _split(register)
    blocks.append(grid)
    if register.chance(0.7, "signatures"):
        blocks.append(signatures(office, random))
    sheet = Sheet(
        "Sheet1", blocks, offset=random.choice(((0, 0), (0, 0), (1, 0), (2, 1)))
    )
    return sheet, register


def _split(register: Register) -> None:
    """Say where a word processor parts the table: with or without a repeated head."""
    grid = register.grid
    inside = {r for m in grid.merges for r in range(m[0] + 1, m[2])}
    number = register.at("number")
    if number is None:
        return
    places = [
        r
        for r in range(grid.heading_rows + 2, len(grid.rows) - 1)
        if r not in inside and shown(grid.rows[r][number]).strip("().").isdigit()
    ]
    if not places or "sections" in register.tags:
        return
    place = register.random.choice(places)
    if register.chance(0.6, "repeated head"):
        grid.repeat_at = place
    else:
        grid.split_at = place


def a_register(random: Random, office: Office, kind: str, name: str) -> Doc:
    """Return a document with one table of works, or one a sheet."""
    words = Words(random)
    sheet, register = a_sheet(random, office, kind, words)
    sheets, rows, tags = [sheet], list(register.truth), list(register.tags)
    if random.random() < 0.12:
        other, second = a_sheet(random, office, kind, words)
        sheet.name, other.name = "UBND", random.choice(("MTTQ", "Đoàn TN", "Hội LHPN"))
        sheets.append(other)
        rows += second.truth
        tags += ["several sheets", *second.tags]
    truth = Truth(kind, unit=office.code, provable="letterhead" in tags)
    if kind == "registration":
        truth.registrations = rows
    else:
        truth.results = rows
    return Doc(name, sheets, truth, sorted(set(tags)))
