"""Write documents as workbooks with openpyxl, XlsxWriter and xlwt."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import xlsxwriter
import xlwt
from openpyxl.utils import get_column_letter

from tests.accuracy.model import Doc, Grid, Lines, Pair, Sheet, Typed, Value


@dataclass
class Placed:
    """One cell of a sheet: its place from 0, the merge from it, its value."""

    row: int
    column: int
    value: Value
    rows: int = 1
    columns: int = 1
    bold: bool = False
    hidden: bool = False


def placed(sheet: Sheet) -> Iterator[Placed]:
    """Return the cells of a sheet, blocks below one another."""
    row, left = sheet.offset
    width = max(
        (len(b.rows[0]) for b in sheet.blocks if isinstance(b, Grid)), default=5
    )
    for block in sheet.blocks:
        if isinstance(block, Pair):
            half = max(1, width // 2)
            for at, text in enumerate(block.left):
                if text:
                    yield Placed(row + at, left, text, columns=half)
            for at, text in enumerate(block.right):
                if text:
                    yield Placed(
                        row + at, left + half, text, columns=max(1, width - half)
                    )
            row += max(len(block.left), len(block.right)) + 1
        elif isinstance(block, Lines):
            for at, text in enumerate(block.texts):
                columns = width if block.centred else 1
                yield Placed(row + at, left, text, columns=columns, bold=True)
            row += len(block.texts) + block.centred
        else:
            yield from _cells(block, row, left)
            row += len(block.rows) + 1


def _cells(grid: Grid, top: int, left: int) -> Iterator[Placed]:
    spans = {(m[0], m[1]): (m[2] - m[0], m[3] - m[1]) for m in grid.merges}
    for r, row in enumerate(grid.rows):
        for c, value in enumerate(row):
            if value is None:
                continue
            rows, columns = spans.get((r, c), (1, 1))
            if value == "" and (rows, columns) == (1, 1) and r not in grid.hidden:
                continue
            yield Placed(
                top + r,
                left + c,
                value,
                rows,
                columns,
                r < grid.heading_rows,
                r in grid.hidden,
            )


def with_openpyxl(doc: Doc, path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in doc.sheets:
        page = book.create_sheet(sheet.name)
        for cell in placed(sheet):
            target = page.cell(cell.row + 1, cell.column + 1)
            value = cell.value
            target.value = value.value if isinstance(value, Typed) else value
            if isinstance(value, Typed):
                target.number_format = value.format
            elif isinstance(value, str) and value[:1] in "=+-":
                target.data_type = "s"
            if cell.rows * cell.columns > 1:
                page.merge_cells(
                    start_row=cell.row + 1,
                    start_column=cell.column + 1,
                    end_row=cell.row + cell.rows,
                    end_column=cell.column + cell.columns,
                )
            if cell.hidden:
                page.row_dimensions[cell.row + 1].hidden = True
            page.column_dimensions[get_column_letter(cell.column + 1)].width = 25
    book.save(path)


def with_xlsxwriter(doc: Doc, path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    formats: dict[tuple[str, bool], object] = {}

    def style(number: str, bold: bool) -> object:
        if (number, bold) not in formats:
            formats[number, bold] = book.add_format(
                {"num_format": number, "bold": bold, "text_wrap": True, "border": 1}
            )
        return formats[number, bold]

    for sheet in doc.sheets:
        page = book.add_worksheet(sheet.name)
        page.set_column(0, 12, 22)
        for cell in placed(sheet):
            value = cell.value
            number = value.format if isinstance(value, Typed) else "General"
            plain = value.value if isinstance(value, Typed) else value
            form = style(number, cell.bold)
            if cell.rows * cell.columns > 1:
                page.merge_range(
                    cell.row,
                    cell.column,
                    cell.row + cell.rows - 1,
                    cell.column + cell.columns - 1,
                    "",
                    form,
                )
            if isinstance(plain, date):
                moment = datetime.combine(plain, time())
                page.write_datetime(cell.row, cell.column, moment, form)
            elif isinstance(plain, str):
                page.write_string(cell.row, cell.column, plain, form)
            else:
                page.write_number(cell.row, cell.column, plain, form)
            if cell.hidden:
                page.set_row(cell.row, None, None, {"hidden": True})
    book.close()


def with_xlwt(doc: Doc, path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    for sheet in doc.sheets:
        page = book.add_sheet(sheet.name, cell_overwrite_ok=True)
        for cell in placed(sheet):
            value = cell.value
            number = value.format if isinstance(value, Typed) else "General"
            plain = value.value if isinstance(value, Typed) else value
            style = xlwt.easyxf("", num_format_str=number)
            if cell.rows * cell.columns > 1:
                page.write_merge(
                    cell.row,
                    cell.row + cell.rows - 1,
                    cell.column,
                    cell.column + cell.columns - 1,
                    plain,
                    style,
                )
            else:
                page.write(cell.row, cell.column, plain, style)
    book.save(str(path))
