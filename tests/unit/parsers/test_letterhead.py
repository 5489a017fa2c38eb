import pytest

from parsers.letterhead import Letterhead
from parsers.values.table import Paragraph, Table
from tests.builders.tables import FORM, a_table, a_work, recognised

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
DATA = a_table(FORM, a_work(1), place="bảng 2", path=("mau.docx",))


def _head(*blocks: Table | Paragraph | str) -> Letterhead:
    found = recognised(*blocks, path=("mau.docx",))
    return found.letterheads[0][1]


def _two_columns(left: str, right: str = MOTTO) -> Table:
    return a_table((left, right), place="bảng 1", path=("mau.docx",))


@pytest.mark.parametrize(
    ("left", "issuer"),
    [
        (
            "ĐẢNG BỘ QUẬN 3\nĐẢNG ỦY PHƯỜNG 9\n*",
            ("ĐẢNG BỘ QUẬN 3", "ĐẢNG ỦY PHƯỜNG 9"),
        ),
        (
            "ỦY BAN NHÂN DÂN QUẬN 3\nTRƯỜNG MẦM NON 6\nSố: 05/BC-MN6",
            ("ỦY BAN NHÂN DÂN QUẬN 3", "TRƯỜNG MẦM NON 6"),
        ),
        (
            "ĐẢNG ỦY PHƯỜNG LONG PHÚ\nVĂN PHÒNG\n*",
            ("ĐẢNG ỦY PHƯỜNG LONG PHÚ",),
        ),
        ("ỦY BAN NHÂN DÂN\nPHƯỜNG 9\n-------", ("ỦY BAN NHÂN DÂN", "PHƯỜNG 9")),
    ],
)
def test_the_left_block_of_a_letterhead_table_names_the_issuer(
    left: str, issuer: tuple[str, ...]
) -> None:
    head = _head(_two_columns(left), "BẢNG ĐĂNG KÝ CÔNG TRÌNH", DATA)
    assert head.issuer == issuer
    assert head.titles[0] == "BẢNG ĐĂNG KÝ CÔNG TRÌNH"


def test_a_letterhead_in_rows_reads_left_and_leaves_right() -> None:
    table = a_table(
        ("QUẬN ỦY QUẬN 3", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        ("CHI BỘ TÒA ÁN", "Quận 3, ngày 05 tháng 6 năm 2021"),
        place="bảng 1",
        path=("mau.docx",),
    )
    assert _head(table, DATA).issuer == ("QUẬN ỦY QUẬN 3", "CHI BỘ TÒA ÁN")


def test_a_letterhead_in_a_sheet_stands_above_the_heading() -> None:
    sheet = a_table(
        ("ỦY BAN NHÂN DÂN QUẬN 3", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("PHÒNG TƯ PHÁP", None, "Độc lập - Tự do - Hạnh phúc"),
        ("",),
        ("BẢNG ĐĂNG KÝ CÔNG TRÌNH",),
        ("(Kèm theo Kế hoạch số 41-KH/QU)",),
        FORM,
        a_work(1),
        merged=(
            (0, 0, 1, 2),
            (0, 2, 1, 5),
            (1, 0, 2, 2),
            (1, 2, 2, 5),
            (3, 0, 4, 5),
            (4, 0, 5, 5),
        ),
    )
    head = _head(sheet)
    assert head.issuer == ("ỦY BAN NHÂN DÂN QUẬN 3", "PHÒNG TƯ PHÁP")
    assert head.titles == ("BẢNG ĐĂNG KÝ CÔNG TRÌNH", "(Kèm theo Kế hoạch số 41-KH/QU)")


def test_lines_of_plain_paragraphs_before_the_title_name_the_issuer() -> None:
    head = _head(
        "ỦY BAN NHÂN DÂN QUẬN 3",
        "TRƯỜNG THCS LÊ QUÝ ĐÔN",
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "BẢNG ĐĂNG KÝ",
        "Trường Mầm non 7",
        DATA,
    )
    assert head.issuer == ("ỦY BAN NHÂN DÂN QUẬN 3", "TRƯỜNG THCS LÊ QUÝ ĐÔN")


def test_whom_the_letter_is_to_is_no_issuer() -> None:
    head = _head("TRƯỜNG MN 6", "Kính gửi: Ban Dân vận Quận ủy Quận 3", "PHÒNG A", DATA)
    assert head.issuer == ("TRƯỜNG MN 6",)


def test_the_greeting_of_a_mail_is_no_letterhead() -> None:
    table = a_table(FORM, a_work(1), place="bảng 1", path=())
    found = recognised("Chào anh chị", "Trường Mầm non 6 gửi bảng", table, path=())
    assert found.letterheads[0][1].issuer == ()


def test_the_signature_block_leaves_out_who_receives_it() -> None:
    block = a_table(
        ("Nơi nhận:\n- Ban Dân vận Quận ủy;\n- Lưu: VT.", "HIỆU TRƯỞNG\n\nTrần Thị B"),
        place="bảng 3",
        path=("mau.docx",),
    )
    head = _head(DATA, "Quận 3, ngày 05 tháng 6 năm 2021", block)
    assert head.signature == ("HIỆU TRƯỞNG", "Trần Thị B")
    assert head.confirmation == "block_only"
    found = recognised(DATA, block, path=("mau.docx",))
    assert [t.role for t in found.tables] == ["data", "signature"]


@pytest.mark.parametrize(
    ("lines", "confirmation"),
    [
        (("XÁC NHẬN CỦA CẤP ỦY", "BÍ THƯ", "Nguyễn Văn A"), "block_only"),
        (("T/M ĐẢNG ỦY", "Nguyễn Văn A"), "block_only"),
        (("TM. ỦY BAN NHÂN DÂN",), "block_only"),
        (("THỦ TRƯỞNG ĐƠN VỊ", "Trần Thị B"), "block_only"),
        (("Xác nhận của thủ trưởng cơ quan, đơn vị",), "block_only"),
        (("NGƯỜI LẬP BẢNG", "Lê Văn C"), "absent"),
        (("Trân trọng cảm ơn",), "absent"),
        ((), "absent"),
    ],
)
def test_the_confirmation_is_seen_as_a_block_and_no_more(
    lines: tuple[str, ...], confirmation: str
) -> None:
    assert _head(DATA, *lines).confirmation == confirmation


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("MẬT", True),
        ("TỐI MẬT", True),
        ("TUYỆT MẬT", True),
        ("TUYET MAT", True),
        ("Độ mật: Mật", True),
        ("* MẬT *", True),
        ("BÍ MẬT", False),
        ("Bảo mật thông tin", False),
        ("MẶT TRẬN", False),
        ("MAT", False),
        ("MẶT", False),
    ],
)
def test_a_marking_is_a_line_of_its_own(line: str, secret: bool) -> None:
    assert _head("ĐẢNG ỦY PHƯỜNG 9", line, DATA).secret is secret


