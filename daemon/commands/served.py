"""The status page beside the daemon, where the configuration wants it."""

from collections.abc import Iterator
from contextlib import contextmanager

from daemon.commands.office import Office


@contextmanager
def served(office: Office) -> Iterator[str | None]:
    """Yield the page's address; it is served until the block ends."""
    yield None
