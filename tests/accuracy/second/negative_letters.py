"""Letters and mails that look alike and register nothing."""

# ruff: noqa: E501 - a row of a table is a line, as the office sees it.

#: Texts of mails and letters.
TEXTS = [
    (
        "invite",
        "Kính gửi anh chị,\nBan Dân vận mời dự hội nghị triển khai mô hình “Việc có ý nghĩa giúp dân”:\n1. Thời gian: 8g00 ngày 15/6/2021\n2. Địa điểm: Hội trường Phường 9\n3. Thành phần: Bí thư, Chủ tịch\nTrân trọng.",
    ),
    (
        "minutes",
        "BIÊN BẢN HỌP CHI BỘ THÁNG 6\n1. Thời gian: 14g00 ngày 05/6/2021\n2. Địa điểm: Phòng họp\n3. Nội dung: triển khai Kế hoạch 41-KH/QU\n4. Kết luận: giao đ/c Lan lập bảng đăng ký công trình\nCuộc họp kết thúc lúc 16 giờ.",
    ),
    (
        "ask-deadline",
        "Chào anh chị,\nCho em hỏi hạn đăng ký công trình là ngày nào? Em cảm ơn.",
    ),
    ("thanks", "Phường 9 đã nhận được thư. Cảm ơn Ban Dân vận."),
    (
        "remind-internal",
        "Các chi bộ lưu ý:\n1. Hạn nộp bảng đăng ký công trình: 08/6\n2. Nộp về văn phòng Đảng ủy\n3. Ghi rõ thời gian: từ tháng 5 đến tháng 10",
    ),
    (
        "plan-excerpt",
        "KẾ HOẠCH\nTổ chức phát động thực hiện mô hình “Việc có ý nghĩa giúp dân”\nII. ĐỐI TƯỢNG, SỐ LƯỢNG ĐĂNG KÝ\n1. Các phòng, ban chuyên môn: 01 công trình / đơn vị.\n2. Mặt trận Tổ quốc, các đoàn thể: 02 công trình / đơn vị.\n3. Các phường: 10 công trình / phường.\nIV. THỜI GIAN THI ĐUA\n1. Thời gian thi đua: từ tháng 5 đến hết tháng 10 năm 2021\n2. Thời gian đăng ký công trình thi đua: hạn chót ngày 10 tháng 6 năm 2021.",
    ),
    (
        "cover-letter",
        "Kính gửi Ban Dân vận Quận ủy,\nPhường 9 xin gửi kèm:\n1. Bảng đăng ký công trình (file Word)\n2. Bản scan có chữ ký\nTrân trọng.",
    ),
    (
        "news",
        "Bản tin Quận 3\nCông trình “Bếp ăn nghĩa tình” của Phường 9 đã phát 600 suất ăn. Thời gian: từ tháng 5. Kết quả: người dân phấn khởi.",
    ),
    (
        "report-politics",
        "BÁO CÁO TÌNH HÌNH KINH TẾ - XÃ HỘI THÁNG 5\n1. Thu ngân sách: 12 tỷ đồng\n2. Trật tự đô thị: xử lý 30 trường hợp\n3. Kết quả: hoàn thành 55% kế hoạch",
    ),
    (
        "survey",
        "Kính mời anh chị làm khảo sát:\nCâu 1: Anh chị hài lòng không?\nCâu 2: Thời gian: bao lâu?\nCâu 3: Kết quả: thế nào?",
    ),
    (
        "works-contract",
        "HỢP ĐỒNG THI CÔNG\nĐiều 1: Công trình: Sửa chữa mái trường Mầm non 6. Thời gian: 30 ngày. Giá trị: 45 triệu đồng.\nĐiều 2: Thanh toán: chuyển khoản.",
    ),
    (
        "construction-paragraphs",
        "BÁO CÁO TIẾN ĐỘ CÁC CÔNG TRÌNH XÂY DỰNG CƠ BẢN\nCông trình 1: Nâng cấp hẻm 212. Chủ đầu tư: UBND Phường 9. Thời gian thi công: quý III. Kết quả: đạt 70% khối lượng.\nCông trình 2: Cống hẻm 51. Chủ đầu tư: Ban QLDA. Thời gian thi công: quý II. Kết quả: hoàn thành.",
    ),
    (
        "schedule-lines",
        "LỊCH CÔNG TÁC TUẦN\n1. Thứ Hai: họp giao ban; thời gian: 8g00; địa điểm: phòng 1\n2. Thứ Ba: tiếp công dân; thời gian: 8g00; địa điểm: phòng 2",
    ),
    (
        "job-ad",
        "TUYỂN DỤNG\n1. Vị trí: bảo mẫu. Hình thức: toàn thời gian. Thời gian: 7g-17g. Số lượng: 2 người.\n2. Vị trí: bếp. Hình thức: bán thời gian. Thời gian: 6g-11g. Số lượng: 1 người.",
    ),
    (
        "works-guide",
        "HƯỚNG DẪN ĐĂNG KÝ\nCông trình 1: ghi tên công trình. Thời gian: ghi tháng. Dự kiến: ghi số lượng.\nCác đơn vị điền theo mẫu.",
    ),
    (
        "price-lines",
        "Báo giá gửi anh:\n1. Camera - số lượng: 4 - đơn giá: 1.200.000 - thành tiền: 4.800.000\n2. Đầu ghi - số lượng: 1 - đơn giá: 2.000.000 - thành tiền: 2.000.000",
    ),
    (
        "tasks-lines",
        "Phân công chuẩn bị hội nghị:\n1/ Viết thư mời - người phụ trách: Lan - thời gian: 10/6 - kết quả: đã gửi\n2/ Trang trí - người phụ trách: Hùng - thời gian: 14/6 - kết quả: chưa",
    ),
    (
        "teaching",
        "KẾ HOẠCH BÀI DẠY\nHoạt động 1: Khởi động. Thời gian: 5 phút. Hình thức: trò chơi.\nHoạt động 2: Khám phá. Thời gian: 20 phút. Hình thức: nhóm.",
    ),
    (
        "meeting-result",
        "Kết quả cuộc họp:\n1. Thống nhất giao Đoàn phường thực hiện công trình thanh niên\n2. Thời gian: trong tháng 6",
    ),
]
