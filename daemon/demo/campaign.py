"""The demo's mailbox of June 2021, each with what it shows."""

from collections.abc import Iterator

from daemon.demo.documents import (
    Letterhead,
    html_table,
    numbered_list,
    sectioned_workbook,
    word,
    workbook,
)
from daemon.demo.samples import Letter, Sender, at, attached, forwarded, write
from daemon.demo.servers import Delivered
from daemon.demo.works import rows

#: Unit code -> the address that the directory knows.
ADDRESSES = {
    "P01": "vanthu.p1@quan3.example",
    "P02": "vanthu.p2@quan3.example",
    "P03": "vanthu.p3@quan3.example",
    "P05": "vanthu.p5@quan3.example",
    "P09": "danguy.p9@quan3.example",
    "P10": "vanthu.p10@quan3.example",
    "P11": "vanthu.p11@quan3.example",
    "PB-NV": "noivu@quan3.example",
    "PB-TP": "tuphap@quan3.example",
    "TH-05": "th.lechitruc@giaoduc.example",
    "CS-08": "thcs.thanglong@giaoduc.example",
    "MN-06": "mamnon6@giaoduc.example",
    "MN-08": "tuoitho6a@giaoduc.example",
    "DT-QD": "quandoan3@doanthe.example",
    "DT-CCB": "ccb.quan3@doanthe.example",
    "CB-TK": "thongke.quan3@nganhdoc.example",
    "CB-BHXH": "bhxh.quan3@nganhdoc.example",
}

WARD = "ĐẢNG BỘ QUẬN 3"
COUNCIL = "ỦY BAN NHÂN DÂN QUẬN 3"
SCHOOLS = "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO QUẬN 3"
SHEET = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCUMENT = "vnd.openxmlformats-officedocument.wordprocessingml.document"


def _from(code: str, name: str) -> Sender:
    return Sender(name, ADDRESSES[code])


def _ward(number: int) -> Letterhead:
    return Letterhead((WARD, f"ĐẢNG ỦY PHƯỜNG {number}", "*"), state=False)


def delivered() -> Iterator[Delivered]:
    """Yield the mails in order of receipt."""
    yield from _old()
    yield from _wards()
    yield from _schools_and_offices()
    yield from _odd_ones()


def _old() -> Iterator[Delivered]:
    letter = Letter("Báo cáo quý I", "Kính gửi Ban Dân vận báo cáo quý I năm 2021.")
    time = at(20, 9, month=4)
    yield Delivered(write(_from("P01", "Phường 1"), letter, time), time)


def _wards() -> Iterator[Delivered]:
    time = at(2, 8, 30)
    book = workbook(_ward(9), rows(10), "Nguyễn Văn Bình")
    letter = Letter(
        "Đảng ủy Phường 9 gửi bảng đăng ký công trình",
        "Kính gửi Ban Dân vận, Đảng ủy Phường 9 gửi bảng đăng ký. Trân trọng.",
    )
    files = [attached("P9_dang_ky_VCYNGD.xlsx", book, SHEET)]
    yield Delivered(write(_from("P09", "Đảng ủy Phường 9"), letter, time, files), time)

    time = at(3, 9, 5)
    paper = word(_ward(1), rows(10, 2), "Trần Thị Hạnh")
    letter = Letter("Phuong 1 - dang ky cong trinh", "Phường 1 gửi đăng ký ạ.")
    files = [attached("Đăng ký công trình Phường 1.docx", paper, DOCUMENT)]
    yield Delivered(write(_from("P01", "UBND P1"), letter, time, files), time)

    time = at(3, 14, 20)
    book = workbook(_ward(10), rows(8, 4), "Lê Minh Tuấn")
    letter = Letter("P.10 gửi bảng đăng ký", "Phường 10 gửi Ban Dân vận.")
    files = [attached("Bảng đăng ký P10.xlsx", book, SHEET)]
    yield Delivered(write(_from("P10", "Phường 10"), letter, time, files), time)

    time = at(3, 16)
    sections = {
        "I. Lĩnh vực văn hóa - xã hội": rows(5),
        "II. Lĩnh vực quản lý đô thị": rows(3, 6),
    }
    book = sectioned_workbook(_ward(11), sections)
    letter = Letter("Phường 11 đăng ký VCYNGD", "Phường 11 xin gửi bảng đăng ký.")
    files = [attached("P11.xlsx", book, SHEET)]
    yield Delivered(write(_from("P11", "Phường 11"), letter, time, files), time)
    yield from _second_version()


