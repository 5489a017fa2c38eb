"""A small real world: a mailbox on Dovecot, a mail server, a database, an archive.

`hopthu(...)` is the program as people start it, a process of its own. What became of
its mails is for `judge` to say.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from config.settings import SHIPPED_CAMPAIGN, SHIPPED_UNITS
from daemon.__main__ import main
from daemon.demo.campaign import ADDRESSES
from daemon.demo.samples import write_units
from tests.neighbours import free_port
from tests.neighbours.dovecot import PASSWORD, Dovecot
from tests.neighbours.sink import Sink

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime.fromisoformat("2021-06-08T09:00:00+07:00")
OFFICE = "office@example.org"
#: Every command that was started, so that none outlives its test.
started: list["subprocess.Popen[str]"] = []
#: Seconds that one command may take; machines that test are loaded.
PATIENCE = 120

_CONFIGURATION = """
database = "{database}"
archive = "{folder}/archive"
campaign = "{campaign}"
units = "{folder}/units.csv"
[[mailboxes]]
name = "office"
kind = "imap"
host = "127.0.0.1"
port = {imap_port}
security = "none"
username = "{user}"
password_file = "{folder}/password"
folders = ["INBOX"]
sent_folder = {sent_folder}
poll_seconds = 1
trusted_authserv_id = "mx.google.com"
[smtp]
host = "127.0.0.1"
port = {smtp_port}
security = "none"
from = "Ban Dân vận <{office}>"
per_minute = 100000
per_day = 100000
first_pass = "send"
# Only what the mails cause is counted here.
[reminders]
days_before = []
days_after = []
[workers]
processes = {processes}
[storage]
disk_floor_mib = 1
[web]
bind = "127.0.0.1:{page_port}"
{more}
"""


@dataclass(frozen=True, slots=True)
class Place:
    """What a world is built in: where its mail lies, and what database it has."""

    dovecot: Dovecot
    user: str
    sink: Sink
    folder: Path
    database: str


@dataclass(frozen=True, slots=True)
class World:
    """One configuration and everything that it names."""

    place: Place
    config: Path

    @property
    def database(self) -> str:
        return self.place.database

    @property
    def archive(self) -> Path:
        return self.place.folder / "archive"

    @property
    def sink(self) -> Sink:
        return self.place.sink

    def command(self, *words: str, later: timedelta = timedelta()) -> list[str]:
        """Return the command line of `hopthu words`, `later` than the world's hour."""
        now = (NOW + later).isoformat()
        given = ["--config", str(self.config), "--now", now]
        return [sys.executable, "-m", "daemon", *given, *words]

    def hopthu(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            self.command(*words),
            cwd=ROOT,
            env=environment(self.place.folder),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def again(self, *words: str, later: timedelta = timedelta()) -> int:
        """Run one command within this process: another start costs a second."""
        return main(self.command(*words, later=later)[3:])

    def start(self, *words: str, before: Sequence[str] = ()) -> subprocess.Popen[str]:
        """Start one command, behind the words `before` (a tracer); its errors go to
        the file `log`.
        """
        with self.log.open("a") as log:
            process = subprocess.Popen(
                [*before, *self.command(*words)],
                cwd=ROOT,
                env=environment(self.place.folder),
                stdout=subprocess.DEVNULL,
                stderr=log,
                text=True,
            )
        started.append(process)
        return process

    @property
    def log(self) -> Path:
        return self.place.folder / "log"

    def deliver(self, raw: bytes, received: datetime = NOW) -> None:
        """Put one mail into the mailbox."""
        self.place.dovecot.append(self.place.user, raw, received)


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a user who has nothing of his own."""
    empty = home / "home"
    empty.mkdir(exist_ok=True)
    return {
        "HOME": str(empty),
        "LANG": "C.UTF-8",
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def build(
    place: Place, more: str = "", sent_folder: str = "", processes: int = 1
) -> World:
    """Write the configuration with its units and its secret; `more` is TOML."""
    folder = place.folder
    folder.mkdir(parents=True, exist_ok=True)
    write_units(SHIPPED_UNITS, folder / "units.csv", ADDRESSES)
    secret = folder / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o600)
    config = folder / "hopthu.toml"
    text = _CONFIGURATION.format(
        database=place.database,
        folder=folder,
        campaign=SHIPPED_CAMPAIGN,
        imap_port=place.dovecot.port,
        smtp_port=place.sink.port,
        user=place.user,
        office=OFFICE,
        sent_folder=f"'{sent_folder}'",
        processes=processes,
        page_port=free_port(),
        more=more,
    )
    config.write_text(text, "utf-8")
    return World(place, config)


def kill(process: "subprocess.Popen[str]") -> int:
    """Kill a command that we started, without a word, and return its status."""
    process.send_signal(signal.SIGKILL)
    return process.wait(PATIENCE)
