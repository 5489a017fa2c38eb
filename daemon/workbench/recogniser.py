"""Have the pages of one attachment looked at by a child, and keep what it saw.

A page that kills the child, or takes too long, is told and left; the next child goes on
behind it.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from daemon import journal
from daemon.workbench.jobs import (
    BEGIN,
    DONE,
    KEEP,
    RAISED,
    READ,
    ChildGoneError,
    Need,
    Sitting,
    receive_frame,
    send_order,
)
from daemon.workbench.process import ROOT
from parsers.readers.picture.parts import missing_parts
from parsers.values.limits import Limits
from parsers.values.scan import Nothing, Scan, ScannedPage

#: A page's lines, rules and cut-outs; pictures for a person are larger.
_PAGE_BYTES = 64 * 1024 * 1024
#: Seconds that a child may take to start beyond those of its first page.
_START = 30
#: Seconds in which a child whose pipe is closed is gone.
_LAST_BREATH = 1.0
_PAGE = msgspec.json.Decoder(ScannedPage)
_CHILD = "daemon.workbench.recognition"


@dataclass(slots=True)
class _Seen:
    """What a sitting has given so far; `missing` names what is not installed."""

    pages: dict[int, ScannedPage] = field(default_factory=dict)
    at: int | None = None
    ended: bool = False
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Eyes:
    """How pictures are looked at: at all (`open`), and what a person keeps of it.

    `keeps` is the folder for the steps of every page, None where nobody looks.
    """

    open: bool = True
    keeps: Path | None = None

    def missing(self) -> tuple[str, ...]:
        """Return what is not installed, looked for anew each time."""
        return missing_parts() if self.open else ("pictures",)


class Recogniser:
    """Looks at attachments one after the other; stopped by another thread."""

    def __init__(self, limits: Limits, eyes: Eyes) -> None:
        """Keep what a page may cost, and how it is looked at."""
        self._limits = limits
        self._eyes = eyes
        self._keeps = eyes.keeps
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._lock = threading.Lock()

    def see(self, need: Need, folder: Path, seconds: float) -> Path | str:
        """Return the file with the JSON of a Scan, or the code of the finding.

        At most `seconds` are spent; pages not looked at by then are cut. Raises OSError
        where no process can be started.
        """
        if not self._eyes.open:
            return "program_missing"
        deadline = time.monotonic() + seconds
        seen = _Seen()
        left = list(need.pages)
        cut = False
        while left and not self._stopped:
            if time.monotonic() >= deadline:
                cut = True
                break
            why = self._sit(need, tuple(left), seen, deadline)
            if seen.missing is not None:
                journal.recogniser_missing(seen.missing)
                return "program_missing"
            if not seen.ended and time.monotonic() >= deadline:
                # The mail's time is over, and no fault of this page.
                cut = True
                break
            if not seen.ended and seen.at is not None and seen.at not in seen.pages:
                journal.page_unseen(need.kind, seen.at, why)
                seen.pages[seen.at] = ScannedPage(seen.at, nothing=why)
            elif not seen.ended:
                # It died before it looked at anything: it will not do better again.
                return "file_damaged"
            left = [page for page in left if page not in seen.pages]
        pages = tuple(seen.pages[n] for n in sorted(seen.pages))
        file = folder / f"{need.sha256}.scan"
        file.write_bytes(msgspec.json.encode(Scan(pages, cut)))
        return file

    def stop(self) -> None:
        """End the child; what is under way gives up."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                _kill(self._process)

    def _sit(
        self, need: Need, pages: tuple[int, ...], seen: _Seen, deadline: float
    ) -> Nothing:
        """Look at `pages` through one child; return why it broke off, if it did."""
        seen.at, seen.ended = None, False
        ours, theirs = socket.socketpair()
        with ours, theirs:
            with self._lock:
                if self._stopped:
                    return "limit_exceeded"
                self._process = process = _child(theirs)
            theirs.close()
            try:
                self._order(ours, need, pages)
                self._listen(ours, seen, deadline, need.sha256)
            except TimeoutError:
                return "limit_exceeded"
            except (ChildGoneError, OSError, msgspec.MsgspecError):
                return _why(process)
            finally:
                with self._lock:
                    self._process = None
                _kill(process)
        return "file_damaged"

    def _order(self, ours: socket.socket, need: Need, pages: tuple[int, ...]) -> None:
        descriptor = os.memfd_create("pictures", os.MFD_CLOEXEC)
        with open(descriptor, "wb") as copy, open(need.source, "rb") as file:
            shutil.copyfileobj(file, copy)
            copy.flush()
            length = copy.tell()
            os.lseek(descriptor, 0, os.SEEK_SET)
            seconds = self._limits.picture_seconds
            keeps = self._keeps is not None
            sitting = Sitting(need.kind, pages, length, seconds, keeps)
            send_order(ours, msgspec.json.encode(sitting), descriptor)

    def _listen(
        self, ours: socket.socket, seen: _Seen, deadline: float, digest: str
    ) -> None:
        wait = float(self._limits.picture_seconds + _START)
        while True:
            ours.settimeout(max(1.0, min(wait, deadline - time.monotonic())))
            kind, number, payload = receive_frame(ours, _PAGE_BYTES)
            if kind == BEGIN:
                seen.at = number
                wait = float(self._limits.picture_seconds)
            elif kind == READ:
                seen.pages[number] = _PAGE.decode(payload)
            elif kind == KEEP:
                self._keep(payload, f"{digest[:8]}-{number + 1:03}")
            elif kind == RAISED:
                seen.missing = payload.decode("utf-8", "replace")
                return
            elif kind == DONE:
                seen.ended = True
                return

    def _keep(self, payload: bytes, page: str) -> None:
        if self._keeps is None:
            return
        name, _, data = payload.partition(b"\n")
        # The child has seen a stranger's bytes: what it says is no path.
        plain = Path(name.decode("utf-8", "replace")).name
        with contextlib.suppress(OSError):
            (self._keeps / f"{page}-{plain}").write_bytes(data)


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
            "OMP_THREAD_LIMIT": "1",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        },
        start_new_session=True,
    )


def _why(process: subprocess.Popen[bytes]) -> Nothing:
    """Return why a child went without a word: its time was over, or it died."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_LAST_BREATH)
    over = process.returncode == -signal.SIGXCPU
    return "limit_exceeded" if over else "file_damaged"


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
