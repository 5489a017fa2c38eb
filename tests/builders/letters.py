"""Mails of units as they come in June 2021: who writes, what is attached, what the
office's provider adds.
"""

import csv
import io
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.mime.base import MIMEBase
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from openpyxl import Workbook

from daemon.demo.documents import Letterhead, html_table, word, workbook
from daemon.demo.samples import Letter, Sender, attached, write
from daemon.demo.works import HEADINGS, rows

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE = "bandanvanq3@gmail.com"
UNITS = Path(__file__).resolve().parents[2] / "config" / "units.csv"


@lru_cache(maxsize=1)
def unit_names() -> dict[str, str]:
    """Return the names of the shipped directory by code."""
    with UNITS.open(encoding="utf-8-sig", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def address_of(code: str) -> str:
    """Return the address that the tests' directory gives a unit."""
    return f"{code.lower()}@quan3.example"


def write_directory(path: Path, without: Iterable[str] = (), shared: str = "") -> None:
    """Write the shipped directory with an address for each unit.

    `without`: codes that get none. `shared`: `ADDRESS=CODE,CODE` of a parent office.
    """
    address, _, codes = shared.partition("=")
    with UNITS.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*lines[0], "addresses"])
        writer.writeheader()
        for line in lines:
            code = line["code"]
            found = [] if code in without else [address_of(code)]
            found += [address] if code in codes.split(",") else []
            writer.writerow({**line, "addresses": ";".join(found)})


def letterhead(code: str) -> Letterhead:
    """Return the head of a unit's paper."""
    name = unit_names()[code]
    if code.startswith("P") and not code.startswith("PB"):
        return Letterhead(("ĐẢNG BỘ QUẬN 3", f"ĐẢNG ỦY {name.upper()}", "*"), False)
    return Letterhead(("ỦY BAN NHÂN DÂN QUẬN 3", name.upper()))


def a_file(recipe: str) -> MIMEBase:
    """Return an attachment of a recipe: `xlsx P09 10`, `docx MN-06 1 from 3`, …"""
    kind, *words = recipe.split()
    made = {
        "xlsx": _xlsx,
        "docx": _docx,
        "damaged": _damaged,
        "encrypted": _encrypted,
        "unheaded": _unheaded,
        "mixed": _mixed,
        "secret": _secret,
        "large": _large,
    }[kind]
    return made(*words)


def _rows(number: str, start: str = "0") -> list[tuple[str, ...]]:
    return [tuple(r) for r in rows(int(number), int(start))]


def _xlsx(code: str, number: str, start: str = "0") -> MIMEBase:
    book = workbook(letterhead(code), _rows(number, start), "Nguyễn Văn Bình")
    return attached(f"dang-ky-{code}.xlsx", book)


def _docx(code: str, number: str, start: str = "0") -> MIMEBase:
    paper = word(letterhead(code), _rows(number, start), "Trần Thị Hạnh")
    return attached(f"Đăng ký {code}.docx", paper)


def _damaged(code: str, number: str = "3") -> MIMEBase:
    book = workbook(letterhead(code), _rows(number), "Nguyễn Văn Bình")
    return attached("bang-dang-ky.xlsx", book[: len(book) * 2 // 3])


def _secret(code: str, number: str) -> MIMEBase:
    head = letterhead(code)
    marked = Letterhead((*head.lines[:2], "TUYỆT MẬT"), head.state)
    return attached("mat.docx", word(marked, _rows(number), "Trần Thị Hạnh"))


def _large(kib: str) -> MIMEBase:
    return attached("anh.bin", bytes(range(256)) * 4 * int(kib))


def _unheaded(number: str) -> MIMEBase:
    """Return a table with its heading, and with nobody's letterhead."""
    return attached("bang.xlsx", _sheet([HEADINGS, *_rows(number)]))


def _mixed(number: str) -> MIMEBase:
    """Return a table with a plan and a result column, titled as neither."""
    head = ("STT", "Tên công trình", "Thời gian thực hiện", "Dự kiến kết quả")
    lines = [(r[0], r[1], r[3], r[4], "Đã xong") for r in _rows(number)]
    return attached("bang.xlsx", _sheet([(*head, "Kết quả thực hiện"), *lines]))


def _sheet(lines: Sequence[Sequence[str]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append(list(line))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _encrypted(name: str = "bang.xlsx") -> MIMEBase:
    return attached(name, compound("EncryptionInfo", "EncryptedPackage"))


def compound(*streams: str) -> bytes:
    """Return a compound file ([MS-CFB]) of 512-byte sectors with these streams."""
    chain = [0xFFFFFFFD, 0xFFFFFFFE]
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    body = b""
    for number, name in enumerate(streams):
        start = 2 + number * 8
        chain += [*range(start + 1, start + 8), 0xFFFFFFFE]
        right = number + 2 if number + 1 < len(streams) else 0xFFFFFFFF
        entries.append(_entry(name, 2, start, 4096, right=right))
        body += name.encode().ljust(4096, b"\x5a")
    chain += [0xFFFFFFFF] * (128 - len(chain))
    header = struct.pack(
        "<8s16x5H6x9L",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0),
    )
    header += struct.pack("<109L", 0, *([0xFFFFFFFF] * 108))
    table = struct.pack("<128L", *chain)
    return header + table + b"".join(entries).ljust(512, b"\0") + body


def _entry(
    name: str, kind: int, start: int, size: int, *, child: int = -1, right: int = -1
) -> bytes:
    encoded = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBB3L36xLQ",
        encoded,
        len(encoded) + 2,
        kind,
        1,
        0xFFFFFFFF,
        right & 0xFFFFFFFF,
        child & 0xFFFFFFFF,
        start,
        size,
    )


@dataclass(frozen=True, slots=True)
class Posted:
    """A mail to be written; what is left out is as usual."""

    unit: str = ""
    sender: str = ""
    subject: str = "Gửi bảng đăng ký công trình"
    text: str = "Kính gửi Ban Dân vận. Trân trọng."
    files: Sequence[str] = ()
    html_rows: int = 0
    received: datetime = datetime(2021, 6, 7, 9, tzinfo=ZONE)
    proven: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Return who writes."""
        return self.sender or address_of(self.unit)


def a_letter(posted: Posted) -> bytes:
    """Return the mail as the office's provider delivered it, with CRLF."""
    name = unit_names().get(posted.unit, "Nguyễn Văn An")
    page = html_table(_rows(str(posted.html_rows))) if posted.html_rows else None
    return write(
        Sender(name, posted.address),
        Letter(posted.subject, posted.text, page),
        posted.received,
        [a_file(recipe) for recipe in posted.files],
        posted.proven,
        tuple(posted.headers.items()),
    )
