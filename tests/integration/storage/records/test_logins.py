"""Logins are counted in the database, for every process and after every restart."""

from datetime import timedelta

from storage import logins
from storage.database import Database
from tests.builders.case import NOON

WINDOW = timedelta(minutes=15)


def attempt(database: Database, at: int, **most: int) -> logins.Attempt:
    now = NOON + timedelta(seconds=at)
    with database.write() as connection:
        return logins.begin_attempt(connection, most, now, WINDOW)


def test_every_subject_has_its_own_number(database: Database) -> None:
    for second in range(3):
        assert attempt(database, second, lan=3, all=9).again is None
    refused = attempt(database, 5, lan=3, all=9)
    assert refused.rows == ()
    assert refused.again == NOON + WINDOW
    assert attempt(database, 6, minh=3, all=9).again is None


def test_what_is_older_than_the_window_is_forgotten(database: Database) -> None:
    attempt(database, 0, lan=1)
    assert attempt(database, 899, lan=1).again is not None
    assert attempt(database, 900, lan=1).again is None


def test_a_right_one_is_not_counted(database: Database) -> None:
    for _ in range(3):
        made = attempt(database, 0, lan=1, all=1)
        assert len(made.rows) == 2
        with database.write() as connection:
            logins.forget_attempt(connection, made.rows)


def test_an_ended_session_stays_ended_until_it_is_over(database: Database) -> None:
    with database.write() as connection:
        logins.end_session(connection, "a", NOON + WINDOW, NOON)
        logins.end_session(connection, "a", NOON + WINDOW, NOON)
        assert logins.is_ended(connection, "a")
        assert not logins.is_ended(connection, "b")
        logins.end_session(connection, "b", NOON + 3 * WINDOW, NOON + 2 * WINDOW)
        assert not logins.is_ended(connection, "a")
