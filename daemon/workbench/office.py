"""Office programs as the workbench sees them: found, asked for one file at a time.

It knows nothing of mails; what becomes of a conversion is said by `slow`.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from daemon import journal
from daemon.workbench.jobs import Conversion, Converted, Need
from daemon.workbench.process import ROOT
from daemon.workbench.walls import CPU_SECONDS
from parsers.values.limits import Limits

#: Where the program is looked for after the PATH.
PLACES = ("/usr/bin", "/usr/lib/libreoffice/program", "/usr/lib/libreoffice")
PROGRAM = "soffice"
#: Starts of the program for one file before the file is blamed.
ATTEMPTS = 2
#: Seconds that the watcher may take beyond those of the program that it watches.
_GRACE = 10
_MIB = 1024 * 1024
#: Text that every working program converts: (ending of its file, its bytes).
_SAMPLES = {"docx": ("txt", b"a\n"), "xlsx": ("csv", b"a,b\n")}
_ANSWER_BYTES = 4096
_WATCHER = "daemon.workbench.conversion"


@dataclass(frozen=True, slots=True)
class OfficeProgram:
    """Where an office program is looked for; no places: there is none."""

    places: tuple[str, ...] = field(
        default_factory=lambda: (*os.environ.get("PATH", "").split(":"), *PLACES)
    )

    def program(self) -> Path | None:
        """Return the program, looked for anew each time: it may be installed today."""
        found = shutil.which(PROGRAM, path=":".join(self.places))
        if not self.places or found is None:
            return None
        # The script of that name starts two programs more, of which one outlives it.
        # What matters lies beside it.
        inner = Path(found).resolve().with_name("soffice.bin")
        return inner if inner.exists() else Path(found)


class Converter:
    """Converts files one after the other; used by one thread, stopped by another."""

    def __init__(self, office: OfficeProgram, limits: Limits) -> None:
        """Keep where the program is and what a file may cost."""
        self._office = office
        self._limits = limits
        self._running: socket.socket | None = None
        self._stopped = self._told = False
        self._lock = threading.Lock()

    def convert(self, need: Need, room: Callable[[], Path], folder: Path) -> Path | str:
        """Return the converted file, moved into `folder`, or the code of the finding.

        `room` makes folders for the attempts. `program_missing` is said where the
        program is not there or converts nothing at all. Raises OSError where no
        process can be started.
        """
        code = "file_damaged"
        for _ in range(ATTEMPTS):
            found = self._attempt(need, room(), folder)
            if isinstance(found, Path) or self._stopped or found == "program_missing":
                return found
            code = found
            journal.conversion_failed(need.kind, code)
        if code == "file_damaged" and not self._works(need.conversion, room, folder):
            journal.office_program_broken()
            return "program_missing"
        return code

    def stop(self) -> None:
        """End what is running; the conversion under way gives up."""
        with self._lock:
            self._stopped = True
            if self._running is not None:
                # Its watcher notices, and ends everything that was started.
                self._running.shutdown(socket.SHUT_RDWR)

    def _works(self, kind: str, room: Callable[[], Path], folder: Path) -> bool:
        """Say whether anything is converted here: a disk may be full."""
        ending, sample = _SAMPLES[kind]
        source = folder / f"sample.{ending}"
        source.write_bytes(sample)
        need = Need(kind, ending, "sample", str(source))
        return isinstance(self._attempt(need, room(), folder), Path)

    def _attempt(self, need: Need, work: Path, folder: Path) -> Path | str:
        try:
            program = self._office.program()
            if program is None:
                return "program_missing"
            how = self._run(self._order(need, program, work))
            if how == "overran":
                return "limit_exceeded"
            made = work / "out" / f"{Path(need.source).stem}.{need.conversion}"
            if how != "done" or not made.is_file():
                # LibreOffice ends with status 0 and no file where it cannot read one.
                return "file_damaged"
            if made.stat().st_size > self._limits.attachment_mib * _MIB:
                return "limit_exceeded"
            return made.rename(folder / f"{need.sha256}.{need.conversion}")
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _order(self, need: Need, program: Path, work: Path) -> Conversion:
        return Conversion(
            program=str(program),
            source=need.source,
            kind=need.kind,
            conversion=need.conversion,
            folder=str(work),
            seconds=self._limits.seconds,
            cpu_seconds=min(CPU_SECONDS, self._limits.seconds),
            most_bytes=self._limits.expanded_mib * _MIB,
        )

    def _run(self, order: Conversion) -> str:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            with self._lock:
                if self._stopped:
                    return "died"
                process = _watcher(order, theirs)
                self._running = ours
            theirs.close()
            try:
                told = _answer(ours, order.seconds + _GRACE)
            finally:
                with self._lock:
                    self._running = None
                ours.close()
                _wait(process)
            if not told.walled and not self._told:
                self._told = True
                journal.network_in_reach()
            return told.how


def _watcher(order: Conversion, sock: socket.socket) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", _WATCHER, msgspec.json.encode(order).decode()],
        stdin=sock.fileno(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "TZ": "UTC"},
        start_new_session=True,
    )


def _answer(ours: socket.socket, seconds: float) -> Converted:
    ours.settimeout(seconds)
    try:
        return msgspec.json.decode(ours.recv(_ANSWER_BYTES), type=Converted)
    except TimeoutError:
        return Converted("overran", walled=True)
    except (OSError, msgspec.MsgspecError):
        return Converted("died", walled=True)


def _wait(process: subprocess.Popen[bytes]) -> None:
    """Let the watcher clear up; one that does not end is ended."""
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
