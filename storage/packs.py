"""Pack files: one immutable file a batch, each record saying itself what it is.

A pack is whole and durable under its name, or it is not there. Which records count is
the index's matter (`storage.archive`), and no path leaves these two modules.
"""

import contextlib
import errno
import hashlib
import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from storage.durable import flush_folder
from storage.errors import (
    DamagedArchiveError,
    StorageError,
    TemporaryStorageError,
)

#: Bytes that are held at once when a record is only looked at or copied.
_CHUNK = 1 << 20
_PACK, _UNFINISHED = ".pack", ".part"
#: The disk, a quota, or a limit on the size of one file.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class Record:
    """The head of one record; `digest` is the SHA-256 of its `length` bytes."""

    kind: str
    key: str
    digest: str
    length: int

    @property
    def line(self) -> bytes:
        """Return the line that stands before the bytes."""
        told = f"hopthu-archive 1 {self.kind} {self.key} {self.digest} {self.length}\n"
        return told.encode("ascii")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a record's bytes stand: `offset` is that of the first, from 0."""

    pack: str
    offset: int
    length: int


class PackFolder:
    """One folder of packs, kept to its owner; made with the first pack."""

    __slots__ = ("_folder",)

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, records: Sequence[tuple[Record, bytes | Span]]) -> tuple[Span, ...]:
        """Write one pack with two flushes and return where each record stands.

        The bytes of a Span are copied from its pack as they are. Durable when it
        returns. Raises TemporaryStorageError where there is no room, StorageError
        where the disk refuses: the pack is then not there, and whoever tries again
        does so with a new file, never by flushing the old descriptor once more.
        """
        name = _name([record for record, _ in records])
        unfinished = self._folder / f"{name}.{secrets.token_hex(8)}{_UNFINISHED}"
        try:
            self._prepare()
            spans = self._fill(unfinished, name, records)
            unfinished.replace(self._path(name))
            flush_folder(self._folder)
        except OSError as error:
            # A disk that refuses the file may refuse to forget it, too.
            with contextlib.suppress(OSError):
                _forget(unfinished)
            raise _refused(error) from error
        except StorageError:
            _forget(unfinished)
            raise
        return spans

    def _fill(
        self,
        path: Path,
        name: str,
        records: Sequence[tuple[Record, bytes | Span]],
    ) -> tuple[Span, ...]:
        spans = []
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with open(descriptor, "wb", buffering=_CHUNK) as file:
            offset = 0
            for record, source in records:
                offset += file.write(record.line)
                spans.append(Span(name, offset, record.length))
                self._put(file, source)
                offset += record.length + file.write(b"\n")
            file.flush()
            os.fsync(file.fileno())
        return tuple(spans)

    def _put(self, file: BinaryIO, source: bytes | Span) -> None:
        if isinstance(source, bytes):
            file.write(source)
            return
        for piece in self.pieces(source):
            file.write(piece)

    def pieces(self, span: Span) -> Iterator[bytes]:
        """Yield the bytes in pieces of at most 1 MiB.

        Raises DamagedArchiveError where the pack is gone or too short.
        """
        try:
            with open(self._path(span.pack), "rb", buffering=0) as file:
                file.seek(span.offset)
                left = span.length
                while left:
                    piece = file.read(min(left, _CHUNK))
                    if not piece:
                        raise DamagedArchiveError(f"{span.pack} is cut short")
                    left -= len(piece)
                    yield piece
        except FileNotFoundError as error:
            raise DamagedArchiveError(f"{span.pack} is gone") from error
        except OSError as error:
            raise StorageError(f"{span.pack} cannot be read: {error}") from error

    def holds(self, spans: Sequence[Span]) -> bool:
        """Say whether every span lies within a pack that is there."""
        ends: dict[str, int] = {}
        for span in spans:
            ends[span.pack] = max(ends.get(span.pack, 0), span.offset + span.length)
        return all(self._size(pack) >= end for pack, end in ends.items())

    def _size(self, pack: str) -> int:
        try:
            return self._path(pack).stat().st_size
        except FileNotFoundError:
            return -1

    def unfinished_before(self, moment: float) -> tuple[str, ...]:
        """Return names of files that nobody finished; `moment` in Unix seconds."""
        return self._older(_UNFINISHED, moment)

    def packs_before(self, moment: float) -> tuple[str, ...]:
        """Return the names of packs last written before that, in Unix seconds."""
        return tuple(name.removesuffix(_PACK) for name in self._older(_PACK, moment))

    def _older(self, ending: str, moment: float) -> tuple[str, ...]:
        try:
            with os.scandir(self._folder) as entries:
                found = [
                    entry.name
                    for entry in entries
                    if entry.name.endswith(ending) and entry.stat().st_mtime < moment
                ]
        except FileNotFoundError:
            return ()
        return tuple(sorted(found))

    def touch(self, pack: str) -> None:
        """Let a pack count as written now, so that it is swept a day from here."""
        try:
            os.utime(self._path(pack))
        except OSError as error:
            raise DamagedArchiveError(f"{pack} is gone") from error

    def remove_unfinished(self, name: str) -> None:
        """Remove a file that `unfinished_before` named."""
        _forget(self._folder / name)

    def remove_pack(self, pack: str) -> None:
        """Remove a pack that nothing points to."""
        _forget(self._path(pack))

    def _path(self, pack: str) -> Path:
        return self._folder / f"{pack}{_PACK}"

    def _prepare(self) -> None:
        if self._folder.is_dir():
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The new folder's own name must last as well as what is put into it.
        flush_folder(self._folder.parent)
        flush_folder(self._folder.parent.parent)


def _name(records: Sequence[Record]) -> str:
    # Named by what it holds: the same batch again after a crash is the same file.
    told = hashlib.sha256(b"".join(record.line for record in records))
    return told.hexdigest()[:40]


def _forget(path: Path) -> None:
    path.unlink(missing_ok=True)


def _refused(error: OSError) -> StorageError:
    if error.errno in _NO_ROOM:
        return TemporaryStorageError(f"no room for the archive: {error.strerror}")
    return StorageError(f"the archive cannot be written: {error.strerror}")
