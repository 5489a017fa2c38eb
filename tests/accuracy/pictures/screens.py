"""Screenshots of a spreadsheet program, drawn as a web page and taken by a browser."""

import html
import tempfile
from pathlib import Path
from random import Random

from tests.accuracy.model import Doc, Grid, Lines, Pair, shown
from tests.accuracy.prints import column_widths
from tests.neighbours.chromium import Chromium

_STYLE = """
<!doctype html><meta charset=utf-8><style>
body{margin:0;font:13px Arimo;background:#fff}
.bar{background:#217346;color:#fff;padding:6px 12px}
.tools{background:#f3f2f1;padding:10px 12px;border-bottom:1px solid #d0d0d0}
table{border-collapse:collapse;table-layout:fixed}
td{border:1px solid #d4d4d4;padding:1px 4px;vertical-align:bottom;overflow:hidden}
.n{background:#e6e6e6;text-align:center;color:#444;width:30px}
.box{border:1px solid #000}.m{border:1px solid #fff}
.tabs{background:#f3f2f1;padding:4px 40px;border-top:1px solid #d0d0d0}
</style>
"""


def a_screenshot(browser: Chromium, doc: Doc, random: Random) -> bytes:
    """Return a PNG of the document as a spreadsheet program shows it."""
    widths = column_widths(doc.sheets[0])
    boxed = random.random() < 0.6
    rows = _rows(doc, len(widths), boxed)
    letters = "".join(f"<td class=n>{chr(65 + c)}</td>" for c in range(len(widths)))
    columns = "".join(f"<col style='width:{int(w * 7.5)}px'>" for w in widths)
    body = "".join(
        f"<tr><td class=n>{at}</td>{row}</tr>" for at, row in enumerate(rows, 1)
    )
    page = (
        f"{_STYLE}<div class=bar>{html.escape(doc.name)}.xlsx - Excel</div>"
        "<div class=tools>Trang đầu &nbsp; Chèn &nbsp; Bố trí Trang &nbsp; Công thức"
        "</div><table style='width:0'><col style='width:30px'>"
        f"{columns}<tr><td class=n></td>{letters}</tr>{body}</table>"
        "<div class=tabs>Sheet1 &nbsp; Sheet2</div>"
    )
    wide = int(sum(widths) * 7.5) + 60
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "screen.html"
        path.write_text(page, "utf-8")
        browser.open(path.as_uri(), max(900, wide), 1000)
        high = browser.evaluate("document.documentElement.scrollHeight")
        browser.open(path.as_uri(), max(900, wide), min(3000, int(high)))
        return browser.pictured()


def _rows(doc: Doc, width: int, boxed: bool) -> list[str]:
    rows: list[str] = []
    for block in doc.sheets[0].blocks:
        if isinstance(block, Lines):
            rows += [
                f"<td colspan={width}><b>{html.escape(t)}</b>" for t in block.texts
            ]
        elif isinstance(block, Pair):
            rows += _beside(block, width)
        else:
            rows += _cells(block, boxed)
        rows.append(f"<td>&nbsp;{'<td>' * (width - 1)}")
    return rows


def _beside(block: Pair, width: int) -> list[str]:
    half = max(1, width // 2)
    count = max(len(block.left), len(block.right))
    sides = [side + [""] * (count - len(side)) for side in (block.left, block.right)]
    return [
        f"<td colspan={half}>{html.escape(a)}&nbsp;</td>"
        f"<td colspan={max(1, width - half)}>{html.escape(b)}</td>"
        for a, b in zip(*sides, strict=True)
    ]


def _cells(grid: Grid, boxed: bool) -> list[str]:
    spans = {(m[0], m[1]): (m[2] - m[0], m[3] - m[1]) for m in grid.merges}
    kind = " class=box" if boxed else ""
    rows = []
    for r, row in enumerate(grid.rows):
        cells = []
        for c, value in enumerate(row):
            if value is None:
                continue
            high, wide = spans.get((r, c), (1, 1))
            text = html.escape(shown(value)).replace("\n", "<br>")
            cells.append(f"<td rowspan={high} colspan={wide}{kind}>{text}</td>")
        rows.append("".join(cells))
    return rows
