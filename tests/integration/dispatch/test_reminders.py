"""From a step of the plan to mails that left: once, only to who owes, by the clock."""

from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from parsers.values.act import Act
from parsers.values.decision import Reason
from parsers.values.outbox import ReminderFacts
from parsers.values.unit import AddressOwner, Candidate
from storage import acts
from storage.addresses import learn, set_health
from storage.errors import ConflictError
from storage.first_start import first_start, note_start
from storage.folders import FolderState, save_folder
from storage.outbox import find_due
from storage.outbox_lists import reminders_of_unit
from storage.release import release
from storage.status import unit_lines
from storage.tables import messages, outbox, reminders
from tests.builders.decisions import PLAN as NUMBER
from tests.builders.decisions import a_recorded_message
from tests.builders.outbox import ROOMY
from tests.builders.reminders import PLAN, a_plan, moment
from tests.integration.dispatch.conftest import Post
from tests.integration.dispatch.reminded import (
    START,
    Reminded,
    address,
    an_office,
    came,
    code,
    deliver,
    reminding,
    report,
    settle,
    wards,
)

STEP = "2021-06-08 08:00"
ALL = [address(n) for n in (1, 2, 3)]


def facts_of(office: Reminded, unit: str) -> ReminderFacts:
    (item,) = [i for i in office.items() if i.units == (unit,)]
    with office.post.database.read() as connection:
        due = find_due(connection, item.id)
    assert due is not None
    assert isinstance(due.facts, ReminderFacts)
    return due.facts


def test_who_owes_is_reminded_once_whatever_is_restarted(post_on_both: Post) -> None:
    office = an_office(post_on_both)
    assert office.remind(STEP) == ALL
    for later in ("2021-06-08 08:00", "2021-06-08 08:30", "2021-06-10 07:59"):
        again = Reminded(
            post_on_both, reminding(post_on_both.database, office.office.clock)
        )
        assert again.remind(later) == []
    header = message_from_bytes(post_on_both.sink.taken[0].raw)
    assert header["X-Hopthu-Kind"] == "reminder"
    assert header["Auto-Submitted"] == "auto-generated"
    assert header["X-Auto-Response-Suppress"] == "All"
    assert header["In-Reply-To"] is None


def test_the_database_takes_no_second_reminder_of_one_key(post_on_both: Post) -> None:
    office = an_office(post_on_both, 1)
    office.remind(STEP)
    key = {
        "campaign": NUMBER,
        "unit": code(1),
        "phase": "registration",
        "deadline": date(2021, 6, 10),
        "step": "before-1",
        "audience": "unit",
    }
    with post_on_both.database.read() as connection:
        (row,) = connection.execute(select(reminders)).mappings()
        assert {name: row[name] for name in key} == key
        other = connection.execute(select(outbox)).mappings().one()
    copied = {k: v for k, v in other.items() if k != "id"} | {"key": "another"}

    def again() -> None:
        added = insert(outbox).values(copied).returning(outbox.c.id)
        with post_on_both.database.write() as connection:
            ident = connection.scalar(added)
            connection.execute(insert(reminders).values(key | {"outbox": ident}))

    with pytest.raises(ConflictError):
        again()


def test_a_table_between_choice_and_send_is_not_reminded_of(
    post_on_both: Post,
) -> None:
    office = an_office(post_on_both)
    office.at(STEP)
    office.queue()
    office.send(budget=replace(ROOMY, per_day=0))
    # All are frozen, none has left.
    assert [i.state for i in office.items()] == ["pending"] * 3
    with post_on_both.database.write() as connection:
        deliver(connection, code(2))
    assert office.send() == 2
    assert [m.to[0] for m in post_on_both.sink.taken] == [ALL[0], ALL[2]]
    assert office.reasons()[code(2)] == ("cancelled", "delivered")


