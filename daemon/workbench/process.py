"""One reader child as the parent sees it: started, ordered, heard, killed."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from daemon.workbench.jobs import (
    READING_BYTES,
    Job,
    Task,
    receive_frame,
    send_order,
)

_ROOT = Path(__file__).resolve().parents[2]
#: All that a child is told from outside. Without LIBARCHIVE the binding would start
#: `ldconfig` to find the library.
_ENVIRONMENT = {
    "PYTHONPATH": str(_ROOT),
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

    def order(self, jobs: tuple[Job, ...]) -> None:
        """Hand over the mails of `jobs` in one descriptor, and what to do with them."""
        tasks, offset = [], 0
        descriptor = os.memfd_create("mails", os.MFD_CLOEXEC)
        with open(descriptor, "wb") as mails:
            for job in jobs:
                mails.write(job.raw)
                tasks.append(_task(job, offset))
                offset += len(job.raw)
            mails.flush()
            send_order(self._sock, _JSON.encode(tasks), descriptor)

    def frames(self, seconds: float) -> Iterator[tuple[bytes, int, bytes]]:
        """Yield frames for ever; raises TimeoutError after `seconds` of silence."""
        self._sock.settimeout(seconds)
        while True:
            yield receive_frame(self._sock, READING_BYTES)

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


def _task(job: Job, offset: int) -> Task:
    return Task(job.id, offset, len(job.raw), job.name, job.header_only, job.skip)
