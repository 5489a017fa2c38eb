"""Digests and alerts as mails: whole, harmless, bounded, the same words twice."""

import re
from datetime import timedelta
from typing import get_args

import pytest

from daemon.compose.wording import words
from daemon.digest import lists
from parsers.values.summary import AlertKind, Entry, Listing
from tests.builders.answer import bodies, read_back
from tests.builders.summaries import (
    MORNING,
    a_count,
    alert_facts,
    composed,
    digest_facts,
    listings,
)

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=y> & \"' ]]> {{ 7*7 }} {% x %} {0}"
    "\r\nBcc: all@q3.example\r\n\r\n\u202eevil\u202c \u200fRTL 😀 \x00\x07 Phường Đông"
)
LONG = "Công trình rất dài " * 170
#: Gmail shows no more of a page than 102 KB.
CLIPPED = 100_000


def plain(page: str) -> str:
    bare = re.sub(r"<[^<>]*>", " ", re.sub(r"<title>.*?</title>", "", page))
    for coded, letter in (("&#34;", '"'), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">")):
        bare = bare.replace(coded, letter)
    return " ".join(bare.replace("&amp;", "&").split())


def test_a_digest_says_everything_twice_in_one_order() -> None:
    text, page = bodies(composed(digest_facts()))
    found = plain(page)
    for listing in listings():
        title = words()["digest_lists"][listing.key]
        assert title.upper() in text
        assert title in found
        for entry in listing.entries:
            assert entry.name in text
            assert entry.name in found
            for key, value in entry.facts:
                if key in ("subject", "from", "page", "to", "contact", "candidates"):
                    assert value in text, value
                    assert value in found, value
    for told in (
        "Hộp thư gmail/INBOX có 214 thư, đã xử lý 214 thư",
        "Trong 24 giờ qua đã gửi 17/450 thư.",
        "hệ thống không soạn được thư, nội dung đã được lưu",
        "Thư không thuộc nội dung tiếp nhận: 12.",
        "người liên hệ: Chị Lan; điện thoại: 0900 000 000",
        "Bảng có 2 dòng bị ẩn",
    ):
        assert told in text, told
        assert told in found, told
    assert "{" not in text


def test_every_list_and_alert_has_its_words() -> None:
    known = words()
    keys = {one.key for one in listings()}
    assert set(known["digest_lists"]) == set(known["digest_nouns"]) == keys
    for group in ("alerts", "alerts_over", "alerts_todo"):
        assert set(known[group]) == set(get_args(AlertKind))


@pytest.mark.parametrize("kind", get_args(AlertKind))
def test_an_alert_begins_and_ends_in_a_sentence(kind: AlertKind) -> None:
    begun = composed(alert_facts(kind=kind, detail="2"))
    ended = composed(
        alert_facts(kind=kind, recovered=MORNING + timedelta(hours=1), detail="2")
    )
    assert read_back(begun)["Subject"].startswith("Cảnh báo: ")
    assert read_back(ended)["Subject"].startswith("Đã trở lại bình thường: ")
    for mail in (begun, ended):
        message = read_back(mail)
        assert message["X-Hopthu-Kind"] == "alert"
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["X-Auto-Response-Suppress"] == "All"
        for body in bodies(mail):
            assert "{" not in body


def test_an_alert_about_one_mail_names_its_number_and_nothing_else_of_it() -> None:
    facts = alert_facts(kind="secret", subject="17", message=17, detail="must not show")
    text, page = bodies(composed(facts))
    assert "Số thư: 17" in text
    assert "must not show" not in text + page


def test_hostile_text_stays_text_in_digest_and_alert() -> None:
    entry = Entry(HOSTILE, (("subject", HOSTILE), ("from", HOSTILE), ("page", HOSTILE)))
    facts = digest_facts(
        title=HOSTILE,
        listings=(Listing("held", 1, (entry,)), Listing("missing", 1, (entry,))),
        phases=tuple(
            type(p)(p.name, p.named, p.days_left, (a_count(HOSTILE),))
            for p in digest_facts().phases
        ),
    )
    alert = alert_facts(subject=HOSTILE, detail=HOSTILE)
    for mail in (composed(facts), composed(alert)):
        message = read_back(mail)
        assert message["Bcc"] is None
        text, page = bodies(mail)
        assert not re.search(r"<(?:script|img|a|link|style)\b", page)
        assert "49" not in plain(page)
        for body in (text, page):
            assert not re.search("[\x00\x07\u202a-\u202e\u200f]", body)
        assert "😀" in text
        assert "Phường Đông" in text


