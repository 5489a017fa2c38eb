"""Write a document as a workbook in a look, for LibreOffice Calc to print."""

import math
from collections import Counter
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.accuracy.model import Doc, Grid, Sheet, Typed, shown
from tests.accuracy.paper.look import FONT, Look, ruled_sides, widths
from tests.accuracy.sheets import Placed, placed

_THIN = Side(style="thin")
_GROUND = PatternFill("solid", fgColor="D9E2F3")
#: Points of a column's width that one unit of Excel's is.
_UNIT = 5.6


def as_workbook(doc: Doc, look: Look, path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in doc.sheets:
        page = book.create_sheet(sheet.name)
        setup = page.page_setup
        setup.orientation = "landscape" if look.wide else "portrait"
        setup.paperSize, setup.fitToWidth, setup.fitToHeight = 9, 1, 0
        page.sheet_properties.pageSetUpPr = (
            openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
        )
        _Page(page, sheet, look).write()
    book.save(path)


class _Page:
    """One sheet while it is written."""

    def __init__(self, page: Worksheet, sheet: Sheet, look: Look) -> None:
        self.page, self.sheet, self.look = page, sheet, look
        self.widths = widths(sheet, look)
        self.heights: dict[int, float] = {}
        self.grids = list(_grids(sheet))
        self.cells = list(placed(sheet))
        self.beside = Counter(cell.row for cell in self.cells)

    def write(self) -> None:
        left = self.sheet.offset[1]
        for column in range(left):
            letter = get_column_letter(column + 1)
            self.page.column_dimensions[letter].width = 2
        for column, width in enumerate(self.widths, left + 1):
            letter = get_column_letter(column)
            self.page.column_dimensions[letter].width = width / _UNIT
        for cell in self.cells:
            self._cell(cell)
        for row, height in self.heights.items():
            self.page.row_dimensions[row + 1].height = height
        for top, grid in self.grids:
            self._dress(top, grid)

    def _cell(self, cell: Placed) -> None:
        value, look = cell.value, self.look
        target = self.page.cell(cell.row + 1, cell.column + 1)
        target.value = value.value if isinstance(value, Typed) else value
        if isinstance(value, Typed):
            target.number_format = value.format
        elif value[:1] in "=+-":
            target.data_type = "s"
        inside = self._grid_at(cell.row)
        alone = cell.columns == 1 and self.beside[cell.row] == 1 and inside is None
        columns = len(self.widths) if alone else cell.columns
        if cell.rows * columns > 1:
            self.page.merge_cells(
                start_row=cell.row + 1,
                start_column=cell.column + 1,
                end_row=cell.row + cell.rows,
                end_column=cell.column + columns,
            )
        level = look.align if look.align != "left" else None
        if columns > 1 and not alone:
            level = "center"
        turned = look.turned and cell.bold and inside is not None
        turned = turned and cell.rows * columns == 1
        target.alignment = Alignment(
            level, look.level, text_rotation=90 if turned else 0, wrap_text=True
        )
        target.font = Font(name=FONT, size=look.size, bold=cell.bold)
        at = cell.column - self.sheet.offset[1]
        room = sum(self.widths[at : at + columns])
        wide = 0.68 if shown(value).isupper() else 0.5
        lines = 3 if turned else _lines(shown(value), room / look.size / wide)
        high = lines * look.size * 1.35 / cell.rows
        for row in range(cell.row, cell.row + cell.rows):
            least = self.heights.get(row, look.size * 1.35)
            self.heights[row] = max(least, high)
        if turned:
            self.heights[cell.row] = max(self.heights[cell.row], 120)

    def _grid_at(self, row: int) -> Grid | None:
        for top, grid in self.grids:
            if top <= row < top + len(grid.rows):
                return grid
        return None

    def _dress(self, top: int, grid: Grid) -> None:
        height, width = len(grid.rows), len(grid.rows[0])
        left = self.sheet.offset[1]
        areas = {
            (r, c): (r, c, r + 1, c + 1) for r in range(height) for c in range(width)
        }
        for merge in grid.merges:
            for r in range(merge[0], merge[2]):
                for c in range(merge[1], merge[3]):
                    areas[r, c] = merge
        for (r, c), area in areas.items():
            cell = self.page.cell(top + r + 1, left + c + 1)
            sides = ruled_sides(self.look, grid, r, area[2] - r)
            outer = sides["outer"]
            level, upright = sides["level"], sides["upright"]
            under = level or sides["under_head"] or (r + 1 == height and outer)
            cell.border = Border(
                left=_side(c == area[1] and (upright or (c == 0 and outer))),
                right=_side(
                    c + 1 == area[3] and (upright or (c + 1 == width and outer))
                ),
                top=_side(r == area[0] and (level or (r == 0 and outer))),
                bottom=_side(r + 1 == area[2] and under),
            )
            if self.look.shaded and r < grid.heading_rows:
                cell.fill = _GROUND


def _side(drawn: bool) -> Side | None:
    return _THIN if drawn else None


def _grids(sheet: Sheet) -> list[tuple[int, Grid]]:
    """Return the first row and the grid of each table, as `placed` places them."""
    at, found = sheet.offset[0], []
    for block in sheet.blocks:
        if isinstance(block, Grid):
            found.append((at, block))
            at += len(block.rows) + 1
        elif hasattr(block, "texts"):
            at += len(block.texts) + block.centred
        else:
            at += max(len(block.left), len(block.right)) + 1
    return found


def _lines(text: str, room: float) -> int:
    """Return how many lines a text may need, rather one too many."""
    count = 0
    for line in text.split("\n"):
        words = max((len(w) for w in line.split()), default=0)
        count += max(1, math.ceil((len(line) + words * 0.5) / max(1.0, room)))
    return count
