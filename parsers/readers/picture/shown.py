"""Show the steps of a page's reading as files that a person can open.

Values in, names and bytes out; nothing is written here.
"""

import base64
import html
from collections.abc import Iterator

import cv2

from parsers.readers.picture.chain import PageReading
from parsers.readers.picture.shapes import Frame, LineReading, Pixels

#: Blue, green, red of what is sure, doubtful and hardly read.
_SURE, _DOUBTFUL, _POOR = (0, 150, 0), (0, 150, 255), (0, 0, 220)
_RULE, _CELL = (0, 0, 255), (255, 120, 0)
_SURE_FROM, _DOUBTFUL_FROM = 0.9, 0.6
_AROUND = 4


def shown(reading: PageReading) -> Iterator[tuple[str, bytes]]:
    """Yield the steps: page, straightened page, grid, certainty, lines, cells."""
    if reading.sheet is not None:
        yield "1-page.jpg", _jpeg(_bgr(reading.sheet))
    if reading.straight is None:
        yield "4-lines.txt", str(reading.page.nothing).encode()
        return
    straight = _bgr(reading.straight)
    yield "2-straight.jpg", _jpeg(straight)
    yield "3-grid.jpg", _jpeg(_grid(reading, straight.copy()))
    yield "4-certainty.jpg", _jpeg(_certainties(reading, straight.copy()))
    text = "\n".join(_told(line) for line in reading.readings)
    yield "5-lines.txt", text.encode()
    yield "6-cells.html", _cells(reading, straight).encode()


def _bgr(pixels: Pixels) -> Pixels:
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)


def _jpeg(pixels: Pixels) -> bytes:
    return cv2.imencode(".jpg", pixels)[1].tobytes()


def _grid(reading: PageReading, page: Pixels) -> Pixels:
    if reading.ruling is not None:
        page[reading.ruling.mask] = _RULE
    for cell in reading.cells:
        cv2.rectangle(page, (cell.x0, cell.y0), (cell.x1, cell.y1), _CELL, 2)
    for line in reading.readings:
        frame = line.line.frame
        cv2.rectangle(page, (frame.x0, frame.y0), (frame.x1, frame.y1), _SURE, 1)
        base = round(line.line.base)
        cv2.line(page, (frame.x0, base), (frame.x1, base), _DOUBTFUL, 1)
    for mark in reading.page.marks:
        corners = [round(v * reading.scale) for v in (mark.x0, mark.y0)]
        ends = [round(v * reading.scale) for v in (mark.x1, mark.y1)]
        cv2.rectangle(page, corners, ends, (200, 0, 200), 3)
    return page


def _certainties(reading: PageReading, page: Pixels) -> Pixels:
    for line in reading.readings:
        frame = line.line.frame
        colour = _POOR
        if line.certainty >= _DOUBTFUL_FROM:
            colour = _DOUBTFUL if line.certainty < _SURE_FROM else _SURE
        cv2.rectangle(page, (frame.x0, frame.y0), (frame.x1, frame.y1), colour, 2)
        place = frame.x0, max(10, frame.y0 - 2)
        words = f"{line.certainty:.3f}"
        cv2.putText(page, words, place, cv2.FONT_HERSHEY_PLAIN, 0.9, colour, 1)
    return page


def _told(line: LineReading) -> str:
    frame = line.line.frame
    head = f"{line.line.cell}\t{frame.x0},{frame.y0}\t{line.certainty:.3f}\t{line.text}"
    texts = {w.text for w in line.witnesses}
    if len(texts) < 2 and not line.doubts:
        return head
    voices = "".join(f"\n\t\t\t\t{w.text}" for w in line.witnesses)
    return f"{head}\t{' '.join(line.doubts)}{voices}"


def _cells(reading: PageReading, page: Pixels) -> str:
    """Return an HTML page: each cell's picture beside its text and certainty."""
    rows = []
    for number, frame in [*enumerate(reading.cells), (None, None)]:
        lines = [r for r in reading.readings if r.line.cell == number]
        if not lines:
            continue
        around = frame or _around(lines)
        text = "<br>".join(
            f"{html.escape(r.text)} <small>{r.certainty:.3f}"
            f" {html.escape(' '.join(r.doubts))}</small>"
            for r in lines
        )
        rows.append(f"<tr><td>{number}<td>{_picture(page, around)}<td>{text}")
    return f'<!doctype html><meta charset="utf-8"><table border=1>{"".join(rows)}'


def _around(lines: list[LineReading]) -> Frame:
    frames = [r.line.frame for r in lines]
    return Frame(
        min(f.x0 for f in frames),
        min(f.y0 for f in frames),
        max(f.x1 for f in frames),
        max(f.y1 for f in frames),
    )


def _picture(page: Pixels, frame: Frame) -> str:
    part = page[
        max(0, frame.y0 - _AROUND) : frame.y1 + _AROUND,
        max(0, frame.x0 - _AROUND) : frame.x1 + _AROUND,
    ]
    if part.size == 0:
        return ""
    data = base64.b64encode(_jpeg(part)).decode()
    return f'<img src="data:image/jpeg;base64,{data}" style="max-width:60vw">'
