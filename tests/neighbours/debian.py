"""Programs of Debian's that cannot be installed beside others: unpacked, not installed.

Nothing of the system is changed: the packages are downloaded by apt-get as an ordinary
user would, and unpacked below the user's cache folder, where the next run finds them.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.neighbours import PATH


class NotToBeHadError(Exception):
    """The packages cannot be downloaded here, for the reason that is said."""


def cache() -> Path:
    """Return the folder where downloads are kept for the next run."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "hopthu"


def unpacked(name: str, packages: Sequence[str], without: Sequence[str]) -> Path:
    """Return a folder in which `packages` and the libraries they lack are unpacked.

    Libraries whose name begins with one of `without` are left out. Raises
    NotToBeHadError.
    """
    kept = cache() / name
    # Without lists of packages there is no version to ask for: what is kept will do.
    version = _candidate(packages[0]) or _newest(kept)
    ready = kept / version
    if version and not ready.exists():
        _fetch(ready, packages, without)
    if not version:
        raise NotToBeHadError(
            f"apt-get knows no package {packages[0]}: run apt-get update"
        )
    return ready


def _newest(kept: Path) -> str:
    found = sorted(kept.iterdir()) if kept.is_dir() else []
    return found[-1].name if found else ""


def _candidate(package: str) -> str:
    found = re.search(r"Candidate: ([\w.:~+-]+)", _ask("apt-cache", "policy", package))
    return found[1].replace(":", "_") if found else ""


def _fetch(ready: Path, packages: Sequence[str], without: Sequence[str]) -> None:
    ready.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ready.parent, prefix=".") as name:
        folder = Path(name)
        for package in (*packages, *_libraries(packages, tuple(without))):
            _ask("apt-get", "-qq", "download", package, folder=folder)
        for package_file in folder.glob("*.deb"):
            _ask("dpkg-deb", "-x", str(package_file), str(folder / "root"))
        # Another worker may have been quicker; then its folder is as good as ours.
        if not ready.exists():
            (folder / "root").rename(ready)


def _libraries(packages: Sequence[str], without: tuple[str, ...]) -> list[str]:
    """Return every library that the packages need and this machine lacks."""
    found: list[str] = []
    left = list(packages)
    while left:
        told = _ask("apt-cache", "depends", "--important", left.pop())
        for library in re.findall(r"^ *\|?(?:Pre)?Depends: (lib\S+)", told, re.M):
            known = library in found or library.startswith(without)
            if not known and not _is_installed(library):
                found.append(library)
                left.append(library)
    return found


def _is_installed(package: str) -> bool:
    told = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Status}", package],
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.startswith("installed")


def _ask(*command: str, folder: Path | None = None) -> str:
    if shutil.which(command[0], path=PATH) is None:
        raise NotToBeHadError(f"this machine has no {command[0]}")
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "LC_ALL": "C", "PATH": PATH},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        raise NotToBeHadError(f"{' '.join(command)}: {done.stderr.strip()[-300:]}")
    return done.stdout
