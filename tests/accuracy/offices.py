"""Who sends: units of the directory with the letterheads and signatures they use."""

import csv
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.accuracy.content import PEOPLE
from tests.accuracy.model import Pair

UNITS = Path(__file__).parents[2] / "config" / "units.csv"
STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
STATE_OTHER = ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc")


@dataclass(frozen=True)
class Office:
    code: str
    name: str
    category: str
    aliases: tuple[str, ...]


def offices() -> list[Office]:
    with UNITS.open(encoding="utf-8-sig", newline="") as file:
        return [
            Office(
                row["code"],
                row["name"],
                row["category"],
                tuple(a.strip() for a in row["aliases"].split(";") if a.strip()),
            )
            for row in csv.DictReader(file)
        ]


def _dated(random: Random) -> str:
    day = f"ngày {random.randint(1, 30):02} tháng {random.randint(5, 9)} năm 2021"
    return f"{random.choice(('Quận 3', 'Thành phố Hồ Chí Minh', 'Q.3'))}, {day}"


def letterhead(office: Office, random: Random) -> Pair:
    """Return the two columns above a document of the office."""
    name = office.name.upper()
    party = random.random() < 0.5
    if office.category == "phuong":
        if party:
            left = ["ĐẢNG BỘ QUẬN 3", f"ĐẢNG ỦY {name}", "*"]
        else:
            parent = random.choice(("ỦY BAN NHÂN DÂN QUẬN 3", "UBND QUẬN 3"))
            left = [parent, f"{random.choice(('ỦY BAN NHÂN DÂN', 'UBND'))} {name}"]
    elif office.category in ("dang_bo_co_so", "chi_bo_co_so"):
        left, party = ["ĐẢNG BỘ QUẬN 3", name, "*"], True
    else:
        parent = "ỦY BAN NHÂN DÂN QUẬN 3"
        if "trường" in office.name.lower() and random.random() < 0.4:
            parent = "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO QUẬN 3"
        left, party = [parent, name], False
        if office.category == "mttq_doan_the":
            left = [name]
    if random.random() < 0.5:
        left.append(
            f"Số {random.randint(1, 90):02}-BC/ĐU"
            if party
            else f"Số: {random.randint(1, 90):02}/BC-UBND"
        )
    if party:
        right = ["ĐẢNG CỘNG SẢN VIỆT NAM"]
    else:
        right = list(random.choice((STATE, STATE_OTHER)))
        if random.random() < 0.3:
            right.append("---------------")
    right.append(_dated(random))
    return Pair(left, right)


def signatures(office: Office, random: Random, place: bool = True) -> Pair:
    """Return what stands below: who is told at the left, who signs at the right."""
    who = random.choice(PEOPLE)
    heads = {
        "phuong": ("T/M ĐẢNG ỦY", "BÍ THƯ"),
        "dang_bo_co_so": ("T/M ĐẢNG ỦY", "BÍ THƯ"),
        "chi_bo_co_so": ("T/M CHI ỦY", "BÍ THƯ"),
        "mttq_doan_the": ("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"),
    }
    school = "trường" in office.name.lower()
    head = heads.get(office.category, ("THỦ TRƯỞNG ĐƠN VỊ", ""))
    if school:
        head = ("HIỆU TRƯỞNG", "")
    right = [head[0], *(x for x in head[1:] if x), "(Ký tên, đóng dấu)", "", who]
    if place and random.random() < 0.4:
        right.insert(0, _dated(random))
    way = random.random()
    if way < 0.45:
        left = ["Nơi nhận:", "- Ban Dân vận Quận ủy;", "- Lưu: VT."]
    elif way < 0.75:
        left = [
            random.choice(("XÁC NHẬN CỦA CẤP ỦY", "XÁC NHẬN CỦA THỦ TRƯỞNG")),
            "",
            random.choice(PEOPLE),
        ]
        right = ["NGƯỜI LẬP BẢNG", "", who]
    else:
        left = []
    return Pair(left, right)
