"""INSERT that leaves an existing row alone or mends it, on both databases.

It knows no table; SQLAlchemy has the clause only in the two dialects.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(
    connection: Connection, table: Table, keys: Sequence[str] | None = None
) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT for which a row of the same `keys` is a no-op, not an error.

    Without `keys` so is a row that meets any of the table's uniqueness rules.
    """
    return _insert(connection, table).on_conflict_do_nothing(index_elements=keys)


def insert_or_update(
    connection: Connection, table: Table, keys: Sequence[str], values: Sequence[str]
) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that sets `values` anew where a row of the same `keys` is."""
    statement: Any = _insert(connection, table)
    changes = {name: statement.excluded[name] for name in values}
    updated: sqlite.Insert | postgresql.Insert = statement.on_conflict_do_update(
        index_elements=keys, set_=changes
    )
    return updated


def _insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
