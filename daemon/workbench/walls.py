"""What the kernel holds a stranger's reader to: the child's walls and the office's.

The processes build them around themselves; nothing here starts one.
"""

import contextlib
import ctypes
import os
import resource
import signal
from pathlib import Path

#: Address space of a child, bytes (the reliability paper's table of limits).
ADDRESS_SPACE = 1024 * 1024 * 1024
#: Address space of the child that looks at pictures, bytes.
PICTURE_SPACE = 2 * 1024 * 1024 * 1024
#: Seconds of processor time for one mail, beside the wall clock that the parent keeps.
CPU_SECONDS = 45
#: Descriptors: a reader needs a dozen, an office program opens hundreds of its files.
_FILES, _OFFICE_FILES = 64, 1024
_OFFICE_NICE = 10

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent ends, however it ends."""
    _control(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _control(_PR_SET_NO_NEW_PRIVS, 1)


def adopt_orphans() -> None:
    """Become the parent of what our children leave behind, so that it can be ended."""
    _control(_PR_SET_CHILD_SUBREAPER, 1)


def build_walls(space: int = ADDRESS_SPACE) -> None:
    """Limit address space, files and processes of this process for good."""
    _bound(resource.RLIMIT_AS, space)
    _bound(resource.RLIMIT_FSIZE, 0)
    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_NOFILE, _FILES)


def build_office_walls(seconds: int, most_bytes: int) -> None:
    """Limit this process and what it will start to one conversion.

    `seconds` of processor time; no file above `most_bytes`.
    """
    _bound(resource.RLIMIT_AS, ADDRESS_SPACE)
    _bound(resource.RLIMIT_FSIZE, most_bytes)
    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_NOFILE, _OFFICE_FILES)
    _bound(resource.RLIMIT_CPU, seconds)
    os.nice(_OFFICE_NICE)


def leave_network() -> bool:
    """Move into a network of our own, where nobody else is; False where none is to be
    had.

    Root may do so at once, others only in a name space of users. Raises OSError where
    that is made but nobody may be in it: then this process can do no more work.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET) == 0:
        return True
    user, group = os.geteuid(), os.getegid()
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    # Unmapped, we could not make a file. Some kernels know no `setgroups`.
    with contextlib.suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    return True


def give_way() -> None:
    """Let every other process of the machine go first."""
    os.nice(_OFFICE_NICE)


def allow_processor(seconds: int = CPU_SECONDS) -> None:
    """Give the next mail, or page, its seconds of processor time, from now."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, hard))


def _bound(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


def _control(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, int(value), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
