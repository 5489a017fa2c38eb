"""The directory door: a folder into which people drop mail as files.

Files stay where they are and are read when they have stood still. It sends nothing and
keeps no ledger: what it saw of the files goes back to the caller and comes in again.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from daemon.mailbox.files import (
    Found,
    is_maildir,
    maildir_files,
    path_text,
    read_file,
    read_mail,
)

#: Seconds for which size and mtime must not change before a file is read.
STILL = 2.0
#: Where answers are written: never a source of mail.
ANSWERS = "tra-loi"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file as it stands: size in bytes, mtime in nanoseconds; one of a Maildir?"""

    path: Path
    size: int
    mtime_ns: int
    maildir: bool = False


@dataclass(frozen=True, slots=True)
class Sighting:
    """A file as it was seen last, since when (seconds of a clock that only rises)."""

    stamp: Stamp
    since: float
    read: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """What one look at the folder showed.

    `still` are files to read now; `sightings` come in again with the next scan;
    `wait` is in how many seconds another scan may find more, None if nothing moves.
    """

    still: tuple[Stamp, ...]
    sightings: Mapping[Path, Sighting]
    wait: float | None
    state: Literal["there", "missing"] = "there"

    def after_reading(self, *read: Stamp) -> Mapping[Path, Sighting]:
        """Return the sightings with `read` marked, so that they are not read again."""
        done = {stamp.path: stamp for stamp in read}
        return {
            path: replace(seen, read=True) if done.get(path) == seen.stamp else seen
            for path, seen in self.sightings.items()
        }


def stamps(folder: Path) -> Iterator[Stamp]:
    """Yield every file below `folder` as it stands, in sorted order.

    Hidden files and the folder of answers are left out. Raises OSError if the folder
    cannot be read.
    """
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name == ANSWERS:
            continue
        try:
            yield from _stamps_of(path)
        except OSError:
            # It was taken away between the listing and the look.
            continue


def _stamps_of(path: Path) -> Iterator[Stamp]:
    if path.is_symlink() and path.is_dir():
        return
    if not path.is_dir():
        yield _stamp(path)
    elif is_maildir(path):
        for mail in maildir_files(path):
            with suppress(FileNotFoundError):
                # A mail program renames a mail when somebody opens it.
                yield replace(_stamp(mail), maildir=True)
    else:
        yield from stamps(path)


def _stamp(path: Path) -> Stamp:
    told = path.stat()
    return Stamp(path, told.st_size, told.st_mtime_ns)


def scan(folder: Path, clock: float, before: Mapping[Path, Sighting]) -> Scan:
    """Return which files of `folder` have stood still and were not read as they are.

    `clock` is real seconds of a clock that only rises; `before` is what the last scan,
    or `after_reading`, gave back. A folder that is not there gives state `missing`.
    """
    try:
        standing = list(stamps(folder))
    except OSError:
        return Scan((), before, None, "missing")
    return judge(standing, clock, before)


def judge(standing: list[Stamp], clock: float, before: Mapping[Path, Sighting]) -> Scan:
    """Return the scan for files that stand as `standing` says; pure."""
    sightings: dict[Path, Sighting] = {}
    for stamp in standing:
        seen = before.get(stamp.path)
        known = seen is not None and seen.stamp == stamp
        sightings[stamp.path] = seen if seen and known else Sighting(stamp, clock)
    unread = [seen for seen in sightings.values() if not seen.read]
    still = tuple(s.stamp for s in unread if clock - s.since >= STILL)
    left = [STILL - (clock - s.since) for s in unread if clock - s.since < STILL]
    return Scan(still, sightings, min(left) if left else None)


def read(stamp: Stamp, now: datetime, message_bytes: int) -> Iterator[Found]:
    """Yield the mails of a file that stood still, and what is no mail.

    A file that has changed since gives all its mails again; the caller knows them by
    the digest of their bytes, so that an mbox that grew brings its new mails only.
    """
    if stamp.maildir:
        yield read_mail(stamp.path, path_text(stamp.path), now, message_bytes)
    else:
        yield from read_file(stamp.path, now, message_bytes)
