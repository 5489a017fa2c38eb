"""The reader child: bytes in by descriptor, JSON out by socket, and nothing else.

It touches no file, no network and no database. The parent starts it with one socket.
"""

import gc
import hashlib
import mmap
import os
import socket
import sys
from dataclasses import dataclass

import msgspec

from daemon.workbench.jobs import (
    BEGIN,
    NEED,
    PART,
    RAISED,
    READ,
    WAITS,
    ChildGoneError,
    MadeAt,
    Need,
    Task,
    receive_order,
    send_frame,
)
from daemon.workbench.walls import allow_processor, build_walls, die_with_parent
from parsers.attachments import Errand
from parsers.payloads import payload_at
from parsers.reading import Reader
from parsers.values.reading import Reading, Rules
from parsers.values.table import Needs

_TASKS = msgspec.json.Decoder(tuple[Task, ...])
_PATH = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class _Desk:
    sock: socket.socket
    reader: Reader
    rules: Rules

    def work(self, task: Task, view: mmap.mmap | bytes) -> None:
        """Read one mail and answer; whatever goes wrong with it is an answer too.

        `view` holds its bytes and what was converted for it.
        """
        send_frame(self.sock, BEGIN, task.id, b"")
        allow_processor()
        try:
            if task.part is not None:
                self._take_out(task, task.part, view)
                return
            read = self._read(task, view)
            payload = msgspec.json.encode(read) if isinstance(read, Reading) else b""
        # Broad on purpose, one of the house's four: a stranger's bytes may raise
        # anything out of any library (MemoryError under the address limit included).
        # The parent counts it as a failed attempt of this one mail.
        except Exception as error:
            words = f"{type(error).__name__}: {error}"[:500]
            send_frame(self.sock, RAISED, task.id, words.encode("utf-8", "replace"))
            return
        if isinstance(read, Reading):
            send_frame(self.sock, READ, task.id, payload)
        else:
            self._ask(task, read)

    def _read(self, task: Task, view: mmap.mmap | bytes) -> Reading | tuple[Needs, ...]:
        def opens(path: tuple[str, ...]) -> None:
            send_frame(self.sock, BEGIN, task.id, _PATH.encode(path))

        raw = view[task.offset : task.offset + task.length]
        errand = Errand(
            skip={s.path: s.code for s in task.skip},
            opens=opens,
            converted={(m.sha256, m.conversion): _made(m, view) for m in task.made},
            waits=task.converts,
        )
        if task.name is not None:
            return self.reader.read_file(task.name, raw, errand)
        return self.reader.read_message(raw, errand, task.header_only)

    def _take_out(
        self, task: Task, path: tuple[str, ...], view: mmap.mmap | bytes
    ) -> None:
        raw = view[task.offset : task.offset + task.length]
        found = payload_at(raw, path, self.rules)
        told = b"0" if found is None else b"1" + found
        send_frame(self.sock, PART, task.id, told)

    def _ask(self, task: Task, needs: tuple[Needs, ...]) -> None:
        """Send each payload that must be converted, equal ones once."""
        asked = set()
        for need in needs:
            digest = hashlib.sha256(need.payload).hexdigest()
            if (digest, need.conversion) in asked:
                continue
            asked.add((digest, need.conversion))
            asks = Need(need.conversion, need.kind, digest, pages=need.pages)
            head = msgspec.json.encode(asks)
            send_frame(self.sock, NEED, task.id, head + b"\n" + need.payload)
        send_frame(self.sock, WAITS, task.id, b"")


def _made(made: MadeAt, view: mmap.mmap | bytes) -> bytes | str:
    if made.code is not None:
        return made.code
    return view[made.offset : made.offset + made.length]


def main() -> int:
    """Serve orders from descriptor 0 until the parent closes it."""
    die_with_parent()
    # Nothing that is built here becomes garbage: no walk over it finds any.
    gc.disable()
    sock = socket.socket(fileno=os.dup(0))
    encoded, _ = receive_order(sock)
    rules = msgspec.json.decode(encoded, type=Rules)
    desk = _Desk(sock, Reader(rules), rules)
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
            desk.work(task, view)


if __name__ == "__main__":
    sys.exit(main())
