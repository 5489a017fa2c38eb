"""Budgets, caps and pauses: how much leaves, and why the rest waits."""

from dataclasses import replace
from datetime import timedelta

from storage import outcomes
from storage.database import Database
from storage.outbox_lists import find_item
from storage.release import release
from storage.sending import Turn
from tests.builders.decisions import NOW, an_item
from tests.builders.outbox import (
    HOUR,
    MINUTE,
    ROOMY,
    queue,
    state,
    take,
    turn,
    versions,
)


def test_the_minute_budget_says_when_there_is_room_again(database: Database) -> None:
    budget = replace(ROOMY, per_minute=2)
    with database.write() as connection:
        ids = queue(connection, *versions(3))
        for second in (0, 20):
            now = NOW + timedelta(seconds=second)
            claimed = turn(connection, now, budget).item
            assert claimed is not None
            outcomes.sent(connection, claimed, now, "250")
        blocked = turn(connection, NOW + timedelta(seconds=30), budget)
        assert blocked == Turn(None, NOW + MINUTE)
        assert state(connection, ids[2]) == ("pending", "budget")
        again = turn(connection, NOW + MINUTE, budget)
        assert again.item is not None
        assert again.item.id == ids[2]


def test_the_day_budget_counts_any_24_hours_and_failures_cost_nothing(
    database: Database,
) -> None:
    budget = replace(ROOMY, per_day=2)
    with database.write() as connection:
        ids = queue(connection, *versions(4))
        outcomes.failed(connection, take(connection), NOW, "550")
        for hour in (1, 2):
            now = NOW + hour * HOUR
            claimed = turn(connection, now, budget).item
            assert claimed is not None
            outcomes.sent(connection, claimed, now, "250")
        assert turn(connection, NOW + 3 * HOUR, budget) == Turn(None, NOW + 25 * HOUR)
        after = turn(connection, NOW + 25 * HOUR, budget)
        assert after.item is not None
        assert after.item.id == ids[3]


def test_a_directory_door_needs_no_budget(database: Database) -> None:
    with database.write() as connection:
        queue(connection, *versions(1), an_item("n", "a@notes", door="notes"))
        claimed = turn(connection, NOW, replace(ROOMY, per_day=0)).item
    assert claimed is not None
    assert claimed.door == "notes"


def test_a_refused_account_holds_all_its_mail_and_fails_none(
    database: Database,
) -> None:
    until = NOW + HOUR
    with database.write() as connection:
        ids = queue(connection, *versions(2), an_item("n", "a@notes", door="notes"))
        outcomes.account_paused(connection, take(connection), NOW, until, "550 5.4.5")
        claimed = turn(connection, NOW + MINUTE)
        assert claimed.item is not None
        assert claimed.item.id == ids[2]
        assert turn(connection, NOW + MINUTE) == Turn(None, until)
        assert [state(connection, i) for i in ids[:2]] == [
            ("pending", "account_paused")
        ] * 2
        line = find_item(connection, ids[0])
        assert line is not None
        assert line.attempts == 0
        assert take(connection, until).id == ids[0]


def test_answers_without_a_new_version_are_capped_by_address(
    database: Database,
) -> None:
    budget = replace(ROOMY, answers_per_address=3)
    answers = [
        an_item(f"a{n}", "P9@Example.ORG" if n % 2 else "p9@example.org")
        for n in range(4)
    ]
    answers = [replace(answer, purpose="decision") for answer in answers]
    with database.write() as connection:
        ids = queue(connection, *answers, an_item("b", "p10@example.org"), *versions(1))
        sent = []
        while (claimed := turn(connection, NOW, budget).item) is not None:
            outcomes.sent(connection, claimed, NOW, "250")
            sent.append(claimed.id)
        assert sent == [*ids[:3], ids[4], ids[5]]
        assert state(connection, ids[3]) == ("pending", "capped")
        # A day later it still waits: for a person, not for time.
        assert turn(connection, NOW + 25 * HOUR, budget).item is None
        assert release(connection, None, NOW + HOUR, "lan") == (ids[3],)
        claimed = turn(connection, NOW + HOUR, budget).item
        assert claimed is not None
        assert claimed.id == ids[3]


def test_answers_without_a_new_version_are_capped_in_all(database: Database) -> None:
    budget = replace(ROOMY, answers_per_day=2)
    with database.write() as connection:
        ids = queue(connection, *(an_item(f"{n}", f"{n}@x.vn") for n in range(3)))
        for _ in range(2):
            assert turn(connection, NOW, budget).item is not None
        assert turn(connection, NOW, budget).item is None
        assert state(connection, ids[2]) == ("pending", "capped")


def test_a_second_receipt_to_an_address_within_24_hours_is_called_off(
    database: Database,
) -> None:
    with database.write() as connection:
        ids = queue(connection, an_item("1"), an_item("2", "P9@EXAMPLE.org"))
        outcomes.sent(connection, take(connection), NOW, "250")
        assert turn(connection, NOW + 23 * HOUR).item is None
        assert state(connection, ids[1]) == ("cancelled", "receipted")
        (later,) = queue(connection, an_item("3"))
        assert take(connection, NOW + 24 * HOUR).id == later
