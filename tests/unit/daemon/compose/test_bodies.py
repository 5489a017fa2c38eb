"""What an answer says: the table as understood, each mark in words, nothing harmful."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from parsers.values.finding import finding
from parsers.values.outbox import RejectionFacts
from tests.builders.answer import (
    a_thread,
    an_answered_row,
    bodies,
    composed,
    decision_facts,
    receipt_facts,
)
from tests.builders.case import NOON


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


def test_a_correction_says_that_it_takes_the_place_of_the_former_answer() -> None:
    for body in both(purpose="correction"):
        assert "đính chính thư trả lời trước" in body
    for body in both():
        assert "đính chính" not in body
