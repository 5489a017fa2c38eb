"""The folder in which payloads wait for an office program, gone when we are gone.

It knows nothing of what lies in it.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from pathlib import Path

_PREFIX = "hopthu-room-"
_LOCK = ".lock"
#: A room without a lock after so many seconds is no room that is just being made.
_UNLOCKED_SECONDS = 3600


class Workroom:
    """A folder of this process; whoever comes next clears it away if we are killed."""

    def __init__(self) -> None:
        """Make the folder, and remove those whose processes are gone."""
        _sweep(Path(tempfile.gettempdir()))
        self._root = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._lock = _locked(self._root, os.O_CREAT)

    def folder(self) -> Path:
        """Return a new empty folder."""
        return Path(tempfile.mkdtemp(dir=self._root))

    def close(self) -> None:
        """Remove everything."""
        shutil.rmtree(self._root, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _locked(root: Path, more: int = 0) -> int | None:
    """Return a descriptor that holds the lock of a room; None if somebody else does.

    The kernel lets go of it when the process ends, however it ends, and knows it in
    other containers too, where a process number would say nothing.
    """
    descriptor = os.open(root / _LOCK, os.O_RDWR | os.O_CLOEXEC | more, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _sweep(parent: Path) -> None:
    for root in parent.glob(f"{_PREFIX}*"):
        # Another user's room, or one that its own process removes at this moment.
        with contextlib.suppress(OSError):
            if root.is_symlink() or root.stat().st_uid != os.geteuid():
                continue
            _clear(root)


def _clear(root: Path) -> None:
    if not (root / _LOCK).exists():
        if time.time() - root.stat().st_mtime > _UNLOCKED_SECONDS:
            shutil.rmtree(root, ignore_errors=True)
        return
    lock = _locked(root)
    if lock is None:
        return
    shutil.rmtree(root, ignore_errors=True)
    os.close(lock)
