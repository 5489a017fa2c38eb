"""The frozen DDL of the first schema, one file a database.

Until the first release `python -m storage.migrations.first.freeze` writes it anew from
`storage.tables` and `storage.views`; after it, a change is a step of its own.
"""

from importlib.resources import files

#: Between two statements of a file; no statement has an empty line within.
BREAK = "\n\n"


def statements(dialect: str) -> tuple[str, ...]:
    """Return the statements for `sqlite` or `postgresql`, in order."""
    text = files(__name__).joinpath(f"{dialect}.sql").read_text("utf-8")
    return tuple(part.strip() for part in text.split(BREAK) if part.strip())
