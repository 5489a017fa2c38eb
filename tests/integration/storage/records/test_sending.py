"""The outbox from facts to sent: turns, outcomes, what a person does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection

from parsers.values.outbox import ComposedMail
from parsers.values.reminder import CallOff, Go, Verdict, Wait
from storage import outcomes
from storage.budget import paused_until
from storage.database import Database
from storage.errors import StaleLeaseError
from storage.events import events_of_item
from storage.outbox import compose_due, find_due, freeze, frozen
from storage.outbox_lists import counts, find_item, list_items, reminders_of_unit
from storage.release import cancel, release, retry
from storage.sending import Turn, claim_next, holds, next_due
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


def test_an_item_goes_from_facts_to_sent_with_one_event_a_step(
    database: Database,
) -> None:
    item = an_item("k", units=("P09",))
    with database.write() as connection:
        (ident,) = queue(connection, item, bytes_too=False)
        assert turn(connection) == Turn(None)
        (due,) = compose_due(connection, NOW, 10)
        assert (due.id, due.key, due.facts, due.units) == (
            ident,
            "k",
            item.facts,
            ("P09",),
        )
        freeze(connection, [(ident, ComposedMail("<m@x>", "Re: Đăng ký", b"\xff\0"))])
        freeze(connection, [(ident, ComposedMail("<n@x>", "other", b"other"))])
        assert compose_due(connection, NOW, 10) == ()
        assert frozen(connection, ident) == b"\xff\0"
        claimed = take(connection)
        assert holds(connection, claimed, NOW)
        assert not holds(connection, claimed, NOW + 11 * MINUTE)
    assert (claimed.raw, claimed.message_id, claimed.attempts) == (
        b"\xff\0",
        "<m@x>",
        1,
    )
    with database.write() as connection:
        assert state(connection, ident) == ("sending", None)
        outcomes.sent(connection, claimed, NOW + MINUTE, "250 ok")
        line = find_item(connection, ident)
        assert line is not None
        assert (line.state, line.sent_at, line.last_reply, line.subject) == (
            "sent",
            NOW + MINUTE,
            "250 ok",
            "Re: Đăng ký",
        )
        assert [e.to for e in events_of_item(connection, ident)] == [
            "pending",
            "sending",
            "sent",
        ]
        assert turn(connection) == Turn(None)


def test_answers_go_before_reminders_and_those_before_digests(
    database: Database,
) -> None:
    kinds = ("digest", "reminder", "acknowledgement", "alert", "reminder")
    with database.write() as connection:
        queue(
            connection,
            *(an_item(f"{n}", kind=kind, purpose=None) for n, kind in enumerate(kinds)),
        )
        order = [take(connection).key for _ in kinds]
    assert order == ["3", "2", "1", "4", "0"]


def test_a_holder_that_lost_its_item_can_say_nothing_about_it(
    database: Database,
) -> None:
    with database.write() as connection:
        (ident,) = queue(connection, an_item("k"))
        claimed = take(connection)
        assert outcomes.find_lost(connection, NOW + 9 * MINUTE) == ()
        assert outcomes.find_lost(connection, NOW + 10 * MINUTE) == (ident,)
    told: list[Callable[[Connection], None]] = [
        lambda c: outcomes.sent(c, claimed, NOW, "250"),
        lambda c: outcomes.failed(c, claimed, NOW, "550"),
        lambda c: outcomes.temporary(c, claimed, NOW, "421", 0.0),
        lambda c: outcomes.unknown(c, claimed, NOW, ""),
        lambda c: outcomes.account_paused(c, claimed, NOW, NOW + HOUR, "535"),
    ]
    for tell in told:
        with pytest.raises(StaleLeaseError), database.write() as connection:
            tell(connection)
    with database.read() as connection:
        assert state(connection, ident) == ("unknown", None)
        assert paused_until(connection) is None
        assert not holds(connection, claimed, NOW)


def test_an_unknown_outcome_is_sent_once_more_and_then_waits_for_a_person(
    database: Database,
) -> None:
    with database.write() as connection:
        (ident,) = queue(connection, an_item("k"))
        first = take(connection)
        outcomes.unknown(connection, first, NOW, "timeout")
        (lost,) = outcomes.unknown_items(connection)
        assert (lost.key, lost.message_id, lost.unknowns) == (
            "k",
            f"<{ident}@quan3>",
            1,
        )
        assert outcomes.send_again(connection, NOW + 14 * MINUTE) == ()
        assert turn(connection, NOW + 14 * MINUTE).item is None
        assert outcomes.send_again(connection, NOW + 15 * MINUTE) == (ident,)
        second = take(connection, NOW + 15 * MINUTE)
        assert (second.raw, second.message_id) == (first.raw, first.message_id)
        assert second.fence > first.fence
        outcomes.unknown(connection, second, NOW + 15 * MINUTE, "timeout")
        assert outcomes.send_again(connection, NOW + 48 * HOUR) == ()
        assert retry(connection, None, NOW + 48 * HOUR, "lan") == ()
        assert retry(connection, [ident], NOW + 48 * HOUR, "lan") == (ident,)
        assert state(connection, ident) == ("pending", None)


def test_an_unknown_item_that_the_sent_folder_shows_is_sent(
    database: Database,
) -> None:
    with database.write() as connection:
        (ident,) = queue(connection, an_item("k"))
        claimed = take(connection)
        assert not outcomes.found_sent(connection, ident, NOW, "Sent")
        outcomes.unknown(connection, claimed, NOW + MINUTE, "")
        assert outcomes.found_sent(connection, ident, NOW + HOUR, "in Sent")
        line = find_item(connection, ident)
        assert line is not None
        assert (line.state, line.sent_at, line.last_reply) == ("sent", NOW, "in Sent")
        assert outcomes.send_again(connection, NOW + HOUR) == ()


def test_a_temporary_failure_waits_longer_each_time_and_gives_up_after_two_days(
    database: Database,
) -> None:
    waits, now = [], NOW
    with database.write() as connection:
        (ident,) = queue(connection, an_item("k"))
        while True:
            claimed = take(connection, now)
            outcomes.temporary(connection, claimed, now, "421 later", 0.0)
            line = find_item(connection, ident)
            assert line is not None
            if line.state == "failed":
                break
            assert line.next_attempt is not None
            waits.append(line.next_attempt - now)
            assert turn(connection, line.next_attempt - MINUTE / 60).item is None
            assert next_due(connection, now) == line.next_attempt
            now = line.next_attempt
    assert waits[:6] == [n * MINUTE for n in (1, 5, 15, 60, 60, 60)]
    assert timedelta(hours=48) <= now - NOW < timedelta(hours=49)
    assert (line.reason, line.last_reply) == ("temporary", "421 later")


@pytest.mark.parametrize("jitter", [-0.2, 0.2])
def test_the_delay_is_stretched_by_the_jitter_handed_in(
    database: Database, jitter: float
) -> None:
    with database.write() as connection:
        (ident,) = queue(connection, an_item("k"))
        outcomes.temporary(connection, take(connection), NOW, "421", jitter)
        line = find_item(connection, ident)
        assert line is not None
        assert line.next_attempt == NOW + (1 + jitter) * MINUTE


def test_a_reminder_of_which_nothing_is_owed_is_cancelled_frozen_or_not(
    database: Database,
) -> None:
    reminder = an_item(
        "r1",
        kind="reminder",
        purpose=None,
        units=("P09",),
        campaign="41-KH/QU",
        phase="registration",
        step="before-3",
    )
    asked: list[tuple[int, datetime]] = []

    def owed(_: Connection, item: int, now: datetime) -> Verdict:
        asked.append((item, now))
        return Go() if item == ids[1] else CallOff("delivered")

    with database.write() as connection:
        ids = queue(connection, reminder, replace(reminder, key="r2", units=("P10",)))
        claimed = claim_next(connection, "h", NOW, NOW + HOUR, ROOMY, owed).item
        assert claimed is not None
        assert claimed.id == ids[1]
        assert state(connection, ids[0]) == ("cancelled", "delivered")
        outcomes.sent(connection, claimed, NOW, "250")
        (line,) = reminders_of_unit(connection, "P10")
        assert reminders_of_unit(connection, "P09") == ()
    assert asked == [(ids[0], NOW), (ids[1], NOW)]
    assert (line.phase, line.step, line.to, line.sent_at) == (
        "registration",
        "before-3",
        ("p9@example.org",),
        NOW,
    )


def test_what_waits_for_release_is_neither_composed_nor_sent(
    database: Database,
) -> None:
    with database.write() as connection:
        waiting, other = queue(
            connection,
            an_item("w", waits="release"),
            an_item("o", "o@x.vn", waits="release"),
            bytes_too=False,
        )
        assert compose_due(connection, NOW, 9) == ()
        assert next_due(connection, NOW) is None
        shown = find_due(connection, waiting)
        assert shown is not None
        assert shown.key == "w"
        assert release(connection, [waiting, 999], NOW, "lan") == (waiting,)
        assert [due.id for due in compose_due(connection, NOW, 9)] == [waiting]
        assert next_due(connection, NOW) == NOW
        assert cancel(connection, [other], NOW, "lan") == (other,)
        assert release(connection, None, NOW, "lan") == ()
        assert counts(connection) == {
            "pending": 1,
            "sending": 0,
            "sent": 0,
            "failed": 0,
            "unknown": 0,
            "cancelled": 1,
        }
        assert events_of_item(connection, other)[-1].by == "lan"


def test_a_person_tries_a_failed_mail_again_and_gives_an_unknown_one_up(
    database: Database,
) -> None:
    with database.write() as connection:
        failed, lost, gone = queue(connection, *versions(3))
        outcomes.failed(connection, take(connection), NOW, "550 no such user")
        outcomes.unknown(connection, take(connection), NOW, "")
        outcomes.sent(connection, take(connection), NOW, "250")
        assert cancel(connection, None, NOW, "lan") == ()
        assert cancel(connection, [failed, lost, gone], NOW, "lan") == (lost,)
        assert state(connection, lost) == ("failed", "by_person")
        assert retry(connection, [failed, gone], NOW, "lan") == (failed,)
        assert take(connection).id == failed
        assert [i.id for i in list_items(connection, state="sent")] == [gone]
        assert [i.id for i in list_items(connection, kind="reminder")] == []


def test_a_mail_that_cannot_be_composed_waits_and_says_why(database: Database) -> None:
    with database.write() as connection:
        (ident,) = queue(connection, an_item("k"), bytes_too=False)
        outcomes.not_composed(connection, ident, NOW, "template: name")
        assert compose_due(connection, NOW, 9) == ()
        line = find_item(connection, ident)
        assert line is not None
        assert (line.state, line.reason, line.last_reply) == (
            "pending",
            "temporary",
            "template: name",
        )
        assert [d.id for d in compose_due(connection, NOW + MINUTE, 9)] == [ident]


def test_the_history_of_a_mail_says_that_its_answer_was_not_built(
    database: Database,
) -> None:
    with database.write() as connection:
        (ident,) = queue(connection, an_item("k"), bytes_too=False)
        when = NOW
        for _ in range(60):
            outcomes.not_composed(connection, ident, when, "compose")
            line = find_item(connection, ident)
            assert line is not None
            if line.next_attempt is None:
                break
            when = line.next_attempt
        assert (line.state, line.last_reply) == ("failed", "compose")
        assert timedelta(hours=48) <= when - NOW < timedelta(hours=50)
        told = [
            e for e in events_of_item(connection, ident) if e.reason == "not_composed"
        ]
        assert [e.to for e in told] == ["pending", "failed"]
        assert retry(connection, [ident], when, "lan") == (ident,)
        assert [d.id for d in compose_due(connection, when, 9)] == [ident]


def test_an_item_without_recipient_is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="recipient"), database.write() as connection:
        queue(connection, replace(an_item("k"), to=()))


def test_a_reminder_that_must_wait_is_not_asked_for_again_before_its_time(
    database: Database,
) -> None:
    reminder = an_item("r1", kind="reminder", purpose=None)
    asked: list[int] = []

    def not_yet(_: Connection, item: int, now: datetime) -> Verdict:
        asked.append(item)
        return Wait(NOW + HOUR) if now < NOW + HOUR else Go()

    def next_turn(now: datetime) -> Turn:
        return claim_next(connection, "h", now, now + HOUR, ROOMY, not_yet)

    with database.write() as connection:
        (ident,) = queue(connection, reminder)
        assert next_turn(NOW).item is None
        assert next_turn(NOW + MINUTE).item is None
        assert asked == [ident]
        assert next_due(connection, NOW) == NOW + HOUR
        assert next_turn(NOW + HOUR).item is not None
