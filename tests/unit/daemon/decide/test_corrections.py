"""Wishes in words: taken when they remove, prepared when they change, never half."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.decide import decide
from daemon.decide.correction import corrected
from daemon.decide.difference import applied
from parsers.values.decision import Case
from parsers.values.reading import Correction
from tests.builders.case import (
    CAMPAIGN,
    NOON,
    a_case,
    a_policy,
    a_result,
    a_row,
    a_standing,
    bare,
    rows,
)

THREE = rows(1, 2, 3)
REMOVE_2 = Correction("2", "remove")
TIME_3 = Correction("3", "set", "time", "15/9/2021")


def a_reply(*wishes: Correction, **named: Any) -> Case:
    reading = bare("correction", corrections=wishes, **named)
    return a_case(reading=reading, standing=(a_standing(*THREE),))


def test_a_removal_is_a_version_without_that_row() -> None:
    made = decide(a_reply(REMOVE_2), a_policy()).submissions[0]
    assert [r.number for r in made.registrations] == ["1", "3"]


def test_a_change_in_words_waits_with_the_whole_difference_prepared() -> None:
    case = a_reply(REMOVE_2, TIME_3)
    decision = decide(case, a_policy())
    assert (decision.reason, decision.submissions) == ("correction_unclear", ())

    prepared = corrected(case, case.standing[0], CAMPAIGN)
    assert [r.number for r in prepared.rows] == ["1", "3"]
    changed = prepared.rows[1]
    assert changed.time == "15/9/2021"  # type: ignore[union-attr]
    assert changed.start == changed.end == date(2021, 9, 15)  # type: ignore[union-attr]
    assert prepared.supersedes == 1


@pytest.mark.parametrize(
    "wishes",
    [
        (Correction("9", "remove"),),
        (REMOVE_2, Correction("9", "set", "time", "tháng 9")),
        (TIME_3, Correction("3", "set", "time", "tháng 8")),
        (Correction("3", "remove"), TIME_3),
        (Correction("1", "set", "field", "3"),),
        (Correction("1", "set", "title", ""),),
    ],
    ids=["no row", "half", "twice", "gone", "no column", "no text"],
)
def test_what_is_not_understood_wholly_prepares_nothing(wishes: Any) -> None:
    case = a_reply(*wishes)
    assert corrected(case, case.standing[0], CAMPAIGN).rows == ()
    assert decide(case, a_policy()).reason == "correction_unclear"


def test_an_understood_removal_beside_words_that_are_not_waits_too() -> None:
    decision = decide(a_reply(REMOVE_2, correction_unclear=True), a_policy())
    assert (decision.reason, decision.submissions) == ("correction_unclear", ())


def test_a_removal_that_is_older_than_the_version_takes_nothing_from_it() -> None:
    reading = bare("correction", corrections=(REMOVE_2,))
    early = a_case(
        reading=reading, standing=(a_standing(*THREE),), at=NOON - timedelta(days=3)
    )
    assert decide(early, a_policy()).reason == "correction_unclear"


def test_a_removal_after_results_may_speak_of_either_table_and_waits() -> None:
    reading = bare("correction", corrections=(REMOVE_2,))
    outcomes = a_standing(results=(a_result(2),), phase="results", message=9)
    case = a_case(reading=reading, standing=(a_standing(*THREE), outcomes))
    assert decide(case, a_policy()).reason == "correction_unclear"


def test_two_rows_of_one_number_are_never_told_apart_by_it() -> None:
    doubled = (*THREE, a_row(7, number="2"))
    assert applied(doubled, (REMOVE_2,), CAMPAIGN) is None
    left = applied(doubled, (Correction("1", "remove"),), CAMPAIGN)
    assert left == (doubled[1], doubled[2], doubled[3])


def test_an_outcome_is_put_right_in_its_own_column() -> None:
    outcomes = (a_result(1), a_result(2))
    wish = Correction("2", "set", "expected_result", "12 căn nhà")
    made = applied(outcomes, (wish,), CAMPAIGN)
    assert made is not None
    assert made[1].result == "12 căn nhà"  # type: ignore[union-attr]
    assert made[0] == outcomes[0]


_NUMBERS = st.sampled_from(["1", "02", "3.", "4", "9"])
_WISHES = st.builds(
    Correction,
    _NUMBERS,
    st.just("set"),
    st.sampled_from(["time", "title", "method", "expected_result", "progress"]),
    st.sampled_from(["", "Tháng 7/2021", "12 căn"]),
) | st.builds(Correction, _NUMBERS, st.just("remove"))


@given(st.lists(_WISHES, max_size=5))
def test_a_reply_is_applied_wholly_or_not_at_all(wishes: list[Correction]) -> None:
    made = applied(THREE, wishes, CAMPAIGN)
    if made is None:
        return
    removed = sum(w.change == "remove" for w in wishes)
    assert len(made) == len(THREE) - removed
    for wish in wishes:
        number = wish.number.strip(".").lstrip("0")
        found = [row for row in made if row.number == number]
        if wish.change == "remove":
            assert found == []
        else:
            assert getattr(found[0], wish.column or "") == wish.text
    touched = {wish.number.strip(".").lstrip("0") for wish in wishes}
    assert [r for r in made if r.number not in touched] == [
        r for r in THREE if r.number not in touched
    ]
