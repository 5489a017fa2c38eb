"""A form as a workbook for Excel and LibreOffice: every cell text, ready for printing.

Equal forms are equal bytes: no clock, no user, no chance.
"""

import io
import re
from collections.abc import Sequence
from datetime import datetime

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from daemon.export.form import Shown, shown, words
from daemon.export.form_zip import repacked
from parsers.values.form import FormCell, FormFacts

#: Widths in letters; A4 across holds some 130 of them at 13 points.
_WIDTHS = {
    "number": 6.0,
    "title": 36.0,
    "method": 36.0,
    "time": 20.0,
    "expected_result": 34.0,
    "result": 66.0,
    "progress": 24.0,
    "unit": 26.0,
    "field": 20.0,
}
#: Points of a line at 13 points, and letters of it that fit a unit of width.
_LINE, _LETTERS = 17.0, 0.8
_A4 = 9
#: A workbook wants to know when it was made; a form has no time.
_NEVER = datetime(2000, 1, 1)  # noqa: DTZ001 (the file holds no zone)
_FILL = "#FFF2CC"
_OWN_HEIGHT = re.compile(rb'(<row [^>]*) customHeight="1"')
#: Lines of an empty row: works are seldom told in fewer.
_EMPTY, _MOST_LINES = 3, 24


def form_xlsx(form: FormFacts) -> bytes:
    """Return the workbook: head, headings, known rows, empty ones, signatures."""
    stream = io.BytesIO()
    book = Workbook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": _NEVER, "title": words()[form.phase]["title"]})
    sheet = book.add_worksheet(words()[form.phase]["sheet"])
    view = shown(form)
    formats = _Formats(book)
    _set_up(sheet, view)
    heading = _head(sheet, view, formats)
    _body(sheet, view, formats, heading)
    _foot(sheet, view, formats, heading + len(view.rows) + 2)
    book.close()
    return repacked(stream.getvalue(), _growing)


def _growing(name: str, part: bytes) -> bytes:
    """Return a part of the workbook with rows that grow when people write into them.

    QUIRK: xlsxwriter calls every height that it is told the user's own, and LibreOffice
    without a window takes a row without height for one of a single line.
    """
    sheet = name.startswith("xl/worksheets/sheet")
    return _OWN_HEIGHT.sub(rb"\1", part) if sheet else part


class _Formats:
    """The looks of the sheet's cells, each made once."""

    def __init__(self, book: Workbook) -> None:
        plain = {"font_name": "Times New Roman", "font_size": 13, "valign": "top"}
        cell = {**plain, "border": 1, "text_wrap": True, "num_format": "@"}
        middle = {**plain, "align": "center", "text_wrap": True}
        self.left: Format = book.add_format({**plain, "bold": True, "text_wrap": True})
        self.note: Format = book.add_format({**plain, "text_wrap": True})
        self.title: Format = book.add_format({**middle, "bold": True, "font_size": 15})
        self.middle: Format = book.add_format(middle)
        self.strong: Format = book.add_format({**middle, "bold": True})
        self.heading: Format = book.add_format(
            {**cell, "bold": True, "align": "center", "valign": "vcenter"}
        )
        self.cell: Format = book.add_format(cell)
        self.number: Format = book.add_format({**cell, "align": "center"})
        self.doubtful: Format = book.add_format({**cell, "bg_color": _FILL})


def _set_up(sheet: Worksheet, view: Shown) -> None:
    for place, column in enumerate(view.columns):
        sheet.set_column(place, place, _width(column.key))
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f'&C&"Times New Roman"&11{words()["head"]["page"]} &P/&N')


def _head(sheet: Worksheet, view: Shown, formats: _Formats) -> int:
    """Write what stands above the table; return the row of its headings."""
    last = len(view.columns) - 1
    half = min(1, last - 1) if last else 0
    _across(sheet, 0, (0, half), view.issuer, formats.left)
    _across(sheet, 0, (half + 1, last), view.plan, formats.middle)
    _across(sheet, 2, (0, last), view.title, formats.title)
    sheet.set_row(2, 24)
    row = 3
    for text, look in (
        (view.subtitle, formats.middle),
        *((term, formats.note) for term in view.terms),
    ):
        if text:
            _across(sheet, row, (0, last), text, look)
            sheet.set_row(row, _LINE * _lines(text, _total(view) / _LETTERS))
            row += 1
    return row + 1


def _body(sheet: Worksheet, view: Shown, formats: _Formats, heading: int) -> None:
    for place, column in enumerate(view.columns):
        sheet.write_string(heading, place, column.heading, formats.heading)
    sheet.set_row(heading, _LINE * _tallest(view, [c.heading for c in view.columns]))
    sheet.repeat_rows(heading)
    sheet.freeze_panes(heading + 1, 0)
    for down, cells in enumerate(view.rows, heading + 1):
        told = [cell.text for cell in cells]
        sheet.set_row(down, _LINE * (_tallest(view, told) if any(told) else _EMPTY))
        for place, cell in enumerate(cells):
            look = formats.number if view.columns[place].key == "number" else None
            _cell(sheet, (down, place), cell, (look or formats.cell, formats.doubtful))
    choices = list(words()["progress"].values())
    for place, column in enumerate(view.columns):
        if column.key == "progress" and view.rows:
            sheet.data_validation(
                heading + 1,
                place,
                heading + len(view.rows),
                place,
                {"validate": "list", "source": choices, "error_type": "information"},
            )


def _cell(
    sheet: Worksheet,
    at: tuple[int, int],
    cell: FormCell,
    looks: tuple[Format, Format],
) -> None:
    look = looks[1] if cell.doubt else looks[0]
    if cell.text:
        sheet.write_string(*at, cell.text, look)
    else:
        sheet.write_blank(*at, None, look)
    if cell.doubt:
        words_of = words()
        told = words_of["doubts"][cell.doubt]
        author = words_of["head"]["author"]
        sheet.write_comment(*at, told, {"author": author, "x_scale": 2})


def _foot(sheet: Worksheet, view: Shown, formats: _Formats, row: int) -> None:
    last, said = len(view.columns) - 1, words()["signed"]
    half = max(0, last // 2)
    for place, pair in enumerate(
        (("drawn_up", "confirmed"), ("by_hand", "sealed")), row
    ):
        look = formats.strong if place == row else formats.middle
        _across(sheet, place, (0, half), said[pair[0]], look)
        _across(sheet, place, (half + 1, last), said[pair[1]], look)


def _across(
    sheet: Worksheet, row: int, span: tuple[int, int], text: str, look: Format
) -> None:
    first, last = span
    if last <= first:
        sheet.write_string(row, first, text, look)
        return
    sheet.merge_range(row, first, row, last, "", look)
    sheet.write_string(row, first, text, look)


def _tallest(view: Shown, texts: Sequence[str]) -> int:
    """Return how many lines the tallest of a row's cells takes, about."""
    taken = (
        _lines(text, _width(column.key)) if text else 1
        for column, text in zip(view.columns, texts, strict=True)
    )
    return min(max(taken), _MOST_LINES)


def _lines(text: str, width: float) -> int:
    # A word that does not fit goes to the next line, so that lines are seldom full.
    room = max(1, int(width * _LETTERS))
    return sum(max(1, -(-len(part) // room)) for part in text.split("\n"))


def _width(key: str) -> float:
    return _WIDTHS.get(key, 24.0)


def _total(view: Shown) -> float:
    return sum(_width(column.key) for column in view.columns)
