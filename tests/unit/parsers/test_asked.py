"""Whole titles and sentences that ask for something; words inside others do not."""

import time

import pytest

from parsers.asked import Asked, request_of

FORM = [
    "mẫu",
    "mau",
    "MẪU",
    "xin mẫu",
    "Xin mẫu đăng ký",
    "mẫu biểu",
    "biểu mẫu",
    "cho em xin mẫu đăng ký ạ",
    "Xin mẫu bảng đăng ký công trình",
    "P9 xin mẫu đăng ký",
    "UBND phường 9 đề nghị cung cấp mẫu đăng ký",
    "Đề nghị Ban Dân vận gửi mẫu đăng ký giúp",
    "nhờ gửi giúp mẫu",
    "xin file mẫu excel",
    "mau dang ky cong trinh",
    "Mẫu báo cáo kết quả",
    "xin mẫu phiếu đăng ký năm 2021",
    "Phường 9: mẫu",
    "Mẫu - Phường 9",
    "Xin mẫu VCYNGD",
    "xin form đăng ký",
    "gửi mẫu cho em",
    "Anh chị gửi giúp em mẫu với",
    "V/v xin mẫu đăng ký",
    "Trường Mầm non 6 xin mẫu",
    "yêu cầu gửi mẫu",
]
HELP = [
    "hướng dẫn",
    "huong dan",
    "Hướng dẫn đăng ký",
    "xin hướng dẫn",
    "cần hướng dẫn cách điền mẫu",
    "Cách đăng ký",
    "Xin được hướng dẫn cách lập bảng",
    "hướng dẫn giúp em",
    "V/v hướng dẫn đăng ký",
]
STATUS = [
    "trạng thái",
    "trang thai",
    "Trạng thái đăng ký",
    "tình trạng đăng ký",
    "cho biết tình trạng đăng ký của phường 9",
    "P9 - trạng thái",
    "Trạng thái P9",
    "tình hình đăng ký của đơn vị",
    "Trường Mầm non 6 hỏi trạng thái",
    "Phường Võ Thị Sáu trạng thái",
    "Ban Dân vận đã nhận được bảng đăng ký của phường 9 chưa ạ?",
]
NEITHER = [
    "Trường Mẫu giáo 5 gửi bảng đăng ký",
    "mẫu giáo",
    "Màu",
    "máu",
    "hiến máu nhân đạo",
    "mau chóng gửi",
    "Gửi mẫu đăng ký",
    "P9 gửi mẫu đăng ký",
    "Phường 9 gửi mẫu",
    "Phường Võ Thị Sáu gửi mẫu đăng ký",
    "gửi lại mẫu đăng ký",
    "Phường 9 xin gửi lại mẫu đăng ký",
    "Gửi bảng đăng ký theo mẫu",
    "xin gửi bảng đăng ký theo mẫu hướng dẫn",
    "Đề nghị các đơn vị gửi bảng theo mẫu",
    "Chi bộ xin đăng ký mô hình mẫu",
    "Báo cáo tình trạng ngập nước",
    "xin gửi mẫu đăng ký",
    "Chi bộ gương mẫu",
    "Gia đình văn hóa kiểu mẫu",
    "Hướng dẫn số 36-HD/VPTW",
    "Hướng dẫn thực hiện Kế hoạch số 41-KH/QU",
    "Hướng dẫn người dân cài đặt ứng dụng",
    "trạng thái dịch bệnh trên địa bàn",
    "Báo cáo tình trạng khẩn cấp",
    "Đăng ký công trình",
    "",
]


@pytest.mark.parametrize(
    ("asked", "words"),
    [(what, text) for what, texts in (("form", FORM), ("help", HELP)) for text in texts]
    + [("status", text) for text in STATUS],
)
def test_a_title_or_a_sentence_that_asks_is_understood(asked: str, words: str) -> None:
    assert request_of(words, []).request == asked
    assert request_of("", [words]).request == asked


@pytest.mark.parametrize("words", NEITHER)
def test_the_same_words_inside_others_ask_for_nothing(words: str) -> None:
    assert request_of(words, []).request is None
    assert request_of("", [words]).request is None


def test_one_sentence_of_a_letter_may_ask() -> None:
    said = ["Đơn vị chưa có mẫu.", "Đề nghị Ban Dân vận gửi mẫu đăng ký giúp"]
    assert request_of("Kính gửi Ban Dân vận", said).request == "form"


def test_the_title_of_a_reply_is_another_mails() -> None:
    assert request_of("Re: mẫu", ["Cảm ơn"]).request is None
    assert request_of("RE: xin mẫu đăng ký", ["Cảm ơn"]).request is None
    assert request_of("Trả lời: mẫu", []).request is None
    assert request_of("Re: mẫu", ["xin hướng dẫn"]).request == "help"


def test_who_titles_a_file_that_he_forgot_asks_for_nothing() -> None:
    assert request_of("Mẫu đăng ký", ["gửi kèm"], promises_file=True) == Asked()
    asked = request_of("Xin mẫu", ["gửi kèm"], promises_file=True)
    assert asked == Asked("form", "form")


def test_beside_a_file_only_an_asking_word_asks() -> None:
    assert request_of("Mẫu đăng ký", []) == Asked("form", None)
    assert request_of("Xin mẫu đăng ký", []) == Asked("form", "form")


@pytest.mark.parametrize(
    "words", ["xin ", "xin cho ", "de nghi gui ", "mau bang ", "da nhan ", "a "]
)
def test_a_strangers_words_cost_no_time(words: str) -> None:
    start = time.process_time()
    request_of(words * 3000, [words * 3000])
    request_of((words * 90)[:249], [(words * 90)[:249]])
    assert time.process_time() - start < 0.5
