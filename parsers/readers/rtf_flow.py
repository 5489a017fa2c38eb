"""Gather what an RTF file says into paragraphs and tables, and show them.

The file's words are understood in `rtf`, the grid of a table in `rtf_tables`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from parsers.readers.letters import Letters, Run
from parsers.readers.places import table_name
from parsers.readers.rtf_letters import Fonts, joined
from parsers.readers.rtf_tables import RowForm, RtfTable, spanning
from parsers.readers.spans import MOST_COLUMNS, lay_out
from parsers.values.table import Paragraph, Table

Item = list[Run] | RtfTable
#: Tables in tables in tables: the programs stop there too.
_DEEPEST = 20


@dataclass(slots=True)
class RowsLeft:
    """How many rows may still be read, and whether some were left out."""

    count: int
    cut: bool = False


@dataclass(slots=True)
class Flow:
    """One running text: the body, a header, a text box.

    `items` are what it holds in order; `boxes` is what belongs behind the paragraph or
    table that is being read.
    """

    fonts: Fonts
    rows: RowsLeft
    items: list[Item] = field(default_factory=list)
    boxes: list[Item] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _bytes: bytearray = field(default_factory=bytearray)
    _letters: list[str] = field(default_factory=list)
    _font: int = 0
    _open: list[RtfTable] = field(default_factory=list)

    def add_bytes(self, data: bytes, font: int) -> None:
        """Take letters as the file stores them."""
        if font != self._font or self._letters:
            self._decode()
            self._font = font
        self._bytes += data

    def add(self, text: str, font: int) -> None:
        """Take letters that are Unicode already."""
        if font != self._font or self._bytes:
            self._decode()
            self._font = font
        self._letters.append(text)

    def end_paragraph(self, depth: int) -> None:
        """End a paragraph that stands in so many tables."""
        line = self._take()
        if depth > 0:
            self._table(depth).cell.lines.append(line)
            return
        self._close(0)
        self.items.append(line)
        self._place_boxes()

    def end_cell(self, level: int) -> None:
        """End a cell of the table at `level`, the outermost being 1."""
        line = self._take()
        table = self._table(level)
        table.cell.lines.append(line)
        if len(table.cells) > MOST_COLUMNS:
            table.cell, self.rows.cut = type(table.cell)(), True
        else:
            table.end_cell()

    def end_row(self, level: int, form: RowForm) -> None:
        """End a row; the last one of its table ends that too."""
        table = self._table(level)
        if self.rows.count <= 0:
            table.cells, self.rows.cut = [], True
            return
        self.rows.count -= 1
        table.end_row(form)
        if form.last:
            self._close(min(level, _DEEPEST) - 1)

    def end(self) -> None:
        """End whatever is open."""
        line = self._take()
        self._close(0)
        if line:
            self.items.append(line)
        self._place_boxes()

    def _take(self) -> list[Run]:
        self._decode()
        runs, self._runs = self._runs, []
        if len(runs) < 2:
            return runs
        # A writer changes between bytes and Unicode within one syllable; an old
        # encoding is told, and its letters put together, by whole runs.
        groups = groupby(runs, lambda run: run[1])
        return [("".join(text for text, _ in run), font) for font, run in groups]

    def _decode(self) -> None:
        if self._bytes:
            self._runs.append(self.fonts.decoded(bytes(self._bytes), self._font))
            self._bytes.clear()
        if self._letters:
            known = self.fonts.table.get(self._font)
            # Letters beyond U+FFFF come in halves.
            text = joined("".join(self._letters))
            self._runs.append((text, (known.name or None) if known else None))
            self._letters.clear()

    def _table(self, level: int) -> RtfTable:
        level = min(level, _DEEPEST)
        self._close(level)
        while len(self._open) < level:
            self._open.append(RtfTable())
        return self._open[-1]

    def _close(self, level: int) -> None:
        """Close the tables inside `level`; each belongs to the cell around it."""
        while len(self._open) > level:
            table = self._open.pop()
            if table.cells or table.cell.lines or table.cell.tables:
                # Its last row was never ended.
                table.end_row(table.rows[-1][0] if table.rows else RowForm())
            if self._open:
                self._open[-1].cell.tables.append(table)
            else:
                self.items.append(table)
                self._place_boxes()

    def _place_boxes(self) -> None:
        self.items += self.boxes
        self.boxes = []


@dataclass(slots=True)
class Shown:
    """Shows items as blocks; tables are numbered in the order in which they come."""

    path: tuple[str, ...]
    letters: Letters
    cut: bool = False
    tables: int = 0

    def blocks(self, items: list[Item]) -> Iterator[Table | Paragraph]:
        """Yield what is not empty of `items`."""
        for item in items:
            if isinstance(item, RtfTable):
                yield from self._table(item)
                continue
            text = self._text(item)
            if text:
                yield Paragraph(text)

    def _table(self, table: RtfTable) -> Iterator[Table | Paragraph]:
        self.tables += 1
        number = self.tables
        texts = [[self._text(c.runs) for c in cells] for _, cells in table.rows]
        grid = lay_out(spanning(table, texts))
        self.cut = self.cut or grid.cut
        if grid.rows and grid.rows[0]:
            yield grid.table(self.path, table_name(number))
        for _, cells in table.rows:
            for cell in cells:
                for inner in cell.tables:
                    yield from self._table(inner)

    def _text(self, runs: list[Run]) -> str:
        return self.letters.shown_runs(runs)
