"""What holds whatever comes: nothing is cut, nothing is lost without proof."""

from hypothesis import given, settings
from hypothesis import strategies as st

from daemon.decide import decide
from daemon.decide.digest import row_key
from daemon.decide.quota import counted
from tests.builders.case import (
    a_case,
    a_message,
    a_policy,
    a_reading,
    a_row,
    a_standing,
    a_trace,
    rows,
)

POLICY = a_policy()
UNPROVEN = a_message(trace=a_trace(None))
TABLE = st.lists(st.integers(1, 14), max_size=8, unique=True).map(tuple)
MODE = st.sampled_from([None, "new", "replacement", "supplement"])


@given(st.integers(0, 40), st.integers(0, 20))
def test_a_count_is_below_equal_or_above_its_quota(count: int, quota: int) -> None:
    found = [f.code for f in counted(count, quota)]
    expected = ["under_quota"] if count < quota else ["over_quota"]
    assert found == ([] if count == quota else expected)


@settings(deadline=None)
@given(st.integers(1, 30))
def test_no_row_above_the_quota_is_ever_cut(count: int) -> None:
    reading = a_reading(registrations=rows(*range(1, count + 1)))
    (made,) = decide(a_case(reading=reading), POLICY).submissions
    assert len(made.registrations) == count
    assert made.state == "accepted"


@settings(max_examples=150, deadline=None)
@given(TABLE, TABLE, MODE, st.booleans())
def test_without_proof_no_row_goes_out_of_force(
    before: tuple[int, ...], new: tuple[int, ...], mode: str | None, proven: bool
) -> None:
    standing = a_standing(*rows(*before))
    message = a_message() if proven else UNPROVEN
    reading = a_reading(
        registrations=rows(*new), mode=mode, message=message, kind="registration"
    )
    decision = decide(a_case(reading=reading, standing=(standing,)), POLICY)
    stand = {row_key(row) for row in rows(*before)}
    for made in decision.submissions:
        kept = {row_key(row) for row in made.registrations}
        assert proven or stand <= kept
        # A supplement never loses a row, whoever sent it.
        assert made.mode != "supplement" or stand <= kept
        assert {row_key(row) for row in rows(*new)} <= kept


@settings(max_examples=100, deadline=None)
@given(TABLE.filter(bool), TABLE.filter(bool), MODE)
def test_the_same_mail_decided_twice_changes_nothing_the_second_time(
    before: tuple[int, ...], new: tuple[int, ...], mode: str | None
) -> None:
    reading = a_reading(registrations=rows(*new), mode=mode)
    first = decide(
        a_case(reading=reading, standing=(a_standing(*rows(*before)),)), POLICY
    )
    for made in first.submissions:
        standing = a_standing(
            *made.registrations, version=2, last_version=2, message=7, mode=made.mode
        )
        again = decide(a_case(reading=reading, standing=(standing,), id=7), POLICY)
        assert again.submissions == ()


@settings(deadline=None)
@given(st.lists(st.sampled_from(["MN-06", "P10", None]), min_size=1, max_size=5))
def test_a_row_that_names_another_unit_never_counts_for_the_address(
    units: list[str | None],
) -> None:
    table = tuple(a_row(n, unit=code) for n, code in enumerate(units, 1))
    decision = decide(a_case(reading=a_reading(registrations=table)), POLICY)
    if any(units):
        assert (decision.reason, decision.submissions) == ("unit_mismatch", ())
    else:
        assert len(decision.submissions[0].registrations) == len(units)
