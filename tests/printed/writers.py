"""Draw what a printed file says with programs that people print with."""

import html as markup
import io
import subprocess
import tempfile
from pathlib import Path

from docx import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from tests import neighbours
from tests.printed.truth import Letterhead, Printed, PrintedTable

_FONT = "Tinos"
_FONT_FILE = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"


def by_reportlab(printed: Printed) -> bytes:
    if _FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(_FONT, _FONT_FILE))
    style = ParagraphStyle("cell", fontName=_FONT, fontSize=10, leading=12)
    out = io.BytesIO()
    size = landscape(A4) if printed.landscape else A4
    page = SimpleDocTemplate(out, pagesize=size, topMargin=50, bottomMargin=50)
    flow: list[object] = []
    for block in printed.blocks:
        if isinstance(block, Letterhead):
            cells = [["\n".join(block.left), "\n".join(block.right)]]
            head = Table(cells, colWidths=[page.width / 2] * 2)
            head.setStyle(
                [
                    ("FONTNAME", (0, 0), (-1, -1), _FONT),
                    ("ALIGN", (0, 0), (-1, -1), "CENTER"),
                ]
            )
            flow += [head]
        elif isinstance(block, PrintedTable):
            flow += [_reportlab_table(block, page.width, style), Spacer(1, 12)]
        else:
            flow += [Paragraph(markup.escape(str(block)), style), Spacer(1, 8)]
    page.build(flow)
    return out.getvalue()


def _reportlab_table(table: PrintedTable, width: float, style: ParagraphStyle) -> Table:
    rows = [
        [Paragraph(markup.escape(text or ""), style) for text in row]
        for row in table.rows
    ]
    drawn = Table(
        rows,
        colWidths=[width * share for share in table.shape.widths],
        repeatRows=table.heading_rows,
    )
    styles: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    if table.shape.rules == "all":
        styles.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    elif table.shape.rules == "horizontal":
        styles += [("LINEABOVE", (0, 0), (-1, 0), 1, colors.black)]
        styles += [
            (
                "LINEBELOW",
                (0, table.heading_rows - 1),
                (-1, table.heading_rows - 1),
                0.5,
                colors.black,
            )
        ]
        styles += [("LINEBELOW", (0, -1), (-1, -1), 1, colors.black)]
    for top, left, bottom, right in table.merged:
        styles.append(("SPAN", (left, top), (right - 1, bottom - 1)))
    drawn.setStyle(styles)
    return drawn


def as_html(printed: Printed) -> str:
    """Return the page that Chromium prints."""
    parts = [
        "<meta charset=utf-8><style>",
        f"@page{{size:A4 {'landscape' if printed.landscape else 'portrait'};",
        "margin:15mm}body{font:11pt Tinos}table{border-collapse:collapse;width:100%}",
        "td,th{padding:2px 4px;vertical-align:top;text-align:left}",
        ".all td{border:1px solid black}",
        ".horizontal tr:first-child td{border-top:1px solid;}",
        ".horizontal .h td,.horizontal tr:last-child td{border-bottom:1px solid}",
        "</style>",
    ]
    for block in printed.blocks:
        if isinstance(block, Letterhead):
            parts.append(
                "<table><tr>"
                + "".join(
                    f"<td style='width:50%;text-align:center'>{'<br>'.join(lines)}</td>"
                    for lines in (block.left, block.right)
                )
                + "</tr></table>"
            )
        elif isinstance(block, PrintedTable):
            parts.append(_html_table(block))
        else:
            parts.append(f"<p>{markup.escape(str(block))}</p>")
    return "".join(parts)


def _html_table(table: PrintedTable) -> str:
    spans = {(m[0], m[1]): m for m in table.merged}
    out = [f"<table class={table.shape.rules}>"]
    for number, row in enumerate(table.rows):
        if number == 0:
            out.append("<thead>")
        out.append(f"<tr class={'h' if number == table.heading_rows - 1 else 'r'}>")
        for column, text in enumerate(row):
            if text is None:
                continue
            top, left, bottom, right = spans.get((number, column), (0, 0, 1, 1))
            width = sum(table.shape.widths[column : column + right - left]) * 100
            out.append(
                f"<td style='width:{width:.1f}%' rowspan={bottom - top}"
                f" colspan={right - left}>{markup.escape(text)}</td>"
            )
        out.append("</tr>")
        if number == table.heading_rows - 1:
            out.append("</thead>")
    return "".join(out) + "</table>"


