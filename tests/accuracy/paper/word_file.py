"""Write a document as a Word file in a look, for LibreOffice Writer to print."""

from pathlib import Path

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.accuracy.model import Doc, Grid, Lines, Pair, Sheet, shown
from tests.accuracy.paper.look import ACROSS, FONT, Look, ruled_sides, widths
from tests.accuracy.words import parts

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
}


def as_word(doc: Doc, look: Look, path: Path) -> None:
    out = docx.Document()
    normal = out.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(look.size)
    normal.paragraph_format.space_after = Pt(0)
    page = out.sections[0]
    page.page_width, page.page_height = Pt(595), Pt(842)
    if look.wide:
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = Pt(842), Pt(595)
    page.left_margin = page.right_margin = Pt(48)
    page.top_margin = page.bottom_margin = Pt(50)
    for index, sheet in enumerate(doc.sheets):
        if index:
            out.add_page_break()
        _sheet(out, sheet, look)
    out.save(str(path))


def _sheet(out: "docx.document.Document", sheet: Sheet, look: Look) -> None:
    for block in sheet.blocks:
        if isinstance(block, Pair):
            table = out.add_table(1, 2)
            sides = (block.left, block.right)
            for cell, lines in zip(table.rows[0].cells, sides, strict=True):
                _fill(cell, "\n".join(lines), look, "center")
            out.add_paragraph("")
        elif isinstance(block, Lines):
            for text in block.texts:
                paragraph = out.add_paragraph(text)
                if block.centred:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                    paragraph.runs[0].bold = True
        else:
            for part in parts(block):
                _table(out, part, widths(sheet, look), look)
                out.add_paragraph("")


def _table(
    out: "docx.document.Document", grid: Grid, wide: list[float], look: Look
) -> None:
    height, width = len(grid.rows), len(grid.rows[0])
    table = out.add_table(height, width)
    table.autofit = False
    _margins(table, look.padding)
    share = ACROSS[look.wide] / sum(wide[:width])
    spans = {(m[0], m[1]): m for m in grid.merges}
    for r, row in enumerate(grid.rows):
        cells = table.rows[r].cells
        for c, value in enumerate(row):
            cells[c].width = Pt(wide[c] * share)
            if value is None:
                continue
            head = r < grid.heading_rows
            align = "center" if head else look.align
            _fill(cells[c], shown(value), look, align, head)
            top, left, bottom, right = spans.get((r, c), (r, c, r + 1, c + 1))
            for y in range(top, bottom):
                for x in range(left, right):
                    at = (y, x, height, width)
                    _dress(table.cell(y, x), grid, at, (top, left, bottom, right), look)
    for top, left, bottom, right in grid.merges:
        text = shown(grid.rows[top][left])
        merged = table.cell(top, left).merge(table.cell(bottom - 1, right - 1))
        for extra in merged.paragraphs[1:]:
            extra._element.getparent().remove(extra._element)
        head = top < grid.heading_rows
        _fill(merged, text, look, "center" if head else look.align, head)
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        if number < grid.heading_rows and look.repeated:
            properties.append(OxmlElement("w:tblHeader"))
        if look.whole_rows:
            properties.append(OxmlElement("w:cantSplit"))
        if look.turned and number < grid.heading_rows:
            # Turned text makes no room for itself.
            tall = OxmlElement("w:trHeight")
            tall.set(qn("w:val"), "2400")
            properties.append(tall)


def _margins(table: "docx.table.Table", points: float) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(int(points * 20)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)


def _dress(
    cell: "docx.table._Cell",
    grid: Grid,
    at: tuple[int, int, int, int],
    area: tuple[int, int, int, int],
    look: Look,
) -> None:
    """Give one place of the table its borders and its ground."""
    row, column, height, width = at
    top, left, bottom, right = area
    sides = ruled_sides(look, grid, row, bottom - row)
    wanted = {
        "top": row == top and (sides["level"] or (row == 0 and sides["outer"])),
        "bottom": row + 1 == bottom
        and (
            sides["level"]
            or sides["under_head"]
            or (row + 1 == height and sides["outer"])
        ),
        "left": column == left
        and (sides["upright"] or (column == 0 and sides["outer"])),
        "right": column + 1 == right
        and (sides["upright"] or (column + 1 == width and sides["outer"])),
    }
    borders = OxmlElement("w:tcBorders")
    for name in ("top", "left", "bottom", "right"):
        if wanted[name]:
            edge = OxmlElement(f"w:{name}")
            edge.set(qn("w:val"), "single")
            edge.set(qn("w:sz"), "4")
            borders.append(edge)
    properties = cell._tc.get_or_add_tcPr()
    if len(borders):
        properties.append(borders)
    if look.shaded and row < grid.heading_rows:
        ground = OxmlElement("w:shd")
        ground.set(qn("w:val"), "clear")
        ground.set(qn("w:fill"), "D9E2F3")
        properties.append(ground)
    if look.turned and row < grid.heading_rows and bottom - top == right - left == 1:
        turned = OxmlElement("w:textDirection")
        turned.set(qn("w:val"), "btLr")
        properties.append(turned)
    level = OxmlElement("w:vAlign")
    level.set(qn("w:val"), look.level)
    properties.append(level)


def _fill(
    cell: "docx.table._Cell", text: str, look: Look, align: str, bold: bool = False
) -> None:
    lines = text.split("\n")
    cell.text = lines[0]
    for line in lines[1:]:
        cell.add_paragraph(line)
    for paragraph in cell.paragraphs:
        paragraph.alignment = _ALIGN[align]
        for run in paragraph.runs:
            run.bold = bold
