"""The only place with an opinion: reads server, archive, database and sink.

It looks through the tables themselves, not through the functions that the program uses.
"""

import email
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, inspect, select, text

from storage.archive import Archive
from storage.columns import metadata
from storage.database import open_database
from storage.tables import (
    messages,
    outbox,
    positions,
    submissions,
)
from tests.faults.world import World

Row = dict[str, Any]

#: What tells who worked when and how often, not what became of a mail.
_WORK = {"lease_holder", "lease_until", "fence", "until", "holder", "last_success"}
#: A mail that was sent twice took more attempts, later.
_SENDING = {"attempts", "unknowns", "unknown_since", "attempted_at", "sent_at"}
_SENDING |= {"last_reply", "next_attempt"}
#: Numbers; and where in the archive a thing lies depends on what it came with.
_ELSEWHERE = {
    "messages": {"id"},
    "positions": {"id"},
    "submissions": {"id"},
    "events": {"id", "at"},
    "outbox": {"id"} | _SENDING,
    "archive_objects": {"pack", "offset"},
}

#: One mail, one effect (I2), as the database itself must hold it.
_UNIQUE = {
    "messages": ({"same_bytes"}, {"message_id", "content_digest"}),
    "positions": ({"mailbox", "folder", "uidvalidity", "uid"},),
    "submissions": ({"campaign", "unit", "phase", "version"},),
    "outbox": ({"kind", "key"},),
}


@dataclass(frozen=True, slots=True)
class State:
    """What a world has come to: everything that must be the same after a crash."""

    tables: dict[str, tuple[str, ...]]
    outbox_states: dict[str, int]


@contextmanager
def looking(world: World) -> Iterator[Connection]:
    database = open_database(world.database)
    try:
        with database.read() as connection:
            yield connection
    finally:
        database.close()


def rows_of(world: World, table: Table) -> list[Row]:
    """Return a table's rows by its primary key."""
    with looking(world) as connection:
        query = select(table).order_by(*table.primary_key)
        return [dict(row) for row in connection.execute(query).mappings()]


def dump(world: World) -> dict[str, list[Row]]:
    """Return every row of every table; only who held what lease when is left out."""
    return {
        name: [_without(row, _WORK) for row in rows_of(world, table)]
        for name, table in metadata.tables.items()
        if name != "leases"
    }


def state(world: World) -> State:
    """Return what must be equal, however often the program was killed on the way.

    Rows are named by what they are of: PostgreSQL gives no number twice, not even one
    that nobody got.
    """
    names = _names(world)
    found: dict[str, tuple[str, ...]] = {}
    for name, table in metadata.tables.items():
        if name in ("leases", "meta"):
            continue
        left_out = _WORK | _ELSEWHERE.get(name, set())
        rows = rows_of(world, table)
        if name == "events":
            # Sending has its own story: who was killed at it tells of one more try.
            rows = [row for row in rows if row["outbox"] is None]
        lines = [_line(_without(_named(row, table, names), left_out)) for row in rows]
        found[name] = tuple(sorted(lines))
    states = Counter(str(row["state"]) for row in rows_of(world, outbox))
    return State(found, dict(states))


def _names(world: World) -> dict[str, dict[int, str]]:
    """Return for each numbered table what its rows are called by."""
    by = {
        messages: ("raw_sha256",),
        submissions: ("campaign", "unit", "phase", "version"),
        outbox: ("kind", "key"),
    }
    return {
        table.name: {
            row["id"]: "/".join(str(row[column]) for column in columns)
            for row in rows_of(world, table)
        }
        for table, columns in by.items()
    }


def _named(row: Row, table: Table, names: dict[str, dict[int, str]]) -> Row:
    found = dict(row)
    for column in table.columns:
        for key in column.foreign_keys:
            known = names.get(key.column.table.name)
            if known is not None and row[column.name] is not None:
                found[column.name] = known[row[column.name]]
    return found


def judge(world: World) -> None:
    """Hold the world against the invariants; raises AssertionError."""
    _no_loss(world)
    _one_effect(world)
    _one_answer(world)


