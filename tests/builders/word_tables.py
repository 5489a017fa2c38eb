"""Random tables with merges as python-docx writes them, and what they show."""

import random
from dataclasses import dataclass
from pathlib import Path

import docx

from parsers.vietnamese.fold import nfc_text
from tests.builders.reading import Texts

_WORDS = (
    *("Sửa", "nhà", "cho", "hộ", "nghèo", "“đẹp”", "&", "<b>", "01", "1.200.000"),
    *("95%", "10/06/2021", "Phường", "ẳ", "ỵ", "Ữ", "Đ", "-", "=", "\\", "{", "}"),
    *(";", "…", "😀", "", "III.", "1)"),
)
_Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Truth:
    """What a table shows: its cells, None where a merge covers, and the merges."""

    texts: Texts
    merged: frozenset[_Area]


def a_random_table(rng: random.Random, path: Path) -> Truth:
    """Write a document with one table between two paragraphs; return what it shows.

    First row and first column hold no merge: an edge of a column that no row uses
    would be lost on the way through another program, as it is lost on paper.
    """
    rows, columns = rng.randint(1, 7), rng.randint(1, 6)
    areas = _areas(rng, rows, columns)
    document = docx.Document()
    document.add_paragraph("trước")
    table = document.add_table(rows, columns)
    texts: Texts = [[None] * columns for _ in range(rows)]
    covered = set()
    for top, left, bottom, right in areas:
        table.cell(top, left).merge(table.cell(bottom - 1, right - 1))
        covered |= {(r, c) for r in range(top, bottom) for c in range(left, right)}
        covered.discard((top, left))
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in covered:
                lines = [_line(rng) for _ in range(rng.randint(1, 3))]
                _write(table.cell(row, column), lines)
                texts[row][column] = nfc_text("\n".join(lines))
    document.add_paragraph("sau")
    document.save(str(path))
    return Truth(texts, frozenset(areas))


def _areas(rng: random.Random, rows: int, columns: int) -> list[_Area]:
    found: list[_Area] = []
    for _ in range(rng.randint(0, 4)):
        if rows < 2 or columns < 2:
            break
        top, left = rng.randrange(1, rows), rng.randrange(1, columns)
        bottom = min(rows, top + rng.randint(1, 3))
        right = min(columns, left + rng.randint(1, 3))
        area = (top, left, bottom, right)
        if (bottom - top) * (right - left) > 1 and not any(
            _meet(area, a) for a in found
        ):
            found.append(area)
    return found


def _meet(one: _Area, other: _Area) -> bool:
    apart = one[2] <= other[0] or other[2] <= one[0]
    return not (apart or one[3] <= other[1] or other[3] <= one[1])


def _line(rng: random.Random) -> str:
    return " ".join(rng.choice(_WORDS) for _ in range(rng.randint(0, 5)))


def _write(cell: "docx.table._Cell", lines: list[str]) -> None:
    for paragraph in cell.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)
    cell.paragraphs[0].text = lines[0]
    for line in lines[1:]:
        cell.add_paragraph(line)
