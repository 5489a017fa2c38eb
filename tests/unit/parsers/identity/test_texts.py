import pytest

from parsers.identity import Sources
from tests.builders.directory import named, sure


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        ("P9 gửi bảng đăng ký", "P09"),
        ("Fwd: Re: P9", "P09"),
        ("P.3, Q.3 đăng ký", "P03"),
        ("P9Q3 gui bang dang ky", "P09"),
        ("(P11) Đăng ký", "P11"),
        ("P01 - đăng ký", "P01"),
        ("P 1 gửi đăng ký", "P01"),
        ("dang ky phuong 10", "P10"),
        ("F1 gửi bảng đăng ký", "P01"),
        ("Đảng ủy Phường 1 - đăng ký", "P01"),
        ("Bảng đăng ký của UBND P.12", "P12"),
        ("PHƯỜNG 9 ĐĂNG KÝ CÔNG TRÌNH VIỆC CÓ Ý NGHĨA GIÚP DÂN", "P09"),
        ("Đăng ký công trình Việc có ý nghĩa giúp dân Phường 9", "P09"),
        ("Phường 9 ngày 10/6", "P09"),
        ("Trả lời công văn số 12/UBND-VHXH - P9", "P09"),
        ('Đăng ký công trình "Việc có ý nghĩa giúp dân" - Trường Mầm non 6', "MN-06"),
        ("Đăng ký công trình - TH Lê Chí Trực (Quận 3)", "TH-05"),
        ("truong mam non tuoi tho 7 dang ky", "MN-09"),
        ("Trường MN 6 - Phòng GD&ĐT Quận 3", "MN-06"),
        ("Công an P9 gửi", "P09"),
        ("Công an Quận 3 gửi", "DB-CA"),
        ("Quận đoàn 3 đăng ký", "DT-QD"),
        ("VKS gửi", "CB-VKS"),
        ("BHXH Quận 3 - đăng ký", "CB-BHXH"),
    ],
)
def test_a_subject_names_who_sends(subject: str, code: str) -> None:
    assert sure(Sources(subject=subject)) == {code}


@pytest.mark.parametrize(
    "subject",
    [
        "9",
        "V/v đăng ký 9 công trình",
        "Đăng ký tại TP.9",
        "HP9 gửi",
        "Gửi Phường 9",
        "Kính gửi Phường 9",
        "Đăng ký tại Phường 9",
        "Phường 1, 2, 3",
        "Phường 1-5",
        "mỗi phường một công trình",
        "Công an",
        "Trường học an toàn",
        "Số 12/UBND-VHXH",
        "Kế hoạch 41-KH/QU",
        "Bà Huyện Thanh Quan",
        'Đăng ký "Mảng xanh cho Phường 10"',
    ],
)
def test_a_number_a_place_or_a_recipient_in_a_subject_names_nobody(
    subject: str,
) -> None:
    assert named(Sources(subject=subject)) == ()


@pytest.mark.parametrize(
    "subject",
    [
        "Hỗ trợ thẻ BHXH",
        "Thanh tra Xây dựng",
        "Thi đua F1",
        "Sơn sửa Trường Mầm non 6",
        "Danh sách hộ nghèo Phường 9",
        "Phương 9 gửi đăng ký",
    ],
)
def test_what_a_work_is_about_is_never_certain(subject: str) -> None:
    assert sure(Sources(subject=subject)) == set()


@pytest.mark.parametrize(
    "subject",
    [
        "UBND Phường 9, Quận 5 gửi đăng ký",
        "Phường 3 Quận 10 - đăng ký",
        "P9 Gò Vấp gửi đăng ký",
        "Phường 9-Q5",
        "Công an phường 9, quận Phú Nhuận",
        "THPT Lê Quý Đôn gửi bảng đăng ký",
        "BHXH TP.HCM gửi",
    ],
)
def test_another_districts_subject_is_a_stranger(subject: str) -> None:
    assert sure(Sources(subject=subject)) == {None}


def test_two_senders_in_a_subject_are_both_named() -> None:
    assert sure(Sources(subject="Phường 1 + Phường 2")) == {"P01", "P02"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Kính gửi Ban Dân vận,\nTrường Mầm non 6 xin gửi bảng đăng ký.", "MN-06"),
        ("Kính gửi: Ban Dân vận Quận ủy. Phường 9 xin gửi bảng đăng ký", "P09"),
        ("Dear chị\nP9 gửi file ạ\nThanks", "P09"),
        ("Em gửi bảng đăng ký của Phường 9 ạ", "P09"),
        ("Em gửi bảng đăng ký Phường 9 ạ", "P09"),
        ("Trân trọng,\nVăn thư Phường 9", "P09"),
        ("Nguyễn Thị B, Văn thư UBND Phường 9, Quận 3, ĐT: 0909123456", "P09"),
        ("Phó Chủ tịch UBND P.9\n99 Trần Quốc Thảo, phường Võ Thị Sáu, Q.3", "P09"),
        ("Trường MN 6\nPhường 9, Quận 3", "MN-06"),
        ("1. Tên đơn vị đăng ký: Phường 9", "P09"),
        ("Đảng ủy Phường 4 đăng ký 10 công trình sau:", "P04"),
        ("Hội LHPN Phường 9 và Đoàn Phường 9 gửi đăng ký", "P09"),
    ],
)
def test_a_body_names_who_sends_in_its_opening_or_signature(
    body: str, code: str
) -> None:
    assert sure(Sources(body=body)) == {code}


@pytest.mark.parametrize(
    "body",
    [
        "Kính gửi Ban Dân vận Quận ủy Quận 3,\nĐơn vị gửi bảng đăng ký.",
        "Gửi P9",
        "Tặng quà hộ nghèo tại Phường 10",
        "Tặng 10 suất quà cho bà con Phường 10, Phường 11",
        "Phối hợp với Công an Phường 9 tuần tra",
        "Phường 9 có 10 hộ nghèo",
        "1. Sửa nhà Phường 10\n2. Trường Mầm non 6",
        "1\tSửa nhà\tPhường 10\tTháng 6",
        "Nơi nhận:\n- Phòng Nội vụ\n- Phường 9",
        "",
    ],
)
def test_a_work_or_a_recipient_in_a_body_names_nobody(body: str) -> None:
    assert named(Sources(body=body)) == ()


def test_the_middle_of_a_long_body_is_not_read() -> None:
    rows = "\n".join(f"Dòng {n}" for n in range(40))
    body = f"Chào chị.\n{rows}\nUBND Phường 5\n{rows}\nVăn thư Phường 9"
    assert sure(Sources(body=body)) == {"P09"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("UBND Phuong 9", "P09"),
        ("Phường 9 Nguyễn Văn A", "P09"),
        ("MN 6 - Lan", "MN-06"),
        ("PGD Quận 3", "PB-GDDT"),
        ("Phong Noi vu Q3", "PB-NV"),
        ("TruongMamNonHoaMai", "MN-16"),
        ("CA P5", "P05"),
    ],
)
def test_a_display_name_names_its_unit(name: str, code: str) -> None:
    assert sure(Sources(sender_name=name)) == {code}


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Thi",
        "Nguyễn Thanh Tra",
        "Phuong Anh Nguyen",
        "Võ Thị Sáu",
        "Kỳ Đồng",
        "Nguyen Thi Huyen Trang",
        "p9.q3@gmail.com",
        "Ban Dân vận Quận ủy Quận 3",
    ],
)
def test_a_persons_name_names_no_unit(name: str) -> None:
    assert named(Sources(sender_name=name)) == ()
