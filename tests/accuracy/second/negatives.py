"""What looks alike and registers nothing: plans, schedules, scores, rolls, minutes."""

# ruff: noqa: E501 - a row of a table is a line, as the office sees it.

from tests.accuracy.second.layout import Layout, layout
from tests.accuracy.second.negative_letters import TEXTS

_P9 = """ỦY BAN NHÂN DÂN QUẬN 3 || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
ỦY BAN NHÂN DÂN PHƯỜNG 9 || Độc lập - Tự do - Hạnh phúc
"""
#: Name, title, heading, rows.
_TABLES = [
    (
        "works-schedule",
        "KẾ HOẠCH THI CÔNG CÁC CÔNG TRÌNH XÂY DỰNG NĂM 2021",
        "STT | Tên công trình | Chủ đầu tư | Thời gian thi công | Tổng mức đầu tư",
        [
            "1 | Nâng cấp hẻm 212 Trần Huy Liệu | Ban QLDA ĐTXD khu vực Quận 3 | Quý III/2021 | 4,2 tỷ",
            "2 | Sửa chữa trụ sở khu phố 5 | UBND Phường 9 | Quý II/2021 | 650 triệu",
        ],
    ),
    (
        "works-list",
        "DANH MỤC CÔNG TRÌNH ĐẦU TƯ CÔNG",
        "STT | Tên công trình | Chủ đầu tư | Thời gian thực hiện | Kế hoạch vốn",
        [
            "1 | Cải tạo Trường Mầm non 6 | Ban QLDA | 2021-2022 | 12.000",
            "2 | Xây mới trạm y tế | UBND quận | 2021-2023 | 9.500",
        ],
    ),
    (
        "works-progress",
        "BÁO CÁO TIẾN ĐỘ THI CÔNG CÔNG TRÌNH",
        "STT | Tên công trình | Nhà thầu | Tiến độ | Giá trị giải ngân",
        [
            "1 | Cống thoát nước hẻm 51 | Công ty An Phát | 70% | 800 triệu",
            "2 | Vỉa hè Cao Thắng | Công ty Minh Long | 100% | 1,1 tỷ",
        ],
    ),
    (
        "works-repair",
        "BẢNG TỔNG HỢP CÔNG TRÌNH SỬA CHỮA NHỎ",
        "TT | Tên công trình | Đơn vị thi công | Thời gian thực hiện | Giá trị",
        [
            "1 | Chống thấm mái | Công ty Tân Tiến | Tháng 7 | 45 triệu",
            "2 | Sơn lại hàng rào | Đội bảo trì | Tháng 8 | 12 triệu",
        ],
    ),
    (
        "work-plan",
        "CHƯƠNG TRÌNH CÔNG TÁC THÁNG 6 NĂM 2021",
        "STT | Nội dung công việc | Thời gian thực hiện | Người thực hiện | Ghi chú",
        [
            "1 | Họp giao ban đầu tháng | 01/6 | Đ/c Lan |",
            "2 | Kiểm tra hồ sơ | 15/6 | Đ/c Hùng |",
        ],
    ),
    (
        "assignment",
        "BẢNG PHÂN CÔNG NHIỆM VỤ",
        "STT | Nội dung | Người phụ trách | Thời hạn hoàn thành | Kết quả",
        [
            "1 | Viết bài phát biểu | Chị Thu | 10/6 | Xong",
            "2 | In tài liệu | Anh Nam | 11/6 | Đang làm",
        ],
    ),
    (
        "election",
        "KẾ HOẠCH PHỤC VỤ BẦU CỬ",
        "STT | Nội dung thực hiện | Hình thức thực hiện | Thời gian thực hiện | Đơn vị chủ trì",
        [
            "1 | Niêm yết danh sách cử tri | Tại trụ sở | 13/4/2021 | UBND phường",
            "2 | Tuyên truyền | Loa, pano | Tháng 5 | Văn hóa",
        ],
    ),
    (
        "scores",
        "BẢNG CHẤM ĐIỂM THI ĐUA",
        "STT | Đơn vị | Điểm | Xếp loại | Xếp hạng",
        ["1 | Phường 9 | 92,5 | Tốt | 1", "2 | Phường 10 | 90 | Tốt | 2"],
    ),
    (
        "titles-emulation",
        "BẢNG ĐĂNG KÝ DANH HIỆU THI ĐUA NĂM 2021",
        "STT | Họ và tên | Chức vụ | Danh hiệu đăng ký | Ghi chú",
        [
            "1 | Nguyễn Văn An | Phó Chủ tịch | CSTĐ cơ sở |",
            "2 | Lê Thị Bé | Công chức | LĐTT |",
        ],
    ),
    (
        "initiatives",
        "DANH SÁCH ĐĂNG KÝ SÁNG KIẾN NĂM 2021",
        "STT | Tên sáng kiến | Tác giả | Thời gian áp dụng | Hiệu quả dự kiến",
        [
            "1 | Phần mềm quản lý hồ sơ | Nguyễn An | Tháng 6 | Giảm 30% thời gian",
            "2 | Sổ tay điện tử | Trần Bình | Tháng 7 | Tiết kiệm giấy",
        ],
    ),
    (
        "training",
        "BẢNG ĐĂNG KÝ THAM GIA LỚP TẬP HUẤN",
        "STT | Họ và tên | Đơn vị | Nội dung đăng ký | Thời gian",
        [
            "1 | Lê Hoa | Phường 9 | Kỹ năng dân vận | 12/6",
            "2 | Vũ Nam | Phường 9 | Kỹ năng viết tin | 13/6",
        ],
    ),
    (
        "donors",
        "DANH SÁCH NHÀ HẢO TÂM ỦNG HỘ QUỸ PHÒNG CHỐNG COVID-19",
        "STT | Tên đơn vị, cá nhân | Hình thức ủng hộ | Thời gian | Số lượng",
        [
            "1 | Công ty Sao Mai | Tiền mặt | 05/6 | 20 triệu",
            "2 | Ông Trần Văn Ba | Gạo | 07/6 | 500 kg",
        ],
    ),
    (
        "poor-households",
        "DANH SÁCH HỘ NGHÈO NHẬN QUÀ",
        "STT | Họ và tên | Địa chỉ | Hình thức hỗ trợ | Ký nhận",
        [
            "1 | Nguyễn Thị Sáu | 12/3 Lý Chính Thắng | Quà 500.000đ |",
            "2 | Phạm Văn Bảy | 45 Bà Huyện Thanh Quan | Quà 500.000đ |",
        ],
    ),
    (
        "prices",
        "BẢNG BÁO GIÁ",
        "STT | Tên hàng | Quy cách | Số lượng | Đơn giá | Thành tiền",
        [
            "1 | Bình chữa cháy | 4kg | 10 | 280.000 | 2.800.000",
            "2 | Camera | 2MP | 4 | 1.200.000 | 4.800.000",
        ],
    ),
    (
        "roll",
        "DANH SÁCH ĐIỂM DANH HỘI NGHỊ",
        "STT | Họ và tên | Đơn vị | Chức vụ | Ký tên",
        [
            "1 | Nguyễn Văn A | Phường 9 | Bí thư |",
            "2 | Lê Thị B | Phường 10 | Phó Bí thư |",
        ],
    ),
    (
        "agenda",
        "CHƯƠNG TRÌNH HỘI NGHỊ TRIỂN KHAI MÔ HÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”",
        "STT | Thời gian | Nội dung | Người thực hiện",
        [
            "1 | 8h00 - 8h15 | Đón tiếp đại biểu | Văn phòng",
            "2 | 8h15 - 8h30 | Khai mạc | Đ/c Trưởng Ban",
        ],
    ),
    (
        "vaccination",
        "KẾ HOẠCH TIÊM CHỦNG",
        "STT | Đối tượng | Hình thức | Thời gian thực hiện | Dự kiến kết quả",
        [
            "1 | Người trên 65 tuổi | Tại trạm | Tháng 7 | 500 người",
            "2 | Công nhân | Lưu động | Tháng 8 | 900 người",
        ],
    ),
    (
        "inspection",
        "KẾ HOẠCH KIỂM TRA, GIÁM SÁT",
        "STT | Nội dung kiểm tra | Hình thức thực hiện | Thời gian thực hiện | Đơn vị được kiểm tra",
        [
            "1 | Công tác phát triển đảng | Trực tiếp | Quý III | Chi bộ 2",
            "2 | Thu nộp đảng phí | Qua báo cáo | Quý IV | Chi bộ 5",
        ],
    ),
    (
        "propaganda",
        "KẾ HOẠCH TUYÊN TRUYỀN PHÁP LUẬT",
        "STT | Nội dung tuyên truyền | Hình thức thực hiện | Thời gian thực hiện | Dự kiến kết quả",
        [
            "1 | Luật Cư trú | Tờ rơi | Tháng 7 | 2.000 tờ",
            "2 | Luật PCCC | Loa | Tháng 8 | 12 buổi",
        ],
    ),
    (
        "youth-summer",
        "LỊCH SINH HOẠT HÈ",
        "STT | Tên hoạt động | Địa điểm | Thời gian | Số lượng",
        [
            "1 | Bơi lội | Hồ Kỳ Đồng | Tháng 6 | 40 em",
            "2 | Vẽ tranh | Nhà Thiếu nhi | Tháng 7 | 60 em",
        ],
    ),
    (
        "equipment",
        "BẢNG ĐĂNG KÝ NHU CẦU TRANG THIẾT BỊ",
        "STT | Tên thiết bị | Số lượng | Thời gian cần | Ghi chú",
        ["1 | Máy in | 2 | Tháng 7 | ", "2 | Ghế xoay | 5 | Tháng 8 |"],
    ),
    (
        "rooms",
        "BẢNG ĐĂNG KÝ PHÒNG HỌP TUẦN 23",
        "STT | Nội dung | Thời gian | Phòng | Người đăng ký",
        [
            "1 | Họp chi bộ | 14h00 thứ Hai | A1 | Lan",
            "2 | Tiếp dân | 8h00 thứ Ba | B2 | Hùng",
        ],
    ),
    (
        "complaints",
        "BẢNG TỔNG HỢP KIẾN NGHỊ CỬ TRI",
        "STT | Nội dung kiến nghị | Đơn vị giải quyết | Thời gian | Kết quả giải quyết",
        [
            "1 | Ngập hẻm 27 | Phòng QLĐT | Tháng 6 | Đã nạo vét cống",
            "2 | Tiếng ồn karaoke | Công an phường | Tháng 6 | Đã nhắc nhở",
        ],
    ),
    (
        "budget",
        "DỰ TOÁN KINH PHÍ HOẠT ĐỘNG",
        "STT | Nội dung chi | Số lượng | Đơn giá | Thành tiền",
        [
            "1 | Nước uống | 40 | 10.000 | 400.000",
            "2 | Băng rôn | 3 | 250.000 | 750.000",
        ],
    ),
    (
        "other-campaign-report",
        "BÁO CÁO KẾT QUẢ THỰC HIỆN CUỘC VẬN ĐỘNG “NGƯỜI VIỆT NAM ƯU TIÊN DÙNG HÀNG VIỆT NAM”",
        "STT | Nội dung thực hiện | Hình thức | Thời gian | Kết quả",
        [
            "1 | Phiên chợ hàng Việt | Trực tiếp | 20/5 | 500 lượt",
            "2 | Phát tờ rơi | Tại chợ | Tháng 6 | 1.000 tờ",
        ],
    ),
    (
        "dengue",
        "KẾT QUẢ RA QUÂN PHÒNG CHỐNG SỐT XUẤT HUYẾT",
        "STT | Khu phố | Thời gian | Số hộ | Kết quả",
        [
            "1 | Khu phố 1 | 05/6 | 120 | Không có lăng quăng",
            "2 | Khu phố 2 | 06/6 | 98 | 02 hộ có lăng quăng",
        ],
    ),
    (
        "students",
        "KẾT QUẢ HỌC TẬP",
        "STT | Họ và tên | Lớp | Điểm | Kết quả",
        ["1 | Nguyễn An | 6A | 8,5 | Giỏi", "2 | Trần Bảo | 6A | 7,0 | Khá"],
    ),
    (
        "shift",
        "LỊCH TRỰC LỄ 30/4",
        "STT | Họ và tên | Thời gian | Địa điểm | Số điện thoại",
        ["1 | Nguyễn An | 30/4 | Trụ sở | 0903", "2 | Trần Bảo | 01/5 | Trụ sở | 0904"],
    ),
    (
        "projects-science",
        "DANH MỤC ĐỀ TÀI NGHIÊN CỨU ĐĂNG KÝ",
        "STT | Tên đề tài | Chủ nhiệm | Thời gian thực hiện | Dự kiến sản phẩm",
        [
            "1 | Ứng dụng GIS | ThS. Nam | 12 tháng | Bản đồ",
            "2 | Dạy học trải nghiệm | Cô Hoa | 6 tháng | Giáo án",
        ],
    ),
    (
        "land",
        "DANH SÁCH HỒ SƠ ĐĂNG KÝ ĐẤT ĐAI",
        "STT | Tên chủ hồ sơ | Hình thức nộp | Thời gian nhận | Kết quả",
        [
            "1 | Lê Văn Tư | Trực tiếp | 02/6 | Đã trả",
            "2 | Phan Thị Năm | Trực tuyến | 03/6 | Đang xử lý",
        ],
    ),
    (
        "tasks-results",
        "BÁO CÁO KẾT QUẢ THỰC HIỆN NHIỆM VỤ QUÝ II",
        "STT | Nhiệm vụ | Thời gian hoàn thành | Kết quả thực hiện | Nguyên nhân",
        [
            "1 | Thu thuế phi nông nghiệp | 30/6 | 95% |",
            "2 | Cấp CCCD | 30/6 | 4.200 thẻ |",
        ],
    ),
    (
        "songs",
        "DANH SÁCH ĐĂNG KÝ TIẾT MỤC VĂN NGHỆ",
        "STT | Tên tiết mục | Thể loại | Đơn vị | Thời gian",
        [
            "1 | Quê hương | Đơn ca | Phường 9 | 5 phút",
            "2 | Bác Hồ một tình yêu bao la | Tốp ca | Phường 9 | 6 phút",
        ],
    ),
    (
        "traffic-fines",
        "THỐNG KÊ XỬ LÝ VI PHẠM",
        "STT | Hành vi | Hình thức xử lý | Thời gian | Số vụ",
        [
            "1 | Lấn chiếm vỉa hè | Phạt tiền | Tháng 5 | 12",
            "2 | Đổ rác | Nhắc nhở | Tháng 5 | 7",
        ],
    ),
    (
        "construction-permits",
        "DANH SÁCH CÔNG TRÌNH ĐƯỢC CẤP PHÉP XÂY DỰNG",
        "STT | Tên công trình | Địa chỉ | Chủ đầu tư | Thời gian cấp phép",
        [
            "1 | Nhà ở riêng lẻ | 12 Kỳ Đồng | Ông Sơn | 02/6/2021",
            "2 | Nhà ở kết hợp kinh doanh | 8 Tú Xương | Bà Hà | 04/6/2021",
        ],
    ),
    (
        "construction-check",
        "BẢNG THEO DÕI CHẤT LƯỢNG CÔNG TRÌNH",
        "STT | Tên công trình | Hạng mục | Thời gian nghiệm thu | Kết quả nghiệm thu",
        [
            "1 | Trường TH Mê Linh | Móng | 12/5 | Đạt",
            "2 | Trạm y tế Phường 9 | Mái | 20/5 | Đạt",
        ],
    ),
    (
        "youth-project-person",
        "ĐĂNG KÝ RÈN LUYỆN ĐOÀN VIÊN",
        "STT | Họ và tên | Nội dung đăng ký | Thời gian thực hiện | Kết quả",
        ["1 | Lê An | Học tiếng Anh | Cả năm |", "2 | Vũ Bình | Hiến máu | Quý III |"],
    ),
    (
        "party-lessons",
        "KẾ HOẠCH SINH HOẠT CHUYÊN ĐỀ",
        "STT | Tên chuyên đề | Hình thức | Thời gian | Người báo cáo",
        [
            "1 | Học tập Bác về tiết kiệm | Hội nghị | Quý III | Đ/c Bí thư",
            "2 | Dân chủ cơ sở | Tọa đàm | Quý IV | Đ/c Phó Bí thư",
        ],
    ),
    (
        "hospital",
        "BẢNG KẾ HOẠCH MUA SẮM THUỐC",
        "STT | Tên thuốc | Hàm lượng | Thời gian giao | Số lượng",
        [
            "1 | Paracetamol | 500mg | Tháng 7 | 10.000",
            "2 | Vitamin C | 500mg | Tháng 7 | 5.000",
        ],
    ),
    (
        "library",
        "DANH MỤC SÁCH",
        "STT | Tên sách | Tác giả | Năm | Số lượng",
        [
            "1 | Dế Mèn phiêu lưu ký | Tô Hoài | 2019 | 5",
            "2 | Đất rừng phương Nam | Đoàn Giỏi | 2020 | 4",
        ],
    ),
    (
        "invitation-table",
        "DANH SÁCH ĐƠN VỊ ĐƯỢC MỜI DỰ HỘI NGHỊ TRIỂN KHAI CÔNG TRÌNH",
        "STT | Đơn vị | Thành phần | Thời gian | Địa điểm",
        [
            "1 | Phường 9 | Bí thư | 8h00 15/6 | Hội trường",
            "2 | Phường 10 | Bí thư | 8h00 15/6 | Hội trường",
        ],
    ),
    (
        "reward-list",
        "DANH SÁCH TẬP THỂ ĐƯỢC ĐỀ NGHỊ KHEN THƯỞNG",
        "STT | Tên tập thể | Thành tích | Hình thức khen | Ghi chú",
        [
            "1 | Chi bộ 3 | Xuất sắc | Giấy khen |",
            "2 | Chi hội PN KP2 | Tiêu biểu | Giấy khen |",
        ],
    ),
]


def negatives() -> list[Layout]:
    """Return the layouts out of which nothing must be registered."""
    made = []
    for name, title, heading, rows in _TABLES:
        text = "\n".join([_P9, title, "| " + heading, *("| " + row for row in rows)])
        made.append(
            layout(f"not-{name}", "", text, kind="other", writers="xlsx docx html csv")
        )
    for name, text in TEXTS:
        made.append(
            layout(f"not-{name}", "", text, kind="other", writers="docx html text")
        )
    return made
