"""Tables as a reader gives them, from rows written down as they look."""

import functools
from collections.abc import Sequence
from pathlib import Path

from config.campaign import load_campaign
from config.headings_file import load_headings
from parsers.readers.places import cell_name, column_letters
from parsers.registrations import Recognition, recognise
from parsers.values.campaign import Campaign
from parsers.values.limits import Limits
from parsers.values.reading import Rules
from parsers.values.table import Cell, Document, Paragraph, Table

CONFIG = Path(__file__).parents[2] / "config"

Rows = Sequence[Sequence[str | None]]

FORM = (
    "STT",
    "Tên công trình",
    "Hình thức thực hiện",
    "Thời gian thực hiện",
    "Dự kiến kết quả (hiệu quả, số lượng đạt được)",
)


@functools.cache
def the_plan() -> Campaign:
    """Return the shipped plan 41-KH/QU."""
    return load_campaign(CONFIG / "campaigns" / "41-kh-qu.toml")


@functools.cache
def some_rules(*campaigns: Campaign) -> Rules:
    """Return the shipped rules, with other campaigns where some are given."""
    headings = load_headings(CONFIG / "headings.toml")
    return Rules((), campaigns or (the_plan(),), headings, Limits())


def a_work(number: object, title: str = "", **cells: str) -> tuple[str, ...]:
    """Return one row of the plan's form."""
    return (
        str(number),
        title or f"Trao {number} suất học bổng",
        cells.get("method", f"Vận động {number} mạnh thường quân"),
        cells.get("time", "Tháng 6/2021"),
        cells.get("expected", f"{number} em được giúp"),
    )


def a_table(
    *rows: Sequence[str | None],
    place: str = "Sheet1!A1",
    path: tuple[str, ...] = ("bang.xlsx",),
    merged: Sequence[tuple[int, int, int, int]] = (),
    first_row: int = 1,
) -> Table:
    """Return a table; cells under a merge become no cells, short rows get "" cells.

    A place with "!" gives spreadsheet places from column A and `first_row` on, any
    other the places of a Word table.
    """
    width = max(map(len, rows))
    covered = {
        (r, c)
        for top, left, bottom, right in merged
        for r in range(top, bottom)
        for c in range(left, right)
        if (r, c) != (top, left)
    }

    def cell(r: int, c: int) -> Cell | None:
        if (r, c) in covered:
            return None
        text = rows[r][c] if c < len(rows[r]) else ""
        if text is None:
            return None
        sheet = f"{column_letters(c + 1)}{r + first_row}"
        return Cell(text, place=sheet if "!" in place else cell_name(r + 1, c + 1))

    grid = tuple(tuple(cell(r, c) for c in range(width)) for r in range(len(rows)))
    return Table(path, place, grid, merged=tuple(merged))


def a_document(*blocks: Table | Paragraph | str) -> Document:
    """Return a document of the blocks; a text is a paragraph."""
    made = [Paragraph(b) if isinstance(b, str) else b for b in blocks]
    return Document(tuple(made), encoding="unicode")


def recognised(
    *blocks: Table | Paragraph | str, path: tuple[str, ...] = ("bang.xlsx",)
) -> Recognition:
    """Return what one document means under the shipped rules."""
    return recognise([(path, a_document(*blocks))], some_rules())


def titles(found: Recognition) -> list[str | None]:
    """Return the titles of the registrations, in order."""
    return [row.title for row in found.registrations]


def named_fields(found: Recognition) -> list[int | None]:
    """Return the fields that a section or a column names, none that was inferred."""
    return [r.field if r.field_certainty == 1 else None for r in found.registrations]


def codes(found: Recognition) -> list[str]:
    """Return the codes of the findings, in order."""
    return [one.code for one in found.findings]
