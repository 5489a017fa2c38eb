"""Who is reminded: by what is owed, by what was told, to which address, of what."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from daemon.schedule.due import may_be_told, missing_of, wanted_of
from parsers.values.outbox import Missing
from parsers.values.reminder import Past, ReminderRules, Standing
from tests.builders.decisions import a_work
from tests.builders.reminders import (
    DEADLINE,
    PLAN,
    WARD,
    a_contact,
    a_past,
    a_plan,
    a_standing,
    an_agenda,
    an_almanac,
    moment,
)

TODAY = date(2021, 6, 8)
NOW = "2021-06-08 08:00"


@pytest.mark.parametrize(
    ("standing", "wanted"),
    [
        (a_standing("missing"), "everything"),
        (a_standing("missing", unread=True), "unreadable"),
        (a_standing("partial"), "some"),
        # A version whose rows could not be read at all.
        (a_standing("partial", came=0), "unreadable"),
        (a_standing("partial", unread=True), "some"),
        (a_standing("complete", confirmation="absent"), None),
        (a_standing("over", confirmation=None), None),
        (a_standing("nil"), None),
        (a_standing("excused"), None),
        (a_standing("excused", came=3), None),
    ],
)
def test_what_is_owed_by_how_a_unit_stands(
    standing: Standing, wanted: Missing | None
) -> None:
    assert missing_of(standing, ReminderRules()) == wanted


@pytest.mark.parametrize(
    ("standing", "wanted"),
    [
        (a_standing("complete", confirmation="absent"), "confirmation"),
        (a_standing("complete", confirmation=None), "confirmation"),
        (a_standing("over", confirmation="absent"), "confirmation"),
        (a_standing("complete", confirmation="block_only"), None),
        (a_standing("complete", confirmation="signed"), None),
        # Nobody signs that there is nothing, and reports need no signature.
        (a_standing("nil", confirmation="absent"), None),
        (a_standing("complete", came=0, confirmation=None), None),
        (a_standing("complete", phase="results", confirmation="absent"), None),
        (a_standing("partial", confirmation="absent"), "some"),
    ],
)
def test_the_confirmation_is_asked_for_where_it_is_configured(
    standing: Standing, wanted: Missing | None
) -> None:
    assert missing_of(standing, ReminderRules(confirmation=True)) == wanted


@pytest.mark.parametrize(
    ("past", "told"),
    [
        ([], "yes"),
        ([a_past("before-3", "2021-06-06")], "yes"),
        # By dates, not by hours: the one of late Sunday evening counts two days.
        ([a_past("before-3", "2021-06-07")], "gap"),
        ([a_past("before-3", "2021-06-08")], "gap"),
        # The clock was set back: one of tomorrow has left already.
        ([a_past("before-1", "2021-06-09")], "gap"),
        # What waits or was called off is no mail.
        ([a_past("before-3", None)], "yes"),
        # A leader's copy and the opening stand outside.
        ([a_past("before-3", "2021-06-07", audience="leader")], "yes"),
        ([a_past("opens", "2021-06-08", phase="results")], "yes"),
        # The gap is the unit's, whatever the phase.
        ([a_past("after-4", "2021-06-07", phase="results")], "gap"),
    ],
)
def test_the_gap_between_two_reminders_counts_dates(
    past: list[Past], told: str
) -> None:
    assert may_be_told(an_agenda(NOW), past, "unit", TODAY) == told


def test_the_cap_counts_what_left_in_the_phase_of_whatever_series() -> None:
    agenda = an_agenda(NOW, an_almanac(max_per_phase=2))
    other = date(2021, 5, 20)
    left = [
        a_past("before-14", "2021-05-06", deadline=other),
        a_past("before-7", "2021-05-13", deadline=other),
    ]
    assert may_be_told(agenda, left, "unit", TODAY) == "cap"
    assert may_be_told(agenda, left[:1], "unit", TODAY) == "yes"
    waiting = [*left[:1], a_past("before-1", None)]
    assert may_be_told(agenda, waiting, "unit", TODAY) == "yes"
    elsewhere = [replace(p, phase="results") for p in left]
    assert may_be_told(agenda, elsewhere, "unit", TODAY) == "yes"


def test_no_gap_lets_steps_follow_each_other_but_never_after_a_later_day() -> None:
    agenda = an_agenda(NOW, an_almanac(min_gap_days=0))
    today = [a_past("before-3", "2021-06-08")]
    assert may_be_told(agenda, today, "unit", TODAY) == "yes"
    later = [a_past("before-3", "2021-06-09")]
    assert may_be_told(agenda, later, "unit", TODAY) == "gap"


@pytest.mark.parametrize("state", ["complete", "over", "nil", "excused"])
def test_who_owes_nothing_is_not_reminded(state: str) -> None:
    agenda = an_agenda(NOW)
    assert wanted_of(agenda, a_standing(state), a_contact(), [], TODAY) == ()


def test_whose_mail_waits_for_the_office_is_not_reminded() -> None:
    agenda, held = an_agenda(NOW), a_standing(held=True)
    assert wanted_of(agenda, held, a_contact(), [], TODAY) == ()


def test_who_has_no_address_gets_no_mail() -> None:
    agenda, nobody = an_agenda(NOW), a_contact(replace(WARD, addresses=()))
    assert wanted_of(agenda, a_standing(), nobody, [], TODAY) == ()


@pytest.mark.parametrize("day", ["2021-06-08", None])
def test_a_step_speaks_once_whatever_became_of_its_mail(day: str | None) -> None:
    agenda = an_agenda(NOW, an_almanac(min_gap_days=0))
    past = [a_past("before-1", day)]
    assert wanted_of(agenda, a_standing(), a_contact(), past, TODAY) == ()


def test_a_deadline_that_is_moved_begins_a_new_series() -> None:
    moved = an_almanac(a_plan(deadline="2021-06-17", named="2021-06-16"))
    agenda = an_agenda("2021-06-15 08:00", moved)
    past = [a_past("before-1", "2021-06-08")]
    (found,) = wanted_of(agenda, a_standing(), a_contact(), past, date(2021, 6, 15))
    assert (found.key.step, found.key.deadline) == ("before-1", date(2021, 6, 17))
    assert found.facts.named == date(2021, 6, 16)


def test_a_reminder_says_what_it_asks_for_and_until_when() -> None:
    agenda = an_agenda(NOW)
    unit = replace(WARD, salutation="Kính gửi: Đảng ủy Phường 9")
    (found,) = wanted_of(agenda, a_standing("partial"), a_contact(unit), [], TODAY)
    facts, key = found.facts, found.key
    assert key.text == "41-KH/QU|P09|registration|2021-06-10|before-1|unit"
    assert (found.to, found.door) == ("p9@example.org", "smtp")
    assert (facts.missing, facts.came, facts.owed) == ("some", 8, 10)
    assert (facts.named, key.deadline) == (date(2021, 6, 9), DEADLINE)
    assert facts.salutation == "Kính gửi: Đảng ủy Phường 9"


def test_the_first_reminder_carries_the_form_and_later_ones_do_not() -> None:
    agenda, standing = an_agenda(NOW), a_standing()

    def form(past: list[Past], **contact: Any) -> Any:
        reached = a_contact(**contact)
        (found,) = wanted_of(agenda, standing, reached, past, TODAY)
        return found.facts.form

    first = form([])
    assert first is not None
    assert (first.unit, first.quota, first.rows) == ("P09", 10, ())
    assert form([a_past("before-3", "2021-06-04")]) is None
    # What was called off carried nothing anywhere.
    assert form([a_past("before-3", None)]) is not None
    known = form([], works=(a_work(1), a_work(2)))
    assert len(known.rows) == 2


def test_the_opening_carries_the_units_own_works() -> None:
    agenda = an_agenda("2021-09-01 08:00")
    standing = a_standing("missing", phase="results", owed=2)
    contact = a_contact(works=(a_work(1), a_work(2)))
    past = [a_past("after-4", "2021-08-31", phase="registration")]
    (found,) = wanted_of(agenda, standing, contact, past, date(2021, 9, 1))
    form = found.facts.form
    assert found.key.step == "opens"
    assert form is not None
    assert [c.key for c in form.columns] == ["number", "title", "result", "progress"]
    assert [[c.text for c in row] for row in form.rows] == [
        ["1", "Công trình số 1", "", ""],
        ["2", "Công trình số 2", "", ""],
    ]


LED = replace(WARD, leader="Ông A", leader_address="bithu.p9@example.org")


@pytest.mark.parametrize(
    ("leader_from", "now", "audiences"),
    [
        ("", NOW, ["unit"]),
        ("before-1", NOW, ["unit", "leader"]),
        ("before-1", "2021-06-04 08:00", ["unit"]),
        ("before-3", NOW, ["unit", "leader"]),
        ("after-1", NOW, ["unit"]),
        ("after-1", "2021-06-14 08:00", ["unit", "leader"]),
        # `before-3` of the report is one with `before-1`: the leader hears of it.
        ("before-3", "2021-10-01 08:00", ["unit", "leader"]),
        ("before-14", "2021-09-01 08:00", ["unit"]),
    ],
)
def test_leaders_are_written_to_from_their_step_on(
    leader_from: str, now: str, audiences: list[str]
) -> None:
    agenda = an_agenda(now, an_almanac(leader_from=leader_from))
    standing = a_standing(phase=agenda.phase.name)
    found = wanted_of(agenda, standing, a_contact(LED), [], moment(now).date())
    assert [w.key.audience for w in found] == audiences
    for one in found:
        is_leader = one.key.audience == "leader"
        assert one.to == ("bithu.p9@example.org" if is_leader else "p9@example.org")
        assert one.facts.leader == ("Ông A" if is_leader else None)
        assert one.facts.form is None or not is_leader


def test_a_leader_hears_of_a_unit_that_has_no_address_of_its_own() -> None:
    agenda = an_agenda(NOW, an_almanac(leader_from="before-1"))
    contact = a_contact(replace(LED, addresses=()))
    (found,) = wanted_of(agenda, a_standing(), contact, [], TODAY)
    assert found.key.audience == "leader"


def test_who_reads_both_boxes_is_written_to_once() -> None:
    agenda = an_agenda(NOW, an_almanac(leader_from="before-1"))
    same = a_contact(replace(LED, leader_address="P9@example.org"))
    assert len(wanted_of(agenda, a_standing(), same, [], TODAY)) == 1


def test_plans_of_one_day_are_all_due_the_nearer_deadline_first() -> None:
    other = replace(
        a_plan(deadline="2021-06-09", named="2021-06-09"), number="42-KH/QU"
    )
    almanac = replace(an_almanac(), campaigns=(PLAN, other))
    found = [(a.campaign.number, a.step.name) for a in almanac.agendas(moment(NOW))]
    assert found == [("42-KH/QU", "before-1"), ("41-KH/QU", "before-1")]


def test_steps_that_were_slept_through_are_named() -> None:
    almanac = an_almanac()

    def passed(looked: str, now: str) -> list[str]:
        found = almanac.passed(moment(looked), moment(now))
        return [a.step.name for a in found]

    assert passed("2021-06-01 09:00", "2021-06-04 09:00") == ["before-7"]
    assert passed("2021-06-01 09:00", "2021-06-08 09:00") == ["before-7", "before-3"]
    assert passed("2021-06-08 07:00", "2021-06-08 09:00") == []
    assert passed("2021-06-08 09:00", "2021-06-10 09:00") == []
    late = an_almanac(since="2021-06-03")
    assert late.passed(moment("2021-06-01 09:00"), moment("2021-06-04 09:00")) == ()