def _no_loss(world: World) -> None:
    """I1: every UID has one ledger row; the stored bytes are those of the server."""
    on_server = _on_server(world)
    ledger = {row["id"]: row for row in rows_of(world, messages)}
    uids = Counter(row["uid"] for row in rows_of(world, positions))
    assert uids == dict.fromkeys(on_server, 1)
    archive = Archive(world.archive)
    with looking(world) as connection:
        assert all(one.sound for one in archive.verify(connection))
        for row in rows_of(world, positions):
            kept = archive.get(connection, "raw", ledger[row["message"]]["raw_sha256"])
            assert kept == on_server[row["uid"]]
            digest = hashlib.sha256(kept).hexdigest()
            assert digest == ledger[row["message"]]["raw_sha256"]
    assert {row["message"] for row in rows_of(world, positions)} == set(ledger)


def _one_effect(world: World) -> None:
    """I2: the database forbids a second effect, and there is none."""
    with looking(world) as connection:
        for name, wanted in _UNIQUE.items():
            held = _unique_columns(connection, name)
            assert all(columns in held for columns in wanted), (name, held)
    versions = Counter(r["message"] for r in rows_of(world, submissions))
    assert all(count == 1 for count in versions.values())
    answers = Counter(
        (row["message"], row["purpose"])
        for row in rows_of(world, outbox)
        if row["kind"] == "acknowledgement"
    )
    assert all(count == 1 for count in answers.values())


def _unique_columns(connection: Connection, table: str) -> list[set[str]]:
    found = inspect(connection)
    constraints = found.get_unique_constraints(table)
    indexes = [i for i in found.get_indexes(table) if i["unique"]]
    return [{str(c) for c in one["column_names"]} for one in [*constraints, *indexes]]


def _one_answer(world: World) -> None:
    """Each mail that left is one of the outbox, byte by byte; twice only where nobody
    could know, and then to the same people.
    """
    items = {row["mail_id"]: row for row in rows_of(world, outbox)}
    copies = Counter[str]()
    for caught in world.sink.taken:
        name = str(email.message_from_bytes(caught.raw)["Message-ID"])
        item = items[name]
        assert caught.raw == item["raw"]
        assert list(caught.to) == json.loads(item["recipients"])
        copies[name] += 1
    for name, item in items.items():
        # An item that the server took and that was never in doubt left once.
        most = 1 + item["unknowns"]
        assert copies[name] <= most, (name, copies[name], item["state"])
        if item["state"] == "sent":
            assert copies[name] >= 1


def _on_server(world: World) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    with world.place.dovecot.client(world.place.user) as client:
        client.select("INBOX", readonly=True)
        _, answer = client.uid("SEARCH", "ALL")
        for uid in (answer[0] or b"").split():
            _, parts = client.uid("FETCH", uid.decode(), "(BODY.PEEK[])")
            found[int(uid)] = parts[0][1]
    return found


def flags(world: World) -> list[str]:
    """Return the flags line of every mail of the mailbox."""
    with world.place.dovecot.client(world.place.user) as client:
        client.select("INBOX", readonly=True)
        _, answer = client.uid("FETCH", "1:*", "(FLAGS)")
        return [line.decode() for line in answer if isinstance(line, bytes)]


def _without(row: Row, names: set[str]) -> Row:
    return {k: v for k, v in row.items() if k not in names}


def _line(row: Row) -> str:
    return repr({k: _plain(v) for k, v in row.items()})


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def counts(world: World) -> dict[str, int]:
    """Return how many rows each table has."""
    with looking(world) as connection:
        return {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            for name in metadata.tables
        }


def unfinished(world: World) -> tuple[list[int], list[int]]:
    """Return the ids of mails without a final state, and of answers of unknown
    outcome.
    """
    waiting = [r["id"] for r in rows_of(world, messages) if r["state"] == "fetched"]
    doubted = [r["id"] for r in rows_of(world, outbox) if r["state"] == "unknown"]
    return waiting, doubted


def empty(world: World) -> None:
    """Take away everything that came of mails; units and plans stay."""
    stays = ("units", "unit_addresses", "meta", "events")
    _execute(world, "DELETE FROM events WHERE message IS NOT NULL")
    for table in reversed(metadata.sorted_tables):
        if table.name not in stays and not table.name.startswith("campaign"):
            _execute(world, f"DELETE FROM {table.name}")
    for name in ("messages", "positions", "submissions", "outbox"):
        _execute(world, f"ALTER SEQUENCE {name}_id_seq RESTART")


def no_schema(world: World) -> None:
    """Take away the schema of a PostgreSQL database."""
    _execute(world, "DROP SCHEMA public CASCADE")
    _execute(world, "CREATE SCHEMA public")


def _execute(world: World, statement: str) -> None:
    database = open_database(world.database)
    with database.write() as connection:
        connection.execute(text(statement))
    database.close()
