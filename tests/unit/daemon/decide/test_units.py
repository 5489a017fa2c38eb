"""Whose mail it is: certain, probable or none, and never a guess."""

from dataclasses import replace
from typing import Any

import pytest

from daemon.decide import decide, units_in_question
from parsers.values.decision import Case, Decision
from parsers.values.finding import finding
from parsers.values.message import Address
from parsers.values.unit import AddressOwner, Candidate, Mention
from tests.builders.case import (
    PARENT,
    WARD,
    a_case,
    a_message,
    a_policy,
    a_reading,
    a_row,
    a_standing,
    a_trace,
    named_by,
    owner,
    rows,
)

POLICY = a_policy()
SIX, SEVEN = ("6.xlsx",), ("7.xlsx",)
STRANGER = "lan@gmail.com"


def codes(decision: Decision) -> list[str]:
    return [made.unit for made in decision.submissions]


def of_parent(**named: Any) -> Case:
    proof = f"mx.google.com; spf=pass smtp.mailfrom={PARENT}"
    message = a_message(PARENT, senders=(Address("PGD", PARENT),), trace=a_trace(proof))
    reading = a_reading(
        **{"message": message, "mentions": (), "candidates": ()} | named
    )
    return a_case(
        reading=reading,
        owners=(owner("MN-06", PARENT), owner("MN-07", PARENT)),
        addressed=frozenset({"MN-06", "MN-07"}),
    )


def of_stranger(**named: Any) -> Case:
    message = a_message(
        STRANGER,
        senders=(Address("Lan", STRANGER),),
        trace=a_trace("mx.google.com; dmarc=pass header.from=gmail.com"),
    )
    of_case = {k: named.pop(k) for k in ("junk", "addressed", "standing") if k in named}
    usual = {"owners": (), "addressed": frozenset[str]()}
    return a_case(reading=a_reading(**{"message": message} | named), **usual | of_case)


def test_an_address_of_one_unit_is_certain_and_says_why() -> None:
    decision = decide(a_case(), POLICY)
    assert (decision.units, decision.certainty) == (("P09",), "certain")
    assert decision.evidence == ("address", "letterhead", "subject")
    assert decision.candidates[0].code == "P09"
    assert 0.9 < decision.candidates[0].score <= 1


def test_a_unit_that_left_the_directory_is_a_stranger() -> None:
    case = a_case(owners=(owner("P06"),))
    assert decide(case, POLICY).reason == "sender_unknown"


@pytest.mark.parametrize("source", ["letterhead", "signature", "subject", "body"])
def test_an_address_of_one_unit_that_names_another_is_held(source: str) -> None:
    mentions = (*named_by("P09", "letterhead"), *named_by("P10", source))
    decision = decide(a_case(reading=a_reading(mentions=mentions)), POLICY)
    assert (decision.reason, codes(decision)) == ("unit_mismatch", [])


def test_a_likeness_in_the_running_text_is_no_contradiction() -> None:
    mentions = (Mention("body", "P10", "phuong 1o", score=0.8),)
    assert decide(a_case(reading=a_reading(mentions=mentions)), POLICY).reason is None


def test_a_letterhead_with_letters_lost_still_speaks_against_another_unit() -> None:
    mentions = (Mention("letterhead", "P10", "PHƯNG 10", score=0.95),)
    decision = decide(a_case(reading=a_reading(mentions=mentions)), POLICY)
    assert decision.reason == "unit_mismatch"


def test_another_district_in_the_running_text_is_nobody_s_letterhead() -> None:
    mentions = (Mention("body", None, "Quận 5", foreign=True),)
    assert decide(a_case(reading=a_reading(mentions=mentions)), POLICY).reason is None


def test_a_parent_s_mail_ends_at_each_school_that_a_letterhead_names() -> None:
    decision = decide(
        of_parent(
            registrations=(a_row(1, attachment=SIX), a_row(2, attachment=SEVEN)),
            mentions=(
                *named_by("MN-06", "letterhead", at=SIX),
                *named_by("MN-07", "letterhead", at=SEVEN),
            ),
        ),
        POLICY,
    )
    assert codes(decision) == ["MN-06", "MN-07"]
    assert [len(made.registrations) for made in decision.submissions] == [1, 1]
    assert decision.items[0].units == ("MN-06", "MN-07")
    assert len(decision.items) == 1


def test_a_unit_column_parts_the_rows_of_one_table() -> None:
    decision = decide(
        of_parent(registrations=(a_row(1, unit="MN-07"), a_row(2, unit="MN-06"))),
        POLICY,
    )
    assert codes(decision) == ["MN-07", "MN-06"]


def test_a_row_without_a_unit_beside_rows_with_theirs_is_not_the_letterheads() -> None:
    decision = decide(
        of_parent(
            registrations=(a_row(1, unit="MN-07"), a_row(2, unit=None)),
            mentions=(Mention("letterhead", "MN-06", "Trường Mầm non 6"),),
        ),
        POLICY,
    )
    assert codes(decision) == ["MN-07"]
    assert (decision.state, decision.reason) == ("held", "unit_ambiguous")


