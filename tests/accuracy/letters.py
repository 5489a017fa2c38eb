"""Mails whose kind is in their words: nil statements, requests, notices, letters."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from random import Random

from tests.accuracy.model import Truth
from tests.accuracy.offices import Office

NIL = (
    "{unit} không có công trình đăng ký trong đợt này.",
    "Năm 2021 đơn vị không đăng ký công trình “Việc có ý nghĩa giúp dân”.",
    "Kính gửi Ban Dân vận,\nNay {unit} không có công trình nào đăng ký.\nTrân trọng.",
    "{unit} xin không đăng ký mô hình trong năm 2021.",
    "Đơn vị không tham gia đăng ký công trình năm nay.",
    "{unit} báo cáo: không có công trình để đăng ký.",
)
OTHER = (
    "Kính gửi anh chị, Ban Dân vận cho em hỏi hạn chót đăng ký là ngày nào ạ?",
    "Đã nhận được kế hoạch. Đơn vị sẽ gửi bảng đăng ký sau.",
    "Thư mời họp giao ban công tác dân vận lúc 8g00 ngày 10/6/2021 tại Hội trường.",
    "{unit} gửi danh sách tham dự hội nghị.\nTrân trọng.",
    "Cảm ơn anh chị, đơn vị đã rõ.",
    "Đề nghị Ban Dân vận gửi lại công văn 12 vì file không mở được.",
    "Chúc mừng năm mới!",
    "Nếu đơn vị nào không đăng ký thì báo lại giúp.",
    "Công trình của đơn vị không có khó khăn gì, đang thực hiện đúng tiến độ.",
    "1. Nội dung: Sinh hoạt chi bộ\n2. Thời gian: 14g00, 15/6\n3. Địa điểm: Phòng A",
    "Gửi chị các văn bản sau:\n1. Bảng đăng ký công trình\n2. Kế hoạch tuyên truyền",
)
REQUEST = (
    "mẫu",
    "Xin mẫu đăng ký",
    "Cho xin bảng mẫu",
    "hướng dẫn",
    "trạng thái",
    "Kính gửi anh chị,\nCho em xin mẫu bảng đăng ký.\nCảm ơn.",
)
AUTOMATIC: tuple[tuple[dict[str, str], str, str], ...] = (
    (
        {"Auto-Submitted": "auto-replied"},
        "Trả lời tự động: vắng mặt",
        "Tôi đi công tác đến 15/6.",
    ),
    ({"X-Autoreply": "yes"}, "Out of office", "I am out of the office."),
    ({"Precedence": "bulk"}, "Bản tin tuần", "Tin tức tuần này."),
    (
        {"List-Unsubscribe": "<mailto:u@example.com>"},
        "Khuyến mãi tháng 6",
        "Giảm giá 50%.",
    ),
    ({"Auto-Submitted": "auto-generated"}, "Thông báo hệ thống", "Hộp thư sắp đầy."),
    (
        {"X-Auto-Response-Suppress": "All", "Auto-Submitted": "auto-replied"},
        "Automatic reply: Đăng ký",
        "Tôi đang nghỉ phép.",
    ),
)


def a_letter(
    random: Random, office: Office, name: str
) -> tuple[EmailMessage, Truth, str]:
    """Return a mail without a table, what kind it is, and its tag."""
    kind = random.choice(("nil", "other", "other", "request", "automatic"))
    mail = EmailMessage()
    mail["From"] = "Văn thư <vanthu.donvi@gmail.com>"
    mail["To"] = "bandanvanq3@gmail.com"
    mail["Date"] = "Tue, 08 Jun 2021 09:00:00 +0700"
    mail["Message-ID"] = f"<{name}.{random.randrange(10**9)}@mail.gmail.com>"
    subject = random.choice(
        (
            "Đăng ký công trình",
            "V/v đăng ký",
            "Re: Kế hoạch 41-KH/QU",
            "",
            "Gửi anh chị",
        )
    )
    if kind == "automatic":
        headers, subject, text = random.choice(AUTOMATIC)
        for key, value in headers.items():
            mail[key] = value
    else:
        text = random.choice({"nil": NIL, "other": OTHER, "request": REQUEST}[kind])
        text = text.format(unit=office.name)
        if kind == "request":
            subject = random.choice(("", "Xin mẫu", text if "\n" not in text else ""))
    mail["Subject"] = subject
    mail.set_content(text)
    return mail, Truth(kind), f"letter: {text[:40]}"


def letters(
    random: Random, folder: Path, offices: list[Office], count: int
) -> Iterator[tuple[Path, Truth, str]]:
    """Write `count` letters."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        mail, truth, tag = a_letter(random, random.choice(offices), f"th{number:05}")
        path = folder / f"th{number:05}.eml"
        path.write_bytes(mail.as_bytes())
        yield path, truth, tag
