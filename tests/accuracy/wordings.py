"""How offices word the headings of a table of works, and disfigure them."""

import unicodedata
from random import Random

NUMBER = ("STT", "TT", "Số TT", "Stt.", "stt", "S.T.T", "Số thứ tự")
TITLE = (
    "Tên công trình",
    "Tên mô hình",
    "Tên mô hình / công trình",
    "Tên gọi",
    "Nội dung đăng ký",
    "Tên công trình, phần việc",
    "Nội dung công trình",
    "Việc có ý nghĩa giúp dân",
    "Công trình, mô hình",
    "Tên công trình “Việc có ý nghĩa giúp dân”",
    "Tên công trình/mô hình",
    "Tên mô hình, công trình đăng ký",
)
METHOD = (
    "Hình thức thực hiện",
    "Nội dung, cách thức thực hiện",
    "Mục tiêu và nội dung thực hiện",
    "Cách thức",
    "Phương thức",
    "Biện pháp",
    "Giải pháp thực hiện",
    "Cách làm",
    "Cách thức thực hiện",
    "Hình thức TH",
    "Biện pháp thực hiện",
)
TIME = (
    "Thời gian thực hiện",
    "Tiến độ thực hiện",
    "Thời gian hoàn thành",
    "Tiến độ",
    "Thời hạn",
    "Thời gian",
    "TG thực hiện",
    "Thời gian TH",
    "TGTH",
)
EXPECTED = (
    "Dự kiến kết quả (hiệu quả, số lượng đạt được)",
    "Dự kiến kết quả",
    "Dự kiến kết quả đạt được",
    "Sản phẩm, kết quả đầu ra",
    "Kết quả dự kiến",
    "Hiệu quả",
    "Số lượng đạt được",
    "Chỉ tiêu",
    "Mục tiêu",
    "Dự kiến KQ",
    "KQ dự kiến",
    "Kết quả dự kiến đạt được",
    "Dự kiến kết quả\n(hiệu quả, số lượng đạt được)",
)
RESULT = (
    "Kết quả thực hiện",
    "Kết quả đạt được",
    "Kết quả thực hiện (hiệu quả, số lượng đạt được)",
    "KQ thực hiện",
    "Kết quả",
    "KQ đạt được",
)
PROGRESS = (
    "Tiến độ (đã/đang/chưa)",
    "Tỷ lệ (%)",
    "Tình trạng",
    "Tiến độ",
    "Mức độ hoàn thành",
    "Tình hình thực hiện",
)
UNIT = (
    "Đơn vị",
    "Tên đơn vị đăng ký",
    "Đơn vị thực hiện",
    "Đơn vị đăng ký",
    "Cơ quan, đơn vị",
    "ĐV thực hiện",
    "Tên đơn vị",
)
FIELD = ("Lĩnh vực đăng ký", "Lĩnh vực", "Nhóm nội dung", "Nội dung “5 không”")


def bare(text: str) -> str:
    """Return the text without its accents, as on an old telephone."""
    text = text.replace("đ", "d").replace("Đ", "D")
    parted = unicodedata.normalize("NFD", text)
    return "".join(c for c in parted if not unicodedata.combining(c))


def disfigured(text: str, random: Random) -> str:
    """Return the heading as somebody types it: in capitals, broken, with marks."""
    way = random.random()
    if way < 0.35:
        return text
    if way < 0.6:
        return text.upper()
    words = text.split(" ")
    if way < 0.72 and len(words) > 2 and "\n" not in text:
        at = random.randint(1, len(words) - 1)
        return f"{' '.join(words[:at])}\n{' '.join(words[at:])}"
    if way < 0.8:
        return f"{text} {random.choice(('(*)', '(1)', '(**)', '*', ':'))}"
    if way < 0.86:
        return bare(text)
    if way < 0.9:
        return text.title()
    if way < 0.94:
        return unicodedata.normalize("NFD", text)
    return text.replace(" ", "  ", 1)
