"""Draw a document on reportlab's canvas, as printer drivers place their letters."""

import io
from dataclasses import dataclass
from random import Random

from reportlab.lib import colors
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.accuracy.model import Doc, Grid, Lines, Pair, Sheet, Value, shown
from tests.accuracy.paper.look import (
    BOLD_FILE,
    FONT,
    FONT_FILE,
    Look,
    ruled_sides,
    widths,
)
from tests.accuracy.words import parts

_SIDE = 48.0
_HIGH = 1.17


@dataclass(frozen=True)
class Way:
    """How letters come: by line, word or letter; with their spaces or without.

    `order`: the cells of a row one after the other, or its lines from left to right.
    """

    unit: str
    spaces: bool
    order: str


def a_way(random: Random) -> Way:
    return Way(
        random.choice(("line", "word", "word", "letter")),
        random.random() < 0.5,
        random.choice(("cells", "cells", "lines")),
    )


def drawn(doc: Doc, look: Look, way: Way) -> bytes:
    for name, file in ((FONT, FONT_FILE), (f"{FONT}-Bold", BOLD_FILE)):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, file))
    out = io.BytesIO()
    size = (842.0, 595.0) if look.wide else (595.0, 842.0)
    pen = _Pen(Canvas(out, pagesize=size, invariant=1), look, way, size)
    for index, sheet in enumerate(doc.sheets):
        if index:
            pen.turn()
        pen.sheet(sheet)
    pen.canvas.showPage()
    pen.canvas.save()
    return out.getvalue()


#: Font, x, y, text of one line of a cell.
Written = tuple[str, float, float, str]


class _Pen:
    """The canvas and how far down its page is filled."""

    def __init__(
        self, canvas: Canvas, look: Look, way: Way, size: tuple[float, float]
    ) -> None:
        self.canvas, self.look, self.way = canvas, look, way
        self.width, self.height = size
        self.y = self.height - 50.0
        self.leading = look.size * _HIGH

    def turn(self) -> None:
        self.canvas.showPage()
        self.y = self.height - 50.0

    def need(self, points: float) -> bool:
        """Begin another page where so much room is not left; return whether it did."""
        if self.y - points < 45.0 and self.y < self.height - 60:
            self.turn()
            return True
        return False

    def sheet(self, sheet: Sheet) -> None:
        for block in sheet.blocks:
            if isinstance(block, Pair):
                self._pair(block)
            elif isinstance(block, Lines):
                for text in block.texts:
                    self._paragraph(text, block.centred)
            else:
                wide = widths(sheet, self.look)
                for part in parts(block):
                    _TableOn(self, part, wide[: len(part.rows[0])]).draw()
                    self.y -= self.leading
        self.y -= self.leading

    def _pair(self, block: Pair) -> None:
        count = max(len(block.left), len(block.right))
        self.need(self.leading * count)
        for side, middle in ((block.left, 0.28), (block.right, 0.72)):
            for at, text in enumerate(side):
                x = self.width * middle - self._wide(text, FONT) / 2
                self.put([(FONT, x, self.y - self.leading * (at + 1), text)])
        self.y -= self.leading * (count + 1)

    def _paragraph(self, text: str, centred: bool) -> None:
        room = self.width - 2 * _SIDE
        for line in self.wrapped(text, room, FONT):
            self.need(self.leading)
            self.y -= self.leading
            x = (self.width - self._wide(line, FONT)) / 2 if centred else _SIDE
            self.put([(FONT, x, self.y, line)])

    def _wide(self, text: str, font: str) -> float:
        return float(pdfmetrics.stringWidth(text, font, self.look.size))

    def wrapped(self, text: str, room: float, font: str) -> list[str]:
        lines: list[str] = []
        for paragraph in text.split("\n"):
            line = ""
            for word in paragraph.split(" "):
                longer = f"{line} {word}" if line else word
                if line and self._wide(longer, font) > room:
                    lines.append(line)
                    line = word
                else:
                    line = longer
            lines.append(line)
        return lines

    def put(self, written: list[Written]) -> None:
        """Draw lines of text in the way's pieces."""
        for font, x, y, text in written:
            pieces = [text]
            if self.way.unit == "word":
                pieces = text.split(" ")
                if self.way.spaces:
                    pieces = [f"{p} " for p in pieces[:-1]] + pieces[-1:]
            elif self.way.unit == "letter":
                pieces = list(text)
            space = self._wide(" ", font)
            for piece in pieces:
                if piece.strip() or self.way.spaces:
                    self.canvas.setFont(font, self.look.size)
                    self.canvas.drawString(x, y, piece)
                x += self._wide(piece, font)
                if self.way.unit == "word" and not self.way.spaces:
                    x += space


