import time
from dataclasses import replace
from datetime import date

import pytest

from parsers.registrations import recognise
from parsers.values.campaign import Column
from parsers.values.finding import Finding
from parsers.values.table import QUOTATION, Cell, Paragraph, Table
from tests.builders.tables import (
    FORM,
    a_document,
    a_table,
    a_work,
    codes,
    named_fields,
    recognised,
    some_rules,
    the_plan,
    titles,
)

TITLE = "BẢNG ĐĂNG KÝ CÔNG TRÌNH “VIỆC CÓ Ý NGHĨA GIÚP DÂN”"


def _whys(findings: tuple[Finding, ...]) -> list[str]:
    return [dict(f.parameters)["why"] for f in findings if f.code == "row_skipped"]


def test_the_form_is_read_as_it_stands() -> None:
    found = recognised(a_table(FORM, a_work(1), a_work(2), first_row=6))
    assert len(found.registrations) == 2
    row = found.registrations[1]
    assert (row.number, row.title) == ("2", "Trao 2 suất học bổng")
    assert row.method == "Vận động 2 mạnh thường quân"
    assert row.expected_result == "2 em được giúp"
    assert (row.start, row.end) == (date(2021, 6, 1), date(2021, 6, 30))
    assert row.place == "bang.xlsx › Sheet1 › A8:E8"
    assert row.attachment == ("bang.xlsx",)
    assert row.extra == {}
    assert list(row.cells) == ["number", "title", "method", "time", "expected_result"]
    assert found.roles == {("bang.xlsx",): "table"}
    assert found.findings == ()
    assert not found.kind_unclear


def test_places_name_the_containers_the_word_table_and_the_body() -> None:
    path = ("dang-ky.zip", "mau.docx")
    word = a_table(FORM, a_work(1), place="bảng 2", path=path)
    assert recognised(word, path=path).registrations[0].place == (
        "dang-ky.zip › mau.docx › bảng 2 › hàng 2"
    )
    body = a_table(FORM, a_work(1), place="bảng 1", path=())
    assert recognised(body, path=()).registrations[0].place == (
        "thân thư › bảng 1 › hàng 2"
    )


def test_extra_columns_are_kept_under_their_headings() -> None:
    heading = (*FORM, "Ghi chú", "Kinh phí\n(triệu đồng)", "")
    row = (*a_work(1), "Làm trước Tết", "15", "lẻ")
    extra = recognised(a_table(heading, row)).registrations[0].extra
    assert extra == {
        "Ghi chú": "Làm trước Tết",
        "Kinh phí (triệu đồng)": "15",
        "Cột 8": "lẻ",
    }


def test_columns_of_one_meaning_are_joined_in_their_order() -> None:
    table = a_table(
        ("STT", "Tên công trình", "Bắt đầu", "Kết thúc", "Hình thức", "Chỉ tiêu"),
        ("1", "Trao quà", "15/5/2021", "30/9/2021", "Vận động", "10 hộ"),
    )
    row = recognised(table).registrations[0]
    assert row.time == "15/5/2021\n30/9/2021"
    assert (row.start, row.end) == (date(2021, 5, 15), date(2021, 9, 30))


def test_a_column_that_the_source_lacks_is_null_and_named() -> None:
    found = recognised(a_table(FORM[:4], a_work(1)[:4]))
    row = found.registrations[0]
    assert row.expected_result is None
    assert "expected_result" not in row.cells
    assert codes(found) == ["column_missing"]
    assert ("column", "expected_result") in found.findings[0].parameters


def test_an_empty_cell_is_empty_text_and_named_with_its_place() -> None:
    found = recognised(a_table(FORM, a_work(1, time=""), a_work(2, method="...")))
    assert found.registrations[0].time == ""
    assert [(f.code, f.place) for f in found.findings] == [
        ("cell_empty", "bang.xlsx › Sheet1 › D2"),
        ("cell_empty", "bang.xlsx › Sheet1 › C3"),
    ]
    assert found.registrations[1].method == "..."


