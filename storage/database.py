"""One database, SQLite or PostgreSQL: transactions that hold what they promise.

It knows no table. Whoever writes gets the write lock first (SQLite) and is durable when
the block ends; whoever reads sees one snapshot.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection as Connection
from sqlalchemy import Engine, create_engine, event, exc
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from storage import migrations
from storage.errors import StorageError, TemporaryStorageError
from storage.faults import translate

#: Milliseconds that a writer waits for another before it gives up for now.
_PATIENCE = 30_000
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # NORMAL could lose the last commits at a power cut, and we tell people of them.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # Digests fall anywhere in their indexes: with the usual 2 MB of cache and a
    # checkpoint every 4 MB a mail cost more with each ten thousand in the ledger.
    "PRAGMA cache_size = -32768",
    "PRAGMA wal_autocheckpoint = 8000",
)
#: `synchronous_commit` is said because a server's own configuration may say otherwise.
_POSTGRES_OPTIONS = (
    f"-c timezone=UTC -c lock_timeout={_PATIENCE} -c synchronous_commit=on"
)
_WRITES = "hopthu_writes"


class Database:
    """The door to the ledger; every function of this room takes its connections."""

    __slots__ = ("engine",)

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Yield a connection whose work is durable when the block ends, or undone.

        Raises TemporaryStorageError where the database cannot do it now,
        ConflictError where a uniqueness rule forbids it, else StorageError.
        """
        with self._transaction({_WRITES: True}) as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection that sees one snapshot and cannot write; errors as above.

        On SQLite nothing but our own discipline keeps it from writing.
        """
        options: dict[str, Any] = {_WRITES: False}
        if self.engine.dialect.name == "postgresql":
            options["isolation_level"] = "REPEATABLE READ"
            options["postgresql_readonly"] = True
        with self._transaction(options) as connection:
            yield connection

    @contextmanager
    def _transaction(self, options: dict[str, Any]) -> Iterator[Connection]:
        try:
            with self.engine.connect() as plain:
                connection = plain.execution_options(**options)
                with connection.begin():
                    yield connection
        except exc.TimeoutError as error:
            raise TemporaryStorageError("no free database connection") from error
        except exc.DBAPIError as error:
            raise StorageError(str(error)) from error

    def upgrade(self) -> None:
        """Bring the schema to what this program knows; one query where it is that.

        Several programs may call it at once: one works, the others wait. Raises
        StorageError where the schema is newer than this program.
        """
        reading = self.engine.execution_options(**{_WRITES: False})
        migrations.upgrade(self.engine, reading)

    def close(self) -> None:
        """Close every connection that is not in use."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Return the database behind a SQLAlchemy URL; nothing is connected yet.

    A SQLite file's folder is created (0700) and the file kept to its owner (0600).
    Raises StorageError for a URL that is neither SQLite nor PostgreSQL.
    """
    try:
        parsed = make_url(url)
    except exc.ArgumentError as error:
        raise StorageError("the database's URL cannot be read") from error
    if parsed.get_backend_name() == "sqlite":
        engine = _sqlite(parsed)
    elif parsed.get_backend_name() == "postgresql":
        engine = _postgres(parsed)
    else:
        raise StorageError(f"no such database here: {parsed.get_backend_name()}")
    event.listen(engine, "handle_error", translate, retval=True)
    return Database(engine)


def _postgres(url: URL) -> Engine:
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={"options": _POSTGRES_OPTIONS, "connect_timeout": 10},
        pool_pre_ping=True,
    )


def _sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        _keep_private(Path(url.database))
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"),
        connect_args={"timeout": _PATIENCE / 1000},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _keep_private(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # QUIRK: whoever closes any descriptor of a file gives up every POSIX lock that
        # his process has on it. Were an existing file opened here while a connection of
        # ours is open, another program would take itself for the last one and remove
        # the -wal file under us. Of a file that is made here nobody has a lock.
        # SQLite gives its -wal and -shm files the mode of the file itself.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        if not path.is_file() or not os.access(path, os.R_OK | os.W_OK):
            raise TemporaryStorageError("the database cannot be opened") from None
    except OSError as error:
        raise TemporaryStorageError(
            f"the database cannot be opened: {error}"
        ) from error


def _prepare_sqlite(dbapi: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # QUIRK: the driver begins transactions by its own rules (never before a SELECT,
    # never IMMEDIATE), which loses updates; None leaves all of it to `_begin_sqlite`.
    dbapi.isolation_level = None
    cursor = dbapi.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A reader that turns writer on an old snapshot is refused at once, whatever the
    # patience: who may write takes the lock before it looks.
    writes = connection.get_execution_options().get(_WRITES, True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
