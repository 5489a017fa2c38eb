"""Find tables that were pasted into plain text: by tabs, by bars, by aligned columns.

Each way looks at the lines from one place on and says which rows it sees, or nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One row; `line` counts from the first line of the text, from 0."""

    cells: tuple[str, ...]
    line: int
    certainty: float = 1.0
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Pasted:
    """A table in text: its rows, and the line after its last."""

    rows: tuple[PastedRow, ...]
    end: int


_WRAPPED = (0.9, "a line that the mail program broke")
_ALIGNED = (0.95, "columns found by spaces")
_SLASHED = (0.95, "columns found by slashes")
_GUTTERS = (0.9, "columns found by the blanks that all lines share")
_LONG_LINE = 66
_LEAST_COLUMNS = 3
#: A quoted cell of Excel goes on over a few lines, not over the whole mail.
_MOST_QUOTED_LINES = 60
_MOST_BLOCK_LINES = 2000

_RULER = re.compile(r"^[\s|+:=\-─━│┼]+$")
_GAP = re.compile(r"\S {2,}(?=\S)")
#: Who writes stands below a table, never in its last cell.
_SENDER = re.compile(
    r"\s*(?:người (?:gửi|lập|liên hệ)|liên hệ|điện thoại|đt|sđt)\s*:", re.IGNORECASE
)
_SLASH = re.compile(r"\s+/\s+")
_GAPS = re.compile(r" {2,}")


def tabbed(lines: Sequence[str], at: int) -> Pasted | None:
    """Return the table of tab-separated lines that begins at line `at`."""
    if "\t" not in lines[at].strip() and not lines[at].startswith('"'):
        return None
    rows: list[PastedRow] = []
    width = 0
    while at < len(lines):
        record, end = _record(lines, at)
        if len(record) < 2:
            if not rows or not _continues(rows[-1], lines[at], lines[at - 1], width):
                # A single blank line between rows is a habit of some programs.
                blank = not lines[at].strip() and at + 1 < len(lines)
                if rows and blank and lines[at + 1].count("\t") >= width - 1 > 0:
                    at += 1
                    continue
                break
            rows[-1] = _joined(rows[-1], record)
        elif (
            rows
            and len(rows[-1].cells) + len(record) - 1 <= width
            and (len(rows[-1].cells) < width)
        ):
            rows[-1] = _joined(rows[-1], record)
        else:
            rows.append(PastedRow(tuple(record), at))
            width = width or len(record)
        at = end
    return Pasted(tuple(rows), at) if len(rows) > 1 else None


def _record(lines: Sequence[str], at: int) -> tuple[list[str], int]:
    """Return the cells of the line, with those lines that a quoted cell goes on to."""
    text, end = lines[at], at + 1
    while _is_open(text) and end < min(len(lines), at + _MOST_QUOTED_LINES):
        text = f"{text}\n{lines[end]}"
        end += 1
    if _is_open(text) or "\t" not in text:
        text, end = lines[at], at + 1
    return [_unquoted(cell) for cell in text.split("\t")], end


def _is_open(text: str) -> bool:
    """Say whether the last cell began with a quotation mark that nothing closes."""
    last = text.rpartition("\t")[2]
    return last.startswith('"') and last.count('"') % 2 == 1


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"' and ("\n" in cell or '""' in cell):
        return cell[1:-1].replace('""', '"')
    return cell


def _continues(row: PastedRow, line: str, before: str, width: int) -> bool:
    """Say whether a line without tabs is the rest of a row that was broken."""
    if not line.strip() or _SENDER.match(line):
        return False
    return len(row.cells) < width or len(before.rstrip()) >= _LONG_LINE


def _joined(row: PastedRow, more: Sequence[str]) -> PastedRow:
    last = f"{row.cells[-1]} {more[0].strip()}".strip()
    return PastedRow((*row.cells[:-1], last, *more[1:]), row.line, *_WRAPPED)


def piped(lines: Sequence[str], at: int) -> Pasted | None:
    """Return the table drawn with bars that begins at line `at`."""
    if not _is_piped(lines[at]):
        return None
    end = at
    while end < len(lines) and _is_piped(lines[end]):
        end += 1
    rulers = [i for i in range(at, end) if _RULER.match(lines[i])]
    groups = _between_rulers(at, end, rulers)
    rows = [_bar_row(lines, group) for group in groups]
    return Pasted(tuple(rows), end) if len(rows) > 1 else None


