"""Write a paper as a Word file, as a clerk lays it out for the printer."""

from pathlib import Path
from random import Random

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell as WordCell

from tests.accuracy.model import Doc, Grid, Lines, Pair, shown
from tests.accuracy.pictures.faces import Face
from tests.accuracy.prints import column_widths
from tests.accuracy.words import parts

_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
#: Characters that a line across has room for, before the page is turned.
_ACROSS = 78


def as_docx(doc: Doc, path: Path, face: Face, rules: str) -> None:
    """Write `doc`; `rules` of its tables: all, level or none."""
    random = Random(f"{doc.name} in Word")
    out = docx.Document()
    size = random.choice((11, 12, 12, 13, 13, 14))
    style = out.styles["Normal"]
    style.font.name, style.font.size = face.family, Pt(size)
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        style.element.rPr.rFonts.set(qn(f"w:{kind}"), face.family)
    style.paragraph_format.space_after = Pt(random.choice((0, 0, 3)))
    widths = column_widths(doc.sheets[0])
    section = out.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if sum(widths) > _ACROSS or random.random() < 0.15:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = Cm(random.choice((2, 2.5, 3)))
    section.right_margin = Cm(random.choice((1.5, 2)))
    section.top_margin = section.bottom_margin = Cm(2)
    across = section.page_width - section.left_margin - section.right_margin
    for sheet in doc.sheets:
        for block in sheet.blocks:
            if isinstance(block, Pair):
                _pair(out, block, across)
            elif isinstance(block, Lines):
                _lines(out, block)
            else:
                for part in parts(block):
                    _table(out, part, [int(across * w / sum(widths)) for w in widths])
                    _style(out.tables[-1], rules, random)
                    out.add_paragraph("")
    out.save(str(path))


def _pair(out: "docx.document.Document", block: Pair, across: int) -> None:
    table = out.add_table(1, 2)
    table.autofit = False
    for cell, lines in zip(table.rows[0].cells, (block.left, block.right), strict=True):
        cell.width = across // 2
        for at, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            run = paragraph.add_run(line)
            run.bold = line == line.upper() and any(c.isalpha() for c in line)
            told = line.startswith(("Nơi nhận", "- "))
            paragraph.alignment = None if told else _CENTRE


def _lines(out: "docx.document.Document", block: Lines) -> None:
    for text in block.texts:
        paragraph = out.add_paragraph()
        paragraph.add_run(text).bold = block.centred
        if block.centred:
            paragraph.alignment = _CENTRE


def _table(out: "docx.document.Document", grid: Grid, widths: list[int]) -> None:
    table = out.add_table(len(grid.rows), len(grid.rows[0]))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for r, row in enumerate(grid.rows):
        cells = table.rows[r].cells
        for c, value in enumerate(row):
            cells[c].width = widths[c]
            if value is not None:
                _fill(cells[c], shown(value), r < grid.heading_rows, c)
    for top, left, bottom, right in grid.merges:
        merged = table.cell(top, left).merge(table.cell(bottom - 1, right - 1))
        for extra in merged.paragraphs[1:]:
            if not extra.text:
                extra._element.getparent().remove(extra._element)


def _fill(cell: WordCell, text: str, heading: bool, column: int) -> None:
    for at, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.add_run(line).bold = heading
        if heading or column == 0:
            paragraph.alignment = _CENTRE


def _style(table: "docx.table.Table", rules: str, random: Random) -> None:
    if rules == "all":
        table.style = "Table Grid"
        return
    if rules == "level":
        table.style = "Table Grid"
        borders = table._tbl.tblPr.makeelement(qn("w:tblBorders"), {})
        for side in ("left", "right", "insideV"):
            borders.append(borders.makeelement(qn(f"w:{side}"), {qn("w:val"): "nil"}))
        table._tbl.tblPr.append(borders)
