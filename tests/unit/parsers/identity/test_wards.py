import pytest

from tests.builders.directory import a_letterhead, sure


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 9, 10, 11, 12, 13, 14])
@pytest.mark.parametrize(
    "written", ["ĐẢNG ỦY PHƯỜNG {}", "UBND PHƯỜNG {}", "PHƯỜNG {:02}", "ĐẢNG ỦY P.{}"]
)
def test_a_ward_is_named_by_its_whole_number(written: str, number: int) -> None:
    head = a_letterhead("ĐẢNG BỘ QUẬN 3", written.format(number))
    assert sure(head) == {f"P{number:02}"}


def test_ward_1_is_not_ward_10() -> None:
    assert sure(a_letterhead("ĐẢNG ỦY PHƯỜNG 10")) == {"P10"}
    assert sure(a_letterhead("ĐẢNG ỦY PHƯỜNG 1")) == {"P01"}