def test_a_marking_in_the_letterhead_table_counts_and_in_a_cell_of_a_work_not() -> None:
    assert _head(_two_columns("ĐẢNG ỦY PHƯỜNG 9\nMẬT"), DATA).secret
    work = a_table(FORM, a_work(1, method="Mật"), place="bảng 2", path=("mau.docx",))
    assert not _head("ĐẢNG ỦY PHƯỜNG 9", work).secret


def test_a_letterhead_table_has_its_role() -> None:
    found = recognised(_two_columns("UBND QUẬN 3\nPHÒNG Y TẾ"), DATA)
    assert [t.role for t in found.tables] == ["letterhead", "data"]


def test_a_letter_without_works_has_a_letterhead_too() -> None:
    found = recognised("ĐẢNG ỦY PHƯỜNG 9", "CÔNG VĂN", "Gửi kèm bảng", "BÍ THƯ", "Lê A")
    assert found.letterheads[0][1].issuer == ("ĐẢNG ỦY PHƯỜNG 9",)
    assert found.letterheads[0][1].signature == ("BÍ THƯ", "Lê A")


def test_a_letterhead_table_in_the_body_stands_below_the_greeting() -> None:
    head = a_table(
        ("ỦY BAN NHÂN DÂN QUẬN 3", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("TRƯỜNG MẦM NON 4", "Độc lập - Tự do - Hạnh phúc"),
        place="bảng 1",
        path=(),
    )
    table = a_table(FORM, a_work(1), place="bảng 2", path=())
    found = recognised("Kính gửi Ban Dân vận,", "Trân trọng", head, table, path=())
    issuer = found.letterheads[0][1].issuer
    assert issuer == ("ỦY BAN NHÂN DÂN QUẬN 3", "TRƯỜNG MẦM NON 4")


def test_the_next_sheets_letterhead_is_no_part_of_this_ones_signature() -> None:
    first = a_table(
        FORM, a_work(1), ("",), ("", "", "", "CHỦ TỊCH"), place="UBND!A1", path=("a",)
    )
    second = a_table(
        ("ĐOÀN PHƯỜNG 9",),
        ("Đăng ký",),
        FORM,
        a_work(1, "B"),
        place="Đ!A1",
        path=("a",),
    )
    heads = [head for _, head in recognised(first, second, path=("a",)).letterheads]
    assert heads[0].signature == ("CHỦ TỊCH",)
    assert heads[1].issuer == ("ĐOÀN PHƯỜNG 9",)


def test_the_clerk_below_a_mail_is_no_signature_block() -> None:
    table = a_table(FORM, a_work(1), place="bảng 1", path=())
    found = recognised(table, "Trân trọng,", "Văn thư", "Phường 9", path=())
    assert found.letterheads[0][1].signature == ()
