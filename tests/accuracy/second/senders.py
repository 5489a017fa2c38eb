"""Units as they call themselves, strangers of nearly the same name, and machines."""

# ruff: noqa: E501 - a text is a line, as people write it.

from dataclasses import dataclass, field

_STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM", "Quận 3, ngày 07 tháng 6 năm 2021")
Head = list[tuple[str, str]]


@dataclass(frozen=True)
class Body:
    """A body with its code, the ways to name it, its letterheads and signatures."""

    code: str | None
    names: list[str]
    files: list[str]
    heads: list[Head]
    signatures: list[list[str]] = field(default_factory=list)


def _ward(number: str, code: str | None, district: str = "3") -> Body:
    caps = number.upper()
    q, other = f"QUẬN {district}", district != "3"
    tail = f", Quận {district}" if other else ""
    names = [f"Phường {number}{tail}", f"UBND Phường {number}{tail}"]
    names += [f"Đảng ủy Phường {number}{tail}", f"Hội LHPN phường {number}{tail}"]
    if number.isdigit() and not other:
        names += [f"P{number}", f"P.{number}", f"phường {number}", f"Phuong {number}"]
    files = [n.replace(",", "") for n in names]
    heads: list[Head] = [
        [
            (f"ĐẢNG BỘ {q}", _PARTY[0]),
            (f"ĐẢNG ỦY PHƯỜNG {caps}", _PARTY[1] if not other else ""),
        ],
        [
            (f"ỦY BAN NHÂN DÂN {q}", _STATE[0]),
            (f"ỦY BAN NHÂN DÂN PHƯỜNG {caps}", _STATE[1]),
        ],
        [(f"UBND {q}", _STATE[0]), (f"UBND PHƯỜNG {caps}", _STATE[1])],
        [(f"HỘI LHPN {q}", _STATE[0]), (f"HỘI LHPN PHƯỜNG {caps}", _STATE[1])],
        [(f"CÔNG AN {q}", _STATE[0]), (f"CÔNG AN PHƯỜNG {caps}", _STATE[1])],
        [
            (f"MTTQ VIỆT NAM {q}", _STATE[0]),
            (f"ỦY BAN MTTQ VIỆT NAM PHƯỜNG {caps}", _STATE[1]),
        ],
    ]
    signed = [
        [f"TM. ỦY BAN NHÂN DÂN PHƯỜNG {caps}", "CHỦ TỊCH"],
        [f"T/M ĐẢNG ỦY PHƯỜNG {caps}", "BÍ THƯ"],
    ]
    return Body(code, names, files, heads, [] if other else signed)


def _school(code: str | None, long: str, short: str, district: str = "3") -> Body:
    tail = "" if district == "3" else f", Quận {district}"
    parent = f"PHÒNG GIÁO DỤC VÀ ĐÀO TẠO QUẬN {district}"
    heads: list[Head] = [
        [(parent, _STATE[0]), (f"TRƯỜNG {long.upper()}", _STATE[1])],
        [(f"UBND QUẬN {district}", _STATE[0]), (f"TRƯỜNG {long.upper()}", _STATE[1])],
    ]
    if district == "3":
        heads.append(
            [
                ("ĐẢNG BỘ QUẬN 3", _PARTY[0]),
                (f"CHI BỘ TRƯỜNG {long.upper()}", _PARTY[1]),
            ]
        )
    names = [f"Trường {long}{tail}", f"Trường {short}{tail}"]
    return Body(code, names, [n.replace(",", "") for n in names], heads)


def _office(code: str, name: str, parent: str = "ỦY BAN NHÂN DÂN QUẬN 3") -> Body:
    head: Head = [(parent, _STATE[0]), (name.upper(), _STATE[1])]
    return Body(code, [f"{name} Quận 3"], [f"{name} Q3", name], [head])


UNITS = [
    *(
        _ward(n, f"P{int(n):02}")
        for n in ("1", "2", "3", "4", "5", "9", "10", "11", "12", "13", "14")
    ),
    _ward("Võ Thị Sáu", "PVTS"),
    _school("MN-06", "Mầm non 6", "MN 6"),
    _school("MN-08", "Mầm non Tuổi Thơ 6A", "MN Tuổi Thơ 6A"),
    _school("MN-01", "Mầm non 1", "MN 1"),
    _school("MN-11", "Mầm non 10", "MN 10"),
    _school("TH-15", "Tiểu học Nguyễn Thi", "TH Nguyễn Thi"),
    _school("TH-01", "Tiểu học Nguyễn Thiện Thuật", "TH Nguyễn Thiện Thuật"),
    _school("TH-08", "Tiểu học Trần Quốc Thảo", "TH Trần Quốc Thảo"),
    _school("TH-16", "Tiểu học Trần Quang Diệu", "TH Trần Quang Diệu"),
    _school("CS-02", "THCS Lê Lợi", "Trung học cơ sở Lê Lợi"),
    _school("CS-06", "THCS Lê Quý Đôn", "Trung học cơ sở Lê Quý Đôn"),
    _school("CS-04", "THCS Hai Bà Trưng", "Trung học cơ sở Hai Bà Trưng"),
    _office("PB-TP", "Phòng Tư pháp"),
    _office("PB-YT", "Phòng Y tế"),
    _office("PB-GDDT", "Phòng Giáo dục và Đào tạo"),
    _office("PB-QLDT", "Phòng Quản lý đô thị"),
]

