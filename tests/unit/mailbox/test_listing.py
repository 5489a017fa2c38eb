from datetime import UTC, datetime
from ipaddress import ip_address

import pytest

from daemon.mailbox.account import FetchLimits, MailboxAccount
from daemon.mailbox.errors import slow_code
from daemon.mailbox.listing import Entry, FolderState, Listing

DAY = datetime(2021, 6, 8, tzinfo=UTC)


def a_listing(**named: object) -> Listing:
    given: dict[str, object] = {
        "folder": "INBOX",
        "uidvalidity": 7,
        "exists": 4,
        "uid_next": 9,
        "new": (Entry(5, 1, DAY), Entry(6, 1, DAY), Entry(8, 1, DAY)),
    }
    return Listing(**{**given, **named})  # type: ignore[arg-type]


def test_after_a_full_fetch_everything_below_the_watermark_is_known() -> None:
    assert a_listing(before_since=3).state_after() == FolderState(7, 9, 3)


def test_a_mail_that_is_not_there_yet_stops_the_watermark() -> None:
    state = a_listing(old=(7,), before_since=1).state_after((6,))
    assert state == FolderState(7, 6, 1, frozenset({7, 8}))


def test_what_was_known_above_the_watermark_stays_known() -> None:
    listing = a_listing(new=(Entry(6, 1, DAY),), known=frozenset({7, 8}))
    assert listing.state_after((6,)).known == frozenset({7, 8})
    assert listing.state_after().known == frozenset()


def test_a_mail_without_a_size_is_asked_for_again() -> None:
    state = a_listing(not_yet=(7,)).state_after()
    assert (state.next_uid, state.known) == (7, frozenset({8}))


def test_the_password_is_not_shown() -> None:
    account = MailboxAccount("a", "imap.example.org", "u", "geheim")
    assert "geheim" not in repr(account)


@pytest.mark.parametrize("host", ["imap.example.org", "10.0.0.1"])
def test_a_password_does_not_leave_the_machine_in_the_clear(host: str) -> None:
    with pytest.raises(ValueError, match="loopback"):
        MailboxAccount("a", host, "u", "p", security="none")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_plain_is_for_loopback(host: str) -> None:
    assert host == "localhost" or ip_address(host).is_loopback
    assert MailboxAccount("a", host, "u", "p", security="none").security == "none"


def test_limits_are_halved_but_never_to_nothing() -> None:
    halved = FetchLimits(batch_count=1).halved()
    assert halved.batch_count == 1
    assert halved.batch_bytes == FetchLimits().batch_bytes // 2


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("[OVERQUOTA] x", "OVERQUOTA"),
        ("NO [inuse] x", "INUSE"),
        ("[ALERT] Too many simultaneous connections. (Failure)", "LIMIT"),
        ("[AUTHENTICATIONFAILED] x", None),
        ("[ALERT] Invalid credentials (Failure)", None),
    ],
)
def test_words_for_slower_are_told_from_others(answer: str, code: str | None) -> None:
    assert slow_code(answer) == code
