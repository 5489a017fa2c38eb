"""Both databases, empty, for parts of the daemon that need nothing else."""

from tests.integration.storage.conftest import (  # noqa: F401
    database,
    database_url,
    postgres_template,
    postgres_url,
    sqlite_template,
)
