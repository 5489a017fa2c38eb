"""The neighbours of a world, and worlds of both databases."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from tests import neighbours
from tests.faults.world import Place, World, build, kill, started
from tests.integration.conftest import dovecot as dovecot
from tests.integration.conftest import user as user
from tests.integration.storage.conftest import fresh
from tests.integration.storage.conftest import postgres_url as postgres_url
from tests.neighbours.dovecot import Dovecot
from tests.neighbours.sink import Sink, listening

Make = Callable[..., World]


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Sink]:
    with listening(Sink(), tmp_path) as found:
        yield found


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database that is not there yet, or has no schema."""
    if request.param == "sqlite":
        neighbours.used(f"SQLite {sqlite3.sqlite_version}")
        yield f"sqlite:///{tmp_path / 'world' / 'hopthu.db'}"
        return
    url: URL = request.getfixturevalue("postgres_url")
    yield from fresh(url, "template1")


@pytest.fixture
def make(
    dovecot: Dovecot, user: str, sink: Sink, database: str, tmp_path: Path
) -> Iterator[Make]:
    """Yield what builds a world of the test's own mailbox; its commands end with it."""

    def made(**named: object) -> World:
        place = Place(dovecot, user, sink, tmp_path / "world", database)
        return build(place, **named)  # type: ignore[arg-type]

    yield made
    while started:
        process = started.pop()
        if process.poll() is None:
            kill(process)
