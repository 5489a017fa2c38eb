"""The schema's steps, forward only, and the guard that runs them once.

Alembic runs a step; it is imported only where there is one to run, because every
command passes here. A new step is a file in `versions/` and its name at the end of
`KNOWN`; what an older step did is never changed.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, inspect

from storage.errors import StorageError

#: Every revision, oldest first; the last is the schema that this program speaks.
KNOWN = ("0001",)
_VERSION_TABLE = "alembic_version"
#: A number of our own among PostgreSQL's advisory locks ("hopthu" in hexadecimal).
_LOCK = 0x686F70746875


def upgrade(engine: Engine, reading: Engine) -> None:
    """Bring the schema to `KNOWN[-1]`; one query where it is that already.

    That query is asked of `reading`, which takes no lock to write: every command asks
    it, also while another program writes. Raises StorageError where the schema is of a
    newer program.
    """
    if _revision(reading) == KNOWN[-1]:
        return
    with _alone(engine) as connection:
        _run_steps(connection)


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        try:
            found = connection.exec_driver_sql(
                f"SELECT version_num FROM {_VERSION_TABLE}"
            ).scalar()
        except StorageError:
            connection.rollback()
            if inspect(connection).has_table(_VERSION_TABLE):
                raise
            return None
    return _known(found)


def _known(found: str | None) -> str | None:
    if found is not None and found not in KNOWN:
        raise StorageError(
            f"the database's schema ({found}) is newer than this program ({KNOWN[-1]})"
        )
    return found


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    # Two programs that start at once: the second waits here, then finds nothing to do.
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            # A step that builds a table anew would delete what refers to it, and
            # inside a transaction this switch does nothing.
            _raw(connection, "PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                if not sqlite:
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
                yield connection
                if sqlite:
                    _check_references(connection)
        finally:
            # The connection serves others after this, whatever became of the step.
            if sqlite:
                _raw(connection, "PRAGMA foreign_keys = ON")


def _raw(connection: Connection, statement: str) -> None:
    cursor = connection.connection.cursor()
    cursor.execute(statement)
    cursor.close()


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise StorageError(f"rows of {broken[0]} refer to rows that are not there")


def _run_steps(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    heads = ScriptDirectory.from_config(config).get_heads()
    if heads != [KNOWN[-1]]:
        raise StorageError(f"the steps end at {heads}, this program at {KNOWN[-1]}")
    command.upgrade(config, "head")
