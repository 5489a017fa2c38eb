"""The whole conversation with a real server."""

import os
import re
import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from daemon.mailbox.account import FetchLimits, MailboxAccount
from daemon.mailbox.errors import (
    FolderRefusedError,
    LoginRefusedError,
    MailboxUnreachableError,
)
from daemon.mailbox.imap import Session, connect
from daemon.mailbox.listing import (
    FetchedMail,
    FolderName,
    FolderState,
    Listing,
    MissingFolder,
)
from tests.neighbours.cyrus import Cyrus
from tests.neighbours.dovecot import PASSWORD, Dovecot

HANOI = timezone(timedelta(hours=7))
DAY = datetime(2021, 6, 8, 9, tzinfo=HANOI)

#: Everything that may be said to a server, and nothing that could take a mail away or
#: call it read.
ALLOWED = re.compile(
    r"\S+ (CAPABILITY|NOOP|LOGOUT|IDLE|LIST .*|EXAMINE .*|SELECT .*|UID SEARCH .*"
    r"|UID MOVE \S+ .*|UID STORE \S+ \+FLAGS\.SILENT \(\$hopthu\)"
    r"|UID FETCH \S+ \(UID( RFC822\.SIZE INTERNALDATE)?( BODY\.PEEK\[(HEADER)?\])?\))"
    r"|DONE"
)


def an_account(server: Dovecot | Cyrus, user: str, **named: object) -> MailboxAccount:
    plain = MailboxAccount(
        "thử", "127.0.0.1", user, PASSWORD, server.port, "none", read_timeout=20
    )
    return replace(plain, **named)  # type: ignore[arg-type]


def a_mail(number: int, size: int = 200) -> bytes:
    head = b"Message-ID: <%d@x.vn>\r\nSubject: %d\r\n\r\n" % (number, number)
    return head + b"x" * (size - len(head) - 2) + b"\r\n"


def all_mails(session: Session, listing: Listing) -> dict[int, FetchedMail]:
    batches = list(session.fetch(listing))
    assert all(batch.not_yet == () for batch in batches)
    return {mail.uid: mail for batch in batches for mail in batch.mails}


def flags_of(server: Dovecot, user: str) -> dict[bytes, str]:
    """Return the standard flags of each mail by UID, as another client sees them."""
    with server.client(user) as client:
        client.select("INBOX", readonly=True)
        _, lines = client.uid("FETCH", "1:*", "(FLAGS)")
    found = {}
    for line in lines:
        told = re.search(rb"UID (\d+) FLAGS \(([^)]*)\)", line)
        assert told is not None
        words = told[2].decode().replace("\\Recent", "").split()
        found[told[1]] = " ".join(sorted(words))
    return found


def test_mails_come_with_their_bytes_sizes_and_dates(
    dovecot: Dovecot, user: str
) -> None:
    mails = {uid: a_mail(uid, 100 * uid + 40) + b"\0\xff8bit\r\n" for uid in (1, 2, 3)}
    for uid in mails:
        mails[uid] = mails[uid].replace(b"\0", b"\x01")
        dovecot.append(user, mails[uid], DAY + timedelta(minutes=uid))
    with connect(an_account(dovecot, user)) as session:
        listing = session.look("INBOX", None)
        found = all_mails(session, listing)
    assert {uid: mail.raw for uid, mail in found.items()} == mails
    assert [e.size for e in listing.new] == [len(raw) for raw in mails.values()]
    assert found[2].internaldate == DAY + timedelta(minutes=2)
    assert found[2].internaldate.utcoffset() is not None


def test_a_mail_that_a_delivery_program_drops_is_found(
    dovecot: Dovecot, user: str
) -> None:
    dovecot.append(user, a_mail(1), DAY)
    with connect(an_account(dovecot, user)) as session:
        state = session.look("INBOX", None).state_after()
        dovecot.drop(user, "1623.a.host", b"Subject: bare\n\nline ends\n", DAY)
        dovecot.own(user)
        listing = session.look("INBOX", state)
        (mail,) = all_mails(session, listing).values()
    assert mail.raw == b"Subject: bare\r\n\r\nline ends\r\n"
    assert mail.internaldate == DAY


def test_only_what_is_new_is_asked_for(dovecot: Dovecot, user: str) -> None:
    with connect(an_account(dovecot, user)) as session:
        state = session.look("INBOX", None).state_after()
        assert state.next_uid == 1
        for number in (1, 2):
            dovecot.append(user, a_mail(number), DAY)
            listing = session.look("INBOX", state)
            assert [e.uid for e in listing.new] == [number]
            state = listing.state_after()
        assert session.look("INBOX", state).new == ()


