"""What stands on the page: the figures, the words, and nobody's markup."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from daemon.page.health import health_of
from parsers.values.campaign import Category
from storage.status import PhaseStatus, Status, UnitStatus
from tests.builders.asgi import ask
from tests.builders.case import CAMPAIGN
from tests.builders.site import an_app
from tests.builders.statuses import NOW, a_line, a_mailbox, a_status

NAMES = {"phuong": "Phường", "doan_the": "Mặt trận, đoàn thể"}
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</td></table><svg/onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; & javascript:alert(1)",
    "]]><!--",
)


def shown(status: Status) -> LexborHTMLParser:
    categories = tuple(Category(code, name, 1) for code, name in NAMES.items())
    answer = ask(an_app(status, campaign=replace(CAMPAIGN, categories=categories)))
    assert answer.code == 200
    return LexborHTMLParser(answer.text)


def words(node: LexborNode | None) -> str:
    assert node is not None
    return re.sub(r"\s+", " ", node.text()).strip()


def cells(unit: UnitStatus) -> list[str]:
    row = shown(a_status([unit])).css("table.units tbody tr")[1]
    return [words(cell) for cell in row.css("th, td")]


def test_a_line_tells_all_that_is_known_of_a_unit() -> None:
    unit = a_line(
        "P09",
        name="Phường 9",
        state="partial",
        registered=8,
        versions=2,
        last_received=datetime(2021, 6, 11, 18, 5, tzinfo=UTC),
        late=True,
        confirmation="signed",
        results=5,
        reminders=1,
        findings=3,
        phases={"results": PhaseStatus("partial", 1, True)},
    )
    assert cells(unit) == [
        "Phường 9 P09",
        "còn thiếu",
        "8/10",
        "2",
        "12/06/2021 01:05 trễ hạn",
        "có dấu/chữ ký",
        "5/8 còn thiếu trễ hạn",
        "1",
        "3",
    ]


def test_what_is_not_there_is_left_empty() -> None:
    assert cells(a_line(name="Phường 9", quota=None)) == [
        "Phường 9 P09",
        "chưa đăng ký",
        "0/–",
        *[""] * 6,
    ]


@pytest.mark.parametrize(
    ("known", "address", "said"),
    [
        (False, "none", "chưa có địa chỉ thư"),
        (True, "provisional", "địa chỉ tạm ghi nhận"),
    ],
)
def test_an_address_that_reminders_cannot_rely_on_is_marked(
    known: bool, address: str, said: str
) -> None:
    assert said in cells(a_line(address_known=known, address=address))[0]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("missing", "chưa đăng ký"),
        ("partial", "còn thiếu"),
        ("complete", "đủ"),
        ("over", "vượt số lượng"),
        ("nil", "không có công trình"),
        ("excused", "được miễn"),
    ],
)
def test_every_state_is_said_in_words(state: str, said: str) -> None:
    assert cells(a_line(state=state))[1] == said


def a_mixed_status() -> Status:
    return a_status(
        [
            a_line("P01", state="complete", registered=10),
            a_line("P02", state="over", registered=12),
            a_line("P03", state="nil"),
            a_line("CCB", category="doan_the", quota=2, state="partial", registered=1),
            a_line("X", category="la", quota=None, state="excused"),
            a_line("P04"),
        ],
        messages={
            "fetched": 1,
            "processed": 61,
            "ignored": 3,
            "held": 2,
            "quarantined": 0,
        },
    )


def test_the_sums_are_those_of_the_status() -> None:
    page, status = shown(a_mixed_status()), a_mixed_status()
    tiles = {
        words(tile.css_first("dt")): words(tile.css_first("dd"))
        for tile in page.css(".tiles div")
    }
    assert tiles == {
        "đơn vị": "6",
        "đủ": "1",
        "vượt số lượng": "1",
        "còn thiếu": "1",
        "không có công trình": "1",
        "được miễn": "1",
        "chưa đăng ký": "1",
        "công trình": f"23/{status.totals['expected']}",
    }


def test_a_category_is_one_group_with_its_own_sums_and_a_link_to_it() -> None:
    page = shown(a_mixed_status())
    rows = page.css("table.groups tbody tr")
    assert [words(row.css_first("th")) for row in rows] == [
        "Phường",
        "Mặt trận, đoàn thể",
        "la",
    ]
    assert [words(row.css(".works")[0]) for row in rows] == ["22/40", "1/2", "0/0"]
    for row, code in zip(rows, ("phuong", "doan_the", "la"), strict=True):
        link = row.css_first("a")
        assert link is not None
        assert link.attributes["href"] == f"/?category={code}#units"
    assert len(page.css("table.units tbody tr")) == 6 + 3


def test_every_unit_and_count_stands_on_the_page() -> None:
    page = shown(a_mixed_status())
    counts = {
        words(node.css_first("dt")): words(node.css_first("dd"))
        for node in page.css(".counts div")
    }
    assert counts["đã xử lý"] == "61"
    assert counts["chờ cán bộ xem"] == "2"
    assert counts["gửi không được"] == "0"
    assert "09:00:00 ngày 08/06/2021" in words(page.css_first("header"))


def test_faults_stand_on_top_in_vietnamese() -> None:
    status = a_status(
        mailboxes=(a_mailbox("notes", folder=None, healthy=False, on_server=None),)
    )
    page = shown(status)
    assert words(page.css_first(".faults li")) == "Không vào được hộp thư: notes"
    assert page.css_first(".well") is None
    row = [words(c) for c in page.css("table.mailboxes tbody th, tbody td.warn")]
    assert row == ["notes", "không vào được"]


def test_every_fault_of_the_health_has_its_words() -> None:
    outbox = {**a_status().outbox, "unknown": 1, "failed": 1}
    boxes = (
        a_mailbox("a", healthy=False),
        a_mailbox("b", last_success=None),
        a_mailbox("c", last_success=NOW.replace(hour=1)),
    )
    for status in (a_status(mailboxes=boxes, outbox=outbox), a_status(mailboxes=())):
        said = [words(node) for node in shown(status).css(".faults li")]
        assert len(said) == len(health_of(status, NOW).faults)
        assert not any("_" in text for text in said)


def test_without_faults_there_is_no_red_light() -> None:
    page = shown(a_status([a_line()]))
    assert page.css_first(".faults") is None
    assert "bình thường" in words(page.css_first(".well"))


def test_a_plan_without_units_is_a_page_too() -> None:
    page = shown(a_status(mailboxes=()))
    assert page.css("table.units tbody") == []
    assert "Chưa có hộp thư nào" in words(page.css_first("table.mailboxes"))


def shape(page: LexborHTMLParser) -> list[tuple[str, list[str]]]:
    """Return every element of the page with the names of its attributes."""
    assert page.root is not None
    nodes = page.root.traverse()
    return [(str(node.tag), sorted(node.attributes)) for node in nodes]


@pytest.mark.parametrize("text", HOSTILE)
def test_nobody_s_text_becomes_markup(text: str) -> None:
    def built(given: str) -> Status:
        unit = a_line(given, name=given, category=given, confirmation=given)
        box = a_mailbox(given, folder=given, healthy=False)
        return a_status([unit], campaign=given, mailboxes=(box,))

    page, plain = shown(built(text)), shown(built("x"))
    assert shape(page) == shape(plain)
    assert words(page.css_first("table.units tbody th bdi")) in (
        text,
        re.sub(r"\s+", " ", text),
    )


def test_a_name_cannot_turn_the_line_or_run_on_for_ever() -> None:
    name = cells(a_line(name="Phường\u202e 9\u2066\n\x00" + "a" * 5000))[0]
    assert not re.search("[\u202e\u2066\x00]", name)
    assert len(name) < 220


def test_the_page_needs_nothing_from_elsewhere_and_no_word_of_script() -> None:
    page = shown(a_mixed_status())
    assert page.css("img, iframe, style, [style], [onclick]") == []
    assert [node.text() for node in page.css("script")] == [""]
    for node in page.css("[href], [src], [action], [hx-get]"):
        for name in ("href", "src", "action", "hx-get"):
            address = node.attributes.get(name) or "/"
            assert address.startswith(("/", "#"))
            assert not address.startswith("//")


def test_headings_and_table_heads_lead_a_screen_reader() -> None:
    page = shown(a_mixed_status())
    assert len(page.css("h1")) == 1
    assert page.css_first("html[lang=vi]") is not None
    for table in page.css("table"):
        heads = table.css("thead th[scope=col][role=columnheader]")
        assert heads
        for row in table.css("tbody tr:not(.group)"):
            assert len(row.css("th, td")) == len(heads)
