"""Read .docx and .docm documents: their tables and paragraphs in order.

Footnotes, comments, charts and embedded files (also as `altChunk`) are left out; .doc,
.rtf and .odt are read elsewhere. Tracked changes are read as accepted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from parsers.errors import DamagedFileError
from parsers.readers.letters import Letters, Run, settled
from parsers.readers.numbering import Lists, W, leading, read_lists
from parsers.readers.package import (
    RELATION_ID,
    Package,
    Relation,
    int_of,
    open_package,
    parse_xml,
)
from parsers.readers.places import inside, table_name
from parsers.readers.run_fonts import RunFonts
from parsers.readers.runs import ALTERNATIVES, Paragraphs, chosen, is_prompt
from parsers.readers.spans import MOST_COLUMNS, Spanning, lay_out, rows_cut
from parsers.readers.styles import Styles
from parsers.values.limits import Limits
from parsers.values.table import Document, Paragraph, Table
from parsers.vietnamese.legacy.fonts import xml_may_name_old_fonts

_PARAGRAPH, _TABLE, _ROW, _CELL = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
_VAL = f"{W}val"
#: Wrappers that show what is inside them: content controls, insertions, custom XML.
_TRANSPARENT = frozenset(
    f"{W}{name}"
    for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
)
_SPAN, _MERGE, _DELETED = f"{W}gridSpan", f"{W}vMerge", f"{W}cellDel"
_ACROSS, _CONTROL = f"{W}hMerge", f"{W}sdt"
_BODY, _SECTION = f"{W}body", f"{W}sectPr"
_BREAK: Run = ("\n", None)


@dataclass(slots=True)
class _Reader:
    """What is gathered while one document is walked."""

    path: tuple[str, ...]
    text: Paragraphs
    letters: Letters
    blocks: list[Table | Paragraph] = field(default_factory=list)
    tables: int = 0
    rows_left: int = 0
    cut: bool = False

    def flow(self, parent: etree._Element) -> None:
        """Take the paragraphs and tables of `parent` in order."""
        pending: list[Run] = []
        for element in _children(parent):
            if element.tag == _PARAGRAPH:
                text = [*pending, *self.text.of(element)]
                if self.text.joins_next(element):
                    # The mark between two paragraphs was deleted while tracked.
                    pending = text
                    continue
                pending = []
                self._paragraph(text)
                self._floating()
            elif element.tag == _TABLE:
                self._table(element)
        if pending:
            self._paragraph(pending)

    def _paragraph(self, text: list[Run]) -> None:
        shown = self._shown(text)
        if shown:
            self.blocks.append(Paragraph(shown))

    def _shown(self, runs: list[Run]) -> str:
        if self.text.fonts is None:
            return self.letters.shown("".join([text for text, _ in runs]))
        return self.letters.shown_runs(runs)

    def _floating(self) -> None:
        """Take the text boxes that were anchored in what was read last."""
        boxes, self.text.boxes = self.text.boxes, []
        for box in boxes:
            self.flow(box)

    def _table(self, element: etree._Element) -> None:
        self.tables += 1
        number = self.tables
        nested: list[etree._Element] = []
        rows = []
        for row in _children(element):
            if row.tag != _ROW or _is_deleted(row):
                continue
            if self.rows_left <= 0:
                self.cut = True
                break
            self.rows_left -= 1
            rows.append(self._cells(row, nested))
        boxes, self.text.boxes = self.text.boxes, []
        grid = lay_out(_with_vertical_spans(rows))
        self.cut = self.cut or grid.cut
        if grid.rows and grid.rows[0]:
            self.blocks.append(grid.table(self.path, table_name(number)))
        for inner in nested:
            self._table(inner)
        for box in boxes:
            self.flow(box)

    def _cells(
        self, row: etree._Element, nested: list[etree._Element]
    ) -> list["_WordCell"]:
        cells: list[_WordCell] = []
        skip = min(MOST_COLUMNS, int_of(_property(row, "trPr", "gridBefore")))
        for cell in _children(row):
            if cell.tag != _CELL:
                continue
            given = _given(leading(cell, f"{W}tcPr"))
            if _DELETED in given:
                continue
            columns = min(MOST_COLUMNS, max(1, int_of(given.get(_SPAN), 1)))
            if cells and given.get(_ACROSS) == "continue":
                # The cell before it reaches over this one, whose text is not shown.
                wider = min(MOST_COLUMNS, cells[-1].columns + columns)
                cells[-1] = replace(cells[-1], columns=wider)
                continue
            text = self._cell_text(cell, nested)
            cells.append(_WordCell(text, columns, skip, given.get(_MERGE)))
            skip = 0
        return cells

    def _cell_text(self, cell: etree._Element, nested: list[etree._Element]) -> str:
        runs: list[Run] = []
        joined = True
        for element in _children(cell):
            if element.tag == _TABLE:
                nested.append(element)
            elif element.tag == _PARAGRAPH:
                if not joined:
                    runs.append(_BREAK)
                runs += self.text.of(element)
                joined = self.text.joins_next(element)
        return self._shown(runs)


@dataclass(frozen=True, slots=True)
class _WordCell:
    text: str
    columns: int
    skip: int
    merge: str | None


def read(payload: bytes, path: tuple[str, ...], limits: Limits) -> Document:
    """Return the paragraphs and tables of the document `payload`, in order.

    What stands in headers comes first, what stands in footers last; a table within a
    cell follows the table around it. Raises DamagedFileError, EncryptedFileError and
    LimitExceededError; rows left out are the finding `rows_cut`.
    """
    return settled(lambda letters: _read(payload, path, limits, letters), path)


def _read(
    payload: bytes, path: tuple[str, ...], limits: Limits, letters: Letters
) -> Document:
    package = open_package(payload, limits)
    part = package.main_part("word/document.xml")
    data = package.read(part)
    root = parse_xml(data) if data is not None else None
    body = root.find(_BODY) if root is not None else None
    if body is None:
        raise DamagedFileError("a document without a body")
    relations = package.relations(part)
    text = _paragraphs(package, relations, data or b"")
    reader = _Reader(path, text, letters, rows_left=limits.rows)
    for header in _around(package, relations, body, "header"):
        reader.flow(header)
    reader.flow(body)
    for footer in _around(package, relations, body, "footer"):
        reader.flow(footer)
    return Document(
        tuple(reader.blocks),
        (rows_cut(inside(path), limits),) if reader.cut else (),
        "unicode" if reader.blocks else None,
    )


def _paragraphs(
    package: Package, relations: dict[str, Relation], document: bytes
) -> Paragraphs:
    by_kind = {r.kind: r.target for r in relations.values()}
    data = package.read(by_kind.get("styles", "word/styles.xml")) or b""
    styles = Styles(lambda: parse_xml(data) if data else None)
    old = xml_may_name_old_fonts(document) or xml_may_name_old_fonts(data)
    fonts = RunFonts(styles) if old else None
    name = by_kind.get("numbering")
    root = package.xml(name) if name else None
    if root is None:
        return Paragraphs(Lists(), styles, fonts)
    needs_styles = root.find(f".//{W}numStyleLink") is not None
    lists = read_lists(root, styles.root() if needs_styles else None)
    return Paragraphs(lists, styles, fonts)


def _around(
    package: Package, relations: dict[str, Relation], body: etree._Element, what: str
) -> Iterator[etree._Element]:
    """Yield the headers or footers that are shown, each part once.

    Those of even pages repeat the others and are left out.
    """
    seen = set()
    for section in body.iter(_SECTION):
        for element in section.iterchildren(f"{W}{what}Reference"):
            shown = element.get(f"{W}type", "default")
            if shown == "even" or (
                shown == "first" and section.find(f"{W}titlePg") is None
            ):
                continue
            relation = relations.get(element.get(RELATION_ID, ""))
            if relation is None or relation.target in seen:
                continue
            seen.add(relation.target)
            root = package.xml(relation.target)
            if root is not None:
                yield root


def _children(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag in _TRANSPARENT:
            if child.tag != _CONTROL or not _only_asks(child):
                yield from _children(child)
        elif child.tag == ALTERNATIVES:
            yield from _children(chosen(child))
        else:
            yield child


def _only_asks(control: etree._Element) -> bool:
    """Say whether a control around paragraphs shows nothing but its prompt.

    Around cells and rows it is entered all the same, for the columns that they take.
    """
    return is_prompt(control) and control.find(f"{W}sdtContent/{W}p") is not None


def _is_deleted(row: etree._Element) -> bool:
    properties = row.find(f"{W}trPr")
    return properties is not None and properties.find(f"{W}del") is not None


def _property(element: etree._Element, group: str, name: str) -> str | None:
    return _value(element.find(f"{W}{group}"), name)


def _value(properties: etree._Element | None, name: str) -> str | None:
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found.get(_VAL) if found is not None else None


def _given(properties: etree._Element | None) -> dict[str, str]:
    """Return the values of a cell's properties by tag.

    A merge without a value goes on with the cell above (ECMA-376 17.4.85).
    """
    if properties is None:
        return {}
    return {p.tag: p.get(_VAL, "continue") for p in properties}


def _with_vertical_spans(rows: list[list[_WordCell]]) -> list[list[Spanning]]:
    """Return the cells with the rows that they reach down; continued ones are gone.

    What stands in a continued cell is not shown by the program, and left out.
    """
    laid: list[list[Spanning]] = []
    open_above: dict[int, Spanning] = {}
    for row in rows:
        line: list[Spanning] = []
        column = pending = 0
        above, open_above = open_above, {}
        for cell in row:
            column += cell.skip
            pending += cell.skip
            start = above.get(column)
            if cell.merge == "continue" and start and start.columns == cell.columns:
                start.rows += 1
                open_above[column] = start
                # The columns stay taken by the cell above; only what was skipped
                # before still has to be skipped.
            else:
                placed = Spanning(cell.text, cell.columns, 1, pending)
                line.append(placed)
                pending = 0
                if cell.merge is not None:
                    open_above[column] = placed
            column += cell.columns
        laid.append(line)
    return laid
