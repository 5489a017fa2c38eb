"""Cases for decisions: everything that a test does not name is ordinary."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from daemon.decide import Policy
from daemon.decide.digest import rows_digest
from parsers.values.campaign import Campaign, Category, Column, Phase
from parsers.values.decision import Case, Received, Standing
from parsers.values.message import Address, HeaderLine, Message
from parsers.values.reading import Reading, Registration, Result
from parsers.values.unit import AddressOwner, Candidate, Mention, Unit

MAIL_KEYS = {f.name for f in fields(Received)} - {"received"}
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2021, 6, 8, 12, 0, tzinfo=ZONE)
WARD = "p9@tphcm.gov.vn"
PARENT = "pgd@quan3.gov.vn"
PROOF = (
    "mx.google.com; dkim=pass header.i=@tphcm.gov.vn header.s=s1; "
    "spf=pass (google.com: domain of p9@tphcm.gov.vn designates 10.1.1.1 as "
    "permitted sender) smtp.mailfrom=p9@tphcm.gov.vn; "
    "dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=tphcm.gov.vn"
)

UNITS = (
    Unit("P09", "Phường 9", "phuong", salutation="Kính gửi: Đảng ủy Phường 9"),
    Unit("P10", "Phường 10", "phuong"),
    Unit("MN-06", "Trường Mầm non 6", "phong_ban"),
    Unit("MN-07", "Trường Mầm non 13", "phong_ban"),
)

CAMPAIGN = Campaign(
    number="41-KH/QU",
    title="Việc có ý nghĩa giúp dân",
    period=(date(2021, 5, 1), date(2021, 10, 31)),
    phases=(
        Phase("registration", date(2021, 5, 1), date(2021, 6, 10)),
        Phase("results", date(2021, 9, 1), date(2021, 10, 5)),
    ),
    categories=(Category("phuong", "Phường", 10), Category("phong_ban", "Phòng", 1)),
    columns=tuple(
        Column(key, key, required=key == "title")
        for key in ("number", "title", "method", "time", "expected_result")
    ),
)


def a_policy(**named: Any) -> Policy:
    usual: dict[str, Any] = {
        "campaigns": (CAMPAIGN,),
        "units": UNITS,
        "zone": ZONE,
        "answer_modes": {"gmail": "sender", "notes": "folder", "quiet": "none"},
        "trusted": {"gmail": ("mx.google.com",)},
        "own": frozenset({"bandanvanq3@gmail.com"}),
        "secret": b"a secret of the tests' own office",
    }
    return Policy(**{**usual, **named})


def a_trace(results: str | None = PROOF) -> tuple[HeaderLine, ...]:
    """The lines that Gmail writes, from the top down."""
    lines = [
        HeaderLine("received", "by 2002:a05:6a10:1234:0:0:0:0 with SMTP id k1"),
        HeaderLine("return-path", "<p9@tphcm.gov.vn>"),
        HeaderLine(
            "received",
            "from mail.tphcm.gov.vn (mail.tphcm.gov.vn. [10.1.1.1]) by mx.google.com "
            "with ESMTPS id x2 for <bandanvanq3@gmail.com>",
        ),
    ]
    if results is not None:
        lines.append(HeaderLine("authentication-results", results))
    lines.append(HeaderLine("received", "from pc9 by mail.tphcm.gov.vn with SMTP"))
    return tuple(lines)


def a_message(address: str | None = WARD, **named: Any) -> Message:
    senders = (Address("Văn thư Phường 9", address),) if address else ()
    usual: dict[str, Any] = {
        "message_id": "<CAF1@mail.gmail.com>",
        "subject": "P9 gửi bảng đăng ký",
        "senders": senders,
        "from_fields": len(senders),
        "sender": None,
        "recipients": (Address(None, "bandanvanq3@gmail.com"),),
        "date": NOON,
        "in_reply_to": (),
        "references": (),
        "trace": a_trace(),
        "automatic": None,
        "own": False,
    }
    return Message(**{**usual, **named})


def a_row(number: int = 1, /, **named: Any) -> Registration:
    usual: dict[str, Any] = {
        "number": str(number),
        "title": f"Xây {number} nhà tình thương cho hộ khó khăn",
        "method": "Vận động",
        "time": "Tháng 6 - 9/2021",
        "expected_result": f"{number} căn",
        "place": f"bang.xlsx › Sheet1 › A{number + 3}:E{number + 3}",
        "attachment": ("bang.xlsx",),
        "cells": {"number": 1.0, "title": 1.0, "time": 1.0},
    }
    return Registration(**{**usual, **named})


def rows(*numbers: int, **named: Any) -> tuple[Registration, ...]:
    return tuple(a_row(n, **named) for n in numbers)


def a_result(number: int = 1, /, **named: Any) -> Result:
    usual: dict[str, Any] = {
        "number": str(number),
        "title": a_row(number).title,
        "result": "Đã xây xong",
        "progress": "done",
        "place": f"kq.xlsx › Sheet1 › A{number + 3}:C{number + 3}",
        "attachment": ("kq.xlsx",),
    }
    return Result(**{**usual, **named})


def named_by(code: str, *sources: str, at: tuple[str, ...] = ("bang.xlsx",)) -> Any:
    """Mentions of one unit; subject, body and sender's name belong to no attachment."""
    inside = {"letterhead", "signature", "file_name"}
    return tuple(
        Mention(source, code, code, attachment=at if source in inside else ())  # type: ignore[arg-type]
        for source in sources
    )


