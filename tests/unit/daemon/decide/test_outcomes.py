"""Which work a reported result is of: one to one, and the best total of all."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daemon.decide import decide
from daemon.decide.assignment import best_assignment
from daemon.decide.outcomes import matched
from parsers.values.decision import Standing
from tests.builders.case import (
    a_case,
    a_policy,
    a_reading,
    a_result,
    a_row,
    a_standing,
    rows,
    utc,
)

OCTOBER = utc(2021, 10, 3, 2)


def positions(*titles: str, works: tuple[str, ...]) -> tuple[int | None, ...]:
    results = [a_result(n, title=t, number="") for n, t in enumerate(titles, 1)]
    registered = [a_row(n, title=t) for n, t in enumerate(works, 1)]
    return matched(results, registered).positions


def test_a_title_that_was_mended_or_turned_round_is_the_same_work() -> None:
    works = ("Trồng cây xanh dọc hẻm 12", "Trao học bổng cho học sinh nghèo")
    assert positions(
        "Trao học bỗng cho học sinh nghèo", "Dọc hẻm 12 trồng cây xanh", works=works
    ) == (1, 0)


def test_other_numbers_in_a_title_are_another_work() -> None:
    works = ("Lắp camera an ninh tại hẻm 12 đường Lê Văn Sỹ",)
    assert positions("Lắp camera an ninh tại hẻm 13 đường Lê Văn Sỹ", works=works) == (
        None,
    )


def test_a_shortened_title_is_believed_beside_its_number() -> None:
    work = a_row(2, title="Trồng cây xanh dọc hẻm 12 và chăm sóc hằng tuần")
    short = a_result(2, title="Trồng cây xanh hẻm 12")
    assert matched((short,), (a_row(1), work)).positions == (1,)
    other = a_result(1, title="Trồng cây xanh hẻm 12")
    assert matched((other,), (a_row(1), work)).positions == (None,)


def test_every_result_gets_the_work_that_makes_the_whole_fit_best() -> None:
    # Taken alone the first result is nearest to the first work; together they are not.
    works = ("Hỗ trợ sinh kế cho hộ nghèo khu phố một", "Hỗ trợ sinh kế cho hộ nghèo")
    found = positions(
        "Hỗ trợ sinh kế cho hộ nghèo khu phố",
        "Hỗ trợ sinh kế cho hộ nghèo khu phố mộ",
        works=works,
    )
    assert sorted(p for p in found if p is not None) == [0, 1]


def test_what_is_left_over_on_either_side_is_named() -> None:
    found = matched((a_result(1), a_result(7, title="Việc khác hẳn")), rows(1, 2))
    assert found.positions == (0, None)
    assert [(f.code, dict(f.parameters)["number"]) for f in found.findings] == [
        ("result_without_registration", "7"),
        ("result_missing", "2"),
    ]


_NUMBERS = st.lists(st.integers(1, 6), max_size=8)
_WEIGHT = st.sampled_from([0.0, 0.5, 0.8, 0.9, 1.0])
_SMALL = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(
            st.sampled_from([0.0, 0.5, 0.8, 0.9, 1.0]), min_size=width, max_size=width
        ),
        min_size=1,
        max_size=5,
    )
)


@settings(max_examples=200)
@given(_SMALL)
def test_no_other_pairing_has_a_better_total(weights: list[list[float]]) -> None:
    found = best_assignment(weights)
    chosen = [column for column in found if column is not None]
    assert len(chosen) == len(set(chosen))
    total = sum(weights[r][c] for r, c in enumerate(found) if c is not None)
    height, width = len(weights), len(weights[0])
    size = max(height, width)
    best = max(
        sum(weights[r][c] for r, c in enumerate(order[:height]) if c < width)
        for order in permutations(range(size))
    )
    assert total == pytest.approx(best)


@given(_NUMBERS, _NUMBERS)
def test_no_work_is_given_to_two_results(
    said: list[int], registered: list[int]
) -> None:
    found = matched([a_result(n) for n in said], [a_row(n) for n in registered])
    taken = [p for p in found.positions if p is not None]
    assert len(taken) == len(set(taken))
    assert len(found.positions) == len(said)
    lost = sum(f.code == "result_without_registration" for f in found.findings)
    missing = sum(f.code == "result_missing" for f in found.findings)
    assert (lost, missing) == (len(said) - len(taken), len(registered) - len(taken))


def _standing() -> Standing:
    return a_standing(*rows(1, 2))


def test_a_report_never_becomes_a_registration_nor_the_other_way_round() -> None:
    report = a_reading(kind="results", registrations=(), results=(a_result(1),))
    made = decide(
        a_case(reading=report, standing=(_standing(),), at=OCTOBER), a_policy()
    ).submissions
    assert [(s.phase, len(s.registrations), len(s.results)) for s in made] == [
        ("results", 0, 1)
    ]
    # In October still: a table of works is a registration, late as it is.
    late = decide(a_case(standing=(_standing(),), at=OCTOBER), a_policy()).submissions
    assert [(s.phase, s.late) for s in late] == [("registration", True)]


def test_a_table_that_may_be_either_is_held() -> None:
    unclear = a_reading(kind_unclear=True, results=(a_result(1),))
    decision = decide(a_case(reading=unclear, at=OCTOBER), a_policy())
    assert (decision.reason, decision.submissions) == ("kind_unclear", ())
