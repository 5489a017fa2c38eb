"""A throwaway Cyrus: the second IMAP server, with habits other than Dovecot's.

It never runs as root: started by root, everything belongs to the user `mail`. Debian's
package cannot stand beside Dovecot's, so it is unpacked and not installed. Its users
are made by `add`; it hears loopback only.
"""

import getpass
import grp
import imaplib
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests import neighbours
from tests.neighbours import debian

PASSWORD = "pw"
PACKAGES = ("cyrus-imapd", "cyrus-common", "sasl2-bin")
#: Linked by programs of the package that are never started here.
UNNEEDED = ("libclamav", "libzephyr", "libc6", "libcyrus")
#: Thư rác and Đã gửi as IMAP writes them, and what they are for.
SPECIAL = {"Th&AbA- r&AOE-c": "Junk", "&ARAA4w- g&Hu0-i": "Sent"}
_ADMIN = "admin"
_LINE = re.compile(r"^<\d+<(.*?)(?=^[<>]\d+[<>]|\Z)", re.MULTILINE | re.DOTALL)

_IMAPD = """
configdirectory: {dir}/conf
partition-default: {dir}/spool
defaultpartition: default
servername: localhost
admins: admin
cyrus_user: {owner}
idlesocket: {dir}/idle
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {dir}/sasldb
sasl_mech_list: PLAIN LOGIN
allowplaintext: yes
failedloginpause: 0
unixhierarchysep: yes
altnamespace: yes
"""
_MASTER = """
START {{
  recover cmd="{bin}/ctl_cyrusdb -C {dir}/imapd.conf -r"
  idled cmd="{bin}/idled -C {dir}/imapd.conf"
}}
SERVICES {{
  # A process a connection: then each has a record of its own.
  imap cmd="{bin}/imapd -C {dir}/imapd.conf -U 1" listen="127.0.0.1:{port}" proto="tcp4"
}}
EVENTS {{
}}
"""


@dataclass(frozen=True, slots=True)
class Cyrus:
    """A running server below one folder of its own."""

    folder: Path
    port: int
    process: "subprocess.Popen[bytes]"

    def add(self, user: str) -> None:
        """Make a user with the password `pw`, an empty INBOX and two special folders.

        What the user's programs send is recorded from the start.
        """
        _make_login(self.folder, user)
        # Cyrus records the connections of whoever has a folder here.
        record = self.folder / "conf" / "log" / user
        record.mkdir()
        _own(record)
        with self.client(_ADMIN) as admin:
            _ok(admin.create(f'"user/{user}"'))
        with self.client(user) as client:
            # imaplib's own create() knows no special use.
            for name, use in SPECIAL.items():
                _ok(client.xatom("CREATE", f'"{name}"', f"(USE (\\{use}))"))

    def client(self, user: str) -> imaplib.IMAP4:
        """Return imaplib's own client, logged in: a person at another desk."""
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=30)
        client.login(user, PASSWORD)
        return client

    def append(
        self,
        user: str,
        raw: bytes,
        received: datetime,
        folder: str = "INBOX",
        flags: str = "",
    ) -> None:
        """Put one mail into a folder by APPEND, with its INTERNALDATE."""
        with self.client(user) as client:
            when = imaplib.Time2Internaldate(received)
            _ok(client.append(f'"{folder}"', flags, when, raw))

    def records(self, user: str) -> frozenset[Path]:
        """Return the record of each connection of `user` so far."""
        return frozenset((self.folder / "conf" / "log" / user).iterdir())

    def commands(self, user: str, but: frozenset[Path] = frozenset()) -> list[str]:
        """Return every line that clients of `user` sent after their login.

        Connections are in no order; those of the records `but` are left out.
        """
        lines: list[str] = []
        for record in self.records(user) - but:
            told = record.read_bytes().decode("utf-8", "replace").replace("\r", "")
            for said in _LINE.findall(told):
                lines += said.splitlines()
        return lines

    def stop(self) -> None:
        """Stop the server with its children and remove its folder."""
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> Cyrus:
    """Start a server and return it when it answers.

    Where Cyrus cannot be had, whoever asks for it fails with the reason.
    """
    try:
        unpacked = debian.unpacked("cyrus", PACKAGES, UNNEEDED)
    except debian.NotToBeHadError as error:
        neighbours.absent("Cyrus")
        raise AssertionError(f"Cyrus cannot be had on this machine: {error}") from error
    # Socket names must stay below 108 characters, so the folder's is short.
    folder = Path(tempfile.mkdtemp(prefix="cy", dir="/tmp"))
    folder.chmod(0o755)
    # The user `mail` may not look into root's cache.
    for part in ("usr/lib", "usr/sbin", "lib"):
        if (unpacked / part).is_dir():
            into = folder / Path(part).name
            shutil.copytree(unpacked / part, into, symlinks=True, dirs_exist_ok=True)
    port = _configure(folder)
    server = Cyrus(folder, port, _start_master(folder))
    _wait_for(server)
    neighbours.used(f"Cyrus IMAP {unpacked.name}")
    return server


