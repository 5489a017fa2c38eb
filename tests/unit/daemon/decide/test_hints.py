"""Hints about single works, for staff alone."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.decide import decide
from daemon.decide.hints import title_key
from parsers.values.decision import Decision, OtherWork
from parsers.vietnamese.fold import skeleton
from tests.builders.case import CAMPAIGN, a_case, a_policy, a_reading, a_row

TITLE = "Trồng cây xanh dọc hẻm 12 Lê Văn Sỹ"
KEY = title_key(TITLE) or ""


def decided(
    title: str = TITLE, *, terms: tuple[str, ...] = (), **named: Any
) -> Decision:

    campaign = replace(CAMPAIGN, mandatory_terms=terms)
    reading = a_reading(registrations=(a_row(1, title=title), a_row(2)))
    policy = a_policy(campaigns=(campaign,))
    return decide(a_case(reading=reading, **named), policy)


def codes(decision: Decision) -> list[str]:
    hinted = ("duplicate_elsewhere", "mandatory_target_suspected")
    return [f.code for f in decision.findings if f.code in hinted]


@pytest.mark.parametrize(
    "same",
    [
        "TRONG CAY XANH doc hem 12 Le Van Sy",
        "Hẻm 12 Lê Văn Sỹ: trồng cây xanh dọc hẻm",
        "Trồng cây xanh, dọc hẻm 12 - Lê Văn Sỹ.",
    ],
)
def test_accents_order_and_marks_make_no_other_work(same: str) -> None:
    assert title_key(same) == KEY


@pytest.mark.parametrize(
    "other", ["Trồng cây xanh dọc hẻm 13 Lê Văn Sỹ", "Trồng cây", "", None]
)
def test_another_number_or_too_few_words_make_none(other: str | None) -> None:
    assert title_key(other) != KEY


@given(st.permutations(TITLE.split()))
def test_the_order_of_the_words_is_nothing(words: list[str]) -> None:
    assert title_key(" ".join(words)) == title_key(skeleton(TITLE)) == KEY


def test_the_same_work_of_another_unit_is_told_to_staff_only() -> None:
    decision = decided(elsewhere=(OtherWork(KEY, "41-KH/QU", "P10"),))
    (found,) = [f for f in decision.findings if f.code == "duplicate_elsewhere"]
    assert found.audience == "staff"
    assert dict(found.parameters)["unit"] == "Phường 10"
    assert decision.state == "processed"
    facts = decision.items[0].facts
    told = [f.code for f in facts.findings]  # type: ignore[union-attr]
    assert "duplicate_elsewhere" not in told
    assert all(row.mark == "taken" for row in facts.rows)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "work",
    [OtherWork(KEY, "41-KH/QU", "P09"), OtherWork(KEY, "12-KH/QU", "P10")],
    ids=["own", "another plan"],
)
def test_a_unit_s_own_work_or_one_of_another_plan_is_no_repeat(work: OtherWork) -> None:
    assert codes(decided(elsewhere=(work,))) == []


def test_a_duty_is_suspected_by_the_plan_s_own_words() -> None:
    title = "Vận động đạt chỉ tiêu giao quân năm 2021"
    assert codes(decided(title)) == []
    assert codes(decided(title, terms=("giao quân",))) == ["mandatory_target_suspected"]
    assert codes(decided("Trồng cây", terms=("giao quân",))) == []


def test_a_hint_changes_no_state_and_no_count() -> None:
    plain = decided()
    hinted = decided(
        terms=("trồng cây",), elsewhere=(OtherWork(KEY, "41-KH/QU", "P10"),)
    )
    assert hinted.submissions[0].rows_digest == plain.submissions[0].rows_digest
    assert hinted.submissions[0].state == plain.submissions[0].state
    assert hinted.submissions[0].title_keys == (KEY, title_key(a_row(2).title))
