"""Write documents as Word files with python-docx, as HTML and as the text of a mail."""

import html
from pathlib import Path
from random import Random

import docx

from tests.accuracy.model import Doc, Grid, Lines, Pair, Value, shown


def with_docx(doc: Doc, path: Path) -> None:
    random = Random(doc.name)
    out = docx.Document()
    for index, sheet in enumerate(doc.sheets):
        if index:
            out.add_page_break()
        for block in sheet.blocks:
            if isinstance(block, Pair):
                _pair(out, block)
            elif isinstance(block, Lines):
                for text in block.texts:
                    out.add_paragraph(text)
            else:
                for part in parts(block):
                    _table(out, part, random)
                    out.add_paragraph("")
    out.save(str(path))


def parts(grid: Grid) -> list[Grid]:
    """Return the tables that a grid is parted into by page ends."""
    at = grid.split_at or grid.repeat_at
    if at is None:
        return [grid]
    head = grid.rows[: grid.heading_rows] if grid.repeat_at else []
    moved = [
        (t - at + len(head), left, b - at + len(head), right)
        for t, left, b, right in grid.merges
        if t >= at
    ]
    again = [m for m in grid.merges if m[2] <= len(head)]
    first = Grid(
        grid.rows[:at], [m for m in grid.merges if m[2] <= at], grid.heading_rows
    )
    return [first, Grid([*head, *grid.rows[at:]], [*again, *moved], len(head))]


def _pair(out: "docx.document.Document", block: Pair) -> None:
    table = out.add_table(1, 2)
    for cell, lines in zip(table.rows[0].cells, (block.left, block.right), strict=True):
        cell.text = lines[0] if lines else ""
        for line in lines[1:]:
            cell.add_paragraph(line)


def _table(out: "docx.document.Document", grid: Grid, random: Random) -> None:
    table = out.add_table(len(grid.rows), len(grid.rows[0]))
    table.style = "Table Grid"
    breaks = random.random() < 0.5
    for r, row in enumerate(grid.rows):
        cells = table.rows[r].cells
        for c, value in enumerate(row):
            if value is not None:
                _fill(cells[c], shown(value), breaks)
    for top, left, bottom, right in grid.merges:
        text = shown(grid.rows[top][left])
        merged = table.cell(top, left).merge(table.cell(bottom - 1, right - 1))
        for extra in merged.paragraphs[1:]:
            extra._element.getparent().remove(extra._element)
        _fill(merged, text, breaks)


def _fill(cell: "docx.table._Cell", text: str, breaks: bool) -> None:
    lines = [text] if breaks else text.split("\n")
    cell.text = lines[0]
    for line in lines[1:]:
        cell.add_paragraph(line)


def as_html(doc: Doc, random: Random, page: bool = True) -> str:
    """Return the document as HTML, in one of several programs' manners."""
    way = random.randrange(3)
    made: list[str] = []
    for sheet in doc.sheets:
        for block in sheet.blocks:
            if isinstance(block, Pair):
                cells = "".join(
                    f"<td width='50%'>{'<br>'.join(map(html.escape, side))}</td>"
                    for side in (block.left, block.right)
                )
                made.append(f"<table border=0><tr>{cells}</tr></table>")
            elif isinstance(block, Lines):
                tag = "div" if way == 1 else "p"
                made += [f"<{tag}>{html.escape(t)}</{tag}>" for t in block.texts]
            else:
                made += [_html_table(part, way) for part in parts(block)]
    body = "\n".join(made)
    if not page:
        return body
    return (
        "<html><head><meta http-equiv='Content-Type' "
        "content='text/html; charset=utf-8'>"
        f"</head><body>{body}</body></html>"
    )


def _html_table(grid: Grid, way: int) -> str:
    spans = {(m[0], m[1]): (m[2] - m[0], m[3] - m[1]) for m in grid.merges}
    rows: list[str] = []
    for r, row in enumerate(grid.rows):
        cells: list[str] = []
        for c, value in enumerate(row):
            if value is None:
                continue
            high, wide = spans.get((r, c), (1, 1))
            marks = (f" rowspan={high}" if high > 1 else "") + (
                f" colspan={wide}" if wide > 1 else ""
            )
            cells.append(_html_cell(value, marks, way, r < grid.heading_rows))
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table border=1 cellspacing=0>{''.join(rows)}</table>"


def _html_cell(value: Value, marks: str, way: int, heading: bool) -> str:
    text = html.escape(shown(value))
    if way == 0:
        tag = "th" if heading else "td"
        return f"<{tag}{marks}>{text.replace(chr(10), '<br>')}</{tag}>"
    if way == 1:
        inner = "".join(f"<div>{line or '<br>'}</div>" for line in text.split("\n"))
        return f"<td{marks}>{inner}</td>"
    inner = "".join(
        f"<p class=MsoNormal><span style='font-size:13.0pt'>{line or '&nbsp;'}"
        "<o:p></o:p></span></p>"
        for line in text.split("\n")
    )
    return f"<td{marks} valign=top>{inner}</td>"


def as_text(doc: Doc, random: Random) -> str:
    """Return the document as text: cells parted by tabs, by bars, or one a line."""
    lines: list[str] = []
    way = random.choice(("tabs", "tabs", "bars", "lines"))
    for sheet in doc.sheets:
        for block in sheet.blocks:
            if isinstance(block, Pair):
                lines += [f"{a}\t\t{b}" if b else a for a, b in _zipped(block)]
            elif isinstance(block, Lines):
                lines += block.texts
            else:
                lines += _text_table(block, way)
            lines.append("")
    return "\n".join(lines)


def _text_table(grid: Grid, way: str) -> list[str]:
    rows = [[shown(value) for value in row] for row in grid.rows]
    flat = not grid.merges and not any("\n" in text for row in rows for text in row)
    counted = rows[0][0].lower() in ("stt", "tt", "số tt", "số thứ tự")
    works = rows[grid.heading_rows :]
    plain = grid.heading_rows == 1 and all(all(row) for row in works)
    if way == "bars" and flat and grid.heading_rows:
        return [f"| {' | '.join(row)} |" for row in rows]
    numbers = [row[0].strip("().").lstrip("0") for row in works]
    rising = numbers == [str(n) for n in range(1, len(works) + 1)]
    if way == "lines" and flat and counted and plain and rising:
        return [text for row in rows for text in row]
    return ["\t".join(map(_pasted, row)) for row in grid.rows]


def _pasted(value: Value | None) -> str:
    text = shown(value)
    if "\n" in text or '"' in text:
        escaped = text.replace('"', '""')
        return f'"{escaped}"'
    return text


def _zipped(block: Pair) -> list[tuple[str, str]]:
    size = max(len(block.left), len(block.right))
    left = [*block.left, *[""] * (size - len(block.left))]
    right = [*block.right, *[""] * (size - len(block.right))]
    return list(zip(left, right, strict=True))