def test_opening_a_mail_by_hand_does_not_hide_it_and_we_open_none(
    dovecot: Dovecot, user: str
) -> None:
    dovecot.append(user, a_mail(1), DAY, flags="\\Seen \\Flagged")
    dovecot.append(user, a_mail(2), DAY)
    before = flags_of(dovecot, user)
    assert before == {b"1": "\\Flagged \\Seen", b"2": ""}
    with connect(an_account(dovecot, user)) as session:
        listing = session.look("INBOX", None)
        assert len(all_mails(session, listing)) == 2
        assert session.label("INBOX", listing.uidvalidity, [2])
    assert flags_of(dovecot, user) == {**before, b"2": "$hopthu"}


def test_no_command_of_ours_marks_read_or_takes_a_mail_away(
    dovecot: Dovecot, user: str
) -> None:
    for number in (1, 2, 3):
        dovecot.append(user, a_mail(number), DAY)
    with dovecot.client(user) as other:
        other.create('"Xong"')
    others = dovecot.records(user)
    account = an_account(dovecot, user, since=date(2021, 6, 1))
    with connect(account) as session:
        session.resolve(["INBOX", "\\Junk"])
        listing = session.look("INBOX", None)
        all_mails(session, listing)
        list(session.headers(listing))
        list(session.fetch(listing, FetchLimits(message_bytes=10)))
        session.uids("INBOX")
        session.compare("INBOX", listing.uidvalidity, [1])
        session.idle(0.2)
        assert session.label("INBOX", listing.uidvalidity, [1])
        assert session.move("INBOX", listing.uidvalidity, [2], "Xong")
        session.find_in("INBOX", "<1@x.vn>", ("X-Hopthu-Key", "k"))
        assert session.uids("INBOX") == (1, 3)
    said = dovecot.commands(user, but=others)
    assert len(said) > 15
    strange = [line for line in said if not ALLOWED.fullmatch(line)]
    assert strange == []
    # A folder is opened for writing only for the courtesies.
    opened = [line.split()[1] for line in said if "SELECT" in line or "EXAMINE" in line]
    assert opened.count("SELECT") == 2


def test_only_the_uids_that_are_named_are_moved(dovecot: Dovecot, user: str) -> None:
    for number in (1, 2):
        dovecot.append(user, a_mail(number), DAY)
    with dovecot.client(user) as other:
        other.create('"Xong"')
        other.select("INBOX")
        other.store("1", "+FLAGS", "\\Deleted")
        with connect(an_account(dovecot, user)) as session:
            validity = session.look("INBOX", None).uidvalidity
            assert session.move("INBOX", validity, [2], "Xong")
            assert not session.move("INBOX", validity + 1, [1], "Xong")
            with pytest.raises(FolderRefusedError):
                session.move("INBOX", validity, [1], "Không có")
            # What another program marked for deletion is still there.
            assert session.uids("INBOX") == (1,)
            assert session.uids("Xong") == (1,)


def test_folders_are_found_by_special_use_and_by_names_beyond_ascii(
    dovecot: Dovecot, user: str
) -> None:
    with dovecot.client(user) as other:
        other.create('"H&ANMA4g-ng Th&6w-p"')
    with connect(an_account(dovecot, user)) as session:
        asked = ["inbox", "\\Junk", "\\Sent", "Không có"]
        found = session.resolve(asked)
        assert found == (
            FolderName("INBOX", "inbox"),
            FolderName("Thư rác", "\\Junk", True),
            FolderName("Đã gửi", "\\Sent"),
            MissingFolder("Không có"),
        )
        dovecot.append(user, a_mail(1), DAY, "Th&AbA- r&AOE-c")
        assert len(session.look("Thư rác", None).new) == 1


