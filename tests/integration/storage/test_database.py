import os
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import URL

from storage import migrations
from storage.database import Database, open_database
from storage.errors import ConflictError, StorageError, TemporaryStorageError
from storage.tables import leases, meta, withdrawals
from tests.builders.arrival import NOW


def put(database: Database, name: str, value: str = "1") -> None:
    with database.write() as connection:
        connection.execute(insert(meta).values(name=name, value=value))


def value(database: Database, name: str) -> str | None:
    with database.read() as connection:
        return connection.scalar(select(meta.c.value).where(meta.c.name == name))


def test_what_was_written_is_there_and_what_failed_is_not(database: Database) -> None:
    put(database, "kept")
    rows = [{"name": "undone", "value": "1"}, {"name": "kept", "value": "2"}]
    with pytest.raises(ConflictError), database.write() as connection:
        connection.execute(insert(meta), rows)
    assert (value(database, "kept"), value(database, "undone")) == ("1", None)


def test_a_second_row_of_the_same_key_is_a_conflict(database: Database) -> None:
    put(database, "once")
    with pytest.raises(ConflictError) as told:
        put(database, "once")
    assert told.value.__cause__ is not None


def test_a_row_that_refers_to_nothing_is_refused_and_no_conflict(
    database: Database,
) -> None:
    row = {"submission": 99, "at": NOW, "by": "x"}
    with pytest.raises(StorageError) as told, database.write() as connection:
        connection.execute(insert(withdrawals).values(row))
    assert not isinstance(told.value, ConflictError | TemporaryStorageError)


def test_concurrent_writers_lose_no_update(database: Database) -> None:
    put(database, "count", "0")

    def add() -> None:
        for _ in range(25):
            with database.write() as connection:
                query = select(meta.c.value).where(meta.c.name == "count")
                before = connection.scalar(query.with_for_update())
                connection.execute(
                    update(meta)
                    .where(meta.c.name == "count")
                    .values(value=str(int(before or 0) + 1))
                )

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert value(database, "count") == "100"


def test_a_reader_sees_one_snapshot_while_others_write(database: Database) -> None:
    put(database, "before")
    with database.read() as connection:
        count = len(connection.execute(select(meta)).all())
        put(database, "after")
        assert len(connection.execute(select(meta)).all()) == count == 1
    with database.read() as connection:
        assert len(connection.execute(select(meta)).all()) == 2


def test_times_come_back_aware_and_the_same_instant(database: Database) -> None:
    with database.write() as connection:
        row = {"name": "x", "holder": "h", "until": NOW.astimezone(None), "fence": 1}
        connection.execute(insert(leases).values(row))
        until = connection.scalar(select(leases.c.until))
    assert until == NOW
    assert until is not None
    assert until.utcoffset() == NOW.utcoffset()


def test_a_naive_time_is_not_stored(database: Database) -> None:
    row = {"name": "x", "until": NOW.replace(tzinfo=None), "fence": 1}
    with pytest.raises(Exception, match="aware"), database.write() as connection:
        connection.execute(insert(leases).values(row))


def test_sqlite_is_durable_private_and_checks_references(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deep" / "hopthu.db"
    database = open_database(f"sqlite:///{path}")
    database.upgrade()
    put(database, "x")
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with database.read() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }
    modes = {stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()}
    assert modes == {0o600}


def test_a_schema_that_is_right_is_known_while_another_program_writes(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    database = open_database(url)
    database.upgrade()
    asked = open_database(url)
    with asked.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 100")
    with database.write():
        asked.upgrade()


def test_a_step_that_fails_leaves_the_references_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'x.db'}")

    def fails(connection: object) -> None:
        raise StorageError("a step of tomorrow")

    monkeypatch.setattr(migrations, "_run_steps", fails)
    with pytest.raises(StorageError, match="tomorrow"):
        database.upgrade()
    with database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_postgresql_promises_the_disk_and_utc(postgres_url: URL) -> None:
    database = open_database(postgres_url.render_as_string(hide_password=False))
    with database.read() as connection:
        told = [
            connection.exec_driver_sql(f"SHOW {name}").scalar()
            for name in ("synchronous_commit", "timezone", "transaction_read_only")
        ]
    assert told == ["on", "UTC", "on"]
    database.close()


def test_a_lost_connection_is_temporary_and_the_next_one_works(
    postgres_url: URL,
) -> None:
    database = open_database(postgres_url.render_as_string(hide_password=False))
    with pytest.raises(TemporaryStorageError), database.write() as connection:
        connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    database.close()


@pytest.mark.parametrize(
    "url", ["postgresql://nobody@127.0.0.1:1/x", "sqlite:////proc/nowhere/x.db"]
)
def test_a_database_that_cannot_be_reached_is_temporary(url: str) -> None:
    with pytest.raises(TemporaryStorageError):
        open_database(url).upgrade()


@pytest.mark.parametrize("url", ["mysql://x/y", "no url", ""])
def test_another_database_is_refused(url: str) -> None:
    with pytest.raises(StorageError):
        open_database(url)


def test_a_file_that_is_no_database_is_a_lasting_error(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StorageError) as told:
        open_database(f"sqlite:///{tmp_path / 'x.db'}").upgrade()
    assert not isinstance(told.value, TemporaryStorageError)


FULL = """
import resource, sys
from sqlalchemy import insert
from storage.database import open_database
from storage.errors import TemporaryStorageError
from storage.tables import meta
database = open_database(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
try:
    with database.write() as connection:
        row = {"name": "large", "value": "x" * (4 << 20)}
        connection.execute(insert(meta).values(row))
except TemporaryStorageError:
    sys.exit(7)
"""


def test_a_full_disk_is_temporary_and_harms_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    database = open_database(url)
    database.upgrade()
    put(database, "before")
    done = subprocess.run([sys.executable, "-c", FULL, url], env=environment())
    assert done.returncode == 7
    assert (value(database, "before"), value(database, "large")) == ("1", None)
    put(database, "after")
    with database.write() as connection:
        connection.execute(delete(meta))
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def environment() -> dict[str, str]:
    root = Path(__file__).parents[3]
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(root)}


_WRITE_AND_CLOSE = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as connection:
    connection.execute("insert into meta (name, value) values (?, 1)", sys.argv[2:])
connection.close()
"""


def test_a_file_that_is_opened_again_is_not_torn_from_under_the_first(
    tmp_path: Path,
) -> None:
    path = tmp_path / "hopthu.db"
    database = open_database(f"sqlite:///{path}")
    database.upgrade()
    put(database, "first")

    again = open_database(f"sqlite:///{path}")
    names = ["second", "third", "fourth"]
    for name in names:
        words = [sys.executable, "-c", _WRITE_AND_CLOSE, str(path), name]
        subprocess.run(words, check=True, timeout=60)
        assert path.with_name("hopthu.db-wal").exists()
        put(database, f"{name}!")
    for one in (database, again):
        one.close()

    with closing(sqlite3.connect(path)) as whole:
        assert whole.execute("pragma integrity_check").fetchone() == ("ok",)
        kept = {row[0] for row in whole.execute("select name from meta")}
    assert {"first", *names, *(f"{name}!" for name in names)} <= kept
