"""Which of our errors a driver's error is.

It knows the two drivers' codes and nothing of what was asked.
"""

import sqlite3

from sqlalchemy.engine import ExceptionContext

from storage.errors import ConflictError, StorageError, TemporaryStorageError

#: Primary result codes (the low byte): PERM, BUSY, LOCKED, NOMEM, READONLY, INTERRUPT,
#: IOERR, FULL, CANTOPEN, PROTOCOL. IOERR is also a write beyond a file size limit.
_SQLITE_TEMPORARY = frozenset({3, 5, 6, 7, 8, 9, 10, 13, 14, 15})
_SQLITE_UNIQUE = frozenset(
    {
        sqlite3.SQLITE_CONSTRAINT_UNIQUE,
        sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
        sqlite3.SQLITE_CONSTRAINT_ROWID,
    }
)


def translate(context: ExceptionContext) -> StorageError | None:
    """Return our error for the driver's; hook of SQLAlchemy's engine, which raises it.

    None leaves a fault of our own (a wrong parameter) as it is.
    """
    original = context.original_exception
    if isinstance(original, sqlite3.Error):
        return _of_sqlite(original)
    if context.dialect is not None and context.dialect.name == "postgresql":
        # Its driver is loaded where it is used: it costs every start of a command.
        from storage.postgres_faults import of_postgres

        return of_postgres(original, context.is_disconnect)
    return None


def _of_sqlite(error: sqlite3.Error) -> StorageError:
    # Errors that the driver itself raises (a closed connection) have no code.
    code: int = getattr(error, "sqlite_errorcode", -1)
    if code in _SQLITE_UNIQUE:
        return ConflictError(str(error))
    if code >= 0 and code & 0xFF in _SQLITE_TEMPORARY:
        return TemporaryStorageError(str(error))
    return StorageError(str(error))
