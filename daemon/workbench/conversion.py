"""One conversion, watched over: an office program started, bounded, ended whole.

This process parses nothing itself. It ends with its parent, and nothing that it or
the office program started lives longer.
"""

import contextlib
import os
import select
import shutil
import signal
import socket
import sys
import time
from pathlib import Path

import msgspec

from daemon.workbench.jobs import Conversion, Converted
from daemon.workbench.walls import (
    adopt_orphans,
    build_office_walls,
    die_with_parent,
    leave_network,
)

#: LibreOffice's way of saying that it wants to be started again (a new profile).
_AGAIN = 81
_MOST_STARTS = 3
_BEAT_MS = 20
#: Rounds in which everything is ended: what forks faster than we kill ends with us.
_MOST_ROUNDS = 500

#: The name of a filter in LibreOffice: out by the type wanted, in by the type found.
#: A file that is not what it was taken for must not be opened as something else: as
#: plain text everything can be read.
OUT = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
_IN = {"doc": "MS Word 97", "wordml": "MS Word 2003 XML"}

#: No macro, no link, no remote picture, no recovery, no extension; nothing is asked.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableOLEAutomation", "true"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Common/Misc", "UseOpenCL", "false"),
    ("Office.Common/Load", "UserDefinedSettings", "false"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Office.Recovery/AutoSave", "Enabled", "false"),
    ("Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("Office.Jobs/Jobs/UpdateCheck/Arguments", "AutoCheckEnabled", "false"),
    ("Setup/Office", "ooSetupInstCompleted", "true"),
)


def main() -> int:
    """Convert as the argument says; tell the parent at descriptor 0 how it ended."""
    order = msgspec.json.decode(sys.argv[1], type=Conversion)
    parent = socket.socket(fileno=os.dup(0))
    adopt_orphans()
    folder = Path(order.folder)
    try:
        converted = _convert(order, folder, parent)
    except _OrphanedError:
        shutil.rmtree(folder, ignore_errors=True)
        return 1
    with contextlib.suppress(OSError):
        parent.sendall(msgspec.json.encode(converted))
    return 0


class _OrphanedError(Exception):
    """Our parent is gone; nobody waits for this conversion."""


def _convert(order: Conversion, folder: Path, parent: socket.socket) -> Converted:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_registry(), "utf-8")
    walled = _may_leave_network(folder) and leave_network()
    deadline = time.monotonic() + order.seconds
    status: int | None = _AGAIN
    for _ in range(_MOST_STARTS):
        status = _run(order, folder, (parent, deadline))
        if status != _AGAIN:
            break
    if status is None:
        return Converted("overran", walled)
    return Converted("died" if status else "done", walled)


def _may_leave_network(folder: Path) -> bool:
    """Try in a process of its own whether we could still work without the network.

    Where the kernel lets a process in and then maps no user there, it cannot go back.
    """
    child = os.fork()
    if not child:
        try:
            (folder / "profile" / "trial").touch()
            if leave_network():
                (folder / "profile" / "trial").write_bytes(b"written")
                os._exit(0)
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def _run(
    order: Conversion, folder: Path, until: tuple[socket.socket, float]
) -> int | None:
    """Start the program once; return its exit status, None if it took too long."""
    watcher = os.getpid()
    child = os.fork()
    if not child:
        _become_office(order, folder, watcher)
    try:
        return _status(child, *until)
    finally:
        _end_all(child)


def _become_office(order: Conversion, folder: Path, watcher: int) -> None:
    """Replace this process by the office program; never returns."""
    # Whatever fails here must not go on as a second copy of us.
    try:
        os.setpgid(0, 0)
        die_with_parent()
        if os.getppid() != watcher:
            os._exit(1)
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nothing, descriptor)
        os.chdir(folder)
        build_office_walls(order.cpu_seconds, order.most_bytes)
        os.execve(order.program, _arguments(order, folder), _environment(folder))
    finally:
        os._exit(127)


def _arguments(order: Conversion, folder: Path) -> list[str]:
    known = _IN.get(order.kind)
    return [
        order.program,
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *([f"--infilter={known}"] if known else []),
        *("--convert-to", OUT[order.conversion], "--outdir", str(folder / "out")),
        order.source,
    ]


def _environment(folder: Path) -> dict[str, str]:
    return {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "SAL_USE_VCLPLUGIN": "svp",
    }


def _registry() -> str:
    names = "http://openoffice.org/2001/registry"
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" '
        f'oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return f'<?xml version="1.0"?><oor:items xmlns:oor="{names}">{items}</oor:items>'


def _status(child: int, parent: socket.socket, deadline: float) -> int | None:
    """Return the child's exit status, None at the deadline.

    Raises _OrphanedError when the parent is gone: it never says a word before.
    """
    poll = select.poll()
    poll.register(parent, select.POLLIN | select.POLLHUP)
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if poll.poll(_BEAT_MS):
            raise _OrphanedError
    return None


def _end_all(child: int) -> None:
    """End the program's group, and whatever of it went its own way."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    for _ in range(_MOST_ROUNDS):
        for orphan in _children():
            with contextlib.suppress(ProcessLookupError):
                os.kill(orphan, signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _children() -> list[int]:
    """Return the processes whose parent we are; orphans of our children among them."""
    found, own = [], str(os.getpid())
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        with contextlib.suppress(OSError):
            told = Path(f"/proc/{entry}/stat").read_text("utf-8", "replace")
            # The name in parentheses may hold anything; the parent is the second after.
            if told.rpartition(")")[2].split()[1] == own:
                found.append(int(entry))
    return found


if __name__ == "__main__":
    sys.exit(main())