def slashed(lines: Sequence[str], at: int) -> Pasted | None:
    """Return the table whose cells are parted by " / " that begins at line `at`."""
    rows: list[PastedRow] = []
    for number in range(at, min(len(lines), at + _MOST_BLOCK_LINES)):
        cells = tuple(_SLASH.split(lines[number].strip()))
        if len(cells) < _LEAST_COLUMNS or (rows and len(cells) != len(rows[0].cells)):
            break
        rows.append(PastedRow(cells, number, *_SLASHED))
    return Pasted(tuple(rows), at + len(rows)) if len(rows) > 1 else None


def _is_piped(line: str) -> bool:
    text = line.strip()
    return text.count("|") + text.count("│") >= 2 or (
        len(text) > 2 and text[0] in "+|" and _RULER.match(text) is not None
    )


def _between_rulers(at: int, end: int, rulers: list[int]) -> list[list[int]]:
    """Return the lines of each row: one, or all between two of many rulers."""
    if len(rulers) < 4:
        ruled = set(rulers)
        return [[i] for i in range(at, end) if i not in ruled]
    groups = []
    for top, bottom in pairwise([at - 1, *rulers, end]):
        group = list(range(top + 1, bottom))
        if group:
            groups.append(group)
    return groups


def _bar_row(lines: Sequence[str], group: list[int]) -> PastedRow:
    cells: list[list[str]] = []
    for index in group:
        text = lines[index].strip().replace("│", "|")
        parts = text.removeprefix("|").removesuffix("|").split("|")
        cells += [[] for _ in range(len(parts) - len(cells))]
        for cell, part in zip(cells, parts, strict=False):
            cell.append(part.strip())
    texts = tuple("\n".join(p for p in cell if p) for cell in cells)
    return PastedRow(texts, group[0])


def aligned(lines: Sequence[str], at: int) -> Pasted | None:
    """Return the table whose columns are parted by two or more spaces."""
    if len(_GAP.findall(lines[at].strip())) < _LEAST_COLUMNS - 1:
        return None
    block = _block(lines, at)
    if len(block) < 2:
        return None
    end = block[-1] + 1
    parted = [_GAPS.split(lines[i].strip()) for i in block]
    widths = {len(cells) for cells in parted}
    if len(widths) == 1:
        pairs = zip(block, parted, strict=True)
        return Pasted(tuple(PastedRow(tuple(c), i, *_ALIGNED) for i, c in pairs), end)
    rows = _by_gutters(lines, block)
    return Pasted(tuple(rows), end) if len(rows) > 1 else None


def _block(lines: Sequence[str], at: int) -> list[int]:
    """Return the lines from `at` on that have gaps or begin far inside."""
    block = []
    for index in range(at, min(len(lines), at + _MOST_BLOCK_LINES)):
        line = lines[index].rstrip()
        if not line.strip():
            following = lines[index + 1] if index + 1 < len(lines) else ""
            if len(_GAP.findall(following.strip())) < _LEAST_COLUMNS - 1:
                break
            continue
        if not _GAP.search(line) and not line.startswith("    "):
            break
        block.append(index)
    return block


def _by_gutters(lines: Sequence[str], block: list[int]) -> list[PastedRow]:
    texts = [lines[i].expandtabs().rstrip() for i in block]
    width = max(map(len, texts))
    columns = _columns(texts, width)
    if len(columns) < _LEAST_COLUMNS:
        return []
    rows: list[PastedRow] = []
    for index, text in zip(block, texts, strict=True):
        cells = tuple(text[a:b].strip() for a, b in columns)
        if rows and not cells[0]:
            above = rows[-1]
            pairs = zip(above.cells, cells, strict=True)
            joined = tuple(f"{a} {b}".strip() for a, b in pairs)
            rows[-1] = PastedRow(joined, above.line, *_GUTTERS)
        else:
            rows.append(PastedRow(cells, index, *_GUTTERS))
    return rows


def _columns(texts: list[str], width: int) -> list[tuple[int, int]]:
    """Return where columns begin and end: between blanks that all lines share."""
    inked = bytearray(width + 2)
    for text in texts:
        for place, letter in enumerate(text):
            if letter != " ":
                inked[place] = 1
    starts = [
        i
        for i in range(width)
        if inked[i] and (i == 0 or not (inked[i - 1] or inked[max(0, i - 2)]))
    ]
    return list(pairwise([*starts, width]))
