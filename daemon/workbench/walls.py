"""What the kernel holds a reader child to; set by the child after its imports."""

import ctypes
import resource
import signal

#: Address space of a child, bytes (the reliability paper's table of limits).
ADDRESS_SPACE = 1024 * 1024 * 1024
#: Seconds of processor time for one mail, beside the wall clock that the parent keeps.
CPU_SECONDS = 45

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent ends, however it ends."""
    libc = ctypes.CDLL(None, use_errno=True)
    for option, value in (
        (_PR_SET_PDEATHSIG, signal.SIGKILL),
        (_PR_SET_NO_NEW_PRIVS, 1),
    ):
        if libc.prctl(option, int(value), 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")


def build_walls() -> None:
    """Limit address space, files and processes of this process for good."""
    for what, bound in (
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        _, hard = resource.getrlimit(what)
        bound = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(what, (bound, bound))


def allow_processor() -> None:
    """Give the next mail its seconds of processor time, counted from now."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + CPU_SECONDS, hard))
