"""A fresh database for each test, once SQLite and once PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL

from storage.database import Database, open_database
from storage.tables import metadata
from tests.integration.storage.conftest import on_server


@pytest.fixture(scope="session")
def postgres(postgres_url: URL) -> Iterator[Database]:
    on_server(postgres_url, "CREATE DATABASE hopthu_records")
    url = postgres_url.set(database="hopthu_records")
    database = open_database(url.render_as_string(hide_password=False))
    database.upgrade()
    yield database
    database.close()


@pytest.fixture
def sqlite_database(sqlite_template: bytes, tmp_path: Path) -> Iterator[Database]:
    (tmp_path / "hopthu.db").write_bytes(sqlite_template)
    fresh = open_database(f"sqlite:///{tmp_path / 'hopthu.db'}")
    yield fresh
    fresh.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_database")
        return
    shared: Database = request.getfixturevalue("postgres")
    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    with shared.write() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    yield shared
