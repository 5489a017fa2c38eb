"""A new user's machine: an empty clone, an empty home, Debian's own Python.

Some of what this machine has can be hidden, in a mount namespace that ends with the
command; the machine itself is not changed.
"""

import glob
import os
import pwd
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
#: Seconds for a first run, which downloads; the machines that test are loaded.
PATIENCE = 900
#: How this machine reaches its packages is no part of what is tried.
_KEPT = ("PIP_", "SSL_", "REQUESTS_", "http", "HTTP", "no_proxy", "NO_PROXY")
APT = ("/usr/bin/apt-get", "/usr/bin/sudo")
ENSUREPIP = tuple(glob.glob("/usr/lib/python3*/ensurepip"))


@dataclass(frozen=True, slots=True)
class Machine:
    """A clone and a home, and the user to whom both belong."""

    folder: Path
    user: str

    @property
    def clone(self) -> Path:
        return self.folder / "hopthu"

    def make(
        self, *words: str, hidden: Sequence[str] = (), **environ: str
    ) -> "subprocess.CompletedProcess[str]":
        """Run make in the clone, without a terminal; what is `hidden` is not there."""
        return subprocess.run(
            [*_without(hidden), "make", *words],
            **self._as_user(bool(hidden)),
            cwd=self.clone,
            env={**self._environment(), **environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def _environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k.startswith(_KEPT)}
        home = {"HOME": str(self.folder / "home"), "PATH": PATH, "LANG": "C.UTF-8"}
        return {**kept, **home, "USER": self.user}

    def _as_user(self, mounts: bool) -> dict[str, Any]:
        """Return as whom it runs; whoever hides things stays who he is."""
        if os.getuid() != 0 or self.user == "root" or mounts:
            return {}
        found = pwd.getpwnam(self.user)
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": ()}


def clone(user: str) -> Machine:
    """Clone what is committed into an empty folder of `user`'s."""
    machine = Machine(Path(tempfile.mkdtemp(prefix="hopthu-fresh-", dir="/tmp")), user)
    machine.folder.chmod(0o755)
    (machine.folder / "home").mkdir()
    subprocess.run(
        ["git", "-c", "safe.directory=*", "clone", "--quiet", ROOT, machine.clone],
        check=True,
        timeout=PATIENCE,
        stdin=subprocess.DEVNULL,
    )
    if os.getuid() == 0:
        subprocess.run(["chown", "-R", user, str(machine.folder)], check=True)
    return machine


def _without(hidden: Sequence[str]) -> list[str]:
    """Return the words before a command for which `hidden` are not there."""
    there = [path for path in hidden if Path(path).exists()]
    if not there:
        return []
    covers = [
        f"mount -t tmpfs none {shlex.quote(path)}"
        if Path(path).is_dir()
        else f"mount --bind /dev/null {shlex.quote(path)}"
        for path in there
    ]
    own = "-m" if os.getuid() == 0 else "-rm"
    script = " && ".join([*covers, 'exec "$@"'])
    return ["unshare", own, "sh", "-c", script, sys.argv[0] or "sh"]