def _configure(folder: Path) -> int:
    for part in ("db", "proc", "lock", "socket", "log", "user", "quota", "ptclient"):
        (folder / "conf" / part).mkdir(parents=True)
    (folder / "spool").mkdir()
    port = neighbours.free_port()
    given = {"dir": folder, "bin": folder / "lib" / "cyrus" / "bin", "port": port}
    given["owner"] = _owner()
    (folder / "imapd.conf").write_text(_IMAPD.format(**given))
    (folder / "cyrus.conf").write_text(_MASTER.format(**given))
    _own(folder)
    _make_login(folder, _ADMIN)
    return port


def _start_master(folder: Path) -> "subprocess.Popen[bytes]":
    log = folder / "cyrus.log"
    with log.open("wb") as said:
        return subprocess.Popen(
            [
                *(folder / "lib/cyrus/bin/master", "-C", folder / "imapd.conf"),
                *("-M", folder / "cyrus.conf", "-p", folder / "conf" / "master.pid"),
            ],
            **_as_owner(folder),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )


def _make_login(folder: Path, user: str) -> None:
    subprocess.run(
        [
            *(folder / "sbin" / "saslpasswd2", "-p", "-c"),
            *("-f", folder / "sasldb", "-u", "localhost", user),
        ],
        **_as_owner(folder),
        input=PASSWORD.encode(),
        check=True,
        capture_output=True,
        timeout=60,
    )


def _owner() -> str:
    return "mail" if os.getuid() == 0 else getpass.getuser()


def _own(path: Path) -> None:
    if os.getuid() == 0:
        whom = f"{_owner()}:{grp.getgrgid(pwd.getpwnam(_owner()).pw_gid).gr_name}"
        subprocess.run(["chown", "-R", whom, str(path)], check=True)


def _as_owner(folder: Path) -> dict[str, Any]:
    """Return how a program of the package is started: as whom, and with which world."""
    found = [folder / "lib", *(folder / "lib").glob("*-linux-gnu*")]
    libraries = ":".join(str(path) for path in found)
    given: dict[str, Any] = {
        "cwd": folder,
        "env": {"PATH": neighbours.PATH, "LD_LIBRARY_PATH": libraries},
    }
    if os.getuid() == 0:
        found_user = pwd.getpwnam(_owner())
        given |= {"user": found_user.pw_uid, "group": found_user.pw_gid}
        given["extra_groups"] = ()
    return given


def _ok(answer: tuple[str, Any]) -> None:
    status, text = answer
    assert status == "OK", text


def _wait_for(server: Cyrus) -> None:
    for _ in range(200):
        assert server.process.poll() is None, (
            "Cyrus ended at once: "
            + (server.folder / "cyrus.log").read_text("utf-8", "replace")[-2000:]
        )
        try:
            with socket.create_connection(("127.0.0.1", server.port), 5) as probe:
                if probe.recv(9):
                    return
        except OSError:
            time.sleep(0.05)
    server.stop()
    raise AssertionError("Cyrus does not answer")