def by_chromium(printed: Printed) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.html").write_text(as_html(printed), "utf-8")
        subprocess.run(
            [
                neighbours.tool("chromium", "Chromium"),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-pdf-header-footer",
                f"--user-data-dir={folder / 'u'}",
                f"--print-to-pdf={folder / 'a.pdf'}",
                str(folder / "a.html"),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return (folder / "a.pdf").read_bytes()


def as_docx(printed: Printed) -> bytes:
    """Return the Word file that LibreOffice Writer prints."""
    document = WordDocument()
    document.styles["Normal"].font.name = _FONT
    document.styles["Normal"].font.size = Pt(12)
    section = document.sections[0]
    if printed.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = (
            section.page_height,
            section.page_width,
        )
    for block in printed.blocks:
        if isinstance(block, Letterhead):
            head = document.add_table(1, 2)
            for cell, lines in zip(
                head.rows[0].cells, (block.left, block.right), strict=True
            ):
                cell.text = "\n".join(lines)
                cell.paragraphs[0].alignment = 1
        elif isinstance(block, PrintedTable):
            _word_table(document, block, section)
        else:
            document.add_paragraph(str(block))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _word_table(document: WordDocument, table: PrintedTable, section: object) -> None:
    drawn = document.add_table(len(table.rows), len(table.rows[0]))
    if table.shape.rules == "all":
        drawn.style = "Table Grid"
    drawn.autofit = False
    width = section.page_width - section.left_margin - section.right_margin
    for number, row in enumerate(table.rows):
        for cell, text, share in zip(
            drawn.rows[number].cells, row, table.shape.widths, strict=True
        ):
            cell.width = int(width * share)
            if text:
                cell.text = text
            if table.shape.rules == "horizontal":
                _edges(
                    cell,
                    number == 0,
                    number in (table.heading_rows - 1, len(table.rows) - 1),
                )
    for top, left, bottom, right in table.merged:
        drawn.cell(top, left).merge(drawn.cell(bottom - 1, right - 1))
        kept = drawn.cell(top, left)
        for empty in kept.paragraphs[1:]:
            empty._p.getparent().remove(empty._p)
    for row in drawn.rows[: table.heading_rows]:
        properties = row._tr.get_or_add_trPr()
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        properties.append(repeat)


def _edges(cell: object, top: bool, bottom: bool) -> None:
    borders = OxmlElement("w:tcBorders")
    for name, wanted in (("top", top), ("bottom", bottom)):
        if wanted:
            edge = OxmlElement(f"w:{name}")
            edge.set(qn("w:val"), "single")
            edge.set(qn("w:sz"), "6")
            borders.append(edge)
    cell._tc.get_or_add_tcPr().append(borders)


def as_xlsx(printed: Printed) -> bytes:
    """Return the workbook that LibreOffice Calc prints."""
    book = Workbook()
    sheet = book.active
    sheet.page_setup.orientation = "landscape" if printed.landscape else "portrait"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    at = 1
    for block in printed.blocks:
        if isinstance(block, PrintedTable):
            at = _sheet_table(sheet, block, at, printed.landscape)
        elif isinstance(block, Letterhead):
            for offset, (left, right) in enumerate(
                zip(block.left, (*block.right, ""), strict=False)
            ):
                sheet.cell(at + offset, 1, left).font = Font(name=_FONT, size=11)
                sheet.cell(at + offset, 4, right).font = Font(name=_FONT, size=11)
            at += max(len(block.left), len(block.right)) + 1
        else:
            text = str(block)
            sheet.cell(at, 1, text).font = Font(name=_FONT, size=11)
            sheet.cell(at, 1).alignment = Alignment(wrap_text=True, vertical="top")
            sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=5)
            sheet.row_dimensions[at].height = 15 * (1 + len(text) // 80)
            at += 2
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_table(sheet: object, table: PrintedTable, at: int, wide: bool) -> int:
    thin = Side(style="thin")
    total = 130 if wide else 90
    for column, share in enumerate(table.shape.widths):
        letter = "ABCDEFGHIJKLMNOP"[column]
        sheet.column_dimensions[letter].width = max(
            total * share, sheet.column_dimensions[letter].width if at > 5 else 0
        )
    for number, row in enumerate(table.rows):
        sheet.row_dimensions[at + number].height = _height(table, row, total)
        last = number in (table.heading_rows - 1, len(table.rows) - 1)
        for column, text in enumerate(row):
            cell = sheet.cell(at + number, column + 1, text or None)
            cell.font = Font(name=_FONT, size=11)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if table.shape.rules == "all":
                cell.border = Border(thin, thin, thin, thin)
            elif table.shape.rules == "horizontal":
                cell.border = Border(
                    top=thin if number == 0 else None, bottom=thin if last else None
                )
    for top, left, bottom, right in table.merged:
        sheet.merge_cells(
            start_row=at + top,
            start_column=left + 1,
            end_row=at + bottom - 1,
            end_column=right,
        )
    return at + len(table.rows) + 1


def _height(table: PrintedTable, row: tuple[str | None, ...], total: float) -> float:
    """Return points for the fullest cell, as a spreadsheet fits its rows to it."""
    lines = [
        1 + int(len(text or "") / (total * share * 0.8))
        for text, share in zip(row, table.shape.widths, strict=True)
    ]
    return 15.0 * (1 if sum(map(bool, row)) == 1 else max(lines))


def by_office(payloads: dict[str, bytes]) -> dict[str, bytes]:
    """Return the PDF of each office file by name, printed by one LibreOffice run."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, payload in payloads.items():
            (folder / file).write_bytes(payload)
        subprocess.run(
            [
                neighbours.tool("soffice", "LibreOffice"),
                f"-env:UserInstallation=file://{folder / 'profile'}",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                str(folder / "out"),
                *(str(folder / f) for f in payloads),
            ],
            check=True,
            capture_output=True,
            timeout=500,
        )
        return {
            f: (folder / "out" / (Path(f).stem + ".pdf")).read_bytes() for f in payloads
        }
