"""A throwaway Dovecot: every user with the password `pw` is let in.

Works as root (mail then belongs to the user `mail`) and as an ordinary user. It lives
below one short folder of its own and hears loopback only.
"""

import getpass
import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests import neighbours

PASSWORD = "pw"

_CONFIGURATION = """
base_dir = {dir}/run
log_path = {dir}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{dir}/cert.pem
ssl_key = <{dir}/key.pem
disable_plaintext_auth = no
auth_failure_delay = 0
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
first_valid_uid = 1
mail_location = maildir:~/Maildir
mail_max_userip_connections = 200
rawlog_dir = %h/rawlog
namespace inbox {{
  inbox = yes
  separator = /
  mailbox "Thư rác" {{
    special_use = \\Junk
    auto = subscribe
  }}
  mailbox "Đã gửi" {{
    special_use = \\Sent
    auto = subscribe
  }}
}}
passdb {{
  driver = static
  args = password=pw
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner_group} home={dir}/mail/%n
}}
service imap-login {{
  chroot =
  service_count = 0
  process_min_avail = 1
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  # A wrong password makes the server slow for everybody from this address.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service auth {{
  client_limit = 4096
}}
service imap {{
  service_count = 100
  process_limit = 64
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True, slots=True)
class Dovecot:
    """A running server; `certificate` is the PEM file of its own authority."""

    folder: Path
    port: int
    tls_port: int
    owner: str
    owner_group: str

    @property
    def certificate(self) -> Path:
        return self.folder / "cert.pem"

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
            status, text = client.append(
                f'"{folder}"', flags, imaplib.Time2Internaldate(received), raw
            )
            assert status == "OK", text

    def client(self, user: str) -> imaplib.IMAP4:
        """Return imaplib's own client, logged in: a person at another desk."""
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=30)
        client.login(user, PASSWORD)
        return client

    def maildir(self, user: str) -> Path:
        """Return the Maildir of INBOX that the server made."""
        return self.folder / "mail" / user / "Maildir"

    def drop(self, user: str, name: str, raw: bytes, received: datetime) -> None:
        """Put one mail into new/ as a delivery program does."""
        into = self.maildir(user)
        for part in ("cur", "new", "tmp"):
            (into / part).mkdir(parents=True, exist_ok=True)
        waiting = into / "tmp" / name
        waiting.write_bytes(raw)
        os.utime(waiting, (received.timestamp(), received.timestamp()))
        waiting.rename(into / "new" / name)

    def own(self, user: str) -> None:
        """Give everything of `user` to the server's mail user."""
        if os.getuid() == 0:
            whom = f"{self.owner}:{self.owner_group}"
            home = self.folder / "mail" / user
            subprocess.run(["chown", "-R", whom, str(home)], check=True)

    def set_uidvalidity(self, user: str, value: int) -> None:
        """Give INBOX another UIDVALIDITY and forget its indexes.

        No session may have it open.
        """
        into = self.maildir(user)
        listed = into / "dovecot-uidlist"
        head, _, rest = listed.read_text().partition("\n")
        words = [f"V{value}" if w.startswith("V") else w for w in head.split()]
        listed.write_text("\n".join([" ".join(words), rest]))
        for index in into.glob("dovecot.index*"):
            index.unlink()
        self.own(user)

    def records(self, user: str) -> frozenset[Path]:
        """Return the record of each connection of `user` so far."""
        return frozenset((self.folder / "mail" / user / "rawlog").glob("*.in"))

    def commands(self, user: str, but: frozenset[Path] = frozenset()) -> list[str]:
        """Return every line that clients of `user` sent after their login.

        Connections are in no order; those of the records `but` are left out.
        """
        lines: list[str] = []
        for record in self.records(user) - but:
            for line in record.read_bytes().decode("utf-8", "replace").splitlines():
                # Each line begins with the time at which it came.
                lines.append(line.split(" ", 1)[1] if " " in line else line)
        return lines

    def record(self, user: str) -> None:
        """Begin to record what clients of `user` send."""
        (self.folder / "mail" / user / "rawlog").mkdir(parents=True, exist_ok=True)
        self.own(user)

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        _run("doveadm", "-c", str(self.folder / "dovecot.conf"), "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> Dovecot:
    """Start a server and return it when it answers.

    Where Dovecot is not installed, whoever asks for it fails.
    """
    program = neighbours.need("dovecot", "Dovecot")
    # Socket names must stay below 108 characters, so the folder's is short.
    folder = Path(tempfile.mkdtemp(prefix="dc", dir="/tmp"))
    folder.chmod(0o755)
    for part in ("mail", "run"):
        (folder / part).mkdir()
    _certificate(folder)
    owner, login, internal = _users()
    port, tls_port = _free_ports()
    group = grp.getgrgid(pwd.getpwnam(owner).pw_gid).gr_name
    (folder / "dovecot.conf").write_text(
        _CONFIGURATION.format(
            dir=folder,
            internal=internal,
            login=login,
            group=grp.getgrgid(pwd.getpwnam(internal).pw_gid).gr_name,
            owner=owner,
            owner_group=group,
            port=port,
            tls_port=tls_port,
        )
    )
    if os.getuid() == 0:
        shutil.chown(folder / "mail", owner, group)
    _run(program, "-c", str(folder / "dovecot.conf"))
    server = Dovecot(folder, port, tls_port, owner, group)
    _wait_for(server)
    neighbours.used(f"Dovecot {_run(program, '--version').split()[0]}")
    return server


def _users() -> tuple[str, str, str]:
    if os.getuid() == 0:
        return "mail", "dovenull", "dovecot"
    me = getpass.getuser()
    return me, me, me


def _certificate(folder: Path) -> None:
    _run(
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes"),
        *("-days", "3650", "-subj", "/CN=localhost"),
        *("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
        *("-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")),
    )


def _run(*command: str) -> str:
    # The server keeps what it was started with: a pipe for its errors would never end.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            command,
            check=False,
            env={**os.environ, "PATH": neighbours.PATH},
            stdout=said,
            stderr=said,
            timeout=60,
        )
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
        assert done.returncode == 0, text
        return text


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


def _wait_for(server: Dovecot) -> None:
    for _ in range(100):
        try:
            with socket.create_connection(("127.0.0.1", server.port), 1) as probe:
                if probe.recv(9):
                    return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError((server.folder / "dovecot.log").read_text()[-2000:])
