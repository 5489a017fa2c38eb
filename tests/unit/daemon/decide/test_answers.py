"""Who is answered, where, how often, and what waits for a person."""

from datetime import timedelta
from typing import Any

import pytest

from daemon.decide import decide, receipt_code
from daemon.decide.receipt import ALPHABET
from parsers.values.finding import finding
from parsers.values.message import Address
from parsers.values.outbox import DecisionFacts, NewItem
from tests.builders.case import (
    NOON,
    WARD,
    ZONE,
    a_case,
    a_message,
    a_policy,
    a_reading,
    a_row,
    a_standing,
    a_trace,
    bare,
    named_by,
    rows,
)

HELD = a_reading(mentions=named_by("P10", "letterhead"))


def item(policy: Any = None, **named: Any) -> NewItem | None:
    items = decide(a_case(**named), policy or a_policy()).items
    assert len(items) <= 1
    return items[0] if items else None


def facts(**named: Any) -> DecisionFacts:
    found = item(**named)
    assert found is not None
    assert isinstance(found.facts, DecisionFacts)
    return found.facts


def test_a_decision_is_keyed_by_the_mail_so_that_it_is_queued_once() -> None:
    found = item(raw_sha256="cd" * 32)
    assert found is not None
    assert (found.kind, found.key) == ("acknowledgement", f"{'cd' * 32}:decision")
    assert found.to == (WARD,)
    assert found.reports_version is True


@pytest.mark.parametrize(
    ("mailbox", "door"),
    [("gmail", "smtp"), ("notes", "notes"), ("quiet", None), ("x", None)],
)
def test_a_door_answers_as_it_is_set(mailbox: str, door: str | None) -> None:
    found = item(mailbox=mailbox)
    assert (found.door if found else None) == door


def test_nothing_of_the_notes_door_gets_a_receipt_since_it_proves_nobody() -> None:
    assert item(reading=HELD, mailbox="notes") is None
    assert item(reading=HELD) is not None


@pytest.mark.parametrize(
    ("days", "answered"), [(7, True), (7.001, False)], ids=["a week", "more"]
)
def test_old_mail_is_stored_and_not_answered(days: float, answered: bool) -> None:
    case = a_case(now=NOON + timedelta(days=days))
    decision = decide(case, a_policy())
    assert len(decision.submissions) == 1
    assert bool(decision.items) is answered


def test_a_mail_that_a_person_put_right_later_is_still_answered() -> None:
    late = NOON + timedelta(days=12)
    assert item(now=late, first_read=NOON + timedelta(minutes=1)) is not None


def test_a_mail_is_never_told_the_same_thing_twice() -> None:
    assert item(answered=("decision",)) is None
    assert item(reading=HELD, answered=("receipt",)) is None
    assert item(answered=("receipt",)) is not None


def test_an_address_gets_one_receipt_in_24_hours() -> None:
    day = timedelta(hours=24)
    now = NOON + timedelta(minutes=2)
    soon = {"reading": HELD, "last_receipt": now - day + timedelta(seconds=1)}
    assert item(**soon) is None
    assert item(reading=HELD, last_receipt=now - day) is not None


def test_the_office_s_own_address_is_never_answered() -> None:
    ours = "Bandanvanq3@gmail.com"
    message = a_message(ours, senders=(Address(None, ours),))
    reading = a_reading(message=message)
    assert item(reading=reading, assigned=(("P09", ""),)) is None


def test_strangers_may_be_met_with_silence() -> None:
    stranger = a_message(
        "a@gmail.com",
        senders=(Address(None, "a@gmail.com"),),
        trace=a_trace("mx.google.com; dmarc=pass header.from=gmail.com"),
    )
    named = {"reading": a_reading(message=stranger, mentions=()), "owners": ()}
    assert item(**named) is not None
    assert item(a_policy(unknown_sender="silent"), **named) is None


@pytest.mark.parametrize(
    ("policy", "mail", "waits"),
    [
        ({}, {}, None),
        ({"by_person": True}, {}, "release"),
        ({}, {"first_pass": True}, "release"),
        ({"first_pass_hold": False}, {"first_pass": True}, None),
    ],
)
def test_what_a_person_must_let_go_waits(policy: Any, mail: Any, waits: Any) -> None:
    found = item(a_policy(**policy), **mail)
    assert found is not None
    assert found.waits == waits


