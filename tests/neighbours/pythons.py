"""Other versions of Python, each with the locked packages in a folder of its own.

The folder is kept in the user's cache under the digest of the lock file, so that only a
change of it costs a download. The project's own .venv is not touched.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests import neighbours
from tests.neighbours.debian import cache

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements-dev.lock"
OPTIONS = ("--quiet", "--disable-pip-version-check")
#: Seconds for a virtual environment with all packages, over a slow line.
PATIENCE = 1800


def python(version: str) -> Path:
    """Return a Python of a version such as 3.12 with every locked package and hopthu.

    `version` may be the path of a program as well. Where there is no such Python,
    whoever asks for it fails.
    """
    for candidate in _candidates(version):
        found = _answer(candidate)
        if found is not None and f"{found}.".startswith(_wanted(version)):
            made = _environment(candidate, found)
            neighbours.used(f"Python {found}")
            return made
    neighbours.absent(f"Python {version}")
    raise AssertionError(f"no Python {version} on this machine: its tests fail")


def _wanted(version: str) -> str:
    return "3." if version.startswith("/") else f"{version}."


def _candidates(version: str) -> Iterator[str]:
    if version.startswith("/"):
        yield version
        return
    name = f"python{version}"
    if found := shutil.which(name):
        yield found
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for path in sorted(pyenv.glob(f"versions/{version}*/bin/{name}")):
        yield str(path)


def _answer(candidate: str) -> str | None:
    """Return the exact version, or None: a name that pyenv has chosen no version for is
    found as well, and only says so.
    """
    command = [candidate, "-c", "import platform; print(platform.python_version())"]
    if shutil.which(candidate) is None:
        return None
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else None


def _environment(candidate: str, version: str) -> Path:
    what = LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + bytes(ROOT)
    digest = hashlib.sha256(what).hexdigest()[:12]
    folder = cache() / "python" / f"{version}-{digest}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = folder / "bin" / "python"
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        # Two workers may want the same one; the second finds it finished.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            _run([candidate, "-m", "venv", "--clear", str(folder)])
            pip = [str(made), "-m", "pip", "install", *OPTIONS]
            _run([*pip, "--require-hashes", "-r", str(LOCK)])
            _run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
            (folder / "ready").touch()
    return made


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    # An address in the answer may hold a password of whoever keeps the packages.
    said = re.sub(r"//[^/@\s]+@", "//", done.stdout + done.stderr)
    assert done.returncode == 0, f"{' '.join(command)}:\n{said[-2000:]}"
