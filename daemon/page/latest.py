"""The last status and health that could be read, for when the database cannot be.

The page stays up: old figures with their age are better than none. It repeats nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from daemon import journal
from daemon.page.health import Health
from storage.errors import StorageError
from storage.status import Status

DATABASE = "database_unreachable"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a request may show; both None where nothing could ever be read."""

    status: Status | None
    health: Health | None
    fresh: bool

    @property
    def faults(self) -> tuple[str, ...]:
        """Return what is wrong; of old faults nobody knows whether they still are."""
        return self.health.faults if self.fresh and self.health else (DATABASE,)


@dataclass(slots=True)
class Latest:
    """Reads anew for every request, and remembers; used by several threads."""

    status: Callable[[], Status]
    health: Callable[[], Health]
    _status: Status | None = None
    _health: Health | None = None

    def look(self, whole: bool = True) -> Seen:
        """Return health and, if `whole`, status: as they are, or as they last were."""
        try:
            if whole:
                self._status = self.status()
            self._health = self.health()
        except StorageError as error:
            journal.database_failed(error)
            return Seen(self._status, self._health, fresh=False)
        return Seen(self._status, self._health, fresh=True)
