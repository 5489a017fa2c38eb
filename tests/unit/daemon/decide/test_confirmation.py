"""The one-time code: what it is bound to, and what is no answer to it."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.decide import decide
from daemon.decide.confirmation import code_for
from parsers.values.decision import Case, Decision, Pending
from parsers.values.outbox import AskedChange, ConfirmationFacts
from tests.builders.case import (
    NOON,
    WARD,
    a_case,
    a_message,
    a_policy,
    a_reading,
    a_standing,
    a_trace,
    bare,
    rows,
)

POLICY = a_policy()
UNPROVEN = a_message(trace=a_trace(None))
TEN = a_standing(*rows(*range(1, 11)))
CHANGE = AskedChange("41-KH/QU", "P09", "Phường 9", "registration", 1, 10, 9, "nil")
_ONE_WORD = re.compile(r"[A-Z0-9-]{13,40}\Z")


def the_replacement(**named: Any) -> Case:
    reading = a_reading(message=UNPROVEN, registrations=rows(*range(2, 11)))
    return a_case(**{"reading": reading, "standing": (TEN,), **named})


def asked() -> ConfirmationFacts:
    facts = decide(the_replacement(), POLICY).items[0].facts
    assert isinstance(facts, ConfirmationFacts)
    return facts


def a_pending(**named: Any) -> Pending:
    facts = asked()
    usual: dict[str, Any] = {
        "message": 5,
        "receipt": facts.receipt,
        "code": facts.code,
        "asked": NOON - timedelta(days=1),
        "versions": (("41-KH/QU", "P09", "registration", 1),),
    }
    return Pending(**{**usual, **named})


def reply(text: str, **named: Any) -> Decision:
    usual: dict[str, Any] = {
        "reading": bare(message=UNPROVEN, reply_text=text),
        "standing": (TEN,),
        "pending": (a_pending(),),
    }
    return decide(a_case(**{**usual, **named}), POLICY)


def test_the_question_says_what_would_change_and_nothing_of_the_table() -> None:
    facts = asked()
    assert facts.changes == (replace(CHANGE, change="replacement"),)
    assert _ONE_WORD.match(facts.code)
    assert facts.days == 7


def test_the_same_mail_is_asked_with_the_same_code_for_ever() -> None:
    assert asked().code == asked().code
    assert decide(the_replacement(answered=("confirmation",)), POLICY).items == ()


def test_an_installation_without_a_secret_asks_nobody() -> None:
    decision = decide(the_replacement(), a_policy(secret=b""))
    assert (decision.reason, decision.items) == ("replacement_unconfirmed", ())


@pytest.mark.parametrize(
    "other",
    [
        (b"other", WARD, "ab", (CHANGE,)),
        (b"secret", "p10@tphcm.gov.vn", "ab", (CHANGE,)),
        (b"secret", WARD, "cd", (CHANGE,)),
        (b"secret", WARD, "ab", (replace(CHANGE, version=2),)),
        (b"secret", WARD, "ab", (replace(CHANGE, unit="P10"),)),
        (b"secret", WARD, "ab", (CHANGE, CHANGE)),
    ],
    ids=["installation", "address", "mail", "version", "unit", "units"],
)
def test_a_code_is_bound_to_everything_it_speaks_of(other: Any) -> None:
    assert code_for(*other) != code_for(b"secret", WARD, "ab", (CHANGE,))


def test_an_address_is_the_same_in_capitals() -> None:
    own = code_for(b"secret", WARD, "ab", (CHANGE,))
    assert code_for(b"secret", WARD.upper(), "ab", (CHANGE,)) == own


@given(st.binary(min_size=1, max_size=40), st.text(max_size=60), st.integers(0, 9999))
def test_every_code_is_one_word_that_no_line_takes_for_a_row(
    secret: bytes, address: str, version: int
) -> None:
    changes = (replace(CHANGE, version=version),)
    code = code_for(secret, address, "ab" * 32, changes)
    assert _ONE_WORD.match(code)
    assert len(code.replace("-", "")) - 2 >= 13
    assert not code[0].isdigit()
    assert not set(code[2:]) & set("01IO")


@pytest.mark.parametrize(
    "around",
    ["{}", "Đồng ý thay thế.\n{}\nTrân trọng", "mã: {}.", "{}\n\n6WF64GYM99 …"],
)
def test_a_code_counts_wherever_it_stands_in_the_answer(around: str) -> None:
    for code in (asked().code, asked().code.lower(), asked().code.replace("-", " ")):
        decision = reply(around.format(code))
        assert decision.confirms == (5,)
        assert (decision.state, decision.reason) == ("processed", "nothing_to_register")
        assert (decision.submissions, decision.items) == ((), ())


@pytest.mark.parametrize(
    "text", ["", "Đồng ý.", "HT-2345-6789-ABCD-EFGH", "HT"], ids=str
)
def test_any_other_word_confirms_nothing(text: str) -> None:
    assert reply(text).confirms == ()
    assert reply(f"{text} {asked().code[:-1]}").confirms == ()


def test_a_code_behind_our_own_letter_s_number_is_our_own_letter() -> None:
    facts = asked()
    assert reply(f"Mã tiếp nhận: {facts.receipt}\n{facts.code}").confirms == ()


@pytest.mark.parametrize(
    "named",
    [
        lambda: {"pending": (a_pending(asked=NOON - timedelta(days=7, seconds=1)),)},
        lambda: {"standing": (replace(TEN, version=2),)},
        lambda: {"standing": ()},
        lambda: {"pending": ()},
    ],
    ids=["after seven days", "another version", "no version", "not asked"],
)
def test_what_the_code_is_not_bound_to_it_does_not_confirm(named: Any) -> None:
    assert reply(asked().code, **named()).confirms == ()


def test_seven_days_are_counted_to_the_second() -> None:
    last = a_pending(asked=NOON - timedelta(days=7))
    assert reply(asked().code, pending=(last,)).confirms == (5,)


@pytest.mark.parametrize("automatic", ["automatic", "list", "bounce"])
def test_a_robot_confirms_nothing(automatic: Any) -> None:
    message = replace(UNPROVEN, automatic=automatic)
    decision = reply("", reading=bare(message=message, reply_text=asked().code))
    assert decision.confirms == ()


def test_a_list_that_carries_a_table_and_our_words_confirms_nothing() -> None:
    reading = a_reading(
        message=replace(UNPROVEN, automatic="list"),
        registrations=rows(*range(3, 11)),
        reply_text=asked().code,
    )
    decision = reply("", reading=reading)
    assert decision.reason == "replacement_unconfirmed"
    assert decision.confirms == ()


def test_a_failed_sender_confirms_nothing() -> None:
    forged = a_message(trace=a_trace("mx.google.com; dmarc=fail header.from=x.vn"))
    decision = reply("", reading=bare(message=forged, reply_text=asked().code))
    assert (decision.state, decision.confirms) == ("held", ())


def test_a_confirmed_mail_is_taken_and_answered() -> None:
    decision = decide(the_replacement(confirmed=True), POLICY)
    assert (decision.state, decision.reason) == ("processed", None)
    assert decision.submissions[0].supersedes == 1
    assert [item.purpose for item in decision.items] == ["decision"]


def test_a_code_beside_a_new_table_speaks_for_that_table_too() -> None:
    reading = a_reading(
        message=UNPROVEN, registrations=rows(*range(3, 11)), reply_text=asked().code
    )
    decision = reply("", reading=reading)
    assert (decision.state, decision.reason) == ("processed", None)
    assert decision.confirms == (5,)
    assert len(decision.submissions[0].registrations) == 8
