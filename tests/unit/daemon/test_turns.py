"""Mails are decided in the order in which they came, and slow ones only delay."""

from daemon.turns import PATIENCE, Turns
from daemon.workbench import Outcome


def _ids(outcomes: tuple[Outcome, ...]) -> list[int]:
    return [outcome.id for outcome in outcomes]


def test_what_came_later_waits_for_what_came_before() -> None:
    turns = Turns()
    turns.expect([1, 2])
    turns.expect([3])

    turns.arrived([Outcome(3)], 0)
    assert turns.take() == ()
    turns.arrived([Outcome(2), Outcome(1)], 1)

    assert _ids(turns.take()) == [2, 1, 3]


def test_a_slow_mail_is_waited_for_only_so_long() -> None:
    turns = Turns()
    turns.expect([1, 2])
    turns.expect([3])
    turns.arrived([Outcome(2)], 0)
    turns.arrived([Outcome(3)], 1)

    assert turns.patience(1) == PATIENCE - 1
    turns.arrived([], PATIENCE)
    assert _ids(turns.take()) == [2, 3]
    turns.arrived([Outcome(1)], PATIENCE + 1)

    assert _ids(turns.take()) == [1]
    assert turns.patience(PATIENCE + 1) is None


def test_where_nothing_more_will_come_everything_is_due() -> None:
    turns = Turns()
    turns.expect([1, 2])
    turns.arrived([Outcome(1)], 0)

    assert _ids(turns.take(everything=True)) == [1]
    assert turns.patience(0) is None
