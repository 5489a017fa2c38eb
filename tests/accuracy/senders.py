"""Mails whose unit must be told: by address, letterhead, subject, file name, body.

Confusable ones are among them: Phường 1 and 10, schools named alike, other districts.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from random import Random

from tests.accuracy.content import Words
from tests.accuracy.documents import a_sheet
from tests.accuracy.model import Doc, Pair, Truth
from tests.accuracy.offices import UNITS, Office, letterhead
from tests.accuracy.sheets import with_openpyxl
from tests.accuracy.words import with_docx

#: Units that are easily taken for one another.
ALIKE = (
    ("P01", "P10", "P11", "P12", "P13", "P14"),
    ("P02", "P12"),
    ("P03", "P13"),
    ("P04", "P14"),
    ("P05", "P09"),
)
CONFIGURATION = """\
units = "{units}"
[[mailboxes]]
name = "gmail"
kind = "imap"
host = "imap.gmail.com"
username = "bandanvanq3@gmail.com"
trusted_authserv_id = "mx.google.com"
[smtp]
host = "smtp.gmail.com"
from = "Ban Dân vận <bandanvanq3@gmail.com>"
"""
STRANGERS = (
    ("ỦY BAN NHÂN DÂN QUẬN 5", "ỦY BAN NHÂN DÂN PHƯỜNG 9"),
    ("ĐẢNG BỘ QUẬN 10", "ĐẢNG ỦY PHƯỜNG 1"),
    ("UBND QUẬN PHÚ NHUẬN", "PHƯỜNG 10"),
    ("ĐẢNG BỘ QUẬN TÂN BÌNH", "ĐẢNG ỦY PHƯỜNG 4"),
    ("SỞ GIÁO DỤC VÀ ĐÀO TẠO THÀNH PHỐ HỒ CHÍ MINH", "TRƯỜNG THPT LÊ QUÝ ĐÔN"),
    ("UBND QUẬN 1", "TRƯỜNG TIỂU HỌC KỲ ĐỒNG"),
)


def address_of(office: Office) -> str:
    return f"{office.code.lower()}.q3@gmail.com"


def configured(folder: Path, known: list[Office]) -> Path:
    """Write a configuration whose directory knows the addresses of some units."""
    codes = {office.code for office in known}
    with UNITS.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    out = io.StringIO()
    writer = csv.DictWriter(out, [*rows[0], "addresses"])
    writer.writeheader()
    for row in rows:
        given = f"{row['code'].lower()}.q3@gmail.com" if row["code"] in codes else ""
        writer.writerow({**row, "addresses": given})
    units = folder / "units.csv"
    units.write_text(out.getvalue(), encoding="utf-8")
    path = folder / "hopthu.toml"
    path.write_text(CONFIGURATION.format(units=units), encoding="utf-8")
    return path


def _attached(
    random: Random, office: Office, folder: Path, number: int, head: Pair | None
) -> tuple[Doc, Path]:
    words = Words(random)
    while True:
        sheet, register = a_sheet(random, office, "registration", words)
        if "letterhead" in register.tags:
            break
    if head is not None:
        sheet.blocks[0] = replace(head)
        sheet.blocks = [
            b for i, b in enumerate(sheet.blocks) if i == 0 or not isinstance(b, Pair)
        ]
    truth = Truth("registration", unit=office.code)
    truth.registrations = register.truth
    names = (f"dang-ky-{number}", "Bang dang ky cong trinh", "z5568054429700")
    doc = Doc(random.choice(names), [sheet], truth, register.tags)
    folder.mkdir(parents=True, exist_ok=True)
    if random.random() < 0.5:
        path = folder / f"{number}.docx"
        with_docx(doc, path)
    else:
        path = folder / f"{number}.xlsx"
        with_openpyxl(doc, path)
    return doc, path


def senders(
    random: Random,
    folder: Path,
    known: list[Office],
    everyone: list[Office],
    count: int,
) -> Iterator[tuple[Path, Truth, str]]:
    """Write `count` mails with an attached table each."""
    by_code = {office.code: office for office in everyone}
    codes = {office.code for office in known}
    for number in range(count):
        way = random.choice(
            ("address", "first", "first", "cross", "stranger", "mismatch")
        )
        office = random.choice(everyone)
        if random.random() < 0.5:
            office = by_code[random.choice(random.choice(ALIKE))]
        head, provable, unit = None, True, office.code
        author, other = "vanthu.donvi@gmail.com", random.choice(everyone)
        subject = f"{office.name} gửi bảng đăng ký công trình"
        if way == "address":
            office = random.choice(known)
            author, unit = address_of(office), office.code
            subject = random.choice(("Đăng ký", "", f"{office.name} đăng ký"))
        elif way == "first":
            provable = office.code not in codes
        elif way == "cross":
            subject, provable = f"{other.name} gửi bảng đăng ký công trình", False
            unit = office.code if other == office else None
        elif way == "stranger":
            parent, body = random.choice(STRANGERS)
            head, provable, unit = (
                Pair([parent, body], letterhead(office, random).right),
                False,
                None,
            )
        else:
            author = address_of(random.choice(known))
            provable, unit = (
                False,
                office.code if author == address_of(office) else None,
            )
        doc, file = _attached(random, office, folder / "files", number, head)
        mail = EmailMessage()
        mail["Authentication-Results"] = (
            "mx.google.com; dkim=pass header.i=@gmail.com; spf=pass "
            f"smtp.mailfrom={author}; dmarc=pass header.from=gmail.com"
        )
        mail["From"] = f"Văn thư <{author}>"
        mail["To"] = "bandanvanq3@gmail.com"
        mail["Subject"] = subject
        mail["Date"] = "Tue, 08 Jun 2021 09:00:00 +0700"
        mail["Message-ID"] = f"<s{number}.{random.randrange(10**9)}@mail.gmail.com>"
        mail.set_content(
            "Kính gửi Ban Dân vận Quận ủy,\nĐơn vị gửi file đính kèm.\nTrân trọng."
        )
        mail.add_attachment(
            file.read_bytes(),
            maintype="application",
            subtype="octet-stream",
            filename=f"{doc.name}{file.suffix}",
        )
        path = folder / f"s{number:05}.eml"
        path.write_bytes(mail.as_bytes())
        truth = replace(doc.truth, unit=unit, provable=provable)
        yield path, truth, f"sender: {way}"
