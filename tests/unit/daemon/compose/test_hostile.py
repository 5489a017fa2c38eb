"""Whatever a stranger writes or a directory holds: mails are valid and harmless."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.values.finding import CATALOGUE, finding
from parsers.values.outbox import (
    AskedChange,
    ConfirmationFacts,
    Facts,
    PhaseStatus,
    RejectionFacts,
)
from tests.builders.answer import (
    a_thread,
    an_answered_row,
    bodies,
    composed,
    decision_facts,
    read_back,
    receipt_facts,
)
from tests.builders.case import NOON
from tests.builders.forms import a_form

NASTY = st.sampled_from(
    [
        "Phường 9\r\nBcc: x@y.vn\r\n\r\n<script>alert(1)</script>",
        "</td></tr></table></body><img src=http://x.vn/a.png>",
        "“P9” 'gửi' \"bảng\" `x` \\ ; , < > &",
        "\u202egnảb\u202c \u200f\u2066 \u2028\u2029\x85",
        "Ủy ban 👩‍👩‍👧‍👦🏳️‍🌈 nhân dân",
        "\x00\x01\x0b\x0c\x1b\x7f\ufeff\ud800\udfff",
        "đăng ký công trình " * 170,
        "{{ 7 * 7 }}{% for x in y %}{# #}",
        "=?utf-8?b?UDk=?= =?x?q?y?=",
        "e\u0301" * 50,
        "",
        " ",
    ]
)
TEXT = NASTY | st.text(max_size=80)
CODES = st.sampled_from(sorted(c for c in CATALOGUE if CATALOGUE[c][1] == "sender"))
NAMES = ("name", "text", "number", "title", "heading", "limit", "type", "encoding")


@st.composite
def findings(draw: Any) -> Any:
    told = {name: draw(TEXT) for name in draw(st.sets(st.sampled_from(NAMES)))}
    return finding(draw(CODES), draw(TEXT), **told)


@st.composite
def facts(draw: Any) -> Facts:
    thread = a_thread(
        subject=draw(TEXT), message_id=draw(TEXT), references=(draw(TEXT),)
    )
    code = draw(st.text(alphabet="ABC012346789", min_size=10, max_size=10))
    kind = draw(st.integers(0, 9))
    common: dict[str, Any] = {"receipt": code, "thread": thread}
    if kind == 0:
        return receipt_facts(**common)
    if kind == 1:
        name, greeting = draw(TEXT), draw(TEXT)
        return RejectionFacts(code, thread, NOON, draw(TEXT), name, greeting)
    if kind == 2:
        change = AskedChange(
            draw(TEXT), "P09", draw(TEXT), "results", 1, 9, 8, "removal"
        )
        asked = (change,) * draw(st.integers(1, 3))
        return ConfirmationFacts(
            code, thread, NOON, "ABCD-EFGH-JKLM", 7, asked, draw(TEXT)
        )
    row = an_answered_row(
        number=draw(TEXT),
        title=draw(TEXT),
        method=draw(TEXT),
        time=draw(TEXT),
        mark="check",
        findings=tuple(draw(st.lists(findings(), max_size=2))),
        unsure=draw(st.sampled_from([(), ("title",), ("Ghi chú",)])),
    )
    asked = draw(st.sampled_from([None, "form", "help", "status"]))
    told = decision_facts(
        **common,
        unit_name=draw(TEXT),
        salutation=draw(st.none() | TEXT),
        campaign=draw(TEXT),
        rows=(row,) * draw(st.integers(0, 3)),
        findings=tuple(draw(st.lists(findings(), max_size=3))),
        outcome="request" if asked else draw(st.sampled_from(["accepted", "partial"])),
        asked=asked,
        status=(PhaseStatus("registration", NOON, 1, 1, NOON, 1, 10),),
        form=draw(st.none() | st.just(a_form(unit=draw(TEXT), unit_name=draw(TEXT)))),
    )
    return replace(told, more=(told,) * draw(st.integers(0, 2)))


class Seen(HTMLParser):
    """The tags of a body, and whether each is closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [f"{k}={v}" for k, v in attrs if k in ("href", "src", "onload")]


OURS = {"html", "head", "meta", "title", "body", "table", "tr", "td", "th", "p", "b"}
OURS |= {"br", "span", "ul", "li"}


@settings(max_examples=150, deadline=None)
@given(facts())
def test_every_mail_is_valid_and_holds_no_markup_but_ours(told: Facts) -> None:
    mail = composed(told)
    read = read_back(mail)
    for part in read.walk():
        assert part.defects == []
        assert [d for key in part for d in part[key].defects] == []
    names = [name.lower() for name in read]
    assert len(names) == len(set(names))
    assert "bcc" not in names
    assert read["Subject"] == mail.subject
    assert len(mail.subject) <= 120
    text, html = bodies(mail)
    for body in (text, html):
        assert not re.search("[\x00\x0b\x1b\u202a-\u202e\u2066-\u2069\u2028]", body)
    seen = Seen()
    seen.feed(html)
    assert seen.tags <= OURS
    assert seen.links == []
    head = mail.raw.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 998
    assert len(mail.raw) < 400_000


@pytest.mark.parametrize("kind", ["accepted", "partial"])
def test_a_title_of_three_thousand_letters_is_cut_in_the_mail_and_whole_in_the_form(
    kind: str,
) -> None:
    title = "Công trình " * 300
    row = ("1", title, "", "", "")
    mail = composed(
        rows=(an_answered_row(title=title),), outcome=kind, form=a_form(row)
    )
    assert title not in bodies(mail)[0]
    assert bodies(mail)[0].count("Công trình") < 60
