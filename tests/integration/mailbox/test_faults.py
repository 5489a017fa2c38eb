"""What odd, slow and lying servers may do to us, against a scripted server."""

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from daemon.mailbox.account import FetchLimits, MailboxAccount
from daemon.mailbox.errors import (
    AnswerError,
    FetchBrokenError,
    FolderRefusedError,
    LoginRefusedError,
    MailboxError,
    MailboxUnreachableError,
    ThrottledError,
)
from daemon.mailbox.imap import Session, connect
from daemon.mailbox.listing import FetchedMail, NotYet
from tests.neighbours.scripted_imap import (
    Script,
    ScriptedServer,
    asked_uids,
    fetch_row,
    scripted,
    serve_mails,
)

MAILS = {uid: b"Subject: %d\r\n\r\n" % uid + b"x" * 20 * uid for uid in (1, 2, 3)}


def an_account(port: int, password: str = "geheim") -> MailboxAccount:
    return MailboxAccount(
        "kịch bản", "127.0.0.1", "user", password, port, "none", read_timeout=5
    )


@contextmanager
def session_with(script: Script) -> Iterator[tuple[Session, ScriptedServer]]:
    with scripted(script) as server, connect(an_account(server.port)) as session:
        yield session, server


def delivered(
    session: Session, **named: object
) -> tuple[list[FetchedMail], list[NotYet]]:
    mails: list[FetchedMail] = []
    not_yet: list[NotYet] = []
    for batch in session.fetch(session.look("INBOX", None), **named):  # type: ignore[arg-type]
        mails += batch.mails
        not_yet += batch.not_yet
    return mails, not_yet


def bodies(answer: dict[int, bytes]) -> Script:
    """Answer the listing rightly and the fetch of bodies with rows of the test's."""
    right = serve_mails(MAILS)

    def script(command: str) -> tuple[bytes, str] | None:
        if "BODY" not in command:
            return right(command)
        return b"".join(answer.get(u, b"") for u in asked_uids(command)), "OK"

    return script


def test_a_server_that_behaves_gives_its_mails() -> None:
    with session_with(serve_mails(MAILS)) as (session, _):
        mails, not_yet = delivered(session)
    assert {m.uid: m.raw for m in mails} == MAILS
    assert not_yet == []


def test_a_session_cut_at_any_byte_gives_whole_mails_or_none() -> None:
    """E7: a part is nothing. The cut falls after every byte of the server's words."""
    limits = FetchLimits(batch_count=1)
    cuts = 0
    ended = False
    while not ended and cuts < 5000:
        mails: list[FetchedMail] = []
        with scripted(serve_mails(MAILS), cut_after=cuts) as server:
            try:
                with connect(an_account(server.port)) as session:
                    for batch in session.fetch(session.look("INBOX", None), limits):
                        mails += batch.mails
                        assert batch.not_yet == ()
                ended = True
            except MailboxUnreachableError:
                pass
        assert all(m.raw == MAILS[m.uid] for m in mails)
        cuts += 1
    # The answers of the whole session are some nine hundred bytes.
    assert cuts > 800
    assert len(mails) == 3


def test_an_empty_body_is_not_yet_and_the_others_come() -> None:
    rows = {uid: fetch_row(uid, raw) for uid, raw in MAILS.items()}
    rows[2] = b"* 2 FETCH (UID 2 RFC822.SIZE 0 BODY[] NIL)\r\n"
    with session_with(bodies(rows)) as (session, _):
        mails, not_yet = delivered(session)
    assert [m.uid for m in mails] == [1, 3]
    assert not_yet == [NotYet(2, "empty")]


def test_a_mail_that_the_answer_lacks_is_not_yet_and_listed_again() -> None:
    rows = {uid: fetch_row(uid, raw) for uid, raw in MAILS.items() if uid != 2}
    with session_with(bodies(rows)) as (session, _):
        listing = session.look("INBOX", None)
        batches = list(session.fetch(listing))
        waiting = tuple(n.uid for b in batches for n in b.not_yet)
        again = session.look("INBOX", listing.state_after(waiting))
    assert waiting == (2,)
    assert [entry.uid for entry in again.new] == [2]


