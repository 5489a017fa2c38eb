"""Read OpenDocument texts, .odt and flat .fodt: tables and paragraphs in order.

Footnotes, comments, formulas and embedded objects are left out. Tracked changes are
read as accepted: what was deleted stands apart in such files.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from parsers.errors import DamagedFileError, EncryptedFileError
from parsers.readers.letters import Letters, Run, settled
from parsers.readers.open_lists import OpenLists
from parsers.readers.open_styles import (
    DRAW,
    LIBREOFFICE,
    OFFICE,
    STYLE,
    TABLE,
    TEXT,
    OpenStyles,
    styles_of,
)
from parsers.readers.package import Package, int_of, open_package, parse_xml
from parsers.readers.places import inside, table_name
from parsers.readers.spans import MOST_COLUMNS, Spanning, lay_out, rows_cut
from parsers.values.limits import Limits
from parsers.values.table import Document, Paragraph, Table

_BLOCKS = (f"{TEXT}p", f"{TEXT}h")
_LIST, _TABLE = f"{TEXT}list", f"{TABLE}table"
_CELL, _COVERED = f"{TABLE}table-cell", f"{TABLE}covered-table-cell"
_ROW = f"{TABLE}table-row"
_ROW_GROUPS = frozenset(
    f"{TABLE}{n}" for n in ("table-header-rows", "table-rows", "table-row-group")
)
#: Wrappers that show what is inside them.
_TRANSPARENT = frozenset(
    [f"{TEXT}{n}" for n in ("section", "index-body", "index-title", "index-entry")]
    + [
        f"{TEXT}{n}"
        for n in (
            *("table-of-content", "illustration-index", "table-index", "object-index"),
            *("user-index", "alphabetical-index", "bibliography"),
        )
    ]
    + [f"{TEXT}numbered-paragraph"]
)
#: Drawn things that may hold text, in the running text or beside it.
_DRAWN = frozenset(
    f"{DRAW}{n}"
    for n in (
        *("frame", "g", "a", "custom-shape", "rect", "ellipse", "circle", "line"),
        *("polygon", "polyline", "path", "regular-polygon", "connector", "caption"),
        "measure",
    )
)
_SKIPPED = frozenset(
    [f"{TEXT}{n}" for n in ("note", "tracked-changes", "ruby-text", "script")]
    + [f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{OFFICE}forms"]
    + [f"{TEXT}hidden-paragraph", f"{TEXT}user-field-decls", f"{TEXT}sequence-decls"]
)
#: Spaces in a row are one number in the file.
_MOST_SPACES = 1000


@dataclass(slots=True)
class _Reader:
    """What is gathered while one document is walked."""

    path: tuple[str, ...]
    letters: Letters
    styles: OpenStyles
    lists: OpenLists
    blocks: list[Table | Paragraph] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    tables: int = 0
    rows_left: int = 0
    cut: bool = False

    def flow(self, parent: etree._Element) -> None:
        """Take the paragraphs and tables of `parent` in order."""
        for element, label in self._paragraphs(parent):
            if element.tag == _TABLE:
                self._table(element)
            elif element.tag in _DRAWN:
                self._gather_drawn(element)
                self._floating()
            else:
                shown = self.letters.shown_runs(self._runs(element, label))
                if shown:
                    self.blocks.append(Paragraph(shown))
                self._floating()

    def _paragraphs(
        self, parent: etree._Element
    ) -> Iterator[tuple[etree._Element, str]]:
        """Yield paragraphs with the label of their list, tables and drawn things."""
        for element in parent:
            tag = element.tag
            if tag in _BLOCKS:
                yield element, self.lists.heading(element)
            elif tag == _LIST:
                yield from self.lists.items(element)
            elif tag == _TABLE or tag in _DRAWN:
                yield element, ""
            elif tag in _TRANSPARENT:
                yield from self._paragraphs(element)

    def _floating(self) -> None:
        """Take the text boxes that were anchored in what was read last."""
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.flow(box)

    def _table(self, element: etree._Element) -> None:
        self.tables += 1
        number = self.tables
        nested: list[etree._Element] = []
        rows: list[list[Spanning]] = []
        for row in _rows(element):
            times = max(1, int_of(row.get(f"{TABLE}number-rows-repeated"), 1))
            line = self._cells(row, nested)
            if times > self.rows_left:
                times, self.cut = self.rows_left, True
            self.rows_left -= times
            rows.extend([line] * times)
            if self.rows_left <= 0:
                break
        boxes, self.boxes = self.boxes, []
        grid = lay_out(rows)
        self.cut = self.cut or grid.cut
        if grid.rows and grid.rows[0]:
            self.blocks.append(grid.table(self.path, table_name(number)))
        for inner in nested:
            self._table(inner)
        for box in boxes:
            self.flow(box)

    def _cells(
        self, row: etree._Element, nested: list[etree._Element]
    ) -> list[Spanning]:
        """Return the cells of a row; covered ones are only counted."""
        cells: list[Spanning] = []
        column = filled = 0
        for cell in row:
            if cell.tag not in (_CELL, _COVERED):
                continue
            times = max(1, int_of(cell.get(f"{TABLE}number-columns-repeated"), 1))
            times = min(times, MOST_COLUMNS + 1 - min(column, MOST_COLUMNS))
            if cell.tag == _COVERED:
                column += times
                continue
            columns = int_of(cell.get(f"{TABLE}number-columns-spanned"), 1)
            rows = int_of(cell.get(f"{TABLE}number-rows-spanned"), 1)
            text = self._cell_text(cell, nested)
            for _ in range(times):
                width = max(1, min(columns, MOST_COLUMNS))
                cells.append(Spanning(text, width, rows, column - filled))
                filled = column + width
                column += 1
        return cells

    def _cell_text(self, cell: etree._Element, nested: list[etree._Element]) -> str:
        runs: list[Run] = []
        for element, label in self._paragraphs(cell):
            if element.tag == _TABLE:
                nested.append(element)
            elif element.tag in _DRAWN:
                self._gather_drawn(element)
            else:
                if runs:
                    runs.append(("\n", None))
                runs.extend(self._runs(element, label))
        return self.letters.shown_runs(runs)

    def _runs(self, paragraph: etree._Element, label: str) -> list[Run]:
        style = paragraph.get(f"{TEXT}style-name", "")
        runs: list[Run] = [(label, None)] if label else []
        if not self.styles.hidden("paragraph", style):
            self._gather(paragraph, runs, self.styles.font("paragraph", style))
        return runs

    def _gather(
        self, element: etree._Element, runs: list[Run], font: str | None
    ) -> None:
        if element.text:
            runs.append((_flat(element.text), font))
        for child in element:
            self._child(child, runs, font)
            if child.tail:
                runs.append((_flat(child.tail), font))

    def _child(self, child: etree._Element, runs: list[Run], font: str | None) -> None:
        tag = child.tag
        if tag == f"{TEXT}span":
            style = child.get(f"{TEXT}style-name", "")
            if not self.styles.hidden("text", style):
                self._gather(child, runs, self.styles.font("text", style) or font)
        elif tag == f"{TEXT}s":
            count = int_of(child.get(f"{TEXT}c"), 1)
            runs.append((" " * min(count, _MOST_SPACES), font))
        elif tag == f"{TEXT}tab":
            runs.append(("\t", font))
        elif tag == f"{TEXT}line-break":
            runs.append(("\n", font))
        elif tag in _DRAWN:
            self._gather_drawn(child)
        elif tag in _BLOCKS:
            # Some fields hold paragraphs.
            runs.append(("\n", font))
            self._gather(child, runs, font)
        elif tag not in _SKIPPED:
            self._gather(child, runs, font)

    def _gather_drawn(self, element: etree._Element) -> None:
        """Note the text that stands in something drawn."""
        if element.tag == f"{DRAW}frame":
            # What follows the first is the same again for programs that lack it.
            first = next(iter(element), None)
            if first is not None and first.tag == f"{DRAW}text-box":
                self.boxes.append(first)
        elif element.tag in (f"{DRAW}g", f"{DRAW}a"):
            for child in element:
                if child.tag in _DRAWN:
                    self._gather_drawn(child)
        elif any(child.tag in (*_BLOCKS, _LIST) for child in element):
            self.boxes.append(element)


def read(payload: bytes, path: tuple[str, ...], limits: Limits) -> Document:
    """Return the paragraphs and tables of the document `payload`, in order.

    Headers come first and footers last, a table within a cell follows the table around
    it, text boxes what they are anchored in. Raises DamagedFileError,
    EncryptedFileError and LimitExceededError; rows left out are `rows_cut`.
    """
    content, styles = _roots(payload, limits)
    found = content.find(f"{OFFICE}body/{OFFICE}text")
    if found is None:
        raise DamagedFileError("a text document without text")
    body = found

    def once(letters: Letters) -> Document:
        return _document((content, styles, body), path, letters, limits)

    return settled(once, path)


def _document(
    roots: tuple[etree._Element, etree._Element | None, etree._Element],
    path: tuple[str, ...],
    letters: Letters,
    limits: Limits,
) -> Document:
    content, styles, body = roots
    seen = styles_of(styles, content)
    reader = _Reader(path, letters, seen, OpenLists(seen), rows_left=limits.rows)
    pages = list(_pages(content if styles is None else styles, _masters(body, seen)))
    headers, footers = (list(_parts(pages, what)) for what in ("header", "footer"))
    # Pages have styles of their own, under the names that others have in the text.
    around = styles_of(styles) if styles is not None and (headers or footers) else seen
    for parts, used in ((headers, around), ([body], seen), (footers, around)):
        reader.styles = used
        for part in parts:
            reader.flow(part)
    return Document(
        tuple(reader.blocks),
        (rows_cut(inside(path), limits),) if reader.cut else (),
        "unicode" if reader.blocks else None,
    )


def _roots(
    payload: bytes, limits: Limits
) -> tuple[etree._Element, etree._Element | None]:
    """Return the roots of content and styles; a flat file has one root for both."""
    if not payload.startswith(b"PK"):
        return _one_name(parse_xml(payload)), None
    package: Package = open_package(payload, limits)
    manifest = package.read("META-INF/manifest.xml")
    if manifest is not None and b"encryption-data" in manifest:
        raise EncryptedFileError("a document with a password")
    content = package.xml("content.xml")
    if content is None:
        raise DamagedFileError("a text document without content")
    return _one_name(content), package.xml("styles.xml")


def _one_name(root: etree._Element) -> etree._Element:
    """Return `root` with tables under one name.

    QUIRK: those in drawn shapes LibreOffice writes under names of its own.
    """
    for element in root.iter(f"{LIBREOFFICE}*"):
        name = str(element.tag).rpartition("}")[2]
        if "table" in name:
            element.tag = f"{TABLE}{name}"
    return root


def _rows(parent: etree._Element) -> Iterator[etree._Element]:
    for element in parent:
        if element.tag == _ROW:
            yield element
        elif element.tag in _ROW_GROUPS:
            yield from _rows(element)


def _masters(body: etree._Element, styles: OpenStyles) -> tuple[str | None, ...]:
    """Return the page styles that are used, in order; None is the usual one."""
    names: list[str | None] = []
    first = True
    for element in body.iter(*_BLOCKS, _TABLE):
        family = "table" if element.tag == _TABLE else "paragraph"
        attribute = f"{TABLE if family == 'table' else TEXT}style-name"
        name = styles.master(family, element.get(attribute, ""))
        if name is not None or first:
            names.append(name)
        first = False
    return tuple(dict.fromkeys(names or [None]))


def _pages(
    root: etree._Element, names: tuple[str | None, ...]
) -> Iterator[etree._Element]:
    """Yield the page styles of those names, and those that follow them."""
    masters = root.find(f"{OFFICE}master-styles")
    if masters is None:
        return
    known = {m.get(f"{STYLE}name", ""): m for m in masters.iter(f"{STYLE}master-page")}
    done: set[str] = set()
    for name in names:
        usual = "Standard" if "Standard" in known else next(iter(known), "")
        following = usual if name is None else name
        while following in known and following not in done:
            done.add(following)
            yield known[following]
            following = known[following].get(f"{STYLE}next-style-name", "")


def _parts(pages: list[etree._Element], what: str) -> Iterator[etree._Element]:
    """Yield headers or footers that are shown, equal ones once.

    Those of left pages repeat the others and are left out.
    """
    seen = set()
    for page in pages:
        for tag in (f"{STYLE}{what}", f"{STYLE}{what}-first"):
            part = page.find(tag)
            if part is None or part.get(f"{STYLE}display") == "false":
                continue
            written = etree.tostring(part)
            if written not in seen:
                seen.add(written)
                yield part


def _flat(text: str) -> str:
    """Return text whose line ends are blanks: the author's are elements."""
    return text.replace("\n", " ").replace("\r", " ").replace("\t", " ")
