"""Whose row it is, where a parent office lists the works of its units."""

import pytest

from parsers.identity import unit_in_cell
from parsers.unit_column import rows_with_units
from parsers.values.reading import Registration
from tests.builders.directory import shipped_directory


def _row(unit: str | None, attachment: str = "a.xlsx") -> Registration:
    return Registration(
        "1", "Trồng cây", None, None, None, unit_text=unit, attachment=(attachment,)
    )


def _codes(*units: str | None, issuers: tuple[str, ...] = ()) -> list[str | None]:
    rows = tuple(_row(unit) for unit in units)
    found = rows_with_units(shipped_directory(), rows, frozenset(issuers))
    return [row.unit for row in found]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Phường 1", "P01"),
        ("UBND Phường 10", "P10"),
        ("I. Trường Mầm non 6", "MN-06"),
        ("* Trường Mầm non Tuổi Thơ 6A", "MN-08"),
        ("Khu phố 2, Phường 9", None),
        ("Phường 9 và Phường 10", None),
        ("Phường 9, Quận 5", None),
        ("Hội LHPN", None),
        ("Lĩnh vực quản lý đô thị", None),
        ("", None),
    ],
)
def test_a_cell_names_its_unit_or_none(text: str, code: str | None) -> None:
    assert unit_in_cell(shipped_directory(), text) == code


def test_rows_carry_codes_only_where_several_units_are_named() -> None:
    assert _codes("Phường 1", "Phường 10") == ["P01", "P10"]
    assert _codes("Phường 1", "Phường 1") == [None, None]
    assert _codes("Hội LHPN", "Đoàn Thanh niên") == [None, None]


def test_an_empty_cell_means_the_unit_above_and_an_unknown_one_none() -> None:
    assert _codes("Phường 1", "", "Phường 2") == ["P01", "P01", "P02"]
    assert _codes("Phường 1", "Trường Hoa Mai", "Phường 2") == ["P01", None, "P02"]


def test_rows_of_one_unit_are_not_those_of_another_issuer() -> None:
    assert _codes("Phường 1", issuers=("PB-NV",)) == ["P01"]
    assert _codes("Phường 1", issuers=("P01",)) == [None]
