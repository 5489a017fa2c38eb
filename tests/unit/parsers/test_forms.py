"""Works in forms: a label and its text, as lines or as a table of two columns."""

from tests.builders.tables import a_table, recognised, titles

FORM = """1. Tên đơn vị đăng ký: Ban CTMT khu phố 2
2. Tên mô hình / công trình: Tuyến hẻm xanh
3. Lĩnh vực đăng ký: Văn hóa - xã hội
4. Mục tiêu và nội dung thực hiện:
a) Mục tiêu:
- Nâng cao ý thức người dân
b) Nội dung:
- Trồng 50 cây xanh
5. Tiến độ thực hiện:
- Tháng 5/2021: khảo sát
- Tháng 6/2021: ra quân"""


def test_numbered_headings_are_one_work() -> None:
    found = recognised("BẢN ĐĂNG KÝ", FORM, "ĐẠI DIỆN ĐƠN VỊ ĐĂNG KÝ")
    (work,) = found.registrations
    assert work.number is None
    assert work.title == "Tuyến hẻm xanh"
    assert work.method is not None
    assert work.method.startswith("a) Mục tiêu:\n- Nâng cao ý thức người dân")
    assert work.time == "- Tháng 5/2021: khảo sát\n- Tháng 6/2021: ra quân"
    assert work.expected_result is None
    assert work.field == 1
    assert work.certainty == 1.0


def test_a_letter_that_names_subject_time_and_place_is_no_form() -> None:
    found = recognised(
        "THƯ MỜI",
        "1. Nội dung: Triển khai công trình dân vận khéo\n"
        "2. Thời gian: 8g00 ngày 10/6/2021\n3. Địa điểm: Hội trường",
    )
    assert found.registrations == ()


def test_works_whose_lines_carry_labels_are_counted_by_their_numbers() -> None:
    found = recognised(
        "BẢNG ĐĂNG KÝ",
        "1. Tên công trình: Trồng cây",
        "- Hình thức thực hiện: Vận động",
        "- Thời gian thực hiện: Tháng 6",
        "2. Tên công trình: Lắp camera",
        "- Hình thức thực hiện: Xã hội hóa",
        "- Thời gian thực hiện: Tháng 7",
        "Trân trọng./.",
        path=("dang-ky.docx",),
    )
    assert [(w.number, w.title, w.method, w.time) for w in found.registrations] == [
        ("1", "Trồng cây", "Vận động", "Tháng 6"),
        ("2", "Lắp camera", "Xã hội hóa", "Tháng 7"),
    ]


def test_a_table_of_labels_is_one_work_and_its_letterhead_stays() -> None:
    found = recognised(
        a_table(
            ("ĐẢNG BỘ QUẬN 3", "ĐẢNG CỘNG SẢN VIỆT NAM"),
            ("ĐẢNG ỦY PHƯỜNG 9", "Quận 3, ngày 05 tháng 6 năm 2021"),
            ("PHIẾU ĐĂNG KÝ", ""),
            ("Tên mô hình, công trình đăng ký", "Trồng cây"),
            ("Hình thức thực hiện", "Mô hình"),
            ("Thời gian thực hiện", "Tháng 6"),
            ("Người phụ trách", "Anh An"),
            ("XÁC NHẬN CỦA CẤP ỦY", "NGƯỜI LẬP BẢNG"),
            ("Bùi Công Danh", "Nguyễn Văn An"),
        )
    )
    (work,) = found.registrations
    assert (work.title, work.method, work.time) == ("Trồng cây", "Mô hình", "Tháng 6")
    assert work.extra == {"Người phụ trách": "Anh An"}
    ((_, head),) = [h for h in found.letterheads if h[1].issuer]
    assert head.issuer == ("ĐẢNG BỘ QUẬN 3", "ĐẢNG ỦY PHƯỜNG 9")


def test_a_list_below_its_title_holds_works_that_are_guessed() -> None:
    found = recognised(
        "BẢNG ĐĂNG KÝ CÔNG TRÌNH NĂM 2021",
        "1. Trồng cây xanh",
        "2. Lắp camera",
        path=("dang-ky.docx",),
    )
    assert titles(found) == ["Trồng cây xanh", "Lắp camera"]
    assert {w.certainty for w in found.registrations} == {0.9}


def test_a_list_of_what_a_letter_sends_holds_no_works() -> None:
    found = recognised(
        "Phường 9 gửi các văn bản đăng ký sau:",
        "1. Bảng đăng ký công trình",
        "2. Biên bản họp",
        path=("thu.docx",),
    )
    assert found.registrations == ()


def test_a_plan_that_counts_who_registers_how_much_holds_no_works() -> None:
    found = recognised(
        "KẾ HOẠCH",
        "II. ĐỐI TƯỢNG, SỐ LƯỢNG ĐĂNG KÝ CÔNG TRÌNH",
        "1. Các phòng, ban: mỗi đơn vị đăng ký 01 công trình",
        "2. Đảng bộ cơ sở: 02 công trình",
        path=("ke-hoach.docx",),
    )
    assert found.registrations == ()
    assert found.tables == ()
