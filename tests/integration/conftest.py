"""Real neighbours that several tests share."""

import itertools
from collections.abc import Iterator

import pytest

from tests.neighbours import dovecot as neighbour
from tests.neighbours.dovecot import Dovecot

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A real IMAP server; where Dovecot is not installed its tests fail."""
    server = neighbour.start()
    yield server
    server.stop()


@pytest.fixture
def user(dovecot: Dovecot) -> str:
    """A user of the server whom no other test knows."""
    name = f"user{next(_numbers)}"
    dovecot.record(name)
    return name