def test_uids_out_of_order_and_unasked_ones_do_no_harm() -> None:
    rows = {
        1: fetch_row(3, MAILS[3]) + b"* 5 EXPUNGE\r\n" + fetch_row(9, b"not asked"),
        3: fetch_row(1, MAILS[1]) + fetch_row(2, MAILS[2]),
    }
    with session_with(bodies(rows)) as (session, _):
        mails, not_yet = delivered(session)
    assert [(m.uid, m.raw) for m in mails] == list(MAILS.items())
    assert not_yet == []


def test_a_lying_size_is_believed_only_after_a_second_connection_agrees() -> None:
    rows = {uid: fetch_row(uid, raw, size=99) for uid, raw in MAILS.items()}
    with session_with(bodies(rows)) as (session, server):
        mails, not_yet = delivered(session)
        assert server.connections == 2
    assert {m.uid: m.raw for m in mails} == MAILS
    assert all(m.size == len(m.raw) for m in mails)
    assert not_yet == []


def test_a_short_answer_is_not_a_mail() -> None:
    asked = 0

    def script(command: str) -> tuple[bytes, str] | None:
        nonlocal asked
        if "BODY" not in command:
            return serve_mails({1: MAILS[1]})(command)
        asked += 1
        part = MAILS[1][: 10 + asked]
        return fetch_row(1, part, size=len(MAILS[1])), "OK"

    with session_with(script) as (session, _):
        mails, not_yet = delivered(session)
    assert mails == []
    assert NotYet(1, "short") in not_yet


def test_a_literal_of_ten_gigabytes_breaks_only_its_own_batch() -> None:
    rows = {uid: fetch_row(uid, raw) for uid, raw in MAILS.items()}
    rows[2] = b"* 2 FETCH (UID 2 BODY[] {10000000000}\r\nx"
    with session_with(bodies(rows)) as (session, _):
        batches = session.fetch(session.look("INBOX", None), FetchLimits(batch_count=1))
        got = [m.uid for m in next(batches).mails]
        with pytest.raises(FetchBrokenError) as caught:
            next(batches)
        assert session.closed
    assert (got, caught.value.uids) == ([1], (2,))


def test_a_doubted_mail_is_asked_for_last_so_that_the_others_come() -> None:
    rows = {uid: fetch_row(uid, raw) for uid, raw in MAILS.items()}
    rows[1] = b"* BYE crashed\r\n"
    with session_with(bodies(rows)) as (session, _):
        batches = session.fetch(session.look("INBOX", None), doubted={1: 1})
        got = [m.uid for m in next(batches).mails]
        with pytest.raises(FetchBrokenError) as caught:
            next(batches)
    assert (got, caught.value.uids) == ([2, 3], (1,))


def test_an_iterator_that_is_left_early_closes_the_session() -> None:
    with session_with(serve_mails(MAILS)) as (session, _):
        batches = session.fetch(session.look("INBOX", None), FetchLimits(batch_count=1))
        next(batches)
        batches.close()  # type: ignore[attr-defined]
        assert session.closed
        with pytest.raises(MailboxUnreachableError, match="closed"):
            session.look("INBOX", None)


def test_the_next_batch_is_asked_for_before_this_one_is_handed_out() -> None:
    with session_with(serve_mails(MAILS)) as (session, server):
        batches = session.fetch(session.look("INBOX", None), FetchLimits(batch_count=1))
        next(batches)
        deadline = time.monotonic() + 5
        asked: list[str] = []
        while len(asked) < 3 and time.monotonic() < deadline:
            asked = [c for c in server.commands if "BODY" in c]
        assert len(asked) == 3
        assert len(list(batches)) == 2


