"""Write a layout as the file or mail that an office program would make of it."""

import csv
import html
import io
from email.message import EmailMessage
from pathlib import Path

import xlsxwriter
from docx import Document
from openpyxl import Workbook

from tests.accuracy.second.layout import Layout, Table, tables

Merge = tuple[int, int, int, int]
_PROVEN = (
    "mx.google.com; dkim=pass header.d=gmail.com; spf=pass;"
    " dmarc=pass header.from=gmail.com"
)


def write(layout: Layout, writer: str, folder: Path) -> Path:
    """Write the layout, and return where."""
    ending = {"html": "eml", "text": "eml", "words": "eml", "xlsx2": "xlsx"}.get(
        writer, writer
    )
    path = folder / writer / f"{layout.name}.{ending}"
    path.parent.mkdir(parents=True, exist_ok=True)
    _WRITERS[writer](layout, path)
    return path


def merges(rows: list[list[str]]) -> list[Merge]:
    """Return (top, left, bottom, right), ends excluded, of all merged cells."""
    found: list[Merge] = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("^", "<"):
                continue
            right, bottom = c + 1, r + 1
            while right < len(row) and row[right] == "<":
                right += 1
            while (
                bottom < len(rows) and c < len(rows[bottom]) and rows[bottom][c] == "^"
            ):
                bottom += 1
            if right > c + 1 or bottom > r + 1:
                found.append((r, c, bottom, right))
    return found


def _own(text: str) -> str:
    return "" if text in ("^", "<") else text


def _sheets(layout: Layout) -> list[tuple[str, list[str]]]:
    sheets: list[tuple[str, list[str]]] = [("Sheet1", [])]
    for line in layout.lines:
        if line.startswith("--- "):
            if sheets[-1][1]:
                sheets.append((line[4:], []))
            else:
                sheets[-1] = (line[4:], [])
        else:
            sheets[-1][1].append(line)
    return sheets


def _xlsx(layout: Layout, path: Path) -> None:
    book = Workbook()
    book.remove(book.active)
    for name, lines in _sheets(layout):
        sheet, at = book.create_sheet(name), 1
        for block in tables(lines):
            if isinstance(block, Table):
                for r, row in enumerate(block.rows):
                    for c, text in enumerate(row):
                        if _own(text):
                            value = (
                                int(text) if text.isdigit() and text[0] != "0" else text
                            )
                            sheet.cell(at + r, c + 1, value)
                for top, left, bottom, right in merges(block.rows):
                    sheet.merge_cells(
                        start_row=at + top,
                        end_row=at + bottom - 1,
                        start_column=left + 1,
                        end_column=right,
                    )
                at += len(block.rows)
            elif isinstance(block, tuple):
                sheet.cell(at, 1, block[0] or None)
                sheet.cell(at, 4, block[1] or None)
                at += 1
            else:
                sheet.cell(at, 1, block or None)
                at += 1
    book.save(path)


def _xlsx2(layout: Layout, path: Path) -> None:
    """The same by another program: titles merged over the table's width, borders."""
    book = xlsxwriter.Workbook(str(path))
    wrap = book.add_format({"text_wrap": True, "border": 1})
    bold = book.add_format({"bold": True, "align": "center"})
    for name, lines in _sheets(layout):
        sheet, at = book.add_worksheet(name), 0
        blocks = tables(lines)
        width = max((len(b.rows[0]) for b in blocks if isinstance(b, Table)), default=6)
        for block in blocks:
            if isinstance(block, Table):
                covered = merges(block.rows)
                for r, row in enumerate(block.rows):
                    for c, text in enumerate(row):
                        if _own(text):
                            sheet.write_string(at + r, c, text, wrap)
                for top, left, bottom, right in covered:
                    sheet.merge_range(
                        at + top,
                        left,
                        at + bottom - 1,
                        right - 1,
                        block.rows[top][left],
                        wrap,
                    )
                at += len(block.rows)
            elif isinstance(block, tuple):
                half = max(width // 2, 1)
                for text, a, b in (
                    (block[0], 0, half - 1),
                    (block[1], half, max(width, 2) - 1),
                ):
                    if b > a:
                        sheet.merge_range(at, a, at, b, text, bold)
                    else:
                        sheet.write(at, a, text, bold)
                at += 1
            else:
                if block and width > 1:
                    sheet.merge_range(at, 0, at, width - 1, block, bold)
                at += 1
    book.close()


def _docx(layout: Layout, path: Path) -> None:
    document = Document()
    pair: tuple[list[str], list[str]] | None = None
    for block in [
        *tables([ln for ln in layout.lines if not ln.startswith("--- ")]),
        None,
    ]:
        if isinstance(block, tuple):
            pair = pair or ([], [])
            pair[0].append(block[0])
            pair[1].append(block[1])
            continue
        if pair is not None:
            table = document.add_table(1, 2)
            for cell, texts in zip(table.rows[0].cells, pair, strict=True):
                cell.text = texts[0]
                for text in texts[1:]:
                    cell.add_paragraph(text)
            pair = None
        if isinstance(block, Table):
            width = max(map(len, block.rows))
            table = document.add_table(len(block.rows), width)
            table.style = "Table Grid"
            for r, row in enumerate(block.rows):
                for c, text in enumerate(row):
                    if _own(text):
                        lines = text.split("\n")
                        table.cell(r, c).text = lines[0]
                        for line in lines[1:]:
                            table.cell(r, c).add_paragraph(line)
            for top, left, bottom, right in merges(block.rows):
                table.cell(top, left).merge(table.cell(bottom - 1, right - 1))
        elif block is not None:
            document.add_paragraph(block)
    document.save(str(path))


def _csv(layout: Layout, path: Path) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";" if len(layout.name) % 2 else ",")
    for block in tables([ln for ln in layout.lines if not ln.startswith("--- ")]):
        if isinstance(block, Table):
            writer.writerows([_own(text) for text in row] for row in block.rows)
        elif isinstance(block, tuple):
            writer.writerow([block[0], "", "", block[1]])
        else:
            writer.writerow([block] if block else [])
    path.write_bytes(
        b"\xef\xbb\xbf" * (len(layout.name) % 3 > 0) + stream.getvalue().encode()
    )


