import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from parsers.values.act import Act
from storage import acts
from storage.database import Database
from storage.events import NewEvent, write_events
from storage.mails import find_messages, message_detail, message_lines, received
from storage.tables import messages, outbox
from tests.builders.arrival import NOW, a_new_mail, a_position, a_raw_mail
from tests.integration.storage.test_inbox import recorded


def change(database: Database, ident: int, **values: Any) -> None:
    with database.write() as connection:
        statement = update(messages).where(messages.c.id == ident)
        connection.execute(statement.values(values))


def an_answer(database: Database, message: int, purpose: str, state: str) -> None:
    row = {
        "kind": "acknowledgement",
        "purpose": purpose,
        "key": f"{message}:{purpose}",
        "state": state,
        "recipients": "[]",
        "address": "x@x",
        "facts_type": "ReceiptFacts",
        "facts": "{}",
        "created": NOW,
        "message": message,
    }
    with database.write() as connection:
        connection.execute(insert(outbox).values(row))


def test_the_ledger_is_listed_by_time_of_receipt_then_id(database: Database) -> None:
    late, first, second = recorded(
        database,
        a_new_mail(1, received=NOW + timedelta(hours=1)),
        a_new_mail(2, received=NOW),
        a_new_mail(3, received=NOW),
    )
    change(database, first.id, state="held", reason="unit_unknown")
    with database.read() as connection:
        every = [line.id for line in message_lines(connection)]
        held = [line.id for line in message_lines(connection, "held")]
        some = [line.id for line in message_lines(connection, ids=[late.id, second.id])]
    assert every == [first.id, second.id, late.id]
    assert held == [first.id]
    assert some == [second.id, late.id]


def test_a_line_says_what_was_decided(database: Database) -> None:
    (one,) = recorded(database, a_new_mail(4))
    change(
        database,
        one.id,
        author="p4@q3.vn",
        subject="Phường 4",
        state="processed",
        kind="registration",
        trust="proven",
        units=json.dumps(["P04", "P05"]),
        findings=json.dumps([{}, {}]),
        attempts=1,
    )
    an_answer(database, one.id, "receipt", "sent")
    with database.read() as connection:
        (line,) = message_lines(connection)
    assert (line.mailbox, line.folder, line.uidvalidity, line.uid) == (
        "gmail",
        "INBOX",
        7,
        4,
    )
    assert (line.author, line.subject) == ("p4@q3.vn", "Phường 4")
    assert (line.state, line.kind, line.trust) == (
        "processed",
        "registration",
        "proven",
    )
    assert (line.units, line.findings, line.attempts) == (("P04", "P05"), 2, 1)
    assert line.answered


@pytest.mark.parametrize("state", ["pending", "cancelled", "unknown"])
def test_an_answer_that_did_not_leave_is_none(database: Database, state: str) -> None:
    (one,) = recorded(database, a_new_mail(1))
    an_answer(database, one.id, "decision", state)
    with database.read() as connection:
        assert not message_lines(connection)[0].answered


def test_a_message_is_found_by_each_of_its_names(database: Database) -> None:
    told = recorded(database, *(a_new_mail(n) for n in range(1, 30)))
    change(database, told[4].id, message_id="<5@q3.vn>")
    sha = a_new_mail(5).raw_sha256
    one = told[4]
    names = [str(one.id), one.receipt, one.receipt.lower(), "<5@q3.vn>", sha]
    names += [sha[:8], sha[:9].upper(), f" {one.id} "]
    with database.read() as connection:
        for name in names:
            assert find_messages(connection, name) == (one.id,), name


@pytest.mark.parametrize(
    "name", ["", "0", "99", "x", "<nobody@x>", "0000000", "00000000", "<>", "9" * 30]
)
def test_an_unknown_name_finds_nothing(database: Database, name: str) -> None:
    recorded(database, a_new_mail(1))
    with database.read() as connection:
        assert find_messages(connection, name) == ()


def test_an_ambiguous_name_gives_the_candidates(database: Database) -> None:
    told = recorded(database, *(a_new_mail(n) for n in (1, 2, 3)))
    for place, one in enumerate(told[:2]):
        change(database, one.id, raw_sha256=f"abcdef12{place:056d}", message_id="<s@x>")
    change(database, told[2].id, raw_sha256=f"abcdef13{'0' * 56}")
    with database.read() as connection:
        both = (told[0].id, told[1].id)
        assert find_messages(connection, "abcdef12") == both
        assert find_messages(connection, "abcdef120") == both
        assert find_messages(connection, "<s@x>") == both
        assert find_messages(connection, f"abcdef12{1:056d}") == (told[1].id,)


def test_a_message_is_shown_with_all_its_positions(database: Database) -> None:
    (one, _) = recorded(
        database, a_new_mail(1), a_new_mail(1, position=a_position(3, folder="Junk"))
    )
    with database.read() as connection:
        detail = message_detail(connection, one.id)
        assert message_detail(connection, one.id + 1) is None
    assert detail is not None
    assert [(p.folder, p.uid) for p in detail.positions] == [("INBOX", 1), ("Junk", 3)]
    assert (detail.raw_bytes, detail.raw_sha256) == (
        len(a_raw_mail(1)),
        a_new_mail(1).raw_sha256,
    )


def test_a_decision_may_know_what_the_ledger_knows(database: Database) -> None:
    junk = a_position(1, folder="Junk", junk=True)
    one, two = recorded(
        database,
        a_new_mail(1, position=junk, first_pass=True),
        a_new_mail(2, position=a_position(2, folder="Junk", junk=True)),
    )
    recorded(database, a_new_mail(2, position=a_position(5)))
    an_answer(database, two.id, "receipt", "pending")
    first, again = NOW, NOW + timedelta(days=1)
    act = Act("assign", message=two.id, unit="P09")
    with database.write() as connection:
        acts.keep(connection, act, NOW, "lan")
        for at in (first, again):
            moved = NewEvent("message", "fetched", "held", message=two.id)
            write_events(connection, [moved], at, "hopthu")
        found = received(connection, [one.id, two.id, 999])
        raw = connection.scalar(
            select(messages.c.raw_sha256).where(messages.c.id == one.id)
        )
    assert set(found) == {one.id, two.id}
    assert (found[one.id].junk, found[one.id].first_pass) == (True, True)
    assert (found[one.id].raw_sha256, found[one.id].first_read) == (raw, None)
    assert (found[two.id].junk, found[two.id].folder) == (False, "Junk")
    assert found[two.id].assigned == (("P09", ""),)
    assert found[two.id].answered == ("receipt",)
    assert found[two.id].first_read == first
