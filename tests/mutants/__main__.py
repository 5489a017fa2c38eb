"""Plants each small fault of tests/mutants/*.patch in a copy; its tests must turn red.

    python -m tests.mutants [NAME …]

A patch begins with `Promise:` (what it breaks) and `Tests:` (pytest arguments, several
lines allowed). The tests are first seen to pass in the untouched copy; then each is run
by itself against the fault, and each must turn red. A test that only ran out of time
has shown nothing: its mutant is counted as one by the clock, and does not pass.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
COPIED = ("daemon", "parsers", "storage", "config", "tests", "pyproject.toml")
SECONDS = 300
KILLED = "killed"
CLOCK = "by the clock"


@dataclass(frozen=True)
class Mutant:
    path: Path
    promise: str
    tests: tuple[str, ...]


def load(path: Path) -> Mutant:
    """Return the mutant of a patch; raises ValueError for one that names no test."""
    heads: dict[str, list[str]] = {"Promise": [], "Tests": []}
    for line in path.read_text("utf-8").splitlines():
        if line.startswith(("diff ", "--- ")):
            break
        name, _, value = line.partition(":")
        if name in heads:
            heads[name] += value.split() if name == "Tests" else [value.strip()]
    if not heads["Promise"] or not heads["Tests"]:
        raise ValueError(f"{path.name}: a mutant names its promise and its tests")
    return Mutant(path, heads["Promise"][0], tuple(heads["Tests"]))


def copy_to(folder: Path) -> None:
    """Lay a working copy of the project into `folder`."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            ignore = shutil.ignore_patterns("__pycache__", ".pytest_cache")
            shutil.copytree(source, folder / name, ignore=ignore)
        else:
            shutil.copy2(source, folder / name)


def pytest(folder: Path, tests: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    """Run the tests of the copy against the copy."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def verdict(mutant: Mutant) -> str:
    """Return `killed`, or in words why this mutant proves nothing.

    The first line is `by the clock` where no test survived but one took too long.
    """
    with tempfile.TemporaryDirectory(prefix="hopthu-mutant-") as name:
        folder = Path(name)
        copy_to(folder)
        try:
            sound = pytest(folder, mutant.tests)
        except subprocess.TimeoutExpired:
            return f"its tests take more than {SECONDS} seconds without it"
        if sound.returncode != 0:
            return "its tests fail without it:\n" + sound.stdout[-2000:]
        patched = subprocess.run(
            ["git", "apply", "--unsafe-paths", f"--directory={folder}", mutant.path],
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
        if patched.returncode != 0:
            return "does not apply: " + patched.stderr.strip()
        found = {test: outcome(folder, test) for test in mutant.tests}
    alive = [word for word in found.values() if word not in (KILLED, CLOCK)]
    if alive:
        return "\n".join(alive)
    slow = [test for test, word in found.items() if word == CLOCK]
    return "\n".join([CLOCK, *slow]) if slow else KILLED


def outcome(folder: Path, test: str) -> str:
    """Return what became of the planted fault under one entry of `Tests:`."""
    try:
        planted = pytest(folder, (test,))
    except subprocess.TimeoutExpired:
        return CLOCK
    if planted.returncode == 1:
        return KILLED
    how = f"SURVIVED {test} (pytest exit {planted.returncode})"
    return f"{how}\n{planted.stdout[-1500:]}"


def main() -> int:
    wanted = set(sys.argv[1:])
    paths = [p for p in sorted(HERE.glob("*.patch")) if not wanted or p.stem in wanted]
    if not paths:
        print("no mutants found")
        return 1
    killed = slow = 0
    for path in paths:
        mutant = load(path)
        word = verdict(mutant)
        first = word.split("\n")[0]
        killed += word == KILLED
        slow += first == CLOCK
        print(f"{first:10} {path.stem}: {mutant.promise}", flush=True)
        if word != KILLED:
            print(word, flush=True)
    failed = len(paths) - killed - slow
    print(f"{killed} passed, {failed} failed, {slow} {CLOCK}")
    return 0 if killed == len(paths) else 1


if __name__ == "__main__":
    sys.exit(main())
