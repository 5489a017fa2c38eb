"""Open gz, bz2, xz and lzma: one file each, packed without a list of contents."""

from collections.abc import Callable, Iterator

from parsers.containers.contents import Budget, Contents
from parsers.containers.harvest import Harvest
from parsers.containers.inflate import Packed, engine_of
from parsers.values.message import Part
from parsers.zip_names import member_name

_MAGIC = {"gz": b"\x1f\x8b", "bz2": b"BZh", "xz": b"\xfd7zXZ\0"}
#: What the file inside is called by the name of the packed one.
_ENDINGS = {"tgz": ".tar", "tbz": ".tar", "tbz2": ".tar", "txz": ".tar", "tlz": ".tar"}
_PACKED = ("gz", "bz2", "xz", "lzma", "z")
#: Name of a file inside that nothing names; the words are the office's.
_NAMELESS = "tep"
_GZ_EXTRA, _GZ_NAME = 4, 8
_LONGEST = 1024


def open_gz(part: Part, budget: Budget) -> Contents:
    """Return the file in a gzip file, with the name that it had (RFC 1952)."""
    name = _gz_name(part.payload) or _inner_name(part.path[-1])
    return _one_file(part, budget, "gz", name)


def _open(kind: str) -> Callable[[Part, Budget], Contents]:
    def opened(part: Part, budget: Budget) -> Contents:
        return _one_file(part, budget, kind, _inner_name(part.path[-1]))

    return opened


open_bz2 = _open("bz2")
open_xz = _open("xz")


def _one_file(part: Part, budget: Budget, kind: str, name: str) -> Contents:
    harvest = Harvest(part, budget)
    harvest.member(name, _blocks(part.payload, kind))
    return harvest.contents()


def _blocks(payload: bytes, kind: str) -> Iterator[bytes]:
    """Yield what comes out of streams one behind the other, as `cat` joins them.

    What follows the last and is no stream is padding.
    """
    packed = Packed(memoryview(payload))
    yield from packed.blocks(engine_of(kind))
    while packed.begins(_MAGIC[kind]):
        yield from packed.blocks(engine_of(kind))


def _gz_name(payload: bytes) -> str | None:
    """Return the name in the header, without folders; Latin-1 by RFC 1952 2.3.1.

    QUIRK: most programs write the bytes that their system uses.
    """
    flags = payload[3] if len(payload) > 10 else 0
    at = 10
    if flags & _GZ_EXTRA:
        at += 2 + int.from_bytes(payload[10:12], "little")
    end = payload.find(b"\0", at, at + _LONGEST)
    if not flags & _GZ_NAME or end < 0:
        return None
    return member_name(payload[at:end]).replace("\\", "/").rpartition("/")[2]


def _inner_name(name: str) -> str:
    stem, _, ending = name.rpartition(".")
    low = ending.lower()
    if low in _ENDINGS and stem:
        return stem + _ENDINGS[low]
    return stem if low in _PACKED and stem else _NAMELESS