def test_a_table_that_comes_while_the_others_are_sent_wins(post: Post) -> None:
    office = an_office(post)
    office.at(STEP)
    office.queue()

    def arrive(verb: str, argument: str) -> None:
        if verb == "RCPT" and address(1) in argument:
            with post.database.write() as connection:
                deliver(connection, code(2))

    post.sink.watch = arrive
    assert office.send() == 2
    assert [m.to[0] for m in post.sink.taken] == [ALL[0], ALL[2]]


def test_a_part_that_comes_meanwhile_changes_the_words_not_the_key(
    post_on_both: Post,
) -> None:
    office = an_office(post_on_both, 1)
    office.at(STEP)
    office.queue()
    office.send(budget=replace(ROOMY, per_day=0))
    before = office.items()[0]
    with post_on_both.database.write() as connection:
        deliver(connection, code(1), 8)
    assert office.send() == 1
    facts = facts_of(office, code(1))
    assert (facts.missing, facts.came, facts.owed) == ("some", 8, 10)
    (mail,) = post_on_both.sink.taken
    text = message_from_bytes(mail.raw)
    assert text["Message-ID"] == before.message_id
    assert text["Subject"] != before.subject


def test_words_that_were_tried_are_not_exchanged_for_others(post: Post) -> None:
    office = an_office(post, 1)
    office.at(STEP)
    office.queue()
    post.sink.script["RCPT"] = ["451 later"]
    assert office.send() == 0
    with post.database.write() as connection:
        deliver(connection, code(1), 8)
    office.post.clock.move(minutes=30)
    assert office.send() == 0
    assert office.reasons()[code(1)] == ("cancelled", "changed")


@pytest.mark.parametrize("works", [10, 12, 0])
def test_complete_over_and_nil_owe_nothing(post: Post, works: int) -> None:
    office = an_office(post)
    with post.database.write() as connection:
        deliver(connection, code(2), works)
    assert office.remind(STEP) == [ALL[0], ALL[2]]


def test_excused_until_it_is_taken_back(post: Post) -> None:
    office = an_office(post, 1)
    told = Act(
        "excuse", "giải thể", campaign=NUMBER, unit=code(1), phase="registration"
    )
    with post.database.write() as connection:
        event = acts.keep(connection, told, START, "lan")
    assert office.remind(STEP) == []
    with post.database.write() as connection:
        acts.keep(connection, Act("undo", "nhầm", undoes=event), START, "lan")
    assert office.remind("2021-06-11 08:00") == [address(1)]


def test_what_could_not_be_read_is_told_so(post: Post) -> None:
    office = an_office(post, 1)
    with post.database.write() as connection:
        came(connection, address(1), reason="nothing_readable", units=(code(1),))
    office.remind(STEP)
    assert facts_of(office, code(1)).missing == "unreadable"


@pytest.mark.parametrize(
    ("reason", "reminded"),
    [
        ("unit_mismatch", False),
        ("unit_unknown", False),
        ("mode_unclear", False),
        ("secret", False),
        # A forgery must not silence a unit's reminders.
        ("sender_failed", True),
        # The unit's own word is asked for: it is reminded of that too.
        ("replacement_unconfirmed", True),
    ],
)
def test_whose_mail_waits_for_the_office_is_not_asked_for_it(
    post: Post, reason: Reason, reminded: bool
) -> None:
    office = an_office(post)
    held: dict[str, Any] = {"state": "held", "reason": reason}
    with post.database.write() as connection:
        came(connection, address(2), units=(code(2),), **held)
    assert (address(2) in office.remind(STEP)) == reminded
    if reason == "replacement_unconfirmed":
        assert facts_of(office, code(2)).asked


