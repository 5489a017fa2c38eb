"""Workbooks read back: text is text, numbers are numbers, pages are a clerk's."""

import io
import re
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daemon.export.clean import LONGEST
from daemon.export.model import Line
from daemon.export.xlsx_rows import Grid
from tests.builders.documents import (
    HOSTILE,
    SHEET,
    ZONE,
    a_line,
    a_part,
    a_table,
    sheets,
    unzipped,
    xlsx,
)

NOTHING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


#: The row of the first line, below head, title and headings.
FIRST = 9


def lines_of(raw: bytes, count: int) -> list[list[Any]]:
    """Return the cells of so many lines."""
    rows = sheets(raw)[0].iter_rows(min_row=FIRST, max_row=FIRST + count - 1)
    return [list(row) for row in rows]


def shown(text: str) -> str:
    return NOTHING.sub("\ufffd", text).replace("_x0041_", "_x005F_x0041_")


@pytest.mark.parametrize("column", range(4))
def test_no_text_of_a_mail_is_a_formula_or_a_link_in_any_column(column: int) -> None:
    lines = []
    for number, text in enumerate(HOSTILE):
        values = ["x", "y", "z", "hidden"]
        values[column] = text
        lines.append(a_line(*values, group=str(number)))
    raw = xlsx(a_part(a_table(lines)))

    told = [row[column] for row in lines_of(raw, len(HOSTILE))]
    assert [c.value for c in told] == [shown(text) for text in HOSTILE]
    assert {c.data_type for c in told} == {"s"}
    assert all(c.quotePrefix for c in told)
    assert not [c for c in told if c.hyperlink]
    parts = unzipped(raw)
    assert not [name for name in parts if "externalLink" in name or "hyperlink" in name]
    for name, part in parts.items():
        assert b"<f>" not in part, name
        assert b"hyperlink" not in part, name
        assert b"TargetMode" not in part, name


def test_numbers_and_dates_are_numbers_and_dates() -> None:
    moment = datetime(2021, 6, 8, 2, 30, 15, 99, tzinfo=ZONE)
    line = a_line(7, date(2021, 6, 8), 0.93, moment, group="a")
    ((whole, day, real, time),) = lines_of(xlsx(a_part(a_table([line]))), 1)
    assert (whole.value, real.value) == (7, 0.93)
    assert {c.data_type for c in (whole, real)} == {"n"}
    assert f"{day.value} {time.value}" == "2021-06-08 00:00:00 2021-06-08 02:30:15"
    assert day.is_date
    assert time.is_date


def test_a_truth_is_said_in_words() -> None:
    line = a_line(True, False, None, "", group="a")
    (row,) = lines_of(xlsx(a_part(a_table([line]))), 1)
    assert [c.value for c in row] == ["Có", "Không", None, None]


def test_the_same_document_is_the_same_bytes() -> None:
    def made() -> bytes:
        return xlsx(a_part(a_table([a_line("a", "b", "c", "d", group="a")])))

    assert made() == made()


TEXT = st.text("ab cđ\n", max_size=300)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ABC"), TEXT, TEXT), max_size=40))
def test_merged_cells_never_overlap_and_pages_are_never_too_high(
    given_lines: list[tuple[str, str, str]],
) -> None:
    ordered = sorted(given_lines, key=lambda one: one[0])
    lines = [a_line(n, g, t, "", group=g) for n, (g, t, _) in enumerate(ordered)]
    (sheet,) = sheets(xlsx(a_part(a_table(lines))))
    taken: set[tuple[int, int]] = set()
    for merge in sheet.merged_cells.ranges:
        for place in merge.cells:
            assert place not in taken
            taken.add(place)
    heights = [sheet.row_dimensions[n + 1].height for n in range(sheet.max_row)]
    assert max(heights) <= 409
    ends = [0, *(b.id for b in sheet.row_breaks.brk), sheet.max_row]
    repeated = 0.0
    for first, last in pairwise(ends):
        assert sum(heights[first:last]) + repeated <= (210 - 45) * 72 / 25.4
        repeated = heights[int(sheet.print_title_rows.split("$")[1].rstrip(":")) - 1]


