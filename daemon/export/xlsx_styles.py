"""The looks of a workbook's cells: a small palette, made once for each workbook.

Every text has the quote prefix, so that no program takes it for a formula, whatever it
begins with.
"""

from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from daemon.export.clean import cell_text
from daemon.export.model import Align, Mark, Value
from daemon.export.wording import text

FONT = "Times New Roman"
#: Soft colours that stay apart in black and white; the mark is said in words as well.
FILLS: dict[Mark, str] = {"added": "E2EFDA", "changed": "FFF2CC", "removed": "EDEDED"}
_HEADING = "F2F2F2"
_TEXT = "General"
_DAY, _TIME, _WHOLE, _REAL = "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "0", "0.0#"


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks. `fill` is a colour in six hexadecimal figures."""

    size: float = 13
    bold: bool = False
    italic: bool = False
    ruled: bool = False
    struck: bool = False
    align: Align = "left"
    top: bool = False
    boxed: bool = False
    fill: str = ""


HEADING = Look(bold=True, align="center", boxed=True, fill=_HEADING)


class Palette:
    """Cells of one sheet in the looks of its workbook."""

    __slots__ = ("_made", "_sheet", "_zone")

    def __init__(self, sheet: Any, zone: tzinfo) -> None:
        self._sheet = sheet
        self._zone = zone
        self._made: dict[tuple[Look, str], Any] = {}

    def cell(self, value: Value, look: Look) -> Any:
        """Return a cell that shows the value: text as text, numbers as numbers."""
        shown = _shown(value, self._zone)
        made: Any = WriteOnlyCell(self._sheet)
        if shown is not None:
            made.value = shown
        form = _form(value)
        if isinstance(shown, str):
            # QUIRK: openpyxl takes what begins with "=" for a formula, and "#N/A" for
            # an error, by itself.
            made.data_type = "s"
        style = self._made.get((look, form))
        if style is None:
            style = self._made[look, form] = self._style(look, form)
        made._style = style
        return made

    def _style(self, look: Look, form: str) -> Any:
        cell: Any = WriteOnlyCell(self._sheet)
        cell.font = Font(
            name=FONT,
            size=look.size,
            bold=look.bold,
            italic=look.italic,
            strike=look.struck,
            underline="single" if look.ruled else None,
        )
        cell.alignment = Alignment(
            horizontal=look.align,
            vertical="top" if look.top else "center",
            wrap_text=True,
        )
        if look.boxed:
            side = Side(style="thin", color="000000")
            cell.border = Border(left=side, right=side, top=side, bottom=side)
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=look.fill)
        cell.number_format = form
        cell.quotePrefix = form == _TEXT
        return copy(cell._style)


def _shown(value: Value, zone: tzinfo) -> str | int | float | date | datetime | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return text("table", "yes" if value else "no")
    if isinstance(value, str):
        return cell_text(value, text("table", "cut"))
    if isinstance(value, datetime):
        # A workbook knows no zones: what people see is the office's time.
        return value.astimezone(zone).replace(tzinfo=None, microsecond=0)
    return value


def _form(value: Value) -> str:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return _TEXT
    if isinstance(value, datetime):
        return _TIME
    if isinstance(value, date):
        return _DAY
    return _WHOLE if isinstance(value, int) else _REAL
