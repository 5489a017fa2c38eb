"""Which path answers what to whom: codes, headers, methods, prefix, Host."""

import json

import pytest

from daemon.page.health import Health
from storage.errors import StorageError, TemporaryStorageError
from storage.status import Status
from tests.builders.asgi import Answer, ask
from tests.builders.site import an_app
from tests.builders.statuses import NOW, a_line, a_status

SAFE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
}
WELL = Health(True, NOW)
TABLE = "Tình hình 41-KH/QU"


def is_guarded(answer: Answer) -> bool:
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    return SAFE.items() <= answer.headers.items()


def test_the_table_is_html_in_utf_8_and_never_kept() -> None:
    answer = ask(an_app())
    assert answer.code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert TABLE in answer.text


def test_health_is_200_and_says_when() -> None:
    answer = ask(an_app(), "/healthz")
    assert answer.code == 200
    assert answer.headers["content-type"] == "application/json"
    assert json.loads(answer.text) == {
        "healthy": True,
        "as_of": "2021-06-08T09:00:00+07:00",
        "faults": [],
    }


def test_a_fault_makes_health_503_and_is_named() -> None:
    answer = ask(
        an_app(health=lambda: Health(False, NOW, ("outbox_failed: 2",))), "/healthz"
    )
    assert answer.code == 503
    assert json.loads(answer.text)["healthy"] is False
    assert json.loads(answer.text)["faults"] == ["outbox_failed: 2"]


@pytest.mark.parametrize("path", ["/", "/healthz", "/style.css", "/nothing"])
def test_every_answer_carries_the_security_headers(path: str) -> None:
    assert is_guarded(ask(an_app(), path))
    assert is_guarded(ask(an_app(guest=None), path))


def test_the_style_sheet_is_ours_and_its_address_changes_with_it() -> None:
    page = ask(an_app()).text
    address = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    answer = ask(an_app(), address)
    assert answer.code == 200
    assert address.startswith("/style.css?v=")
    assert answer.headers["content-type"].startswith("text/css")
    assert "@page" in answer.text


def test_an_unknown_path_is_a_page_and_does_not_repeat_the_path() -> None:
    answer = ask(an_app(), "/nothing/<script>")
    assert answer.code == 404
    assert "Không có trang này" in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    "path", ["//", "/healthz/", "/../etc/passwd", "/style.css/..", "/templates", "/."]
)
def test_no_forced_path_leads_anywhere(path: str) -> None:
    answer = ask(an_app(), path, headers={"host": "evil.example"})
    assert answer.code == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/healthz", "/style.css"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "X"])
def test_nothing_but_looking_is_taken(path: str, method: str) -> None:
    answer = ask(an_app(), path, method)
    assert answer.code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert is_guarded(answer)


@pytest.mark.parametrize("path", ["/", "/healthz", "/style.css"])
def test_head_answers_as_get_does(path: str) -> None:
    get, head = ask(an_app(), path), ask(an_app(), path, "HEAD")
    assert (head.code, head.headers) == (get.code, get.headers)


def test_without_logins_an_open_port_shows_no_table_but_its_health() -> None:
    asked: list[int] = []

    def status() -> Status:
        asked.append(1)
        return a_status([a_line(name="Phường 9")])

    app = an_app(status, guest=None)
    answer = ask(app)
    assert answer.code == 403
    assert "chỉ mở được trên chính máy" in answer.text
    assert "Phường 9" not in answer.text
    assert asked == []
    assert ask(app, "/healthz").code == 200


@pytest.mark.parametrize("peer", ["192.0.2.7", "10.0.0.1", "::ffff:192.0.2.7", "x"])
def test_a_peer_from_elsewhere_sees_no_table_whatever_the_caller_said(
    peer: str,
) -> None:
    assert ask(an_app(), client=(peer, 1)).code == 403
    forged = {"x-forwarded-for": "127.0.0.1", "host": "localhost"}
    assert ask(an_app(), client=(peer, 1), headers=forged).code == 403
    assert ask(an_app(), client=None).code == 403


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:80", "127.0.0.1:8025", "127.8.8.8", "[::1]:8025"]
)
def test_this_machine_has_several_names(host: str) -> None:
    assert ask(an_app(), headers={"host": host}).code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example:80", "127.0.0.1.evil.example", "", "[::"],
)
def test_a_foreign_name_for_this_machine_sees_no_table(host: str) -> None:
    answer = ask(an_app(), headers={"host": host})
    assert answer.code == 403
    assert "evil" not in answer.text
    assert ask(an_app(), "/healthz", headers={"host": host}).code == 200


def test_below_a_prefix_everything_answers_and_nothing_outside() -> None:
    app = an_app(prefix="/dan-van/hopthu")
    for path in ("/dan-van/hopthu", "/dan-van/hopthu/"):
        answer = ask(app, path)
        assert answer.code == 200
        assert 'href="/dan-van/hopthu/style.css?v=' in answer.text
    assert ask(app, "/dan-van/hopthu/healthz").code == 200
    assert ask(app, "/dan-van/hopthu/style.css").code == 200
    for path in ("/", "/healthz", "/style.css", "/dan-van", "/dan-van/hopthu2"):
        answer = ask(app, path)
        assert answer.code == 404
        if "<a " in answer.text:
            assert 'href="/dan-van/hopthu/"' in answer.text


class Database:
    """A database that can be made to fail."""

    def __init__(self) -> None:
        self.fault: Exception | None = None

    def status(self) -> Status:
        if self.fault:
            raise self.fault
        return a_status([a_line(name="Phường 9", state="complete")])

    def health(self) -> Health:
        self.status()
        return WELL


def test_while_the_database_is_away_the_last_figures_stay_with_their_age() -> None:
    database = Database()
    app = an_app(database.status, health=database.health)
    assert "lần cuối, lúc" not in ask(app).text
    database.fault = TemporaryStorageError("locked: /secret/path")
    answer = ask(app)
    assert answer.code == 200
    assert "Phường 9" in answer.text
    assert "Cơ sở dữ liệu không trả lời" in answer.text
    assert "lần cuối, lúc 09:00:00 ngày 08/06/2021" in answer.text
    assert "secret" not in answer.text
    database.fault = None
    assert "lần cuối, lúc" not in ask(app).text


def test_a_database_that_never_answered_is_a_page_of_its_own() -> None:
    database = Database()
    database.fault = StorageError("no such table")
    app = an_app(database.status, health=database.health)
    answer = ask(app)
    assert answer.code == 503
    assert "Chưa đọc được số liệu" in answer.text
    assert is_guarded(answer)
    health = ask(app, "/healthz")
    assert health.code == 503
    assert json.loads(health.text) == {
        "healthy": False,
        "as_of": None,
        "faults": ["database_unreachable"],
    }


def test_health_of_a_lost_database_says_when_it_was_last_seen() -> None:
    database = Database()
    app = an_app(database.status, health=database.health)
    ask(app, "/healthz")
    database.fault = TemporaryStorageError("gone")
    answer = ask(app, "/healthz")
    assert answer.code == 503
    assert json.loads(answer.text)["as_of"] == "2021-06-08T09:00:00+07:00"


def test_a_fault_of_ours_is_a_guarded_page_without_its_trace() -> None:
    def broken() -> Status:
        raise RuntimeError("/home/secret")

    answer = ask(an_app(broken))
    assert answer.code == 500
    assert is_guarded(answer)
    assert "Chương trình gặp lỗi" in answer.text
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
