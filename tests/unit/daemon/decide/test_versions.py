"""What a later mail does to the version in force; nothing is ever edited in place."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daemon.decide import decide
from daemon.decide.digest import rows_digest
from parsers.values.decision import Decision, Standing
from parsers.values.reading import Correction, Registration
from tests.builders.case import (
    NOON,
    a_case,
    a_message,
    a_policy,
    a_reading,
    a_row,
    a_standing,
    a_trace,
    bare,
    rows,
)

POLICY = a_policy()


def later(
    delivered: tuple[Registration, ...], *before: Registration, **named: Any
) -> Decision:
    """Deliver rows where `before` stands; keys of the Reading may be named."""
    standing = named.pop("standing", a_standing(*before, version=4, last_version=6))
    of_case = {k: named.pop(k) for k in ("at", "id") if k in named}
    reading = a_reading(registrations=delivered, **named)
    return decide(a_case(reading=reading, standing=(standing,), **of_case), POLICY)


def numbers(decision: Decision) -> list[str | None]:
    return [row.number for row in decision.submissions[0].registrations]


def test_the_first_table_is_a_new_version_that_supersedes_none() -> None:
    made = decide(a_case(), POLICY).submissions
    assert [(s.mode, s.supersedes, s.state) for s in made] == [
        ("new", None, "accepted")
    ]
    assert made[0].rows_digest == rows_digest(rows(*range(1, 11)))


@pytest.mark.parametrize("kept", [6, 10])
def test_a_table_with_most_of_the_old_titles_replaces(kept: int) -> None:
    new = (*rows(*range(1, kept + 1)), a_row(99, title="Trồng cây xanh ở hẻm 12"))
    made = later(new, *rows(*range(1, 11))).submissions
    assert [(s.mode, s.supersedes) for s in made] == [("replacement", 4)]
    assert made[0].registrations == new


def test_a_table_with_none_of_the_old_titles_supplements() -> None:
    decision = later(rows(3, 4), *rows(1, 2))
    assert decision.submissions[0].mode == "supplement"
    assert decision.submissions[0].supersedes == 4
    assert numbers(decision) == ["1", "2", "3", "4"]


@pytest.mark.parametrize("kept", [1, 5])
def test_a_table_with_some_of_the_old_titles_is_held(kept: int) -> None:
    new = (*rows(*range(1, kept + 1)), a_row(99, title="Trồng cây xanh ở hẻm 12"))
    decision = later(new, *rows(*range(1, 11)))
    assert (decision.reason, decision.submissions) == ("mode_unclear", ())


def test_words_of_the_mail_go_before_the_titles() -> None:
    decision = later(rows(3), *rows(1, 2), mode="replacement")
    assert numbers(decision) == ["3"]
    assert decision.submissions[0].mode == "replacement"


def test_a_title_that_was_mended_is_the_same_work() -> None:
    mended = a_row(1, title="Xây 1 nhà tình thương cho hộ khó khăn ")
    typed = a_row(2, title="Xây 2 nhà tình thươg cho hộ khó khăn")
    decision = later((mended, typed), *rows(1, 2))
    assert decision.submissions[0].mode == "replacement"


def test_titles_that_differ_in_a_number_are_two_works() -> None:
    decision = later(rows(12), *rows(1, 2))
    assert decision.submissions[0].mode == "supplement"


def test_a_supplement_does_not_count_a_row_twice() -> None:
    decision = later(rows(2, 3), *rows(1, 2), mode="supplement")
    assert numbers(decision) == ["1", "2", "3"]


def test_a_supplement_that_lists_everything_again_is_the_whole_table() -> None:
    new = (a_row(1, time="Tháng 7"), *rows(2, 3))
    decision = later(new, *rows(1, 2), mode="supplement")
    assert decision.submissions[0].registrations == new


def test_a_supplement_that_words_one_old_work_anew_is_held() -> None:
    new = (a_row(1, time="Tháng 7"), a_row(3))
    assert later(new, *rows(1, 2), mode="supplement").reason == "mode_unclear"


def test_the_same_rows_from_another_file_change_nothing() -> None:
    spelled = tuple(
        a_row(n, number=f"{n:02}.", time="tháng 6 – 9/2021", attachment=("x.docx",))
        for n in (1, 2)
    )
    decision = later(spelled, *rows(1, 2))
    assert (decision.reason, decision.submissions) == ("nothing_changed", ())
    assert decision.items[0].reports_version is False


def test_rows_in_another_order_are_another_version() -> None:
    assert later(rows(2, 1), *rows(1, 2)).submissions[0].mode == "replacement"


def test_a_mail_received_earlier_is_kept_and_does_not_supersede() -> None:
    early = NOON - timedelta(days=3)
    decision = later(rows(1, 2), *rows(1, 2, 3), at=early)
    made = decision.submissions[0]
    assert (made.supersedes, made.received) == (None, early)
    facts = decision.items[0].facts
    assert facts.in_force is False  # type: ignore[union-attr]


def test_an_earlier_supplement_waits_for_a_person_since_its_base_is_unknown() -> None:
    decision = later(rows(9), *rows(1, 2), at=NOON - timedelta(days=3))
    assert decision.reason == "mode_unclear"


def test_a_mail_between_a_version_and_its_repetition_waits_for_a_person() -> None:
    standing = a_standing(*rows(1), confirmed=NOON + timedelta(minutes=1))
    assert later(rows(2), standing=standing).reason == "mode_unclear"


def test_in_one_second_the_ledger_s_order_decides() -> None:
    standing = a_standing(*rows(1, 2), received=NOON, message=5)
    assert (
        later(rows(1), standing=standing, mode="replacement", id=6)
        .submissions[0]
        .supersedes
    )
    before = later(rows(1), standing=standing, mode="replacement", id=4)
    assert before.submissions[0].supersedes is None


def test_an_unproven_mail_that_is_older_overwrites_nothing_and_is_kept() -> None:
    decision = later(
        rows(1, 2),
        *rows(1, 2, 3),
        at=NOON - timedelta(days=3),
        message=a_message(trace=a_trace(None)),
    )
    assert decision.submissions[0].supersedes is None


def test_an_unproven_supplement_that_would_lose_a_row_waits() -> None:
    decision = later(
        (a_row(1, time="Tháng 7"), *rows(2, 3)),
        *rows(1, 2),
        mode="supplement",
        message=a_message(trace=a_trace(None)),
    )
    assert decision.reason == "replacement_unconfirmed"


def test_a_nil_statement_is_a_version_without_rows() -> None:
    made = decide(a_case(reading=bare("nil", mode="new")), POLICY).submissions[0]
    assert (made.registrations, made.state, made.mode) == ((), "accepted", "new")


def test_a_nil_statement_after_a_table_replaces_it() -> None:
    standing = a_standing(*rows(1))
    case = a_case(reading=bare("nil", mode="new"), standing=(standing,))
    made = decide(case, POLICY).submissions[0]
    assert (made.mode, made.supersedes) == ("replacement", 1)


def test_a_table_after_a_nil_statement_replaces_it() -> None:
    assert later(rows(1), standing=a_standing()).submissions[0].mode == "replacement"


def test_a_removal_leaves_the_other_rows() -> None:
    standing = a_standing(*rows(1, 2, 3), version=2, last_version=2)
    reading = bare("correction", corrections=(Correction("02", "remove"),))
    decision = decide(a_case(reading=reading, standing=(standing,)), POLICY)
    assert numbers(decision) == ["1", "3"]
    assert decision.submissions[0].supersedes == 2


@pytest.mark.parametrize(
    "wishes",
    [
        (Correction("1", "remove"), Correction("2", "remove")),
        (Correction("9", "remove"),),
        (Correction("1", "remove"), Correction("2", "set", "time", "Tháng 7")),
        (),
    ],
    ids=["nothing left", "no such row", "half understood", "nothing understood"],
)
def test_a_correction_is_understood_wholly_or_held(wishes: Any) -> None:
    reading = bare("correction", corrections=wishes)
    case = a_case(reading=reading, standing=(a_standing(*rows(1, 2)),))
    decision = decide(case, POLICY)
    assert (decision.reason, decision.submissions) == ("correction_unclear", ())


def test_a_removal_of_a_number_that_stands_twice_is_held() -> None:
    twice = (a_row(1), a_row(2, number="1"))
    reading = bare("correction", corrections=(Correction("1", "remove"),))
    case = a_case(reading=reading, standing=(a_standing(*twice),))
    assert decide(case, POLICY).reason == "correction_unclear"


def test_a_second_reading_with_the_same_rows_stores_nothing_and_says_nothing() -> None:
    decision = later(rows(1, 2), standing=a_standing(*rows(1, 2), message=7))
    assert (decision.state, decision.reason) == ("processed", None)
    assert (decision.submissions, decision.items) == ((), ())


def test_a_second_reading_with_other_rows_is_a_version_that_staff_are_told_of() -> None:
    decision = later(rows(1, 2), standing=a_standing(*rows(1), message=7))
    assert decision.submissions[0].supersedes == 1
    assert "reading_changed" in [f.code for f in decision.findings]


def test_a_second_reading_of_a_supplement_keeps_what_it_was_added_to() -> None:
    standing = a_standing(*rows(1, 2, 3), message=7, mode="supplement")
    assert later(rows(3), standing=standing).submissions == ()


def deliver(order: list[int], tables: list[tuple[int, ...]]) -> Standing | None:
    """Decide whole tables in the order of reading; return what is in force at last."""
    standing: Standing | None = None
    for number, mail in enumerate(order, start=1):
        reading = a_reading(registrations=rows(*tables[mail]), mode="replacement")
        at = NOON + timedelta(minutes=mail)
        known = (standing,) if standing else ()
        case = a_case(reading=reading, at=at, id=mail + 1, standing=known)
        decision = decide(case, POLICY)
        if decision.reason == "nothing_changed" and standing is not None:
            said = max(at, standing.confirmed or at)
            standing = replace(standing, confirmed=said)
        for made in decision.submissions:
            if standing is None or made.received >= standing.received:
                standing = a_standing(
                    *made.registrations,
                    version=number,
                    last_version=number,
                    received=made.received,
                    message=mail + 1,
                )
    return standing


@settings(max_examples=60, deadline=None)
@given(
    tables=st.lists(
        st.lists(st.integers(1, 20), min_size=1, max_size=6, unique=True).map(tuple),
        min_size=1,
        max_size=5,
    ),
    data=st.data(),
)
def test_whatever_is_read_first_the_mail_received_last_is_in_force(
    tables: list[tuple[int, ...]], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(tables))))
    found = deliver(list(order), tables)
    assert found is not None
    assert found.rows_digest == rows_digest(rows(*tables[-1]))
