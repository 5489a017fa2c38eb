import pytest

from parsers.identity import Sources, build_directory, mentions_in
from parsers.values.unit import UnitNames
from tests.builders.directory import a_letterhead, named


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("ĐNG B QUN 3", "ĐNG Y PHƯNG 9"), "P09"),
        (("ĐNG B QUN 3", "ĐNG Y PHƯNG 10"), "P10"),
        (("Đ NG Y PHƯ NG 9",), "P09"),
        (("PH??NG 9",), "P09"),
        (("UBND QUẬN 3", "TRƯNG TIU HC LÊ CHÍ TRC"), "TH-05"),
        (("Tr??ng M?m non Hoa Mai",), "MN-16"),
    ],
)
def test_lost_letters_still_propose_the_right_unit(
    lines: tuple[str, ...], code: str
) -> None:
    mentions = named(a_letterhead(*lines))
    assert [m.code for m in mentions] == [code]
    assert mentions[0].score < 0.9


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("TRƯỜNG TIỂU HỌC LÊ CHÍ TRỤC", "TH-05"),
        ("TRƯỜNG TIỂU HỌC LÊ TRÍ TRỰC", "TH-05"),
        ("TRƯỜNG MẦM NON HOA MẠI", "MN-16"),
        ("TRƯỜNG TIỂU HỌC NGUYỄN THÁI SƠM", "TH-10"),
        ("PHÒNG TÀI CHÁNH - KẾ HOẠCH", "PB-TCKH"),
        ("PHƯƠNG 9", "P09"),
    ],
)
def test_a_misspelt_name_proposes_and_never_proves(line: str, code: str) -> None:
    mentions = named(a_letterhead(line))
    assert [m.code for m in mentions] == [code]
    assert mentions[0].score <= 0.9


@pytest.mark.parametrize(
    "line",
    [
        "TRƯỜNG THCS LÊ LAI",
        "TRƯỜNG MẦM NON 7",
        "TRƯỜNG MẦM NON TUỔI THƠ 9",
        "TRƯỜNG TIỂU HỌC LÊ LỢI",
        "PHƯỜNG 16",
    ],
)
def test_numbers_kinds_and_short_names_are_equal_or_not(line: str) -> None:
    assert [m.code for m in named(a_letterhead(line))] == [None]


def test_a_misspelt_party_body_is_not_taken_for_what_it_belongs_to() -> None:
    mentions = named(a_letterhead("ĐẢNH BỘ TRUNG TÂM Y TẾ QUẬN 3"))
    assert all(m.score < 0.9 for m in mentions)


def two_schools() -> tuple[UnitNames, ...]:
    return (
        UnitNames("A", "Trường Mầm non Hòa", "x"),
        UnitNames("B", "Trường Mầm non Hoa", "x"),
    )


def test_two_names_alike_without_accents_are_told_apart_by_them() -> None:
    directory = build_directory(two_schools())
    for subject, code in (("Trường Mầm non Hoà gửi", "A"), ("Mầm non Hoa gửi", "B")):
        found = mentions_in(directory, Sources(subject=subject))
        assert [(m.code, m.score) for m in found] == [(code, 1.0)]


def test_two_names_alike_without_accents_are_both_proposed_where_it_has_none() -> None:
    found = mentions_in(
        build_directory(two_schools()), Sources(subject="Mam non Hoa gui")
    )
    assert {(m.code, m.score) for m in found} == {("A", 0.6), ("B", 0.6)}


def test_a_name_without_its_accents_among_accents_is_not_exact() -> None:
    directory = build_directory(two_schools()[:1])
    found = mentions_in(directory, Sources(subject="Trường Mầm non Hoa gửi"))
    assert [(m.code, m.score) for m in found] == [("A", 0.9)]


def test_an_alias_that_two_units_share_proves_neither() -> None:
    units = (
        UnitNames("A", "Trung tâm Văn hóa", "x", ("TTVH",)),
        UnitNames("B", "Trung tâm Vệ hưng", "x", ("TTVH",)),
    )
    found = mentions_in(build_directory(units), a_letterhead("TTVH"))
    assert {m.code for m in found} == {"A", "B"}
    assert all(m.score < 0.9 for m in found)
