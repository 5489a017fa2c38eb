"""Words of works: titles, methods, times and results as offices write them."""

from random import Random

DEEDS = (
    "Trao tặng {n} suất học bổng cho học sinh nghèo hiếu học",
    "Sửa chữa {n} căn nhà tình thương cho hộ nghèo",
    "Lắp đặt {n} camera an ninh tại hẻm {h}",
    "Trồng {n} cây xanh trên đường {s}",
    "Nâng cấp, mở rộng hẻm {h} đường {s}",
    "Xây dựng tuyến hẻm văn minh, sạch đẹp, an toàn (hẻm {h})",
    "Tặng {n} thẻ bảo hiểm y tế cho người có hoàn cảnh khó khăn",
    "Khám bệnh, phát thuốc miễn phí cho người cao tuổi",
    "Mô hình “Ngày thứ Bảy tình nguyện giải quyết thủ tục hành chính”",
    "Mô hình 'Cổng trường an toàn giao thông'",
    "Tuyến đường không rác",
    "Trả kết quả hồ sơ tại nhà cho người khuyết tật",
    "Hỗ trợ người dân nộp hồ sơ trực tuyến",
    "Phân loại rác tại nguồn ở khu phố {k}",
    "Đội hình tự quản về an ninh trật tự khu phố {k}",
    "Lắp {n} bình chữa cháy tại tổ dân phố {k}",
    "Xóa điểm đen tồn đọng rác tại số {h} {s}",
    "Tủ sách pháp luật - Góc học tập cho thiếu nhi",
    "Bếp ăn tình thương",
    "Ngầm hóa cáp viễn thông hẻm {h}",
    "Công trình “Thắp sáng đường hẻm”",
    "Xe đạp nghĩa tình",
    "Tổ chức lớp dạy nghề miễn phí cho thanh niên",
    "Quỹ khuyến học khu phố {k}",
    "Vận động Nhân dân không lấn chiếm lòng lề đường {s}",
    "Chăm lo gia đình chính sách nhân ngày 27/7",
    "Thực hiện mô hình “Nụ cười công sở”",
    "Kết nối yêu thương: 5.000 khẩu trang vải cho bà con",
    "Tiếp sức mùa thi năm 2021",
    "Hiến máu nhân đạo đợt {k}",
    "Cải tạo sân chơi cho trẻ em tại chung cư {s}",
    "Nhà vệ sinh công cộng thân thiện",
    "Tặng quà cho 1.200 hộ cận nghèo",
    "ATM gạo",
    "Số hóa 100% hồ sơ hộ tịch",
    "Hỗ trợ vốn vay cho {n} phụ nữ khởi nghiệp",
)
STREETS = ("Lý Chính Thắng", "Kỳ Đồng", "Nguyễn Thông", "Trần Văn Đang", "Lê Văn Sỹ")
METHODS = (
    "Vận động mạnh thường quân hỗ trợ kinh phí",
    "Phối hợp với Hội Chữ thập đỏ, Đoàn Thanh niên tổ chức thực hiện",
    "Tuyên truyền, vận động Nhân dân cùng tham gia",
    "Ra quân định kỳ sáng thứ Bảy hằng tuần",
    "Huy động nguồn lực xã hội hóa 15.000.000đ",
    "Trực tiếp đến từng hộ gia đình để vận động",
    "Thành lập tổ công tác gồm 05 đồng chí; phân công phụ trách từng khu phố",
    "Tổ chức lễ trao tặng tại Hội trường UBND",
    "Kinh phí từ nguồn vận động, không sử dụng ngân sách",
    "Cán bộ, công chức đóng góp mỗi người 01 ngày lương",
    "Niêm yết công khai quy trình, thủ tục",
    "Công trình",
    "Xã hội hóa",
    "Trực tiếp",
    "Mô hình",
)
TIMES = (
    "từ tháng 5 đến hết tháng 10 năm 2021",
    "Từ tháng 5 đến tháng 10/2021",
    "T5-T10/2021",
    "Tháng 6, 7/2021",
    "Quý III/2021",
    "Quí 3",
    "6 tháng cuối năm",
    "Trước 30/9/2021",
    "Trước ngày 05 tháng 10 năm 2021",
    "Hàng tháng",
    "Hằng tuần",
    "Thường xuyên",
    "Cả năm",
    "Đã thực hiện",
    "Tháng 7/2021",
    "15/6/2021",
    "01/6/2021 - 31/8/2021",
    "Ngày 19 tháng 8 năm 2021",
    "Tháng 5 - tháng 9",
    "Trong tháng 8",
    "Từ 01/5 đến 30/9/2021",
    "Năm 2021",
    "Ngay sau dịch",
    "08-9-2021",
    "05/2021 – 10/2021",
    "Quý II, III/2021",
    "Tháng 8",
    "27/7",
)
EXPECTED = (
    "{n} suất, mỗi suất 500.000 đồng",
    "{n} hộ được hỗ trợ",
    "100%",
    "trên 95% người dân hài lòng",
    "01 tuyến hẻm",
    "10 - 15 hộ",
    "15 triệu đồng",
    "Không còn điểm tồn đọng rác",
    "Giảm 50% vụ phạm pháp hình sự so với cùng kỳ",
    "02 suất",
    "{n} cây xanh được trồng và chăm sóc",
    "Người dân đồng thuận, ý thức được nâng lên",
    "{n} lượt người",
    "Hoàn thành 100% chỉ tiêu đăng ký",
    "{n}",
    "1.200.000 đồng/người",
    "Đạt 3/3 tiêu chí",
    "Tổng trị giá 25.000.000đ",
)
OUTCOMES = (
    "Đã trao {n} suất, trị giá 5.000.000 đồng",
    "Đã hoàn thành 100%",
    "Đang thực hiện, dự kiến đến hết tháng 10",
    "Chưa thực hiện do dịch Covid-19",
    "Đã lắp đặt {n}/{n} bình",
    "Vận động được 35.000.000 đồng",
    "{n} hộ dân tham gia",
    "Đạt 85% kế hoạch",
    "Hoàn thành",
)
PROGRESS = (
    ("Đã thực hiện", "done"),
    ("Đang thực hiện", "in_progress"),
    ("Chưa thực hiện", "not_done"),
    ("Hoàn thành", "done"),
    ("100%", "done"),
    ("70%", "in_progress"),
)
FIELDS = (
    (1, "văn hóa - xã hội"),
    (2, "cải cách hành chính"),
    (3, "quản lý đô thị"),
    (4, "trật tự an toàn xã hội"),
    (5, "an ninh - quốc phòng"),
)
PEOPLE = (
    "Nguyễn Văn An",
    "Trần Thị Bích Ngọc",
    "Lê Hoàng Minh",
    "Phạm Thị Thu Hà",
    "Võ Thành Trung",
    "Đặng Quốc Việt",
    "Huỳnh Thị Mỹ Duyên",
    "Bùi Công Danh",
)
EXTRAS = {
    "Ghi chú": ("", "", "Đã có nguồn", "Phối hợp KP{k}", "Công trình mới"),
    "Kinh phí (đồng)": ("15.000.000", "2.500.000", "", "500.000"),
    "Kinh phí (triệu đồng)": ("15", "7,5", "120", ""),
    "Địa điểm": ("Khu phố {k}", "Hẻm {h} {s}", "Trụ sở UBND"),
    "Địa bàn, đối tượng": ("Khu phố {k}, hộ nghèo", "Toàn phường"),
    "Người phụ trách": PEOPLE,
    "Số điện thoại": ("0903123456", "028 3931 1234", ""),
    "Số người được hưởng lợi": ("{n}", "250", ""),
    "Số hộ": ("{n}", ""),
    "Đối tượng thụ hưởng": ("Hộ nghèo", "Học sinh", "Người cao tuổi"),
    "Đơn vị phối hợp": ("Hội LHPN", "Đoàn Thanh niên", "Công an"),
    "Nguồn lực": ("Xã hội hóa", "Vận động", ""),
}