def test_a_held_mail_speaks_for_its_author_and_for_its_first_candidate(
    post: Post,
) -> None:
    office = an_office(post, 5)
    candidates = (Candidate(code(3), 0.9), Candidate(code(4), 0.5))
    held: dict[str, Any] = {"state": "held", "kind": "registration"}
    with post.database.write() as connection:
        came(connection, address(1), reason="unit_mismatch", units=(code(2),), **held)
        stranger = {"reason": "sender_unknown", "candidates": candidates}
        came(connection, "ai@x.example", **stranger, **held)
        # A report that is held is no registration.
        results = held | {"kind": "results", "reason": "kind_unclear"}
        came(connection, address(5), units=(code(5),), **results)
    assert office.remind(STEP) == [address(4), address(5)]
    assert office.office.preview().held == (code(1), code(2), code(3))


def test_a_parent_office_that_waits_silences_not_all_its_schools(post: Post) -> None:
    shared = [replace(u, addresses=("pgd@q3.example", *u.addresses)) for u in wards(3)]
    office = an_office(post, units=shared)
    with post.database.write() as connection:
        held: dict[str, Any] = {"state": "held", "reason": "unit_ambiguous"}
        found = (Candidate(code(2), 0.8),)
        came(connection, "pgd@q3.example", candidates=found, **held)
    office.remind(STEP)
    assert [i.units for i in office.items()] == [(code(1),), (code(3),)]


def test_a_mail_that_is_held_between_choice_and_send_stops_the_reminder(
    post: Post,
) -> None:
    office = an_office(post, 1)
    office.at(STEP)
    office.queue()
    with post.database.write() as connection:
        came(connection, address(1), state="held", reason="mode_unclear")
    assert office.send() == 0
    assert office.reasons()[code(1)] == ("cancelled", "held")


def test_the_address_that_wrote_last_is_reminded_else_the_first_of_the_file(
    post_on_both: Post,
) -> None:
    units = [
        replace(u, addresses=(*u.addresses, f"b.{u.addresses[0]}")) for u in wards(4)
    ]
    office = an_office(post_on_both, units=units)
    with post_on_both.database.write() as connection:
        # The second of the file wrote, in other letters than there.
        deliver(connection, code(2), 3, author="B.W002@Q3.example")
        # Somebody who is not of the unit's addresses wrote last.
        deliver(connection, code(3), 3, author="ai.do@q3.example")
        # Its own robot is nobody who wrote.
        own = {"state": "ignored", "reason": "automatic", "units": (code(4),)}
        came(connection, f"b.{address(4)}", **own)
    assert office.remind(STEP) == [
        address(1),
        "b.w002@q3.example",
        address(3),
        address(4),
    ]


def test_a_learned_address_that_wrote_last_goes_before_the_file(post: Post) -> None:
    office = an_office(post, 1)
    with post.database.write() as connection:
        owner = AddressOwner("moi@q3.example", code(1), "learned")
        learn(connection, [owner], START, "lan")
        deliver(connection, code(1), 3, author="moi@q3.example")
    assert office.remind(STEP) == ["moi@q3.example"]


@pytest.mark.parametrize("health", ["bouncing", "dead"])
def test_an_address_in_bad_health_is_passed_over(post: Post, health: Any) -> None:
    units = [
        replace(wards(1)[0], addresses=(address(1), "b@q3.example")),
        *wards(2)[1:],
    ]
    office = an_office(post, units=units)
    with post.database.write() as connection:
        deliver(connection, code(1), 3, author=address(1))
        set_health(connection, address(1), health, START)
        set_health(connection, address(2), health, START)
    office.at(STEP)
    assert office.office.preview().no_address == (code(2),)
    assert office.remind(STEP) == ["b@q3.example"]


def test_after_a_refusal_the_next_step_goes_to_the_next_address(post: Post) -> None:
    units = [replace(wards(1)[0], addresses=(address(1), "b@q3.example"))]
    office = an_office(post, units=units)
    post.sink.recipients[address(1)] = "550 5.1.1 no such user"
    assert office.remind("2021-06-04 08:00") == []
    assert office.reasons()[code(1)] == ("failed", "refused")
    assert office.remind("2021-06-04 09:00") == []
    assert office.remind(STEP) == ["b@q3.example"]
    # Once it takes mail again it is the first of the file again.
    post.sink.recipients.clear()