def test_before_since_is_judged_by_the_accounts_own_day(
    dovecot: Dovecot, user: str
) -> None:
    since = date(2021, 5, 1)
    midnight = datetime(2021, 5, 1, tzinfo=HANOI)
    offsets = [timedelta(days=-400), timedelta(days=-2), timedelta(seconds=-1)]
    offsets += [timedelta(0), timedelta(hours=3), timedelta(days=9)]
    for number, offset in enumerate(offsets, start=1):
        # Written in UTC, so that the server's own day is the day before.
        dovecot.append(user, a_mail(number), (midnight + offset).astimezone(UTC))
    with connect(an_account(dovecot, user, since=since)) as session:
        listing = session.look("INBOX", None)
        assert [e.uid for e in listing.new] == [4, 5, 6]
        assert (listing.old, listing.before_since) == ((1, 2, 3), 3)
        # An old mail that somebody moves in later is counted as well.
        dovecot.append(user, a_mail(7), midnight - timedelta(days=1))
        later = session.look("INBOX", listing.state_after())
        assert (later.new, later.before_since) == ((), 4)
        compared = session.compare("INBOX", listing.uidvalidity, [4, 5, 99])
    assert (compared.on_server, compared.before_since) == (7, 4)
    assert [e.uid for e in compared.missing] == [6]
    assert compared.gone == (99,)


def test_after_a_change_of_uidvalidity_everything_is_listed_anew(
    dovecot: Dovecot, user: str
) -> None:
    for number in (1, 2, 3):
        dovecot.append(user, a_mail(number), DAY)
    account = an_account(dovecot, user)
    with connect(account) as session:
        first = session.look("INBOX", None)
        before = [mail.raw for mail in all_mails(session, first).values()]
    state = first.state_after()
    for value in (first.uidvalidity + 5, first.uidvalidity + 9, first.uidvalidity):
        dovecot.set_uidvalidity(user, value)
        with connect(account) as session:
            listing = session.look("INBOX", state)
            # Back to a value that was there before is a change like any other.
            assert listing.changed_validity is True
            assert (listing.uidvalidity, len(listing.new)) == (value, 3)
            rows = [row for part in session.headers(listing) for row in part]
            assert not session.look("INBOX", listing.state_after()).changed_validity
        heads = [raw[: raw.index(b"\r\n\r\n") + 4] for raw in before]
        assert [(r.header, r.size) for r in rows] == [(h, 200) for h in heads]
        state = listing.state_after()


def test_of_a_mail_above_the_limit_only_the_header_comes(
    dovecot: Dovecot, user: str
) -> None:
    dovecot.append(user, a_mail(1, 5000), DAY)
    dovecot.append(user, a_mail(2, 500), DAY)
    account = an_account(dovecot, user, limits=FetchLimits(message_bytes=1000))
    with connect(account) as session:
        found = all_mails(session, session.look("INBOX", None))
    assert (found[1].header_only, found[1].size) == (True, 5000)
    assert found[1].raw == b"Message-ID: <1@x.vn>\r\nSubject: 1\r\n\r\n"
    assert (found[2].header_only, found[2].raw) == (False, a_mail(2, 500))


def test_a_mail_that_is_taken_away_meanwhile_is_not_delivered(
    dovecot: Dovecot, user: str
) -> None:
    for number in (1, 2):
        dovecot.append(user, a_mail(number), DAY)
    with connect(an_account(dovecot, user)) as session:
        listing = session.look("INBOX", None)
        with dovecot.client(user) as other:
            other.select("INBOX")
            other.store("1", "+FLAGS", "\\Deleted")
            other.expunge()
        batches = list(session.fetch(listing))
        delivered = [mail.uid for batch in batches for mail in batch.mails]
        missing = [n.uid for batch in batches for n in batch.not_yet]
        assert sorted(delivered + missing) == [1, 2]
        assert 2 in delivered


def test_tls_is_verified_against_the_authority_that_was_given(
    dovecot: Dovecot, user: str
) -> None:
    secure = an_account(
        dovecot,
        user,
        host="localhost",
        port=dovecot.tls_port,
        security="tls",
        ca_file=dovecot.certificate,
    )
    dovecot.append(user, a_mail(1, 300_000), DAY)
    with connect(secure) as session:
        assert len(all_mails(session, session.look("INBOX", None))) == 1
    with pytest.raises(MailboxUnreachableError) as caught:
        connect(replace(secure, ca_file=None))
    assert caught.value.kind == "tls"


def test_starttls_is_verified_too(dovecot: Dovecot, user: str) -> None:
    account = an_account(
        dovecot, user, security="starttls", ca_file=dovecot.certificate
    )
    with connect(account) as session:
        assert session.look("INBOX", None).exists == 0
    with pytest.raises(MailboxUnreachableError) as caught:
        connect(replace(account, ca_file=None))
    assert caught.value.kind == "tls"


