"""Seeded mails of known units, each with a table of known rows.

The same seed and number give the same bytes, whatever the clock says.
"""

import csv
import html
import io
import json
import random
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from email.mime.base import MIMEBase
from pathlib import Path
from zoneinfo import ZoneInfo

from daemon.demo.documents import (
    Letterhead,
    html_table,
    sectioned_workbook,
    word,
    workbook,
)
from daemon.demo.samples import Letter, Sender, attached, write
from daemon.demo.works import WORKS
from tests.builders.letters import UNITS

SEED = 20210602
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST = datetime(2021, 6, 2, 8, 0, tzinfo=ZONE)
NOW = "2021-06-08T09:00:00+07:00"
#: xlsx by openpyxl, xlsx by xlsxwriter with sections, docx, a table in the body.
KINDS = ("book", "sections", "paper", "body")
ROWS = 10
#: Every tenth mail carries a video that nobody reads.
PADDED_EVERY, PADDING = 10, (300_000, 800_000)

_SHEET = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCUMENT = "vnd.openxmlformats-officedocument.wordprocessingml.document"
_STAMP = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_ROADS = ("Cao Thắng", "Lê Văn Sỹ", "Trương Định", "Bà Huyện Thanh Quan", "Kỳ Đồng")


@dataclass(frozen=True, slots=True)
class Known:
    """One mail: its file, who sent it, and the rows that it holds.

    A row is number, title, method, time, expected result.
    """

    file: str
    unit: str
    kind: str
    received: str
    message_id: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def instant(self) -> datetime:
        return datetime.fromisoformat(self.received)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Mails below a folder, in order of receipt, and the directory of their units."""

    folder: Path
    mails: tuple[Known, ...]

    @property
    def units(self) -> Path:
        return self.folder / "units.csv"

    def raw(self, mail: Known) -> bytes:
        return (self.folder / mail.file).read_bytes()


@dataclass(frozen=True, slots=True)
class _Unit:
    code: str
    name: str
    address: str


def make(folder: Path, mails: int, seed: int = SEED) -> Corpus:
    """Write so many mails, each from a unit of its own, and return them.

    Beside them stand `units.csv` for the configuration and `manifest.jsonl`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    units = _write_units(folder / "units.csv", mails)
    known = tuple(_mail(folder, n, units[n], seed) for n in range(mails))
    lines = (json.dumps(asdict(one), ensure_ascii=False) for one in known)
    (folder / "manifest.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return Corpus(folder, known)


def write_directory(target: Path, units: int) -> tuple[str, ...]:
    """Write a directory of at least so many units; return the codes of so many."""
    return tuple(unit.code for unit in _write_units(target, units)[:units])


def _write_units(target: Path, least: int) -> list[_Unit]:
    """Copy the shipped directory with addresses; invent what it is short of."""
    with UNITS.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    lines += [_invented(lines[0], n) for n in range(least - len(lines))]
    for line in lines:
        line["addresses"] = f"vanthu.{line['code'].lower()}@quan3.example"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*lines[0]])
        writer.writeheader()
        writer.writerows(lines)
    return [_Unit(line["code"], line["name"], line["addresses"]) for line in lines]


def _invented(like: dict[str, str], number: int) -> dict[str, str]:
    empty = dict.fromkeys(like, "")
    name = f"Xí nghiệp Cơ khí số {1000 + number}"
    return empty | {"code": f"XN-{number:05}", "name": name, "category": "phong_ban"}


def _mail(folder: Path, number: int, unit: _Unit, seed: int) -> Known:
    chance = random.Random(f"{seed}:{number}")
    # The standard library draws its boundaries from the common source.
    random.seed(f"{seed}:{number}:boundary")
    kind = KINDS[number % len(KINDS)]
    received = FIRST + timedelta(seconds=40 * number + chance.randrange(30))
    rows = _rows(chance)
    letter, files = _content(kind, unit, rows)
    if number % PADDED_EVERY == PADDED_EVERY - 1:
        files.append(attached("Hoạt động.mp4", _video(chance), "mp4"))
    raw = write(Sender(unit.name, unit.address), letter, received, files)
    name = f"{number:06}.eml"
    (folder / name).write_bytes(raw)
    ident = f"<{received:%Y%m%d%H%M%S}.{unit.address}>"
    return Known(name, unit.code, kind, received.isoformat(), ident, tuple(rows))


def _rows(chance: random.Random) -> list[tuple[str, ...]]:
    """Return works that differ from one another and from those of other units."""
    made: list[tuple[str, ...]] = []
    for number, work in enumerate(chance.sample(WORKS, ROWS), 1):
        road = f"hẻm {chance.randrange(2, 900)} {chance.choice(_ROADS)}"
        title, method, time, expected = work
        result = f"{expected}; {chance.randrange(3, 400)} người"
        made.append((str(number), f"{title}, {road}", method, time, result))
    return made


def _content(
    kind: str, unit: _Unit, rows: Sequence[tuple[str, ...]]
) -> tuple[Letter, list[MIMEBase]]:
    greeting = (
        "Kính gửi Ban Dân vận Quận ủy Quận 3,\n\n"
        f"{unit.name} gửi bảng đăng ký công trình. Kính đề nghị xem xét.\n\n"
        f"Trân trọng,\nVăn thư\n{unit.name}\n"
    )
    subject = f"Đăng ký công trình - {unit.name}"
    page = "".join(f"<p>{html.escape(line)}</p>\n" for line in greeting.splitlines())
    table = html_table(rows) if kind == "body" else ""
    letter = Letter(subject, greeting, f"<html><body>{page}{table}</body></html>")
    if kind == "body":
        return letter, []
    ending = "docx" if kind == "paper" else "xlsx"
    payload = _steady(_file(kind, unit, rows))
    subtype = _DOCUMENT if kind == "paper" else _SHEET
    return letter, [attached(f"Bảng đăng ký - {unit.name}.{ending}", payload, subtype)]


def _file(kind: str, unit: _Unit, rows: Sequence[tuple[str, ...]]) -> bytes:
    party = unit.name.startswith(("Đảng", "Chi bộ"))
    above = "ĐẢNG BỘ QUẬN 3" if party else "ỦY BAN NHÂN DÂN QUẬN 3"
    head = Letterhead((above, unit.name.upper()), state=not party)
    if kind == "book":
        return workbook(head, rows, "Nguyễn Văn Bình")
    if kind == "paper":
        return word(head, rows, "Trần Thị Hạnh")
    half = len(rows) // 2
    first, second = "I. Văn hóa - xã hội", "II. Quản lý đô thị"
    return sectioned_workbook(head, {first: rows[:half], second: rows[half:]})


def _video(chance: random.Random) -> bytes:
    size = chance.randrange(*PADDING)
    return b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + chance.randbytes(size)


def _steady(payload: bytes) -> bytes:
    """Return the office file as if it had been saved at a fixed hour."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(payload)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "docProps/core.xml":
                data = _STAMP.sub(b"2021-06-01T00:00:00Z", data)
            target.writestr(zipfile.ZipInfo(entry.filename), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def variants(corpus: Corpus, count: int) -> Iterator[tuple[bytes, datetime]]:
    """Yield so many mails with bytes of their own and when they came.

    Beyond the corpus they are its mails again with another Message-ID.
    """
    for number in range(count):
        mail = corpus.mails[number % len(corpus.mails)]
        old = mail.message_id.encode()
        new = b"<%d.%s" % (number, old[1:])
        later = timedelta(days=number // len(corpus.mails) / 100)
        yield corpus.raw(mail).replace(old, new, 1), mail.instant + later
