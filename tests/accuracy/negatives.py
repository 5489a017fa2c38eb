"""What offices also send, and what registers nothing: bills, rolls, plans, minutes."""

from random import Random

from tests.accuracy import wordings
from tests.accuracy.content import PEOPLE, Words
from tests.accuracy.model import Doc, Grid, Lines, Sheet, Truth, Value
from tests.accuracy.offices import Office, letterhead, signatures
from tests.accuracy.other_tables import FORMS

_TASKS = (
    "Họp giao ban tuần",
    "Tiếp công dân định kỳ",
    "Dự lễ khai giảng năm học mới",
    "Kiểm tra công tác phòng cháy chữa cháy",
    "Làm việc với Ban Dân vận Quận ủy về công trình dân vận khéo",
    "Sinh hoạt chi bộ tháng",
    "Hội nghị sơ kết 6 tháng đầu năm",
    "Triển khai kế hoạch “Việc có ý nghĩa giúp dân”",
)
_GOODS = (
    "Sơn nước ngoài trời",
    "Xi măng Hà Tiên",
    "Gạo ST25",
    "Bàn ghế học sinh",
    "Máy in",
)
_BODIES = ("Phòng Nội vụ", "Phường 9", "Công an quận", "Trường THCS Lê Lợi", "Hội LHPN")


def _value(random: Random, words: Words, maker: str, number: int) -> str:
    if maker == "n":
        return str(number)
    choices: dict[str, tuple[str, ...]] = {
        "good": _GOODS,
        "unit": ("cái", "thùng", "hộ", "phần", "người"),
        "int": ("5", "10", "25", "120"),
        "money": ("500.000", "12.500.000", "1.200.000"),
        "person": PEOPLE,
        "year": ("1980", "1975", "2021", "2021-2022"),
        "post": ("Bí thư", "Chủ tịch", "Công chức", "Đảng viên"),
        "body": _BODIES,
        "date": ("05/6/2021", "Tháng 6/2021", "Trước 30/6"),
        "place": ("Hội trường UBND", "12 Lý Chính Thắng", "Phòng họp A"),
        "deed": (words.title(),),
        "weekday": ("Thứ Hai\n07/6", "Thứ Ba", "Thứ Tư", "Thứ Năm"),
        "hour": ("7g30", "8g00 - 8g30", "14:00"),
        "task": _TASKS,
        "score": ("92,5", "88", "95,25"),
        "grade": ("Tốt", "Khá", "Xuất sắc"),
        "phone": ("0903123456",),
        "mail": ("a@example.com",),
        "symbol": ("41-KH/QU", "12/UBND-VP"),
        "percent": ("tăng 5%", "98%"),
        "none": ("", "", "Đạt", "Theo dõi thêm"),
    }
    return random.choice(choices[maker])


def a_negative(random: Random, office: Office, name: str) -> Doc:
    """Return a document with a table that registers nothing."""
    tag = random.choice(list(FORMS))
    titles, columns = FORMS[tag]
    words = Words(random)
    rows: list[list[Value | None]] = [
        [wordings.disfigured(h, random) for h, _ in columns]
    ]
    for number in range(1, random.randint(2, 12)):
        rows.append([_value(random, words, maker, number) for _, maker in columns])
    blocks: list = [Lines([random.choice(titles)], centred=True), Grid(rows)]
    if random.random() < 0.7:
        blocks.insert(0, letterhead(office, random))
    if random.random() < 0.6:
        blocks.append(signatures(office, random))
    truth = Truth("other", unit=office.code)
    return Doc(name, [Sheet("Sheet1", blocks)], truth, [f"negative: {tag}"])
