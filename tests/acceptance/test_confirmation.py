"""A replacement that nobody proves waits for the code that its address sends back."""

import email
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.world import NOW, World, a_world, smtp
from tests.builders.letters import Posted, a_letter
from tests.neighbours.sink import Sink, listening

#: A word that stands alone, as the contract describes it.
_CODE = re.compile(r"(?<![\w-])[A-Z0-9-]{13,40}(?![\w-])")
_FIRST = Posted("P09").received


class Office:
    """An office that reads files and answers them."""

    def __init__(self, world: World, sink: Sink) -> None:
        self.world, self.sink = world, sink
        self.count = 0

    def ingest(self, raw: bytes, now: str = NOW) -> dict[str, Any]:
        self.count += 1
        path = self.world.mail(f"{self.count}.eml", raw)
        ran = self.world.run("ingest", path, "--answer", "--json", now=now)
        line: dict[str, Any] = ran.lines("ingest_line")[0]
        return line

    def state(self, ident: int) -> tuple[str, str | None]:
        shown = self.world.json("show", "show", str(ident))
        return shown["state"], shown["reason"]

    def registered(self, code: str) -> int:
        units = self.world.json("status", "status")["units"]
        return next(u["registered"] for u in units if u["code"] == code)

    def letters(self, purpose: str) -> list[Any]:
        read = [email.message_from_bytes(caught.raw) for caught in self.sink.taken]
        return [m for m in read if m["X-Hopthu-Purpose"] == purpose]


def text_of(letter: Any) -> str:
    part = next(p for p in letter.walk() if p.get_content_type() == "text/plain")
    payload: bytes = part.get_payload(decode=True)
    return payload.decode("utf-8")


def code_of(letter: Any) -> str:
    found = set(_CODE.findall(text_of(letter)))
    assert len(found) == 1, found
    code: str = found.pop()
    return code


def a_reply(
    text: str,
    unit: str = "P09",
    days: float = 0.5,
    sender: str = "",
    files: list[str] | None = None,
) -> bytes:
    received = _FIRST + timedelta(days=days)
    posted = Posted(
        unit,
        sender,
        subject="Re: Phường 9 gửi lại bảng đăng ký",
        text=text,
        received=received,
        proven=False,
        files=files or [],
    )
    return a_letter(posted)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office that has ward 9's nine works, and was sent eight to replace them."""
    with listening(Sink(), tmp_path) as sink:
        world = a_world(tmp_path, more=smtp(sink.port))
        office = Office(world, sink)
        office.ingest(a_letter(Posted("P09", files=["xlsx P09 9"], proven=False)))
        again = Posted(
            "P09",
            subject="Phường 9 gửi lại bảng đăng ký",
            text="Phường 9 gửi lại, thay thế bản trước.",
            files=["xlsx P09 8 1"],
            received=_FIRST + timedelta(hours=3),
            proven=False,
        )
        line = office.ingest(a_letter(again))
        assert (line["state"], line["reason"]) == ("held", "replacement_unconfirmed")
        assert line["id"] == 2
        yield office


def test_the_code_sent_back_above_the_quotation_lets_the_table_count(
    office: Office,
) -> None:
    (asked,) = office.letters("confirmation")
    code = code_of(asked)
    assert asked["To"] == "p09@quan3.example"
    assert asked["In-Reply-To"]
    assert office.registered("P09") == 9

    quoted = "\n".join(f"> {line}" for line in text_of(asked).splitlines())
    line = office.ingest(a_reply(f"{code}\n\nTrân trọng.\n\n{quoted}"))

    assert (line["state"], line["reason"]) == ("processed", "nothing_to_register")
    assert office.state(2) == ("processed", None)
    assert office.registered("P09") == 8
    assert len(office.letters("decision")) == 2
    assert len(office.letters("confirmation")) == 1


