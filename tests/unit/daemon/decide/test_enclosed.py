"""The form that goes with an answer, and what is told to who asks."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from daemon.decide import decide
from daemon.decide.form import MOST_ROWS, filled_form
from parsers.values.campaign import Column, Field
from parsers.values.finding import finding
from parsers.values.form import FormFacts
from parsers.values.outbox import DecisionFacts, ReceiptFacts
from tests.builders.case import (
    CAMPAIGN,
    NOON,
    PARENT,
    UNITS,
    ZONE,
    a_case,
    a_message,
    a_policy,
    a_reading,
    a_result,
    a_row,
    a_standing,
    bare,
    named_by,
    owner,
    rows,
)

SEPTEMBER = datetime(2021, 9, 20, 9, tzinfo=ZONE)
AT_D5 = "bang.xlsx › Sheet1 › D5"


def facts(**named: Any) -> DecisionFacts:
    (item,) = decide(a_case(**named), a_policy()).items
    assert isinstance(item.facts, DecisionFacts)
    return item.facts


def form(**named: Any) -> FormFacts:
    found = facts(**named).form
    assert found is not None
    return found


def texts(found: FormFacts) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row) for row in found.rows]


def doubts(found: FormFacts) -> dict[tuple[int, str], str]:
    return {
        (place, column.key): cell.doubt
        for place, row in enumerate(found.rows)
        for cell, column in zip(row, found.columns, strict=True)
        if cell.doubt
    }


def test_no_form_goes_where_nothing_is_to_be_mended() -> None:
    assert facts().form is None
    assert facts(reading=a_reading(confirmation="absent")).form is None


def test_a_form_holds_what_was_read_and_marks_what_is_doubtful() -> None:
    unsure = {"number": 1.0, "title": 0.8, "time": 1.0}
    works = (a_row(1, cells=unsure, certainty=0.8), a_row(2, time="sau dịch"))
    found = form(
        reading=a_reading(
            registrations=(*works, *rows(*range(3, 11))),
            findings=(finding("time_unreadable", AT_D5, number="2"),),
        )
    )
    assert (found.unit, found.unit_name, found.quota) == ("P09", "Phường 9", 10)
    assert texts(found)[1] == (
        "2",
        works[1].title,
        "Vận động",
        "sau dịch",
        "2 căn",
    )
    assert len(found.rows) == 10
    assert doubts(found) == {(0, "title"): "doubtful", (1, "time"): "time"}


def test_a_required_cell_that_is_empty_is_marked() -> None:
    found = form(
        reading=a_reading(
            registrations=(a_row(1, title=""), *rows(*range(2, 11))),
            findings=(
                finding("cell_empty", "bang.xlsx › Sheet1 › B4", column="title"),
            ),
        )
    )
    assert doubts(found) == {(0, "title"): "empty"}


def test_a_supplements_form_holds_the_whole_version() -> None:
    standing = (a_standing(*rows(1, 2)),)
    reading = a_reading(registrations=rows(3), mode="supplement")
    found = form(reading=reading, standing=standing)
    assert [row[0] for row in texts(found)] == ["1", "2", "3"]


@pytest.mark.parametrize("code", ["rows_cut", "limit_exceeded"])
def test_no_form_goes_where_rows_were_not_read(code: str) -> None:
    told = (finding(code), finding("time_unreadable", AT_D5, number="2"))
    assert facts(reading=a_reading(findings=told)).form is None


def test_a_form_that_cannot_be_whole_is_not_sent() -> None:
    for count, sent in ((MOST_ROWS, True), (MOST_ROWS + 1, False)):
        many = tuple(a_row(n) for n in range(1, count + 1))
        told = (finding("time_unreadable", AT_D5, number="2"),)
        found = facts(reading=a_reading(registrations=many, findings=told))
        assert (found.form is not None) is sent


def test_a_mail_that_could_not_be_read_is_answered_with_the_units_own_form() -> None:
    reading = bare(findings=(finding("link_instead_of_file"),))
    assert texts(form(reading=reading)) == []
    standing = (a_standing(*rows(1, 2)),)
    assert len(form(reading=reading, standing=standing).rows) == 2


def test_a_form_of_results_names_the_works_without_a_result() -> None:
    standing = (a_standing(*rows(1, 2, 3)),)
    found = form(
        reading=a_reading(
            kind="results", registrations=(), results=(a_result(2), a_result(1))
        ),
        standing=standing,
        at=SEPTEMBER,
    )
    assert found.phase == "results"
    assert [column.key for column in found.columns] == [
        "number",
        "title",
        "result",
        "progress",
    ]
    assert [row[0] for row in texts(found)] == ["2", "1", "3"]
    assert texts(found)[0][2:] == ("Đã xây xong", "done")
    assert doubts(found) == {(2, "result"): "empty"}


def test_who_asks_for_the_form_is_sent_his_own() -> None:
    reading = bare("request", request="form")
    assert (form(reading=reading).phase, texts(form(reading=reading))) == (
        "registration",
        [],
    )
    standing = (a_standing(*rows(1, 2)),)
    assert len(form(reading=reading, standing=standing).rows) == 2
    later = form(reading=reading, standing=standing, at=SEPTEMBER)
    assert later.phase == "results"
    assert texts(later)[0] == ("1", a_row(1).title, "", "")
    assert not doubts(later)
    # Who has nothing to report yet is sent the form to register.
    unregistered = facts(reading=reading, at=SEPTEMBER)
    assert unregistered.form is not None
    assert (unregistered.phase, unregistered.form.phase) == ("registration",) * 2


def test_a_form_of_results_holds_the_outcomes_that_have_come() -> None:
    stands = (
        a_standing(*rows(1, 2)),
        a_standing(phase="results", results=(a_result(2), a_result(9, title="Khác"))),
    )
    found = filled_form(CAMPAIGN, "results", UNITS[0], stands)
    assert texts(found) == [
        ("1", a_row(1).title, "", ""),
        ("2", a_row(2).title, "Đã xây xong", "done"),
        ("9", "Khác", "Đã xây xong", "done"),
    ]


def test_who_asks_for_help_is_sent_the_form_too_and_for_the_status_none() -> None:
    assert form(reading=bare("request", request="help")).unit == "P09"
    assert facts(reading=bare("request", request="status")).form is None


def test_a_parent_office_that_asks_for_many_is_sent_the_blank_form_once() -> None:
    codes = tuple(f"TH-{n}" for n in range(5))
    policy = a_policy(
        units=tuple(UNITS[2].__class__(c, f"Trường {c}", "phong_ban") for c in codes)
    )
    case = a_case(
        reading=bare("request", request="form", message=a_message(PARENT)),
        owners=tuple(owner(code, PARENT) for code in codes),
    )
    (item,) = decide(case, policy).items
    assert isinstance(item.facts, DecisionFacts)
    told = (item.facts, *item.facts.more)
    assert [f.form.unit if f.form else "-" for f in told] == [None, "-", "-", "-", "-"]


def test_a_mail_of_many_units_carries_ten_forms_at_most() -> None:
    codes = tuple(f"TH-{n}" for n in range(12))
    policy = a_policy(
        units=tuple(UNITS[2].__class__(c, f"Trường {c}", "phong_ban") for c in codes)
    )
    paths = {code: (f"{code}.xlsx",) for code in codes}
    works = tuple(
        a_row(1, attachment=paths[c], place=f"{c}.xlsx › A4", certainty=0.5)
        for c in codes
    )
    case = a_case(
        reading=a_reading(
            registrations=works,
            message=a_message(PARENT),
            mentions=tuple(
                m for c in codes for m in named_by(c, "letterhead", at=paths[c])
            ),
        ),
        owners=tuple(owner(code, PARENT) for code in codes),
        addressed=frozenset(codes),
    )
    (item,) = decide(case, policy).items
    assert isinstance(item.facts, DecisionFacts)
    told = (item.facts, *item.facts.more)
    assert len(told) == 12
    assert sum(f.form is not None for f in told) == 10


def test_the_status_tells_every_phase_that_has_opened() -> None:
    standing = (
        a_standing(*rows(1, 2), version=2, last_version=3, confirmation="signed"),
        a_standing(
            phase="results",
            results=(a_result(1), a_result(2, result="", progress=None)),
            received=SEPTEMBER - timedelta(days=1),
        ),
    )
    asked = bare("request", request="status")
    (only,) = facts(reading=asked, standing=standing[:1]).status
    assert (only.version, only.versions, only.count, only.owed) == (2, 3, 2, 10)
    assert (only.confirmation, only.received) == ("signed", NOON - timedelta(days=2))
    first, second = facts(reading=asked, standing=standing, at=SEPTEMBER).status
    assert (first.phase, second.phase) == ("registration", "results")
    assert (second.count, second.owed) == (1, 2)
    (nothing,) = facts(reading=asked).status
    assert (nothing.version, nothing.count, nothing.owed) == (None, 0, 10)
    (nil,) = facts(reading=asked, standing=(a_standing(),)).status
    assert nil.nil


@pytest.mark.parametrize("asked", ["form", "help", "status"])
def test_a_stranger_who_asks_is_told_nothing(asked: str) -> None:
    message = a_message("la@gmail.com")
    case = a_case(reading=bare("request", request=asked, message=message), owners=())
    decision = decide(case, a_policy())
    assert (decision.state, decision.reason) == ("ignored", "not_for_us")
    assert decision.items == ()


def test_who_may_be_another_is_sent_no_form() -> None:
    forged = a_message(
        trace=tuple(
            line.__class__(line.name, line.value.replace("pass", "fail"))
            for line in a_message().trace
        )
    )
    for asked in ("form", "help", "status"):
        decision = decide(
            a_case(reading=bare("request", request=asked, message=forged)), a_policy()
        )
        assert not any(
            isinstance(item.facts, DecisionFacts | ReceiptFacts)
            for item in decision.items
        )


def test_another_plans_form_has_its_columns_and_names_in_place_of_codes() -> None:
    columns = (
        Column("title", "Tên mô hình", required=True),
        Column("method", "Nội dung", required=True),
        Column("unit", "Đơn vị thực hiện", required=True),
        Column("field", "Lĩnh vực", required=True),
        Column("progress", "Tiến độ", required=True),
    )
    other = replace(CAMPAIGN, columns=columns, fields=(Field(4, "Trật tự đô thị"),))
    row = a_row(1, unit="P09", unit_text="Hội LHPN Phường 9", field=4)
    found = filled_form(other, "registration", UNITS[0], (a_standing(row),))
    assert [c.heading for c in found.columns] == [
        "Tên mô hình",
        "Nội dung",
        "Đơn vị thực hiện",
        "Lĩnh vực",
    ]
    assert texts(found) == [
        (row.title, "Vận động", "Hội LHPN Phường 9", "Trật tự đô thị")
    ]
    report = filled_form(other, "results", None, ())
    assert [c.key for c in report.columns] == ["number", "title", "result", "progress"]


def test_columns_behind_the_form_s_own_are_known_and_not_asked_for() -> None:
    plain = tuple(Column(k, k) for k in ("number", "title", "unit", "time"))
    behind = tuple(Column(k, k) for k in ("result", "unit", "field"))
    for columns in (plain, (*plain, *behind)):
        found = filled_form(
            replace(CAMPAIGN, columns=columns), "registration", None, ()
        )
        assert [c.key for c in found.columns] == ["number", "title", "unit", "time"]
