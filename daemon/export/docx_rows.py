"""Heads, tables and signature blocks of a text document, piece by piece.

What belongs together says so to the word processor; where pages break is its business.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from daemon.export import docx_xml as xml
from daemon.export import measure
from daemon.export.heads import Phrase, signature
from daemon.export.heads import head as head_lines
from daemon.export.model import Letterhead, Line, Part, Table, Value
from daemon.export.wording import day_text, text

MM = 72 / 25.4
_BODY, _TITLE = 13.0, 14.0
#: A further table of so many lines stands on one page.
SMALL = 12
#: The colours are those of a workbook, so that the two are read alike.
FILLS = {"added": "E2EFDA", "changed": "FFF2CC", "removed": "EDEDED"}
_HEADING = "F2F2F2"
#: A row that takes more of a page than that, in points, may be torn.
_WHOLE = 300.0


def head(part: Part, wide: float) -> Iterator[str]:
    """Yield the two columns of the head, over `wide` millimetres."""
    yield from _pairs(head_lines(part), wide, keep=True)


def titles(lines: Sequence[str], notes: Sequence[str], wide: float) -> Iterator[str]:
    """Yield the title and the notes below it, over `wide` millimetres."""
    room = wide * MM * 0.9
    for place, line in enumerate(lines):
        broken = measure.balanced(line, room, _TITLE, bold=True)
        run = xml.run(broken, xml.Letters(_TITLE, bold=True))
        before = 0 if place else 14
        yield xml.paragraph(run, xml.Form("center", keep=True, before=before))
    for line in notes:
        run = xml.run(line, xml.Letters(_BODY, italic=True))
        yield xml.paragraph(run, xml.Form("center", keep=True))
    yield xml.paragraph("", xml.Form(keep=True, mark=6))


def running(part: Part) -> Iterator[str]:
    """Yield the running text."""
    for one in part.text:
        run = xml.run(one.text, xml.Letters(_TITLE, bold=one.heading))
        # What people are to fill in would be drawn out to both sides.
        dotted = one.text.endswith("…")
        side = "left" if one.heading or dotted else "both"
        form = xml.Form(side, keep=one.heading, before=6, first=10)
        if one.centred:
            form = xml.Form("center", before=12)
        yield xml.paragraph(run, form)


def closing(who: Letterhead, wide: float, recipients: bool) -> Iterator[str]:
    """Yield the signature block, of which no line stands on another page."""
    yield xml.paragraph("", xml.Form(keep=True, mark=_BODY))
    yield from _pairs(signature(who, recipients), wide, keep=True)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands: `further`, after another; `last`, before the signature."""

    further: bool
    last: bool


def body(table: Table, zone: tzinfo, place: Place) -> Iterator[str]:
    """Yield a table, a further one with its caption and on one page.

    The last one's last two lines stay with the signature block.
    """
    further = place.further
    if further:
        run = xml.run(table.caption, xml.Letters(_BODY, bold=True))
        yield xml.paragraph(run, xml.Form(keep=True, before=10))
        yield xml.paragraph("", xml.Form(keep=True, mark=3))
    columns = [table.columns[n] for n in table.shown]
    yield xml.table_start([c.width for c in columns], boxed=True)
    look = _Look(bold=True, keep=True, fill=_HEADING, align="center")
    yield xml.row((_cell(c.heading, c.width, look) for c in columns), heading=True)
    waiting: list[Line] = []
    group: str | None = None
    for number, line in enumerate(table.lines):
        waiting.append(line)
        if len(waiting) > 2:
            keep = further and number < SMALL
            yield _row(table, waiting[0], _shared(group, *waiting[:2]), zone, keep)
            group = waiting.pop(0).group
    for number, line in enumerate(waiting):
        share = _shared(group, line, *waiting[number + 1 : number + 2])
        keep = place.last or (further and number + 1 < len(waiting))
        yield _row(table, line, share, zone, keep)
        group = line.group
    yield xml.TABLE_END


def _shared(before: str | None, line: Line, after: Line | None = None) -> str:
    """Return the line's part of its group's cells: alone, first or covered."""
    if line.group is None:
        return ""
    if line.group == before:
        return "continue"
    return "restart" if after and after.group == line.group else ""


@dataclass(frozen=True, slots=True)
class _Look:
    bold: bool = False
    italic: bool = False
    struck: bool = False
    keep: bool = False
    fill: str = ""
    align: str = "left"
    merge: str = ""
    span: int = 1
    top: bool = False


def _row(table: Table, line: Line, share: str, zone: tzinfo, keep: bool) -> str:
    shown = table.shown
    if line.kind == "band":
        wide = sum(table.columns[n].width for n in shown)
        look = _Look(bold=True, italic=line.level > 0, keep=True, span=len(shown))
        return xml.row([_cell(_said(line.cells[0], zone), wide, look)])
    cells, most = [], 1
    for n in shown:
        column, said = table.columns[n], _said(line.cells[n], zone)
        merged = n in table.merged and line.group is not None
        room = (column.width - 3) * MM
        if not merged:
            most = max(most, measure.lines(said, room, _BODY, line.kind == "total"))
        look = _Look(
            bold=line.kind == "total",
            struck=line.mark == "removed" and not merged,
            keep=keep,
            fill=_fill(line, n, merged),
            align=column.align,
            merge=share if merged else "",
            top=merged and bool(share),
        )
        covered = merged and share == "continue"
        cells.append(_cell("" if covered else said, column.width, look))
    return xml.row(cells, whole=measure.height(most, _BODY) <= _WHOLE)


def _fill(line: Line, column: int, merged: bool) -> str:
    if line.mark is None or merged:
        return ""
    if line.mark == "changed" and column not in line.changed:
        return ""
    return FILLS[line.mark]


def _cell(said: str, width: float, look: _Look) -> str:
    letters = xml.Letters(_BODY, look.bold, look.italic, struck=look.struck)
    content = xml.paragraph(xml.run(said, letters), xml.Form(look.align, look.keep))
    box = xml.Box(width, look.span, look.merge, look.fill, look.top)
    return xml.cell(content, box)


def _said(value: Value, zone: tzinfo) -> str:
    """Return what a person reads."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return text("table", "yes" if value else "no")
    if isinstance(value, datetime):
        local = value.astimezone(zone)
        return f"{local:%H:%M} {day_text(local.date())}"
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", ",")
    return str(value)


def _pairs(
    pairs: Iterable[tuple[Phrase, Phrase]], wide: float, keep: bool
) -> Iterator[str]:
    """Yield two columns without rules, a row a line."""
    left, right = wide * 0.45, wide * 0.55
    yield xml.table_start([left, right], boxed=False)
    for one, other in pairs:
        cells = (_phrase(one, left, keep), _phrase(other, right, keep))
        yield xml.row(cells)
    yield xml.TABLE_END


def _phrase(phrase: Phrase, width: float, keep: bool) -> str:
    letters = xml.Letters(phrase.size, phrase.bold, phrase.italic, phrase.ruled)
    content = xml.paragraph(xml.run(phrase.text, letters), xml.Form("center", keep))
    return xml.cell(content, xml.Box(width, top=True))
