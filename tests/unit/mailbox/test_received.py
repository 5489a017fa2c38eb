from datetime import UTC, datetime, timedelta

from daemon.mailbox.received import received_time

NOW = datetime(2021, 6, 8, 9, tzinfo=UTC)
EARLIER = NOW - timedelta(days=1)


def test_the_topmost_received_line_counts() -> None:
    raw = (
        b"Return-Path: <a@b>\r\nreceived: from x (y; z)\r\n\tby mx; Mon, 7 Jun 2021"
        b" 10:11:12 +0700 (ICT)\r\n"
        b"Received: by a; Tue, 1 Jun 2021 00:00:00 +0000\r\n\r\n"
    )
    assert received_time(raw, EARLIER, NOW).isoformat() == "2021-06-07T10:11:12+07:00"


def test_without_a_received_line_the_earlier_of_mtime_and_now_counts() -> None:
    assert received_time(b"Subject: x\n\nbody", EARLIER, NOW) == EARLIER
    later = NOW + timedelta(hours=1)
    assert received_time(b"Subject: x\n\nbody", later, NOW) == NOW


def test_a_received_line_in_the_body_does_not_count() -> None:
    raw = b"Subject: x\n\nReceived: by a; Tue, 1 Jun 2021 00:00:00 +0000\n"
    assert received_time(raw, EARLIER, NOW) == EARLIER


def test_a_received_line_without_a_readable_date_does_not_count() -> None:
    assert received_time(b"Received: by a; never\n\n", EARLIER, NOW) == EARLIER
