"""Single facts by name (digests, pauses) that the next command must find again."""

from sqlalchemy import Connection, select

from storage.tables import meta
from storage.upserts import insert_new, insert_or_update


def get(connection: Connection, name: str) -> str | None:
    """Return the fact, or None where none was put."""
    found: str | None = connection.scalar(
        select(meta.c.value).where(meta.c.name == name)
    )
    return found


def put(connection: Connection, name: str, value: str) -> None:
    """Set the fact, whatever it was."""
    statement = insert_or_update(connection, meta, ["name"], ["value"])
    connection.execute(statement, {"name": name, "value": value})


def hold(connection: Connection, name: str) -> None:
    """Lock the fact until this transaction ends, so that one decides at a time.

    SQLite needs no more than its one writer; PostgreSQL locks the row.
    """
    if connection.dialect.name == "sqlite":
        return
    connection.execute(
        insert_new(connection, meta, ["name"]), {"name": name, "value": ""}
    )
    connection.execute(select(meta).where(meta.c.name == name).with_for_update())