# --- sections -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("section", "field"),
    [
        (("I", "Lĩnh vực văn hóa - xã hội"), 1),
        (("I. Lĩnh vực cải cách hành chính",), 2),
        (("", "Lĩnh vực quản lý đô thị"), 3),
        (("A-", "Trật tự an toàn xã hội"), 4),
        (("II", "LĨNH VỰC QUỐC PHÒNG - AN NINH"), 5),
        (("1", "Lĩnh vực kinh tế"), 1),
        (("III", "Xay dung he thong chinh tri"), 2),
        (("", "Lĩnh vực 4"), 4),
        (("B", "Ủy ban nhân dân phường"), None),
        (("V", "Lĩnh vực khác"), None),
    ],
)
def test_a_section_gives_its_field_to_the_works_below(
    section: tuple[str, ...], field: int | None
) -> None:
    found = recognised(a_table(FORM, section, a_work(1), a_work(2)))
    assert named_fields(found) == [field, field]
    assert codes(found) == []


def test_a_field_that_nobody_names_is_inferred_from_the_words() -> None:
    table = a_table(FORM, a_work(1, "Trao học bổng"), a_work(2, "Gắn bảng chỉ dẫn"))
    rows = recognised(table).registrations
    assert [r.field for r in rows] == [1, 4]
    assert all(0.5 <= (r.field_certainty or 0) < 1 for r in rows)


def test_a_merged_section_row_with_its_slogan_gives_one_field() -> None:
    text = (
        "5. Lĩnh vực an ninh - quốc phòng gắn với nội dung “Không tụ tập gây rối, "
        "ảnh hưởng an ninh chính trị, trật tự an toàn nơi cư trú”"
    )
    table = a_table(FORM, (text,), a_work(1), merged=((1, 0, 2, 5),))
    assert recognised(table).registrations[0].field == 5


def test_numbers_may_begin_anew_in_each_section() -> None:
    found = recognised(
        a_table(
            FORM,
            ("I", "Lĩnh vực văn hóa - xã hội"),
            a_work(1, "Trao học bổng"),
            a_work(2, "Tặng quà"),
            ("II", "Lĩnh vực quản lý đô thị"),
            a_work(1, "Trồng cây"),
        )
    )
    assert [(r.number, r.field) for r in found.registrations] == [
        ("1", 1),
        ("2", 1),
        ("1", 3),
    ]


def test_a_section_of_no_known_field_ends_the_one_before() -> None:
    found = recognised(
        a_table(
            FORM,
            ("I", "Lĩnh vực văn hóa - xã hội"),
            a_work(1),
            ("B", "Khối đoàn thể"),
            a_work(2),
        )
    )
    assert named_fields(found) == [1, None]


def test_a_numbered_line_above_its_parts_is_a_section() -> None:
    found = recognised(
        a_table(FORM, ("1", "Giúp người nghèo"), a_work("1.1", "A"), a_work("1.2", "B"))
    )
    assert [r.number for r in found.registrations] == ["1.1", "1.2"]


def test_a_field_column_gives_the_field_and_stands_in_extra() -> None:
    heading = (*FORM, "Lĩnh vực")
    table = a_table(
        heading, (*a_work(1), "Quản lý đô thị"), (*a_work(2), "5"), (*a_work(3), "?")
    )
    found = recognised(table)
    rows = found.registrations
    assert named_fields(found) == [3, 5, None]
    assert rows[0].extra == {"Lĩnh vực": "Quản lý đô thị"}


def test_a_unit_column_is_kept_as_text_and_in_extra() -> None:
    heading = (*FORM, "Đơn vị thực hiện")
    row = recognised(a_table(heading, (*a_work(1), "Trường MN 6"))).registrations[0]
    assert (row.unit, row.unit_text) == (None, "Trường MN 6")
    assert row.extra == {"Đơn vị thực hiện": "Trường MN 6"}