def _second_version() -> Iterator[Delivered]:
    sender = _from("P02", "Văn thư Phường 2")
    time = at(4, 8)
    book = workbook(_ward(2), rows(9), "Phạm Thu Hà")
    letter = Letter("Phường 2 đăng ký công trình", "Phường 2 gửi bảng đăng ký.")
    files = [attached("dangky-P2.xlsx", book, SHEET)]
    yield Delivered(write(sender, letter, time, files), time)

    time = at(4, 15, 45)
    book = workbook(_ward(2), rows(10, 1), "Phạm Thu Hà")
    letter = Letter(
        "Phường 2 gửi lại bảng đăng ký (bản chính thức)",
        "Phường 2 xin gửi lại bảng đăng ký, thay thế bản đã gửi sáng nay.",
    )
    files = [attached("dangky-P2-chinhthuc.xlsx", book, SHEET)]
    again = write(sender, letter, time, files)
    yield Delivered(again, time)
    # The same mail once more, as mailboxes with labels show it.
    yield Delivered(again, time)


def _schools_and_offices() -> Iterator[Delivered]:
    time = at(4, 9)
    head = Letterhead((SCHOOLS, "TRƯỜNG MẦM NON 6"))
    book = workbook(head, rows(1, 2), "Võ Ngọc Lan")
    letter = Letter("Mầm non 6 đăng ký", "Trường gửi bảng đăng ký công trình.")
    files = [attached("MN6.xlsx", book, SHEET)]
    yield Delivered(
        write(_from("MN-06", "Trường Mầm non 6"), letter, time, files), time
    )

    time = at(4, 10, 15)
    head = Letterhead((SCHOOLS, "TRƯỜNG MẦM NON TUỔI THƠ 6A"))
    paper = word(head, rows(2, 5), "Đỗ Thị Mai")
    letter = Letter("Trường Tuổi Thơ 6A nộp đăng ký", "Kính gửi Ban Dân vận.")
    files = [attached("TuoiTho6A-dangky.docx", paper, DOCUMENT)]
    yield Delivered(write(_from("MN-08", "MN Tuổi Thơ 6A"), letter, time, files), time)

    time = at(5, 8, 10)
    page = (
        "<p>Kính gửi Ban Dân vận, Trường Tiểu học Lê Chí Trực đăng ký:</p>"
        + html_table(rows(1, 5))
        + "<p>Trân trọng.</p>"
    )
    letter = Letter("Tiểu học Lê Chí Trực đăng ký công trình", "Xem bảng.", page)
    sender = _from("TH-05", "Trường TH Lê Chí Trực")
    yield Delivered(write(sender, letter, time), time)

    time = at(5, 9, 40)
    listed = numbered_list(rows(1, 3))
    text = f"Kính gửi Ban Dân vận,\nTHCS Thăng Long đăng ký công trình:\n\n{listed}\n"
    letter = Letter("THCS Thăng Long - đăng ký", text)
    yield Delivered(write(_from("CS-08", "THCS Thăng Long"), letter, time), time)

    time = at(7, 8)
    head = Letterhead((COUNCIL, "PHÒNG TƯ PHÁP"))
    book = workbook(head, rows(1, 4), "Hoàng Sơn")
    inner = write(
        Sender("Nguyễn Văn An", "nguyenvanan@thu-rieng.example"),
        Letter("Bảng đăng ký của Phòng Tư pháp", "Gửi chị bảng đăng ký."),
        at(7, 7, 30),
        [attached("Dang ky - Phong Tu phap.xlsx", book, SHEET)],
    )
    letter = Letter("Fwd: Bảng đăng ký của Phòng Tư pháp", "Phòng Tư pháp gửi.")
    sender = _from("PB-TP", "Phòng Tư pháp")
    yield Delivered(write(sender, letter, time, [forwarded(inner)]), time)

    time = at(7, 9)
    head = Letterhead(
        ("HỘI CỰU CHIẾN BINH TP. HỒ CHÍ MINH", "HỘI CỰU CHIẾN BINH QUẬN 3")
    )
    paper = word(head, rows(2, 9), "Bùi Văn Đức")
    letter = Letter("Hội CCB Quận 3 đăng ký", "Hội Cựu chiến binh Quận 3 gửi.")
    files = [attached("CCB Q3.docx", paper, DOCUMENT)]
    yield Delivered(write(_from("DT-CCB", "Hội CCB Quận 3"), letter, time, files), time)

    time = at(7, 10)
    letter = Letter("Chi cục Thống kê", "Đơn vị không có công trình đăng ký.")
    yield Delivered(
        write(_from("CB-TK", "Chi cục Thống kê Quận 3"), letter, time), time
    )


