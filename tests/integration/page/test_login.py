"""Logins: which are right, how many may be wrong, and what is said of neither."""

import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from daemon.clock import FixedClock
from daemon.page.app import make_app
from daemon.page.login import MOST_NAME, MOST_PEER, WINDOW
from storage.database import Database, open_database
from tests.builders.site import USERS, Browser, a_site
from tests.builders.statuses import NOW


@pytest.fixture
def users(tmp_path: Path) -> Path:
    path = tmp_path / "users"
    path.write_text(USERS, "utf-8")
    return path


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    fresh = open_database(f"sqlite:///{tmp_path / 'hopthu.db'}")
    fresh.upgrade()
    yield fresh
    fresh.close()


def a_browser(database: Database, users: Path, **named: object) -> Browser:
    client = named.pop("client", ("127.0.0.1", 50000))
    parts = a_site(users=users, database=database, **named)
    return Browser(make_app(parts), client=client)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("lan", "hai"),
        ("lan", ""),
        ("lan", "mot "),
        ("lan:decide", "mot"),
        ("nobody", "mot"),
        ("# who may look and decide", ""),
        ("lan", "x" * 5000),
    ],
)
def test_a_wrong_password_does_not_let_in(
    database: Database, users: Path, name: str, password: str
) -> None:
    answer = a_browser(database, users).log_in(name, password)
    assert answer.code == 401
    assert "hopthu_session" not in answer.headers["set-cookie"]
    assert "Tên hoặc mật khẩu chưa đúng" in answer.text
    assert "x" * 100 not in answer.text


def test_the_right_password_lets_in(database: Database, users: Path) -> None:
    browser = a_browser(database, users)
    assert browser.log_in("lan", "mot").code == 303
    assert browser.get("/").code == 200


@pytest.mark.parametrize("name", ["lan", "nobody"])
def test_after_so_many_wrong_ones_even_the_right_one_waits(
    database: Database, users: Path, name: str
) -> None:
    browser = a_browser(database, users)
    for _ in range(MOST_NAME):
        assert browser.log_in(name, "sai").code == 401
    # Another daemon, started since, knows of them too; and so does another address.
    other = a_browser(database, users, client=("192.0.2.9", 1))
    answer = other.log_in(name.upper(), "mot")
    assert answer.code == 429
    assert 0 < int(answer.headers["retry-after"]) <= WINDOW.total_seconds()
    assert "Đã thử quá nhiều lần" in answer.text
    # Nobody else is kept out by it, and in a quarter of an hour nobody is.
    assert browser.log_in("minh", "hai").code == 303
    later = FixedClock(NOW + WINDOW + timedelta(seconds=1))
    again = a_browser(database, users, clock=later)
    assert again.log_in("lan", "mot").code == 303


def test_one_address_cannot_try_name_after_name(
    database: Database, users: Path
) -> None:
    browser = a_browser(database, users)
    for number in range(MOST_PEER):
        assert browser.log_in(f"user{number}", "sai").code == 401
    assert browser.log_in("lan", "mot").code == 429
    elsewhere = a_browser(database, users, client=("192.0.2.9", 1))
    assert elsewhere.log_in("lan", "mot").code == 303


def test_right_ones_are_not_counted(database: Database, users: Path) -> None:
    browser = a_browser(database, users)
    for _ in range(MOST_NAME + 2):
        assert browser.log_in("lan", "mot").code == 303


def test_a_form_of_another_browser_logs_nobody_in(
    database: Database, users: Path
) -> None:
    browser, other = a_browser(database, users), a_browser(database, users)
    token = other.token("/login")
    browser.get("/login")
    given = {"token": token, "username": "lan", "password": "mot"}
    answer = browser.post("/login", given)
    assert answer.code == 403
    assert browser.post("/login", {**given, "token": ""}).code == 403
    fresh = a_browser(database, users)
    assert fresh.post("/login", {**given, "token": ""}).code == 403


def test_whether_there_is_such_a_user_cannot_be_told_from_the_time(
    database: Database, users: Path
) -> None:
    browser = a_browser(database, users)
    browser.log_in("nobody", "sai")
    times = {}
    for name in ("lan", "nobody"):
        start = time.process_time()
        assert browser.log_in(name, "sai").code == 401
        times[name] = time.process_time() - start
    # The test's own hashes cost nothing; one of nobody's costs what a real one does.
    assert times["nobody"] > times["lan"] / 10


def test_no_name_and_no_password_stands_in_the_log(
    database: Database, users: Path, caplog: pytest.LogCaptureFixture
) -> None:
    logger = logging.getLogger("hopthu")
    logger.propagate = True
    with caplog.at_level(logging.DEBUG, "hopthu"):
        browser = a_browser(database, users)
        browser.log_in("lan", "bí mật")
        browser.log_in("lan", "mot")
    told = [str(record.__dict__) for record in caplog.records]
    assert told
    assert not any("bí mật" in text or "'lan'" in text for text in told)


def test_a_users_file_that_is_gone_lets_nobody_in(
    database: Database, users: Path
) -> None:
    browser = a_browser(database, users)
    browser.log_in("lan", "mot")
    users.unlink()
    assert browser.get("/").code == 303
    assert browser.log_in("lan", "mot").code == 401


def test_while_the_database_is_away_whoever_is_in_sees_the_last_figures(
    database: Database, users: Path, tmp_path: Path
) -> None:
    parts = a_site(users=users, database=database)
    browser = Browser(make_app(parts))
    browser.log_in("lan", "mot")
    away = replace(parts, database=open_database(f"sqlite:///{tmp_path / 'no.db'}"))
    without = Browser(make_app(away), cookies=dict(browser.cookies))
    assert without.get("/").code == 200
    assert without.get("/messages").code == 503
    assert without.log_in("lan", "mot").code == 503