# --- works over several rows ------------------------------------------------------


def test_rows_without_number_and_title_go_on_with_the_work_above() -> None:
    found = recognised(
        a_table(FORM, a_work(1), ("", "", "- thêm một cách", "", "- thêm"), a_work(2))
    )
    assert len(found.registrations) == 2
    row = found.registrations[0]
    assert row.method == "Vận động 1 mạnh thường quân\n- thêm một cách"
    assert row.expected_result == "1 em được giúp\n- thêm"
    assert row.place == "bang.xlsx › Sheet1 › A2:E3"


def test_a_vertically_merged_title_with_several_methods_is_one_work() -> None:
    found = recognised(
        a_table(
            FORM,
            a_work(1),
            (None, None, "cách hai", "", ""),
            (None, None, "cách ba", "", ""),
            a_work(2),
            merged=((1, 0, 4, 1), (1, 1, 4, 2)),
        )
    )
    assert titles(found) == ["Trao 1 suất học bổng", "Trao 2 suất học bổng"]
    assert found.registrations[0].method == (
        "Vận động 1 mạnh thường quân\ncách hai\ncách ba"
    )


def test_a_time_merged_over_several_works_belongs_to_each() -> None:
    found = recognised(
        a_table(
            FORM,
            a_work(1, time="Quý III/2021"),
            ("2", "Tặng quà", "Vận động", None, "10 hộ"),
            ("3", "Trồng cây", "Ra quân", None, "20 cây"),
            merged=((1, 3, 4, 4),),
        )
    )
    assert [r.time for r in found.registrations] == ["Quý III/2021"] * 3
    assert codes(found) == []


def test_a_title_that_goes_on_in_small_letters_is_the_same_work() -> None:
    found = recognised(
        a_table(
            FORM,
            ("1", "Sửa chữa nhà cho", "Vận động", "Tháng 6", "1 nhà"),
            ("", "hộ nghèo khu phố 2", "", "", ""),
        )
    )
    assert titles(found) == ["Sửa chữa nhà cho\nhộ nghèo khu phố 2"]


def test_works_may_have_no_numbers_at_all() -> None:
    rows = [("", *a_work(n)[1:]) for n in (1, 2)]
    assert len(recognised(a_table(FORM, *rows)).registrations) == 2
    assert len(recognised(a_table(FORM[1:], *(r[1:] for r in rows))).registrations) == 2


def test_a_work_without_its_number_is_a_work_when_it_is_filled() -> None:
    found = recognised(a_table(FORM, a_work(1), ("", *a_work(2)[1:]), a_work(3)))
    assert [r.number for r in found.registrations] == ["1", "", "3"]


# --- rows that are no works -------------------------------------------------------


def test_rows_that_are_numbered_in_advance_and_empty_are_passed_over() -> None:
    leftovers = [("3.",), ("4", "", "…", "", ""), ("...",), ("",), ("5",)]
    found = recognised(a_table(FORM, a_work(1), a_work(2), *leftovers))
    assert len(found.registrations) == 2
    assert found.findings == ()


def test_the_empty_form_gives_nothing() -> None:
    found = recognised(a_table(FORM, ("1.",), ("2.",), ("...",)))
    assert found.registrations == ()
    assert found.roles == {}
    assert found.findings == ()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("Tổng cộng", "", "", "", "15 công trình"), "total"),
        (("", "Cộng", "", "", "30 hộ"), "total"),
        (("Ví dụ", "Trao quà", "Vận động", "Tháng 6", "10 hộ"), "example"),
        (("", "Ví dụ: Trao quà", "Vận động", "", ""), "example"),
        (("Ghi chú: các công trình do đơn vị tự thực hiện",), "footer"),
        (("", "Chung tay vì người nghèo"), "no_number"),
    ],
)
def test_a_row_not_taken_is_named_with_its_reason(
    row: tuple[str, ...], why: str
) -> None:
    found = recognised(a_table(FORM, a_work(1), row))
    assert len(found.registrations) == 1
    assert _whys(found.findings) == [why]