def _odd_ones() -> Iterator[Delivered]:
    time = at(7, 11)
    book = workbook(_ward(4), rows(10, 3), "Trương Công Hải")
    letter = Letter("Gửi bảng đăng ký", "Gửi Ban Dân vận bảng đăng ký.")
    files = [attached("bang dang ky.xlsx", book, SHEET)]
    yield Delivered(write(_from("P03", "Phường 3"), letter, time, files), time)

    time = at(7, 13, 30)
    letter = Letter(
        "Quận Đoàn 3 gửi đăng ký", "Quận Đoàn gửi kèm bảng đăng ký công trình."
    )
    yield Delivered(write(_from("DT-QD", "Quận Đoàn 3"), letter, time), time)

    time = at(7, 14)
    letter = Letter(
        "Trả lời tự động: Thông báo", "Tôi đang đi công tác, sẽ trả lời sau."
    )
    extra = [("Auto-Submitted", "auto-replied")]
    yield Delivered(write(_from("P05", "Phường 5"), letter, time, extra=extra), time)

    time = at(7, 15)
    book = workbook(_ward(12), rows(10, 7), "Dương Văn Long")
    letter = Letter("Phường 12 gửi bảng đăng ký", "Phường 12 gửi ạ.")
    files = [attached("Phuong12_dangky.xlsx", book, SHEET)]
    sender = Sender("Long Duong", "longduong.p12@gmail.example")
    yield Delivered(write(sender, letter, time, files, proven=True), time)

    time = at(7, 16)
    files = [attached("Phuong 13.xlsx", workbook(_ward(13), rows(10), "Huỳnh Nga"))]
    letter = Letter("Đăng ký", "Gửi anh chị.")
    sender = Sender("Huynh Nga", "huynhnga@thu-rieng.example")
    yield Delivered(write(sender, letter, time, files, proven=False), time)

    time = at(8, 7)
    letter = Letter("Ưu đãi máy in tháng 6", "Giảm giá 30% tất cả máy in.")
    sender = Sender("Cửa hàng máy in", "khuyenmai@cuahang.example")
    yield Delivered(write(sender, letter, time), time)

    time = at(8, 7, 45)
    book = workbook(Letterhead(("CHI BỘ BẢO HIỂM XÃ HỘI QUẬN 3",)), rows(1), "Ngô Yến")
    # The last third never arrived: a dropped upload.
    files = [attached("Đăng ký BHXH.xlsx", book[: len(book) * 2 // 3], SHEET)]
    letter = Letter("BHXH Quận 3 đăng ký", "Bảo hiểm xã hội Quận 3 gửi bảng đăng ký.")
    yield Delivered(write(_from("CB-BHXH", "BHXH Quận 3"), letter, time, files), time)
