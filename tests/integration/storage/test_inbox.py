from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from storage.database import Database
from storage.events import events_of_message
from storage.folders import (
    DroppedFile,
    FolderState,
    all_positions,
    begin_era,
    folder_state,
    folder_states,
    known_positions,
    match_headers,
    read_files,
    save_files,
    save_folder,
)
from storage.inbox import Holder, NewMail, Recorded, add_positions, record
from storage.mails import message_detail, message_lines
from storage.tables import messages, positions
from tests.builders.arrival import NOW, a_new_mail, a_position, a_raw_mail


def recorded(
    database: Database, *mails: NewMail, holder: Holder | None = None
) -> tuple[Recorded, ...]:
    with database.write() as connection:
        return record(connection, mails, NOW, holder)


def counts(database: Database) -> tuple[int, int]:
    with database.read() as connection:
        mails = connection.scalar(select(func.count()).select_from(messages))
        places = connection.scalar(select(func.count()).select_from(positions))
    return mails or 0, places or 0


def test_a_batch_becomes_messages_in_the_order_of_arrival(database: Database) -> None:
    told = recorded(database, *(a_new_mail(n) for n in range(1, 61)))
    assert [one.id for one in told] == sorted(one.id for one in told)
    assert all(one.new and one.fence is None for one in told)
    with database.read() as connection:
        lines = message_lines(connection)
        history = events_of_message(connection, told[0].id)
    assert [line.uid for line in lines] == list(range(1, 61))
    assert {line.state for line in lines} == {"fetched"}
    assert [line.receipt for line in lines] == [one.receipt for one in told]
    assert [(e.from_, e.to, e.by) for e in history] == [(None, "fetched", "hopthu")]


def test_recording_a_batch_again_changes_nothing(database: Database) -> None:
    batch = [a_new_mail(n) for n in range(1, 6)]
    first = recorded(database, *batch)
    second = recorded(database, *batch)
    assert counts(database) == (5, 5)
    assert [one.id for one in second] == [one.id for one in first]
    assert not any(one.new for one in second)


def test_the_same_bytes_elsewhere_add_a_position(database: Database) -> None:
    junk = a_position(9, folder="Junk", junk=True)
    lines = a_raw_mail(1).replace(b"\r\n", b"\n")
    path = a_position(folder=None, uidvalidity=None, uid=None, path="notes/1.eml")
    told = recorded(
        database,
        a_new_mail(1),
        a_new_mail(1, position=junk),
        a_new_mail(1, raw=lines, position=path),
        a_new_mail(1, raw=lines, position=path),
    )
    assert counts(database) == (1, 3)
    assert [one.new for one in told] == [True, False, False, False]
    with database.read() as connection:
        detail = message_detail(connection, told[0].id)
    assert detail is not None
    assert [(p.folder, p.path, p.junk) for p in detail.positions] == [
        ("INBOX", None, False),
        ("Junk", None, True),
        (None, "notes/1.eml", False),
    ]


def test_other_bytes_at_a_known_position_are_kept_all_the_same(
    database: Database,
) -> None:
    recorded(database, a_new_mail(1))
    told = recorded(database, a_new_mail(2, position=a_position(1)))
    assert told[0].new
    assert counts(database) == (2, 1)


def test_what_is_recorded_can_be_claimed_at_once(database: Database) -> None:
    holder = Holder("a", NOW + timedelta(minutes=5))
    told = recorded(database, a_new_mail(1), a_new_mail(1), holder=holder)
    again = recorded(database, a_new_mail(1), holder=Holder("b", NOW))
    assert [one.fence for one in (*told, *again)] == [1, None, None]
    with database.read() as connection:
        row = connection.execute(select(messages)).one()
    assert (row.lease_holder, row.lease_until, row.fence) == ("a", holder.until, 1)


def test_uids_and_sizes_may_be_as_large_as_servers_say(database: Database) -> None:
    top = 2**32 - 1
    mail = a_new_mail(1, position=a_position(top, uidvalidity=top), raw_bytes=10**10)
    recorded(database, mail)
    with database.read() as connection:
        found = known_positions(connection, "gmail", "INBOX", top, [1, top])
    assert found == {top}


def test_an_empty_batch_is_nothing(database: Database) -> None:
    assert recorded(database) == ()


