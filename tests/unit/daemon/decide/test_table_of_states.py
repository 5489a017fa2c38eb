"""The contract's table of states: what came, what it becomes, who is told."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from daemon.decide import Policy, decide
from parsers.values.decision import Case
from parsers.values.finding import finding
from parsers.values.message import Address
from parsers.values.reading import AttachmentReading, Correction
from parsers.values.unit import Candidate, Mention
from tests.builders.case import (
    NOON,
    PARENT,
    PROOF,
    ZONE,
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

USUAL = a_policy()
STRANGER = "lan@gmail.com"
EARLY = datetime(2021, 4, 30, 23, 59, 59, tzinfo=ZONE)
FAIL = a_message(trace=a_trace(PROOF.replace("dmarc=pass", "dmarc=fail")))
UNPROVEN = a_message(trace=a_trace(None))
LOCKED = AttachmentReading(("bang.xlsx",), "encrypted", 9, "0" * 64, "unreadable", None)
REMOVE_2 = Correction("2", "remove")
TEN = (a_standing(*rows(*range(1, 11))),)
OTHER_ROWS = rows(1, 2, 3, title="Tặng quà Tết cho các hộ nghèo trong khu phố")


def a_stranger(**named: Any) -> Any:
    usual: dict[str, Any] = {
        "senders": (Address("Lan", STRANGER),),
        "trace": a_trace("mx.google.com; dmarc=pass header.from=gmail.com"),
    }
    return a_message(STRANGER, **{**usual, **named})


def from_stranger(reading: Any = None, **named: Any) -> Case:
    usual: dict[str, Any] = {
        "owners": (),
        "addressed": frozenset(),
        "reading": reading or bare(message=a_stranger(), candidates=()),
    }
    return a_case(**{**usual, **named})


def from_parent(**named: Any) -> Case:
    """A mail of the address that two schools share."""
    reading = {
        "message": a_message(PARENT, senders=(Address("PGD", PARENT),)),
        "mentions": (),
        "candidates": (),
        **named,
    }
    return a_case(
        reading=a_reading(**reading),
        owners=(owner("MN-06", PARENT), owner("MN-07", PARENT)),
        addressed=frozenset({"MN-06", "MN-07"}),
    )


@dataclass(frozen=True)
class Line:
    why: str
    case: Case
    state: str
    reason: str | None
    answer: str | None
    policy: Policy = USUAL


IGNORED = [
    Line(
        "an out-of-office note",
        a_case(reading=bare(message=a_message(automatic="automatic"))),
        "ignored",
        "automatic",
        None,
    ),
    Line(
        "a newsletter without a table",
        a_case(reading=bare(message=a_message(automatic="list"))),
        "ignored",
        "automatic",
        None,
    ),
    Line(
        "a bounce, even one that carries our own table back",
        a_case(reading=a_reading(message=a_message(automatic="bounce"))),
        "ignored",
        "bounce",
        None,
    ),
    Line(
        "what we sent ourselves",
        a_case(reading=a_reading(message=a_message(own=True))),
        "ignored",
        "own",
        None,
    ),
    Line("the same mail by another way", a_case(twin=3), "ignored", "duplicate", None),
    Line(
        "a table before its phase opens",
        a_case(at=EARLY),
        "ignored",
        "before_start",
        None,
    ),
    Line(
        "a report of results in June, judged by its own phase",
        a_case(
            reading=a_reading(kind="results", registrations=(), results=(a_result(1),))
        ),
        "ignored",
        "before_start",
        None,
    ),
    Line(
        "chat from before the day that the mailbox counts from",
        a_case(reading=bare(), at=EARLY),
        "ignored",
        "before_start",
        None,
        a_policy(since={"gmail": EARLY.date() + timedelta(days=1)}),
    ),
    Line(
        "a stranger's advertisement",
        from_stranger(),
        "ignored",
        "not_for_us",
        None,
    ),
    Line(
        "a stranger's advertisement that speaks of an attachment",
        from_stranger(
            bare(
                message=a_stranger(),
                candidates=(),
                findings=(finding("attachment_forgotten"),),
            )
        ),
        "ignored",
        "not_for_us",
        None,
    ),
    Line(
        "a stranger's forged advertisement is no attempt on anything of ours",
        from_stranger(
            bare(
                message=a_stranger(
                    trace=a_trace("mx.google.com; dmarc=fail header.from=gmail.com")
                ),
                candidates=(),
            )
        ),
        "ignored",
        "not_for_us",
        None,
    ),
    Line(
        "a stranger who asks for the form is not told anything",
        from_stranger(bare("request", request="form", message=a_stranger())),
        "ignored",
        "not_for_us",
        None,
    ),
]

PROCESSED = [
    Line("a table of a listed address", a_case(), "processed", None, "decision"),
    Line(
        "a mail is not its own duplicate", a_case(twin=7), "processed", None, "decision"
    ),
    Line(
        "a table that came through a list is read, and nobody is answered",
        a_case(reading=a_reading(message=a_message(automatic="list"))),
        "processed",
        None,
        None,
    ),
    Line(
        "thanks from a unit",
        a_case(reading=bare()),
        "processed",
        "nothing_to_register",
        None,
    ),
    Line(
        "another mail with the rows that are in force",
        a_case(standing=TEN),
        "processed",
        "nothing_changed",
        "decision",
    ),
    Line(
        "a file with a password",
        a_case(
            reading=bare(attachments=(LOCKED,), findings=(finding("file_encrypted"),))
        ),
        "processed",
        "nothing_readable",
        "decision",
    ),
    Line(
        "a unit that forgot its attachment",
        a_case(reading=bare(findings=(finding("attachment_forgotten"),))),
        "processed",
        "nothing_readable",
        "decision",
    ),
    Line(
        "a unit that sent a link",
        a_case(reading=bare(findings=(finding("link_instead_of_file"),))),
        "processed",
        "nothing_readable",
        "decision",
    ),
    Line(
        "a mail too large to fetch",
        a_case(reading=bare(), header_only=True),
        "processed",
        "nothing_readable",
        "decision",
    ),
    Line(
        "a nil statement",
        a_case(reading=bare("nil", mode="new")),
        "processed",
        None,
        "decision",
    ),
    Line(
        "a unit asks for the form",
        a_case(reading=bare("request", request="form")),
        "processed",
        "request",
        "decision",
    ),
    Line(
        "a replacement by a proven sender",
        a_case(standing=TEN, reading=a_reading(registrations=rows(*range(1, 10)))),
        "processed",
        None,
        "decision",
    ),
    Line(
        "a removal by a proven sender",
        a_case(
            standing=TEN,
            reading=bare("correction", corrections=(REMOVE_2,)),
        ),
        "processed",
        None,
        "decision",
    ),
    Line(
        "a supplement by an unproven sender takes nothing away",
        a_case(
            standing=(a_standing(*rows(1, 2)),),
            reading=a_reading(
                message=UNPROVEN, mode="supplement", registrations=rows(3)
            ),
        ),
        "processed",
        None,
        "decision",
    ),
    Line(
        "the first table of an unproven sender",
        a_case(reading=a_reading(message=UNPROVEN)),
        "processed",
        None,
        "decision",
    ),
    Line(
        "a stranger whose mail proves its unit is accepted",
        from_stranger(a_reading(message=a_stranger())),
        "processed",
        None,
        "decision",
    ),
    Line(
        "a table from a shared address whose letterhead names one school",
        from_parent(mentions=named_by("MN-06", "letterhead")),
        "processed",
        None,
        "decision",
    ),
    Line(
        "a mail that a person has put to a unit",
        from_stranger(
            a_reading(message=a_stranger(), mentions=()), assigned=(("P09", ""),)
        ),
        "processed",
        None,
        "decision",
    ),
    Line(
        "a report of results while their phase is open",
        a_case(
            at=NOON + timedelta(days=100),
            reading=a_reading(kind="results", registrations=(), results=(a_result(1),)),
        ),
        "processed",
        None,
        "decision",
    ),
    Line(
        "a bare file whose letterhead names one unit",
        a_case(reading=a_reading(message=None), owners=(), mailbox="read"),
        "processed",
        None,
        None,
    ),
]

HELD = [
    Line(
        "a letterhead that says MẬT",
        a_case(reading=a_reading(secret=True)),
        "held",
        "secret",
        None,
    ),
    Line(
        "a listed address whose proof failed",
        a_case(reading=a_reading(message=FAIL)),
        "held",
        "sender_failed",
        None,
    ),
    Line(
        "even chat that pretends to be from a unit is shown to staff",
        a_case(reading=bare(message=FAIL)),
        "held",
        "sender_failed",
        None,
    ),
    Line(
        "a stranger's table that names its unit only once",
        from_stranger(
            a_reading(message=a_stranger(), mentions=named_by("P09", "letterhead"))
        ),
        "held",
        "sender_unknown",
        "receipt",
    ),
    Line(
        "a stranger without proof gets no receipt",
        from_stranger(a_reading(message=a_stranger(trace=a_trace(None)))),
        "held",
        "sender_unknown",
        None,
    ),
    Line(
        "a table without any sender",
        from_stranger(a_reading(message=a_message(None))),
        "held",
        "sender_unknown",
        None,
    ),
    Line(
        "a stranger's mail too large to fetch",
        from_stranger(header_only=True),
        "held",
        "sender_unknown",
        "receipt",
    ),
    Line(
        "a stranger's removal",
        from_stranger(
            bare("correction", corrections=(REMOVE_2,), message=a_stranger())
        ),
        "held",
        "sender_unknown",
        "receipt",
    ),
    Line(
        "a stranger for a unit that has an address already",
        from_stranger(a_reading(message=a_stranger()), addressed=frozenset({"P09"})),
        "held",
        "sender_unknown",
        "receipt",
    ),
    Line(
        "ward 9's address with ward 10's table",
        a_case(reading=a_reading(mentions=named_by("P10", "letterhead"))),
        "held",
        "unit_mismatch",
        "receipt",
    ),
    Line(
        "ward 9's address with the letterhead of another district's ward 9",
        a_case(
            reading=a_reading(
                mentions=(
                    Mention(
                        "letterhead",
                        None,
                        "UBND Phường 9, Quận 5",
                        foreign=True,
                        attachment=("bang.xlsx",),
                    ),
                )
            )
        ),
        "held",
        "unit_mismatch",
        "receipt",
    ),
    Line(
        "a shared address, and no letterhead",
        from_parent(),
        "held",
        "unit_ambiguous",
        None,
    ),
    Line(
        "a bare file that names nobody",
        a_case(reading=a_reading(message=None, mentions=(), candidates=()), owners=()),
        "held",
        "unit_unknown",
        None,
    ),
    Line(
        "a bare file that names two units",
        a_case(
            reading=a_reading(
                message=None,
                mentions=(
                    *named_by("P09", "letterhead"),
                    *named_by("P10", "signature"),
                ),
            ),
            owners=(),
        ),
        "held",
        "unit_ambiguous",
        None,
    ),
    Line(
        "a plan without such a phase",
        a_case(),
        "held",
        "campaign_unclear",
        "receipt",
        a_policy(campaigns=()),
    ),
    Line(
        "a table that may be plan or report",
        a_case(reading=a_reading(kind_unclear=True)),
        "held",
        "kind_unclear",
        "receipt",
    ),
    Line(
        "a plan and a report in one mail",
        a_case(reading=a_reading(results=(a_result(1),))),
        "held",
        "kind_unclear",
        "receipt",
    ),
    Line(
        "a table that holds a few of the old works",
        a_case(
            standing=TEN,
            reading=a_reading(registrations=(a_row(1), *OTHER_ROWS)),
        ),
        "held",
        "mode_unclear",
        "receipt",
    ),
    Line(
        "words that say both replace and add",
        a_case(standing=TEN, reading=a_reading(mode=None, registrations=rows(1))),
        "held",
        "mode_unclear",
        "receipt",
    ),
    Line(
        "a wish for another wording",
        a_case(
            standing=TEN,
            reading=bare(
                "correction", corrections=(Correction("3", "set", "time", "15/9"),)
            ),
        ),
        "held",
        "correction_unclear",
        "receipt",
    ),
    Line(
        "the removal of a row that is not there",
        a_case(
            standing=TEN,
            reading=bare("correction", corrections=(Correction("12", "remove"),)),
        ),
        "held",
        "correction_unclear",
        "receipt",
    ),
    Line(
        "an unproven replacement",
        a_case(
            standing=TEN,
            reading=a_reading(message=UNPROVEN, registrations=rows(*range(1, 10))),
        ),
        "held",
        "replacement_unconfirmed",
        "confirmation",
    ),
    Line(
        "an unproven nil statement where a version stands",
        a_case(standing=TEN, reading=bare("nil", message=UNPROVEN)),
        "held",
        "replacement_unconfirmed",
        "confirmation",
    ),
    Line(
        "an unproven removal",
        a_case(
            standing=TEN,
            reading=bare("correction", corrections=(REMOVE_2,), message=UNPROVEN),
        ),
        "held",
        "replacement_unconfirmed",
        "confirmation",
    ),
    Line(
        "a file for which a program is missing",
        a_case(reading=bare(findings=(finding("program_missing"),))),
        "held",
        "program_missing",
        "receipt",
    ),
]


@pytest.mark.parametrize(
    "line", [*IGNORED, *PROCESSED, *HELD], ids=lambda line: line.why
)
def test_each_row_of_the_contract_s_table_of_states(line: Line) -> None:
    decision = decide(line.case, line.policy)
    assert (decision.state, decision.reason) == (line.state, line.reason)
    purposes = [item.purpose for item in decision.items]
    assert purposes == ([line.answer] if line.answer else [])
    assert decision.message == line.case.received.id


@pytest.mark.parametrize("line", HELD, ids=lambda line: line.why)
def test_a_mail_held_as_a_whole_stores_nothing_and_teaches_nothing(line: Line) -> None:
    decision = decide(line.case, line.policy)
    assert decision.submissions == ()
    assert decision.learned == ()


ORDER = [
    "secret",
    "sender_failed",
    "sender_unknown",
    "unit_mismatch",
    "unit_ambiguous",
    "unit_unknown",
    "campaign_unclear",
    "kind_unclear",
    "mode_unclear",
    "correction_unclear",
    "replacement_unconfirmed",
]


def test_of_several_doubts_the_contract_s_first_one_wins() -> None:
    from daemon.decide.table import RULES

    names = [rule.__name__ for rule in RULES]
    places = [names.index(reason) for reason in ORDER]
    assert places == sorted(places)


def test_a_failed_sender_is_told_before_the_unit_is_doubted() -> None:
    reading = a_reading(message=FAIL, mentions=named_by("P10", "letterhead"))
    assert decide(a_case(reading=reading), a_policy()).reason == "sender_failed"


def test_a_doubtful_unit_is_told_before_a_doubtful_kind() -> None:
    reading = a_reading(kind_unclear=True, mentions=named_by("P10", "letterhead"))
    assert decide(a_case(reading=reading), a_policy()).reason == "unit_mismatch"


def test_hopthu_read_decides_as_if_every_phase_were_open() -> None:
    assert decide(a_case(at=EARLY), a_policy(every_phase_open=True)).reason is None


def test_a_held_mail_keeps_its_candidates_in_order() -> None:
    reading = a_reading(
        mentions=named_by("P10", "letterhead"), candidates=(Candidate("P10", 0.95),)
    )
    decision = decide(a_case(reading=reading), a_policy())
    assert [c.code for c in decision.candidates] == ["P10", "P09"]
    assert (decision.units, decision.certainty) == (("P10",), "probable")
