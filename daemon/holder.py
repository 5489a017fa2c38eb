"""Who holds a lease: a name for this process that tells when it is dead.

It decides nothing about leases; storage keeps them.
"""

import os
import socket
from pathlib import Path


def own_name() -> str:
    """Return host, process namespace, process number and start, joined by `/`."""
    return f"{_place()}/{os.getpid()}/{_started(os.getpid())}"


def is_dead(name: str) -> bool:
    """Tell whether the holder was a process of this machine that runs no more.

    A holder elsewhere may live for all we know: its lease runs out by the clock.
    """
    place, _, rest = name.rpartition("/")
    place, _, number = place.rpartition("/")
    if place != _place() or not number.isdigit():
        return False
    return _started(int(number)) != rest


def _place() -> str:
    # Two containers may share a host name and process numbers, but no namespace.
    namespace = os.readlink("/proc/self/ns/pid").strip("pid:[]")
    return f"{socket.gethostname()}/{namespace}"


def _started(process: int) -> str:
    """Return when a process began, in clock ticks since boot; "" when there is none."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    fields = stat.rpartition(")")[2].split()
    # A zombie holds nothing any more.
    return "" if fields[0] == "Z" else fields[19]
