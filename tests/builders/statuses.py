"""Statuses that fill in whatever a test does not name."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from parsers.values.decision import MessageState
from parsers.values.outbox import ItemState
from storage.status import MailboxStatus, PhaseStatus, Status, UnitStatus, totals

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2021, 6, 8, 9, 0, tzinfo=ZONE)


def a_line(code: str = "P09", **named: object) -> UnitStatus:
    """Return a unit that has sent nothing, with a known address."""
    made = UnitStatus(
        code=code,
        name=f"Đơn vị {code}",
        category="phuong",
        quota=10,
        registered=0,
        state="missing",
        versions=0,
        last_received=None,
        late=False,
        confirmation=None,
        results=0,
        reminders=0,
        findings=0,
        address_known=True,
        address="listed",
        phases={"results": PhaseStatus("missing", 0, False)},
    )
    return replace(made, **named)  # type: ignore[arg-type]


def a_mailbox(name: str = "gmail", **named: object) -> MailboxStatus:
    """Return a folder that was read to its end a minute ago."""
    made = MailboxStatus(name, "INBOX", 66, 66, NOW - timedelta(minutes=1), True)
    return replace(made, **named)  # type: ignore[arg-type]


def a_status(units: Sequence[UnitStatus] = (), **named: object) -> Status:
    """Return a status of these units in which nothing is wrong."""
    made = Status(
        campaign="41-KH/QU",
        as_of=NOW,
        units=tuple(units),
        totals=totals(units),
        messages=dict.fromkeys(get_args(MessageState), 0),
        outbox=dict.fromkeys(get_args(ItemState), 0),
        mailboxes=(a_mailbox(),),
    )
    return replace(made, **named)  # type: ignore[arg-type]
