"""What changed: nothing is lost, nothing is told that did not happen."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from daemon.export.changes import compared
from parsers.values.reading import Registration
from tests.builders.decisions import a_work

WORKS = st.lists(
    st.builds(
        lambda n, t, m: replace(a_work(n, t), method=m),
        st.integers(1, 4),
        st.sampled_from(("Trồng cây", "trồng  CÂY", "Sửa nhà", "Đèn hẻm", None)),
        st.sampled_from(("A", "B")),
    ),
    max_size=8,
)


@given(WORKS)
def test_the_same_rows_have_no_mark_however_they_are_ordered(
    works: list[Registration],
) -> None:
    for told in (compared(works, works), compared(works[::-1], works)):
        assert {one.mark for one in told} <= {None}


@given(WORKS, WORKS)
def test_every_row_of_both_sides_is_told_once(
    then: list[Registration], now: list[Registration]
) -> None:
    told = list(compared(then, now))
    assert [one.row for one in told if one.mark != "removed"] == now
    count = dict.fromkeys((None, "added", "changed", "removed"), 0)
    for one in told:
        count[one.mark] += 1
        assert bool(one.columns) == (one.mark == "changed")
    assert len(then) == count[None] + count["changed"] + count["removed"]


def test_a_title_that_was_put_right_is_a_change_and_not_a_new_work() -> None:
    before = [a_work(1, "Trồng cây"), a_work(2, "Sửa nhà")]
    now = [a_work(1, "Trồng cây xanh tại hẻm 12"), a_work(3, "Đèn hẻm 5")]
    marks = [(one.row.title, one.mark, one.columns) for one in compared(before, now)]
    assert marks == [
        ("Trồng cây xanh tại hẻm 12", "changed", ("title",)),
        ("Đèn hẻm 5", "added", ()),
        ("Sửa nhà", "removed", ()),
    ]


def test_another_work_under_the_same_number_is_new_and_the_old_one_gone() -> None:
    before = [a_work(1, "Trồng cây")]
    now = [replace(a_work(1, "Đèn hẻm 5"), method="Xã hội hóa", time="Quý III")]
    assert [one.mark for one in compared(before, now)] == ["added", "removed"]


def test_a_changed_row_names_its_columns() -> None:
    before = [a_work(1, "Trồng cây")]
    now = [replace(before[0], number="7", time="Tháng 8/2021", field=3)]
    (one,) = compared(before, now)
    assert (one.mark, one.columns) == ("changed", ("time", "field"))
