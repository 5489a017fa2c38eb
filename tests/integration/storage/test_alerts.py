"""Alerts on both databases: one a condition, whoever looks and however often."""

import threading
from datetime import timedelta
from pathlib import Path

from daemon.alarm.bell import Alarm
from daemon.alarm.judge import secret
from daemon.alarm.silence import Silence
from parsers.values.outbox import NewItem
from parsers.values.summary import AlertFacts
from storage.alerts import begin, open_alerts
from storage.database import Database
from storage.folders import FolderState, save_folder
from storage.outbox import enqueue
from storage.outbox_lists import list_items
from storage.tables import messages, outbox
from tests.builders.decisions import NOW, a_recorded_message, an_item
from tests.builders.outbox import turn
from tests.integration.dispatch.conftest import HandClock

STAFF = ("phutrach@q3.example", "truongban@q3.example")


class Ticks:
    """A monotonic clock that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def an_alarm(database: Database, folder: Path, clock: HandClock, ticks: Ticks) -> Alarm:
    silence = Silence({"gmail": 300.0})
    return Alarm(database, clock, STAFF, folder, 0, silence, ticks)


def a_look(database: Database, success: object = NOW, **named: object) -> None:
    state = FolderState("gmail", "INBOX", last_success=success, **named)  # type: ignore[arg-type]
    with database.write() as connection:
        save_folder(connection, state)


def told(database: Database) -> list[tuple[str, str, str | None]]:
    with database.read() as connection:
        items = list_items(connection, kind="alert")
    return [(i.to[0], i.state, i.step) for i in items]


def test_a_stall_is_told_once_to_each_over_restarts_and_once_when_it_ends(
    database: Database, tmp_path: Path
) -> None:
    clock, ticks = HandClock(NOW), Ticks()
    a_look(database)
    alarm = an_alarm(database, tmp_path, clock, ticks)
    for _ in range(4):
        alarm.look()
        clock.move(minutes=5)
        ticks.seconds += 300.0
    assert told(database) == [(to, "pending", "begin") for to in STAFF]
    for _ in range(5):
        again = an_alarm(database, tmp_path, clock, ticks)
        for _ in range(4):
            again.look()
            clock.move(minutes=10)
            ticks.seconds += 600.0
    assert len(told(database)) == 2
    a_look(database, success=clock.now())
    again.look()
    again.look()
    assert [step for _, _, step in told(database)] == ["begin"] * 2 + ["end"] * 2


def test_a_clock_that_jumps_is_told_and_makes_no_other_alarm(
    database: Database, tmp_path: Path
) -> None:
    clock, ticks = HandClock(NOW), Ticks()
    a_look(database)
    with database.write() as connection:
        enqueue(connection, [(None, an_item("1"))], NOW, "hopthu")
    alarm = an_alarm(database, tmp_path, clock, ticks)
    alarm.look()
    clock.move(hours=5)
    ticks.seconds += 15.0
    alarm.look()
    assert alarm.jumped
    with database.read() as connection:
        assert [one.kind for one in open_alerts(connection)] == ["clock"]
    clock.move(minutes=31)
    ticks.seconds += 31 * 60.0
    a_look(database, success=clock.now())
    alarm.look()
    # By now the mail is old by any clock.
    with database.read() as connection:
        assert [one.kind for one in open_alerts(connection)] == ["outbox_age"]


def test_two_that_see_the_same_tell_it_once(database: Database, tmp_path: Path) -> None:
    a_look(database, healthy=False, fault="LoginRefusedError")
    alarms = [
        Alarm(database, HandClock(NOW + timedelta(seconds=n)), STAFF, tmp_path, 0)
        for n in range(4)
    ]
    threads = [threading.Thread(target=alarm.look) for alarm in alarms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told(database)) == len(STAFF)
    with database.read() as connection:
        assert len(open_alerts(connection)) == 1


def test_a_day_of_ordinary_work_alarms_nobody(
    database: Database, tmp_path: Path
) -> None:
    clock, ticks = HandClock(NOW), Ticks()
    alarm = an_alarm(database, tmp_path, clock, ticks)
    for quarter in range(96):
        a_look(database, success=clock.now(), on_server=quarter)
        if quarter % 8 == 7:
            # A new mail is on the server a moment before it is in the ledger.
            a_look(database, success=clock.now(), on_server=quarter + 1)
        with database.write() as connection:
            a_recorded_message(connection, received=clock.now(), state="processed")
        alarm.look()
        clock.move(minutes=5)
        ticks.seconds += 300.0
        a_look(database, success=clock.now(), on_server=0)
        alarm.look()
    assert told(database) == []


def test_mails_that_never_come_in_are_told_after_a_quarter_of_an_hour(
    database: Database, tmp_path: Path
) -> None:
    clock, ticks = HandClock(NOW), Ticks()
    alarm = an_alarm(database, tmp_path, clock, ticks)
    for minutes in (0, 10, 10):
        clock.move(minutes=minutes)
        ticks.seconds += minutes * 60.0
        a_look(database, success=clock.now(), uidvalidity=1, on_server=3)
        alarm.look()
    with database.read() as connection:
        (one,) = open_alerts(connection)
    assert (one.kind, one.subject) == ("reconciliation", "gmail/INBOX")


def test_a_secret_mail_has_one_alert_even_when_it_is_held_again(
    database: Database, tmp_path: Path
) -> None:
    clock = HandClock(NOW)
    with database.write() as connection:
        ident = a_recorded_message(connection, state="held", reason="secret")
    alarm = Alarm(database, clock, STAFF, tmp_path, 0)
    for state in ("held", "fetched", "held"):
        reason = "secret" if state == "held" else None
        with database.write() as connection:
            values = {"state": state, "reason": reason}
            connection.execute(
                messages.update().where(messages.c.id == ident).values(values)
            )
        alarm.look()
        clock.move(hours=1)
    assert len(told(database)) == len(STAFF)
    with database.read() as connection:
        items = list_items(connection, kind="alert")
    assert {item.message for item in items} == {ident}


def test_without_recipients_nothing_is_noted(
    database: Database, tmp_path: Path
) -> None:
    a_look(database, healthy=False, fault="LoginRefusedError")
    silent = Alarm(database, HandClock(NOW), (), tmp_path, 0)
    assert silent.look() == 0
    assert Alarm(database, HandClock(NOW), STAFF, tmp_path, 0).look() == 1


def test_the_database_itself_holds_one_open_alert_a_subject(
    database: Database,
) -> None:
    with database.write() as connection:
        mail = a_recorded_message(connection)
        first = begin(connection, [secret(mail, NOW)], STAFF)
        again = begin(connection, [secret(mail, NOW + timedelta(days=1))], STAFF)
    assert (len(first), len(again)) == (1, 0)


def test_an_alert_goes_before_everything_else_in_the_outbox(
    database: Database,
) -> None:
    with database.write() as connection:
        items: list[NewItem] = [an_item("1"), an_item("2")]
        enqueue(connection, [(None, item) for item in items], NOW, "hopthu")
        begin(connection, [AlertFacts("disk", "disk", NOW)], STAFF[:1])
        for item in list_items(connection):
            connection.exec_driver_sql(
                f"UPDATE outbox SET raw = 'x', mail_id = 'm' WHERE id = {item.id}"
            )
        claimed = turn(connection).item
    assert claimed is not None
    assert claimed.kind == "alert"


def test_only_mail_that_should_have_left_is_late(
    database: Database, tmp_path: Path
) -> None:
    later = NOW + timedelta(hours=1)
    waits = {
        "told to wait for a person": {"reason": "release"},
        "put off to its hour": {"next_attempt": later + timedelta(hours=2)},
        "left": {"state": "sent"},
        "young": {"created": later - timedelta(minutes=29)},
    }
    with database.write() as connection:
        for key, values in waits.items():
            (ident,) = enqueue(connection, [(None, an_item(key))], NOW, "hopthu")
            mine = outbox.update().where(outbox.c.id == ident)
            connection.execute(mine.values(values))
    alarm = Alarm(database, HandClock(later), STAFF, tmp_path, 0)
    assert alarm.look() == 0
    again = {"reason": "temporary", "next_attempt": later + timedelta(hours=2)}
    with database.write() as connection:
        (ident,) = enqueue(connection, [(None, an_item("late"))], NOW, "hopthu")
        mine = outbox.update().where(outbox.c.id == ident)
        connection.execute(mine.values(again))
    assert alarm.look() == 1