def test_a_unit_of_a_folder_door_is_written_to_in_that_folder(post: Post) -> None:
    office = an_office(post, 2, folders=frozenset({"dien-dan"}))
    with post.database.write() as connection:
        ident = deliver(connection, code(2), 3)
        statement = messages.update().where(messages.c.id == ident)
        connection.execute(statement.values(mailbox="dien-dan"))
    assert office.remind(STEP) == [address(1)]
    (laid,) = (post.folder / "tra-loi").glob("*.eml")
    assert message_from_bytes(laid.read_bytes())["To"] == address(2)
    assert office.reasons()[code(2)] == ("sent", None)


def test_who_has_no_address_is_named_for_the_telephone(post: Post) -> None:
    units = [replace(wards(1)[0], addresses=()), *wards(3)[1:]]
    office = an_office(post, units=units)
    office.at(STEP)
    due = office.queue()
    assert due.no_address == (code(1),)
    assert [w.key.unit for _, w in due.wanted] == [code(2), code(3)]


def test_one_step_goes_after_a_sleep_over_two(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    office = an_office(post, 1)
    office.at("2021-06-01 09:00")
    office.queue()
    caplog.set_level("INFO", "hopthu")
    # Asleep over before-7 of Wednesday; on Friday before-3 is sent, once.
    assert office.remind("2021-06-04 09:00") == [address(1)]
    assert [i.step for i in office.items()] == ["before-3"]
    queued = [r for r in caplog.records if r.getMessage() == "reminders_queued"]
    assert [r.__dict__["fields"]["moved"] for r in queued] == [["before-3: weekend"]]
    noted = [r for r in caplog.records if r.getMessage() == "reminder_missed"]
    assert [r.__dict__["fields"]["step"] for r in noted] == ["before-7"]


def test_a_clock_that_is_set_back_reminds_nobody_again(post: Post) -> None:
    office = an_office(post, 1)
    assert office.remind(STEP) == [address(1)]
    for back in ("2021-06-07 08:00", "2021-06-04 08:00", "2021-06-02 08:00"):
        assert office.remind(back) == []
    assert office.remind(STEP) == []


def test_what_waits_from_an_older_step_gives_way_to_the_newer(post: Post) -> None:
    office = an_office(post, 1, by_person=True)
    assert office.remind("2021-06-04 08:00") == []
    assert office.remind(STEP) == []
    states = [(i.step, i.state, i.reason) for i in office.items()]
    assert states == [
        ("before-3", "pending", "release"),
        ("before-1", "pending", "release"),
    ]
    with post.database.write() as connection:
        release(connection, None, post.clock.now(), "lan")
    assert office.send() == 1
    assert [(i.step, i.state, i.reason) for i in office.items()] == [
        ("before-3", "cancelled", "step_passed"),
        ("before-1", "sent", None),
    ]


def test_the_gap_counts_dates_and_not_hours(post: Post) -> None:
    office = an_office(post, 1, days_before=(3, 1), min_gap_days=4)
    # Late on Friday; four dates on it is Tuesday morning, not four times 24 hours.
    assert office.remind("2021-06-04 20:30") == [address(1)]
    assert office.remind(STEP) == [address(1)]


def test_nobody_is_reminded_at_night(post: Post) -> None:
    office = an_office(post, 1)
    assert office.remind("2021-06-08 22:30") == []
    assert office.items() == ()
    assert office.remind("2021-06-09 07:00") == [address(1)]


def test_what_was_queued_by_day_and_not_sent_waits_for_the_morning(
    post: Post,
) -> None:
    office = an_office(post, 1)
    office.at("2021-06-08 20:59")
    office.queue()
    office.at("2021-06-08 21:00")
    assert office.send() == 0
    office.at("2021-06-09 06:59")
    assert office.send() == 0
    office.at("2021-06-09 07:00")
    assert office.send() == 1


def test_a_moved_deadline_begins_a_new_series(post: Post) -> None:
    office = an_office(post, 1)
    assert office.remind("2021-06-04 08:00") == [address(1)]
    office.at(STEP)
    office.queue()
    moved = a_plan(deadline="2021-06-11", named="2021-06-11")
    later = Reminded(post, reminding(post.database, post.clock, campaigns=(moved,)))
    # before-3 of the new series falls on the very day.
    assert later.remind(STEP) == [address(1)]
    assert [(i.step, i.state, i.reason) for i in office.items()] == [
        ("before-3", "sent", None),
        ("before-1", "cancelled", "deadline_moved"),
        ("before-3", "sent", None),
    ]


def test_reports_are_asked_for_when_their_phase_opens(post: Post) -> None:
    office = an_office(post, 4)
    with post.database.write() as connection:
        deliver(connection, code(1))
        deliver(connection, code(2))
        deliver(connection, code(3), 0)
        report(connection, code(2), tuple(range(10)))
    # The nil statement and the report that is there owe nothing.
    assert office.remind("2021-09-01 08:00") == [address(1), address(4)]
    facts = facts_of(office, code(1))
    assert (facts.step, facts.phase, facts.came, facts.owed) == (
        "opens",
        "results",
        0,
        10,
    )
    assert facts.form is not None
    assert [row[1].text for row in facts.form.rows] == [
        f"Công trình số {n}" for n in range(1, 11)
    ]
    assert office.remind("2021-09-20 08:00") == [address(1), address(4)]
    with post.database.read() as connection:
        (line,) = unit_lines(connection, NUMBER, [code(1)])
        told = reminders_of_unit(connection, code(1))
    assert line.reminders == 2
    assert [(r.phase, r.step, r.to) for r in told] == [
        ("results", "opens", (address(1),)),
        ("results", "before-14", (address(1),)),
    ]


def test_the_confirmation_alone_is_asked_for_where_it_is_configured(
    post: Post,
) -> None:
    office = an_office(post, 2, confirmation=True)
    with post.database.write() as connection:
        deliver(connection, code(1), confirmation="absent")
        deliver(connection, code(2), confirmation="block_only")
    assert office.remind(STEP) == [address(1)]
    assert facts_of(office, code(1)).missing == "confirmation"


def test_a_leaders_copy_is_its_own_mail_and_counts_apart(post: Post) -> None:
    units = [replace(wards(1)[0], leader="Bà B", leader_address="bt@q3.example")]
    office = an_office(post, units=units, leader_from="before-1")
    assert office.remind("2021-06-04 08:00") == [address(1)]
    assert sorted(office.remind(STEP)) == ["bt@q3.example", address(1)]
    with post.database.read() as connection:
        (line,) = unit_lines(connection, NUMBER, [code(1)])
        told = reminders_of_unit(connection, code(1))
    assert line.reminders == 2
    assert len(told) == 3


def a_folder(connection: Connection, name: str, seen: str, done: bool = True) -> None:
    state = FolderState(name, "INBOX", first_pass_done=done)
    save_folder(connection, replace(state, last_success=moment(seen)))


@pytest.mark.parametrize(
    ("seen", "done", "reminded"),
    [
        ("2021-06-08 07:50", True, True),
        ("2021-06-08 07:20", True, False),
        ("2021-06-08 07:50", False, False),
        (None, True, False),
    ],
)
def test_the_daemon_reminds_nobody_while_it_does_not_see_the_mailbox(
    post: Post, seen: str | None, done: bool, reminded: bool
) -> None:
    office = an_office(post, 1, watched=("gmail",))
    office.at(STEP)
    with post.database.write() as connection:
        if seen:
            a_folder(connection, "gmail", seen, done)
    assert office.office.tick() == reminded
    assert office.send() == (1 if reminded else 0)


def test_that_somebody_would_be_reminded_is_said_once_an_hour(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    office = an_office(post, 1, watched=("gmail",))
    office.at(STEP)
    for _ in range(5):
        assert not office.office.tick()
        office.post.clock.move(minutes=20)
    said = [r for r in caplog.records if r.getMessage() == "reminders_wait"]
    assert [r.__dict__["fields"]["mailboxes"] for r in said] == [["gmail"]] * 2


def test_a_mailbox_that_falls_silent_keeps_back_what_was_queued(post: Post) -> None:
    office = an_office(post, 1, watched=("gmail",))
    office.at(STEP)
    with post.database.write() as connection:
        a_folder(connection, "gmail", STEP)
    assert office.office.tick()
    office.post.clock.move(minutes=31)
    assert office.send() == 0
    with post.database.write() as connection:
        a_folder(connection, "gmail", "2021-06-08 08:31")
    office.post.clock.move(minutes=1)
    assert office.send() == 1


def test_mail_that_came_and_was_not_read_yet_is_waited_for(post: Post) -> None:
    office = an_office(post, 1)
    office.at(STEP)
    office.queue()
    with post.database.write() as connection:
        ident = a_recorded_message(connection, moment("2021-06-08 07:59"))
    assert office.send() == 0
    with post.database.write() as connection:
        statement = messages.update().where(messages.c.id == ident)
        connection.execute(statement.values(state="ignored", reason="not_for_us"))
    office.post.clock.move(minutes=1)
    assert office.send() == 1


def test_what_is_stuck_unread_for_a_day_holds_nobody_up(post: Post) -> None:
    office = an_office(post, 1)
    with post.database.write() as connection:
        a_recorded_message(connection, moment("2021-06-07 07:59"))
    assert office.remind(STEP) == [address(1)]


@pytest.mark.parametrize("asked", [False, True])
def test_while_the_first_pass_waits_the_daemon_asks_for_leave_too(
    post: Post, asked: bool
) -> None:
    watched = () if asked else ("gmail",)
    office = an_office(post, 1, watched=watched)
    office.at(STEP)
    with post.database.write() as connection:
        a_folder(connection, "gmail", STEP)
        ident = a_recorded_message(connection, first_pass=True)
        statement = messages.update().where(messages.c.id == ident)
        connection.execute(statement.values(state="processed"))
        row: dict[str, Any] = {
            "kind": "acknowledgement",
            "key": "k",
            "state": "pending",
            "reason": "release",
            "recipients": '["a@b.example"]',
            "address": "a@b.example",
            "message": ident,
            "facts_type": "ReceiptFacts",
            "facts": "{}",
            "created": START,
        }
        connection.execute(insert(outbox).values(row))
    office.office.tick()
    # A person who asks for reminders has them; the daemon waits with the rest.
    wanted = ("sent", None) if asked else ("pending", "release")
    office.send()
    assert office.reasons()[code(1)] == wanted


def test_the_first_start_is_the_earliest_that_was_seen(post_on_both: Post) -> None:
    database = post_on_both.database
    with database.write() as connection:
        assert first_start(connection) is None
        note_start(connection, START)
        note_start(connection, START + timedelta(days=3000))
        assert first_start(connection) == START
        note_start(connection, START - timedelta(days=1))
        assert first_start(connection) == START - timedelta(days=1)


def test_nothing_is_caught_up_from_before_the_first_start(post: Post) -> None:
    settle(post.database, wards(1), started=moment("2021-06-09 09:00"))
    fresh = Reminded(post, reminding(post.database, post.clock))
    assert fresh.remind("2021-06-09 09:00") == []
    assert fresh.remind("2021-06-11 08:00") == [address(1)]


def test_two_plans_remind_apart(post: Post) -> None:
    other = replace(PLAN, number="42-KH/QU")
    office = an_office(post, 1, campaigns=(PLAN, other))
    with post.database.write() as connection:
        deliver(connection, code(1))
    assert office.remind(STEP) == [address(1)]
    assert facts_of(office, code(1)).campaign == "42-KH/QU"
