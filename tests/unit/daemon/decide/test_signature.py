"""The confirmation of a table that comes later than the table."""

from dataclasses import replace
from typing import Any

import pytest

from daemon.decide import decide
from parsers.values.decision import Decision, Signature
from parsers.values.outbox import DecisionFacts
from tests.builders.case import a_case, a_policy, a_reading, a_standing, bare, rows

TEN = replace(a_standing(*rows(*range(1, 11))), confirmation="absent")
SIGNED = Signature("41-KH/QU", "P09", "registration", 1, "signed")


def alone(standing: Any = TEN, **named: Any) -> Decision:
    reading = bare(**{"confirmation": "signed", **named})
    return decide(a_case(reading=reading, standing=(standing,)), a_policy())


def test_a_confirmation_that_comes_alone_is_said_and_makes_no_version() -> None:
    decision = alone()
    assert (decision.state, decision.reason) == ("processed", "nothing_changed")
    assert (decision.signatures, decision.submissions) == ((SIGNED,), ())
    facts = decision.items[0].facts
    assert isinstance(facts, DecisionFacts)
    assert (facts.outcome, facts.confirmation, facts.version) == (
        "confirmed",
        "signed",
        1,
    )


def test_the_same_rows_with_a_signature_confirm_what_stands() -> None:
    reading = a_reading(confirmation="signed")
    decision = decide(a_case(reading=reading, standing=(TEN,)), a_policy())
    assert (decision.reason, decision.signatures) == ("nothing_changed", (SIGNED,))


@pytest.mark.parametrize("before", ["signed", "block_only"])
def test_what_has_come_is_not_taken_back(before: Any) -> None:
    standing = replace(TEN, confirmation=before)
    decision = decide(
        a_case(reading=a_reading(confirmation="absent"), standing=(standing,)),
        a_policy(),
    )
    assert decision.signatures == ()
    assert "confirmation_missing" not in {f.code for f in decision.findings}
    facts = decision.items[0].facts
    assert facts.confirmation == before  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "named",
    [
        {"standing": replace(TEN, confirmation="signed")},
        {"standing": replace(TEN, unit="P10")},
        {"confirmation": None},
    ],
    ids=["confirmed before", "another unit's", "none seen"],
)
def test_what_confirms_nothing_is_a_mail_like_any_other(named: Any) -> None:
    decision = alone(**named)
    assert (decision.reason, decision.signatures) == ("nothing_to_register", ())
    assert decision.items == ()
