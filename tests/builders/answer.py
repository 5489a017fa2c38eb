"""Outbox items to be composed: everything that a test does not name is ordinary."""

from dataclasses import fields, replace
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from daemon.compose import ComposeInput, Office, compose
from parsers.values.outbox import (
    AnsweredRow,
    ComposedMail,
    DecisionFacts,
    ReceiptFacts,
    Thread,
)
from tests.builders.case import NOON, ZONE

OFFICE = Office(
    "Ban Dân vận Quận ủy Quận 3", "bandanvanq3@gmail.com", "hopthu.example", ZONE
)
_ITEM_KEYS = {f.name for f in fields(ComposeInput)} - {"facts"}


def an_answered_row(number: int = 1, /, **named: Any) -> AnsweredRow:
    usual: dict[str, Any] = {
        "number": str(number),
        "title": f"Xây {number} nhà tình thương cho hộ khó khăn",
        "method": "Vận động",
        "time": "Tháng 6 - 9/2021",
        "expected_result": f"{number} căn",
        "mark": "taken",
    }
    return AnsweredRow(**{**usual, **named})


def a_thread(**named: Any) -> Thread:
    usual = Thread("<CAF1@mail.gmail.com>", (), "P9 gửi bảng đăng ký")
    return replace(usual, **named)


def decision_facts(**named: Any) -> DecisionFacts:
    usual: dict[str, Any] = {
        "receipt": "6WF64GYM99",
        "thread": a_thread(),
        "unit": "P09",
        "unit_name": "Phường 9",
        "salutation": "Kính gửi: Đảng ủy Phường 9",
        "received": NOON,
        "sent_date": None,
        "outcome": "accepted",
        "campaign": "41-KH/QU",
        "phase": "registration",
        "version": 1,
        "mode": "new",
        "late": False,
        "deadline": datetime(2021, 6, 10, 23, 59, 59, tzinfo=ZONE),
        "registered": 10,
        "quota": 10,
        "confirmation": "block_only",
        "rows": tuple(an_answered_row(n) for n in range(1, 11)),
    }
    return DecisionFacts(**{**usual, **named})


def receipt_facts(**named: Any) -> ReceiptFacts:
    usual: dict[str, Any] = {
        "receipt": "6WF64GYM99",
        "thread": a_thread(),
        "received": NOON,
    }
    return ReceiptFacts(**{**usual, **named})


def an_item(facts: Any = None, **named: Any) -> ComposeInput:
    """A decision about ward 9's ten works; keys of its facts may be named as well."""
    of_item = {key: named.pop(key) for key in list(named) if key in _ITEM_KEYS}
    facts = facts or decision_facts(**named)
    purpose = "receipt" if isinstance(facts, ReceiptFacts) else "decision"
    usual: dict[str, Any] = {
        "kind": "acknowledgement",
        "purpose": purpose,
        "key": f"{'ab' * 32}:{purpose}",
        "to": ("p9@tphcm.gov.vn",),
        "facts": facts,
        "date": NOON,
    }
    return ComposeInput(**{**usual, **of_item})


def composed(facts: Any = None, **named: Any) -> ComposedMail:
    return compose(an_item(facts, **named), OFFICE)


def strictly(raw: bytes) -> EmailMessage:
    """The mail as the strictest parser of the standard library reads it."""
    strict = policy.default.clone(raise_on_defect=True)
    message = message_from_bytes(raw, policy=strict)
    assert isinstance(message, EmailMessage)
    return message


def read_back(mail: ComposedMail) -> EmailMessage:
    """The composed mail, read as strictly as can be."""
    return strictly(mail.raw)


def bodies(mail: ComposedMail) -> tuple[str, str]:
    """Text and HTML of the mail, decoded, with LF."""
    read = read_back(mail)
    text, html = read.get_body(("plain",)), read.get_body(("html",))
    assert text is not None
    assert html is not None
    said = text.get_content(), html.get_content()
    return said[0].replace("\r\n", "\n"), said[1].replace("\r\n", "\n")
