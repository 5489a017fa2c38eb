"""Every question asked per mail has its index, and an index that the planner takes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert, select, text
from sqlalchemy.engine.interfaces import DBAPICursor, ExecutionContext

from storage.archive import Archive
from storage.claims import claim, hold
from storage.database import Database
from storage.folders import known_positions, match_headers
from storage.inbox import Holder, record
from storage.mails import find_messages, message_detail, received
from storage.tables import messages, positions
from tests.builders.arrival import NOW, a_new_mail

MANY = 1500
DIGEST = a_new_mail(3).same_bytes
LARGE = tuple(
    f"SCAN {table}"
    for table in ("messages", "positions", "archive_objects", "events", "outbox")
)
Question = Callable[[Connection, Archive], object]

QUESTIONS: dict[str, Question] = {
    "record": lambda c, _: record(c, [a_new_mail(MANY + 1)], NOW),
    "claim": lambda c, _: claim(c, Holder("a", NOW + timedelta(1)), NOW, 50, 10**9),
    "hold": lambda c, _: hold(c, {3: 0}),
    "known_positions": lambda c, _: known_positions(c, "gmail", "INBOX", 7, [3, 4]),
    "match_headers": lambda c, _: match_headers(c, "gmail", [(3, DIGEST), (4, "x")]),
    "received": lambda c, _: received(c, [3, 4]),
    "message_detail": lambda c, _: message_detail(c, 3),
    "by_id": lambda c, _: find_messages(c, "3"),
    "by_receipt": lambda c, _: find_messages(c, "ABCDEFGHJK"),
    "by_message_id": lambda c, _: find_messages(c, "<3@x>"),
    "by_digest": lambda c, _: find_messages(c, "0123456789"),
    "archive_known": lambda c, a: a.known(c, "raw", [DIGEST]),
    "archive_get": lambda c, a: list(a.get_many(c, "raw", [DIGEST])),
}


def filled(database: Database) -> None:
    mails = [
        {
            "id": n,
            "receipt": f"{n:010d}",
            "raw_sha256": f"{n:064x}",
            "same_bytes": f"{n:064x}",
            "raw_bytes": n,
            "header_sha256": f"{n:064x}",
            "message_id": f"<{n}@x>",
            "received": NOW,
            "recorded": NOW,
            "mailbox": "gmail",
            "door": "imap",
            "state": "ignored" if n % 10 else "fetched",
        }
        for n in range(1, MANY)
    ]
    places = [
        {"message": n, "mailbox": "gmail", "folder": "INBOX", "uidvalidity": 7}
        | {"uid": n}
        for n in range(1, MANY)
    ]
    with database.write() as connection:
        connection.execute(insert(messages), mails)
        connection.execute(insert(positions), places)
        if connection.dialect.name == "postgresql":
            # Ids were given by hand; the counter must pass them.
            moved = f"SELECT setval('messages_id_seq', {MANY})"
            connection.execute(text(moved))
    with database.write() as connection:
        connection.exec_driver_sql("ANALYZE")


def plans(database: Database, question: Question, archive: Archive) -> list[str]:
    """The plan of every statement that the question asks."""
    asked: list[tuple[str, Any]] = []

    def hear(
        connection: Connection,
        cursor: DBAPICursor,
        statement: str,
        parameters: Any,
        context: ExecutionContext,
        many: bool,
    ) -> None:
        asked.append((statement, parameters[0] if many else parameters))

    event.listen(database.engine, "before_cursor_execute", hear)
    with database.write() as connection:
        question(connection, archive)
        connection.rollback()
    event.remove(database.engine, "before_cursor_execute", hear)
    postgres = database.engine.dialect.name == "postgresql"
    explain = "EXPLAIN " if postgres else "EXPLAIN QUERY PLAN "
    told = []
    with database.write() as connection:
        for statement, parameters in asked:
            if statement.startswith(("BEGIN", "SAVEPOINT")):
                continue
            rows = connection.exec_driver_sql(explain + statement, parameters).all()
            told += [f"{row[-1]}" for row in rows]
        connection.rollback()
    return told


@pytest.fixture
def archive(tmp_path: Any) -> Archive:
    return Archive(tmp_path / "archive")


def reads_all(line: str) -> bool:
    scanned = line.strip().removeprefix("->").strip()
    # Tables that are empty here PostgreSQL reads whole, and is right.
    full = ("Seq Scan on messages", "Seq Scan on positions")
    return scanned.startswith(LARGE) or any(words in line for words in full)


def test_no_question_about_one_mail_reads_a_whole_table(
    database: Database, archive: Archive
) -> None:
    filled(database)
    told = {name: plans(database, ask, archive) for name, ask in QUESTIONS.items()}
    assert all(told.values()), "a question asked nothing"
    slow = {n: [line for line in plan if reads_all(line)] for n, plan in told.items()}
    assert {name: lines for name, lines in slow.items() if lines} == {}
    claiming = told["claim"]
    assert any("ix_messages_state_received" in line for line in claiming)
    assert not any("TEMP B-TREE" in line or "Sort" in line for line in claiming)


def test_a_question_without_an_index_would_be_noticed(
    database: Database, archive: Archive
) -> None:
    filled(database)
    query = select(messages.c.id).where(messages.c.subject == "x")
    told = plans(database, lambda connection, _: connection.execute(query), archive)
    assert any(reads_all(line) for line in told)
