"""Bytes first: what the ledger knows is in the archive. The dead count nothing."""

from pathlib import Path

import pytest
from sqlalchemy import select

from daemon.arrivals import Arrival, Strongroom
from daemon.clock import FixedClock
from storage import claims, dead_holders, folders
from storage.archive import Archive
from storage.database import Database
from storage.errors import StorageError
from storage.tables import archive_objects, messages, positions
from tests.builders.arrival import NOW, a_position, a_raw_mail


def an_arrival(number: int = 1) -> Arrival:
    raw = a_raw_mail(number)
    return Arrival(raw, a_position(number), "imap", NOW, len(raw))


def a_strongroom(database: Database, folder: Path) -> Strongroom:
    return Strongroom(database, Archive(folder), FixedClock(NOW), "here/1/1")


def test_what_the_archive_did_not_take_the_ledger_never_hears_of(
    database: Database, tmp_path: Path
) -> None:
    # Where the archive's folder should be stands a file: nothing can be written.
    blocked = tmp_path / "archive"
    blocked.write_text("not a folder")
    with pytest.raises(StorageError):
        a_strongroom(database, blocked).keep([an_arrival()])
    with database.read() as connection:
        for table in (messages, positions, archive_objects):
            assert connection.execute(select(table)).first() is None
        uids = folders.known_positions(connection, "gmail", "INBOX", 7, [1])
    # So that the next pass fetches it again.
    assert set(uids) == set()


def test_a_batch_that_comes_again_after_a_crash_is_one_ledger_row_each(
    database: Database, tmp_path: Path
) -> None:
    room = a_strongroom(database, tmp_path / "archive")
    batch = [an_arrival(1), an_arrival(2)]
    first, again = room.keep(batch), room.keep(batch)
    assert [one.new for one in (*first, *again)] == [True, True, False, False]
    assert [one.id for one in first] == [one.id for one in again]
    with database.read() as connection:
        assert len(connection.execute(select(messages)).all()) == 2
        for one in first:
            assert room.archive.get(connection, "raw", one.raw_sha256) == one.raw


def test_a_holder_that_was_killed_counts_no_attempt(
    database: Database, tmp_path: Path
) -> None:
    room = a_strongroom(database, tmp_path / "archive")
    room.keep([an_arrival()])
    for _ in range(4):
        with database.write() as connection:
            dead_holders.free(connection, ["here/1/1"], NOW)
            (taken,) = claims.claim(connection, room.claim(), NOW, 10, 10**6)
        assert taken.attempts == 0
