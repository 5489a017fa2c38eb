import pytest

from tests.builders.directory import a_letterhead, named, sure


def issuer(text: str) -> set[str | None]:
    """Return who is named beyond doubt by a letterhead, its lines parted by ` / `."""
    return sure(a_letterhead(*text.split(" / ")))


@pytest.mark.parametrize(
    "text",
    [
        "ĐẢNG BỘ QUẬN 3 / ĐẢNG ỦY PHƯỜNG 9 / *",
        "ĐẢNG BỘ QUẬN 3 / ĐẢNG UỶ PHƯỜNG 9",
        "ỦY BAN NHÂN DÂN QUẬN 3 / ỦY BAN NHÂN DÂN PHƯỜNG 9",
        "ỦY BAN NHÂN DÂN / PHƯỜNG 9",
        "UBND QUẬN 3 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM / PHƯỜNG 9 Độc lập - Tự do - "
        "Hạnh phúc / Số: 12/BC-UBND",
        "UBND PHƯỜNG 9 / TRẠM Y TẾ",
        "UBND PHƯỜNG 9 / VĂN PHÒNG / *",
        "ĐẢNG ỦY PHƯỜNG 9 / MTTQ",
        "ĐẢNG ỦY PHƯỜNG 9 / CHI BỘ KHU PHỐ 2",
        "CÔNG AN QUẬN 3 / CÔNG AN PHƯỜNG 9",
        "BAN CHỈ HUY QUÂN SỰ QUẬN 3 / BAN CHQS PHƯỜNG 9",
        "ĐOÀN TNCS HỒ CHÍ MINH / BCH ĐOÀN PHƯỜNG 9",
        "HỘI LHPN QUẬN 3 / HỘI LHPN PHƯỜNG 9",
        "ỦY BAN MTTQ VIỆT NAM QUẬN 3 / ỦY BAN MTTQ VIỆT NAM PHƯỜNG 9",
        "PHƯỜNG SỐ 9",
        "ĐẢNG ỦY PHƯỜNG 09 QUẬN 3",
        "ĐẢNG ỦY PHƯỜNG 9 / Phường Võ Thị Sáu, ngày 8 tháng 6 năm 2021",
    ],
)
def test_the_last_line_of_a_letterhead_is_the_ward(text: str) -> None:
    assert issuer(text) == {"P09"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ỦY BAN NHÂN DÂN QUẬN 3 / TRƯỜNG TIỂU HỌC LÊ CHÍ TRỰC", "TH-05"),
        ("ỦY BAN NHÂN DÂN QUẬN 3 / TRƯỜNG TIỂU HỌC / LÊ CHÍ TRỰC", "TH-05"),
        ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO QUẬN 3 / TRƯỜNG MẦM NON 6", "MN-06"),
        ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO / QUẬN 3", "PB-GDDT"),
        ("THÀNH PHỐ HỒ CHÍ MINH / ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM QUẬN 3", "DT-MTTQ"),
        ("ỦY BAN MTTQ VIỆT NAM QUẬN 3 / BAN THƯỜNG TRỰC", "DT-MTTQ"),
        ("HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM QUẬN 3", "DT-LHPN"),
        ("UBND QUẬN 3 / MTTQ", "DT-MTTQ"),
        ("UBND QUẬN 3 / PHÒNG LAO ĐỘNG - THƯƠNG BINH / VÀ XÃ HỘI", "PB-LDTBXH"),
        ("VĂN PHÒNG HĐND VÀ UBND QUẬN 3", "PB-VP"),
        ("ĐẢNG BỘ QUẬN 3 / ĐẢNG ỦY CÔNG AN", "DB-CA"),
        ("CÔNG AN TP HỒ CHÍ MINH / CÔNG AN QUẬN 3", "DB-CA"),
        ("CỤC THUẾ TP.HCM / CHI CỤC THUẾ QUẬN 3", "CB-CCT"),
        ("CỤC QLTT TP.HCM / ĐỘI QUẢN LÝ THỊ TRƯỜNG SỐ 3", "CB-QLTT"),
        ("TRUNG TÂM Y TẾ QUẬN 3 / ĐẢNG ỦY", "DB-TTYT"),
        ("ĐẢNG BỘ CƠ QUAN CHÍNH QUYỀN QUẬN 3 / CHI BỘ PHÒNG TƯ PHÁP", "PB-TP"),
        ("QUẬN ỦY QUẬN 3 / QUẬN ĐOÀN 3", "DT-QD"),
        ("QUẬN ĐOÀN 3 / ĐOÀN TRƯỜNG THCS LÊ LỢI", "CS-02"),
        ("UBND QUẬN 3 / THANH TRA", "PB-TTr"),
        ("UBND QUẬN 3 / BAN BỒI THƯỜNG GIẢI PHÓNG MẶT BẰNG", "SN-BTGPMB"),
        ("UBND PHƯỜNG 6 (CŨ)", "PVTS"),
        ("Đơn vị: Trường Mầm non Hoa Mai", "MN-16"),
    ],
)
def test_the_parent_line_is_not_the_sender(text: str, code: str) -> None:
    assert issuer(text) == {code}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TRƯỜNG TIỂU HỌC NGUYỄN THI", "TH-15"),
        ("TRƯỜNG TIỂU HỌC NGUYỄN THIỆN THUẬT", "TH-01"),
        ("TRUONG TIEU HOC NGUYEN THI", "TH-15"),
        ("TRUONG TIEU HOC NGUYEN THIEN THUAT", "TH-01"),
        ("TRƯỜNG MẦM NON 6", "MN-06"),
        ("TRƯỜNG MẦM NON 06", "MN-06"),
        ("TRƯỜNG MẦM NON TUỔI THƠ 6A", "MN-08"),
        ("TRƯỜNG MN TUỔI THƠ 6 A", "MN-08"),
        ("TRƯỜNG MẦM NON TUỔI THƠ 7", "MN-09"),
        ("TRƯỜNG THCS LÊ QUÝ ĐÔN", "CS-06"),
        ("TRƯỜNG THCS LÊ QUÍ ĐÔN", "CS-06"),
        ("UBND PHƯỜNG 1", "P01"),
        ("UBND PHƯỜNG 10", "P10"),
        ("UBND PHƯỜNG 11", "P11"),
        ("UBND PHƯỜNG 14", "P14"),
        ("UBND PHƯỜNG VÕ THỊ SÁU", "PVTS"),
    ],
)
def test_the_longest_name_wins_over_its_beginning(text: str, code: str) -> None:
    assert issuer(text) == {code}