def test_the_doubtful_school_of_a_mail_is_held_and_the_clear_one_counts() -> None:
    decision = decide(
        of_parent(
            registrations=(a_row(1, attachment=SIX), a_row(2, attachment=SEVEN)),
            mentions=named_by("MN-06", "letterhead", at=SIX),
        ),
        POLICY,
    )
    assert (decision.state, decision.reason) == ("held", "unit_ambiguous")
    assert codes(decision) == ["MN-06"]
    assert [item.purpose for item in decision.items] == ["receipt"]


def test_a_table_of_a_unit_that_does_not_share_the_address_is_held() -> None:
    case = of_parent(mentions=named_by("P09", "letterhead"))
    assert decide(case, POLICY).reason == "unit_mismatch"


def test_a_subject_alone_does_not_choose_among_units_that_share_an_address() -> None:
    decision = decide(of_parent(mentions=named_by("MN-06", "subject")), POLICY)
    assert decision.reason == "unit_ambiguous"


def test_the_bodies_of_one_ward_are_one_delivery() -> None:
    decision = decide(
        a_case(
            reading=a_reading(
                registrations=(a_row(1, attachment=SIX), a_row(2, attachment=SEVEN)),
                mentions=(
                    *named_by("P09", "letterhead", at=SIX),
                    *named_by("P09", "letterhead", at=SEVEN),
                ),
            )
        ),
        POLICY,
    )
    assert codes(decision) == ["P09"]
    assert len(decision.submissions[0].registrations) == 2


def test_what_a_person_says_of_the_mail_goes_before_its_letterhead() -> None:
    case = a_case(assigned=(("P10", ""),))
    decision = decide(case, POLICY)
    assert (codes(decision), decision.evidence) == (["P10"], ("assigned",))


def test_what_a_person_says_of_one_attachment_leaves_the_others() -> None:
    reading = a_reading(
        registrations=(a_row(1, attachment=SIX), a_row(2, attachment=SEVEN)),
        mentions=named_by("P10", "letterhead", at=SEVEN),
    )
    case = a_case(reading=reading, assigned=(("P10", "7.xlsx"),))
    assert codes(decide(case, POLICY)) == ["P09", "P10"]


def test_first_contact_teaches_the_address_for_the_time_being() -> None:
    decision = decide(of_stranger(), POLICY)
    assert codes(decision) == ["P09"]
    assert decision.learned == (AddressOwner(STRANGER, "P09", "provisional"),)
    assert decision.items[0].to == (STRANGER,)
    assert decision.trust == "unknown"


@pytest.mark.parametrize(
    "case",
    [
        of_stranger(mentions=named_by("P09", "letterhead", "signature")),
        of_stranger(mentions=named_by("P09", "subject", "body")),
        of_stranger(mentions=named_by("P09", "letterhead", "sender_name")),
        of_stranger(
            mentions=(
                *named_by("P09", "letterhead", at=("letter.docx",)),
                *named_by("P09", "subject"),
            )
        ),
        of_stranger(
            mentions=(
                *named_by("P09", "letterhead", "subject"),
                *named_by("P10", "body"),
            )
        ),
        of_stranger(
            mentions=(
                *named_by("P09", "letterhead", "subject"),
                Mention("body", None, "Quận 5", foreign=True),
            )
        ),
        of_stranger(junk=True),
        of_stranger(addressed=frozenset({"P09"})),
        of_stranger(registrations=(a_row(1, unit="P10"),)),
        replace(of_stranger(), reading=a_reading(message=a_message(STRANGER))),
    ],
    ids=[
        "letterhead and signature are one document",
        "no letterhead",
        "a display name is no content",
        "the letterhead of another document",
        "another unit is named",
        "another district is named",
        "from Junk",
        "the unit has an address",
        "the rows name another unit",
        "the From address is not proven",
    ],
)
def test_each_missing_condition_holds_a_stranger(case: Case) -> None:
    decision = decide(case, POLICY)
    assert decision.reason == "sender_unknown"
    assert (decision.learned, decision.submissions) == ((), ())


def test_an_office_may_hold_every_stranger() -> None:
    decision = decide(of_stranger(), a_policy(first_contact="hold"))
    assert decision.reason == "sender_unknown"
    assert (decision.units, decision.certainty) == (("P09",), "probable")


def test_a_stranger_for_a_unit_with_a_version_is_shown_as_contested() -> None:
    standing = (a_standing(*rows(1), version=3),)
    case = of_stranger(addressed=frozenset({"P09"}), standing=standing)
    decision = decide(case, POLICY)
    assert finding("unit_contested", unit="P09", version="3") in decision.findings


def test_candidates_are_never_more_than_a_person_can_choose_from() -> None:
    many = tuple(Candidate(f"X{n}", 0.5) for n in range(40))
    decision = decide(of_stranger(candidates=many, mentions=()), POLICY)
    assert len(decision.candidates) == 10


def test_every_unit_that_a_decision_may_look_at_is_asked_for() -> None:
    reading = a_reading(
        registrations=(a_row(1, unit="MN-06"),),
        mentions=named_by("P10", "body"),
        candidates=(Candidate("P11", 0.3),),
    )
    asked = units_in_question(reading, [owner("P09", WARD)], [("MN-07", "")])
    assert set(asked) == {"P09", "P10", "P11", "MN-06", "MN-07"}