def test_listings_of_two_folders_do_not_get_mixed_up() -> None:
    with session_with(serve_mails(MAILS)) as (session, server):
        first = session.look("A", None)
        session.look("B", None)
        list(session.fetch(first))
    opened = [c for c in server.commands if c.startswith(("EXAMINE", "UID FETCH"))]
    assert opened[-2] == 'EXAMINE "A"'
    assert "BODY.PEEK[]" in opened[-1]


def test_uids_of_another_validity_are_not_fetched() -> None:
    with session_with(serve_mails(MAILS)) as (session, server):
        stale = replace(session.look("INBOX", None), uidvalidity=6)
        with pytest.raises(FolderRefusedError):
            list(session.fetch(stale))
        assert not session.closed
    assert not any("BODY" in command for command in server.commands)


def test_a_folder_without_uidvalidity_is_refused() -> None:
    def script(command: str) -> tuple[bytes, str] | None:
        return (b"* 1 EXISTS\r\n", "OK") if command.startswith("EXAMINE") else None

    with session_with(script) as (session, _), pytest.raises(FolderRefusedError):
        session.look("INBOX", None)


def test_a_refused_folder_leaves_the_session_as_it_was() -> None:
    right = serve_mails(MAILS)

    def script(command: str) -> tuple[bytes, str] | None:
        return (b"", "NO no such") if command == 'EXAMINE "X"' else right(command)

    with session_with(script) as (session, _):
        with pytest.raises(FolderRefusedError):
            session.look("X", None)
        assert len(session.look("INBOX", None).new) == 3


@pytest.mark.parametrize("code", ["UNAVAILABLE", "INUSE", "LIMIT", "OVERQUOTA"])
@pytest.mark.parametrize("where", ["LOGIN", "EXAMINE", "UID FETCH"])
def test_slower_is_heard_wherever_it_is_said(code: str, where: str) -> None:
    right = serve_mails(MAILS)

    def script(command: str) -> tuple[bytes, str] | None:
        if command.startswith(where):
            return b"", f"NO [{code}] later"
        return right(command)

    with (
        scripted(script) as server,
        pytest.raises(ThrottledError) as caught,
        connect(an_account(server.port)) as session,
    ):
        delivered(session)
    assert caught.value.code == code


@pytest.mark.parametrize("where", ["EXAMINE", "UID SEARCH", "UID FETCH"])
def test_a_soft_word_of_throttling_is_remembered(where: str) -> None:
    right = serve_mails(MAILS)

    def script(command: str) -> tuple[bytes, str] | None:
        answer = right(command)
        if command.startswith("EXAMINE"):
            answer = b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n", "OK"
        if command.startswith("UID SEARCH"):
            answer = b"* SEARCH 1 2 3\r\n", "OK"
        if answer and command.startswith(where):
            return answer[0], "OK [THROTTLED] done"
        return answer

    with session_with(script) as (session, _):
        mails, _ = delivered(session)
        assert (len(mails), session.slow) == (3, "THROTTLED")


def test_a_refused_login_never_shows_the_password(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)

    def script(command: str) -> tuple[bytes, str] | None:
        # Some servers quote the whole command in their answer.
        return (b"", f"NO refused: {command}") if "LOGIN" in command else None

    with scripted(script) as server, pytest.raises(LoginRefusedError) as caught:
        connect(an_account(server.port))
    error: BaseException | None = caught.value
    assert caught.value.__suppress_context__
    assert "geheim" not in f"{error} {error!r} {caught.value.__cause__}"
    assert "geheim" not in caplog.text


def test_a_password_beyond_ascii_is_sent_by_sasl() -> None:
    with scripted(lambda _command: None) as server:
        # This server has no continuation for AUTHENTICATE and just says OK.
        connect(an_account(server.port, "mật khẩu")).close()
        assert server.commands[1] == "AUTHENTICATE PLAIN"


def test_nobody_at_the_port_is_refused_at_once() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(MailboxUnreachableError) as caught:
        connect(an_account(port))
    assert caught.value.kind == "refused"