def test_a_receipt_says_nothing_of_the_mail() -> None:
    found = item(reading=HELD)
    assert found is not None
    assert found.units == ()
    assert not isinstance(found.facts, DecisionFacts)


def test_a_mail_without_a_message_id_is_answered_all_the_same() -> None:
    found = facts(reading=a_reading(message=a_message(message_id=None)))
    assert found.thread.message_id is None


def test_a_decision_counts_against_the_quota_and_names_the_last_second() -> None:
    found = facts()
    assert (found.registered, found.quota, found.late) == (10, 10, False)
    assert found.deadline is not None
    assert f"{found.deadline:%d %H:%M:%S}" == "10 23:59:59"
    assert (found.salutation, found.version) == ("Kính gửi: Đảng ủy Phường 9", 1)


def test_a_row_is_marked_by_the_findings_of_its_own_cells() -> None:
    told = (
        finding("cell_empty", "bang.xlsx › Sheet1 › D5", number="2", column="time"),
        finding("file_encrypted", "x.zip"),
        finding("hidden_rows", "bang.xlsx › Sheet1"),
    )
    found = facts(reading=a_reading(findings=told))
    assert [row.mark for row in found.rows] == ["taken", "check", *["taken"] * 8]
    assert [f.code for f in found.rows[1].findings] == ["cell_empty"]
    assert [f.code for f in found.findings] == ["file_encrypted"]


def test_a_row_that_was_guessed_is_to_be_looked_at() -> None:
    found = facts(reading=a_reading(registrations=(a_row(1, certainty=0.97),)))
    assert [row.mark for row in found.rows] == ["check"]


def test_an_unreadable_file_makes_the_delivery_partial() -> None:
    reading = a_reading(findings=(finding("file_damaged", "phu-luc.xlsx"),))
    assert facts(reading=reading).outcome == "partial"
    made = decide(a_case(reading=reading), a_policy()).submissions
    assert made[0].state == "partial"


def test_a_skipped_total_does_not_make_the_delivery_partial() -> None:
    reading = a_reading(findings=(finding("row_skipped", "x", why="total"),))
    assert facts(reading=reading).outcome == "accepted"


def test_a_supplement_reads_back_the_whole_version() -> None:
    standing = (a_standing(*rows(1, 2), version=3, last_version=5),)
    reading = a_reading(registrations=rows(3), mode="supplement")
    found = facts(reading=reading, standing=standing)
    assert (found.version, found.supersedes, found.registered) == (6, 3, 3)
    assert [row.number for row in found.rows] == ["1", "2", "3"]


def test_who_asks_for_the_status_is_told_what_stands() -> None:
    standing = (a_standing(*rows(1, 2), version=3),)
    found = facts(reading=bare("request", request="status"), standing=standing)
    assert (found.outcome, found.asked) == ("request", "status")
    assert (found.version, found.registered, found.quota) == (3, 2, 10)
    assert len(found.rows) == 2


def test_the_sender_s_clock_is_shown_where_it_is_more_than_an_hour_off() -> None:
    near = a_message(date=NOON - timedelta(minutes=60))
    far = a_message(date=NOON - timedelta(minutes=61))
    assert facts(reading=a_reading(message=near)).sent_date is None
    assert facts(reading=a_reading(message=far)).sent_date == far.date


def test_the_ledger_s_code_is_the_receipt_s() -> None:
    assert facts(receipt="ABCDEFGHJK").receipt == "ABCDEFGHJK"
    assert facts().receipt == receipt_code("ab" * 32)


def test_a_receipt_code_is_legible_and_the_same_for_ever() -> None:
    assert receipt_code("ab" * 32) == "6WF64GYM99"
    codes = {receipt_code(f"{n:064x}") for n in range(3000)}
    assert len(codes) == 3000
    assert all(len(c) == 10 and set(c) <= set(ALPHABET) for c in codes)
    assert not set(ALPHABET) & set("0O1I")


def test_all_times_of_the_facts_are_aware() -> None:
    found = facts(reading=a_reading(message=a_message(date=NOON.astimezone(ZONE))))
    assert found.received.tzinfo is not None
