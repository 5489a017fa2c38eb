"""The directory door: files that stood still are read, and the ledger remembers them.

Files stay where they are. It decides nothing about a mail.
"""

import threading
import time
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from daemon import journal
from daemon.arrivals import Kept, Strongroom
from daemon.filed import Entry, keep_files
from daemon.mailbox import directory
from daemon.mailbox.directory import Sighting, Stamp
from daemon.mailbox.errors import MailboxError
from daemon.mailbox.files import NotMail, only_mails, path_text
from daemon.watch import HandOn
from storage import folders
from storage.database import Database

#: Seconds between two looks at the folder.
LOOK_SECONDS = 2.0
#: And where there is no folder.
MISSING_SECONDS = 60.0
#: An unchanged folder is written down as seen this often.
QUIET = timedelta(minutes=1)


class FolderMissingError(MailboxError):
    """The folder of a directory door is not there, or cannot be read."""


@dataclass(slots=True)
class DroppedFiles:
    """Collects one folder; used by one thread."""

    name: str
    path: Path
    room: Strongroom
    message_bytes: int
    sightings: Mapping[Path, Sighting] = field(default_factory=dict)

    def collect(self) -> Iterator[tuple[Kept, ...]]:
        """Yield what the folder has new, waiting once until new files stand still.

        Raises FolderMissingError, StorageError.
        """
        wait = yield from self.look()
        if wait is not None:
            time.sleep(wait)
            yield from self.look()

    def look(self) -> Generator[tuple[Kept, ...], None, float | None]:
        """Yield what stands still and is new; return seconds until more may."""
        scan = directory.scan(self.path, time.monotonic(), self.sightings)
        if scan.state == "missing":
            self._missing()
            raise FolderMissingError(path_text(self.path))
        state = self._state()
        read = read_before(self.room.database, self.name, scan.still)
        self.sightings = scan.sightings
        for stamp in scan.still:
            if stamp not in read:
                yield from self._file(stamp, not state.first_pass_done)
        self.sightings = scan.after_reading(*scan.still)
        self._save(state, len(scan.sightings), scan.wait is None)
        return scan.wait

    def _file(self, stamp: Stamp, first: bool) -> Iterator[tuple[Kept, ...]]:
        now = self.room.clock.now()
        faults: list[NotMail] = []
        found = directory.read(stamp, now, self.message_bytes)
        mails = only_mails(found, faults)
        for filed in keep_files(self.room, mails, Entry(self.name, "directory", first)):
            kept = tuple(one.kept for one in filed)
            journal.fetched(self.name, None, len(kept), sum(not k.new for k in kept))
            yield kept
        fault = faults[0].why if faults else None
        path = path_text(stamp.path)
        seen = folders.DroppedFile(path, stamp.size, stamp.mtime_ns, fault)
        with self.room.database.write() as connection:
            folders.save_files(connection, self.name, [seen])

    def _state(self) -> folders.FolderState:
        with self.room.database.read() as connection:
            return folders.folder_state(connection, self.name, "")

    def _missing(self) -> None:
        lost = replace(self._state(), healthy=False, fault="missing")
        with self.room.database.write() as connection:
            folders.save_folder(connection, lost)

    def _save(self, state: folders.FolderState, files: int, whole: bool) -> None:
        # The first pass is over when every file of it has stood still and was read.
        now = self.room.clock.now()
        saved = replace(
            state,
            on_server=files,
            first_pass_done=state.first_pass_done or whole,
            healthy=True,
            fault=None,
            last_success=now,
        )
        seen = state.last_success
        quiet = seen is not None and now - seen < QUIET
        if quiet and replace(saved, last_success=seen) == state:
            return
        with self.room.database.write() as connection:
            folders.save_folder(connection, saved)


def read_before(
    database: Database, mailbox: str, stamps: Sequence[Stamp]
) -> frozenset[Stamp]:
    """Return which of the files were read as they stand; raises StorageError."""
    if not stamps:
        return frozenset()
    paths = [path_text(stamp.path) for stamp in stamps]
    with database.read() as connection:
        read = folders.read_files(connection, mailbox, paths)
    known = {(path, file.size, int(file.mtime_ns)) for path, file in read.items()}
    return frozenset(
        s for s in stamps if (path_text(s.path), s.size, s.mtime_ns) in known
    )


@dataclass(slots=True)
class DirectoryWatcher:
    """Watches one folder; there is nothing to connect to."""

    files: DroppedFiles

    @property
    def name(self) -> str:
        """Return the mailbox's name."""
        return self.files.name

    def processed(self, messages: Collection[int]) -> None:
        """Leave the files as they are: there is nothing to mark."""

    def watch(self, hand_on: HandOn, stopping: threading.Event) -> None:
        """Look once, hand on what is new, wait."""
        try:
            for kept in self.files.look():
                hand_on(kept)
        except FolderMissingError as error:
            journal.mailbox_failed(self.name, error, MISSING_SECONDS)
            stopping.wait(MISSING_SECONDS)
            return
        stopping.wait(LOOK_SECONDS)
