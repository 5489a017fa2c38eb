"""The page over a real database: its figures are those of the one status query."""

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from urllib.error import HTTPError

import pytest
from sqlalchemy import event
from starlette.types import ASGIApp

from config.options import Web
from config.settings import shipped_settings
from config.units_file import load_units
from daemon.commands.arguments import Common
from daemon.commands.office import Office, read_desk
from daemon.commands.served import served
from daemon.page.app import make_app
from daemon.page.health import Health, health_of
from storage.archive import Archive
from storage.campaigns import put_campaigns
from storage.database import Database, open_database
from storage.folders import FolderState, save_folder
from storage.status import Status, read_health, read_status
from storage.units import take_in
from tests.builders.asgi import ask
from tests.builders.site import a_site
from tests.builders.statuses import NOW

PLAN = shipped_settings().campaigns[0]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    fresh = open_database(f"sqlite:///{tmp_path / 'hopthu.db'}")
    fresh.upgrade()
    units = load_units(shipped_settings().units, [c.code for c in PLAN.categories])
    with fresh.write() as connection:
        put_campaigns(connection, [PLAN])
        take_in(connection, units, "0" * 64, NOW)
    yield fresh
    fresh.close()


def status_of(database: Database) -> Status:
    with database.read() as connection:
        return read_status(connection, PLAN.number, NOW)


def an_app(database: Database) -> ASGIApp:
    def health() -> Health:
        with database.read() as connection:
            return health_of(read_health(connection, PLAN.number, NOW), NOW)

    parts = a_site(lambda: status_of(database), database=database, health=health)
    return make_app(replace(parts, campaign=PLAN))


def test_the_page_says_what_the_status_says(database: Database) -> None:
    status, page = status_of(database), ask(an_app(database)).text
    assert len(status.units) == 97
    for unit in status.units:
        assert f"<bdi>{unit.name}</bdi>" in page
    assert f"<dd>{status.totals['missing']}</dd>" in page
    assert f"<small>/{status.totals['expected']}</small>" in page
    for category in PLAN.categories:
        assert f"{category.name}: " in page


def test_health_follows_the_folders(database: Database) -> None:
    app = an_app(database)
    assert '"mailbox_none"' in ask(app, "/healthz").text
    well = FolderState("gmail", "INBOX", 1, last_success=NOW)
    for state, code in (
        (well, 200),
        (FolderState(**{**asdict(well), "healthy": False}), 503),
    ):
        with database.write() as connection:
            save_folder(connection, state)
        assert ask(app, "/healthz").code == code


@contextmanager
def asked_of(database: Database) -> Iterator[list[str]]:
    """Yield the statements that the database is asked until the block ends."""
    found: list[str] = []

    def hear(*told: object) -> None:
        found.append(str(told[2]))

    event.listen(database.engine, "before_cursor_execute", hear)
    try:
        yield found
    finally:
        event.remove(database.engine, "before_cursor_execute", hear)


@pytest.mark.parametrize(("path", "code", "times"), [("", 200, 1), ("healthz", 503, 0)])
def test_a_request_asks_for_the_units_no_oftener_than_it_shows_them(
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    code: int,
    times: int,
) -> None:
    # Without a configuration the desk is the shipped one.
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HOPTHU_CONFIG", raising=False)
    desk = read_desk(Common(None, NOW.isoformat(), "test", None), shipped=True)
    desk = replace(desk, settings=replace(desk.settings, web=Web(port=0)))
    office = Office(desk, database, Archive(tmp_path / "archive"), "test", "")
    with served(office) as url, asked_of(database) as statements:
        assert url is not None
        try:
            with urllib.request.urlopen(url + path, timeout=10) as answer:
                found = answer.status
        except HTTPError as error:
            found = error.code
    assert found == code
    assert any("folders" in statement for statement in statements)
    assert sum("unit_status" in statement for statement in statements) == times


def test_a_database_without_its_schema_is_a_page_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "hopthu.db"
    database = open_database(f"sqlite:///{path}")
    app = an_app(database)
    # Without its schema no query succeeds: the error is storage's, not SQLAlchemy's.
    answer = ask(app)
    assert answer.code == 503
    assert "Chưa đọc được số liệu" in answer.text
    assert '"database_unreachable"' in ask(app, "/healthz").text
    database.close()
