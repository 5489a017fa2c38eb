"""Text documents that look like a clerk's: printed on A4, heads repeated, rows whole.

The body is written as it comes, so that neither time nor memory grows faster than the
rows. Hidden columns are left out; no text becomes a field or a link.
"""

import shutil
from collections.abc import Generator, Iterable, Iterator
from datetime import tzinfo
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from daemon.export import docx_xml as xml
from daemon.export.docx_rows import Place, body, closing, head, running, titles
from daemon.export.model import Part
from daemon.export.package import MADE, member, scratch

_FONT = "Times New Roman"
_A4 = (210.0, 297.0)
_TINY = xml.Form(mark=1)
_DOCUMENT = "word/document.xml"


def write_docx(parts: Iterable[Part], stream: BinaryIO, zone: tzinfo) -> None:
    """Write the parts one after the other, each from a new page; times in `zone`."""
    with scratch() as file:
        header = _skeleton(file)
        file.seek(0)
        with ZipFile(file) as made, ZipFile(stream, "w", ZIP_DEFLATED) as package:
            for name in made.namelist():
                with member(package, name) as new:
                    if name == _DOCUMENT:
                        for piece in _document(parts, header, zone):
                            new.write(piece.encode())
                        continue
                    with made.open(name) as old:
                        shutil.copyfileobj(old, new)


def _document(parts: Iterable[Part], header: str, zone: tzinfo) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    yield f"<w:document {xml.NAMESPACES}><w:body>"
    last = ""
    for part in parts:
        if last:
            # A section ends in a paragraph of its own.
            yield xml.paragraph("", _TINY, last)
        last = yield from _part(part, header, zone)
    # The format wants a paragraph after a table.
    yield xml.paragraph("", _TINY)
    yield f"{last}</w:body></w:document>"


def _part(part: Part, header: str, zone: tzinfo) -> Generator[str, None, str]:
    """Yield a part's text; return the section that it ends in."""
    top, bottom, left, right = part.letterhead.margins
    upright = xml.section(_A4, part.letterhead.margins, header, True)
    # The margin at which an upright page is bound is at the top of a lying one.
    turned = (left, right, bottom, top)
    lying = xml.section((_A4[1], _A4[0]), turned, header, not part.text)
    wide = _A4[1] - top - bottom
    if part.text:
        narrow = _A4[0] - left - right
        yield from head(part, narrow)
        yield from titles(part.heading, (), narrow)
        yield from running(part)
        yield from closing(part.letterhead, narrow, recipients=True)
        yield xml.paragraph("", _TINY, upright)
    else:
        yield from head(part, wide)
    yield from titles(part.title, (*part.notes, *part.remarks), wide)
    tables = iter(part.tables)
    table, further = next(tables), False
    for following in (*tables, None):
        yield from body(table, zone, Place(further, last=following is None))
        further = True
        if following is not None:
            table = following
    yield from closing(part.letterhead, wide, recipients=False)
    return lying


def _skeleton(file: Any) -> str:
    """Write a package without text; return the relationship of its page number."""
    made = docx.Document()
    style = made.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(13)
    fonts = style.element.rPr.rFonts
    for which in ("w:eastAsia", "w:cs", "w:hAnsi"):
        fonts.set(qn(which), _FONT)
    section = made.sections[0]
    section.header.is_linked_to_previous = False
    _page_number(section.header.paragraphs[0])
    properties = made.core_properties
    properties.author, properties.last_modified_by = "hopthu", "hopthu"
    properties.title, properties.comments = "", ""
    properties.created = properties.modified = MADE.replace(tzinfo=None)
    made.save(file)
    return str(section._sectPr.xpath("./w:headerReference/@r:id")[0])


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = 1
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = text
        run._r.append(element)
