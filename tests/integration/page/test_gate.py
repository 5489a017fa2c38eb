"""Who gets in, whose form is taken, and that looking changes nothing."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from daemon.clock import FixedClock
from daemon.commands.arguments import Common
from daemon.commands.office import Office, open_office
from daemon.commands.page_readers import PageReaders
from daemon.commands.served import parts_of
from daemon.page.app import make_app
from daemon.page.parts import Parts
from daemon.page.users import Users
from storage.leases import take
from tests.builders.paged_office import NOW
from tests.builders.site import USERS, Browser

FORMS = (
    "/messages/{held}/accept",
    "/messages/{held}/reject",
    "/messages/{held}/assign",
    "/messages/{held}/reprocess",
    "/messages/{held}/undo",
    "/units/P09/amend",
    "/units/P09/record",
    "/units/P09/excuse",
    "/units/P09/undo",
    "/outbox/release",
    "/outbox/cancel",
    "/outbox/retry",
)
FIELDS = {
    "unit": "P03",
    "why": "vì thế",
    "number": "1",
    "column": "title",
    "text": "x",
    "nil": "1",
    "all": "1",
    "event": "1",
}


@pytest.fixture(scope="module")
def opened(office: Path) -> Iterator[Office]:
    common = Common(str(office), NOW, "test", None)
    with open_office(common) as found:
        yield found


@pytest.fixture(scope="module")
def parts(opened: Office) -> Iterator[Parts]:
    readers = PageReaders(opened)
    yield parts_of(opened, readers)
    readers.close()


@pytest.fixture
def lan(parts: Parts) -> Browser:
    browser = Browser(make_app(parts))
    assert browser.log_in("lan", "mot").code == 303
    return browser


def snapshot(office: Office) -> dict[str, list[object]]:
    """Return all that stands in the database, logins apart."""
    kept = {}
    with office.database.read() as connection:
        names = connection.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'table'")
        )
        for name in names.all():
            if name not in ("login_attempts", "ended_sessions"):
                rows = connection.execute(text(f'SELECT * FROM "{name}"')).all()
                kept[name] = [tuple(row) for row in rows]
    return kept


def a_held_mail(lan: Browser) -> str:
    found = re.search(r'href="/messages/(\d+)"', lan.get("/messages?state=held").text)
    assert found
    return found[1]


def test_without_a_session_every_page_asks_for_a_login(parts: Parts) -> None:
    stranger = Browser(make_app(parts))
    for path in ("/", "/units/P09", "/messages", "/messages/1", "/outbox", "/outbox/1"):
        answer = stranger.get(path)
        assert (answer.code, answer.text) == (303, "")
        assert answer.headers["location"] == f"/login?next={path}"
    assert stranger.get("/health").code == 303
    assert stranger.get("/export/registrations.csv").code == 303
    for path in ("/healthz", "/metrics"):
        assert "Phường" not in stranger.get(path).text


def test_a_form_without_a_session_changes_nothing(
    parts: Parts, opened: Office, lan: Browser
) -> None:
    before, held = snapshot(opened), a_held_mail(lan)
    stranger = Browser(make_app(parts))
    for path in FORMS:
        answer = stranger.post(path.format(held=held), FIELDS)
        assert answer.code == 401
    assert snapshot(opened) == before


@pytest.mark.parametrize("token", ["", "0" * 40, None])
def test_a_form_without_its_token_changes_nothing(
    opened: Office, lan: Browser, token: str | None
) -> None:
    before, held = snapshot(opened), a_held_mail(lan)
    given = {**FIELDS, **({} if token is None else {"token": token})}
    for path in FORMS:
        answer = lan.post(path.format(held=held), given)
        assert answer.code == 403
        assert "Biểu mẫu đã cũ" in answer.text
    assert snapshot(opened) == before


def test_somebody_else_s_token_is_none(parts: Parts, lan: Browser) -> None:
    other = Browser(make_app(parts))
    other.log_in("lan", "mot")
    token = other.token("/outbox")
    assert len(token) >= 16
    answer = lan.post("/outbox/retry", {"token": token, "all": "1"})
    assert answer.code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_a_form_from_another_site_changes_nothing(
    opened: Office, lan: Browser, headers: dict[str, str]
) -> None:
    before, held = snapshot(opened), a_held_mail(lan)
    token = lan.token("/outbox")
    for path in FORMS:
        answer = lan.post(path.format(held=held), {**FIELDS, "token": token}, **headers)
        assert answer.code == 403
        assert "từ một trang khác" in answer.text
    assert snapshot(opened) == before


def test_who_may_look_may_not_decide(
    parts: Parts, opened: Office, lan: Browser
) -> None:
    before, held = snapshot(opened), a_held_mail(lan)
    minh = Browser(make_app(parts))
    minh.log_in("minh", "hai")
    token = minh.token("/")
    for path in FORMS:
        answer = minh.post(path.format(held=held), {**FIELDS, "token": token})
        assert answer.code == 403
        assert "chỉ được xem" in answer.text
    assert snapshot(opened) == before


def test_looking_changes_nothing(opened: Office, lan: Browser) -> None:
    before = snapshot(opened)
    seen: set[str] = set()
    kinds: Counter[str] = Counter()
    waiting = ["/", "/messages", "/outbox", "/health", "/units/P09"]
    while waiting:
        path = waiting.pop(0)
        kind = re.sub(r"[0-9a-f]{40}|\d+|=[^&]*", "0", path)
        # Three of a kind show what a hundred would.
        if path in seen or kinds[kind] == 3:
            continue
        kinds[kind] += 1
        seen.add(path)
        answer = lan.get(path)
        assert answer.code in (200, 303, 503), path
        waiting += re.findall(r'href="(/[^"#]*)"', answer.text.replace("&amp;", "&"))
    # What is a form's business alone is no page.
    for path in FORMS:
        assert lan.get(path.format(held=1)).code in (404, 405)
    assert len(seen) > 60
    assert any("/files/" in path for path in seen)
    assert any("/export/" in path for path in seen)
    assert snapshot(opened) == before


def test_a_user_who_is_taken_out_is_out_at_the_next_click(
    parts: Parts, tmp_path: Path
) -> None:
    users = tmp_path / "users"
    users.write_text(USERS, "utf-8")
    entrance = replace(parts.entrance, users=Users(users))
    lan = Browser(make_app(replace(parts, entrance=entrance)))
    lan.log_in("lan", "mot")
    assert lan.get("/").code == 200
    cookies = dict(lan.cookies)
    users.write_text(USERS.replace("lan:", "hoa:"), "utf-8")
    assert lan.get("/").code == 303
    # A password that was changed ends what was begun with the old one.
    users.write_text(USERS.replace("mot", "").replace("p=1$", "p=1$A", 1), "utf-8")
    lan.cookies = cookies
    assert lan.get("/").code == 303


def test_a_session_that_was_ended_is_worth_nothing_anywhere(lan: Browser) -> None:
    kept = dict(lan.cookies)
    assert lan.send("/", "/logout").code == 303
    lan.cookies = kept
    assert lan.get("/").code == 303


def test_a_session_ends_by_itself(parts: Parts, lan: Browser) -> None:
    late = FixedClock(parts.clock.now() + timedelta(hours=12, minutes=1))
    later = Browser(make_app(replace(parts, clock=late)), cookies=dict(lan.cookies))
    assert later.get("/").code == 303


@pytest.mark.parametrize("change", ["x", "A", "."])
def test_a_cookie_that_we_did_not_write_is_none(lan: Browser, change: str) -> None:
    lan.cookies = {name: text + change for name, text in lan.cookies.items()}
    assert lan.get("/").code == 303


def cookie_of(browser: Browser, **headers: str) -> str:
    browser.headers = dict(headers)
    lines = browser.log_in("lan", "mot").headers["set-cookie"].splitlines()
    return next(line for line in lines if line.startswith("hopthu_session"))


def test_the_cookie_is_for_the_server_alone_and_for_https_where_there_is_one(
    parts: Parts,
) -> None:
    plain = cookie_of(Browser(make_app(parts)))
    assert "HttpOnly" in plain
    assert "SameSite=lax" in plain
    assert "Secure" not in plain
    behind = Browser(make_app(parts))
    assert "Secure" in cookie_of(behind, x_forwarded_proto="https")


def test_below_a_prefix_everything_works(parts: Parts) -> None:
    entrance = replace(parts.entrance, prefix="/dan-van")
    lan = Browser(make_app(replace(parts, entrance=entrance)), prefix="/dan-van")
    answer = lan.send(
        "/login", "/login", username="lan", password="mot", next="/dan-van/outbox"
    )
    assert answer.headers["location"] == "/dan-van/outbox"
    for path in ("/", "/messages", "/messages/1", "/outbox", "/units/P09", "/health"):
        answer = lan.get(path)
        assert answer.code == 200
        for found in re.findall(r'(?:href|src|action|hx-get)="(/[^"]*)"', answer.text):
            assert found.startswith("/dan-van/"), found
    held = re.search(r'href="/dan-van/messages/(\d+)"', lan.get("/messages").text)
    assert held
    answer = lan.send(f"/messages/{held[1]}", f"/messages/{held[1]}/undo", event="1")
    assert answer.code == 409


@pytest.mark.parametrize(
    "next_page",
    ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:x", ""],
)
def test_nobody_is_led_away_by_his_login(parts: Parts, next_page: str) -> None:
    browser = Browser(make_app(parts))
    answer = browser.send(
        "/login", "/login", username="lan", password="mot", next=next_page
    )
    assert answer.headers["location"] == "/"


def test_with_an_address_of_its_own_the_page_answers_to_no_other(parts: Parts) -> None:
    names = replace(parts.entrance.names, url="https://hopthu.example/")
    site = replace(parts, entrance=replace(parts.entrance, names=names))
    for host, code in (
        ("hopthu.example", 303),
        ("127.0.0.1:8025", 303),
        ("evil.example", 403),
        ("hopthu.example.evil.example", 403),
        ("", 403),
    ):
        browser = Browser(make_app(site), headers={"host": host})
        assert browser.get("/").code == code, host
        assert browser.get("/healthz").code in (200, 503)


def test_a_form_that_is_too_large_is_not_read(lan: Browser) -> None:
    token = lan.token("/outbox")
    answer = lan.post("/outbox/retry", {"token": token, "x": "x" * 400_000})
    assert answer.code == 413


def test_a_body_that_is_no_form_is_not_read(lan: Browser) -> None:
    answer = lan.post("/outbox/retry", {"all": "1"}, content_type="application/json")
    assert answer.code == 415


def test_a_standby_says_so_and_shows_the_same(opened: Office, parts: Parts) -> None:
    now = parts.clock.now()
    standby = Browser(make_app(replace(parts, holder="another machine")))
    standby.log_in("lan", "mot")
    assert "dự phòng" not in standby.get("/health").text
    with opened.database.write() as connection:
        lease = take(connection, "fetch:x", "host/1/2/3", now, now + timedelta(hours=1))
        assert lease is not None
    working = Browser(make_app(replace(parts, holder="host/1/2/3")))
    working.log_in("lan", "mot")
    assert "dự phòng" in standby.get("/health").text
    assert "dự phòng" not in working.get("/health").text
    tables = (browser.get("/").text for browser in (standby, working))
    shown = [re.sub(r'value="[0-9a-f]{40}"', "", table) for table in tables]
    assert shown[0] == shown[1]


def test_a_long_cell_is_cut_in_lists(opened: Office, lan: Browser) -> None:
    text = "\u202e\x00<b>" + "dài " * 5000
    answer = lan.send(
        "/units/P09",
        "/units/P09/amend",
        number="1",
        column="title",
        text=text,
        why="thử",
    )
    assert answer.code == 303
    page = lan.get("/units/P09").text
    cells = re.findall(r"<(?:td|ins|del|option)[^>]*>(.*?)</", page, re.DOTALL)
    assert max(len(cell) for cell in cells) < 600
    assert "&lt;b&gt;dài" in page
    assert not re.search("[\u202e\x00]", page)
