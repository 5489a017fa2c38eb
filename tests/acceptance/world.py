"""An office of its own for the commands: a folder, a configuration, and the program.

Commands are started as a stranger would start them, with an empty home.
"""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daemon.__main__ import main
from tests.acceptance.contract import valid, valid_lines
from tests.builders.letters import OFFICE, write_directory

ROOT = Path(__file__).resolve().parents[2]
CAMPAIGN = "config/campaigns/41-kh-qu.toml"
NOW = "2021-06-08T09:00:00+07:00"

#: A door of files, and nothing to connect to.
FOLDER_DOOR = """
[[mailboxes]]
name = "notes"
kind = "directory"
path = "{folder}/notes"
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left: exit code, standard output and error."""

    code: int
    out: str
    err: str

    def json(self, kind: str) -> Any:
        """Return standard output as one valid object."""
        return valid(kind, self.out)

    def lines(self, kind: str) -> list[Any]:
        """Return standard output as one valid object a line."""
        return valid_lines(kind, self.out)


def run(
    home: Path, *words: str | Path, environ: Mapping[str, str] | None = None
) -> Ran:
    """Run one command of the program to its end."""
    done = subprocess.run(
        [sys.executable, "-m", "daemon", *map(str, words)],
        cwd=ROOT,
        env=environment(home, environ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in err, err
    return Ran(done.returncode, out, err)


def environment(home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a stranger's shell with nothing of ours in it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("HOPTHU_")}
    plain = {"HOME": str(home), "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    return {**kept, **plain, **(more or {})}


@dataclass(frozen=True, slots=True)
class World:
    """A configured office below one folder."""

    folder: Path

    @property
    def configuration(self) -> Path:
        """Return the configuration file."""
        return self.folder / "hopthu.toml"

    @property
    def database(self) -> Path:
        """Return the SQLite file."""
        return self.folder / "hopthu.db"

    @property
    def home(self) -> Path:
        """Return an empty home."""
        return self.folder / "home"

    def run(
        self,
        *words: str | Path,
        now: str | None = NOW,
        environ: Mapping[str, str] | None = None,
    ) -> Ran:
        """Run one command under this configuration."""
        given: list[str | Path] = ["--config", self.configuration]
        if now is not None:
            given += ["--now", now]
        return run(self.home, *given, *words, environ=environ)

    def json(self, kind: str, *words: str | Path) -> Any:
        """Return what a command answers with exit code 0, one valid object.

        It is asked in this process: starting one costs a second each time.
        """
        given = ["--config", self.configuration, "--now", NOW, *words, "--json"]
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = main([str(word) for word in given])
        assert code == 0
        return valid(kind, out.getvalue())

    def mail(self, name: str, raw: bytes, into: str = "mails") -> Path:
        """Write a file below the folder and return its path."""
        path = self.folder / into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        return path

    def write(self, doors: str = "", more: str = "") -> None:
        """Write the configuration: `more` are further tables."""
        self.configuration.write_text(
            f'database = "sqlite:///{self.database}"\n'
            f'archive = "{self.folder}/archive"\n'
            f'campaign = "{CAMPAIGN}"\n'
            f'units = "{self.folder}/units.csv"\n'
            + doors.replace("{folder}", str(self.folder))
            + more
        )


def a_world(
    folder: Path,
    doors: str = FOLDER_DOOR,
    more: str = "",
    without: Sequence[str] = (),
    shared: str = "",
) -> World:
    """Return an office whose units all have addresses, save those left out."""
    world = World(folder)
    for part in ("home", "notes"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    write_directory(folder / "units.csv", without, shared)
    world.write(doors, more)
    return world


def smtp(port: int, more: str = "") -> str:
    """Return the table of a mail server on this machine."""
    return (
        f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
        f'from = "Ban Dân vận Quận ủy Quận 3 <{OFFICE}>"\n{more}'
    )


def imap(port: int, user: str, folder: Path, more: str = "") -> str:
    """Return the table of an IMAP mailbox on this machine, and write its password."""
    password = folder / "password"
    if not password.exists():
        password.write_text("pw")
        password.chmod(0o600)
    return (
        '[[mailboxes]]\nname = "gmail"\nkind = "imap"\nhost = "127.0.0.1"\n'
        f'port = {port}\nsecurity = "none"\nusername = "{user}"\n'
        f'password_file = "{password}"\nfolders = ["INBOX", "\\\\Junk"]\n'
        f'sent_folder = ""\ntrusted_authserv_id = "mx.google.com"\n{more}'
    )
