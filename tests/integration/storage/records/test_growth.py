"""What is asked for each mail is answered by an index, however much is stored."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from storage import outcomes
from storage.addresses import addressed, owners
from storage.database import Database
from storage.events import events_of_message, first_decided
from storage.outbox import compose_due
from storage.outbox_lists import answers, items_of_message, last_receipts
from storage.sending import claim_next
from storage.store import store_decisions
from storage.submissions import standing, submissions_of_message
from storage.twins import twins
from tests.builders.decisions import (
    NOW,
    a_decided,
    a_decision,
    a_recorded_message,
    a_version,
    an_item,
)
from tests.builders.outbox import ROOMY

#: What may be read through for one mail: it grows with the units, not with the mails.
#: `k` is the list of keys that the view made before, itself by index.
SMALL = {"units", "unit_addresses", "k", "CONSTANT", "withdrawals"}


def decide(connection: Connection) -> None:
    ident = a_recorded_message(connection)
    decision = a_decision(ident, a_version(), items=(an_item(f"{ident}"),))
    store_decisions(connection, [a_decided(decision)], NOW)


def claim(connection: Connection) -> None:
    claim_next(connection, "h", NOW, NOW + timedelta(minutes=1), ROOMY)


ASKED: list[Callable[[Connection], object]] = [
    decide,
    claim,
    lambda c: standing(c, ["P09", "P10"]),
    lambda c: standing(c, ["P09", "P10"], apart_from=7),
    lambda c: twins(c, [("<a@b>", "d"), ("<b@b>", "d")]),
    lambda c: owners(c, ["a@x", "b@x"]),
    lambda c: addressed(c, ["P09"]),
    lambda c: answers(c, [1, 2]),
    lambda c: last_receipts(c, ["a@x"]),
    lambda c: first_decided(c, [1, 2]),
    lambda c: items_of_message(c, 1),
    lambda c: submissions_of_message(c, 1),
    lambda c: events_of_message(c, 1),
    lambda c: compose_due(c, NOW, 50),
    lambda c: outcomes.find_lost(c, NOW),
    lambda c: outcomes.send_again(c, NOW),
    lambda c: outcomes.unknown_items(c),
]


@pytest.mark.parametrize("ask", ASKED, ids=range(len(ASKED)))
def test_no_question_of_one_mail_reads_a_table_through(
    sqlite_database: Database, ask: Callable[[Connection], object]
) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        asked.append((statement, parameters))

    with sqlite_database.write() as connection:
        # Rows of every kind: of an empty list the questions that follow are not asked.
        decide(connection)
        event.listen(sqlite_database.engine, "before_cursor_execute", note)
        ask(connection)
        event.remove(sqlite_database.engine, "before_cursor_execute", note)
        scanned = {
            (word, statement)
            for statement, parameters in asked
            if statement.startswith(("SELECT", "UPDATE", "DELETE"))
            for word in scans(connection, statement, parameters)
        }
    assert asked
    assert not scanned


def scans(connection: Connection, statement: str, parameters: Any) -> set[str]:
    given = parameters[0] if isinstance(parameters, list) else parameters
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
    found = set()
    for row in plan:
        words = row[3].split()
        made = words[1].startswith(("(", "anon"))
        if words[0] == "SCAN" and not made and words[1] not in SMALL:
            found.add(words[1])
    return found


def test_the_check_would_see_a_scan(sqlite_database: Database) -> None:
    with sqlite_database.read() as connection:
        connection.execute(text("SELECT 1"))
        query = "SELECT * FROM messages WHERE subject = 'x'"
        assert scans(connection, query, ()) == {"messages"}
