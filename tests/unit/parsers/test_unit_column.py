"""Rows whose table says whose they are."""

from dataclasses import replace

import pytest

from parsers.identity import build_directory
from parsers.unit_column import column_mentions, rows_with_units
from parsers.values.reading import Registration
from parsers.values.unit import Mention, UnitNames
from tests.builders.case import a_row

DIRECTORY = build_directory(
    [
        UnitNames("P01", "Phường 1", "phuong", ("P.1", "P1")),
        UnitNames("P10", "Phường 10", "phuong", ("P.10", "P10")),
        UnitNames("MN-06", "Trường Mầm non 6", "phong_ban", ("MN 6",)),
        UnitNames("TH-07", "Trường Tiểu học Mê Linh", "phong_ban"),
    ]
)


def table(*cells: str, heading: str = "Đơn vị") -> list[Registration]:
    return [
        replace(a_row(n), unit_text=cell, extra={heading: cell})
        for n, cell in enumerate(cells, 1)
    ]


def units(rows: list[Registration]) -> list[str | None]:
    return [row.unit for row in rows_with_units(DIRECTORY, rows, frozenset())]


def test_rows_of_several_units_carry_each_its_own() -> None:
    rows = table("Phường 1", "Trường Mầm non 6", "P.10", "Tiểu học Mê Linh")
    assert units(rows) == ["P01", "MN-06", "P10", "TH-07"]


def test_a_row_that_names_none_or_two_is_nobody_s() -> None:
    rows = table("Phường 1", "", "Phường 1, Phường 10", "Trường Mầm non 6", "Khu phố 3")
    # A cell left empty means the unit above it.
    assert units(rows) == ["P01", "P01", None, "MN-06", None]


def test_another_district_s_ward_is_not_ours() -> None:
    assert units(table("Phường 1, Quận 5", "Phường 10", "MN 6")) == [
        None,
        "P10",
        "MN-06",
    ]


def test_rows_of_one_unit_carry_no_code_and_one_mention() -> None:
    rows = table("Phường 10", "", "P10")
    assert units(rows) == [None, None, None]
    assert column_mentions(DIRECTORY, rows) == (
        Mention("body", "P10", "Phường 10", attachment=("bang.xlsx",)),
    )


@pytest.mark.parametrize(
    "heading", ["Đơn vị thực hiện", "Lực lượng thực hiện", "Chủ trì / Phối hợp"]
)
def test_who_does_the_work_is_not_who_registers_it(heading: str) -> None:
    rows = table("Trường Mầm non 6", "Hội Phụ nữ", "Phường 10", heading=heading)
    assert units(rows) == [None, None, None]
    assert column_mentions(DIRECTORY, rows) == ()


def test_a_column_that_names_a_unit_in_every_row_parts_them_whatever_its_heading() -> (
    None
):
    rows = table("Trường Mầm non 6", "Phường 10", heading="Đơn vị thực hiện")
    assert units(rows) == ["MN-06", "P10"]
