"""Read the tables that the tags of a page tell: rows, cells, paragraphs, their marks.

ISO 32000-1, 14.7 and 14.8. Where the letters stand is not asked here, so that nothing
of it is believed before `tagged` has held it against the page.
"""

import ctypes
from collections.abc import Iterator

import pypdfium2.raw as pdfium

from parsers.readers.pdf.library import Handle
from parsers.readers.pdf.marks import TaggedCell, TaggedTable
from parsers.readers.spans import MOST_COLUMNS

#: More elements than this on a page are no document.
_MOST_ELEMENTS = 20_000
_MOST_DEPTH = 40
_MOST_ROWS = 1000
_NAME_BYTES = 64
_GROUPS = frozenset(["THead", "TBody", "TFoot"])
_CELLS = frozenset(["TD", "TH"])
_PARAGRAPHS = frozenset(["P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "LI"])


def read_tags(page: Handle) -> tuple[TaggedTable, ...]:
    """Return the tables of the page's structure tree; none where it has no tree."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return ()
    try:
        reader = _Reader()
        for index in range(max(0, pdfium.FPDF_StructTree_CountChildren(tree))):
            reader.look(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), 0)
        return () if reader.full else tuple(reader.tables)
    finally:
        pdfium.FPDF_StructTree_Close(tree)


class _Reader:
    """Goes through the elements once; a table within a cell is a table of its own."""

    def __init__(self) -> None:
        self.tables: list[TaggedTable] = []
        self.count = 0

    @property
    def full(self) -> bool:
        return self.count > _MOST_ELEMENTS

    def look(self, element: Handle | None, depth: int) -> None:
        """Find the tables at and below `element`."""
        if not element or depth > _MOST_DEPTH:
            return
        if _type(element) == "Table":
            rows = list(self._rows(element, depth, ()))
            if 0 < len(rows) <= _MOST_ROWS:
                places, cells = zip(*rows, strict=True)
                self.tables.append(TaggedTable(tuple(cells), tuple(places)))
            return
        for _, child in self._children(element):
            self.look(child, depth + 1)

    def _children(self, element: Handle) -> Iterator[tuple[int, Handle | None]]:
        """Yield each kid as its mark, -1 for none, and its element, None for none."""
        for index in range(max(0, pdfium.FPDF_StructElement_CountChildren(element))):
            self.count += 1
            if self.full:
                return
            mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
            yield int(mark), child or None

    def _rows(
        self, element: Handle, depth: int, within: tuple[int, ...]
    ) -> Iterator[tuple[tuple[int, ...], tuple[TaggedCell, ...]]]:
        """Yield each row's place in the table and its cells."""
        for number, (_, child) in enumerate(self._children(element)):
            if child is None:
                continue
            kind = _type(child)
            if kind == "TR":
                yield (*within, number), tuple(self._cells(child, depth + 1))
            elif kind in _GROUPS and depth < _MOST_DEPTH:
                yield from self._rows(child, depth + 1, (*within, number))

    def _cells(self, row: Handle, depth: int) -> Iterator[TaggedCell]:
        for mark, child in self._children(row):
            if child is None:
                # An empty cell has nothing on the page, so that no element is told.
                if mark < 0:
                    yield TaggedCell()
            elif _type(child) in _CELLS:
                spans = _spans(child)
                yield TaggedCell(tuple(self._paragraphs(child, depth + 1)), *spans)

    def _paragraphs(self, element: Handle, depth: int) -> Iterator[tuple[int, ...]]:
        """Yield the marks of each paragraph; those outside of any are one together."""
        loose: list[int] = []
        for mark, child in self._children(element):
            if child is None:
                loose.extend([mark] if mark >= 0 else [])
            elif _type(child) == "Table":
                self.look(child, depth + 1)
            elif depth < _MOST_DEPTH:
                inner = list(self._paragraphs(child, depth + 1))
                if _type(child) in _PARAGRAPHS or len(inner) > 1:
                    if loose:
                        yield tuple(loose)
                    loose = []
                    yield from inner
                else:
                    loose.extend(mark for marks in inner for mark in marks)
        if loose:
            yield tuple(loose)


def _type(element: Handle) -> str:
    name = ctypes.create_string_buffer(_NAME_BYTES)
    pdfium.FPDF_StructElement_GetType(element, name, _NAME_BYTES)
    return name.raw.decode("utf-16-le", "replace").partition("\0")[0]


def _spans(cell: Handle) -> tuple[int, int]:
    """Return over how many rows and columns the cell says that it reaches."""
    found = {"RowSpan": 1, "ColSpan": 1}
    for index in range(max(0, pdfium.FPDF_StructElement_GetAttributeCount(cell))):
        attributes = pdfium.FPDF_StructElement_GetAttributeAtIndex(cell, index)
        for name in found:
            value = pdfium.FPDF_StructElement_Attr_GetValue(attributes, name.encode())
            number = ctypes.c_float()
            if value and pdfium.FPDF_StructElement_Attr_GetNumberValue(value, number):
                found[name] = int(min(max(1.0, number.value), _MOST_ROWS))
    return found["RowSpan"], min(found["ColSpan"], MOST_COLUMNS)
