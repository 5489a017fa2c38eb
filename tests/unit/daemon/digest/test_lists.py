"""What a digest lists: whole in number, short in lines, nothing of a secret."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from daemon.digest import lists
from daemon.digest.facts import Counts, Frame, digest_facts
from daemon.digest.lists import Snapshot, View, listings
from parsers.values.finding import finding
from parsers.values.summary import DigestFacts, Listing
from parsers.values.unit import Candidate
from storage.status import Status
from storage.summary import (
    Contact,
    Counted,
    LearnedAddress,
    NewUnit,
    Noticed,
    Unsent,
    WaitingMail,
)
from tests.builders.case import CAMPAIGN, NOON, ZONE
from tests.builders.statuses import a_line as a_unit

NONE = Counted(0, ())


def a_snapshot(**named: Any) -> Snapshot:
    usual: dict[str, Any] = {
        "units": (a_unit(),),
        "new": (),
        "contested": (),
        "doubles": (),
        "held": NONE,
        "quarantined": NONE,
        "noticed": (),
        "learned": (),
        "unsent": NONE,
        "returned": NONE,
        "contacts": {},
    }
    return Snapshot(**{**usual, **named})


def a_mail(ident: int = 5, **named: Any) -> WaitingMail:
    usual: dict[str, Any] = {
        "receipt": "6WF64GYM99",
        "received": NOON,
        "author": "a@thu.example",
        "subject": "Gửi bảng đăng ký",
        "reason": "sender_unknown",
        "candidates": (Candidate("P09", 0.9), Candidate("P77", 0.4)),
    }
    return WaitingMail(ident, **{**usual, **named})


def view(day: date = date(2021, 6, 1)) -> View:
    return Frame(CAMPAIGN, day, ZONE, "http://q3/", 450).view()


def found(snapshot: Snapshot, day: date = date(2021, 6, 1)) -> dict[str, Listing]:
    return {one.key: one for one in listings(snapshot, view(day))}


def test_a_held_mail_has_reason_candidates_and_the_address_of_its_page() -> None:
    held = found(a_snapshot(held=Counted(1, (a_mail(),))))["held"]
    (entry,) = held.entries
    told = dict(entry.facts)
    assert entry.name == "5"
    assert told["reason"] == "sender_unknown"
    assert told["candidates"] == "Đơn vị P09, P77"
    assert told["page"] == "http://q3/messages/5"


def test_of_a_secret_mail_nothing_is_said_but_its_number() -> None:
    held = Counted(1, (a_mail(reason="secret"),))
    (entry,) = found(a_snapshot(held=held))["held"].entries
    assert dict(entry.facts) == {"reason": "secret", "page": "http://q3/messages/5"}


def test_long_lists_are_counted_whole_and_cut() -> None:
    units = tuple(a_unit(f"U{n}") for n in range(5000))
    mails = tuple(a_mail(n) for n in range(lists.LINES + 5))
    lists_ = found(a_snapshot(units=units, held=Counted(1000, mails)))
    assert (lists_["missing"].total, len(lists_["missing"].entries)) == (
        *(5000, lists.NAMES),
    )
    assert (lists_["held"].total, len(lists_["held"].entries)) == (1000, lists.LINES)


def test_texts_of_strangers_are_bounded() -> None:
    mail = a_mail(subject="x" * 100_000, author="y" * 100_000)
    (entry,) = found(a_snapshot(held=Counted(1, (mail,))))["held"].entries
    assert max(len(text) for _, text in entry.facts) <= 300


def test_in_the_last_three_days_everybody_who_owes_is_telephoned() -> None:
    units = (a_unit("P01"), a_unit("P02", state="partial"), a_unit("P03", state="nil"))
    contacts = {
        "P01": Contact("P01", "Chị Lan", "0900", True),
        "P02": Contact("P02", None, None, False),
    }
    snapshot = a_snapshot(units=units, contacts=contacts)
    # CAMPAIGN names no stricter day: its deadline is June 10.
    calls = found(snapshot, date(2021, 6, 7))["telephone"]
    assert [(e.name, dict(e.facts)) for e in calls.entries] == [
        ("Đơn vị P01", {"contact": "Chị Lan", "phone": "0900"}),
        ("Đơn vị P02", {"phone": "none", "mailless": "none"}),
    ]
    assert "telephone" in found(snapshot, date(2021, 6, 10))
    assert "telephone" not in found(snapshot, date(2021, 6, 11))
    before = found(snapshot, date(2021, 6, 6))
    assert "telephone" not in before
    assert [e.name for e in before["no_address"].entries] == ["Đơn vị P02"]


def test_each_open_phase_has_its_own_lists() -> None:
    unit = a_unit(state="complete", registered=10)
    results = [
        one
        for one in listings(a_snapshot(units=(unit,)), view(date(2021, 9, 2)))
        if one.key == "missing"
    ]
    assert [(one.phase, one.total) for one in results] == [("results", 1)]


def test_works_that_two_units_share_are_told_once_a_pair() -> None:
    shared = finding("duplicate_elsewhere", None, number="1", unit="Phường 1")
    doubles = [Noticed("P09", 4, shared)] * 3
    (entry,) = found(a_snapshot(doubles=doubles))["doubles"].entries
    assert dict(entry.facts) == {"shared": "3", "with": "Phường 1"}


def test_staff_is_told_what_only_staff_should_know_once_a_mail() -> None:
    hidden, changed = finding("hidden_rows"), finding("reading_changed")
    noticed = [
        Noticed("P09", 4, hidden),
        Noticed("P09", 4, hidden),
        Noticed("P09", 5, changed),
        Noticed("P09", 6, finding("unit_unknown")),
    ]
    told = found(a_snapshot(noticed=noticed))
    assert [e.found for e in told["hints"].entries] == [hidden]
    assert [e.found for e in told["changed"].entries] == [changed]


def test_mail_that_could_not_be_composed_waits_for_no_server() -> None:
    one = Unsent(
        7, "acknowledgement", "pending", "temporary", ("a@b",), None, (), "compose"
    )
    (entry,) = found(a_snapshot(unsent=Counted(1, (one,))))["unsent"].entries
    told = dict(entry.facts)
    assert told["why"] == "compose"
    assert "wait" not in told


def a_digest(snapshot: Snapshot, day: date = date(2021, 6, 1)) -> DigestFacts:
    status = Status(CAMPAIGN.number, NOON, tuple(snapshot.units), {}, {}, {}, ())
    counts = Counts(NOON - timedelta(days=1), (), 0, 0, b"")
    frame = Frame(CAMPAIGN, day, ZONE, "http://q3/", 450)
    return digest_facts(snapshot, status, (), counts, frame)


def test_a_category_counts_its_units_by_where_they_stand() -> None:
    states = ("complete", "partial", "over", "nil", "excused", "missing")
    units = tuple(
        a_unit(f"P{n}", state=state, registered=n) for n, state in enumerate(states)
    )
    ((counted,),) = (p.categories for p in a_digest(a_snapshot(units=units)).phases)
    assert (counted.units, counted.registered, counted.expected) == (6, 15, 60)
    assert all(getattr(counted, state) == 1 for state in states)


def test_only_what_there_is_to_tell_changes_the_fingerprint() -> None:
    snapshot = a_snapshot(held=Counted(1, (a_mail(),)))
    before = a_digest(snapshot).fingerprint
    day = timedelta(days=1)
    assert a_digest(snapshot, date(2021, 6, 2)).fingerprint == before
    # What was new is not new any more.
    new = (NewUnit("P09", "registration", NOON - day),)
    assert a_digest(replace(snapshot, new=new)).fingerprint == before
    for changed in (
        replace(snapshot, held=NONE),
        replace(snapshot, units=(a_unit(state="complete"),)),
        replace(snapshot, units=(a_unit(versions=1),)),
        replace(snapshot, learned=(LearnedAddress("P09", "a@b", "provisional"),)),
    ):
        assert a_digest(changed).fingerprint != before
