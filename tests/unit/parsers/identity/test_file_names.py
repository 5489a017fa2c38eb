import pytest

from parsers.identity import Sources
from tests.builders.directory import named, sure


def of_file(*path: str) -> Sources:
    return Sources(file_names=(path,))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("P9_dang_ky_VCYNGD.xlsx", "P09"),
        ("BangDangKyPhuong10.xlsx", "P10"),
        ("dangkyphuong9.xlsx", "P09"),
        ("UBNDPhuong9.pdf", "P09"),
        ("BC-P9.docx", "P09"),
        ("P9-2021.xlsx", "P09"),
        ("P9_10_6_2021.xlsx", "P09"),
        ("2021.06.08_P3_dangky.pdf", "P03"),
        ("phuong 9 quan 3.xlsx", "P09"),
        ("PVTS-dang-ky.xlsx", "PVTS"),
        ("phuongvothisau.docx", "PVTS"),
        ("congan_p9.doc", "P09"),
        ("VCYNGD_CAQ3.docx", "DB-CA"),
        ("dangky-mn6.xlsx", "MN-06"),
        ("MN Tuoi Tho 6 A.docx", "MN-08"),
        ("mamnonhoamai.docx", "MN-16"),
        ("THLeChiTruc.docx", "TH-05"),
        ("DK VCYNGD TH Nguyen Thi.docx", "TH-15"),
        ("DangKy_THCSLeLoi_2021.docx", "CS-02"),
        ("Bảng đăng ký - Trường Mầm non Hoa Mai.xlsx", "MN-16"),
        ("pgdquan3.xlsx", "PB-GDDT"),
    ],
)
def test_a_file_name_names_its_unit(name: str, code: str) -> None:
    assert sure(of_file(name)) == {code}


@pytest.mark.parametrize(
    "name",
    [
        "mau_dang_ky_9.xlsx",
        "P1-14.xlsx",
        "z5568054429700_51cc8a35.jpg",
        "IMG_1234.jpg",
        "P15.jpg",
        "TH 1.jpg",
        "thamdinh.docx",
        "CV 123 UBND-VX.pdf",
        "gui P9.docx",
        "TP9.xlsx",
    ],
)
def test_a_number_in_a_file_name_is_no_unit(name: str) -> None:
    assert named(of_file(name)) == ()


@pytest.mark.parametrize(
    "name",
    ["th_nguyen_thi_minh_khai.docx", "dang_ky_the_BHXH.xlsx", "mttq.docx", "P1.jpg"],
)
def test_a_doubtful_file_name_is_never_certain(name: str) -> None:
    assert sure(of_file(name)) == set()


@pytest.mark.parametrize("name", ["MN6A-dangky.docx", "Phuong9_Quan5.xlsx"])
def test_another_units_file_is_a_strangers(name: str) -> None:
    assert sure(of_file(name)) == {None}


@pytest.mark.parametrize(
    "name", ["Trường MN Hoa Sen nhận quà.jpg", "Trường Mầm non 6.jpg", "THPT Marie.mp4"]
)
def test_a_photograph_is_named_after_what_it_shows(name: str) -> None:
    assert sure(of_file(name)) == set()


def test_a_scan_of_the_registration_names_its_unit() -> None:
    assert sure(of_file("phuong 9 dang ky.jpg")) == {"P09"}
    assert sure(of_file("dang ky phuong 9.png")) == {"P09"}


def test_an_archive_and_its_member_are_named_each_with_its_path() -> None:
    sources = Sources(file_names=(("P9.zip", "bang.xlsx"), ("P9.zip", "P10.xlsx")))
    assert [(m.code, m.attachment) for m in named(sources)] == [
        ("P09", ("P9.zip",)),
        ("P10", ("P9.zip", "P10.xlsx")),
    ]