@pytest.mark.parametrize(
    "title",
    [
        "Tổng vệ sinh khu phố",
        "Cộng đồng chung tay bảo vệ môi trường",
        "Xác nhận hồ sơ tại nhà",
        "Chủ tịch phường tặng quà",
        "Kính tặng người cao tuổi",
        "An toàn giao thông",
        "Ghi chú hộ khẩu miễn phí",
        "Bí thư chi bộ đỡ đầu học sinh",
        "TMĐT cho tiểu thương",
        "Văn hóa - xã hội",
        "Môi trường",
    ],
)
def test_a_numbered_work_is_never_taken_for_something_else(title: str) -> None:
    found = recognised(a_table(FORM, a_work(1), a_work(2, title), a_work(3)))
    assert titles(found)[1] == title
    assert len(found.registrations) == 3


def test_signatures_and_recipients_below_are_no_works_and_only_staff_hear_of_it() -> (
    None
):
    found = recognised(
        a_table(
            FORM,
            a_work(1),
            ("",),
            ("Nơi nhận:", "", "", "TM. ĐẢNG ỦY", ""),
            ("- Ban Dân vận Quận ủy;", "", "", "BÍ THƯ", ""),
            ("- Lưu.", "", "", "", ""),
            ("", "", "", "Nguyễn Văn A", ""),
        )
    )
    assert len(found.registrations) == 1
    assert [(f.code, f.audience) for f in found.findings] == [("row_skipped", "staff")]
    assert found.findings[0].place == "bang.xlsx › Sheet1 › A4:E7"


def test_a_lone_signature_in_a_middle_column_does_not_go_on_with_the_last_work() -> (
    None
):
    for gap in ([], [("",), ("",)]):
        found = recognised(
            a_table(
                FORM,
                a_work(1),
                *gap,
                ("", "", "", "XÁC NHẬN CỦA THỦ TRƯỞNG ĐƠN VỊ", ""),
                ("", "", "", "Trần Thị B", ""),
            )
        )
        assert found.registrations[0].time == "Tháng 6/2021"
        assert _whys(found.findings) == ["footer"]


def test_works_after_a_note_in_the_middle_are_not_lost() -> None:
    found = recognised(
        a_table(FORM, a_work(1), ("Ghi chú: làm trước",), a_work(2), a_work(3))
    )
    assert [r.number for r in found.registrations] == ["1", "2", "3"]


def test_a_title_that_stands_twice_is_named_once() -> None:
    found = recognised(
        a_table(FORM, a_work(1, "Tặng quà"), a_work(2), a_work(3, "TẶNG  QUÀ."))
    )
    assert len(found.registrations) == 3
    assert codes(found) == ["duplicate_title"]
    assert dict(found.findings[0].parameters)["first"] == "1"


# --- time ---------------------------------------------------------------------------


def test_times_that_cannot_be_or_lie_outside_are_named() -> None:
    found = recognised(
        a_table(
            FORM,
            a_work(1, time="31/6/2021"),
            a_work(2, time="Quý I/2022"),
            a_work(3, time="Thường xuyên"),
            a_work(4, time="Sau dịch"),
        )
    )
    assert codes(found) == [
        "time_unreadable",
        "outside_contest_period",
        "time_unreadable",
    ]
    assert found.registrations[2].start == date(2021, 5, 1)
    assert found.registrations[3].start is None


# --- several tables -----------------------------------------------------------------