def a_reading(**named: Any) -> Reading:
    """A registration of ten works by ward 9, seen in letterhead and subject."""
    usual: dict[str, Any] = {
        "kind": "registration",
        "mode": "new",
        "message": a_message(),
        "registrations": rows(*range(1, 11)),
        "mentions": named_by("P09", "letterhead", "subject"),
        "candidates": (Candidate("P09", 0.95, ("letterhead", "subject")),),
        "confirmation": "block_only",
    }
    return Reading(**{**usual, **named})


def bare(kind: str = "other", **named: Any) -> Reading:
    """A mail without rows."""
    return a_reading(
        **{"kind": kind, "registrations": (), "mode": None, "mentions": (), **named}
    )


def received(**named: Any) -> Received:
    usual: dict[str, Any] = {
        "id": 7,
        "raw_sha256": "ab" * 32,
        "raw_bytes": 12_000,
        "received": NOON,
        "mailbox": "gmail",
        "folder": "INBOX",
        "door": "imap",
    }
    return Received(**{**usual, **named})


def owner(code: str = "P09", address: str = WARD) -> AddressOwner:
    return AddressOwner(address, code, "file")


def a_case(**named: Any) -> Case:
    """A mail of ward 9's listed address; `at` is when it was received.

    Keys of Received may be named beside those of the Case.
    """
    usual: dict[str, Any] = {
        "reading": a_reading(),
        "now": named.get("at", NOON) + timedelta(minutes=2),
        "owners": (owner(),),
        "addressed": frozenset({"P09"}),
    }
    of_mail = {key: named.pop(key) for key in list(named) if key in MAIL_KEYS}
    if "at" in named:
        of_mail["received"] = named.pop("at")
    return Case(**{"received": received(**of_mail), **usual, **named})


def a_standing(*registered: Registration, **named: Any) -> Standing:
    usual: dict[str, Any] = {
        "campaign": "41-KH/QU",
        "unit": "P09",
        "phase": "registration",
        "version": 1,
        "last_version": 1,
        "received": NOON - timedelta(days=2),
        "message": 3,
        "rows_digest": rows_digest((*registered, *named.get("results", ()))),
        "registrations": registered,
    }
    return Standing(**{**usual, **named})


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]
