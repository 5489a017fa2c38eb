"""Works as units really register them, for the sample mails: content only."""

Work = tuple[str, str, str, str]

#: title, method, time, expected result
WORKS: tuple[Work, ...] = (
    (
        "Sửa chữa nhà tình thương cho 02 hộ nghèo khu phố 3",
        "Vận động mạnh thường quân, ngày công của đoàn viên",
        "Từ tháng 5 đến tháng 8/2021",
        "02 hộ nghèo có nhà ở ổn định",
    ),
    (
        "Lắp đặt 20 bóng đèn chiếu sáng tuyến hẻm 214 Nguyễn Trãi",
        "Nhà nước và Nhân dân cùng làm",
        "Tháng 6/2021",
        "Tuyến hẻm đủ ánh sáng, 120 hộ dân được hưởng lợi",
    ),
    (
        "Trao 30 suất học bổng cho học sinh có hoàn cảnh khó khăn",
        "Trích quỹ khuyến học, vận động phụ huynh",
        "Quý III/2021",
        "30 học sinh tiếp tục đến trường",
    ),
    (
        "Xóa điểm tồn đọng rác tại đầu hẻm 51 Cao Thắng",
        "Ra quân thu gom, đặt chậu cây, gắn camera",
        "01/6/2021 - 30/7/2021",
        "Không còn điểm tồn đọng rác",
    ),
    (
        "Tiếp nhận và trả kết quả hồ sơ hộ tịch tại nhà cho người cao tuổi",
        "Công chức đến tận nhà theo lịch hẹn",
        "Từ tháng 5 đến hết tháng 10 năm 2021",
        "100% yêu cầu của người cao tuổi neo đơn được giải quyết",
    ),
    (
        "Gắn bảng chỉ dẫn giao thông, kẻ vạch trước cổng trường",
        "Phối hợp Công an phường và phụ huynh",
        "Tháng 7/2021",
        "Không còn ùn tắc giờ đưa rước học sinh",
    ),
    (
        "Tặng 50 bình chữa cháy cho tổ dân phố",
        "Xã hội hóa, hướng dẫn cách sử dụng tại chỗ",
        "Trước ngày 30/9/2021",
        "50 hộ kinh doanh có phương tiện chữa cháy tại chỗ",
    ),
    (
        "Bếp ăn nghĩa tình phục vụ khu cách ly",
        "Hội viên góp công, góp gạo hằng tuần",
        "Tháng 6, 7/2021",
        "Mỗi ngày 100 phần ăn",
    ),
    (
        "Mảng xanh trên vách tường hẻm 491 Lê Văn Sỹ",
        "Vẽ tranh, trồng dây leo cùng Nhân dân",
        "Quý III/2021",
        "300 m² tường được làm đẹp",
    ),
    (
        "Giới thiệu việc làm cho bộ đội xuất ngũ",
        "Phối hợp trung tâm giới thiệu việc làm",
        "Tháng 8/2021",
        "10 thanh niên có việc làm ổn định",
    ),
    (
        "Thẻ bảo hiểm y tế cho hộ cận nghèo",
        "Vận động doanh nghiệp trên địa bàn",
        "Tháng 9/2021",
        "45 thẻ bảo hiểm y tế",
    ),
    (
        "Đội hình tự quản về an ninh trật tự tuyến đường Trương Định",
        "Thành lập 03 tổ, tuần tra ban đêm",
        "Từ tháng 6 đến tháng 10/2021",
        "Giảm ít nhất 20% vụ phạm pháp hình sự",
    ),
)

HEADINGS = (
    "STT",
    "Tên công trình",
    "Hình thức thực hiện",
    "Thời gian thực hiện",
    "Dự kiến kết quả (hiệu quả, số lượng đạt được)",
)


def rows(count: int, first: int = 0) -> list[tuple[str, ...]]:
    """Return `count` numbered rows of five cells, beginning at work `first`."""
    chosen = [WORKS[(first + k) % len(WORKS)] for k in range(count)]
    return [(str(k), *work) for k, work in enumerate(chosen, 1)]
