"""What goes into a reader child and what comes out: values, and their wire frames.

The parent sends JSON frames and hands the mails over by file descriptor; the child
answers with frames of one type byte, the job's number and a payload.
"""

import socket
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from parsers.values.preview import Preview
from parsers.values.reading import Reading

#: A reading of 5,000 rows with every table is some 8 MB; four times that is a fault.
READING_BYTES = 32 * 1024 * 1024

_FRAME = struct.Struct(">cIQ")
_LENGTH = struct.Struct(">I")

#: The child works on a mail (payload empty) or on one attachment of it (JSON path).
BEGIN = b"B"
#: The mail is read; the payload is the Reading as JSON.
READ = b"R"
#: The reader raised; the payload is the error's name and words, UTF-8.
RAISED = b"X"
#: A payload must be converted: a line of JSON (a Need without its source), the bytes.
NEED = b"N"
#: The mail waits for what it needs; there is no payload and no reading yet.
WAITS = b"W"
#: A recogniser has done all pages that it was to look at; there is no payload.
DONE = b"D"
#: What a person may look at: a name, a line end, the bytes of a file.
KEEP = b"K"
#: One attachment's bytes behind a `1`; nothing but a `0` where there is none.
PART = b"P"
_KINDS = frozenset((BEGIN, READ, RAISED, NEED, WAITS, DONE, KEEP, PART))


@dataclass(frozen=True, slots=True)
class Skip:
    """An attachment that is not to be opened again, and the finding that says why."""

    path: tuple[str, ...]
    code: str


@dataclass(frozen=True, slots=True)
class Need:
    """A payload of type `kind` that is to be converted to the type `conversion`.

    `source` is the file in which the payload lies, `pages` are those of a `scan`.
    """

    conversion: str
    kind: str
    sha256: str
    source: str = ""
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a conversion: the `file`, or the code of the finding that says why
    there is none.
    """

    sha256: str
    conversion: str
    code: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class MadeAt:
    """A conversion as the child is told of it: where it lies in the descriptor."""

    sha256: str
    conversion: str
    code: str | None
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Conversion:
    """The order of one conversion; `folder` is its own and is empty.

    `seconds` of wall clock, `cpu_seconds` of processor time; no file above
    `most_bytes`.
    """

    program: str
    source: str
    kind: str
    conversion: str
    folder: str
    seconds: int
    cpu_seconds: int
    most_bytes: int


@dataclass(frozen=True, slots=True)
class Painting:
    """The order of one page to be drawn anew, of a payload of `length` bytes.

    `seconds` of processor time.
    """

    wish: Preview
    length: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Sitting:
    """The order of one recognition: the pages, from 0, of a payload of `length` bytes.

    `keeps`: pictures of all steps are handed back for a person. `seconds` of processor
    time a page.
    """

    kind: str
    pages: tuple[int, ...]
    length: int
    seconds: int
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class Converted:
    """How a conversion ended, and whether the network was out of its reach."""

    how: Literal["done", "died", "overran"]
    walled: bool


@dataclass(frozen=True, slots=True)
class Job:
    """One mail (or, with a `name`, one bare file) to be read; `id` is the caller's.

    `made` are the conversions that were made for it. With a `part` nothing is read: the
    bytes of that attachment are taken out of the mail.
    """

    id: int
    raw: bytes
    name: str | None = None
    header_only: bool = False
    skip: tuple[Skip, ...] = ()
    made: tuple[Made, ...] = ()
    part: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A job that waits for conversions; the payloads lie in `folder`."""

    job: Job
    folder: Path
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A job as the child is told of it: where its bytes lie in the descriptor.

    `converts`: what must be converted is asked for, and the mail not read to its end.
    """

    id: int
    offset: int
    length: int
    name: str | None
    header_only: bool
    skip: tuple[Skip, ...]
    made: tuple[MadeAt, ...] = ()
    converts: bool = False
    part: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no reading: the mail's own reader died, overran or raised.

    `unavailable` says nothing against the mail: no reader could be started at all.
    """

    how: Literal["died", "overran", "raised", "unavailable"]
    detail: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A reading and its JSON bytes, or a failure, or what is wanted first.

    Of a job with a part there is the `part` alone, None where the mail has none.
    """

    id: int
    reading: Reading | None = None
    encoded: bytes = b""
    failure: Failure | None = None
    wanted: Wanted | None = None
    part: bytes | None = None


class ChildGoneError(Exception):
    """The other end closed, or said something that is not a frame."""


def send_frame(sock: socket.socket, kind: bytes, job: int, payload: bytes) -> None:
    """Send one frame from child to parent."""
    sock.sendall(_FRAME.pack(kind, job, len(payload)) + payload)


def receive_frame(sock: socket.socket, most: int) -> tuple[bytes, int, bytes]:
    """Return (kind, job, payload).

    Raises ChildGoneError at the end of the stream or for a payload above `most` bytes,
    TimeoutError when the socket's time limit passes between two pieces.
    """
    kind, job, length = _FRAME.unpack(_receive(sock, _FRAME.size))
    if kind not in _KINDS or length > most:
        raise ChildGoneError(f"frame {kind!r} of {length} bytes")
    return kind, job, _receive(sock, length)


def send_order(sock: socket.socket, order: bytes, descriptor: int | None) -> None:
    """Send an order (JSON) from parent to child, with a descriptor of the mails."""
    head = _LENGTH.pack(len(order))
    if descriptor is None:
        sock.sendall(head)
    else:
        socket.send_fds(sock, [head], [descriptor])
    sock.sendall(order)


def receive_order(sock: socket.socket) -> tuple[bytes, int | None]:
    """Return (JSON, descriptor or None); raises ChildGoneError when the parent left."""
    head, descriptors, _, _ = socket.recv_fds(sock, _LENGTH.size, 1)
    head += _receive(sock, _LENGTH.size - len(head)) if head else b""
    if not head:
        raise ChildGoneError("no more orders")
    (length,) = _LENGTH.unpack(head)
    return _receive(sock, length), descriptors[0] if descriptors else None


def _receive(sock: socket.socket, size: int) -> bytes:
    pieces = []
    while size:
        piece = sock.recv(min(size, 1 << 20))
        if not piece:
            raise ChildGoneError("closed")
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
