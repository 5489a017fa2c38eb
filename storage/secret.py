"""The installation's secret: drawn once, kept with the ledger that it speaks for.

What is derived from it is the same on every replay, and in every copy of the database.
"""

import secrets

from sqlalchemy import Connection

from storage import settled
from storage.tables import meta
from storage.upserts import insert_new

_NAME = "installation.secret"
_BYTES = 32


def find(connection: Connection) -> bytes | None:
    """Return the secret, None before it is drawn."""
    found = settled.get(connection, _NAME)
    return bytes.fromhex(found) if found else None


def get_or_make(connection: Connection) -> bytes:
    """Return the secret, drawn now where there is none; whoever is first draws it."""
    drawn = secrets.token_hex(_BYTES)
    connection.execute(
        insert_new(connection, meta, ["name"]), {"name": _NAME, "value": drawn}
    )
    return bytes.fromhex(settled.get(connection, _NAME) or drawn)
