"""Write the first schema's DDL from the tables, for both databases.

It is run by hand, and never again once a release has left the house.
"""

from pathlib import Path

from sqlalchemy import Dialect
from sqlalchemy.engine import make_url
from sqlalchemy.schema import CreateIndex, CreateTable

from storage import tables as tables
from storage import views
from storage.columns import metadata
from storage.migrations.first import BREAK

_DIALECTS: dict[str, Dialect] = {
    "sqlite": make_url("sqlite+pysqlite://").get_dialect()(),
    "postgresql": make_url("postgresql+psycopg://").get_dialect()(),
}


def frozen(dialect: Dialect) -> str:
    """Return every statement of the schema as the tables say it now."""
    told = []
    for table in metadata.sorted_tables:
        told.append(str(CreateTable(table).compile(dialect=dialect)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        told += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    told += views.view_ddl()
    return BREAK.join(_tidy(statement) for statement in told) + "\n"


def _tidy(statement: str) -> str:
    lines = (line.rstrip() for line in statement.splitlines())
    return "\n".join(line for line in lines if line)


def freeze(folder: Path) -> None:
    """Write one file a database into the folder."""
    for name, dialect in _DIALECTS.items():
        (folder / f"{name}.sql").write_text(frozen(dialect), "utf-8")


if __name__ == "__main__":
    freeze(Path(__file__).parent)
