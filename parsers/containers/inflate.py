"""Unpack one stream by the standard library's decompressors, a block at a time.

It counts nothing and believes no size: whoever takes the blocks stops when he has
enough.
"""

import bz2
import lzma
import zlib
from collections.abc import Iterator
from typing import Protocol

from parsers.containers.harvest import BLOCK
from parsers.errors import DamagedFileError, LimitExceededError

#: Bytes of a dictionary that a stranger may ask for: xz -9 needs 65 MiB.
LZMA_MEMORY = 128 * 1024 * 1024
_INPUT = 64 * 1024
#: What the decompressors raise on bytes that are not theirs.
_FAULTS = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError)


class Engine(Protocol):
    """What the decompressors of bz2 and lzma have in common."""

    @property
    def eof(self) -> bool:
        """Say whether the end of the stream was reached."""

    @property
    def needs_input(self) -> bool:
        """Say whether nothing more comes out of what it was given."""

    @property
    def unused_data(self) -> bytes:
        """Return what stands behind the end of the stream."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Return at most `max_length` bytes."""


class Deflate:
    """zlib's decompressor in the shape of its sisters."""

    def __init__(self, wbits: int) -> None:
        """Begin a stream: -15 raw, 31 gzip."""
        self._engine = zlib.decompressobj(wbits)
        self._waiting = b""

    @property
    def eof(self) -> bool:
        """Say whether the end of the stream was reached."""
        return self._engine.eof

    @property
    def needs_input(self) -> bool:
        """Say whether nothing more comes out of what it was given."""
        return not self._waiting

    @property
    def unused_data(self) -> bytes:
        """Return what stands behind the end of the stream."""
        return self._engine.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Return at most `max_length` bytes."""
        block = self._engine.decompress(self._waiting + data, max_length)
        self._waiting = self._engine.unconsumed_tail
        return block


def engine_of(kind: str) -> Engine:
    """Return a fresh decompressor: `deflate`, `gz`, `bz2` or `xz` (also .lzma)."""
    if kind == "bz2":
        return bz2.BZ2Decompressor()
    if kind == "xz":
        return lzma.LZMADecompressor(memlimit=LZMA_MEMORY)
    return Deflate(31 if kind == "gz" else -zlib.MAX_WBITS)


class Packed:
    """Packed bytes that are unpacked from their beginning; `at` is how far it came."""

    def __init__(self, data: memoryview) -> None:
        """Begin before the first byte."""
        self._data = data
        self.at = 0

    def blocks(self, engine: Engine) -> Iterator[bytes]:
        """Yield what comes out of one stream; `at` is then behind its end.

        Raises DamagedFileError where it is cut off or no stream of that kind.
        """
        try:
            while not engine.eof:
                block, fed = self._step(engine)
                if not block and not fed and not engine.eof:
                    raise DamagedFileError("the stream is cut off")
                yield block
        except _FAULTS as fault:
            if "emory" in str(fault):
                raise LimitExceededError("expanded_mib") from fault
            raise DamagedFileError(str(fault)) from fault
        self.at -= len(engine.unused_data)

    def _step(self, engine: Engine) -> tuple[bytes, bool]:
        data = b""
        if engine.needs_input:
            data = bytes(self._data[self.at : self.at + _INPUT])
            self.at += len(data)
        return engine.decompress(data, BLOCK), bool(data)

    def begins(self, magic: bytes) -> bool:
        """Say whether `magic` comes next."""
        return bytes(self._data[self.at : self.at + len(magic)]) == magic
