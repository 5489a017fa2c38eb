"""Documents that fill in whatever a test does not name, and what is read back."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import openpyxl
from lxml import etree

from daemon.export.docx_file import write_docx
from daemon.export.model import Column, Letterhead, Line, Part, Table, Value
from daemon.export.order import Census, Frame
from daemon.export.xlsx_file import write_xlsx
from parsers.values.delivery import Delivery, InForce
from parsers.values.reading import Registration
from tests.builders.campaigns import a_campaign

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2021, 10, 8, 9, 0, tzinfo=ZONE)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
#: What makes programs compute, or breaks XML (OWASP ASVS 1.2.10 and XML 1.0, 2.2).
HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://x.example";"bấm vào đây")',
    "=cmd|' /C calc'!A0",
    "+84 909 123 456",
    "-1+1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\0=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "#N/A",
    "http://x.example/?a=1&b=2",
    "mailto:x@x.example",
    "<b>đậm</b> & ]]> <!-- ",
    "_x0041_",
    "a\vb\x1bc\x7f",
    "\ud800 nửa cặp",
    "\ufffe\uffff",
    "dòng 1\ndòng 2",
    "'=1",
    "🎉 𝔘",
)


def a_letterhead(**named: object) -> Letterhead:
    """Return the head of Quận 3."""
    made = Letterhead(
        body="BAN DÂN VẬN",
        superior="QUẬN ỦY QUẬN 3",
        symbol="BDVQU",
        place="Quận 3",
        signer="TRƯỞNG BAN",
        name="Ban Dân vận Quận ủy Quận 3",
        recipients=("- Như trên;",),
    )
    return replace(made, **named)  # type: ignore[arg-type]


def a_table(lines: Iterable[Line], columns: int = 3, hidden: int = 1) -> Table:
    """Return a table whose second column is shared by groups."""
    names = [Column(f"c{n}", f"Cột {n}", 40) for n in range(columns)]
    names += [Column(f"h{n}", f"Ẩn {n}", 0, hidden=True) for n in range(hidden)]
    return Table(tuple(names), lines, merged=(1,))


def a_part(*tables: Table, **named: object) -> Part:
    """Return a document of the tables."""
    made = Part("Bảng", ("BẢNG", "về việc"), a_letterhead(), date(2021, 10, 8), tables)
    return replace(made, **named)  # type: ignore[arg-type]


def a_line(*cells: Value, **named: object) -> Line:
    """Return a line of a group of its own."""
    return replace(Line(cells), **named)  # type: ignore[arg-type]


def a_frame(**named: object) -> Frame:
    """Return a frame of the plan, in October."""
    made = Frame(
        plan=a_campaign(),
        letterhead=a_letterhead(),
        now=NOW,
        zone=ZONE,
        census={"phuong": Census(12, 120)},
    )
    return replace(made, **named)  # type: ignore[arg-type]


def a_delivery(
    unit: str = "P09", works: Sequence[Registration] = (), **named: object
) -> Delivery:
    """Return what a ward delivered in June."""
    received = datetime(2021, 6, 5, 8, 30, tzinfo=ZONE)
    made = Delivery(
        campaign="41-KH/QU",
        category="phuong",
        unit=unit,
        unit_name=f"Phường {unit[1:].lstrip('0')}",
        registration=InForce(1, received, False, "signed"),
        works=tuple(works),
    )
    return replace(made, **named)  # type: ignore[arg-type]


def xlsx(*parts: Part) -> bytes:
    """Return the parts as a workbook."""
    stream = io.BytesIO()
    write_xlsx(parts, stream, ZONE)
    return stream.getvalue()


def docx(*parts: Part) -> bytes:
    """Return the parts as a text document."""
    stream = io.BytesIO()
    write_docx(parts, stream, ZONE)
    return stream.getvalue()


def unzipped(raw: bytes) -> dict[str, bytes]:
    """Return the members of a package."""
    with ZipFile(io.BytesIO(raw)) as package:
        return {name: package.read(name) for name in package.namelist()}


def sheets(raw: bytes) -> list[Any]:
    """Return the sheets of a workbook, as another program reads them."""
    return list(openpyxl.load_workbook(io.BytesIO(raw)).worksheets)


def document(raw: bytes) -> Any:
    """Return the root of a text document's body."""
    return etree.fromstring(unzipped(raw)["word/document.xml"])


def said(element: Any) -> str:
    """Return what a person reads in a piece of a text document."""
    told = ""
    for node in element.iter():
        if node.tag == f"{WORD}t":
            told += node.text or ""
        elif node.tag == f"{WORD}br":
            told += "\n"
        elif node.tag == f"{WORD}tab":
            told += "\t"
    return told
