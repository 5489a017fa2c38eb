"""Print a paper with reportlab, and as a web page that a browser prints."""

import html
import io
from pathlib import Path
from random import Random

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.accuracy.model import Doc, Grid, Lines, Pair, Value, shown
from tests.accuracy.pictures.faces import Face
from tests.accuracy.prints import column_widths
from tests.accuracy.words import parts

_ACROSS = 82


def by_reportlab(doc: Doc, path: Path, face: Face, rules: str) -> None:
    """Write a PDF; `rules` of its tables: all, level or none."""
    random = Random(f"{doc.name} by reportlab")
    _register(face)
    out = io.BytesIO()
    wide = sum(column_widths(doc.sheets[0])) > _ACROSS
    page = SimpleDocTemplate(
        out,
        pagesize=landscape(A4) if wide else A4,
        leftMargin=random.choice((42, 56, 70)),
        rightMargin=42,
        topMargin=50,
        bottomMargin=50,
        invariant=1,
    )
    size = random.choice((10, 11, 12, 13))
    style = ParagraphStyle(
        "cell", fontName=face.family, fontSize=size, leading=size * 1.25
    )
    flow: list[Flowable] = []
    for sheet in doc.sheets:
        for block in sheet.blocks:
            if isinstance(block, Pair):
                flow += [_beside(block, page.width, face, size), Spacer(1, 10)]
            elif isinstance(block, Lines):
                flow += _texts(block, style, face)
            else:
                widths = column_widths(sheet)
                room = [page.width * w / sum(widths) for w in widths]
                flow += [_ruled(p, room, style, rules) for p in parts(block)]
                flow.append(Spacer(1, 12))
    page.build(flow)
    path.write_bytes(out.getvalue())


def _register(face: Face) -> None:
    if face.family in pdfmetrics.getRegisteredFontNames():
        return
    pdfmetrics.registerFont(TTFont(face.family, str(face.regular_file)))
    pdfmetrics.registerFont(TTFont(f"{face.family} bold", str(face.bold_file)))
    pdfmetrics.registerFontFamily(
        face.family, normal=face.family, bold=f"{face.family} bold"
    )


def _beside(block: Pair, width: float, face: Face, size: int) -> Table:
    table = Table(
        [["\n".join(block.left), "\n".join(block.right)]], colWidths=[width / 2] * 2
    )
    table.setStyle(
        [
            ("FONT", (0, 0), (-1, -1), face.family, size),
            ("LEADING", (0, 0), (-1, -1), size * 1.25),
            ("ALIGN", (0, 0), (-1, -1), "CENTER"),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
    )
    return table


def _texts(block: Lines, style: ParagraphStyle, face: Face) -> list[Flowable]:
    own = ParagraphStyle("line", parent=style, alignment=1 if block.centred else 0)
    if block.centred:
        own.fontName = f"{face.family} bold"
    made: list[Flowable] = [Paragraph(html.escape(t), own) for t in block.texts]
    return [*made, Spacer(1, 8)]


def _ruled(grid: Grid, widths: list[float], style: ParagraphStyle, rules: str) -> Table:
    rows = [
        [_paragraph(v, style, r < grid.heading_rows) for v in row]
        for r, row in enumerate(grid.rows)
    ]
    table = Table(rows, colWidths=widths, repeatRows=grid.heading_rows)
    wanted: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    if rules == "all":
        wanted.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    elif rules == "level":
        wanted.append(("LINEABOVE", (0, 0), (-1, -1), 0.5, colors.black))
        wanted.append(("LINEBELOW", (0, -1), (-1, -1), 0.5, colors.black))
    for top, left, bottom, right in grid.merges:
        wanted.append(("SPAN", (left, top), (right - 1, bottom - 1)))
    table.setStyle(wanted)
    return table


def _paragraph(value: Value | None, style: ParagraphStyle, bold: bool) -> Paragraph:
    text = html.escape(shown(value)).replace("\n", "<br/>")
    return Paragraph(f"<b>{text}</b>" if bold and text else text, style)


def as_page(doc: Doc, face: Face, rules: str) -> str:
    """Return the web page of a paper, which a browser prints on A4."""
    random = Random(f"{doc.name} in a browser")
    widths = column_widths(doc.sheets[0])
    size = random.choice((11, 12, 12, 13))
    made = [_head(face, size, sum(widths) > _ACROSS)]
    for sheet in doc.sheets:
        for block in sheet.blocks:
            if isinstance(block, Pair):
                made.append(_columns(block))
            elif isinstance(block, Lines):
                kind = "t" if block.centred else "p"
                made += [f"<p class={kind}>{html.escape(t)}</p>" for t in block.texts]
            else:
                made += [_table(p, widths, rules) for p in parts(block)]
    return "".join(made)


def _head(face: Face, size: int, wide: bool) -> str:
    return (
        "<!doctype html><meta charset=utf-8><style>"
        f"@page{{size:A4 {'landscape' if wide else 'portrait'};margin:16mm}}"
        f"body{{font:{size}pt '{face.family}';margin:0}}p{{margin:3pt 0}}"
        "table{border-collapse:collapse;width:100%;margin:6pt 0}"
        "td{padding:2pt 4pt;vertical-align:top}.h td{font-weight:bold;"
        "text-align:center}.t{text-align:center;font-weight:bold}"
        ".two td{width:50%;text-align:center}.all td{border:1px solid #000}"
        ".level td{border-top:1px solid #000;border-bottom:1px solid #000}"
        "tr{break-inside:avoid}.room{height:1.2em}</style>"
    )


def _columns(block: Pair) -> str:
    sides = (
        "".join(f"<div class=room>{html.escape(t)}</div>" for t in side)
        for side in (block.left, block.right)
    )
    return f"<table class=two><tr>{''.join(f'<td>{s}</td>' for s in sides)}</table>"


def _table(grid: Grid, widths: list[float], rules: str) -> str:
    spans = {(m[0], m[1]): (m[2] - m[0], m[3] - m[1]) for m in grid.merges}
    total = sum(widths)
    columns = "".join(f"<col style='width:{100 * w / total:.1f}%'>" for w in widths)
    rows = []
    for r, row in enumerate(grid.rows):
        cells = []
        for c, value in enumerate(row):
            if value is None:
                continue
            high, wide = spans.get((r, c), (1, 1))
            text = html.escape(shown(value)).replace("\n", "<br>")
            cells.append(f"<td rowspan={high} colspan={wide}>{text}</td>")
        kind = "h" if r < grid.heading_rows else "r"
        rows.append(f"<tr class={kind}>{''.join(cells)}</tr>")
    return f"<table class={rules}>{columns}{''.join(rows)}</table>"