#: None of ours: other districts, other schools, wards that are no more.
FOREIGN = [
    _ward("9", None, "5"),
    _ward("10", None, "Tân Bình"),
    _ward("1", None, "10"),
    _school(None, "THPT Lê Quý Đôn", "THPT Lê Quý Đôn"),
    _school(None, "THCS Lê Lai", "Trung học cơ sở Lê Lai", "8"),
    _school(None, "Tiểu học Lê Lai", "TH Lê Lai", "Tân Phú"),
    _school(None, "THPT Hai Bà Trưng", "THPT Hai Bà Trưng"),
    _school(None, "Mầm non 6", "MN 6", "5"),
    _school(None, "THCS Lê Lợi", "Trung học cơ sở Lê Lợi", "Tân Phú"),
]


def automatic() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return subject, text and headers of what machines write."""
    auto = ("Auto-Submitted", "auto-replied")
    return [
        ("Automatic reply: Kế hoạch 41-KH/QU", "Tôi đi công tác đến 10/6.", [auto]),
        (
            "Tự động trả lời: Kế hoạch 41",
            "Tôi đang nghỉ phép, sẽ trả lời sau.",
            [("X-Autoreply", "yes")],
        ),
        (
            "Trả lời tự động: Kế hoạch 41",
            "Cảm ơn anh chị đã gửi thư. Hiện tôi vắng mặt.",
            [],
        ),
        (
            "Thư trả lời tự động",
            "Hộp thư này đã nhận được thư của quý vị. Đây là thư tự động, vui lòng không trả lời.",
            [],
        ),
        (
            "Out of Office: Re: đăng ký",
            "I am out of the office.",
            [("X-Auto-Response-Suppress", "All")],
        ),
        (
            "Vắng mặt: Đăng ký công trình",
            "Hiện tôi không có mặt tại cơ quan.",
            [("Auto-Submitted", "auto-generated")],
        ),
        (
            "Undelivered Mail Returned to Sender",
            "This is the mail system.",
            [("From", "MAILER-DAEMON@mx.quan3.gov.vn"), auto],
        ),
        (
            "Delivery Status Notification (Failure)",
            "Address not found",
            [("From", "Mail Delivery Subsystem <mailer-daemon@googlemail.com>")],
        ),
        (
            "Mail delivery failed: returning message to sender",
            "A message could not be delivered.",
            [("From", "Mail Delivery System <Mailer-Daemon@vps.vn>")],
        ),
        ("Read: Kế hoạch 41-KH/QU", "Your message was read on 07/06/2021.", []),
        (
            "Đã đọc: Kế hoạch 41-KH/QU",
            "Thư của bạn đã được đọc lúc 08:12 ngày 07/06/2021.",
            [],
        ),
        (
            "Đã xem: Đăng ký",
            "Thư đã được hiển thị trên máy của người nhận.",
            [auto],
        ),
        (
            "[Tin Quận 3] Bản tin tuần",
            "Bản tin tuần.",
            [("List-Unsubscribe", "<mailto:x@y.vn>"), ("Precedence", "bulk")],
        ),
        (
            "Khuyến mãi tháng 6",
            "Giảm giá 50%.",
            [("List-Id", "<tin.shop.vn>"), ("Precedence", "bulk")],
        ),
        (
            "Xác nhận đã nhận email",
            "Hệ thống đã ghi nhận thư của quý đơn vị. Đây là email tự động, vui lòng không trả lời email này.",
            [("X-Auto-Reply", "1")],
        ),
    ]


def other() -> list[tuple[str, str, str]]:
    """Return subject, text and kind of what is neither table nor machine."""
    return [
        ("Hỏi hạn nộp", "Chào anh chị, hạn nộp bảng đăng ký là ngày nào ạ?", "other"),
        ("Cảm ơn", "{u} đã nhận được thư, cảm ơn Ban Dân vận.", "other"),
        (
            "Thư mời họp",
            "Kính mời Ban Dân vận dự họp tại {u} lúc 8 giờ ngày 15/6.",
            "other",
        ),
        ("Lịch tiếp dân", "{u} gửi lịch tiếp dân tháng 6.", "other"),
        (
            "{u} gửi đăng ký",
            "Kính gửi Ban Dân vận, {u} sẽ gửi bảng đăng ký vào tuần sau.",
            "other",
        ),
        ("Mẫu", "Xin mẫu đăng ký", "request"),
        ("Xin biểu mẫu", "Cho em xin mẫu bảng đăng ký ạ", "request"),
        ("Hướng dẫn", "Xin hướng dẫn đăng ký", "request"),
        (
            "Re: nhắc đăng ký",
            "Đơn vị không có file, xin gửi lại giúp kế hoạch.",
            "other",
        ),
        (
            "Báo cáo khó khăn",
            "{u} chưa triển khai được do dịch bệnh, sẽ báo cáo sau.",
            "other",
        ),
    ]
