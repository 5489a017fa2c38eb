"""The titles and headings of tables that register nothing."""

#: Title, headings and the maker of each column's text.
FORMS: dict[str, tuple[tuple[str, ...], tuple[tuple[str, str], ...]]] = {
    "invoice": (
        ("HÓA ĐƠN BÁN HÀNG", "BẢNG BÁO GIÁ"),
        (
            ("STT", "n"),
            ("Tên hàng hóa, dịch vụ", "good"),
            ("Đơn vị tính", "unit"),
            ("Số lượng", "int"),
            ("Đơn giá", "money"),
            ("Thành tiền", "money"),
        ),
    ),
    "prices": (
        ("BẢNG GIÁ VẬT LIỆU XÂY DỰNG THÁNG 6/2021",),
        (
            ("STT", "n"),
            ("Tên hàng", "good"),
            ("ĐVT", "unit"),
            ("Giá", "money"),
            ("Ghi chú", "none"),
        ),
    ),
    "roll": (
        ("DANH SÁCH THAM DỰ TẬP HUẤN", "DANH SÁCH ĐĂNG KÝ THAM GIA HIẾN MÁU"),
        (
            ("STT", "n"),
            ("Họ và tên", "person"),
            ("Năm sinh", "year"),
            ("Chức vụ", "post"),
            ("Đơn vị", "body"),
            ("Ghi chú", "none"),
        ),
    ),
    "members": (
        ("DANH SÁCH ĐẢNG VIÊN", "DANH SÁCH TRÍCH NGANG"),
        (
            ("TT", "n"),
            ("Họ tên", "person"),
            ("Ngày vào Đảng", "date"),
            ("Chức vụ", "post"),
            ("Quê quán", "place"),
        ),
    ),
    "persons": (
        ("DANH SÁCH CÁ NHÂN ĐĂNG KÝ “DÂN VẬN KHÉO” NĂM 2021",),
        (
            ("STT", "n"),
            ("Họ và tên", "person"),
            ("Chức vụ", "post"),
            ("Đơn vị", "body"),
            ("Nội dung đăng ký", "deed"),
        ),
    ),
    "persons without posts": (
        ("DANH SÁCH TẬP THỂ, CÁ NHÂN ĐĂNG KÝ DÂN VẬN KHÉO",),
        (
            ("STT", "n"),
            ("Họ và tên", "person"),
            ("Tên mô hình", "deed"),
            ("Ghi chú", "none"),
        ),
    ),
    "persons in full": (
        ("BẢNG ĐĂNG KÝ DÂN VẬN KHÉO CỦA CÁ NHÂN NĂM 2021",),
        (
            ("STT", "n"),
            ("Họ và tên", "person"),
            ("Chức vụ", "post"),
            ("Nội dung đăng ký", "deed"),
            ("Hình thức thực hiện", "none"),
            ("Thời gian thực hiện", "date"),
            ("Dự kiến kết quả", "none"),
        ),
    ),
    "building sites": (
        ("TIẾN ĐỘ THI CÔNG CÁC CÔNG TRÌNH",),
        (
            ("STT", "n"),
            ("Công trình", "deed"),
            ("Chủ đầu tư", "body"),
            ("Tiến độ", "percent"),
        ),
    ),
    "courses": (
        ("BẢNG ĐĂNG KÝ TẬP HUẤN", "BẢNG ĐĂNG KÝ PHÒNG HỌP"),
        (
            ("STT", "n"),
            ("Nội dung đăng ký", "task"),
            ("Thời gian", "date"),
            ("Địa điểm", "place"),
            ("Số lượng", "int"),
        ),
    ),
    "procedures": (
        ("DANH MỤC THỦ TỤC HÀNH CHÍNH",),
        (
            ("STT", "n"),
            ("Tên thủ tục", "task"),
            ("Thời gian giải quyết", "date"),
            ("Cách thức thực hiện", "none"),
            ("Phí, lệ phí", "money"),
        ),
    ),
    "propaganda": (
        ("KẾ HOẠCH TUYÊN TRUYỀN THÁNG 6",),
        (
            ("STT", "n"),
            ("Nội dung tuyên truyền", "task"),
            ("Hình thức", "none"),
            ("Thời gian", "date"),
            ("Người thực hiện", "person"),
        ),
    ),
    "duty": (
        ("LỊCH TRỰC LỄ 30/4 - 01/5",),
        (
            ("STT", "n"),
            ("Ngày trực", "date"),
            ("Họ và tên", "person"),
            ("Điện thoại", "phone"),
        ),
    ),
    "titles of honour": (
        ("BẢNG ĐĂNG KÝ DANH HIỆU THI ĐUA NĂM 2021",),
        (
            ("STT", "n"),
            ("Họ và tên", "person"),
            ("Danh hiệu đăng ký", "grade"),
            ("Ghi chú", "none"),
        ),
    ),
    "summer": (
        ("KẾ HOẠCH HOẠT ĐỘNG HÈ 2021",),
        (
            ("STT", "n"),
            ("Tên hoạt động", "task"),
            ("Thời gian", "date"),
            ("Địa điểm", "place"),
            ("Đơn vị phụ trách", "body"),
        ),
    ),
    "inspection": (
        ("BIÊN BẢN KIỂM TRA", "KẾT QUẢ KIỂM TRA CÔNG TÁC DÂN VẬN"),
        (
            ("STT", "n"),
            ("Nội dung kiểm tra", "task"),
            ("Kết quả", "grade"),
            ("Kiến nghị", "none"),
        ),
    ),
    "schedule": (
        ("LỊCH CÔNG TÁC TUẦN", "LỊCH LÀM VIỆC CỦA THƯỜNG TRỰC QUẬN ỦY"),
        (
            ("Thứ", "weekday"),
            ("Thời gian", "hour"),
            ("Nội dung", "task"),
            ("Địa điểm", "place"),
            ("Thành phần", "body"),
        ),
    ),
    "programme": (
        ("CHƯƠNG TRÌNH HỘI NGHỊ", "CHƯƠNG TRÌNH LÀM VIỆC"),
        (("Thời gian", "hour"), ("Nội dung", "task"), ("Người thực hiện", "person")),
    ),
    "numbered programme": (
        ("CHƯƠNG TRÌNH HỘI NGHỊ TỔNG KẾT CÔNG TÁC DÂN VẬN",),
        (
            ("STT", "n"),
            ("Thời gian", "hour"),
            ("Nội dung", "task"),
            ("Thực hiện", "person"),
        ),
    ),
    "budget": (
        ("DỰ TOÁN KINH PHÍ", "BẢNG DỰ TRÙ KINH PHÍ TỔ CHỨC HỘI NGHỊ"),
        (
            ("STT", "n"),
            ("Nội dung chi", "good"),
            ("Số lượng", "int"),
            ("Đơn giá", "money"),
            ("Thành tiền", "money"),
            ("Ghi chú", "none"),
        ),
    ),
    "content budget": (
        ("DỰ TOÁN KINH PHÍ TỔ CHỨC LỄ PHÁT ĐỘNG",),
        (
            ("STT", "n"),
            ("Nội dung", "good"),
            ("Diễn giải", "none"),
            ("Số tiền", "money"),
        ),
    ),
    "minutes": (
        ("BIÊN BẢN HỌP",),
        (("STT", "n"), ("Nội dung", "task"), ("Ý kiến", "none"), ("Kết luận", "task")),
    ),
    "scores": (
        (
            "KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI",
            "BẢNG ĐIỂM THI ĐUA",
            "BẢNG TỔNG HỢP ĐIỂM CẢI CÁCH HÀNH CHÍNH",
        ),
        (
            ("STT", "n"),
            ("Đơn vị", "body"),
            ("Điểm", "score"),
            ("Xếp loại", "grade"),
            ("Xếp hạng", "int"),
        ),
    ),
    "assignment": (
        ("BẢNG PHÂN CÔNG NHIỆM VỤ", "PHÂN CÔNG CÔNG VIỆC THÁNG 6"),
        (
            ("STT", "n"),
            ("Nội dung công việc", "task"),
            ("Người thực hiện", "person"),
            ("Thời gian hoàn thành", "date"),
            ("Ghi chú", "none"),
        ),
    ),
    "work plan": (
        ("KẾ HOẠCH CÔNG TÁC THÁNG 6 NĂM 2021", "CHƯƠNG TRÌNH CÔNG TÁC QUÝ III"),
        (
            ("STT", "n"),
            ("Nội dung công việc", "task"),
            ("Đơn vị thực hiện", "body"),
            ("Thời gian thực hiện", "date"),
            ("Kết quả", "none"),
        ),
    ),
    "action plan": (
        ("PHỤ LỤC PHÂN CÔNG THỰC HIỆN NGHỊ QUYẾT",),
        (
            ("STT", "n"),
            ("Nhiệm vụ, giải pháp", "task"),
            ("Đơn vị chủ trì", "body"),
            ("Đơn vị phối hợp", "body"),
            ("Thời gian hoàn thành", "date"),
            ("Sản phẩm", "none"),
        ),
    ),
    "procurement": (
        ("DANH MỤC MUA SẮM TÀI SẢN",),
        (
            ("STT", "n"),
            ("Tên tài sản", "good"),
            ("Quy cách", "none"),
            ("Số lượng", "int"),
            ("Dự toán", "money"),
            ("Hình thức mua sắm", "none"),
        ),
    ),
    "investment": (
        ("DANH MỤC CÔNG TRÌNH ĐẦU TƯ CÔNG",),
        (
            ("STT", "n"),
            ("Tên công trình", "deed"),
            ("Chủ đầu tư", "body"),
            ("Tổng mức đầu tư", "money"),
            ("Thời gian thực hiện", "year"),
            ("Giải ngân", "money"),
        ),
    ),
    "contacts": (
        ("DANH BẠ ĐIỆN THOẠI",),
        (
            ("STT", "n"),
            ("Đơn vị", "body"),
            ("Người liên hệ", "person"),
            ("Số điện thoại", "phone"),
            ("Email", "mail"),
        ),
    ),
    "hand-over": (
        ("BIÊN BẢN BÀN GIAO TÀI SẢN",),
        (
            ("STT", "n"),
            ("Tên tài sản", "good"),
            ("Số lượng", "int"),
            ("Tình trạng", "none"),
        ),
    ),
    "gifts": (
        ("DANH SÁCH HỘ NGHÈO NHẬN QUÀ TẾT",),
        (
            ("STT", "n"),
            ("Họ tên chủ hộ", "person"),
            ("Địa chỉ", "place"),
            ("Số tiền", "money"),
            ("Ký nhận", "none"),
        ),
    ),
    "documents": (
        ("DANH MỤC VĂN BẢN",),
        (
            ("STT", "n"),
            ("Số ký hiệu", "symbol"),
            ("Ngày ban hành", "date"),
            ("Trích yếu", "task"),
            ("Ghi chú", "none"),
        ),
    ),
    "numbers": (
        ("SỐ LIỆU BÁO CÁO 6 THÁNG ĐẦU NĂM", "BIỂU SỐ LIỆU KẾT QUẢ CÔNG TÁC DÂN VẬN"),
        (
            ("STT", "n"),
            ("Nội dung", "task"),
            ("Đơn vị tính", "unit"),
            ("Kết quả", "int"),
            ("So với cùng kỳ", "percent"),
        ),
    ),
    "training": (
        ("KẾ HOẠCH ĐÀO TẠO NĂM 2021",),
        (
            ("TT", "n"),
            ("Tên chủ đề", "task"),
            ("Đối tượng", "post"),
            ("Số lượng", "int"),
            ("Thời gian", "date"),
            ("Địa điểm", "place"),
        ),
    ),
}
