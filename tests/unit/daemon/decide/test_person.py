"""What a person lets pass of a held mail, row by row of the table of states."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from daemon.decide import decide, held_again
from daemon.decide.digest import rows_digest
from parsers.values.decision import Accepted, Case, Reason, Rejected
from parsers.values.finding import finding
from parsers.values.outbox import DecisionFacts, RejectionFacts
from parsers.values.reading import Correction, Registration
from parsers.values.unit import Candidate
from tests.builders.case import (
    CAMPAIGN,
    NOON,
    PARENT,
    WARD,
    a_case,
    a_message,
    a_policy,
    a_reading,
    a_result,
    a_row,
    a_standing,
    a_trace,
    bare,
    named_by,
    owner,
    rows,
)

STRANGER = a_message("an@gmail.com", trace=a_trace(None))
UNPROVEN = a_message(trace=a_trace(None))
FORGED = a_message(
    trace=a_trace("mx.google.com; dmarc=fail header.from=tphcm.gov.vn; spf=fail")
)
SECOND = replace(CAMPAIGN, number="42-KH/QU")
#: Of ten works four, worded as before, and six new ones: neither whole nor apart.
HALF = rows(*range(7, 17))
STOOD = a_standing(*rows(*range(1, 11)))
TEN = Candidate("P10", 0.9, ("letterhead",))


def reading(**named: Any) -> Any:
    return a_reading(message=UNPROVEN, **named)


#: A mail for every reason that holds one, as the rules hold it without a person.
HELD: dict[str, dict[str, Any]] = {
    "sender_failed": {"reading": a_reading(message=FORGED)},
    "sender_unknown": {"reading": a_reading(message=STRANGER), "owners": ()},
    "unit_mismatch": {
        "reading": a_reading(mentions=named_by("P10", "letterhead"), candidates=(TEN,))
    },
    "unit_ambiguous": {
        "reading": a_reading(
            message=a_message(PARENT, trace=a_trace(None)),
            mentions=(),
            candidates=(Candidate("MN-06", 0.5), Candidate("MN-07", 0.5)),
        ),
        "owners": (owner("MN-06", PARENT), owner("MN-07", PARENT)),
    },
    "program_missing": {
        "reading": a_reading(
            findings=(finding("program_missing", "a.doc", program="soffice"),)
        )
    },
    "kind_unclear": {"reading": a_reading(kind_unclear=True)},
    "mode_unclear": {
        "reading": reading(registrations=HALF, mode="supplement"),
        "standing": (a_standing(*rows(*range(1, 11), method="Khác")),),
    },
    "correction_unclear": {
        "reading": bare(
            "correction",
            message=UNPROVEN,
            corrections=(Correction("3", "set", "time", "15/9/2021"),),
        ),
        "standing": (STOOD,),
    },
    "replacement_unconfirmed": {
        "reading": reading(registrations=rows(1, 2), mode="replacement"),
        "standing": (STOOD,),
    },
    "secret": {"reading": a_reading(secret=True)},
}


def case_of(reason: str, **named: Any) -> Case:
    return a_case(**{**HELD[reason], **named})


def passing(reason: Any, **named: Any) -> Accepted:
    return Accepted(frozenset({reason}), **named)


@pytest.mark.parametrize("reason", HELD)
def test_every_reason_that_holds_a_mail_is_passed_by_a_persons_word(
    reason: Reason,
) -> None:
    before = decide(case_of(reason), a_policy())
    after = decide(case_of(reason, accepted=passing(reason)), a_policy())

    assert (before.state, before.reason) == ("held", reason)
    assert after.state == "processed"
    assert [s.state in {"accepted", "partial"} for s in after.submissions] == [True]


@pytest.mark.parametrize("reason", HELD)
def test_a_doubt_that_a_person_was_not_shown_still_holds(reason: Reason) -> None:
    other: Reason = "campaign_unclear"
    after = decide(case_of(reason, accepted=passing(other)), a_policy())
    assert (after.state, after.reason) == ("held", reason)


def test_whose_it_is_is_the_first_candidate_unless_named() -> None:
    case = case_of("unit_mismatch", accepted=passing("unit_mismatch", unit="P10"))
    named = passing("unit_mismatch", unit="P09", named=True)

    assert decide(case, a_policy()).units == ("P10",)
    told = decide(case_of("unit_mismatch", accepted=named), a_policy())
    assert [s.unit for s in told.submissions] == ["P09"]


def test_rows_that_name_their_own_units_go_each_to_its_own() -> None:
    two = (a_row(1, unit="MN-06"), a_row(2, unit="MN-07"))
    mixed = a_reading(registrations=two, mentions=(), candidates=(TEN,))
    accepted = passing("unit_mismatch", unit="P10")
    apart = decide(a_case(reading=mixed, accepted=accepted), a_policy())
    named = replace(accepted, named=True)
    together = decide(a_case(reading=mixed, accepted=named), a_policy())

    assert [s.unit for s in apart.submissions] == ["MN-06", "MN-07"]
    assert [s.unit for s in together.submissions] == ["P10"]


def test_a_mail_without_any_candidate_stays_held() -> None:
    nobody = a_reading(message=STRANGER, mentions=(), candidates=())
    case = a_case(reading=nobody, owners=(), accepted=passing("sender_unknown"))
    assert decide(case, a_policy()).reason == "sender_unknown"


def test_a_table_of_which_no_row_was_taken_is_never_a_nil_statement() -> None:
    empty = bare("registration", kind_unclear=True)
    after = decide(a_case(reading=empty, accepted=passing("kind_unclear")), a_policy())
    assert (after.state, after.submissions) == ("held", ())


@pytest.mark.parametrize("late", [0, 100, 150])
def test_rows_of_an_unclear_kind_are_taken_as_they_were_read_whatever_is_open(
    late: int,
) -> None:
    at = NOON + timedelta(days=late)
    case = case_of("kind_unclear", at=at, accepted=passing("kind_unclear"))
    (new,) = decide(case, a_policy()).submissions
    assert (new.phase, new.registrations) == ("registration", a_reading().registrations)


def test_a_mail_of_both_phases_is_not_taken_by_half() -> None:
    both = a_reading(kind_unclear=True, results=(a_result(1),))
    for reason in ("kind_unclear", "sender_unknown"):
        after = decide(a_case(reading=both, accepted=passing(reason)), a_policy())
        assert (after.reason, after.submissions) == ("kind_unclear", ())


def test_the_campaign_is_the_one_that_the_person_named() -> None:
    policy = a_policy(campaigns=(CAMPAIGN, SECOND))
    before = decide(a_case(), policy)
    accepted = passing("campaign_unclear", campaign=SECOND.number)
    after = decide(a_case(accepted=accepted), policy)

    assert before.reason == "campaign_unclear"
    assert [s.campaign for s in after.submissions] == [SECOND.number]


def test_the_mode_is_the_one_that_the_person_chose() -> None:
    stood = HELD["mode_unclear"]["standing"][0].registrations
    chosen: dict[str, tuple[Registration, ...]] = {
        "replacement": HALF,
        "supplement": (*stood[:6], *HALF[:4], *HALF[4:]),
    }
    for mode, expected in chosen.items():
        accepted = passing("mode_unclear", mode=mode)
        made = decide(case_of("mode_unclear", accepted=accepted), a_policy())
        (new,) = made.submissions
        assert (new.mode, new.supersedes) == (mode, 1)
        assert new.registrations == expected


def test_a_mode_that_neither_mail_nor_person_names_stays_unclear() -> None:
    silent = reading(registrations=HALF, mode=None)
    standing = HELD["mode_unclear"]["standing"]
    case = a_case(reading=silent, standing=standing, accepted=passing("mode_unclear"))
    assert decide(case, a_policy()).reason == "mode_unclear"


def test_what_was_received_earlier_stays_out_of_force_whatever_a_person_chooses() -> (
    None
):
    later = replace(STOOD, received=NOON + timedelta(hours=1))
    accepted = passing("mode_unclear", mode="supplement")
    made = decide(
        case_of("mode_unclear", standing=(later,), accepted=accepted), a_policy()
    )
    (new,) = made.submissions
    assert (new.registrations, new.supersedes) == (HALF, None)


def test_a_correction_with_its_difference_is_taken_in_one_step() -> None:
    case = case_of("correction_unclear", accepted=passing("correction_unclear"))
    made = decide(case, a_policy())
    (new,) = made.submissions
    changed = new.registrations[2]

    assert (changed.time, changed.cells["time"]) == ("15/9/2021", 1.0)
    assert changed.end is not None
    assert [r for r in new.registrations if r.number != "3"] == [
        r for r in STOOD.registrations if r.number != "3"
    ]
    assert new.supersedes == STOOD.version


@pytest.mark.parametrize(
    "wish",
    [
        Correction("30", "set", "time", "15/9/2021"),
        Correction("3", "set", "unit", "x"),
        Correction("3", "set", "time", None),
        Correction("30", "remove"),
    ],
)
def test_a_difference_is_taken_wholly_or_not_at_all(wish: Correction) -> None:
    both = (Correction("3", "set", "time", "15/9/2021"), wish)
    case = a_case(
        reading=bare("correction", message=UNPROVEN, corrections=both),
        standing=(STOOD,),
        accepted=passing("correction_unclear"),
    )
    made = decide(case, a_policy())
    assert (made.reason, made.submissions) == ("correction_unclear", ())


@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside a table"])
def test_words_that_were_understood_by_half_are_not_accepted(beside: bool) -> None:
    said = {"corrections": (Correction("3", "remove"),), "correction_unclear": True}
    read = (
        reading(registrations=rows(*range(1, 12)), mode="replacement", **said)
        if beside
        else bare("correction", message=UNPROVEN, **said)
    )
    accepted = passing("correction_unclear")
    made = decide(
        a_case(reading=read, standing=(STOOD,), accepted=accepted), a_policy()
    )
    assert (made.reason, made.submissions) == ("correction_unclear", ())


def test_a_removal_beside_a_table_is_accepted_with_the_table() -> None:
    removal = (Correction("3", "remove"),)
    table = rows(*range(1, 12))
    read = reading(registrations=table, mode="replacement", corrections=removal)
    accepted = passing("correction_unclear")
    made = decide(
        a_case(reading=read, standing=(STOOD,), accepted=accepted), a_policy()
    )
    (new,) = made.submissions
    assert new.registrations == (*table[:2], *table[3:])


def test_whoever_is_accepted_is_answered_like_anybody() -> None:
    proven = a_message("an@gmail.com")
    unknown = a_reading(message=replace(proven, trace=a_trace(GMAIL)))
    case = a_case(reading=unknown, owners=(), accepted=passing("sender_unknown"))
    (item,) = decide(case, a_policy(first_contact="hold")).items
    assert (item.purpose, item.to) == ("decision", ("an@gmail.com",))
    assert isinstance(item.facts, DecisionFacts)


GMAIL = (
    "mx.google.com; dkim=pass header.i=@gmail.com; spf=pass "
    "smtp.mailfrom=an@gmail.com; dmarc=pass header.from=gmail.com"
)


@pytest.mark.parametrize("reason", ["sender_failed", "secret"])
def test_nobody_is_answered_for_a_forged_or_a_secret_mail(reason: Reason) -> None:
    made = decide(case_of(reason, accepted=passing(reason)), a_policy())
    assert (made.state, made.items) == ("processed", ())


def test_a_rejected_mail_is_not_answered_unless_told_to() -> None:
    silent = decide(a_case(rejected=Rejected("không phải của đơn vị")), a_policy())
    assert (silent.state, silent.reason) == ("ignored", "rejected")
    assert (silent.items, silent.submissions, silent.learned) == ((), (), ())


def test_the_sender_of_a_rejected_mail_is_told_with_the_persons_words() -> None:
    said = Rejected("không phải của đơn vị", tell=True)
    (item,) = decide(a_case(rejected=said), a_policy()).items
    assert (item.purpose, item.to, item.units) == ("decision", (WARD,), ("P09",))
    assert isinstance(item.facts, RejectionFacts)
    assert (item.facts.why, item.facts.unit_name) == (said.why, "Phường 9")


@pytest.mark.parametrize("message", [FORGED, STRANGER])
def test_nobody_is_told_who_may_be_somebody_else(message: Any) -> None:
    owners = (owner(),) if message is FORGED else ()
    case = a_case(
        reading=a_reading(message=message),
        owners=owners,
        rejected=Rejected("giả", tell=True),
    )
    assert decide(case, a_policy()).items == ()


def test_a_mail_that_is_held_again_stores_and_says_nothing() -> None:
    made = held_again(a_case(), a_policy(), "unit_mismatch")
    assert (made.state, made.reason) == ("held", "unit_mismatch")
    assert made.items == ()


GIVEN = ("41-KH/QU", "P09", "registration", rows_digest(rows(1, 2)))


def test_a_changed_reading_is_said_to_staff_and_not_answered_again() -> None:
    told = {"answered": ("decision",), "given": (GIVEN,), "first_read": NOON}
    made = decide(a_case(**told), a_policy())
    assert "reading_changed" in {f.code for f in made.findings}
    assert made.items == ()


def test_a_changed_reading_is_corrected_once_where_a_person_says_so() -> None:
    told = {"answered": ("decision",), "given": (GIVEN,), "first_read": NOON}
    policy = a_policy(corrects=True)
    (item,) = decide(a_case(**told), policy).items
    again = {**told, "answered": ("decision", "correction")}
    same = {**told, "given": ((*GIVEN[:3], rows_digest(rows(*range(1, 11)))),)}

    assert (item.purpose, item.key) == ("correction", f"{'ab' * 32}:correction")
    assert isinstance(item.facts, DecisionFacts)
    assert decide(a_case(**again), policy).items == ()
    assert decide(a_case(**same), policy).items == ()


def test_who_was_told_otherwise_by_a_person_is_told_once_more() -> None:
    told = {"answered": ("decision",), "retold": True, "first_read": NOON}
    (item,) = decide(a_case(**told), a_policy()).items
    assert item.purpose == "correction"
    assert decide(a_case(**{**told, "retold": False}), a_policy()).items == ()
