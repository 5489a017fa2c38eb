"""Open rar and 7z through libarchive, a block at a time, from memory.

It trusts the library with nothing but the bytes: a crash of it costs its reader child.
No password is tried, and no volume but the one at hand is looked for.
"""

import importlib
from collections.abc import Iterator
from itertools import islice
from typing import Any

from parsers.containers.contents import Budget, Contents
from parsers.containers.harvest import Harvest, is_noise
from parsers.containers.rar_blocks import RAR5, Block, each_block, plain
from parsers.errors import (
    DamagedFileError,
    EncryptedFileError,
    LimitExceededError,
    ParserError,
    ProgramMissingError,
    UnsupportedTypeError,
)
from parsers.values.message import Part
from parsers.zip_names import member_name

#: Blocks of a rar archive that are looked at.
_MOST_BLOCKS = 100_000


def open_7z(part: Part, budget: Budget) -> Contents:
    """Return the files of a 7z archive."""
    harvest = Harvest(part, budget)
    _read(part.payload, "7zip", harvest)
    return harvest.contents()


def open_rar(part: Part, budget: Budget) -> Contents:
    """Return the files of a rar archive of version 4 or 5.

    Locked files are told, and what lies partly in another volume as unsupported.
    """
    harvest = Harvest(part, budget)
    payload = part.payload
    whole: list[Block] = []
    service = False
    for block in islice(each_block(payload), _MOST_BLOCKS):
        service = service or block.service
        if block.locked:
            harvest.lost(EncryptedFileError("locked"), block.name)
        elif block.split:
            harvest.lost(UnsupportedTypeError("another volume"), block.name)
        else:
            whole.append(block)
            continue
        if block.name is None:
            return harvest.contents()
    kind = "rar5" if payload.startswith(RAR5) else "rar"
    if service or harvest.lossy:
        # The library hands out locked and torn files as if they were whole: it is
        # given an archive without them.
        payload = plain(payload, whole)
    _read(payload, kind, harvest)
    return harvest.contents()


def _read(payload: bytes, kind: str, harvest: Harvest) -> None:
    library = _library()
    judge = _Judge()
    try:
        with library.memory_reader(payload, kind, "none") as archive:
            for entry in archive:
                name = _name(entry)
                if not entry.isreg or is_noise(name):
                    continue
                if not harvest.member(name, _blocks(entry, library, judge)):
                    break
    except library.ArchiveError as error:
        harvest.lost(judge.meant(str(error)))


def _library() -> Any:
    """Import the library when it is first needed: most mails hold no such archive."""
    try:
        return importlib.import_module("libarchive")
    except (ImportError, OSError, AttributeError) as fault:
        raise ProgramMissingError("libarchive") from fault


def _name(entry: Any) -> str:
    raw = importlib.import_module("libarchive.ffi").entry_pathname(entry._entry_p)
    # The library has the bytes as they stand, or UTF-8 where it knows the letters.
    return member_name(raw) if raw is not None else entry.pathname or ""


def _blocks(entry: Any, library: Any, judge: "_Judge") -> Iterator[bytes]:
    try:
        yield from entry.get_blocks()
    except library.ArchiveError as error:
        raise judge.meant(str(error)) from error


class _Judge:
    """Tells what the library's words mean; it has no other way to say it."""

    def __init__(self) -> None:
        self._locked = False

    def meant(self, words: str) -> ParserError:
        """Return the error of ours for `words`."""
        words = words.lower()
        # One member that is locked spoils the stream of those behind it.
        self._locked = self._locked or "encrypt" in words
        if self._locked:
            return EncryptedFileError(words)
        if "memory" in words or "allocate" in words:
            return LimitExceededError("expanded_mib")
        if "support" in words and "unsupported" not in words:
            return UnsupportedTypeError(words)
        return DamagedFileError(words)