class _TableOn:
    """One table on its way to the pages."""

    def __init__(self, pen: _Pen, grid: Grid, wide: list[float]) -> None:
        self.pen, self.grid, self.look = pen, grid, pen.look
        room = pen.width - 2 * _SIDE
        self.wide = [w * room / sum(wide) for w in wide]
        self.xs = [_SIDE]
        for width in self.wide:
            self.xs.append(self.xs[-1] + width)
        self.spans = {(m[0], m[1]): m for m in grid.merges}
        self.high = self._heights()

    def _area(self, row: int, column: int) -> tuple[int, int, int, int]:
        return self.spans.get((row, column), (row, column, row + 1, column + 1))

    def _font(self, row: int) -> str:
        return f"{FONT}-Bold" if row < self.grid.heading_rows else FONT

    def _lines(self, row: int, column: int, value: Value) -> list[str]:
        area = self._area(row, column)
        room = self.xs[area[3]] - self.xs[area[1]] - 2 * self.look.padding
        return self.pen.wrapped(shown(value), room, self._font(row))

    def _heights(self) -> list[float]:
        least = self.pen.leading + 4
        high = [least] * len(self.grid.rows)
        for r, row in enumerate(self.grid.rows):
            for c, value in enumerate(row):
                if value is None:
                    continue
                area = self._area(r, c)
                lines = len(self._lines(r, c, value)) * self.pen.leading + 4
                over = lines - sum(high[r : area[2] - 1])
                high[area[2] - 1] = max(high[area[2] - 1], over)
        return high

    def draw(self) -> None:
        done = 0
        while done < len(self.grid.rows):
            end = self._together(done)
            moved = self.pen.need(sum(self.high[done:end]))
            if moved and done >= self.grid.heading_rows and self.look.repeated:
                self._rows(0, self.grid.heading_rows)
            self._rows(done, end)
            done = end

    def _together(self, start: int) -> int:
        """Return the end of the rows that merges hold together from `start` on."""
        end = max(start + 1, self.grid.heading_rows if start == 0 else 0)
        for row in range(start, len(self.grid.rows)):
            if row >= end:
                break
            tops = [m[2] for m in self.grid.merges if m[0] == row]
            end = max([end, *tops])
        return end

    def _rows(self, start: int, end: int) -> None:
        tops = [self.pen.y]
        for row in range(start, end):
            tops.append(tops[-1] - self.high[row])
        written: list[Written] = []
        for r in range(start, end):
            for c, value in enumerate(self.grid.rows[r]):
                if value is None:
                    continue
                area = self._area(r, c)
                self._box(area, tops[r - start], tops[min(area[2], end) - start])
                written += self._cell(
                    r, c, value, (tops[r - start], tops[area[2] - start])
                )
        if self.pen.way.order == "lines":
            written.sort(key=lambda w: (-w[2], w[1]))
        self.pen.put(written)
        self.pen.y = tops[-1]

    def _cell(
        self, row: int, column: int, value: Value, tall: tuple[float, float]
    ) -> list[Written]:
        top, bottom = tall
        lines = self._lines(row, column, value)
        area, font = self._area(row, column), self._font(row)
        left, right = self.xs[area[1]], self.xs[area[3]]
        free = top - bottom - len(lines) * self.pen.leading - 4
        down = {"top": 0.0, "center": free / 2, "bottom": free}[self.look.level]
        centred = self.look.align == "center" or row < self.grid.heading_rows
        out = []
        for at, line in enumerate(lines, 1):
            x = left + self.look.padding
            if centred:
                x = (left + right - self.pen._wide(line, font)) / 2
            out.append((font, x, top - down - at * self.pen.leading, line))
        return [w for w in out if w[3]]

    def _box(self, area: tuple[int, int, int, int], top: float, bottom: float) -> None:
        row, left, under, right = area
        look, canvas = self.look, self.pen.canvas
        x0, x1 = self.xs[left], self.xs[right]
        sides = ruled_sides(look, self.grid, row, under - row)
        if look.shaded and row < self.grid.heading_rows:
            canvas.setFillColor(colors.lightblue)
            canvas.rect(x0, bottom, x1 - x0, top - bottom, stroke=0, fill=1)
            canvas.setFillColor(colors.black)
        outer, level, upright = sides["outer"], sides["level"], sides["upright"]
        last = under == len(self.grid.rows)
        if level or (row == 0 and outer):
            canvas.line(x0, top, x1, top)
        if level or sides["under_head"] or (last and outer):
            canvas.line(x0, bottom, x1, bottom)
        if upright or (left == 0 and outer):
            canvas.line(x0, top, x0, bottom)
        if upright or (right == len(self.wide) and outer):
            canvas.line(x1, top, x1, bottom)