def _mail(layout: Layout) -> EmailMessage:
    mail = EmailMessage()
    mail["Authentication-Results"] = _PROVEN
    mail["From"] = "Van thu <vanthu.donvi@gmail.com>"
    mail["To"] = "bandanvanq3@gmail.com"
    mail["Subject"] = layout.subject or "Gửi Ban Dân vận"
    mail["Date"] = "Mon, 07 Jun 2021 08:12:44 +0700"
    mail["Message-ID"] = f"<{layout.name}@mail.gmail.com>"
    return mail


def _html(layout: Layout, path: Path) -> None:
    mail = _mail(layout)
    outlook = len(layout.name) % 2 == 0
    parts = []
    for block in tables([ln for ln in layout.lines if not ln.startswith("--- ")]):
        if isinstance(block, Table):
            parts.append(_html_table(block, outlook))
        elif isinstance(block, tuple):
            left, right = (html.escape(t) for t in block)
            parts.append(f"<table><tr><td>{left}</td><td>{right}</td></tr></table>")
        elif outlook:
            parts.append(
                "<p class=MsoNormal><span lang=VI>"
                f"{html.escape(block) or '&nbsp;'}<o:p></o:p></span></p>"
            )
        else:
            parts.append(f"<div>{html.escape(block) or '<br>'}</div>")
    text = "".join(parts)
    mail.set_content("")
    mail.set_content(f"<html><body>{text}</body></html>", subtype="html")
    path.write_bytes(mail.as_bytes())


def _html_table(block: Table, outlook: bool) -> str:
    spans = {m[:2]: (m[2] - m[0], m[3] - m[1]) for m in merges(block.rows)}
    rows = []
    for r, row in enumerate(block.rows):
        cells = []
        for c, text in enumerate(row):
            if text in ("^", "<"):
                continue
            high, wide = spans.get((r, c), (1, 1))
            span = f" rowspan={high}" * (high > 1) + f" colspan={wide}" * (wide > 1)
            lines = [html.escape(line) for line in text.split("\n")]
            inner = (
                "".join(f"<p class=MsoNormal>{x}</p>" for x in lines)
                if outlook
                else "<br>".join(lines)
            )
            cells.append(f"<td{span}>{inner}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table border=1>{''.join(rows)}</table>"


def _text(layout: Layout, path: Path) -> None:
    mail = _mail(layout)
    lines: list[str] = []
    for block in tables([ln for ln in layout.lines if not ln.startswith("--- ")]):
        if isinstance(block, Table):
            lines += [
                "\t".join(_own(t).replace("\n", " ") for t in row) for row in block.rows
            ]
        elif isinstance(block, tuple):
            lines.append(f"{block[0]:40}{block[1]}")
        else:
            lines.append(block)
    mail.set_content("\n".join(lines) + "\n")
    path.write_bytes(mail.as_bytes())


_WRITERS = {
    "xlsx": _xlsx,
    "xlsx2": _xlsx2,
    "docx": _docx,
    "csv": _csv,
    "html": _html,
    "text": _text,
}
