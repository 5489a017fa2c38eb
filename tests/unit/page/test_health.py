"""When is something wrong? Each fault alone, and the edges of time."""

from datetime import UTC, timedelta
from typing import Any

import pytest

from daemon.page.health import SILENT_AFTER, Health, health_of
from tests.builders.statuses import NOW, a_mailbox, a_status

COUNTS = a_status().outbox


def test_nothing_wrong_is_healthy() -> None:
    assert health_of(a_status(), NOW) == Health(True, NOW, ())


@pytest.mark.parametrize(
    ("named", "fault"),
    [
        ({"healthy": False}, "mailbox_failing: gmail/INBOX"),
        ({"healthy": False, "last_success": None}, "mailbox_failing: gmail/INBOX"),
        ({"last_success": None}, "mailbox_never_read: gmail/INBOX"),
        (
            {"last_success": NOW - SILENT_AFTER - timedelta(seconds=1)},
            "mailbox_silent: gmail/INBOX",
        ),
        ({"healthy": False, "folder": None}, "mailbox_failing: gmail"),
    ],
)
def test_a_mailbox_that_is_not_read_is_named_once(
    named: dict[str, Any], fault: str
) -> None:
    status = a_status(mailboxes=(a_mailbox("well"), a_mailbox(**named)))
    assert health_of(status, NOW) == Health(False, NOW, (fault,))


def test_a_quarter_of_an_hour_is_not_yet_silence() -> None:
    status = a_status(mailboxes=(a_mailbox(last_success=NOW - SILENT_AFTER),))
    assert health_of(status, NOW).healthy
    assert not health_of(status, NOW + timedelta(seconds=1)).healthy


def test_silence_is_measured_across_time_zones() -> None:
    read = (NOW - timedelta(minutes=14)).astimezone(UTC)
    assert health_of(a_status(mailboxes=(a_mailbox(last_success=read),)), NOW).healthy


def test_whoever_polls_less_often_waits_longer_for_silence() -> None:
    read = NOW - timedelta(minutes=40)
    status = a_status(mailboxes=(a_mailbox(last_success=read),))
    assert health_of(status, NOW, timedelta(hours=1)).healthy
    assert not health_of(status, NOW).healthy


def test_nothing_watched_is_not_health() -> None:
    assert health_of(a_status(mailboxes=()), NOW).faults == ("mailbox_none",)


@pytest.mark.parametrize("state", ["unknown", "failed"])
def test_mail_that_only_a_person_can_settle_is_a_fault(state: str) -> None:
    status = a_status(outbox={**COUNTS, state: 2})
    assert health_of(status, NOW).faults == (f"outbox_{state}: 2",)


@pytest.mark.parametrize("state", ["pending", "sending", "sent", "cancelled"])
def test_mail_on_its_way_is_no_fault(state: str) -> None:
    assert health_of(a_status(outbox={**COUNTS, state: 2}), NOW).healthy


def test_every_fault_is_told() -> None:
    status = a_status(
        mailboxes=(a_mailbox("a", healthy=False), a_mailbox("b", last_success=None)),
        outbox={**COUNTS, "failed": 1, "unknown": 3},
    )
    assert health_of(status, NOW).faults == (
        "mailbox_failing: a/INBOX",
        "mailbox_never_read: b/INBOX",
        "outbox_unknown: 3",
        "outbox_failed: 1",
    )
