"""What people read: every code has its sentence, every state its word."""

import re
from typing import get_args

import pytest

from daemon.compose import sentence, word
from daemon.compose.sentences import codes
from daemon.compose.wording import words
from parsers.values import decision, outbox, reading, unit
from parsers.values.finding import CATALOGUE, Finding, finding
from storage import events

GROUPS = {
    "message_states": decision.MessageState,
    "reasons": decision.Reason,
    "submission_states": decision.SubmissionState,
    "submission_kinds": decision.SubmissionKind,
    "events": events.What,
    "trust": decision.Trust,
    "item_states": outbox.ItemState,
    "item_kinds": outbox.ItemKind,
    "purposes": outbox.Purpose,
    "waits": outbox.WaitReason,
    "kinds": reading.Kind,
    "modes": reading.Mode,
    "confirmation": reading.Confirmation,
    "roles": reading.AttachmentRole,
    "progress": reading.Progress,
    "evidence": unit.Source,
    "address_sources": unit.AddressSource,
    "health": unit.AddressHealth,
}


@pytest.mark.parametrize("group", GROUPS)
def test_every_word_of_the_program_has_a_vietnamese_one(group: str) -> None:
    known = set(get_args(GROUPS[group]))
    assert known <= set(words()[group])
    assert all(text and text == text.strip() for text in words()[group].values())


def test_every_finding_has_its_sentence_and_no_other() -> None:
    assert codes() == set(CATALOGUE)


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_sentence_is_whole_without_any_parameter(code: str) -> None:
    text = sentence(finding(code))
    assert text.endswith(".")
    assert text[0].isupper()
    assert not re.search(r"[{}]|  |\(\)|“”| [,.;]", text)


@pytest.mark.parametrize(
    "code", sorted(c for c in CATALOGUE if CATALOGUE[c][1] == "sender")
)
def test_what_a_sender_reads_is_courteous(code: str) -> None:
    text = sentence(finding(code)).lower()
    assert not any(
        hard in text for hard in ("vi phạm", "trễ hạn", "đồng chí", "lỗi của")
    )
    if CATALOGUE[code][0] == "error":
        assert "kính đề nghị" in text


def test_parameters_stand_in_the_sentence_in_words() -> None:
    text = sentence(finding("cell_empty", "x", number="2", column="time"))
    assert "Dòng 2" in text
    assert "“Thời gian thực hiện”" in text


def test_a_sender_s_text_in_a_sentence_is_one_short_line() -> None:
    text = sentence(finding("row_skipped", text="a\r\n\x00b" * 900))
    assert "\n" not in text
    assert len(text) < 400


def test_a_code_without_a_sentence_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        sentence(Finding("no_such_code", "info", "staff"))


def test_an_unknown_key_is_shown_as_it_is() -> None:
    assert word("columns", "Ghi chú") == "Ghi chú"
