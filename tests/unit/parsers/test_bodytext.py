import time

import pytest

from parsers.bodytext import BodyText, body_text, plan_numbers
from parsers.values.reading import Correction
from parsers.values.table import QUOTATION, Document, Paragraph
from tests.builders.tables import a_document, a_table


def _said(*texts: str, subject: str | None = None) -> BodyText:
    return body_text(a_document(*texts), subject)


NIL = [
    "Không có công trình đăng ký",
    "Khong co cong trinh dang ky.",
    "KHÔNG CÓ CÔNG TRÌNH",
    "Trường Mầm non 6 không có công trình đăng ký.",
    "Đơn vị không đăng ký công trình năm 2021",
    "Cơ quan không có công trình đăng ký",
    "Phòng Văn hóa và Thông tin không đăng ký công trình",
    "Chi bộ Tòa án hiện không có công trình nào để đăng ký",
    "Không có mô hình, công trình đăng ký theo Kế hoạch số 41-KH/QU",
    "Phường Võ Thị Sáu báo cáo: không có công trình để đăng ký.",
    "Hiện nay Trường Trung học cơ sở Đoàn Thị Điểm không có công trình nào đăng ký.",
    "Hội Cựu chiến binh Quận 3 xin không đăng ký mô hình trong năm 2021.",
    "Chi bộ Chi cục Thi hành án dân sự không có công trình đăng ký trong đợt này.",
]
NOT_NIL = [
    "Nếu không có công trình đăng ký thì có phải báo cáo không?",
    "Các đơn vị không có công trình đăng ký sẽ bị phê bình",
    "Danh sách đơn vị không có công trình đăng ký",
    "Trường không có công trình đăng ký. Tuy nhiên sẽ gửi sau.",
    "Không có công trình đăng ký?",
    "Không có công trình nào trễ hạn",
    "Đơn vị đăng ký 01 công trình",
    "Tuyến hẻm không có công trình vi phạm xây dựng",
    "",
]


@pytest.mark.parametrize("text", NIL)
def test_a_whole_statement_says_that_there_is_nothing(text: str) -> None:
    assert _said("Kính gửi Ban Dân vận,", text, "Trân trọng", "Nguyễn Văn A").nil
    assert _said("", subject=f"Re: {text}").nil


@pytest.mark.parametrize("text", NOT_NIL)
def test_a_phrase_within_another_sentence_does_not(text: str) -> None:
    assert not _said(text).nil


def test_what_is_quoted_says_nothing() -> None:
    body = Document(
        (
            Paragraph("Đã nhận"),
            Paragraph("Vào ngày 8/6, A đã viết:", place=QUOTATION),
            Paragraph("Không có công trình đăng ký"),
            Paragraph("2: bỏ"),
        )
    )
    said = body_text(body, None)
    assert not said.nil
    assert said.corrections == ()
    assert said.reply == "Đã nhận"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("mẫu", "form"),
        ("Mau", "form"),
        ("Cho xin mẫu đăng ký", "form"),
        ("Hướng dẫn", "help"),
        ("huong dan", "help"),
        ("TRẠNG THÁI", "status"),
        ("trang thai.", "status"),
        ("Đơn vị gửi mẫu đã điền", None),
        ("Theo hướng dẫn của Ban Dân vận", None),
        ("", None),
    ],
)
def test_a_request_is_the_whole_subject_or_the_whole_text(
    text: str, asked: str | None
) -> None:
    assert _said(text).asked.request == asked
    assert _said("", subject=text).asked.request == asked


@pytest.mark.parametrize(
    ("text", "mode", "unclear"),
    [
        ("Gửi bảng đăng ký (thay thế bản đã gửi)", "replacement", False),
        ("P9 gửi lại bảng đăng ký", "replacement", False),
        ("Đính chính bảng đăng ký", "replacement", False),
        ("dinh chinh", "replacement", False),
        ("Đăng ký bổ sung 02 công trình", "supplement", False),
        ("gui bo sung", "supplement", False),
        ("Bổ sung và thay thế bản đã gửi", None, True),
        ("Bản này không thay thế bản trước", None, True),
        ("P9 gửi bảng đăng ký", None, False),
        ("Đề nghị gửi lại mẫu", None, False),
        ("Bổ sung hướng dẫn", None, False),
    ],
)
def test_the_words_say_whether_it_replaces_or_adds(
    text: str, mode: str | None, unclear: bool
) -> None:
    for said in (_said(text), _said("Kính gửi", subject=text)):
        assert (said.mode, said.mode_unclear) == (mode, unclear)


REMOVE = Correction("2", "remove")