@pytest.mark.parametrize(
    "text",
    [
        "ỦY BAN NHÂN DÂN QUẬN 5 / ỦY BAN NHÂN DÂN PHƯỜNG 9",
        "UBND PHƯỜNG 9 / QUẬN 5",
        "UBND PHƯỜNG 3, QUẬN 10",
        "QUẬN ỦY GÒ VẤP / ĐẢNG ỦY PHƯỜNG 9",
        "UBND QUẬN BÌNH THẠNH / PHÒNG NỘI VỤ",
        "UBND HUYỆN HÓC MÔN / TRƯỜNG TIỂU HỌC NGUYỄN THI",
        "UBND TP THỦ ĐỨC / PHÒNG NỘI VỤ",
        "TỈNH ĐỒNG NAI / UBND PHƯỜNG 9",
        "PHÒNG GD-ĐT TÂN BÌNH / TRƯỜNG TH NGUYỄN THÁI SƠN",
        "TRƯỜNG MẦM NON 6 / Quận 5, ngày 8 tháng 6 năm 2021",
        "TRƯỜNG THPT LÊ QUÝ ĐÔN",
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO TP.HCM / TRƯỜNG THPT NGUYỄN THỊ MINH KHAI",
        "TRƯỜNG TH-THCS LÊ LỢI",
        "TRƯỜNG THCS - THPT LÊ LỢI",
        "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO QUẬN 3 / TRƯỜNG MẦM NON 66",
        "TRƯỜNG MẦM NON 6A",
        "UBND PHƯỜNG 15",
        "UBND PHƯỜNG 6",
        "UBND PHƯỜNG BẾN NGHÉ",
        "UBND XÃ BÀ ĐIỂM",
        "BẢO HIỂM XÃ HỘI TP. HỒ CHÍ MINH",
        "CÔNG TY TNHH ABC / 123 Nguyễn Đình Chiểu, Phường 5, Quận 3",
        "HỘI CHỮ THẬP ĐỎ QUẬN 3",
    ],
)
def test_an_issuer_that_is_none_of_ours_is_a_stranger(text: str) -> None:
    mentions = named(a_letterhead(*text.split(" / ")))
    assert [(m.code, m.foreign) for m in mentions] == [(None, True)]