def test_known_positions_are_of_this_mailbox_folder_and_era_only(
    database: Database,
) -> None:
    recorded(database, *(a_new_mail(n) for n in (1, 2, 3)))
    with database.read() as connection:

        def known(mailbox: str, folder: str, era: int) -> frozenset[int]:
            return known_positions(connection, mailbox, folder, era, range(2, 3000))

        assert known("gmail", "INBOX", 7) == {2, 3}
        assert all_positions(connection, "gmail", "INBOX", 7) == {1, 2, 3}
        others = [("notes", "INBOX", 7), ("gmail", "Junk", 7), ("gmail", "INBOX", 8)]
        assert [known(*other) for other in others] == [frozenset()] * 3


def test_a_folder_is_remembered_as_it_was_last_seen(database: Database) -> None:
    with database.read() as connection:
        new = folder_state(connection, "gmail", "INBOX")
    assert new == FolderState("gmail", "INBOX")
    seen = replace(new, uidvalidity=7, next_uid=12, on_server=11, first_pass_done=True)
    failed = replace(seen, healthy=False, fault="no server", last_success=NOW)
    for state in (seen, failed):
        with database.write() as connection:
            save_folder(connection, state)
            save_folder(connection, replace(state, folder="Junk"))
    with database.read() as connection:
        assert folder_state(connection, "gmail", "INBOX") == failed
        assert [s.folder for s in folder_states(connection)] == ["INBOX", "Junk"]


def test_an_era_that_comes_back_makes_no_mail_known(database: Database) -> None:
    recorded(database, *(a_new_mail(n) for n in (1, 2)))
    with database.write() as connection:
        save_folder(
            connection, FolderState("gmail", "INBOX", 7, 3, 2, first_pass_done=True)
        )
        begin_era(connection, "gmail", "INBOX", 8)
        assert all_positions(connection, "gmail", "INBOX", 7) == {1, 2}
        state = begin_era(connection, "gmail", "INBOX", 7)
        assert all_positions(connection, "gmail", "INBOX", 7) == frozenset()
        assert folder_state(connection, "gmail", "INBOX") == state
    assert (state.uidvalidity, state.next_uid, state.first_pass_done) == (7, 1, True)
    assert counts(database) == (2, 0)


def test_after_a_new_era_mails_are_known_by_header_and_size(
    database: Database,
) -> None:
    mails = [a_new_mail(n) for n in range(1, 1201)]
    told = recorded(database, *mails)
    pairs = [(mail.raw_bytes, mail.header_sha256) for mail in mails]
    strange = [(pairs[0][0] + 1, pairs[0][1]), (pairs[0][0], "0" * 64)]
    with database.write() as connection:
        found = match_headers(connection, "gmail", [*pairs, *strange])
        assert match_headers(connection, "notes", pairs) == {}
        assert match_headers(connection, "gmail", []) == {}
        new = [
            (found[pair], a_position(uid, uidvalidity=8))
            for uid, pair in enumerate(pairs, 1)
        ]
        add_positions(connection, new)
        add_positions(connection, new)
    assert found == {p: one.id for p, one in zip(pairs, told, strict=True)}
    assert counts(database) == (1200, 2400)


@pytest.mark.parametrize("head", ["", "Message-ID: <same@x>\r\n"])
def test_headers_that_tell_no_mails_apart_match_nothing(
    database: Database, head: str
) -> None:
    raws = [f"{head}Subject: x\r\n\r\n{n}".encode() for n in (1, 2)]
    mails = [a_new_mail(n, raw=raw) for n, raw in enumerate(raws, 1)]
    recorded(database, *mails)
    pairs = {(mail.raw_bytes, mail.header_sha256) for mail in mails}
    assert len(pairs) == 1
    with database.read() as connection:
        assert match_headers(connection, "gmail", pairs) == {}


def test_dropped_files_are_remembered_by_path(database: Database) -> None:
    first = DroppedFile("a.eml", 2**33, 1_623_117_600_123_456_789)
    grown = DroppedFile("a.eml", 2**33 + 1, 1_623_117_600_123_456_790, "damaged")
    with database.write() as connection:
        save_files(connection, "notes", [first])
        assert read_files(connection, "notes", ["a.eml", "b.eml"]) == {"a.eml": first}
        assert read_files(connection, "other", ["a.eml"]) == {}
        save_files(connection, "notes", [grown])
        assert read_files(connection, "notes", ["a.eml"]) == {"a.eml": grown}