def test_a_title_of_three_thousand_letters_is_cut() -> None:
    entry = Entry(LONG, (("subject", LONG), ("candidates", LONG)))
    facts = digest_facts(title=LONG, listings=(Listing("held", 1, (entry,)),))
    text, page = bodies(composed(facts))
    assert max(map(len, text.splitlines())) < 1000
    assert len(page) < 12_000
    subject = read_back(composed(alert_facts(subject=LONG)))["Subject"]
    assert len(subject) <= 120


def test_subjects_keep_every_mark_of_their_letters() -> None:
    alert = composed(alert_facts(subject="hộp thư Đảng ủy Phường Võ Thị Sáu"))
    told = read_back(alert)["Subject"]
    assert told == alert.subject
    assert "hơn 15 phút chưa đọc được hộp thư hộp thư Đảng ủy Phường Võ Thị Sáu" in told


def test_a_big_house_keeps_its_digest_within_what_gmail_shows() -> None:
    name = "Trường Trung học cơ sở Nguyễn Thị Minh Khai, cơ sở số {}"
    unit = [Entry(name.format(n)) for n in range(lists.NAMES)]
    calls = [
        Entry(
            name.format(n),
            (("contact", "Đồng chí Nguyễn Thị Thanh Hương"), ("phone", "0900 000 000")),
        )
        for n in range(lists.NAMES)
    ]
    mails = [
        Entry(
            f"{n}",
            (
                ("reason", "sender_unknown"),
                ("from", "van.thu.truong.trung.hoc.co.so@quan3.hochiminhcity.gov.vn"),
                ("subject", "Bảng đăng ký công trình việc có ý nghĩa giúp dân " * 4),
                ("candidates", ", ".join(name.format(i) for i in range(3))),
                ("page", f"https://hopthu.quan3.hochiminhcity.gov.vn/messages/{n}"),
            ),
        )
        for n in range(lists.LINES)
    ]
    many = ("held", "quarantined", "unsent", "returned", "contested", "learned")
    facts = digest_facts(
        listings=(
            *(Listing(key, 1000, tuple(mails)) for key in many),
            Listing("missing", 5000, tuple(unit), "registration"),
            Listing("telephone", 5000, tuple(calls), "registration"),
            Listing("unconfirmed", 4000, tuple(unit)),
        ),
    )
    text, page = bodies(composed(facts))
    assert len(page.encode()) < CLIPPED
    for body in (text, page):
        assert (
            len(re.findall(r"và \d+ (?:thư|đơn vị|địa chỉ|trường hợp) khác", body)) == 9
        )


def test_a_district_is_listed_whole() -> None:
    unit = [Entry(f"Trường Tiểu học số {n} Nguyễn Thị Minh Khai") for n in range(97)]
    calls = [Entry(one.name, (("phone", "0900 000 000"),)) for one in unit]
    facts = digest_facts(
        listings=(
            Listing("missing", 97, tuple(unit), "registration"),
            Listing("telephone", 97, tuple(calls), "registration"),
        )
    )
    for body in bodies(composed(facts)):
        assert body.count("Trường Tiểu học số 96 ") == 2


def test_the_status_goes_with_the_digest_as_a_workbook_with_its_name() -> None:
    (file,) = read_back(composed(digest_facts())).iter_attachments()
    assert file.get_filename() == "Tình hình gửi bảng ngày 08-06-2021.xlsx"
    assert file.get_payload(decode=True) == digest_facts().status
    without = read_back(composed(digest_facts(status=b"")))
    assert list(without.iter_attachments()) == []


def test_the_same_facts_make_the_same_bytes() -> None:
    assert composed(digest_facts()).raw == composed(digest_facts()).raw