def test_a_wrong_password_is_refused(dovecot: Dovecot, user: str) -> None:
    with pytest.raises(LoginRefusedError) as caught:
        connect(an_account(dovecot, user, password="sai-mật-khẩu"))
    assert "sai-mật-khẩu" not in str(caught.value)
    with pytest.raises(LoginRefusedError):
        connect(an_account(dovecot, user, password="wrong"))


@pytest.mark.parametrize("security", ["none", "tls"])
def test_idle_hints_at_a_mail_that_arrives(
    dovecot: Dovecot, user: str, security: str
) -> None:
    account = an_account(dovecot, user)
    if security == "tls":
        account = replace(
            account, port=dovecot.tls_port, security="tls", ca_file=dovecot.certificate
        )
    with connect(account) as session:
        state = session.look("INBOX", None).state_after()
        late = threading.Timer(0.5, dovecot.append, (user, a_mail(1), DAY))
        late.start()
        begun = time.monotonic()
        assert session.idle(20) is True
        assert time.monotonic() - begun < 10
        late.join()
        assert len(session.look("INBOX", state).new) == 1


def test_idle_ends_in_time_and_when_it_is_told_to(dovecot: Dovecot, user: str) -> None:
    with connect(an_account(dovecot, user)) as session:
        session.look("INBOX", None)
        begun = time.monotonic()
        assert session.idle(0.3) is False
        assert session.idle(60, stopped=lambda: time.monotonic() - begun > 1) is False
        assert time.monotonic() - begun < 6
        assert session.look("INBOX", FolderState(1, 1)).new == ()


def test_a_mail_of_ours_is_found_by_either_of_its_names(
    dovecot: Dovecot, user: str
) -> None:
    raw = b"Message-ID: <changed@gmail>\r\nX-Hopthu-Key: abc123\r\n\r\nx\r\n"
    dovecot.append(user, raw, DAY, "&ARAA4w- g&Hu0-i")
    with connect(an_account(dovecot, user)) as session:
        sent = "Đã gửi"
        assert session.find_in(sent, "<changed@gmail>")
        assert session.find_in(sent, "<ours@x>", ("X-Hopthu-Key", "abc123"))
        assert not session.find_in(sent, "<ours@x>", ("X-Hopthu-Key", "other"))
        assert not session.find_in("INBOX", "<changed@gmail>")


def test_a_folder_of_fifty_thousand_costs_its_listing(
    dovecot: Dovecot, user: str
) -> None:
    many, fresh = 50_001, 10
    old = datetime(2020, 1, 1, tzinfo=UTC).timestamp()
    new = DAY.timestamp()
    dovecot.append(user, a_mail(0, 100), datetime(2020, 1, 1, tzinfo=UTC))
    into = dovecot.maildir(user) / "cur"
    for number in range(many - 1):
        path = into / f"{number}.M.host,S=24,W=26:2,S"
        path.write_bytes(b"Subject: x\r\n\r\nbody 1234\n")
        os.utime(path, (old, old))
    dovecot.own(user)
    account = an_account(dovecot, user, since=date(2021, 5, 1), read_timeout=60)
    with connect(account) as session:
        session.look("INBOX", None)  # Dovecot makes its own index at the first look.
        begun = time.monotonic()
        listing = session.look("INBOX", None)
        first = time.monotonic() - begun
        assert (listing.new, listing.before_since) == ((), many)
        assert session.uids("INBOX") == tuple(range(1, many + 1))
        for number in range(fresh):
            dovecot.drop(user, f"9{number}.a.host", a_mail(number), DAY)
        dovecot.own(user)
        begun = time.monotonic()
        later = session.look("INBOX", listing.state_after())
        found = all_mails(session, later)
        second = time.monotonic() - begun
    assert len(found) == fresh
    assert [m.internaldate.timestamp() for m in found.values()] == [new] * fresh
    assert first < 30
    assert second < 10
    fetched = [line for line in dovecot.commands(user) if "UID FETCH" in line]
    assert len(fetched) == 2


def test_the_record_of_commands_would_show_a_forbidden_one(
    dovecot: Dovecot, user: str
) -> None:
    """The check above can fail: another client's command is in the record."""
    dovecot.append(user, a_mail(1), DAY)
    with dovecot.client(user) as other:
        other.select("INBOX")
        other.store("1", "+FLAGS", "\\Seen")
    said = dovecot.commands(user)
    assert any(not ALLOWED.fullmatch(line) for line in said if "STORE" in line)
    assert Path(dovecot.certificate).exists()