def test_a_name_that_does_not_exist_is_said() -> None:
    account = MailboxAccount("a", "no-such-host.invalid", "u", "p", connect_timeout=5)
    with pytest.raises(MailboxUnreachableError) as caught:
        connect(account)
    assert caught.value.kind == "name"


def test_a_silent_server_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        account = replace(an_account(listener.getsockname()[1]), read_timeout=0.2)
        account = replace(account, connect_timeout=0.2)
        begun = time.monotonic()
        with pytest.raises(MailboxUnreachableError) as caught:
            connect(account)
    assert caught.value.kind == "silent"
    assert time.monotonic() - begun < 3


def test_a_server_that_speaks_no_tls_is_a_tls_fault() -> None:
    with scripted(lambda _command: None) as server:
        account = replace(an_account(server.port), security="tls")
        with pytest.raises(MailboxUnreachableError) as caught:
            connect(account)
    assert caught.value.kind == "tls"


def test_starttls_that_is_not_offered_sends_no_password() -> None:
    with scripted(lambda _command: None) as server:
        account = replace(an_account(server.port), security="starttls")
        with pytest.raises(MailboxError):
            connect(account)
        assert not any("LOGIN" in command for command in server.commands)


def test_nonsense_in_an_answer_ends_the_session() -> None:
    def script(command: str) -> tuple[bytes, str] | None:
        return (b"garbage\r\n", "OK") if command.startswith("UID SEARCH") else None

    with session_with(script) as (session, _):
        with pytest.raises((AnswerError, MailboxUnreachableError)):
            session.look("INBOX", None)
        assert session.closed


def test_a_server_without_idle_gives_no_hint_at_once() -> None:
    with session_with(serve_mails(MAILS)) as (session, server):
        session.look("INBOX", None)
        begun = time.monotonic()
        assert session.idle(30) is False
        assert time.monotonic() - begun < 2
    assert "IDLE" not in server.commands


def test_a_mail_that_is_named_with_the_go_ahead_is_not_waited_for() -> None:
    def script(command: str) -> tuple[bytes, str] | None:
        if command == "CAPABILITY":
            return b"* CAPABILITY IMAP4rev1 IDLE\r\n", "OK"
        return (b"+ idling\r\n* 4 EXISTS\r\n", "") if command == "IDLE" else None

    with session_with(script) as (session, server):
        session.look("INBOX", None)
        begun = time.monotonic()
        assert session.idle(30) is True
        assert time.monotonic() - begun < 5
        assert server.commands[-1] == "DONE"


def test_a_link_that_ends_while_we_wait_ends_the_session() -> None:
    def script(command: str) -> tuple[bytes, str] | None:
        if command == "CAPABILITY":
            return b"* CAPABILITY IMAP4rev1 IDLE\r\n", "OK"
        return (b"+ idling\r\n* BYE\r\n", "") if command == "IDLE" else None

    with session_with(script) as (session, _):
        session.look("INBOX", None)
        with pytest.raises(MailboxUnreachableError):
            session.idle(30)
        assert session.closed


def test_without_uid_move_nothing_is_moved_and_nothing_copied() -> None:
    with session_with(serve_mails(MAILS)) as (session, server):
        assert session.move("INBOX", 7, [1], "Đã đọc") is False
    assert not any("COPY" in c or "STORE" in c for c in server.commands)


def test_a_connection_is_too_old_after_twenty_five_minutes() -> None:
    times = iter([0.0, 1499.0, 1501.0])
    with scripted(lambda _command: None) as server:
        session = connect(an_account(server.port), monotonic=lambda: next(times))
        assert (session.expired, session.expired) == (False, True)
        session.close()


def test_line_logging_stays_off() -> None:
    """With imapclient's own setting every literal is formatted for a log line."""
    with session_with(serve_mails(MAILS)) as (session, _):
        list(session.fetch(session.look("INBOX", None)))
        assert session._link.client._imap.debug == 0
