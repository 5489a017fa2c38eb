"""Alarms: once when it begins, once when it is over, and nothing that only may be."""

from datetime import datetime, timedelta
from typing import Any

from daemon.alarm.judge import (
    Seen,
    begun,
    conditions,
    ended,
    judged_short,
    secret,
    standing_since,
)
from storage.alerts import OpenAlert
from storage.folders import FolderState
from storage.troubles import OutboxTroubles
from tests.builders.case import NOON


def seen(**named: Any) -> Seen:
    outbox = OutboxTroubles(
        waiting=named.pop("waiting", 0),
        failed=named.pop("failed", 0),
        login_refused=named.pop("login_refused", False),
        last_sent=named.pop("last_sent", None),
    )
    usual: dict[str, Any] = {"folders": (), "free": 9000, "floor": 500}
    return Seen(outbox=outbox, **{**usual, **named})


def a_folder(**named: Any) -> FolderState:
    return FolderState("gmail", "INBOX", **named)


def told(
    what: Seen, open_now: tuple[OpenAlert, ...] = (), now: datetime = NOON
) -> tuple[set[str], set[str]]:
    """Return the kinds that begin and those that end."""
    found = tuple(conditions(what, open_now))
    new, over = begun(found, open_now, now), ended(found, open_now)
    return {one.kind for one in new}, {one.kind for one in over}


def opened(kind: Any, subject: str = "outbox") -> OpenAlert:
    return OpenAlert(kind, subject, NOON - timedelta(hours=1))


def test_all_well_tells_nothing() -> None:
    assert told(seen(folders=(a_folder(),))) == (set(), set())


def test_each_condition_begins_once_and_ends_once() -> None:
    for kind, subject, bad in (
        ("outbox_age", "outbox", {"waiting": 2}),
        ("send_failed", "outbox", {"failed": 1}),
        ("disk", "disk", {"free": 499}),
        ("stall", "gmail", {"stalled": {"gmail": True}}),
        ("clock", "clock", {"jumped": True}),
        ("reconciliation", "gmail/INBOX", {"short": {"gmail/INBOX": 3}}),
        ("authentication", "SMTP", {"login_refused": True}),
        (
            "authentication",
            "gmail",
            {"folders": (a_folder(healthy=False, fault="LoginRefusedError"),)},
        ),
    ):
        good: dict[str, Any] = {
            "stalled": {"gmail": False},
            "jumped": False,
            "short": {"gmail/INBOX": 0},
            "folders": (a_folder(),),
            "last_sent": NOON,
        }
        before = opened(kind, subject)
        assert told(seen(**bad))[0] == {kind}
        assert told(seen(**{**good, **bad}), (before,)) == (set(), set())
        assert told(seen(**good), (before,)) == (set(), {kind})


def test_a_network_that_is_down_says_nothing_of_the_password() -> None:
    down = a_folder(healthy=False, fault="MailboxUnreachableError")
    before = opened("authentication", "gmail")
    assert told(seen(folders=(down,)), (before,)) == (set(), set())


def test_a_login_by_smtp_works_again_when_a_mail_has_left_since() -> None:
    before = opened("authentication", "SMTP")
    assert told(seen(last_sent=NOON - timedelta(hours=2)), (before,))[1] == set()
    assert told(seen(last_sent=NOON), (before,))[1] == {"authentication"}


def test_a_disk_at_its_floor_does_not_flap() -> None:
    before = opened("disk", "disk")
    assert told(seen(free=510), (before,)) == (set(), set())
    assert told(seen(free=530), (before,)) == (set(), {"disk"})


def test_ages_are_not_judged_after_a_jump_of_the_clock() -> None:
    assert told(seen(waiting=3, jumped=True, steady=False))[0] == {"clock"}


def test_a_secret_mail_is_told_by_its_number_alone() -> None:
    alert = secret(17, NOON)
    assert (alert.kind, alert.subject, alert.message, alert.detail) == (
        *("secret", "17"),
        *(17, ""),
    )


def test_mails_that_came_during_a_pass_are_not_missing() -> None:
    start = NOON.isoformat()
    since = standing_since({"gmail/INBOX": 2, "gmail/Junk": 0}, {}, start)
    assert since == {"gmail/INBOX": start}
    missing = {"gmail/INBOX": 2, "gmail/Junk": 0}
    soon, later = NOON + timedelta(minutes=14), NOON + timedelta(minutes=15)
    assert judged_short(missing, since, soon) == {"gmail/Junk": 0}
    assert judged_short(missing, since, later) == missing
    assert standing_since(missing, since, later.isoformat()) == since
    assert standing_since({"gmail/INBOX": 0}, since, start) == {}
