"""A post office for tests: a database, a clock that is moved by hand, an SMTP sink."""

import threading
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from daemon.compose import ComposeInput, compose
from daemon.dispatch import Dispatch, Report, SmtpAccount
from parsers.values.outbox import ComposedMail, NewItem
from storage.database import Database, open_database
from storage.outbox import DueItem, enqueue, frozen
from storage.outbox_lists import OutboxLine, find_item
from tests.builders.answer import OFFICE
from tests.builders.decisions import NOW, an_item
from tests.builders.outbox import ROOMY
from tests.integration.storage.conftest import (  # noqa: F401
    database,
    database_url,
    postgres_template,
    postgres_url,
    sqlite_template,
)
from tests.neighbours.sink import Hold, Sink, listening

SENDER = "bandanvanq3@gmail.com"


@dataclass
class HandClock:
    """Stands still until it is moved."""

    instant: datetime = NOW

    def now(self) -> datetime:
        return self.instant

    def move(self, **by: float) -> None:
        self.instant += timedelta(**by)


def composer(item: DueItem) -> ComposedMail:
    """Compose as the office does."""
    given = ComposeInput(
        item.kind, item.purpose, item.key, item.to, item.facts, item.created
    )
    return compose(given, OFFICE)


def answers(number: int, start: int = 0) -> list[NewItem]:
    """Return answers that report a version, to as many addresses."""
    return [
        an_item(
            f"{n:064x}:decision",
            f"u{n}@q3.example",
            purpose="decision",
            reports_version=True,
        )
        for n in range(start, start + number)
    ]


@dataclass
class Post:
    """The outbox and who sends it."""

    database: Database
    sink: Sink
    folder: Path
    clock: HandClock = field(default_factory=HandClock)
    account: dict[str, Any] = field(default_factory=dict)

    def queue(self, *items: NewItem) -> list[int]:
        with self.database.write() as connection:
            pairs = [(None, item) for item in items]
            return list(enqueue(connection, pairs, self.clock.now(), "hopthu"))

    def smtp(self, **named: Any) -> SmtpAccount:
        usual: dict[str, Any] = {
            "host": "127.0.0.1",
            "port": self.sink.port,
            "security": "none",
            "sender": SENDER,
            "silence": 20.0,
            "patience": 20.0,
        }
        return SmtpAccount(**{**usual, **self.account, **named})

    def dispatch(self, **named: Any) -> Dispatch:
        usual: dict[str, Any] = {
            "database": self.database,
            "clock": self.clock,
            "compose": composer,
            "account": self.smtp(),
            "budget": ROOMY,
            "holder": "here/1/1",
            "folders": {"dien-dan": self.folder / "tra-loi"},
        }
        return Dispatch(**{**usual, **named})

    def pass_over(self, **named: Any) -> Report:
        return self.dispatch(**named).pass_over()

    def line(self, ident: int) -> OutboxLine:
        with self.database.read() as connection:
            found = find_item(connection, ident)
        assert found is not None
        return found

    def state(self, ident: int) -> tuple[str, str | None]:
        return self.line(ident).state, self.line(ident).reason

    def states(self, idents: Collection[int]) -> list[tuple[str, str | None]]:
        return [self.state(ident) for ident in idents]

    def bytes_of(self, ident: int) -> bytes | None:
        with self.database.read() as connection:
            return frozen(connection, ident)


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture
def sink(certificates: Path) -> Iterator[Sink]:
    with listening(Sink(), certificates) as server:
        yield server


@pytest.fixture
def guarded_sink(certificates: Path) -> Iterator[Sink]:
    """A sink that wants the password `pw-geheim-99`."""
    with listening(Sink(), certificates, password="pw-geheim-99") as server:
        yield server


@pytest.fixture
def sqlite_database(sqlite_template: bytes, tmp_path: Path) -> Iterator[Database]:  # noqa: F811
    (tmp_path / "post.db").write_bytes(sqlite_template)
    opened = open_database(f"sqlite:///{tmp_path / 'post.db'}")
    yield opened
    opened.close()


@pytest.fixture
def post(sqlite_database: Database, sink: Sink, tmp_path: Path) -> Post:
    """The post office on SQLite."""
    return Post(sqlite_database, sink, tmp_path)


@pytest.fixture
def post_on_both(database: Database, sink: Sink, tmp_path: Path) -> Post:  # noqa: F811
    """The post office on SQLite and on PostgreSQL."""
    return Post(database, sink, tmp_path)


@pytest.fixture
def hold() -> Iterator[Callable[[], Hold]]:
    """Silences of the server, all of which end with the test."""
    over = threading.Event()
    yield lambda: Hold(over)
    over.set()
