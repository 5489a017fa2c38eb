"""A password that is never shown, and where it may come from.

It opens no connection; a secret that stands nowhere is no fault (the login tells).
"""

import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.faults import Faults


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that neither `repr` nor `str` shows."""

    _text: str = field(repr=False)

    def reveal(self) -> str:
        """Return the secret, for the call that logs in and nothing else."""
        return self._text

    def __str__(self) -> str:
        return "***"


def read_secret_file(path: Path, file: str, key: str, faults: Faults) -> Secret | None:
    """Return the first line of a file that only its owner's group may read.

    A file that is missing, unreadable, empty or readable by everybody is a fault.
    """
    try:
        mode = path.stat().st_mode
        text = path.read_text("utf-8")
    except FileNotFoundError:
        faults.add(file, key, "secret_missing", str(path), path=path)
        return None
    except (OSError, UnicodeDecodeError):
        faults.add(file, key, "secret_unreadable", str(path), path=path)
        return None
    if mode & stat.S_IROTH:
        faults.add(file, key, "secret_open", str(path), path=path)
        return None
    line = text.split("\n", 1)[0].rstrip("\r")
    if not line:
        faults.add(file, key, "secret_empty", str(path), path=path)
        return None
    return Secret(line)


def secret_elsewhere(
    environ: Mapping[str, str], variable: str, credential: str
) -> Secret | None:
    """Return the secret of an environment variable or of systemd's credentials.

    `credential` is the file's name below `$CREDENTIALS_DIRECTORY` (systemd.exec(5)).
    """
    if environ.get(variable):
        return Secret(environ[variable])
    folder = environ.get("CREDENTIALS_DIRECTORY")
    if not folder or not credential or "/" in credential:
        return None
    try:
        text = (Path(folder) / credential).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    line = text.split("\n", 1)[0].rstrip("\r")
    return Secret(line) if line else None
