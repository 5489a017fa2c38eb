"""An office of its own for a bench, and what its commands cost.

It knows where everything lies; it measures nothing but processes.
"""

import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.corpus import NOW
from tests.neighbours import free_port
from tests.neighbours.dovecot import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
MIB = 1024 * 1024
#: Seconds between two looks at a process's memory.
_LOOK = 0.02

_CONFIGURATION = """
database = "sqlite:///{folder}/hopthu.db"
archive = "{folder}/archive"
campaign = "config/campaigns/41-kh-qu.toml"
units = "{units}"
[[mailboxes]]
name = "bench"
kind = "imap"
host = "127.0.0.1"
port = {imap_port}
security = "none"
username = "{user}"
password_file = "{folder}/password"
folders = ["INBOX"]
sent_folder = ""
trusted_authserv_id = "mx.google.com"
[smtp]
host = "127.0.0.1"
port = {smtp_port}
security = "none"
from = "Ban Dân vận <office@example.org>"
per_minute = 100000
per_day = 100000
first_pass = "{first_pass}"
[answers]
per_day = 100000
[workers]
processes = {processes}
[web]
bind = "127.0.0.1:{page_port}"
[storage]
disk_floor_mib = 50
{more}
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command cost: seconds, CPU seconds with its children, peaks in bytes."""

    code: int
    wall: float
    cpu: float
    peak: int
    peak_reader: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Place:
    """A folder with a configuration for one IMAP user. `smtp_port` 9 hears nobody."""

    folder: Path
    imap_port: int
    user: str
    units: Path
    smtp_port: int = 9
    first_pass: str = "hold"
    processes: int = 2
    #: More tables of the configuration.
    more: str = ""

    def write(self) -> "Place":
        """Make the folder anew, with its configuration and nothing else."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o600)
        named = {name: getattr(self, name) for name in self.__slots__}
        text = _CONFIGURATION.format(**named, page_port=free_port())
        self.configuration.write_text(text, "utf-8")
        return self

    @property
    def configuration(self) -> Path:
        return self.folder / "hopthu.toml"

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder}/hopthu.db"

    def command(self, *words: str) -> list[str]:
        given = ["--config", str(self.configuration), "--now", NOW]
        return [sys.executable, "-m", "daemon", *given, *words]

    def hopthu(self, *words: str, during: Callable[[int], None] | None = None) -> Spent:
        """Run one command of the product; 0 and 1 are how a sound pass ends.

        `during` is told the process's id while it runs, in a thread of its own.
        """
        spent = run(self.command(*words), during)
        if spent.code not in (0, 1) or "Traceback" in spent.err:
            raise WrongError(f"hopthu {' '.join(words)}: {spent.code}\n{spent.err}")
        return spent


class WrongError(Exception):
    """What was measured did not do its work: its figures do not count."""


@dataclass(slots=True)
class _Watch:
    """Looks at the memory of a process and of its children until it ends."""

    pid: int
    peak: int = 0
    peak_reader: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        while not self.ended.wait(_LOOK):
            self.peak = max(self.peak, _high_water(self.pid))
            for child in children(self.pid):
                self.peak_reader = max(self.peak_reader, _high_water(child))


def run(command: list[str], during: Callable[[int], None] | None = None) -> Spent:
    """Run a command below the checkout and return what it cost.

    The kernel's own peak of a child counts what its parent held before it became
    another program, so the peak is read while it runs.
    """
    start = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        watch = _Watch(process.pid)
        thread = threading.Thread(target=watch.look, daemon=True)
        thread.start()
        if during is not None:
            threading.Thread(target=during, args=(process.pid,), daemon=True).start()
        out, err = process.communicate()
    wall = time.perf_counter() - start
    watch.ended.set()
    thread.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    code = process.returncode
    return Spent(code, wall, cpu, watch.peak, watch.peak_reader, out, err)


def _high_water(pid: int) -> int:
    """Return the most that a process ever held, in bytes; 0 where it is gone."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    for line in text.splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def children(pid: int) -> list[int]:
    """Return the processes that a process started and that still run."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    return found
