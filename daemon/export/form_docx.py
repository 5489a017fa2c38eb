"""A form as a Word document, for who fills it in there or on paper.

Equal forms are equal bytes: no clock, no user, no chance.
"""

import io
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGNED
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from daemon.export.form import Shown, shown, words
from daemon.export.form_zip import repacked
from parsers.values.form import FormCell, FormFacts

#: Millimetres of the table's columns; together they are the width between margins.
_WIDTHS = {
    "number": 14.0,
    "title": 70.0,
    "method": 70.0,
    "time": 42.0,
    "expected_result": 66.0,
    "result": 110.0,
    "progress": 60.0,
    "unit": 50.0,
    "field": 40.0,
}
_BETWEEN = 262.0
_FILL = "FFF2CC"
_NEVER = datetime(2000, 1, 1)  # noqa: DTZ001 (the file holds no zone)


def form_docx(form: FormFacts) -> bytes:
    """Return the document: head, headings, known rows, empty ones, signatures.

    What a workbook says in a comment stands below the table.
    """
    document = docx.Document()
    view = shown(form)
    _set_up(document, form)
    _head(document, view)
    _table(document, view)
    _doubts(document, view)
    _foot(document)
    stream = io.BytesIO()
    document.save(stream)
    return repacked(stream.getvalue())


def _set_up(document: Document, form: FormFacts) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(20), Mm(15)
    section.top_margin = section.bottom_margin = Mm(15)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.paragraph_format.space_after = Pt(2)
    known = document.core_properties
    known.created = known.modified = _NEVER
    known.author = known.last_modified_by = known.comments = ""
    known.title = words()[form.phase]["title"]


def _head(document: Document, view: Shown) -> None:
    head = document.add_table(rows=1, cols=2)
    _say(head.cell(0, 0).paragraphs[0], view.issuer, bold=True)
    _say(head.cell(0, 1).paragraphs[0], view.plan, align=ALIGNED.CENTER)
    title = document.add_paragraph()
    title.paragraph_format.space_before = Pt(10)
    _say(title, view.title, bold=True, align=ALIGNED.CENTER)
    if view.subtitle:
        _say(document.add_paragraph(), view.subtitle, align=ALIGNED.CENTER)
    for term in view.terms:
        _say(document.add_paragraph(), term)


def _table(document: Document, view: Shown) -> None:
    table = document.add_table(rows=1, cols=len(view.columns))
    table.style = "Table Grid"
    table.autofit = False
    for cell, column in zip(table.rows[0].cells, view.columns, strict=True):
        _say(cell.paragraphs[0], column.heading, bold=True, align=ALIGNED.CENTER)
    again = table.rows[0]._tr.get_or_add_trPr()
    again.append(OxmlElement("w:tblHeader"))
    for cells in view.rows:
        for cell, known in zip(table.add_row().cells, cells, strict=True):
            _fill(cell, known)
    _widen(table, view)


def _fill(cell: _Cell, known: FormCell) -> None:
    _say(cell.paragraphs[0], known.text)
    if known.doubt:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", _FILL)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _widen(table: Table, view: Shown) -> None:
    asked = [_WIDTHS.get(column.key, 50.0) for column in view.columns]
    scale = _BETWEEN / sum(asked)
    for place, width in enumerate(asked):
        table.columns[place].width = Mm(width * scale)
        for cell in table.columns[place].cells:
            cell.width = Mm(width * scale)


def _doubts(document: Document, view: Shown) -> None:
    said = words()["doubts"]
    for number, cells in enumerate(view.rows, 1):
        for place, cell in enumerate(cells):
            if cell.doubt:
                heading = view.columns[place].heading
                where = words()["head"]["where"].format(row=number, column=heading)
                _say(document.add_paragraph(), f"{where}: {said[cell.doubt]}")


def _foot(document: Document) -> None:
    said = words()["signed"]
    document.add_paragraph()
    foot = document.add_table(rows=2, cols=2)
    for row, pair in enumerate((("drawn_up", "confirmed"), ("by_hand", "sealed"))):
        for place, key in enumerate(pair):
            paragraph = foot.cell(row, place).paragraphs[0]
            _say(paragraph, said[key], bold=not row, align=ALIGNED.CENTER)


def _say(
    paragraph: Paragraph, text: str, bold: bool = False, align: ALIGNED | None = None
) -> None:
    """Write text, its own line ends kept, into a paragraph."""
    if align is not None:
        paragraph.alignment = align
    run = paragraph.add_run()
    run.bold = bold or None
    for place, piece in enumerate(text.split("\n")):
        if place:
            run.add_break()
        run.add_text(piece)
