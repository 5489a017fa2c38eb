"""What a person's words make: acts, recorded and amended versions, refusals."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from daemon.decide import Policy, decide
from daemon.decide.hints import title_key
from daemon.people import (
    Base,
    RefusalError,
    Wish,
    accept,
    amend,
    by_hand,
    record,
    reject,
)
from parsers.values.act import Act, Details, let_pass
from parsers.values.campaign import Column, Field
from parsers.values.decision import BY_HAND, Case, Decision
from parsers.values.finding import finding
from parsers.values.reading import Correction, Reading
from tests.builders.case import (
    CAMPAIGN,
    NOON,
    a_case,
    a_message,
    a_policy,
    a_reading,
    a_result,
    a_standing,
    a_trace,
    named_by,
    rows,
)

PLAN = replace(
    CAMPAIGN,
    columns=(*CAMPAIGN.columns[:3], Column("time", "Thời gian thực hiện")),
    fields=(Field(1, "Kinh tế"), Field(2, "Văn hóa - xã hội")),
)
POLICY: Policy = a_policy(campaigns=(PLAN,))
STOOD = replace(a_standing(*rows(*range(1, 11))), confirmation="signed")
STRANGER = a_reading(message=a_message("an@gmail.com", trace=a_trace(None)))
HERE = Wish(campaign=PLAN.number)


def held(case: Case, policy: Policy = POLICY) -> Decision:
    made = decide(case, policy)
    assert made.state == "held"
    return made


def on_paper(reading: Reading, **named: Any) -> Case:
    """A file that a person hands in: no mail, no sender."""
    paper = replace(reading, message=None)
    return Case(by_hand("cd" * 32, 9000, NOON), paper, NOON, **named)


def test_accepting_takes_the_first_candidate_that_the_person_was_shown() -> None:
    case = a_case(reading=STRANGER, owners=())
    act, made = accept(case, POLICY, held(case), Wish())

    assert (act.verb, act.unit, act.details.named) == ("accept", "P09", False)
    assert (act.details.state, act.details.reason) == ("held", "sender_unknown")
    assert [s.unit for s in made.submissions] == ["P09"]


def test_accepting_what_has_no_candidate_asks_for_the_unit() -> None:
    nobody = replace(STRANGER, mentions=(), candidates=())
    case = a_case(reading=nobody, owners=())
    with pytest.raises(RefusalError) as refused:
        accept(case, POLICY, held(case), Wish())
    assert refused.value.key == "accept_no_candidate"

    act, _ = accept(case, POLICY, held(case), Wish(unit="P10"))
    assert (act.unit, act.details.named) == ("P10", True)


def test_accepting_an_unclear_mode_asks_for_it_where_the_mail_says_none() -> None:
    half = a_reading(registrations=rows(*range(7, 17)))
    case = a_case(reading=half, standing=(STOOD,))
    with pytest.raises(RefusalError) as refused:
        accept(case, POLICY, held(case), Wish())
    assert refused.value.key == "accept_needs_mode"


def test_accepting_a_wish_that_was_not_understood_is_refused() -> None:
    wish = a_reading(kind="correction", registrations=(), mode=None)
    case = a_case(reading=wish, standing=(STOOD,))
    with pytest.raises(RefusalError) as refused:
        accept(case, POLICY, held(case), Wish())
    assert refused.value.key == "accept_unsettled"


def test_accepting_an_unclear_campaign_takes_the_first_or_the_named_one() -> None:
    other = replace(PLAN, number="42-KH/QU")
    policy = a_policy(campaigns=(PLAN, other))
    case = a_case()
    first, _ = accept(case, policy, held(case, policy), Wish())
    named, made = accept(case, policy, held(case, policy), Wish(campaign=other.number))
    assert (first.campaign, named.campaign) == (PLAN.number, other.number)
    assert [s.campaign for s in made.submissions] == [other.number]


def test_a_second_accept_adds_to_the_first() -> None:
    one = Act("accept", unit="P09", details=Details(reason="sender_unknown"))
    two = Act("accept", details=Details(reason="mode_unclear", mode="supplement"))
    both = let_pass(let_pass(None, one), two)
    assert both.doubts == {"sender_unknown", "mode_unclear"}
    assert (both.unit, both.mode) == ("P09", "supplement")


def test_rejecting_keeps_what_the_mail_was_held_for() -> None:
    before = held(a_case(reading=STRANGER, owners=()))
    act = reject(before, "nhầm nơi nhận", tell=True)
    assert (act.why, act.details.tell) == ("nhầm nơi nhận", True)
    assert act.details.reason == "sender_unknown"


def test_a_paper_is_a_version_of_the_unit_that_the_person_names() -> None:
    made = record(on_paper(a_reading()), POLICY, "P09", HERE)
    (new,) = made.submissions

    assert (made.message, made.units) == (BY_HAND, ("P09",))
    assert (new.kind, new.mode, new.supersedes) == ("recorded", "new", None)
    assert (new.received, new.late, len(new.registrations)) == (NOON, False, 10)
    assert made.items == ()
    assert made.findings == ()


def test_a_paper_is_late_by_when_it_is_recorded() -> None:
    late = NOON + timedelta(days=3)
    case = on_paper(a_reading())
    received = replace(case.received, received=late)
    (new,) = record(replace(case, received=received), POLICY, "P09", HERE).submissions
    assert (new.late, "late" in {f.code for f in new.findings}) == (True, True)


def test_a_paper_of_another_unit_is_recorded_and_said_to_staff() -> None:
    strange = a_reading(mentions=named_by("P10", "letterhead"))
    made = record(on_paper(strange), POLICY, "P09", HERE)
    assert [s.unit for s in made.submissions] == ["P09"]
    assert [f.code for f in made.findings] == ["unit_mismatch"]
    assert made.submissions[0].findings[-1].code == "unit_mismatch"


def test_a_paper_replaces_or_supplements_as_its_rows_show() -> None:
    whole = on_paper(a_reading(registrations=rows(*range(1, 9))), standing=(STOOD,))
    more = on_paper(a_reading(registrations=rows(20, 21)), standing=(STOOD,))
    half = on_paper(a_reading(registrations=rows(*range(7, 17))), standing=(STOOD,))

    (first,) = record(whole, POLICY, "P09", HERE).submissions
    (second,) = record(more, POLICY, "P09", HERE).submissions
    assert (first.mode, len(first.registrations)) == ("replacement", 8)
    assert (second.mode, len(second.registrations)) == ("supplement", 12)
    with pytest.raises(RefusalError) as refused:
        record(half, POLICY, "P09", HERE)
    assert refused.value.key == "record_needs_mode"
    told = replace(HERE, mode="supplement")
    (third,) = record(half, POLICY, "P09", told).submissions
    assert (third.mode, len(third.registrations)) == ("supplement", 16)


def test_the_same_rows_again_on_paper_make_no_version() -> None:
    case = on_paper(a_reading(registrations=STOOD.registrations), standing=(STOOD,))
    made = record(case, POLICY, "P09", HERE)
    assert (made.reason, made.submissions) == ("nothing_changed", ())


def test_a_nil_statement_may_be_of_either_phase() -> None:
    nothing = on_paper(Reading("nil", mode="new"))
    for phase in ("registration", "results"):
        wish = replace(HERE, phase=phase)
        (new,) = record(nothing, POLICY, "P09", wish).submissions
        assert (new.phase, new.state, new.registrations) == (phase, "accepted", ())


@pytest.mark.parametrize(
    ("reading", "wish", "key"),
    [
        (Reading("other"), HERE, "record_nothing_read"),
        (a_reading(), replace(HERE, phase="results"), "record_other_phase"),
        (a_reading(results=(a_result(1),)), HERE, "record_needs_phase"),
        (a_reading(), Wish(campaign="99"), "campaign_unknown"),
    ],
)
def test_a_paper_that_makes_no_version_is_refused(
    reading: Reading, wish: Wish, key: str
) -> None:
    with pytest.raises(RefusalError) as refused:
        record(on_paper(reading), POLICY, "P09", wish)
    assert refused.value.key == key


def base(**named: Any) -> Base:
    return Base(**{"standing": STOOD, "state": "accepted"} | named)


def amended(number: str, column: str, text: str, **named: Any) -> Decision:
    return amend(base(**named), POLICY, Correction(number, "set", column, text), NOON)


def test_one_cell_is_amended_and_nothing_else() -> None:
    (new,) = amended("2", "title", "Tặng 5 suất học bổng").submissions
    before = STOOD.registrations

    assert new.registrations[1].title == "Tặng 5 suất học bổng"
    assert replace(new.registrations[1], title=before[1].title) == before[1]
    assert (*new.registrations[:1], *new.registrations[2:]) == (before[0], *before[2:])
    assert (new.kind, new.supersedes, new.received) == ("amended", 1, NOON)
    assert (new.confirmation, new.state) == ("signed", "accepted")


@pytest.mark.parametrize(
    "column", ["time", "Thời gian thực hiện", "THOI GIAN THUC HIEN"]
)
def test_a_time_that_is_amended_is_read_as_a_span(column: str) -> None:
    (new,) = amended("02.", column, "15/9/2021").submissions
    row = new.registrations[1]
    assert (row.time, row.start, row.end) == (
        "15/9/2021",
        row.end,
        NOON.replace(month=9, day=15).date(),
    )


def test_a_doubtful_cell_is_certain_once_a_person_wrote_it() -> None:
    doubtful = replace(
        STOOD.registrations[0], certainty=0.5, cells={"title": 0.5, "time": 0.9}
    )
    stood = a_standing(doubtful)
    (new,) = amended("1", "title", "Rõ ràng", standing=stood).submissions
    (row,) = new.registrations
    assert (row.cells["title"], row.certainty) == (1.0, 0.9)


def test_a_field_is_amended_by_number_or_name() -> None:
    for text, field in (("2", 2), ("kinh tế", 1), ("", None)):
        start = replace(STOOD.registrations[0], field=3)
        (new,) = amended("1", "field", text, standing=a_standing(start)).submissions
        assert new.registrations[0].field == field


def test_what_the_amended_cell_was_blamed_for_is_blamed_no_more() -> None:
    place = STOOD.registrations[1].place.rpartition(" › ")[0] + " › D5"
    blamed = (
        finding("time_unreadable", place, number="2", text="?"),
        finding("cell_empty", place, column="method", heading="x", number="2"),
        finding("under_quota", registered="10", quota="12"),
    )
    (new,) = amended("2", "time", "Tháng 9", findings=blamed).submissions
    assert [f.code for f in new.findings] == ["cell_empty", "under_quota"]


def test_results_are_amended_and_matched_anew() -> None:
    stood = a_standing(phase="results", results=(a_result(2), a_result(1)))
    words = {"standing": stood, "works": STOOD.registrations}
    (new,) = amended("1", "progress", "Đang thực hiện", **words).submissions
    assert new.results[1].progress == "in_progress"
    assert new.matched == (1, 0)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("11", "title", "x"), "amend_unknown"),
        (("1", "progress", "x"), "amend_column"),
        (("1", "field", "7"), "amend_text"),
    ],
)
def test_an_amendment_that_means_no_cell_is_refused(
    words: tuple[str, str, str], key: str
) -> None:
    with pytest.raises(RefusalError) as refused:
        amended(*words)
    assert refused.value.key == key


def test_an_amended_work_is_found_by_its_new_title() -> None:
    title = "Trồng hai trăm cây xanh dọc kênh"
    (new,) = amended("2", "title", title).submissions
    assert len(new.title_keys) == len(new.registrations)
    assert new.title_keys[1] == title_key(title)


def test_hints_at_a_title_are_not_kept_for_another_one() -> None:
    row = STOOD.registrations[1]
    hint = finding(
        "duplicate_elsewhere", row.place, number="2", title=row.title or "", unit="P10"
    )
    (new,) = amended("2", "title", "Tên khác", findings=(hint,)).submissions
    (same,) = amended("2", "time", "Tháng 9/2021", findings=(hint,)).submissions
    assert (new.findings, same.findings) == ((), (hint,))


def test_a_number_that_two_rows_bear_means_neither() -> None:
    twice = a_standing(*rows(1), *rows(1))
    with pytest.raises(RefusalError) as refused:
        amended("1", "title", "x", standing=twice)
    assert refused.value.key == "amend_ambiguous"


def test_the_same_text_again_makes_no_version() -> None:
    title = STOOD.registrations[0].title or ""
    assert amended("1", "title", title).submissions == ()