@pytest.mark.parametrize("files", [[], ["xlsx P09 7 2"]], ids=["alone", "table"])
def test_a_mail_that_brought_the_code_says_the_same_when_it_is_decided_anew(
    office: Office, files: list[str]
) -> None:
    code = code_of(office.letters("confirmation")[0])
    office.ingest(a_reply(code, files=files))
    before = [office.state(ident) for ident in (1, 2, 3)]
    assert before[1:] == [
        ("processed", None),
        ("processed", None if files else "nothing_to_register"),
    ]
    registered = office.registered("P09")
    asked, told = office.letters("confirmation"), office.letters("decision")

    office.world.run("reprocess", "--all", now=NOW)

    assert [office.state(ident) for ident in (1, 2, 3)] == before
    assert office.registered("P09") == registered
    assert len(office.letters("confirmation")) == len(asked)
    assert len(office.letters("decision")) == len(told)


def test_a_code_below_the_quotation_only_confirms_nothing(office: Office) -> None:
    asked = text_of(office.letters("confirmation")[0])
    quoted = "\n".join(f"> {line}" for line in asked.splitlines())
    office.ingest(a_reply(f"Chúng tôi đã nhận được thư.\n\n{quoted}"))
    # Notes quotes without any mark.
    office.ingest(a_reply(f"Chúng tôi đã nhận được thư.\n\n{asked}", days=0.6))
    assert office.state(2) == ("held", "replacement_unconfirmed")
    assert office.registered("P09") == 9


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("HT-2345-6789-ABCD-EFGH", {}),
        ("{code}", {"unit": "P10"}),
        ("{code}", {"sender": "p09@quan3.example.com"}),
        ("{code}", {"days": 9.0}),
        ("Không phải chúng tôi gửi. {code}", {}),
        ("{short}", {}),
    ],
    ids=["another code", "another unit", "a stranger", "too late", "denied", "cut"],
)
def test_what_is_not_the_address_s_own_answer_confirms_nothing(
    office: Office, text: str, named: dict[str, Any]
) -> None:
    code = code_of(office.letters("confirmation")[0])
    office.ingest(
        a_reply(text.format(code=code, short=code[:-1]), **named),
        now="2021-06-17T09:00:00+07:00" if "days" in named else NOW,
    )
    assert office.state(2) == ("held", "replacement_unconfirmed")
    assert office.registered("P09") == 9


def test_a_code_speaks_for_one_version_and_only_once(office: Office) -> None:
    code = code_of(office.letters("confirmation")[0])
    # Another table of the ward comes to count in between: the question is out of date.
    more = Posted(
        "P09",
        subject="Phường 9 đăng ký bổ sung",
        text="Phường 9 đăng ký bổ sung 01 công trình.",
        files=["xlsx P09 1 9"],
        received=_FIRST + timedelta(hours=5),
        proven=False,
    )
    assert office.ingest(a_letter(more))["state"] == "processed"
    assert office.registered("P09") == 10
    office.ingest(a_reply(code))
    assert office.state(2) == ("held", "replacement_unconfirmed")
    assert office.registered("P09") == 10


def test_the_same_mail_asks_with_the_same_code_after_a_replay(office: Office) -> None:
    before = code_of(office.letters("confirmation")[0])
    ran = office.world.run("reprocess", "2")
    assert ran.code == 1
    assert len(office.letters("confirmation")) == 1
    items = office.world.json("outbox", "outbox")["items"]
    (item,) = [i for i in items if i["purpose"] == "confirmation"]
    shown = office.world.run("outbox", "show", str(item["id"]), "--raw").out
    assert code_of(email.message_from_string(shown)) == before


def test_a_code_does_not_speak_for_the_unit_that_staff_gave_the_mail_to_since(
    office: Office,
) -> None:
    code = code_of(office.letters("confirmation")[0])
    office.ingest(a_letter(Posted("P10", files=["xlsx P10 10"])))
    office.world.run("assign", "2", "P10")
    assert office.state(2) == ("held", "replacement_unconfirmed")

    office.ingest(a_reply(code))

    assert office.state(2) == ("held", "replacement_unconfirmed")
    assert (office.registered("P09"), office.registered("P10")) == (9, 10)
