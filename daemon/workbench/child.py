"""The reader child: bytes in by descriptor, JSON out by socket, and nothing else.

It touches no file, no network and no database. The parent starts it with one socket.
"""

import gc
import mmap
import os
import socket
import sys
from dataclasses import dataclass

import msgspec

from daemon.workbench.jobs import (
    BEGIN,
    RAISED,
    READ,
    ChildGoneError,
    Task,
    receive_order,
    send_frame,
)
from daemon.workbench.walls import allow_processor, build_walls, die_with_parent
from parsers.reading import Reader
from parsers.values.reading import Reading, Rules

_TASKS = msgspec.json.Decoder(tuple[Task, ...])
_PATH = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class _Desk:
    sock: socket.socket
    reader: Reader

    def work(self, task: Task, raw: bytes) -> None:
        """Read one mail and answer; whatever goes wrong with it is an answer too."""
        send_frame(self.sock, BEGIN, task.id, b"")
        allow_processor()
        try:
            payload = msgspec.json.encode(self._read(task, raw))
        # Broad on purpose, one of the house's four: a stranger's bytes may raise
        # anything out of any library (MemoryError under the address limit included).
        # The parent counts it as a failed attempt of this one mail.
        except Exception as error:
            words = f"{type(error).__name__}: {error}"[:500]
            send_frame(self.sock, RAISED, task.id, words.encode("utf-8", "replace"))
            return
        send_frame(self.sock, READ, task.id, payload)

    def _read(self, task: Task, raw: bytes) -> Reading:
        skip = {s.path: s.code for s in task.skip}

        def opens(path: tuple[str, ...]) -> None:
            send_frame(self.sock, BEGIN, task.id, _PATH.encode(path))

        if task.name is not None:
            return self.reader.read_file(task.name, raw, skip, opens)
        return self.reader.read_message(raw, skip, opens, task.header_only)


def main() -> int:
    """Serve orders from descriptor 0 until the parent closes it."""
    die_with_parent()
    # Nothing that is built here becomes garbage: no walk over it finds any.
    gc.disable()
    sock = socket.socket(fileno=os.dup(0))
    rules, _ = receive_order(sock)
    desk = _Desk(sock, Reader(msgspec.json.decode(rules, type=Rules)))
    build_walls()
    # What was built for good is not walked again, and mails leave few cycles behind.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    gc.enable()
    while True:
        try:
            order, descriptor = receive_order(sock)
        except ChildGoneError:
            return 0
        if descriptor is None:
            return 2
        _work_all(desk, _TASKS.decode(order), descriptor)


def _work_all(desk: _Desk, tasks: tuple[Task, ...], descriptor: int) -> None:
    size = os.fstat(descriptor).st_size
    # An empty mail has no bytes to map.
    if not size:
        os.close(descriptor)
        for task in tasks:
            desk.work(task, b"")
        return
    with mmap.mmap(descriptor, size, prot=mmap.PROT_READ) as view:
        os.close(descriptor)
        for task in tasks:
            desk.work(task, view[task.offset : task.offset + task.length])


if __name__ == "__main__":
    sys.exit(main())
