"""Write workbooks as somebody lays them out who prints them: all is seen on paper.

Columns as wide as their texts ask, text wrapped, rows as high as their lines, one page
wide; with borders, with some, or with none. Nothing is clipped, nothing is `###`.
"""

import math
from collections import Counter
from pathlib import Path
from random import Random

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.accuracy.model import Doc, Grid, Sheet, Typed, Value, shown
from tests.accuracy.sheets import Placed, placed

_FONT = "Tinos"
_SIZE = 12
#: Characters that fit one page across, by whether it lies on its side.
_ACROSS = {True: 118, False: 78}
#: Points from one line to the next, a little more than the font asks.
_LEADING = 16.5
#: So many characters of a column's width are taken by its margins and by wide letters.
_SPARE = 0.86
_THIN = Side(style="thin")


def for_print(doc: Doc, path: Path, font: str = _FONT) -> str:
    """Write `doc` to `path`; return how its tables are ruled: all, level or none."""
    random = Random(f"{doc.name} printed")
    rules = random.choice(("all", "all", "all", "level", "none", "none"))
    aligned = random.choice(("top", "center", "center", None))
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in doc.sheets:
        page = book.create_sheet(sheet.name)
        widths = column_widths(sheet)
        wide = sum(widths) > _ACROSS[False] or random.random() < 0.2
        _page_setup(page, wide)
        left = sheet.offset[1]
        for column in range(left):
            page.column_dimensions[get_column_letter(column + 1)].width = 3
        for column, width in enumerate(widths, left + 1):
            page.column_dimensions[get_column_letter(column)].width = width
        _Page(page, sheet, widths, (rules, aligned, font)).write()
    book.save(path)
    return rules


def column_widths(sheet: Sheet) -> list[float]:
    """Return how many characters each column of the sheet's tables has room for."""
    grids = [b for b in sheet.blocks if isinstance(b, Grid)]
    count = max((len(g.rows[0]) for g in grids), default=5)
    widths = [0.0] * count
    for grid in grids:
        spans = {(m[0], m[1]) for m in grid.merges if m[3] - m[1] > 1}
        for r, row in enumerate(grid.rows):
            for c, value in enumerate(row):
                if (r, c) not in spans:
                    widths[c] = max(widths[c], _wish(value))
    widths = [w or 10.0 for w in widths]
    most = _ACROSS[True] * 1.15
    if sum(widths) > most:
        fixed = [_word(grids, c) for c in range(count)]
        over = (sum(widths) - most) / max(1.0, sum(widths) - sum(fixed))
        pairs = zip(widths, fixed, strict=True)
        widths = [max(f, w - (w - f) * min(1.0, over)) for w, f in pairs]
    return widths


def _wish(value: Value | None) -> float:
    """Return the width at which a cell looks well: long texts wrap."""
    text = shown(value)
    longest = max((len(x) for x in text.split("\n")), default=0)
    word = max((len(x) for x in text.split()), default=0)
    wish = longest if longest <= 12 else max(12, min(34, 8 + longest * 0.3))
    return max(4.0, wish / _SPARE, (word + 1) / _SPARE)


def _word(grids: list[Grid], column: int) -> float:
    """Return the width that the longest word of a column needs."""
    words = [
        word
        for grid in grids
        for row in grid.rows
        for word in shown(row[column]).split()
    ]
    return (max(map(len, words), default=3) + 1) / _SPARE


def _page_setup(page: Worksheet, wide: bool) -> None:
    page.page_setup.orientation = "landscape" if wide else "portrait"
    page.page_setup.paperSize = 9
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = (
        openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    )


class _Page:
    """One sheet while it is written."""

    def __init__(
        self,
        page: Worksheet,
        sheet: Sheet,
        widths: list[float],
        style: tuple[str, str | None, str],
    ) -> None:
        self.page = page
        self.sheet = sheet
        self.widths = widths
        self.rules, self.aligned, self.font = style
        self.heights: dict[int, float] = {}
        self.beside: Counter[int] = Counter()

    def write(self) -> None:
        cells = list(placed(self.sheet))
        self.beside = Counter(cell.row for cell in cells)
        for cell in cells:
            self._cell(cell)
        for row, height in self.heights.items():
            self.page.row_dimensions[row + 1].height = height
        self._borders()

    def _cell(self, cell: Placed) -> None:
        left = self.sheet.offset[1]
        value = cell.value
        target = self.page.cell(cell.row + 1, cell.column + 1)
        target.value = value.value if isinstance(value, Typed) else value
        if isinstance(value, Typed):
            target.number_format = value.format
        elif value[:1] in "=+-":
            target.data_type = "s"
        alone = (
            cell.columns == 1
            and self.beside[cell.row] == 1
            and not self._in_grid(cell.row)
        )
        columns = len(self.widths) if alone else cell.columns
        rows = cell.rows
        if rows * columns > 1:
            self.page.merge_cells(
                start_row=cell.row + 1,
                start_column=cell.column + 1,
                end_row=cell.row + rows,
                end_column=cell.column + columns,
            )
        level = "center" if columns > 1 and not alone else None
        target.alignment = Alignment(level, self.aligned, wrap_text=True)
        target.font = Font(name=self.font, size=_SIZE, bold=cell.bold)
        at = cell.column - left
        room = sum(self.widths[at : at + columns]) * _SPARE
        high = _lines(shown(value), room) * _LEADING / rows
        for row in range(cell.row, cell.row + rows):
            self.heights[row] = max(self.heights.get(row, _LEADING), high)

    def _in_grid(self, row: int) -> bool:
        return any(top <= row < bottom for top, bottom in self._grids())

    def _grids(self) -> list[tuple[int, int]]:
        """Return the rows that each table covers, as `placed` places them."""
        at, found = self.sheet.offset[0], []
        for block in self.sheet.blocks:
            if isinstance(block, Grid):
                found.append((at, at + len(block.rows)))
                at += len(block.rows) + 1
            elif hasattr(block, "texts"):
                at += len(block.texts) + block.centred
            else:
                at += max(len(block.left), len(block.right)) + 1
        return found

    def _borders(self) -> None:
        if self.rules == "none":
            return
        border = Border(top=_THIN, bottom=_THIN)
        if self.rules == "all":
            border = Border(_THIN, _THIN, _THIN, _THIN)
        left = self.sheet.offset[1]
        for top, bottom in self._grids():
            for row in range(top, bottom):
                for column in range(len(self.widths)):
                    self.page.cell(row + 1, left + column + 1).border = border


def _lines(text: str, room: float) -> int:
    """Return how many lines a text may need, one too many rather than one too few."""
    count = 0
    for line in text.split("\n"):
        words = max((len(w) for w in line.split()), default=0)
        count += max(1, math.ceil((len(line) + words * 0.5) / max(1.0, room)))
    return count
