"""Write a document as a page in a look, for Chromium to print."""

import html

from tests.accuracy.model import Doc, Grid, Lines, Pair, Sheet, shown
from tests.accuracy.paper.look import FONT, Look, ruled_sides, widths
from tests.accuracy.words import parts


def as_page(doc: Doc, look: Look, way: str) -> str:
    """Return HTML; `way` is collapse, separate or grid (boxes, no table)."""
    size = "landscape" if look.wide else "portrait"
    out = [
        "<!doctype html><meta charset=utf-8><style>",
        f"@page{{size:A4 {size};margin:17mm}}",
        f"body{{font:{look.size}pt {FONT};margin:0}}p{{margin:0 0 3pt}}",
        f"table{{width:100%;table-layout:fixed;margin:4pt 0;{_borders(way)}}}",
        f"td,th,.c{{padding:2pt {look.padding}pt;text-align:{look.align};",
        f"vertical-align:{_level(look)};white-space:pre-line;overflow-wrap:break-word}}",
        "th,.h{text-align:center;font-weight:bold}",
        f"{'th,.h{background:#d9e2f3}' if look.shaded else ''}",
        f"{'tr,.c{break-inside:avoid}' if look.whole_rows else ''}",
        f"{'' if look.repeated else 'thead{display:table-row-group}'}",
        "thead.n{display:table-row-group}",
        ".p td{text-align:center;border:0}.g{display:grid;margin:4pt 0}",
        "</style>",
    ]
    for index, sheet in enumerate(doc.sheets):
        if index:
            out.append("<div style='break-before:page'></div>")
        out.extend(_sheet(sheet, look, way))
    return "".join(out)


def _borders(way: str) -> str:
    kind = "separate" if way == "separate" else "collapse"
    return f"border-collapse:{kind};border-spacing:0"


def _level(look: Look) -> str:
    return {"center": "middle"}.get(look.level, look.level)


def _sheet(sheet: Sheet, look: Look, way: str) -> list[str]:
    out: list[str] = []
    wide = widths(sheet, look)
    for block in sheet.blocks:
        if isinstance(block, Pair):
            cells = "".join(
                f"<td>{html.escape(chr(10).join(side))}</td>"
                for side in (block.left, block.right)
            )
            out.append(f"<table class=p><tr>{cells}</tr></table>")
        elif isinstance(block, Lines):
            centred = " style='text-align:center;font-weight:bold'"
            mark = centred if block.centred else ""
            out += [f"<p{mark}>{html.escape(t)}</p>" for t in block.texts]
        else:
            draw = _boxes if way == "grid" else _table
            out += [
                draw(part, wide[: len(part.rows[0])], look) for part in parts(block)
            ]
    return out


def _style(grid: Grid, area: tuple[int, int, int, int], look: Look) -> str:
    top, left, bottom, right = area
    height, width = len(grid.rows), len(grid.rows[0])
    sides = ruled_sides(look, grid, top, bottom - top)
    outer, level, upright = sides["outer"], sides["level"], sides["upright"]
    under = level or sides["under_head"] or (bottom == height and outer)
    drawn = {
        "top": level or (top == 0 and outer),
        "bottom": under,
        "left": upright or (left == 0 and outer),
        "right": upright or (right == width and outer),
    }
    return ";".join(
        f"border-{side}:0.7pt solid #000" for side, here in drawn.items() if here
    )


def _table(grid: Grid, wide: list[float], look: Look) -> str:
    spans = {(m[0], m[1]): m for m in grid.merges}
    out = ["<table><colgroup>"]
    out += [f"<col style='width:{100 * w / sum(wide):.2f}%'>" for w in wide]
    out.append("</colgroup><thead>")
    for r, row in enumerate(grid.rows):
        if r == grid.heading_rows:
            out.append("</thead><tbody>")
        out.append("<tr>")
        head = r < grid.heading_rows
        for c, value in enumerate(row):
            if value is None:
                continue
            area = spans.get((r, c), (r, c, r + 1, c + 1))
            style = _style(grid, area, look)
            tag = "th" if head else "td"
            marks = f"rowspan={area[2] - r} colspan={area[3] - c}"
            text = html.escape(shown(value))
            if look.turned and head and area[2] - r == area[3] - c == 1:
                style += ";writing-mode:vertical-rl;transform:rotate(180deg)"
            out.append(f"<{tag} {marks} style='{style}'>{text}</{tag}>")
        out.append("</tr>")
    return "".join(out) + "</table>"


def _boxes(grid: Grid, wide: list[float], look: Look) -> str:
    spans = {(m[0], m[1]): m for m in grid.merges}
    columns = " ".join(f"{100 * w / sum(wide):.2f}%" for w in wide)
    out = [f"<div class=g style='grid-template-columns:{columns}'>"]
    for r, row in enumerate(grid.rows):
        for c, value in enumerate(row):
            if value is None:
                continue
            area = spans.get((r, c), (r, c, r + 1, c + 1))
            name = "c h" if r < grid.heading_rows else "c"
            place = f"grid-area:{r + 1}/{c + 1}/{area[2] + 1}/{area[3] + 1}"
            style = f"{place};{_style(grid, area, look)}"
            out.append(
                f"<div class='{name}' style='{style}'>{html.escape(shown(value))}</div>"
            )
    return "".join(out) + "</div>"
