"""Workbooks that look like a clerk's: printed on A4, every word to be seen.

Rows are written as they come and kept nowhere: memory does not grow with their number.
A text is never a formula and never a link. Hidden columns hold where a row came from.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.pagebreak import Break
from openpyxl.writer.excel import ExcelWriter

from daemon.export import xlsx_rows
from daemon.export.flow import Block, pages
from daemon.export.model import Part, Table
from daemon.export.package import MADE, scratch, steady
from daemon.export.wording import text
from daemon.export.xlsx_rows import MM, Grid, Place, Row, Spot
from daemon.export.xlsx_styles import FONT, Palette

_A4_WIDTH, _A4_HEIGHT = 297.0, 210.0
#: What of a page's height is counted on: programs round rows up.
_SURE = 0.97
#: Pixels of a digit of the workbook's first font, and those beside it.
_DIGIT, _PADDING, _NORMAL = 8, 5, 12
_HIDDEN_WIDTH = 40.0
#: Excel takes no longer name of a tab.
_TITLE_LONGEST = 31


def write_xlsx(parts: Iterable[Part], stream: BinaryIO, zone: tzinfo) -> None:
    """Write the parts as sheets; times are shown in `zone`.

    Tables of a part after its first go on a sheet of their own.
    """
    book: Any = Workbook(write_only=True)
    _normal(book)
    for part in parts:
        tables = iter(part.tables)
        first = next(tables)
        _Sheet(book, part, part.name, zone).write([first])
        more = list(tables)
        if more:
            name = f"{text('sheets', 'totals')} {part.name}"
            _Sheet(book, part, name, zone).write(more)
    _save(book, stream)


def _normal(book: Any) -> None:
    # Widths are counted in digits of this font: at 12 points one is 8 pixels wide in
    # every program.
    font = Font(name=FONT, size=_NORMAL, family=1)
    book._fonts = IndexedList([font])
    book._named_styles["Normal"].font = font


def _save(book: Any, stream: BinaryIO) -> None:
    book.properties.creator = "hopthu"
    book.properties.created = book.properties.modified = MADE.replace(tzinfo=None)
    with scratch() as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as package:
            ExcelWriter(book, package).save()
        file.seek(0)
        steady(file, stream)


@dataclass(slots=True)
class _Open:
    """A run of rows that share cells: where it began and what stands there."""

    group: str
    first: int
    spots: tuple[Spot, ...]


class _Sheet:
    """One sheet being written, from its first row to its last."""

    __slots__ = ("_grid", "_open", "_palette", "_part", "_row", "_sheet", "_tall")

    def __init__(self, book: Any, part: Part, name: str, zone: tzinfo) -> None:
        self._sheet = book.create_sheet(_tab(book, name))
        self._part = part
        self._palette = Palette(self._sheet, zone)
        self._row = 0
        self._open: _Open | None = None
        self._tall: tuple[int, tuple[Spot, ...]] | None = None
        self._grid = Grid(())

    def write(self, tables: list[Table]) -> None:
        """Write head, tables and signature block; all tables make the grid together."""
        self._grid = Grid.of(tables)
        self._set_up(max(sum(c.hidden for c in t.columns) for t in tables))
        if len(tables) == 1:
            before = sum(1 for _ in xlsx_rows.opening(self._part, self._grid, True))
            self._sheet.freeze_panes = f"A{before + 2}"
            self._sheet.print_title_rows = f"{before + 1}:{before + 1}"
        for block, breaks in pages(self._blocks(tables), self._room()):
            self._write(block, breaks)
        self._close_group()
        self._close_tall()
        last = get_column_letter(len(self._grid.widths))
        self._sheet.print_area = f"A1:{last}{self._row}"
        self._sheet.close()

    def _blocks(self, tables: list[Table]) -> Iterator[Block[Row]]:
        yield from xlsx_rows.opening(self._part, self._grid, len(tables) == 1)
        single = len(tables) == 1
        for table in tables:
            if not single:
                yield from xlsx_rows.caption(table, self._grid)
            head = xlsx_rows.heading(table, self._grid, single)
            yield head
            above = head.height if single else 0.0
            last = table is tables[-1]
            place = Place(above, self._room(), not single, last)
            yield from xlsx_rows.body(table, self._grid, place)
        yield from xlsx_rows.closing(self._part, self._grid)

    def _room(self) -> float:
        # The margin at which an upright page is bound is at the top of a lying one.
        _, _, left, right = self._part.letterhead.margins
        return (_A4_HEIGHT - left - right) * MM * _SURE

    def _set_up(self, hidden: int) -> None:
        sheet = self._sheet
        sheet.page_setup.paperSize = 9
        sheet.page_setup.orientation = "landscape"
        sheet.print_options.horizontalCentered = True
        top, bottom, left, right = self._part.letterhead.margins
        sheet.page_margins.top, sheet.page_margins.bottom = left / 25.4, right / 25.4
        sheet.page_margins.left, sheet.page_margins.right = bottom / 25.4, top / 25.4
        sheet.page_margins.header = left / 2 / 25.4
        sheet.HeaderFooter.differentFirst = True
        sheet.oddHeader.center.text = "&P"
        sheet.oddHeader.center.font = f"{FONT},Regular"
        sheet.oddHeader.center.size = 13
        widths = list(self._grid.widths)
        for place, wide in enumerate(widths + [_HIDDEN_WIDTH] * hidden, 1):
            column = sheet.column_dimensions[get_column_letter(place)]
            pixels = round(wide / 25.4 * 96)
            column.width = round((pixels - _PADDING) / _DIGIT, 2)
            column.hidden = place > len(widths)

    def _write(self, block: Block[Row], breaks: bool) -> None:
        row = block.thing
        if breaks:
            self._sheet.row_breaks.append(Break(id=self._row))
        self._row += 1
        if not row.goes_on:
            self._close_tall()
        cells = [*row.spots]
        if row.goes_on:
            cells = [Spot(s.column, None, s.look, s.span) for s in cells]
        cells += self._shared(row, breaks)
        self._merge_across(cells)
        if not row.goes_on:
            self._tall = (self._row, row.spots)
        self._sheet.row_dimensions[self._row].height = round(block.height, 2)
        self._sheet.append(self._laid(cells))
        del self._sheet.row_dimensions[self._row]

    def _shared(self, row: Row, breaks: bool) -> list[Spot]:
        """Return the row's part of what its group shares: the text, or only a box."""
        same = self._open is not None and self._open.group == row.group
        if same and not breaks:
            return [Spot(s.column, None, s.look, s.span) for s in row.shared]
        self._close_group(before=1)
        if row.group is None:
            return list(row.shared)
        self._open = _Open(row.group, self._row, row.shared)
        return list(map(xlsx_rows.again, row.shared)) if same else list(row.shared)

    def _close_group(self, before: int = 0) -> None:
        """Merge what the open group shares, down to the row before the present one."""
        run, last = self._open, self._row - before
        self._open = None
        if run is not None and last > run.first:
            for spot in run.spots:
                self._merge(spot, run.first, last)

    def _close_tall(self) -> None:
        """Merge the rows that one high line went over."""
        if self._tall is None:
            return
        (first, spots), self._tall = self._tall, None
        last = self._row - 1 if self._row > first else first
        if last > first:
            for spot in spots:
                self._merge(spot, first, last)

    def _merge_across(self, spots: Iterable[Spot]) -> None:
        for spot in spots:
            if spot.span > 1:
                self._merge(spot, self._row, self._row)

    def _merge(self, spot: Spot, first: int, last: int) -> None:
        left = spot.column + 1
        ranges = self._sheet.merged_cells.ranges
        # Added without asking whether they overlap, which would look at all others.
        ranges.add(CellRange(None, left, first, left + spot.span - 1, last))

    def _laid(self, spots: Iterable[Spot]) -> list[Any]:
        """Return the row's cells by column, the covered ones in the same look."""
        placed = {}
        for spot in spots:
            placed[spot.column] = self._palette.cell(spot.value, spot.look)
            for more in range(1, spot.span):
                placed[spot.column + more] = self._palette.cell(None, spot.look)
        width = max(placed, default=-1) + 1
        return [placed.get(n, WriteOnlyCell(self._sheet)) for n in range(width)]


def _tab(book: Any, name: str) -> str:
    """Return a name that a tab may have, and that no other has."""
    plain = "".join(" " if c in "[]:*?/\\'" else c for c in name).strip()
    short, number = plain[:_TITLE_LONGEST] or "1", 1
    while short.casefold() in {n.casefold() for n in book.sheetnames}:
        number += 1
        short = f"{plain[: _TITLE_LONGEST - 4]} {number}"
    return short