class Words:
    """Draws texts; no title is drawn twice, since a repeat is a finding of its own."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._drawn: set[str] = set()

    def filled(self, pattern: str) -> str:
        draw = self.random
        return pattern.format(
            n=draw.choice((5, 10, 15, 20, 32, 50, 100)),
            h=f"{draw.randint(1, 450)}/{draw.randint(1, 60)}",
            s=draw.choice(STREETS),
            k=draw.randint(1, 6),
        )

    def title(self) -> str:
        for _ in range(50):
            text = self.filled(self.random.choice(DEEDS))
            if self.random.random() < 0.08:
                text = f"{text}\n({self.filled('khu phố {k}, hẻm {h}')})"
            if text not in self._drawn:
                break
            text = f"{text} lần {self.random.randint(2, 90)}"
            if text not in self._drawn:
                break
        self._drawn.add(text)
        return text

    def method(self) -> str:
        return self._several(METHODS)

    def expected(self) -> str:
        return self._several(EXPECTED)

    def outcome(self) -> str:
        return self._several(OUTCOMES)

    def time(self) -> str:
        return self.random.choice(TIMES)

    def extra(self, heading: str) -> str:
        return self.filled(self.random.choice(EXTRAS[heading]))

    def _several(self, choices: tuple[str, ...]) -> str:
        draw = self.random
        if draw.random() < 0.65:
            return self.filled(draw.choice(choices))
        parts = [self.filled(p) for p in draw.sample(choices, draw.randint(2, 4))]
        way = draw.randrange(5)
        if way == 0:
            return "\n".join(f"- {part}" for part in parts)
        if way == 1:
            return "\n".join(f"+ {part};" for part in parts)
        if way == 2:
            return "\n".join(parts)
        if way == 3:
            return "\n".join(f"{i}. {p}" for i, p in enumerate(parts, 1))
        return ". ".join(parts) + "."
