import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, inspect, text

from storage import migrations
from storage.columns import metadata
from storage.database import Database, open_database
from storage.errors import StorageError
from storage.migrations.first import statements
from storage.migrations.first.freeze import freeze
from tests.integration.storage.test_database import environment


def test_an_empty_database_gets_todays_schema(database: Database) -> None:
    with database.write() as connection:
        context = MigrationContext.configure(connection)
        differences = [
            found
            for found in compare_metadata(context, metadata)
            if "alembic_version" not in str(found)
        ]
    assert differences == []


def test_the_rules_of_the_schema_are_in_the_database(database: Database) -> None:
    looked = inspect(database.engine)
    assert {"unit_status", "versions_in_force"} <= set(looked.get_view_names())
    for table in metadata.sorted_tables:
        checks = {check["name"] for check in looked.get_check_constraints(table.name)}
        wanted = {str(c.name) for c in table.constraints if str(c.name)[:3] == "ck_"}
        uniques = {one["name"] for one in looked.get_unique_constraints(table.name)}
        unique = {str(c.name) for c in table.constraints if str(c.name)[:3] == "uq_"}
        assert len(checks) == len(wanted), table.name
        assert uniques >= unique, table.name


def test_the_frozen_schema_is_that_of_the_tables(tmp_path: Path) -> None:
    freeze(tmp_path)
    for dialect in ("sqlite", "postgresql"):
        now = (tmp_path / f"{dialect}.sql").read_text("utf-8")
        frozen = "\n\n".join(statements(dialect)) + "\n"
        assert frozen == now, "run: python -m storage.migrations.first.freeze"


def test_a_current_schema_costs_one_query(database: Database) -> None:
    asked: list[str] = []

    def hear(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(database.engine, "before_cursor_execute", hear)
    database.upgrade()
    queries = [statement for statement in asked if not statement.startswith("BEGIN")]
    assert queries == ["SELECT version_num FROM alembic_version"]


LATER = """
import sys
from storage.database import open_database
open_database(sys.argv[1]).upgrade()
sys.exit("alembic" in sys.modules)
"""


def test_a_current_schema_does_not_wake_the_migration_tool(database_url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LATER, database_url], env=environment()
    )
    assert done.returncode == 0


def test_programs_that_start_at_once_do_not_collide(empty_url: str) -> None:
    command = [sys.executable, "-c", LATER, empty_url]
    running = [subprocess.Popen(command, env=environment()) for _ in range(3)]
    codes = [process.wait(60) for process in running]
    # 1 says that the tool was loaded: by the one that worked, at least.
    assert set(codes) <= {0, 1}
    assert 1 in codes
    database = open_database(empty_url)
    with database.read() as connection:
        told = connection.execute(text("SELECT version_num FROM alembic_version"))
        assert told.scalars().all() == [migrations.KNOWN[-1]]
    database.close()


def test_a_newer_schema_is_refused(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="newer"):
        database.upgrade()


def test_a_step_that_fails_leaves_nothing_behind(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = (*statements("sqlite")[:2], "CREATE TABLE oops (")
    monkeypatch.setattr("storage.migrations.first.statements", lambda _: broken)
    database = open_database(empty_url)
    with pytest.raises(StorageError):
        database.upgrade()
    assert inspect(database.engine).get_table_names() == []
    monkeypatch.undo()
    database.upgrade()
    assert "messages" in inspect(database.engine).get_table_names()
    database.close()


def test_the_steps_are_one_chain_that_ends_where_the_program_is() -> None:
    database = open_database("sqlite://")
    database.upgrade()
    with database.read() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    assert found == migrations.KNOWN[-1]
