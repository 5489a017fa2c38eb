"""What an answer says: the table as understood, each mark in words, nothing harmful."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from parsers.bodytext import body_text
from parsers.values.finding import finding
from parsers.values.outbox import PhaseStatus, RejectionFacts
from parsers.values.table import Document, Paragraph
from tests.builders.answer import (
    a_thread,
    an_answered_row,
    bodies,
    composed,
    decision_facts,
    receipt_facts,
)
from tests.builders.case import NOON
from tests.builders.forms import a_form


def both(*given: object, **named: object) -> tuple[str, str]:
    return bodies(composed(*given, **named))


@pytest.mark.parametrize("body", [0, 1], ids=["text", "html"])
def test_a_decision_reads_back_what_was_stored(body: int) -> None:
    said = both(
        version=2,
        supersedes=1,
        mode="replacement",
        registered=2,
        rows=(
            an_answered_row(1),
            an_answered_row(
                2,
                mark="check",
                findings=(finding("cell_empty", number="2", column="time"),),
            ),
        ),
    )[body]
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", said))
    assert "Kính gửi: Đảng ủy Phường 9" in plain
    assert "Phường 9" in plain
    assert "6WF64GYM99" in plain
    assert "12:00:00 ngày 08/06/2021" in plain
    assert "trong thời hạn" in plain
    assert "đã đăng ký 2/10 công trình" in plain
    assert "lần 2, thay thế toàn bộ bản lần 1" in plain
    assert "có phần xác nhận" in plain
    assert plain.count("đã ghi nhận") == 1
    assert plain.count("cần xem lại") == 1
    assert "cột “Thời gian thực hiện” còn để trống" in plain
    assert "kính đề nghị" in plain.lower()
    assert "Trân trọng" in plain


def test_a_unit_without_its_own_salutation_is_greeted_by_name() -> None:
    for body in both(salutation=None):
        assert "Kính gửi: Phường 9" in body


def test_a_late_delivery_is_told_with_the_time_that_is_judged() -> None:
    for body in both(late=True, sent_date=NOON - timedelta(days=3)):
        assert "sau thời hạn" in body
        assert "12:00:00 ngày 05/06/2021" in body
        assert "nội dung vẫn được ghi nhận" in body


def test_an_answer_is_short_when_all_is_well() -> None:
    text = both()[0]
    assert "XEM LẠI" not in text
    assert "GHI CHÚ" not in text


def test_rows_are_numbered_as_theirs() -> None:
    text = both(rows=(an_answered_row(number="I.3"), an_answered_row(number=None)))[0]
    assert "\nI.3. " in text
    assert "\n-. Xây" in text
    assert "1.." not in both(rows=(an_answered_row(number="1."),))[0]


def test_what_was_skipped_is_told_with_its_place() -> None:
    skipped = finding(
        "row_skipped", "bang.xlsx › Sheet1 › A20", why="total", text="Cộng: 8"
    )
    for body in both(findings=(skipped,)):
        assert "“Cộng: 8”" in body
        assert "dòng cộng" in body
        assert "bang.xlsx › Sheet1 › A20" in body


def test_a_version_that_came_too_late_to_count_says_so() -> None:
    for body in both(in_force=False):
        assert "bản gửi sau vẫn được áp dụng" in body


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("partial", "một số nội dung chưa đọc được"),
        ("nothing_changed", "không có thay đổi"),
        ("nothing_readable", "chưa đọc được nội dung đăng ký"),
        ("nil", "không có công trình đăng ký"),
        ("request", "xin gửi mẫu bảng đăng ký"),
    ],
)
def test_each_outcome_has_its_own_words(outcome: str, words: str) -> None:
    for body in both(outcome=outcome):
        assert words in body


def test_a_mail_of_several_units_is_answered_once_for_all() -> None:
    school = decision_facts(unit="MN-06", unit_name="Trường Mầm non 6", salutation=None)
    for body in both(more=(school,), unit_name="Trường Mầm non 13"):
        assert "Kính gửi: Quý cơ quan, đơn vị" in body
        assert "Trường Mầm non 6" in body
        assert "Trường Mầm non 13" in body


def test_a_receipt_quotes_nothing_and_names_no_unit() -> None:
    for body in both(receipt_facts()):
        assert "6WF64GYM99" in body
        assert "12:00:00 ngày 08/06/2021" in body
        assert "P9" not in body
        assert "Phường" not in body
        assert "p9@" not in body


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "<a href='http://evil.example'>x</a>",
    "{{ 7 * 7 }}{% for x in y %}",
    "&lt;b&gt;",
    "</td></tr></table><iframe>",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_sender_s_markup_is_shown_and_never_works(attack: str) -> None:
    row = an_answered_row(
        number=attack,
        title=attack,
        method=attack,
        time=attack,
        mark="check",
        findings=(finding("row_skipped", attack, text=attack),),
    )
    ordinary = both(rows=(an_answered_row(mark="check", findings=row.findings[:0]),))[1]
    html = both(
        rows=(row,),
        unit_name=attack,
        salutation=attack,
        findings=(finding("file_encrypted", attack, name=attack),),
    )[1]
    tags = set(re.findall(r"<(/?\w+)", html))
    assert tags <= set(re.findall(r"<(/?\w+)", ordinary)) | {"ul", "/ul", "li", "/li"}
    assert "49" not in re.sub(r"#\w+", "", html)


def test_no_picture_and_no_link_is_fetched() -> None:
    html = both()[1]
    assert "src=" not in html
    assert "href=" not in html
    assert "url(" not in html


def test_what_turns_or_ends_a_line_is_gone_from_the_bodies() -> None:
    for body in both(rows=(an_answered_row(title="a\x00b\u202ec\u2028d\ud800e"),)):
        assert not re.search("[\x00\u202e\u2028]", body)


def test_a_long_title_is_cut_and_a_long_table_too() -> None:
    many = tuple(an_answered_row(n, title="x" * 3000) for n in range(400))
    text, html = both(rows=many)
    assert "x" * 499 + "…" in text
    assert "x" * 501 not in html
    shown = text.count("=> ")
    assert f"còn {400 - shown} công trình khác" in text
    assert 50 < shown < 300


def test_an_answer_of_five_thousand_rows_stays_bounded() -> None:
    rows = tuple(an_answered_row(n) for n in range(1, 5001))
    mail = composed(rows=rows)
    text = bodies(mail)[0]
    assert text.count("=> ") == 300
    assert "còn 4700 công trình khác" in text
    assert len(mail.raw) < 400_000


def test_the_rows_of_many_units_fill_one_mail_together() -> None:
    rows = tuple(an_answered_row(n, title="x" * 400) for n in range(1, 101))
    units = [decision_facts(unit=f"U{n}", rows=rows) for n in range(97)]
    mail = composed(replace(units[0], more=tuple(units[1:])))
    assert len(mail.raw) < 1_500_000


REJECTION = RejectionFacts(
    "6WF64GYM99", a_thread(), NOON, "Bảng là của <b>đơn vị khác</b>\nxin gửi lại"
)


@pytest.mark.parametrize("body", [0, 1], ids=["text", "html"])
def test_a_rejection_says_the_persons_words_and_quotes_nothing(body: int) -> None:
    named = replace(REJECTION, unit_name="Phường 9")
    said = bodies(composed(named))[body]
    assert "Kính gửi: Phường 9" in said
    assert "12:00:00 ngày 08/06/2021" in said
    assert "6WF64GYM99" in said
    assert "chưa tiếp nhận" in said
    assert "kính đề nghị" in said.lower()
    assert "Trân trọng" in said
    assert ("<b>đơn vị khác</b>" in said) is (body == 0)
    assert "Kính gửi: Quý cơ quan, đơn vị" in bodies(composed(REJECTION))[body]
    greeted = replace(REJECTION, salutation="Kính gửi: Đảng ủy Phường 9")
    assert "Kính gửi: Đảng ủy Phường 9" in bodies(composed(greeted))[body]


def test_what_a_person_decided_is_not_called_automatic() -> None:
    for body in both(REJECTION):
        assert "tự động" not in body
        assert "theo ý kiến của cán bộ phụ trách" in body
    for body in both():
        assert "Thư này được trả lời tự động" in body


def test_a_correction_says_that_it_takes_the_place_of_the_former_answer() -> None:
    for body in both(purpose="correction"):
        assert "đính chính thư trả lời trước" in body
    for body in both():
        assert "đính chính" not in body


def test_a_doubtful_row_says_which_cells_are_doubtful() -> None:
    some = an_answered_row(1, mark="check", unsure=("title", "time"))
    every = ("number", "title", "method", "time", "expected_result")
    whole = an_answered_row(2, mark="check", unsure=every)
    for body in both(rows=(some, whole)):
        assert "cột “Tên công trình”, “Thời gian thực hiện”" in body
        assert "đối chiếu cả dòng" in body


def test_every_row_that_is_to_be_looked_at_says_why() -> None:
    row = an_answered_row(mark="check", unsure=("time",), findings=())
    text = both(rows=(row,))[0]
    assert re.search(r"=> cần xem lại\n   \* \w", text)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("confirmation_missing", "kèm bản chụp, bản quét hoặc PDF"),
        ("under_quota", "ghi rõ “bổ sung” nếu bảng chỉ có công trình mới"),
        ("over_quota", "ghi số thứ tự, ví dụ “2: bỏ”"),
        ("time_unreadable", "kèm bảng đã chỉnh sửa"),
        ("recognised_from_picture", "Nếu đã đúng, Quý đơn vị không cần làm gì thêm"),
    ],
)
def test_what_to_do_is_said_by_what_is_missing(code: str, words: str) -> None:
    for body in both(findings=(finding(code),)):
        assert words in body
        assert "trả lời thư này" in body


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("replacement", "được hiểu là thay thế toàn bộ bản lần 1"),
        ("supplement", "được hiểu là bổ sung vào bản lần 1"),
    ],
)
def test_what_was_understood_is_told_with_how_to_say_otherwise(
    mode: str, words: str
) -> None:
    for body in both(version=2, supersedes=1, mode=mode):
        assert words in body
        assert "Nếu không đúng ý" in body


def test_an_answer_with_a_form_says_so() -> None:
    told = (finding("time_unreadable", number="1", text="sau dịch"),)
    for body in both(form=a_form(), findings=told):
        assert "biểu mẫu gửi kèm thư này" in body
    for body in both(findings=told):
        assert "biểu mẫu gửi kèm" not in body


def test_who_asks_for_the_form_is_told_its_columns() -> None:
    for body in both(outcome="request", asked="form", form=a_form(), rows=()):
        assert "xin gửi kèm thư này mẫu bảng đăng ký" in body
        assert "STT; Tên công trình; Hình thức thực hiện" in body


def test_who_asks_for_help_is_sent_one_page() -> None:
    text, html = both(outcome="request", asked="help", form=a_form(), rows=())
    for body in (text, html):
        assert "xin gửi hướng dẫn đăng ký công trình" in body
        assert "Không có công trình đăng ký" in body
        assert "trạng thái" in body
    assert text.count("\n") < 60


def test_who_asks_for_the_status_is_told_each_phase() -> None:
    status = (
        PhaseStatus("registration", NOON, 2, 3, NOON, 8, 10, False, "signed"),
        PhaseStatus("results", None, owed=8),
    )
    for body in both(outcome="request", asked="status", status=status, late=None):
        assert "đã nhận 3 bản, bản đang áp dụng là bản lần 2" in body
        assert "đã đăng ký 8/10 công trình, còn thiếu 2 công trình" in body
        assert "có dấu/chữ ký" in body
        assert "chưa nhận được; theo kế hoạch: 8 công trình" in body


#: Everything that we write, in whatever mail.
KINDS: dict[str, dict[str, Any]] = {
    "well": {},
    "mend": {"findings": (finding("time_unreadable"), finding("under_quota"))},
    "several": {"supersedes": 1, "version": 2, "mode": "replacement"},
    "unreadable": {"outcome": "nothing_readable", "rows": (), "form": a_form()},
    "nil": {"outcome": "nil", "rows": ()},
    "form": {"outcome": "request", "asked": "form", "rows": (), "form": a_form()},
    "help": {"outcome": "request", "asked": "help", "rows": (), "form": a_form()},
    "status": {
        "outcome": "request",
        "asked": "status",
        "status": (PhaseStatus("registration", NOON, 1, 1, NOON, 0, 10, True),),
    },
}


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_words_sent_back_unquoted_ask_for_nothing(kind: str) -> None:
    # Some clients quote without a mark; what we wrote must not act on its own.
    text = both(**KINDS[kind])[0]
    document = Document(tuple(Paragraph(line) for line in text.split("\n")))
    said = body_text(document, "Re: P9 gửi bảng đăng ký")
    assert said.asked.request is None
    assert not said.nil
    assert said.corrections == ()


def test_a_report_is_counted_against_the_registered_works() -> None:
    lost = finding("result_without_registration", number="9")
    rows = (
        an_answered_row(1, result="Đã xây xong", progress="done"),
        an_answered_row(2, result="", progress=None),
        an_answered_row(9, result="Xong", mark="check", findings=(lost,)),
    )
    for body in both(phase="results", registered=2, rows=rows):
        plain = re.sub(r"<[^>]+>", "", body)
        assert "đã báo cáo kết quả 1/2 công trình" in plain