@pytest.mark.parametrize(
    "text",
    [
        "ỦY BAN NHÂN DÂN QUẬN 3",
        "QUẬN ỦY QUẬN 3 / BAN DÂN VẬN",
        "QUẬN ỦY QUẬN 3 / VĂN PHÒNG",
        "THÀNH PHỐ HỒ CHÍ MINH / QUẬN ỦY QUẬN 3",
        "CÔNG AN",
        "ĐẢNG ỦY PHƯỜNG ......",
        "TRƯỜNG:......................",
        "Kính gửi: Ban Dân vận Quận ủy Quận 3",
        "Phường 9, ngày 8 tháng 6 năm 2021",
        "BẢNG ĐĂNG KÝ / CÔNG TRÌNH VIỆC CÓ Ý NGHĨA GIÚP DÂN",
        "99 Trần Quốc Thảo, phường Võ Thị Sáu, Quận 3",
        "Địa chỉ: 12/3A Lý Chính Thắng, P.9, Q.3",
        "Số: 05/KH-P9",
        "",
    ],
)
def test_a_parent_an_address_or_a_blank_names_nobody(text: str) -> None:
    assert named(a_letterhead(*text.split(" / "))) == ()


@pytest.mark.parametrize("text", ["MTTQ", "HỘI CCB", "ĐTN", "LHPN"])
def test_what_ward_and_district_both_have_is_never_certain_alone(text: str) -> None:
    mentions = named(a_letterhead(text))
    assert [m.score for m in mentions] == [0.5]


def test_two_issuers_on_one_line_are_both_named() -> None:
    assert issuer("UBND PHƯỜNG 9 VÀ UBND PHƯỜNG 10") == {"P09", "P10"}


def test_a_name_that_goes_on_is_never_certain() -> None:
    for text in (
        "TRUONG TIEU HOC NGUYEN THI MINH KHAI",
        "TRƯỜNG MẦM NON HOA MAI VÀNG",
        "TRƯỜNG MẦM NON HOA MAI 2",
    ):
        assert issuer(text) <= {None}


def test_a_ward_after_a_school_is_its_address() -> None:
    assert issuer("TRƯỜNG TIỂU HỌC MÊ LINH, PHƯỜNG 9, QUẬN 3") == {"TH-07"}
    assert issuer("TRƯỜNG TIỂU HỌC MÊ LINH - PHƯỜNG 6 - QUẬN 3") == {"TH-07"}


def test_a_ward_after_a_kind_of_body_is_the_body() -> None:
    assert issuer("THANH TRA PHƯỜNG 9") == {"P09"}
    assert issuer("TRUNG TÂM VĂN HÓA PHƯỜNG 9") == {"P09"}


def test_every_document_speaks_for_itself() -> None:
    sources = a_letterhead("UBND PHƯỜNG 9")
    assert [m.attachment for m in named(sources)] == [("bang.docx",)]
