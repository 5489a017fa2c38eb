"""Forms filled in as people do it: in a spreadsheet, in a document, by LibreOffice."""

import io
import subprocess
from collections.abc import Sequence
from pathlib import Path

import docx
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell

from tests import neighbours

#: What people write that a program may take for something else.
WORKS: tuple[tuple[str, ...], ...] = (
    (
        "1",
        "Xây 2 nhà tình thương cho hộ nghèo khu phố 3",
        "Vận động mạnh thường quân",
        "Từ tháng 6 đến hết tháng 9/2021",
        "02 căn nhà",
    ),
    (
        "02",
        "Hẻm xanh - sạch - đẹp, không rác: tổ 12, 13",
        "Ra quân tổng vệ sinh\nTuyên truyền từng hộ",
        "10/6/2021",
        "100% hộ dân ký cam kết",
    ),
    (
        "3",
        "=1+1 cửa, một dấu: trả hồ sơ “đúng hẹn” & tại nhà",
        "+ Nhận qua bưu điện",
        "Quý III/2021",
        "- Trên 95% hài lòng",
    ),
)


def fill_workbook(form: bytes, rows: Sequence[Sequence[str]], first: int = 0) -> bytes:
    """Return the workbook with `rows` typed below its headings, as text."""
    book = load_workbook(io.BytesIO(form))
    sheet = book.active
    assert sheet is not None
    head = next(r for r in range(1, 60) if sheet.cell(r, 1).value == "STT")
    for down, cells in enumerate(rows, head + 1 + first):
        for across, text in enumerate(cells, 1):
            cell = sheet.cell(down, across)
            assert isinstance(cell, Cell)
            cell.value = text
            cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def fill_document(form: bytes, rows: Sequence[Sequence[str]]) -> bytes:
    """Return the document with `rows` typed below the headings of its table."""
    document = docx.Document(io.BytesIO(form))
    table = next(t for t in document.tables if t.cell(0, 0).text == "STT")
    for down, cells in enumerate(rows, 1):
        for across, text in enumerate(cells):
            table.cell(down, across).text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def converted(source: Path, form: str, out: Path) -> Path:
    """Return the file that LibreOffice makes of `source` in another format."""
    program = neighbours.tool("soffice", "LibreOffice")
    profile = f"-env:UserInstallation=file://{out}/profile"
    command = [program, profile, "--headless", "--convert-to", form, "--outdir", out]
    subprocess.run([*command, source], check=True, capture_output=True, timeout=120)
    made = out / f"{source.stem}.{form}"
    assert made.exists()
    return made
