"""Office packages that are the same bytes for the same content, whenever they are made.

It reads no document; it copies the members of one zip into another.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

#: When every document says that it was made: nothing in it depends on the clock.
MADE = datetime(2000, 1, 1, tzinfo=UTC)
#: The first moment that a zip can name.
_STAMP = (1980, 1, 1, 0, 0, 0)
#: Bytes up to which a package is put together in memory.
_IN_MEMORY = 1024 * 1024


@contextmanager
def scratch() -> Iterator[IO[bytes]]:
    """Yield a file that is gone afterwards; in memory as long as it is small."""
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        yield file


def member(package: ZipFile, name: str) -> IO[bytes]:
    """Open a member for writing, under a stamp that is always the same."""
    info = ZipInfo(name, _STAMP)
    info.compress_type = ZIP_DEFLATED
    return package.open(info, "w")


def steady(source: IO[bytes], target: BinaryIO) -> None:
    """Copy a package, member by member in order, without its times and owners."""
    with ZipFile(source) as made, ZipFile(target, "w", ZIP_DEFLATED) as package:
        for name in made.namelist():
            with made.open(name) as old, member(package, name) as new:
                shutil.copyfileobj(old, new)
