"""`hopthu export`: the documents that the office hands on, by the file's ending."""

import argparse
import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from typing import BinaryIO

from daemon.commands.arguments import Common
from daemon.commands.issuing import issuer
from daemon.commands.office import UsageError, open_office
from daemon.exporting import ENDINGS, WHATS, Ending, Order, OrderError, write

#: Why a file cannot be written -> the sentence that says so.
_FAULTS = {
    errno.ENOENT: "file_folder_missing",
    errno.ENOTDIR: "file_folder_missing",
    errno.EISDIR: "file_is_folder",
    errno.EACCES: "file_read_only",
    errno.EPERM: "file_read_only",
    errno.EROFS: "file_read_only",
    errno.ENOSPC: "file_disk_full",
    errno.EDQUOT: "file_disk_full",
    errno.ENAMETOOLONG: "file_name_long",
}
#: Readable for the group as any file that a person saves; the umask takes from it.
_MODE = 0o666


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what, where to, and which part of it."""
    parser.add_argument("what", choices=WHATS)
    parser.add_argument("file", type=Path, metavar="FILE", help=".xlsx, .docx or .csv")
    parser.add_argument("--category", metavar="C", help="units of one category only")
    parser.add_argument("--unit", metavar="CODE", help="one unit only")
    parser.add_argument(
        "--field", metavar="N", type=int, help="works of one field only, by its number"
    )
    parser.add_argument(
        "--marked", action="store_true", help="works that `hopthu mark` chose only"
    )
    parser.add_argument(
        "--since",
        metavar="DATE",
        help="mark what is different from the beginning of that day (2021-06-07)",
    )


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Write the file, whole or not at all; 2 for what cannot be asked or written."""
    ending = _ending(arguments.file)
    with open_office(common) as office:
        order = Order(
            what=arguments.what,
            campaign=common.campaign and office.campaign.number,
            category=arguments.category,
            field=arguments.field,
            unit=arguments.unit,
            marked=arguments.marked,
            since=_moment(arguments.since, office.zone),
        )
        try:
            with office.database.read() as connection, whole(arguments.file) as file:
                write(connection, order, ending, issuer(office), file)
        except OrderError as error:
            raise UsageError(error.key, **error.parameters) from error
        except OSError as error:
            raise _unwritable(arguments.file, error) from error
    return 0


def _ending(file: Path) -> Ending:
    ending = file.suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        raise UsageError("ending_unknown", ending=file.suffix or file.name)
    return ending


def _moment(text: str | None, zone: tzinfo) -> datetime | None:
    """Return the beginning of a day in the office's zone."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UsageError("since_unreadable", value=text) from error
    return datetime.combine(day, time(), zone)


def _unwritable(path: Path, error: OSError) -> UsageError:
    key = _FAULTS.get(error.errno or 0, "file_unwritable")
    return UsageError(key, path=path, folder=path.parent, detail=error.strerror)


@contextmanager
def whole(given: Path) -> Iterator[BinaryIO]:
    """Yield a file beside `given` that takes its place when all is written.

    A file that is there keeps its rights, and one that is kept from being written is
    not replaced either. Raises OSError.
    """
    path = given.resolve()
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a directory")
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "is read-only")
    mode = path.stat().st_mode & 0o777 if path.exists() else _MODE & ~_umask()
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    made = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        made.chmod(mode)
        made.replace(path)
    finally:
        # Gone where all went well: it bears its real name by then.
        made.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
