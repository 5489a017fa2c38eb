"""Real servers and programs that tests start and stop again.

Whoever starts one says so here: the test run ends by naming what it really used and
what it did not find. Whether a test may go on without its neighbour is not decided
here: it may not.
"""

import os
import re
import shutil
import socket
import subprocess
from functools import cache

#: Where Debian keeps servers; an ordinary user's PATH does not name it.
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"

_used: set[str] = set()
_absent: set[str] = set()


def used(name: str) -> None:
    """Note that a neighbour was started and answered; `name` ends with its version."""
    _used.add(name)


def absent(name: str) -> None:
    """Note that a neighbour was looked for in vain."""
    _absent.add(name)


def need(program: str, name: str) -> str:
    """Return the path of a program; where it is absent, note it and fail the test."""
    found = shutil.which(program, path=PATH)
    if found is None:
        absent(name)
    assert found is not None, f"{name} is not installed: its tests fail"
    return found


@cache
def tool(program: str, name: str) -> str:
    """Return the path of a program that is started anew each time, as `need` does."""
    path = need(program, name)
    told = subprocess.run(
        [path, "--version"], capture_output=True, text=True, timeout=60, check=True
    )
    version = re.search(r"\d+(\.\d+)+", told.stdout)
    used(f"{name} {version[0]}" if version else name)
    return path


def free_port() -> int:
    """Return a port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def account() -> dict[str, list[str]]:
    """Return what was used and what was absent in this process, in words."""
    return {"used": sorted(_used), "absent": sorted(_absent)}
