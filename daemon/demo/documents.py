"""Sample tables as office programs write them: workbooks, Word documents, HTML."""

import html
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import docx
import xlsxwriter
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

from daemon.demo.works import HEADINGS

Rows = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Left block, from the body above down to the issuer; `state` chooses the right."""

    lines: tuple[str, ...]
    state: bool = True

    @property
    def right(self) -> tuple[str, ...]:
        """Return the right block of a state or a Party document."""
        if self.state:
            motto = "Độc lập - Tự do - Hạnh phúc"
            return ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", motto)
        return ("ĐẢNG CỘNG SẢN VIỆT NAM",)


TITLE = "BẢNG ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”"
SIGNED = "XÁC NHẬN CỦA THỦ TRƯỞNG ĐƠN VỊ"


def workbook(head: Letterhead, rows: Rows, signer: str) -> bytes:
    """Return an .xlsx as openpyxl writes it: merged letterhead, heading in row 6."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Đăng ký"
    thin = Side(style="thin")
    box = Border(left=thin, right=thin, top=thin, bottom=thin)
    for row, text in enumerate(head.lines, 1):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
        sheet.cell(row, 1, text).font = Font(bold=row == len(head.lines))
    for row, text in enumerate(head.right, 1):
        sheet.merge_cells(start_row=row, start_column=3, end_row=row, end_column=5)
        sheet.cell(row, 3, text)
    sheet.merge_cells("A4:E4")
    sheet["A4"] = TITLE
    sheet["A4"].alignment = Alignment(horizontal="center")
    for column, text in enumerate(HEADINGS, 1):
        sheet.cell(6, column, text).border = box
    for line, cells in enumerate(rows, 7):
        for column, text in enumerate(cells, 1):
            value = int(text) if column == 1 else text
            sheet.cell(line, column, value).border = box
    sheet.cell(9 + len(rows), 4, SIGNED).font = Font(bold=True)
    sheet.cell(13 + len(rows), 4, signer)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sectioned_workbook(head: Letterhead, sections: Mapping[str, Rows]) -> bytes:
    """Return an .xlsx as Excel saves it: a heading in two rows, sections by field."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    bold = book.add_format({"bold": True, "border": 1, "text_wrap": True})
    cell = book.add_format({"border": 1, "text_wrap": True})
    sheet = book.add_worksheet("Bảng đăng ký")
    for line, text in enumerate(head.lines):
        sheet.merge_range(line, 0, line, 1, text, bold)
    sheet.merge_range(3, 0, 3, 4, TITLE, bold)
    for column in (0, 1, 4):
        sheet.merge_range(5, column, 6, column, HEADINGS[column], bold)
    sheet.merge_range(5, 2, 5, 3, "Tổ chức thực hiện", bold)
    sheet.write(6, 2, HEADINGS[2], bold)
    sheet.write(6, 3, HEADINGS[3], bold)
    line = 7
    for section, rows in sections.items():
        sheet.merge_range(line, 0, line, 4, section, bold)
        for number, cells in enumerate(rows, line + 1):
            sheet.write_number(number, 0, int(cells[0]), cell)
            sheet.write_row(number, 1, cells[1:], cell)
        line += len(rows) + 1
    sheet.merge_range(line, 0, line, 3, "Tổng cộng", bold)
    sheet.write_number(line, 4, sum(len(r) for r in sections.values()), bold)
    book.close()
    return stream.getvalue()


def word(head: Letterhead, rows: Rows, signer: str) -> bytes:
    """Return a .docx: letterhead in a table without borders, then the form's table."""
    document = docx.Document()
    left, right = "\n".join(head.lines), "\n".join(head.right)
    letterhead = document.add_table(rows=1, cols=2)
    letterhead.cell(0, 0).text, letterhead.cell(0, 1).text = left, right
    document.add_paragraph()
    document.add_paragraph().add_run(TITLE).bold = True
    document.add_paragraph("Kính gửi: Ban Dân vận Quận ủy Quận 3")
    table = document.add_table(rows=1, cols=5)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for cells in rows:
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    document.add_paragraph()
    document.add_paragraph(f"{SIGNED}\n\n{signer}")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def html_table(rows: Rows) -> str:
    """Return the form's table as a mail client pastes it."""
    lines = [HEADINGS, *rows]
    inner = "".join(
        "<tr>" + "".join(f"<td><p>{html.escape(c)}</p></td>" for c in r) + "</tr>"
        for r in lines
    )
    return f'<table border="1" cellspacing="0">{inner}</table>'


def numbered_list(rows: Rows) -> str:
    """Return the works as people list them in a plain text mail."""
    labels = ("Tên công trình", "Hình thức thực hiện", "Thời gian", "Dự kiến kết quả")
    blocks = []
    for number, *cells in rows:
        parts = [f"{a}: {b}" for a, b in zip(labels, cells, strict=True)]
        blocks.append(f"{number}. " + "\n   ".join(parts))
    return "\n".join(blocks)
