"""Silence is measured by a clock that never jumps, and jumps are told apart from it."""

from datetime import datetime, timedelta

from daemon.alarm.silence import Jumps, Silence
from storage.folders import FolderState
from tests.builders.case import NOON

QUARTER, HOUR = 15 * 60.0, 3600.0


def folders(success: datetime | None, healthy: bool = True) -> tuple[FolderState]:
    first = FolderState("gmail", "INBOX", last_success=success, healthy=healthy)
    return (first,)


def test_a_quarter_of_an_hour_without_success_is_a_stall() -> None:
    silence = Silence({"gmail": 300.0})
    # A daemon that just started knows of no success: it neither begins nor ends any.
    assert silence.stalled(folders(NOON), 0.0) == {}
    assert silence.stalled(folders(NOON), QUARTER - 1) == {}
    assert silence.stalled(folders(NOON), QUARTER) == {"gmail": True}
    later = folders(NOON + timedelta(minutes=16))
    assert silence.stalled(later, QUARTER + 60) == {"gmail": False}
    assert silence.stalled(later, 2 * QUARTER) == {"gmail": False}
    assert silence.stalled(later, 2 * QUARTER + 60) == {"gmail": True}


def test_a_mailbox_that_was_never_read_is_silent_too() -> None:
    silence = Silence({"gmail": 300.0})
    assert silence.stalled((), 0.0) == {}
    assert silence.stalled((), QUARTER) == {"gmail": True}


def test_whoever_polls_seldom_is_given_three_polls() -> None:
    silence = Silence({"gmail": 1200.0})
    silence.stalled(folders(NOON), 0.0)
    assert silence.stalled(folders(NOON), 3599.0) == {}
    assert silence.stalled(folders(NOON), HOUR) == {"gmail": True}


def test_one_folder_may_be_silent_while_its_mailbox_is_not() -> None:
    silence = Silence({"gmail": 300.0})
    for minute in range(0, 20, 5):
        success = NOON + timedelta(minutes=minute)
        junk = FolderState("gmail", "Junk", last_success=success)
        inbox = FolderState("gmail", "INBOX", last_success=NOON, healthy=False)
        found = silence.stalled((inbox, junk), minute * 60.0)
    assert {key for key, silent in found.items() if silent} == {"gmail/INBOX"}
    well = FolderState("gmail", "INBOX", last_success=success)
    assert silence.stalled((well, junk), 1201.0)["gmail/INBOX"] is False


def test_a_clock_that_jumps_makes_no_stall() -> None:
    silence, jumps = Silence({"gmail": 300.0}), Jumps()
    silence.stalled(folders(NOON), 0.0)
    assert not jumps.look(NOON, 0.0)
    assert jumps.look(NOON + timedelta(hours=3), 60.0)
    assert silence.stalled(folders(NOON), 60.0) == {}


def test_a_jump_either_way_counts_for_half_an_hour() -> None:
    for jump in (timedelta(minutes=11), timedelta(days=-1)):
        jumps = Jumps()
        jumps.look(NOON, 0.0)
        assert jumps.look(NOON + jump, 1.0)
        assert jumps.look(NOON + jump + timedelta(minutes=29), 29 * 60.0 + 1)
        assert not jumps.look(NOON + jump + timedelta(minutes=31), 31 * 60.0 + 1)


def test_small_steps_of_a_clock_that_is_set_right_are_no_jump() -> None:
    jumps = Jumps()
    jumps.look(NOON, 0.0)
    assert not jumps.look(NOON + timedelta(minutes=9), 1.0)


def test_a_machine_that_slept_is_a_jump_and_no_stall() -> None:
    silence, jumps = Silence({"gmail": 300.0}), Jumps()
    silence.stalled(folders(NOON), 0.0)
    jumps.look(NOON, 0.0)
    # The monotonic clock stands still in a machine's sleep.
    assert jumps.look(NOON + timedelta(hours=8), 15.0)
    assert silence.stalled(folders(NOON), 15.0) == {}
