"""Run the worker for some minutes, again when it dies, and keep what it died of."""

import argparse
import hashlib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.worker import case, seeds

ROOT = Path(__file__).resolve().parents[2]
FOUND = ROOT / "var" / "fuzz"


def main() -> int:
    """Return 1 where a fault was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", dest="first", type=int, help="default: go on")
    given = parser.parse_args()
    FOUND.mkdir(parents=True, exist_ok=True)
    state = FOUND / f"next-{given.seed}"
    first = given.first
    if first is None:
        first = int(state.read_text()) if state.exists() else 0
    print(f"seed {given.seed}, from number {first}, {given.minutes} minutes")
    number, faults = run(given.seed, first, time.monotonic() + 60 * given.minutes)
    state.write_text(str(number))
    print(f"{number - first} files read, {faults} faults (seed {given.seed})")
    return 1 if faults else 0


def run(seed: int, first: int, end: float) -> tuple[int, int]:
    """Return the number to go on with, and how many faults there were."""
    faults = 0
    files = seeds()
    while time.monotonic() < end:
        last, finished = first, True
        for number, word in lines(seed, first, end):
            last, finished = number, word != "begin"
            if word.startswith("fault"):
                faults += 1
                keep(seed, number, files, word)
        if time.monotonic() < end:
            if finished:
                raise SystemExit("the worker does not start")
            faults += 1
            keep(seed, last, files, "fault: died or hung")
        first = last + 1
    return first, faults


def lines(seed: int, first: int, end: float) -> Iterator[tuple[int, str]]:
    """Yield (number, what the worker says of it) until it ends or time is up."""
    command = [sys.executable, "-m", "tests.fuzz.worker", str(seed), str(first)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as worker:
        assert worker.stdout is not None
        for line in worker.stdout:
            number, _, word = line.rstrip("\n").partition(" ")
            yield int(number), word
            if time.monotonic() > end and word != "begin":
                worker.kill()
                return


def keep(seed: int, number: int, files: list[tuple[str, bytes]], word: str) -> None:
    """Write the file that did it, and say what it did."""
    name, payload = case(seed, number, files)
    digest = hashlib.sha256(payload).hexdigest()[:12]
    path = FOUND / f"{seed}-{number}-{digest}-{name}"
    path.write_bytes(payload)
    print(f"{seed}/{number} {path.name}: {word}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