def test_a_group_that_goes_on_is_named_on_the_next_page() -> None:
    lines = [a_line(n, "Phường 9", "x\n" * 8, "", group="P09") for n in range(9)]
    (sheet,) = sheets(xlsx(a_part(a_table(lines))))
    named = {c.row: c.value for c in sheet["B"] if c.value and "Phường" in str(c.value)}
    first = [b.id + 1 for b in sheet.row_breaks.brk]
    assert len(named) > 2
    assert [row for row, told in named.items() if told == "Phường 9 (tiếp theo)"] == [
        row for row in first if row in named
    ]
    runs = [m for m in sheet.merged_cells.ranges if m.min_col == m.max_col == 2]
    assert {m.min_row for m in runs} <= set(named)


def test_a_text_higher_than_a_page_goes_over_rows_that_are_one_cell() -> None:
    (sheet,) = sheets(
        xlsx(a_part(a_table([a_line(1, "P", "chữ " * 3000, "", group="a")])))
    )
    (tall,) = [m for m in sheet.merged_cells.ranges if m.min_col == m.max_col == 3]
    assert tall.size["rows"] > 3
    assert str(sheet.cell(tall.min_row, 3).value).startswith("chữ chữ")


def test_a_text_longer_than_a_cell_may_be_says_that_it_was_cut() -> None:
    (sheet,) = sheets(
        xlsx(a_part(a_table([a_line(1, "P", "chữ " * 9000, "", group="a")])))
    )
    (longest,) = [c.value for c in sheet["C"] if len(str(c.value)) > 1000]
    assert len(longest) == LONGEST
    assert longest.endswith("… (còn nữa, xem thư gốc)")


def test_the_page_is_set_up_and_its_hidden_columns_are_not_printed() -> None:
    (sheet,) = sheets(xlsx(a_part(a_table([a_line("a", "b", "c", "d", group="a")]))))
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$8:$8"
    assert sheet.print_area.startswith("'Bảng'!$A$1:$C$")
    assert [sheet.column_dimensions[c].hidden for c in "ABCD"] == [*[False] * 3, True]
    assert sheet.freeze_panes == "A9"


def test_further_tables_stand_on_a_sheet_of_their_own_with_their_own_grid() -> None:
    one = a_table([a_line(1, 2, 3, 4, group="a")])
    other = a_table([a_line(*range(5))], columns=5, hidden=0)
    third = a_table([a_line(*range(2))], columns=2, hidden=0)
    told = sheets(xlsx(a_part(one, other, third), a_part(one)))
    assert [s.title for s in told] == ["Bảng", "Tổng hợp Bảng", "Bảng 2"]
    assert Grid.of([other, third]).spans([40, 40]) == ((0, 1), (1, 1))


@pytest.mark.parametrize("lines", range(1, 30))
def test_a_signature_block_takes_the_last_two_lines_with_it(lines: int) -> None:
    given_lines = [a_line(n, n, "x\nx", "", group=str(n)) for n in range(lines)]
    (sheet,) = sheets(xlsx(a_part(a_table(given_lines))))
    signed = next(c.row for c in sheet["A"] if c.value == "NGƯỜI LẬP BẢNG")
    first = max([b.id + 1 for b in sheet.row_breaks.brk if b.id < signed], default=1)
    on_page = [sheet.cell(n, 1).value for n in range(first, signed)]
    assert len([v for v in on_page if isinstance(v, int)]) >= min(2, lines)


def test_no_part_of_the_package_tells_when_it_was_made() -> None:
    raw = xlsx(a_part(a_table([a_line("a", "b", "c", "d", group="a")])))
    with ZipFile(io.BytesIO(raw)) as package:
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    parts = unzipped(raw)
    assert b"2000-01-01" in parts["docProps/core.xml"]
    assert SHEET[1:-1].encode() in parts["xl/worksheets/sheet1.xml"]


def test_a_document_without_a_line_is_a_document() -> None:
    lines: list[Line] = []
    assert sheets(xlsx(a_part(a_table(lines))))[0].max_row > 10
