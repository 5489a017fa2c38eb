"""A daemon that is killed in the middle of a conversion leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.builders.letters import compound
from tests.builders.office import a_program
from tests.integration.workbench.sleepers import sleepers

ROOT = Path(__file__).resolve().parents[3]


def until(happened: Callable[[], object], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


def command(folder: Path, file: Path) -> "subprocess.Popen[bytes]":
    """Start `hopthu read` where the first program of that name hangs."""
    environ = {**os.environ, "TMPDIR": str(folder), "PYTHONPATH": str(ROOT)}
    environ["PATH"] = f"{file.parent / 'program'}:{os.environ['PATH']}"
    return subprocess.Popen(
        [sys.executable, "-m", "daemon", "read", "--json", str(file)],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_a_killed_daemon_leaves_no_program_and_the_next_one_no_folder(
    tmp_path: Path,
) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    file = tmp_path / "cu.doc"
    file.write_bytes(compound("WordDocument"))
    a_program(tmp_path / "program", "setsid sleep 1000 & sleep 1000", b"")
    killed = command(passing, file)
    until(lambda: len(sleepers()) == 2, 30)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    until(lambda: not sleepers(), 5)
    (left,) = passing.iterdir()
    # What the conversion had for itself went with it.
    until(lambda: not list(left.rglob("profile")), 5)

    next_one = command(passing, file)
    until(sleepers, 30)
    assert left not in passing.iterdir()
    # Another one at work at the same time is left alone.
    (used,) = passing.iterdir()
    third = command(passing, file)
    until(lambda: len(list(passing.iterdir())) == 2, 30)
    assert used in passing.iterdir()
    for process in (next_one, third):
        process.kill()
        process.wait()
    until(lambda: not sleepers(), 5)


def test_a_daemon_that_is_stopped_politely_clears_everything_away(
    tmp_path: Path,
) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    file = tmp_path / "cu.doc"
    file.write_bytes(compound("WordDocument"))
    a_program(tmp_path / "program", "sleep 1000", b"")
    process = command(passing, file)
    until(sleepers, 30)
    process.send_signal(signal.SIGINT)
    process.wait(30)
    assert not sleepers()
    assert not list(passing.iterdir())
