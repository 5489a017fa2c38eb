"""Layouts as a few lines of text each: what an office sends, and what it means.

A line `| a | b` is a row of a table, `! a | b` one that holds a work; `^` is merged
with the cell above, `<` with the one at the left; `/n` is a line break within a cell.
`L || R` are two blocks side by side, `--- Name` begins a further sheet; any other line
is text.
`{t1} {m1} {w1} {e1} {r1}` are title, method, time, expectation and result of a work.
"""

import re
from dataclasses import dataclass, field

from tests.accuracy.second.works import WORKS

_WORD = re.compile(r"\{([tmwer])(\d+)\}")
_PLACE = {"t": 0, "m": 1, "w": 2, "e": 3, "r": 4}
_NAMES = {
    "n": "number",
    "t": "title",
    "m": "method",
    "w": "time",
    "e": "expected_result",
    "r": "result",
    "p": "progress_text",
}
_DONE = {
    "Đã hoàn thành": "done",
    "Đang thực hiện": "in_progress",
    "Chưa thực hiện": "not_done",
}


@dataclass(frozen=True)
class Layout:
    """One layout: its lines, and what must come out.

    `rows` are pairs of key and text by work; `kind` other means that nothing must be
    registered. `unit` is the code that must be certain in a bare file, "" for no claim,
    "?" where the first candidate must be `guess`.
    """

    name: str
    lines: list[str]
    kind: str
    rows: list[dict[str, str]] = field(default_factory=list)
    unit: str = ""
    guess: str = ""
    writers: str = "xlsx docx html"
    subject: str = ""


@dataclass
class Table:
    rows: list[list[str]] = field(default_factory=list)


def layout(name: str, keys: str, text: str, **more: object) -> Layout:
    """Return a layout; `keys` has a letter for each column, `-` for one not asked for.

    A text that is not in a table gives its works by `rows`, templates as in the text.
    """
    shift = sum(map(ord, name)) % len(WORKS)
    lines = [_filled(line, shift) for line in text.strip("\n").split("\n")]
    given = more.pop("rows", None)
    if given is not None:
        rows = [
            {k: _filled(v, shift) for k, v in row.items()}
            for row in given  # type: ignore[attr-defined]
        ]
    else:
        rows = _rows(lines, keys)
    result = "r" in keys or any("result" in r for r in rows)
    kind = more.pop(
        "kind", ("results" if result else "registration") if rows else "other"
    )
    return Layout(name, lines, str(kind), rows, **more)  # type: ignore[arg-type]


def tables(lines: list[str]) -> list[Table | str | tuple[str, str]]:
    """Return the lines as blocks: tables, paragraphs, pairs of blocks."""
    blocks: list[Table | str | tuple[str, str]] = []
    for line in lines:
        if line[:1] in ("|", "!"):
            cells = [c.strip().replace("/n", "\n") for c in line[1:].split("|")]
            if not blocks or not isinstance(blocks[-1], Table):
                blocks.append(Table())
            blocks[-1].rows.append(cells)  # type: ignore[union-attr]
        elif " || " in line:
            left, _, right = line.partition(" || ")
            blocks.append((left.strip().strip("_"), right.strip().strip("_")))
        else:
            blocks.append(line)
    return blocks


def _filled(text: str, shift: int) -> str:
    return _WORD.sub(
        lambda m: WORKS[(int(m[2]) + shift) % len(WORKS)][_PLACE[m[1]]], text
    )


def _rows(lines: list[str], keys: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    above: list[str] = []
    for line in lines:
        if line[:1] not in ("|", "!"):
            continue
        cells = [c.strip().replace("/n", "\n") for c in line[1:].split("|")]
        own = [
            a if c == "^" and i < len(above) else c
            for i, (c, a) in enumerate(zip(cells, [*above, *[""] * 20], strict=False))
        ]
        above = own
        if line[0] == "!":
            rows.append(_row(own, cells, keys))
    return rows


def _row(cells: list[str], raw: list[str], keys: str) -> dict[str, str]:
    row: dict[str, str] = {}
    for key, cell in zip(keys, cells, strict=False):
        if key == "-":
            continue
        if key == "p":
            row["progress"] = _DONE[cell]
            continue
        name = _NAMES[key]
        row[name] = f"{row[name]}\n{cell}" if name in row else cell
    return row
