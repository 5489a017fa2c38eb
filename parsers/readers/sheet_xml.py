"""Take the cells out of a sheet's XML, in two ways that give the same.

Nearly every writer shapes cells alike; patterns read those several times as fast as a
tree. They are believed only if they account for every cell; the tree reads the rest.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from parsers.readers.package import MAIN, parse_xml, plain_names, walk_xml
from parsers.readers.places import column_letters, column_number
from parsers.readers.plain_xml import as_plain, plain_values
from parsers.readers.workbook import Raw, rich_text

#: A sheet of more bytes is read in a stream, which is slower but keeps no tree.
_STREAMED = 8 * 1024 * 1024
_TRUE = ("1", "true")
_ROW, _VALUE, _INLINE = f"{MAIN}row", f"{MAIN}v", f"{MAIN}is"
_FORMULA = f"{MAIN}f"
_CELL, _MERGE, _DEFAULTS = f"{MAIN}c", f"{MAIN}mergeCell", f"{MAIN}sheetFormatPr"

_PLAIN_CELL = re.compile(
    r'<c r="([A-Z]{1,3})(\d{1,7})"(?: s="(\d+)")?(?: t="(\w+)")?'
    r"(?:/>|>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?"
    r"(?:<v>([^<]*)</v>|<v/>|<is><t(?: [^>]*)?>([^<]*)</t></is>)?</c>)"
)
_PLAIN_FORMULA = re.compile(
    r'<c r="([A-Z]{1,3})(\d{1,7})"(?: s="\d+")?(?: t="(\w+)")?>'
    r"(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)(?:<v>([^<]*)</v>)?"
)
_PLAIN_ROW = re.compile(r'<row r="(\d{1,7})"([^>]*)>')
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_PLAIN_MERGE = re.compile(r'<mergeCell ref="([^"]*)"')
_PLAIN_DEFAULTS = re.compile(r"<sheetFormatPr [^>]*zeroHeight=\"(1|true)\"")


#: The fields of a CellXml; patterns find cells as plain tuples.
CellParts = tuple[str, str, str, str, str, Raw]


class CellXml(NamedTuple):
    """A cell as it stands: column letters, row, style, kind, value or inline text."""

    letters: str
    row: str
    style: str
    kind: str
    value: str
    inline: Raw


@dataclass(slots=True)
class SheetXml:
    """The cells of a sheet in order, and what the sheet says of rows and merges.

    `hidden` are rows that are not shown; where rows are `hidden_by_default`, `shown`
    are those that are. `regular` says that every place is written as programs do.
    `formulas` are column letters, row, kind and value of the cells that hold one. The
    cells must be consumed before the rest is looked at.
    """

    cells: Iterable[CellParts] = ()
    merges: list[str] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    shown: set[int] = field(default_factory=set)
    hidden_by_default: bool = False
    regular: bool = True
    formulas: list[tuple[str, str, str, str]] = field(default_factory=list)


def sheet_xml(data: bytes) -> SheetXml:
    """Return what stands in the XML `data` of a sheet.

    Raises DamagedFileError, while the cells are consumed as well.
    """
    data = plain_names(data)
    if len(data) <= _STREAMED:
        found = _by_patterns(data)
        if found is not None:
            return found
    sheet = SheetXml()
    sheet.cells = _by_elements(data, sheet)
    return sheet


def _by_patterns(data: bytes) -> SheetXml | None:
    """Return the sheet where patterns account for all of it, None otherwise."""
    text = as_plain(data)
    if text is None or not text.rstrip().endswith("</worksheet>"):
        return None
    cells = _PLAIN_CELL.findall(text)
    if len(cells) != text.count("<c ") + text.count("<c>"):
        return None
    rows = text.count("<row ") + text.count("<row>")
    numbered = _PLAIN_ROW.findall(text) if "hidden=" in text or 'ht="0"' in text else ()
    if numbered and len(numbered) != rows:
        return None
    merges = _PLAIN_MERGE.findall(text) if "<mergeCell " in text else []
    if len(merges) != text.count("<mergeCell ") or ":row " in text or ":c " in text:
        return None
    if "&" in text:
        cells = [
            _resolved(cell) if "&" in cell[4] + cell[5] else cell for cell in cells
        ]
    sheet = SheetXml(cells, merges)
    if "<f" in text:
        sheet.formulas = _PLAIN_FORMULA.findall(text)
    sheet.hidden_by_default = _PLAIN_DEFAULTS.search(text, 0, 4096) is not None
    for number, attributes in numbered:
        _note_row(sheet, int(number), dict(_ATTRIBUTE.findall(attributes)))
    return sheet


def _resolved(
    cell: tuple[str, str, str, str, str, str],
) -> tuple[str, str, str, str, str, str]:
    value, inline = plain_values([cell[4], cell[5]])
    return (*cell[:4], value, inline)


def _note_row(sheet: SheetXml, number: int, attributes: dict[str, str]) -> None:
    if attributes.get("hidden") in _TRUE or attributes.get("ht") == "0":
        sheet.hidden.add(number)
    elif "ht" in attributes or "hidden" in attributes:
        sheet.shown.add(number)


def _by_elements(data: bytes, sheet: SheetXml) -> Iterator[CellParts]:
    number = 0
    for element in _elements(data):
        if element.tag == _ROW:
            given = element.get("r", "")
            # QUIRK: some writers leave out the numbers of rows and cells.
            usable = given.isdecimal() and len(given) < 8
            number = int(given) if usable else number + 1
            _note_row(sheet, number, {str(k): str(v) for k, v in element.items()})
            yield from _cells_of(element, str(number), sheet)
        elif element.tag == _MERGE:
            sheet.merges.append(element.get("ref", ""))
        else:
            sheet.hidden_by_default = element.get("zeroHeight") in _TRUE


def _elements(data: bytes) -> Iterable[etree._Element]:
    tags = (_ROW, _MERGE, _DEFAULTS)
    return walk_xml(data, tags) if len(data) > _STREAMED else parse_xml(data).iter(tags)


def _cells_of(row: etree._Element, number: str, sheet: SheetXml) -> Iterator[CellXml]:
    column = 0
    for cell in row.iterchildren(_CELL):
        reference = cell.get("r", "")
        column = column_number(reference.rstrip("0123456789")) or column + 1
        if reference not in ("", column_letters(column) + number):
            sheet.regular = False
        kind = cell.get("t", "")
        value = ""
        inline: Raw = ""
        formula = False
        for child in cell:
            if child.tag == _VALUE:
                value = child.text or ""
            elif child.tag == _INLINE:
                inline = rich_text(child)
            elif child.tag == _FORMULA:
                formula = True
        name = column_letters(column)
        if formula:
            sheet.formulas.append((name, number, kind, value))
        yield CellXml(name, number, cell.get("s", ""), kind, value, inline)
