"""Whatever the rules say, a decision reads back only to accepted addresses."""

from dataclasses import replace

from daemon.decide.answers import answers
from daemon.decide.ruling import Ruling
from daemon.decide.view import look
from tests.builders.case import a_case, a_policy

TOLD = Ruling("processed", None, "decision")


def test_a_decision_goes_to_the_unit_s_own_address() -> None:
    assert len(answers(look(a_case(), a_policy()), TOLD)) == 1


def test_no_ruling_makes_a_decision_go_to_a_stranger() -> None:
    view = look(a_case(), a_policy())
    found = tuple(replace(one, accepted=False) for one in view.deliveries)
    assert found
    assert answers(replace(view, owners=(), deliveries=found), TOLD) == ()
