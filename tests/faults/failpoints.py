"""A command killed at its Nth system call of some kinds, without a hook in it.

strace's own counters run per thread, and the fetchers have threads of their own: so
every such call only *stops* the program, and here the stops are counted and answered
with a continuation or, at the Nth, with SIGKILL. The call itself has been made by then.
What the reader children call is not counted; they die with the program.

QUIRK: strace 6.1 injects nothing under --seccomp-bpf, so that it is not used.
"""

import contextlib
import os
import re
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import neighbours
from tests.faults.world import PATIENCE, World

_STOPPED = re.compile(r"(\d+)\s+--- SIGSTOP \{")
_CALLED = re.compile(r"(\d+)\s+(?:<\.\.\. )?(\w+)[( ]")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a traced command ended: its status (-9: killed by us), and the calls that
    it made until then, in order.
    """

    status: int
    calls: tuple[str, ...]

    @property
    def killed(self) -> bool:
        return self.status == -signal.SIGKILL


def run_until(
    world: World, words: Sequence[str], calls: Sequence[str], count: int | None
) -> Ended:
    """Run a command until it has made `count` of the calls; None: to its own end."""
    pipe = world.place.folder / "trace"
    with contextlib.suppress(FileExistsError):
        os.mkfifo(pipe)
    kinds = ",".join(calls)
    strace = neighbours.tool("strace", "strace")
    tracer = [strace, "-D", "-f", "-o", str(pipe), "-e", f"trace={kinds}"]
    tracer += ["-e", f"inject={kinds}:signal=STOP"]
    process = world.start(*words, before=tracer)
    watchdog = threading.Timer(PATIENCE, process.send_signal, [signal.SIGKILL])
    watchdog.start()
    try:
        with pipe.open("r", errors="replace") as trace:
            made = tuple(_answered(trace, process, count))
        status = process.wait(PATIENCE)
    finally:
        watchdog.cancel()
        if process.poll() is None:
            process.kill()
            process.wait(PATIENCE)
    return Ended(status, made)


def _answered(
    trace: Iterator[str], process: "subprocess.Popen[str]", count: int | None
) -> Iterator[str]:
    """Yield the program's own calls, letting it go on after each but the last."""
    last: dict[int, str] = {}
    seen = 0
    for line in trace:
        if stopped := _STOPPED.match(line):
            thread = int(stopped[1])
            group = _group(thread)
            if group == process.pid:
                seen += 1
                yield last.get(thread, "?")
                if seen == count:
                    process.send_signal(signal.SIGKILL)
                    continue
            if group is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(group, signal.SIGCONT)
        elif called := _CALLED.match(line):
            last[int(called[1])] = called[2]


def _group(thread: int) -> int | None:
    """Return the process that a thread belongs to; None when it is gone."""
    try:
        status = Path(f"/proc/{thread}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return int(re.search(r"^Tgid:\s+(\d+)$", status, re.M)[1])  # type: ignore[index]