def test_two_tables_in_one_sheet_are_both_read() -> None:
    found = recognised(
        a_table(
            ("ĐẢNG ỦY PHƯỜNG 9",),
            (TITLE,),
            FORM,
            a_work(1, "A"),
            ("", "", "", "BÍ THƯ", ""),
            ("",),
            ("ĐOÀN PHƯỜNG 9", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (TITLE,),
            FORM,
            a_work(1, "B"),
        )
    )
    assert titles(found) == ["A", "B"]
    issuers = [letterhead.issuer for _, letterhead in found.letterheads]
    assert issuers == [("ĐẢNG ỦY PHƯỜNG 9",), ("ĐOÀN PHƯỜNG 9",)]


def test_a_table_goes_on_over_the_page_without_its_heading() -> None:
    found = recognised(
        a_table(FORM, ("I", "Lĩnh vực văn hóa - xã hội"), a_work(1), place="bảng 1"),
        a_table(a_work(2), a_work(3), place="bảng 2"),
    )
    assert [r.number for r in found.registrations] == ["1", "2", "3"]
    assert [r.field for r in found.registrations] == [1, 1, 1]
    assert [t.role for t in found.tables] == ["data", "data"]
    assert codes(found) == []


def test_a_signature_below_a_further_page_is_that_of_the_whole_table() -> None:
    found = recognised(
        a_table(FORM, a_work(1), place="bảng 1"),
        a_table(FORM, a_work(2), place="bảng 2"),
        Paragraph("T/M ĐẢNG ỦY\nNguyễn Văn Bình"),
    )
    ((_, head),) = found.letterheads
    assert head.confirmation == "block_only"
    assert head.signature == ("T/M ĐẢNG ỦY", "Nguyễn Văn Bình")


def test_a_table_that_does_not_count_on_is_not_joined() -> None:
    found = recognised(
        TITLE,
        a_table(FORM, a_work(1), place="bảng 1"),
        a_table(a_work(1, "X"), a_work(2, "Y"), a_work(3, "Z"), place="bảng 2"),
    )
    assert len(found.registrations) == 1
    assert codes(found) == ["heading_missing"]


def test_a_heading_repeated_on_the_next_page_keeps_the_section() -> None:
    found = recognised(
        a_table(FORM, ("I", "Lĩnh vực quản lý đô thị"), a_work(1), FORM, a_work(2))
    )
    assert [r.field for r in found.registrations] == [3, 3]


def test_a_table_whose_heading_is_lost_is_told() -> None:
    found = recognised(TITLE, a_table(a_work(1), a_work(2), a_work(3)))
    assert found.registrations == ()
    assert codes(found) == ["heading_missing"]


def test_several_sheets_are_read_in_order() -> None:
    found = recognised(
        a_table(FORM, a_work(1, "A"), place="Đảng ủy!A1"),
        a_table(FORM, a_work(1, "B"), place="UBND!A1"),
    )
    assert titles(found) == ["A", "B"]
    assert found.registrations[1].place == "bang.xlsx › UBND › A2:E2"


# --- kinds ---------------------------------------------------------------------------


def test_a_quoted_table_counts_only_when_forwarded() -> None:
    table = a_table(FORM, a_work(1), place="bảng 1", path=())
    document = a_document("Kính gửi", Paragraph("", place=QUOTATION), table)
    assert recognise([((), document)], some_rules()).registrations == ()
    forwarded = recognise([((), document)], some_rules(), forwarded=True)
    assert len(forwarded.registrations) == 1


def test_another_form_is_another_campaign_file_and_no_change_of_code() -> None:
    other = replace(
        the_plan(),
        number="12-KH/MTTQ",
        columns=(
            Column("title", "Tên mô hình", required=True),
            Column("method", "Nội dung", required=True),
            Column("unit", "Đơn vị thực hiện"),
            Column("time", "Thời gian"),
        ),
    )
    words = ("Tên mô hình", "Nội dung", "Đơn vị thực hiện", "Thời gian", "Ghi chú")
    heading = ("TT", *words)
    row = ("1", "Hẻm không rác", "Phân loại tại nguồn", "Khu phố 2", "Tháng 7", "")
    document = a_document(a_table(heading, row))
    rules = some_rules(the_plan(), other)
    found = recognise([(("bang.xlsx",), document)], rules)
    assert found.registrations[0].method == "Phân loại tại nguồn"
    assert found.registrations[0].unit_text == "Khu phố 2"
    assert codes(found) == []


def test_a_cell_that_was_guessed_makes_its_row_uncertain() -> None:
    table = a_table((*FORM, "Ghi chú"), (*a_work(1), "x"), (*a_work(2), "y"))
    rows = [list(row) for row in table.rows]
    rows[1][2] = Cell("Vận động", certainty=0.9, place="C2")
    rows[2][5] = Cell("y", certainty=0.8, place="F3")
    found = recognised(replace(table, rows=tuple(map(tuple, rows))))
    assert found.registrations[0].cells["method"] == 0.9
    assert [r.certainty for r in found.registrations] == [0.9, 0.8]


def test_five_thousand_rows_of_twenty_columns_take_less_than_a_second() -> None:
    heading = (*FORM, *(f"Cột thêm {n}" for n in range(15)))
    rows = [
        (*a_work(n), *(f"ghi thêm {n} {c}" for c in range(15))) for n in range(1, 5001)
    ]
    table = a_table(heading, *rows)
    began = time.process_time()
    found = recognised(table)
    assert time.process_time() - began < 1.5
    assert len(found.registrations) == 5000


def test_a_thousand_merges_over_the_whole_sheet_do_not_stall() -> None:
    cell = Cell("Tên công trình")
    table = Table(
        ("a.xlsx",),
        "S!A1",
        tuple((cell,) * 20 for _ in range(500)),
        merged=((0, 0, 500, 20),) * 1000,
    )
    began = time.process_time()
    recognised(table)
    assert time.process_time() - began < 1.0


def test_a_vague_title_column_counts_where_the_mail_speaks_of_registering() -> None:
    heading = ("STT", "Nội dung", "Hình thức", "Thời gian", "Kết quả dự kiến")
    table = a_table(heading, a_work(1))
    assert recognised(table).registrations == ()
    assert titles(recognised("BẢN ĐĂNG KÝ", table)) == ["Trao 1 suất học bổng"]
    named = recognised(table, path=("dang_ky_cong_trinh_P9.xlsx",))
    assert len(named.registrations) == 1
    subject = recognise(
        [(("bang.xlsx",), a_document(table))],
        some_rules(),
        hints=["P9 gửi bảng đăng ký"],
    )
    assert len(subject.registrations) == 1


def _list(*texts: str) -> Table:
    return a_table(
        *((str(n), text) for n, text in enumerate(texts, start=1)),
        place="danh sách 1",
        path=(),
    )


LISTED = _list("Trao học bổng cho 10 em", "Trồng cây hẻm 5")


def test_a_numbered_list_that_the_mail_introduces_as_its_works_is_taken() -> None:
    found = recognised("Đơn vị đăng ký các công trình sau:", LISTED, path=())
    assert titles(found) == ["Trao học bổng cho 10 em", "Trồng cây hẻm 5"]
    assert [r.certainty for r in found.registrations] == [0.9, 0.9]
    assert codes(found) == ["column_missing"] * 3


def test_any_other_list_is_no_table_of_works() -> None:
    for line in ("Đơn vị gửi kèm:", "Đề nghị giải đáp các câu hỏi sau:", "Kính gửi"):
        found = recognised(line, LISTED, path=())
        assert found.registrations == ()
        assert codes(found) == []


def test_a_list_in_a_mail_with_a_table_is_what_the_letter_counts() -> None:
    body = a_document("Xin đăng ký công trình, gửi kèm gồm", LISTED)
    table = a_document(a_table(FORM, a_work(1)))
    documents = [((), body), (("bang.xlsx",), table)]
    assert len(recognise(documents, some_rules()).registrations) == 1
