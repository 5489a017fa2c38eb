"""Digests and alerts to be composed: everything that a test does not name is usual."""

from datetime import date, datetime, timedelta
from typing import Any

from daemon.compose import ComposeInput, compose
from parsers.values.finding import finding
from parsers.values.outbox import ComposedMail
from parsers.values.summary import (
    AlertFacts,
    CategoryCount,
    DigestFacts,
    Entry,
    FolderCount,
    Listing,
    PhaseCount,
)
from tests.builders.answer import OFFICE
from tests.builders.case import ZONE

MORNING = datetime(2021, 6, 8, 7, 30, tzinfo=ZONE)
PAGE = "http://127.0.0.1:8025/"


def a_count(name: str = "Phường", **named: Any) -> CategoryCount:
    usual = {"units": 12, "complete": 4, "partial": 2, "over": 1, "nil": 0}
    more = {"excused": 0, "missing": 5, "registered": 57, "expected": 120}
    return CategoryCount(name=name, **{**usual, **more, **named})


def _page(number: int) -> tuple[str, str]:
    return ("page", f"{PAGE}messages/{number}")


def _held(number: int, **named: str) -> Entry:
    facts = {
        "reason": "unit_mismatch",
        "from": "vanthu.p3@quan3.example",
        "subject": "Gửi bảng đăng ký",
        "received": "11:00 07/06",
        "candidates": "Phường 3, Phường 4",
        **named,
    }
    return Entry(f"{number}", (*facts.items(), _page(number)))


def listings() -> tuple[Listing, ...]:
    """One list of every kind, with a line of every shape."""
    unit, other = Entry("Phường 9"), Entry("Trường Mầm non 6")
    secret = Entry("21", (("reason", "secret"), _page(21)))
    waits = (("kind", "acknowledgement"), ("wait", "release"), ("to", "p9@q3.example"))
    broken = (("kind", "acknowledgement"), ("wait", "temporary"), ("why", "compose"))
    back = (("unit", "Phường 5"), ("kind", "reminder"), ("verdict", "gone"))
    call = (("contact", "Chị Lan"), ("phone", "0900 000 000"))
    return (
        Listing("new", 1, (Entry("Phường 9", (("received", "09:00 07/06"),)),)),
        Listing("held", 3, (_held(14), _held(18, reason="sender_unknown"), secret)),
        Listing("quarantined", 1, (_held(30, reason="reader_died"),)),
        Listing("unsent", 2, (Entry("5", waits), Entry("6", broken))),
        Listing("returned", 1, (Entry("p5@q3.example", back),)),
        Listing("contested", 1, (_with("unit_contested", unit="Phường 9"),)),
        Listing("changed", 1, (_with("reading_changed", unit="P09"),)),
        Listing("missing", 2, (unit, other), "registration"),
        Listing("partial", 1, (Entry("P10", (("count", "8/10"),)),), "registration"),
        Listing("over", 1, (Entry("MN 6", (("count", "2/1"),)),), "registration"),
        Listing("late", 1, (unit,)),
        Listing("unconfirmed", 1, (Entry("P1", (("confirmation", "absent"),)),)),
        Listing("telephone", 1, (Entry("Phường 5", call),), "registration"),
        Listing("no_address", 1, (Entry("P7", (("phone", "none"),)),), "registration"),
        Listing("learned", 1, (Entry("P12", (("address", "a@thu.example"),)),)),
        Listing("doubles", 1, (Entry("P2", (("shared", "3"), ("with", "P9"))),)),
        Listing("hints", 1, (_with("hidden_rows", count="2"),)),
    )


def _with(code: str, **given: str) -> Entry:
    return Entry("Phường 9", (_page(9),), finding(code, **given))


def digest_facts(**named: Any) -> DigestFacts:
    phase = PhaseCount(
        "registration", date(2021, 6, 9), 1, (a_count(), a_count("Phòng"))
    )
    usual: dict[str, Any] = {
        "campaign": "41-KH/QU",
        "title": "Thực hiện mô hình “Việc có ý nghĩa giúp dân”",
        "day": MORNING.date(),
        "as_of": MORNING,
        "since": MORNING - timedelta(days=1),
        "phases": (phase,),
        "listings": listings(),
        "folders": (FolderCount("gmail", "INBOX", 214, 1, 213, True),),
        "messages": (("fetched", 0), ("processed", 200), ("held", 3)),
        "waiting": (("acknowledgement", "release", 1),),
        "not_for_us": 12,
        "spent": 17,
        "per_day": 450,
        "page": PAGE,
        "fingerprint": "f",
        "status": b"PK not a workbook, but bytes",
    }
    return DigestFacts(**{**usual, **named})


def alert_facts(**named: Any) -> AlertFacts:
    usual: dict[str, Any] = {"kind": "stall", "subject": "gmail", "onset": MORNING}
    return AlertFacts(**{**usual, **named})


def composed(facts: DigestFacts | AlertFacts) -> ComposedMail:
    kind = "digest" if isinstance(facts, DigestFacts) else "alert"
    to = ("phutrach@q3.example",)
    item = ComposeInput(kind, None, f"key of {kind}", to, facts, MORNING)
    return compose(item, OFFICE)
