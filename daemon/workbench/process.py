"""One reader child as the parent sees it: started, ordered, heard, killed."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from daemon.workbench.jobs import (
    READING_BYTES,
    Job,
    Made,
    MadeAt,
    Task,
    receive_frame,
    send_order,
)

ROOT = Path(__file__).resolve().parents[2]
#: All that a child is told from outside. Without LIBARCHIVE the binding would start
#: `ldconfig` to find the library.
_ENVIRONMENT = {
    "PYTHONPATH": str(ROOT),
    "LANG": "C.UTF-8",
    "TZ": "UTC",
    "LIBARCHIVE": os.environ.get("LIBARCHIVE", "libarchive.so.13"),
}
_JSON = msgspec.json.Encoder()


class Child:
    """A running reader. Every method but `kill` may raise OSError when it is gone."""

    def __init__(self, rules: bytes) -> None:
        """Start the process; `rules` is the JSON of parsers.values.reading.Rules."""
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "daemon.workbench.child"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env=_ENVIRONMENT,
                start_new_session=True,
            )
        self._sock = ours
        self.finished = 0
        send_order(self._sock, rules, None)

    def order(self, jobs: tuple[Job, ...], converts: bool = False) -> None:
        """Hand over the mails of `jobs` in one descriptor, and what to do with them.

        What was converted for them follows each; `converts` as in Task.
        """
        tasks = []
        descriptor = os.memfd_create("mails", os.MFD_CLOEXEC)
        with open(descriptor, "wb") as mails:
            for job in jobs:
                offset = mails.tell()
                mails.write(job.raw)
                made = tuple(_put(mails, one) for one in job.made)
                tasks.append(_task(job, offset, made, converts))
            mails.flush()
            send_order(self._sock, _JSON.encode(tasks), descriptor)

    def frames(
        self, seconds: float, most: int = READING_BYTES
    ) -> Iterator[tuple[bytes, int, bytes]]:
        """Yield frames of at most `most` bytes for ever.

        Raises TimeoutError after `seconds` of silence.
        """
        self._sock.settimeout(seconds)
        while True:
            yield receive_frame(self._sock, most)

    def kill(self) -> int:
        """End the process group and return the child's exit status."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._sock.close()
        return self._process.wait()

    def resident_bytes(self) -> int:
        """Return the resident set, 0 when the process is gone."""
        try:
            pages = Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]
        except (FileNotFoundError, ProcessLookupError):
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _put(mails: BinaryIO, made: Made) -> MadeAt:
    """Write what was converted behind the mail and return where it lies."""
    offset = mails.tell()
    if made.file is not None:
        with open(made.file, "rb") as file:
            shutil.copyfileobj(file, mails)
    length = mails.tell() - offset
    return MadeAt(made.sha256, made.conversion, made.code, offset, length)


def _task(job: Job, offset: int, made: tuple[MadeAt, ...], converts: bool) -> Task:
    return Task(
        id=job.id,
        offset=offset,
        length=len(job.raw),
        name=job.name,
        header_only=job.header_only,
        skip=job.skip,
        made=made,
        converts=converts,
        part=job.part,
    )
