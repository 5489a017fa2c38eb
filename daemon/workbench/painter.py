"""Have a page of an attachment drawn anew by a child, for a person to look at.

The web page shows nothing else of a stranger's picture. Nothing is kept.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading

import msgspec

from daemon.workbench.jobs import (
    READ,
    ChildGoneError,
    Painting,
    receive_frame,
    send_order,
)
from daemon.workbench.process import ROOT
from parsers.values.preview import Preview

#: Seconds of processor and of wall clock: a person waits for it.
SECONDS = 20
_WALL = 45
#: A page of 2,000 × 8,000 pixels that do not compress.
_MOST_BYTES = 48 * 1024 * 1024
_PNG = b"\x89PNG\r\n\x1a\n"
_CHILD = "daemon.workbench.painting"


class Painter:
    """Draws one page at a time, whoever asks: each child may hold 2 GiB."""

    def __init__(self, seconds: int = SECONDS) -> None:
        """Allow each page so many seconds of processor time."""
        self._seconds = seconds
        self._turn = threading.Lock()

    def draw(self, payload: bytes, wish: Preview) -> bytes | str:
        """Return a PNG, or the code of the finding that says why there is none.

        Raises OSError where no process can be started.
        """
        with self._turn:
            ours, theirs = socket.socketpair()
            with ours, theirs:
                process = _child(theirs)
                theirs.close()
                try:
                    return self._drawn(ours, payload, wish)
                except TimeoutError:
                    return "limit_exceeded"
                except (ChildGoneError, ConnectionError):
                    return "file_damaged"
                finally:
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(process.pid, signal.SIGKILL)
                    process.wait()

    def _drawn(self, ours: socket.socket, payload: bytes, wish: Preview) -> bytes | str:
        descriptor = os.memfd_create("page", os.MFD_CLOEXEC)
        with open(descriptor, "wb") as copy:
            copy.write(payload)
            copy.flush()
            os.lseek(descriptor, 0, os.SEEK_SET)
            order = Painting(wish, len(payload), self._seconds)
            send_order(ours, msgspec.json.encode(order), descriptor)
        ours.settimeout(_WALL)
        kind, _, answer = receive_frame(ours, _MOST_BYTES)
        if kind != READ:
            return answer.decode("ascii", "replace")[:40]
        # The child has seen a stranger's bytes: what it says need be no picture.
        return answer if answer.startswith(_PNG) else "file_damaged"


def _child(sock: socket.socket) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", _CHILD],
        stdin=sock.fileno(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={
            "PYTHONPATH": str(ROOT),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        },
        start_new_session=True,
    )
