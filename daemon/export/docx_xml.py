"""Pieces of WordprocessingML (ECMA-376, 17) as text: paragraphs, cells, rows, sections.

All text is escaped here and nowhere else; it opens no file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from daemon.export.clean import xml_text

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
#: Twentieths of a point: what the format measures lengths in.
TWIP = 20


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point."""
    return round(millimetres * 72 / 25.4 * TWIP)


@dataclass(frozen=True, slots=True)
class Letters:
    """How letters look; `size` in points."""

    size: float
    bold: bool = False
    italic: bool = False
    ruled: bool = False
    struck: bool = False


def run(text: str, letters: Letters) -> str:
    """Return a run; line ends and tabs are the format's own elements."""
    marks = "<w:b/>" * letters.bold + "<w:i/>" * letters.italic
    marks += "<w:strike/>" * letters.struck
    half = round(letters.size * 2)
    size = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    rule = '<w:u w:val="single"/>' * letters.ruled
    return f"<w:r><w:rPr>{marks}{size}{rule}</w:rPr>{_written(text)}</w:r>"


def _written(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = []
    for line in plain.split("\n"):
        pieces = (
            f'<w:t xml:space="preserve">{escape(xml_text(piece))}</w:t>'
            for piece in line.split("\t")
        )
        lines.append("<w:tab/>".join(pieces))
    return "<w:br/>".join(lines)


@dataclass(frozen=True, slots=True)
class Form:
    """How a paragraph stands. `keep`: on one page with the next; `before` in points,
    `first` the first line's indent in millimetres; `mark` is the size of an empty one.
    """

    align: str = "left"
    keep: bool = False
    before: float = 0
    first: float = 0
    mark: float = 0


def paragraph(runs: str, form: Form = Form(), section: str = "") -> str:
    """Return a paragraph; `section` ends one here."""
    said = "<w:keepNext/>" * form.keep
    said += f'<w:spacing w:before="{round(form.before * TWIP)}" w:after="0"/>'
    if form.first:
        said += f'<w:ind w:firstLine="{twips(form.first)}"/>'
    said += f'<w:jc w:val="{form.align}"/>'
    if form.mark:
        said += f'<w:rPr><w:sz w:val="{round(form.mark * 2)}"/></w:rPr>'
    return f"<w:p><w:pPr>{said}{section}</w:pPr>{runs}</w:p>"


@dataclass(frozen=True, slots=True)
class Box:
    """How a cell stands; `width` in millimetres. `merge`: `restart` begins one over
    several rows, `continue` is covered by it.
    """

    width: float
    span: int = 1
    merge: str = ""
    fill: str = ""
    top: bool = False


def cell(content: str, box: Box) -> str:
    """Return a cell."""
    form = f'<w:tcW w:w="{twips(box.width)}" w:type="dxa"/>'
    if box.span > 1:
        form += f'<w:gridSpan w:val="{box.span}"/>'
    if box.merge:
        form += f'<w:vMerge w:val="{box.merge}"/>'
    if box.fill:
        form += f'<w:shd w:val="clear" w:color="auto" w:fill="{box.fill}"/>'
    form += f'<w:vAlign w:val="{"top" if box.top else "center"}"/>'
    return f"<w:tc><w:tcPr>{form}</w:tcPr>{content}</w:tc>"


def row(
    cells: Iterable[str], heading: bool = False, whole: bool = True, least: float = 0
) -> str:
    """Return a row. `heading` is repeated on each page, `whole` is never torn, `least`
    its height at least in points.
    """
    form = "<w:cantSplit/>" * whole
    if least:
        form += f'<w:trHeight w:val="{round(least * TWIP)}" w:hRule="atLeast"/>'
    form += "<w:tblHeader/>" * heading
    return f"<w:tr><w:trPr>{form}</w:trPr>{''.join(cells)}</w:tr>"


def table_start(widths: Iterable[float], boxed: bool) -> str:
    """Return the beginning of a table of those columns (millimetres)."""
    given = [twips(width) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in given)
    line = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f"<w:{side} {line}/>" for side in sides) if boxed else ""
    margin = twips(1.0)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(given)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{margin}" '
        f'w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )


TABLE_END = "</w:tbl>"


def section(
    size: tuple[float, float],
    margins: tuple[float, float, float, float],
    header: str,
    first: bool,
) -> str:
    """Return a section's properties: width and height, margins (top, bottom, left,
    right) in millimetres; `header` is the relationship of its page number.

    `first`: its pages are numbered from 1.
    """
    wide, high = map(twips, size)
    top, bottom, left, right = map(twips, margins)
    lying = ' w:orient="landscape"' if wide > high else ""
    start = ' w:start="1"' if first else ""
    # Only the first page of a document has no number.
    plain = "<w:titlePg/>" if first else ""
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{header}"/>'
        '<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{wide}" w:h="{high}"{lying}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" '
        f'w:left="{left}" w:header="{top // 2}" w:footer="{bottom // 2}" '
        f'w:gutter="0"/><w:pgNumType{start}/>{plain}</w:sectPr>'
    )
