"""Which of our errors an error of PostgreSQL's driver is."""

import psycopg
from psycopg import errors as pg

from storage.errors import ConflictError, StorageError, TemporaryStorageError

#: Not now: deadlock, a snapshot that is too old, a lock that was not got in time.
_POSTGRES_TEMPORARY = (
    pg.DeadlockDetected,
    pg.SerializationFailure,
    pg.LockNotAvailable,
    pg.QueryCanceled,
)
#: Classes of SQLSTATE: connection, resources (disk full), intervention, system.
_POSTGRES_CLASSES = ("08", "53", "57", "58")


def of_postgres(error: BaseException | None, lost: bool) -> StorageError | None:
    """Return our error for the driver's; None for an error that is not the driver's."""
    if not isinstance(error, psycopg.Error):
        return None
    told = str(error).strip() or type(error).__name__
    state = error.sqlstate
    if isinstance(error, pg.UniqueViolation):
        return ConflictError(told)
    if lost or isinstance(error, _POSTGRES_TEMPORARY):
        return TemporaryStorageError(told)
    # No SQLSTATE at all: the server was not reached or went away.
    if isinstance(error, psycopg.OperationalError) and state is None:
        return TemporaryStorageError(told)
    if state is not None and state.startswith(_POSTGRES_CLASSES):
        return TemporaryStorageError(told)
    return StorageError(told)
