"""Read one sheet of an OpenDocument workbook: which places hold text.

Rows and cells that are repeated are counted and not built.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from parsers.readers.filling import Filling
from parsers.readers.letters import Letters, Run
from parsers.readers.number_format import show_general
from parsers.readers.ods_numbers import date_here, number_here
from parsers.readers.ods_styles import Styles
from parsers.readers.package import int_of
from parsers.readers.sheet import MOST_MERGES, Sheet
from parsers.readers.spans import MOST_COLUMNS

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ROW, _CELL, _COVERED = f"{TABLE}table-row", f"{TABLE}table-cell", "covered-table-cell"
_COLUMN = f"{TABLE}table-column"
_GROUPS = frozenset(
    f"{TABLE}table-{part}{kind}"
    for part in ("row", "header-row", "column", "header-column")
    for kind in ("s", "-group", "")
) - {_ROW, _COLUMN}
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_LEFT_OUT = frozenset({f"{OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}ruby-text"})
_ANCHORED = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_REPEATED = f"{TABLE}number-columns-repeated"
_ACROSS, _DOWN = f"{TABLE}number-columns-spanned", f"{TABLE}number-rows-spanned"
#: LibreOffice's own word for what a cell holds: errors are not in the standard.
_CALC_KIND = (
    "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
)
_VALUE, _DAY_VALUE = f"{OFFICE}value", f"{OFFICE}date-value"
_KIND, _STYLE = f"{OFFICE}value-type", f"{TABLE}style-name"
_NUMBERS = ("float", "percentage", "currency")
_NOT_SHOWN = ("collapse", "filter")
_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14


def read_sheet(
    table: etree._Element, styles: Styles, letters: Letters, most_rows: int
) -> Sheet:
    """Return the sheet `table`, at most `most_rows` rows that hold text."""
    name = letters.shown(table.get(f"{TABLE}name", ""))
    hidden = table.get(f"{TABLE}style-name") in styles.hidden
    filling = Filling(Sheet(name, hidden), most_rows)
    reading = _Reading(filling, styles, letters)
    for element in _parts(table):
        if element.tag == _COLUMN:
            reading.take_column(element)
        else:
            reading.take_row(element)
    return filling.done()


def _parts(table: etree._Element) -> Iterator[etree._Element]:
    """Yield columns and rows in order, out of the groups that they stand in."""
    waiting = [iter(table)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif element.tag in (_ROW, _COLUMN):
            yield element
        elif element.tag in _GROUPS:
            waiting.append(iter(element))


@dataclass(slots=True)
class _Reading:
    """A sheet while it is read; `row` is the number of the last one taken.

    `columns` are the styles that cells have without their own, `fonts` those of the
    styles met so far, "" for none.
    """

    filling: Filling
    styles: Styles
    letters: Letters
    row: int = 0
    columns: list[str] = field(default_factory=list)
    fonts: dict[str, str] = field(default_factory=dict)

    def take_column(self, column: etree._Element) -> None:
        """Note the style that cells of a column have without their own."""
        repeated = _times(column, "columns")
        style = column.get(f"{TABLE}default-cell-style-name", "")
        room = MOST_COLUMNS - len(self.columns)
        self.columns += [style] * min(repeated, max(0, room))

    def take_row(self, element: etree._Element) -> None:
        """Put the cells of a row, as often as it is repeated."""
        first, repeated = self.row + 1, _times(element, "rows")
        self.row += repeated
        if first > _LAST_ROW:
            return
        cells = list(self._cells(element, first))
        sheet = self.filling.sheet
        hidden = element.get(f"{TABLE}visibility") in _NOT_SHOWN
        if not cells:
            return
        for number in range(first, min(self.row, _LAST_ROW) + 1):
            if len(sheet.rows) >= self.filling.most_rows and number not in sheet.rows:
                sheet.cut = True
                break
            if hidden:
                sheet.hidden_rows.add(number)
            for column, count, text in cells:
                self._put(number, column, count, text)

    def _put(self, row: int, column: int, count: int, text: str) -> None:
        sheet = self.filling.sheet
        if count == 1 and column <= MOST_COLUMNS:
            self.filling.put(row, column, text)
            return
        for at in range(column, min(column + count, MOST_COLUMNS + 2)):
            self.filling.put(row, at, text)
        if column + count > MOST_COLUMNS + 2:
            sheet.cut = True

    def _cells(
        self, row: etree._Element, number: int
    ) -> Iterator[tuple[int, int, str]]:
        """Yield column, count and text of the cells that hold something."""
        column = 1
        usual = row.get(f"{TABLE}default-cell-style-name", "")
        for cell in row:
            said = cast(dict[str, str], dict(cell.items()))
            repeated = 1
            if _REPEATED in said:
                repeated = max(1, int_of(said[_REPEATED], 1))
            tag = cell.tag
            if tag == _CELL:
                if _ACROSS in said or _DOWN in said:
                    self._note_merge(said, number, column)
                if _KIND in said or len(cell):
                    style = said.get(_STYLE) or usual
                    if not style and column <= len(self.columns):
                        style = self.columns[column - 1]
                    text = self._text(cell, said, style)
                    if text is not None:
                        if said.get(_CALC_KIND) == "error":
                            self.filling.sheet.errors += repeated
                        yield column, repeated, text
            elif not str(tag).endswith(_COVERED):
                continue
            column += repeated
            if column > _LAST_COLUMN:
                break

    def _note_merge(self, said: Mapping[str, str], row: int, column: int) -> None:
        across, down = int_of(said.get(_ACROSS), 1), int_of(said.get(_DOWN), 1)
        merges = self.filling.sheet.merges
        if across * down > 1 and len(merges) < MOST_MERGES:
            merges.append((row, column, row + down - 1, column + across - 1))

    def _text(
        self, cell: etree._Element, said: Mapping[str, str], style: str
    ) -> str | None:
        """Return what the cell shows; None where it holds nothing."""
        font = self.fonts.get(style)
        if font is None:
            font = self.fonts[style] = self.styles.font(style) or ""
        children = list(cell)
        if len(children) == 1 and not len(children[0]):
            (paragraph,) = children
            plain = paragraph.text
            if paragraph.tag == _PARAGRAPHS[0]:
                if plain:
                    return _here(said, self.letters.shown(plain, font or None))
                return _nothing_shown(said)
        return self._long_text(children, said, font or None)

    def _long_text(
        self, children: list[etree._Element], said: Mapping[str, str], font: str | None
    ) -> str | None:
        runs: list[Run] = []
        paragraphs = [e for e in children if e.tag in _PARAGRAPHS]
        for paragraph in paragraphs:
            if runs:
                runs.append(("\n", font))
            runs += self._runs(paragraph, font)
        if any(text for text, _ in runs):
            return _here(said, self.letters.shown_runs(runs))
        return _nothing_shown(said) if paragraphs else _value(said)

    def _runs(self, paragraph: etree._Element, font: str | None) -> Iterator[Run]:
        """Yield the letters of a paragraph with their fonts, spans within spans too."""
        waiting: list[tuple[etree._Element, str | None, bool]] = [
            (paragraph, font, True)
        ]
        while waiting:
            element, font, first = waiting.pop()
            if not first:
                if element.tail:
                    yield element.tail, font
                continue
            yield from _own(element, font)
            if element.tag in _LEFT_OUT or str(element.tag).startswith(_ANCHORED):
                continue
            inner = font
            if element.tag == f"{_TEXT}span":
                style = element.get(f"{_TEXT}style-name", "")
                inner = self.styles.font(style) or font
            if element.text:
                yield element.text, inner
            for child in reversed(element):
                waiting += [(child, inner, False), (child, inner, True)]


def _own(element: etree._Element, font: str | None) -> Iterator[Run]:
    """Yield what an element stands for by itself: spaces, a tab, the end of a line."""
    if element.tag == f"{_TEXT}s":
        yield " " * min(int_of(element.get(f"{_TEXT}c"), 1), 100), font
    elif element.tag == f"{_TEXT}tab":
        yield "\t", font
    elif element.tag == f"{_TEXT}line-break":
        yield "\n", font


def _here(said: Mapping[str, str], shown: str) -> str:
    """Return the text that a cell showed, numbers and dates as Vietnam writes them."""
    kind = said.get(_KIND)
    if kind == "date":
        return date_here(shown, said.get(_DAY_VALUE, ""))
    value = _number(said) if kind in _NUMBERS else None
    return shown if value is None else number_here(shown, value)


def _nothing_shown(said: Mapping[str, str]) -> str | None:
    """Return "" for a cell that holds a value of which nothing shows, else None."""
    return None if said.get(_KIND, "string") == "string" else ""


def _number(said: Mapping[str, str]) -> float | None:
    try:
        number = float(said.get(_VALUE, ""))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _value(said: Mapping[str, str]) -> str | None:
    """Return the value of a cell that has no paragraphs: some writers leave them out.

    Its number style is not asked; None where there is no value either.
    """
    kind = said.get(_KIND, "")
    if kind in _NUMBERS:
        number = _number(said)
        if number is None:
            return None
        if kind == "percentage":
            return show_general(number * 100) + "%"
        return show_general(number)
    if kind == "boolean":
        return said.get(f"{OFFICE}boolean-value", "").upper() or None
    if kind == "date":
        return _day(said.get(_DAY_VALUE, "")) or None
    return said.get(f"{OFFICE}string-value") or None


def _day(raw: str) -> str:
    day, _, time = raw.partition("T")
    shown = "/".join(reversed(day.split("-")))
    return f"{shown} {time}" if time.strip("0:") else shown


def _times(element: etree._Element, what: str) -> int:
    return max(1, int_of(element.get(f"{TABLE}number-{what}-repeated"), 1))
