"""How an address fares by what comes back: linked, counted once, forgiven."""

from datetime import datetime, timedelta

import pytest

from parsers.values.decision import Decision
from parsers.values.outbox import NewItem
from parsers.values.returned import Fate, Returned
from parsers.values.unit import AddressOwner
from storage.addresses import all_addresses, learn, set_health
from storage.bounces import heal, note_refused, note_returned
from storage.database import Connection, Database
from storage.tables import units
from tests.builders.decisions import NOW, a_recorded_message, an_item
from tests.builders.outbox import queue, state, take

P9, P10 = "p9@example.org", "p10@example.org"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def an_answer(key: str, to: str) -> NewItem:
    return an_item(key, to, purpose="decision", reports_version=True)


@pytest.fixture
def sent(database: Database) -> tuple[Database, list[str]]:
    """Three mails to P9 and one to P10, all sent; their Message-IDs."""
    with database.write() as connection:
        for position, code in enumerate(("P09", "P10")):
            row = {
                "code": code,
                "position": position,
                "name": code,
                "category": "phuong",
            }
            connection.execute(units.insert().values(row))
        owners = [AddressOwner(P9, "P09", "file"), AddressOwner(P10, "P10", "file")]
        learn(connection, owners, NOW)
        ids = queue(
            connection, *(an_answer(f"{n}", P9 if n < 3 else P10) for n in range(4))
        )
        for _ in ids:
            item = take(connection)
            connection.exec_driver_sql(
                f"UPDATE outbox SET state = 'sent' WHERE id = {item.id}"
            )
    return database, [f"<{ident}@quan3>" for ident in ids]


def report(
    connection: Connection,
    answered: str,
    to: str = P9,
    fate: Fate = "gone",
    now: datetime = NOW,
) -> None:
    message = a_recorded_message(connection, received=now)
    told = Returned((to,), (answered,), fate, "5.1.1", "550 5.1.1 no such user")
    decision = Decision(
        message, "ignored", "bounce", "automatic", "unknown", returned=(told,)
    )
    note_returned(connection, [decision], now, "hopthu")


def health(connection: Connection, unit: str = "P09") -> str:
    (line,) = all_addresses(connection, unit)[unit]
    return line.health


def test_one_report_makes_bouncing_and_a_hundred_of_one_mail_no_more(
    sent: tuple[Database, list[str]],
) -> None:
    database, mails = sent
    with database.write() as connection:
        for n in range(100):
            report(connection, mails[0], now=NOW + n * HOUR)
        assert health(connection) == "bouncing"
        assert health(connection, "P10") == "good"
        assert state(connection, int(mails[0][1:-7])) == ("sent", "bounced")


def test_two_mails_a_day_apart_make_dead_and_two_within_a_day_do_not(
    sent: tuple[Database, list[str]],
) -> None:
    database, mails = sent
    with database.write() as connection:
        report(connection, mails[0])
        report(connection, mails[1], now=NOW + 23 * HOUR)
        assert health(connection) == "bouncing"
        report(connection, mails[2], now=NOW + DAY)
        assert health(connection) == "dead"


def test_a_full_mailbox_never_makes_dead(sent: tuple[Database, list[str]]) -> None:
    database, mails = sent
    with database.write() as connection:
        for n, mail in enumerate(mails[:3]):
            report(connection, mail, fate="refused", now=NOW + n * DAY)
        assert health(connection) == "bouncing"


def test_what_is_delayed_counts_nothing(sent: tuple[Database, list[str]]) -> None:
    database, mails = sent
    with database.write() as connection:
        report(connection, mails[0], fate="delayed")
        assert health(connection) == "good"
        assert state(connection, int(mails[0][1:-7])) == ("sent", None)


def test_a_forged_report_changes_nothing(sent: tuple[Database, list[str]]) -> None:
    database, mails = sent
    with database.write() as connection:
        # Of a mail to somebody else, of no mail of ours, of one that never left.
        report(connection, mails[3], to=P9)
        report(connection, mails[0], to=P10)
        report(connection, "<acknowledgement.0@quan3>")
        (waiting,) = queue(connection, an_answer("9", P9))
        report(connection, f"<{waiting}@quan3>")
        assert (health(connection), health(connection, "P10")) == ("good", "good")


def test_whoever_writes_is_there_and_what_was_before_counts_no_more(
    sent: tuple[Database, list[str]],
) -> None:
    database, mails = sent
    with database.write() as connection:
        report(connection, mails[0])
        heal(connection, ["P9@Example.org", P10], NOW + DAY, "hopthu")
        assert health(connection) == "good"
        report(connection, mails[1], now=NOW + 2 * DAY)
        assert health(connection) == "bouncing"
        set_health(connection, P9, "dead", NOW)
        report(connection, mails[2], fate="refused", now=NOW + 3 * DAY)
        assert health(connection) == "dead"
        heal(connection, [P9], NOW + 4 * DAY, "hopthu")
        assert health(connection) == "good"


def test_a_recipient_refused_at_once_counts_like_a_report(
    sent: tuple[Database, list[str]],
) -> None:
    database, mails = sent
    first, second = (int(mail[1:-7]) for mail in mails[:2])
    with database.write() as connection:
        note_refused(connection, first, "gone", "550 no such user", NOW, "hopthu")
        assert health(connection) == "bouncing"
        later = NOW + DAY
        note_refused(connection, second, "gone", "550 no such user", later, "hopthu")
        assert health(connection) == "dead"


def test_a_mail_of_unknown_outcome_that_came_back_did_leave(
    sent: tuple[Database, list[str]],
) -> None:
    database, mails = sent
    ident = int(mails[0][1:-7])
    with database.write() as connection:
        connection.exec_driver_sql(
            f"UPDATE outbox SET state = 'unknown' WHERE id = {ident}"
        )
        report(connection, mails[0])
        assert state(connection, ident) == ("sent", "bounced")