@pytest.mark.parametrize(
    ("text", "corrections"),
    [
        ("2: bỏ", (REMOVE,)),
        ("2 bỏ", (REMOVE,)),
        ("2. bo", (REMOVE,)),
        ("bỏ số 2", (REMOVE,)),
        ("Xin bỏ công trình số 02.", (REMOVE,)),
        ("STT 2: xóa", (REMOVE,)),
        (
            "Bỏ 2, 3 và 5",
            (REMOVE, Correction("3", "remove"), Correction("5", "remove")),
        ),
        ("3 thời gian: 15/9/2021", (Correction("3", "set", "time", "15/9/2021"),)),
        (
            "Công trình số 3 hình thức thực hiện: Vận động Nhân dân",
            (Correction("3", "set", "method", "Vận động Nhân dân"),),
        ),
        (
            "Sửa STT 1 thành “Tặng Quà Tết”",
            (Correction("1", "set", "title", "Tặng Quà Tết"),),
        ),
        (
            "sửa thời gian của công trình 4 thành Quý III/2021",
            (Correction("4", "set", "time", "Quý III/2021"),),
        ),
        (
            "1 dự kiến kết quả: 10 hộ\n2: bỏ",
            (Correction("1", "set", "expected_result", "10 hộ"), REMOVE),
        ),
    ],
)
def test_a_wish_is_understood_wholly(
    text: str, corrections: tuple[Correction, ...]
) -> None:
    said = _said("Kính gửi Ban Dân vận", text, "Trân trọng", "Nguyễn Văn A")
    assert said.corrections == corrections
    assert not said.correction_unclear


@pytest.mark.parametrize(
    "text",
    [
        "2: bỏ\nCòn số 3 thì để em hỏi lại",
        "Sửa lại công trình số 4 giúp em",
        "Bỏ công trình số 2 hoặc số 3",
        "3 thời gian chắc là tháng 9",
    ],
)
def test_a_wish_understood_in_part_is_unclear(text: str) -> None:
    assert _said(text).correction_unclear


@pytest.mark.parametrize(
    "text",
    [
        "Đơn vị gửi bảng đăng ký 2 công trình",
        "Bỏ rác đúng nơi quy định",
        "Chi bộ Đội Quản lý thị trường số 3 gửi bảng đăng ký",
        "3 đội tự quản",
        "Thay mặt Đảng ủy xin cảm ơn",
        "1. Trao học bổng",
        "1. Nội dung: Sinh hoạt chi bộ\n2. Thời gian: 14g00\n3. Địa điểm: Phòng A",
    ],
)
def test_ordinary_text_wishes_nothing(text: str) -> None:
    said = _said(text)
    assert said.corrections == ()
    assert not said.correction_unclear


@pytest.mark.parametrize(
    ("text", "promises"),
    [
        ("Xin gửi bảng đăng ký đính kèm", True),
        ("Em gửi kèm file ạ", True),
        ("dinh kem", True),
        ("Kèm theo bảng đăng ký", True),
        ("Please see attached", True),
        ("Thực hiện Kế hoạch số 41-KH/QU", False),
    ],
)
def test_an_attachment_is_promised_in_words(text: str, promises: bool) -> None:
    assert _said(text).promises_file is promises


def test_links_to_files_are_found_and_others_not() -> None:
    said = _said(
        "Bảng ở đây: https://drive.google.com/file/d/abc/view?usp=sharing, "
        "hoặc zalo.me/g/xyz; trang quan3.hochiminhcity.gov.vn/tin"
    )
    assert said.links == (
        "https://drive.google.com/file/d/abc/view?usp=sharing",
        "zalo.me/g/xyz",
    )


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        ("Kế hoạch số 41-KH/QU", ("41-KH/QU",)),
        ("Số 41 -KH/QU", ("41-KH/QU",)),
        ("41 - kh / qu", ("41-KH/QU",)),
        ("041-KH/QU và 12/KH-UBND", ("41-KH/QU", "12/KH-UBND")),
        ("65-KH/ĐU; 65-KH/ĐU", ("65-KH/ĐU",)),
        ("2041-KH/QU", ("2041-KH/QU",)),
        ("41/KH/QU", ()),
        ("ngày 10/6/2021", ()),
    ],
)
def test_plan_numbers_are_read_however_they_are_spaced(
    text: str, plans: tuple[str, ...]
) -> None:
    assert plan_numbers([text]) == plans


@pytest.mark.parametrize(
    ("subject", "texts", "forwarded"),
    [
        ("Fwd: Bảng đăng ký", (), True),
        ("FW: Re: x", (), True),
        ("Re: Fwd: x", (), True),
        ("Re: x", (), False),
        ("x", ("---------- Forwarded message ---------",), True),
        ("x", ("Bắt đầu thư chuyển tiếp:",), True),
    ],
)
def test_a_forwarded_mail_is_known(
    subject: str, texts: tuple[str, ...], forwarded: bool
) -> None:
    assert _said(*texts, subject=subject).forwarded is forwarded


def test_no_body_and_no_subject_say_nothing() -> None:
    assert body_text(None, None) == BodyText()


def test_a_hostile_body_costs_little() -> None:
    began = time.process_time()
    for piece in ("không có công trình ", "bỏ 1, ", "1 ", "đính ", "a.", "-", "sửa "):
        _said(*[piece * 5000] * 3)
        _said("\n".join([piece * 10] * 2000))
    assert time.process_time() - began < 5


def test_a_numbered_reply_that_was_read_as_a_list_still_speaks() -> None:
    listed = a_table(("1", "bỏ"), ("2", "bỏ"), place="danh sách 1", path=())
    said = body_text(a_document("Kính gửi", listed), None)
    assert said.corrections == (Correction("1", "remove"), REMOVE)
