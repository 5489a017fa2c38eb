import pytest

from parsers.identity import Sources
from tests.builders.directory import a_signature, named, sure


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("TM. ỦY BAN NHÂN DÂN PHƯỜNG 9", "CHỦ TỊCH", "Nguyễn Văn A"), "P09"),
        (("TM. BAN CHẤP HÀNH ĐOÀN PHƯỜNG 9", "BÍ THƯ"), "P09"),
        (("TM. ĐẢNG ỦY PHƯỜNG 9", "TM. UBND PHƯỜNG 9"), "P09"),
        (("XÁC NHẬN CỦA ĐẢNG ỦY PHƯỜNG 2",), "P02"),
        (("XÁC NHẬN CỦA", "ĐẢNG ỦY PHƯỜNG 2"), "P02"),
        (("HIỆU TRƯỞNG TRƯỜNG TH MÊ LINH", "Trần Thị Huyền Trang"), "TH-07"),
        (("TL. CHỦ TỊCH UBND QUẬN 3", "TRƯỞNG PHÒNG NỘI VỤ"), "PB-NV"),
    ],
)
def test_a_block_of_signatures_names_who_signs(
    lines: tuple[str, ...], code: str
) -> None:
    assert sure(a_signature(*lines)) == {code}


@pytest.mark.parametrize(
    "lines",
    [
        ("T/M ĐẢNG ỦY", "BÍ THƯ"),
        ("XÁC NHẬN CỦA THỦ TRƯỞNG ĐƠN VỊ", "Lê Chí Trực"),
        ("HIỆU TRƯỞNG", "Nguyễn Thị Huyền Trang"),
        ("Nơi nhận:", "- Phòng Nội vụ;", "- Phường 9;", "- Lưu.", "HIỆU TRƯỞNG"),
    ],
)
def test_a_person_or_a_recipient_is_no_unit(lines: tuple[str, ...]) -> None:
    assert named(a_signature(*lines)) == ()


def test_another_districts_signature_is_a_stranger() -> None:
    assert sure(a_signature("TM. UBND PHƯỜNG 9, QUẬN 5")) == {None}


def test_a_superior_that_confirms_is_not_the_sender() -> None:
    assert sure(
        a_signature("XÁC NHẬN CỦA ĐẢNG ỦY PHƯỜNG 9", "HIỆU TRƯỞNG TRƯỜNG MẦM NON 9")
    ) == {"MN-10"}


def test_a_superior_confirms_what_the_letterhead_issued() -> None:
    path = ("bang.docx",)
    sources = Sources(
        letterheads=((path, ("UBND QUẬN 3", "TRƯỜNG MẦM NON 9")),),
        signatures=((path, ("XÁC NHẬN CỦA ĐẢNG ỦY PHƯỜNG 9",)),),
    )
    assert sure(sources) == {"MN-10"}


def test_the_office_of_education_confirms_for_its_schools_and_proves_none() -> None:
    assert sure(a_signature("XÁC NHẬN CỦA PHÒNG GD&ĐT QUẬN 3", "HIỆU TRƯỞNG")) == set()
