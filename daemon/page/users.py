"""Who may log in: the users file, `name:look|decide:argon2-hash` a line each.

It is read again whenever it changed, so that a user who is taken out is out at once.
It knows no session and counts no attempts.
"""

import hashlib
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast, get_args

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from daemon import journal

Role = Literal["look", "decide"]
#: A longer password is none; hashing a megabyte would be work for a stranger.
LONGEST_PASSWORD = 1000
#: Measured costs of argon2-cffi: 64 MiB for each hash, so that one is made at a time.
_ONE_AT_A_TIME = threading.Lock()
_HASHER = PasswordHasher()


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may look or decide. `stamp` changes with his password."""

    name: str
    role: Role
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    user: User
    hash: str


@dataclass(slots=True)
class Users:
    """The users of a file; used by several threads."""

    path: Path
    _seen: tuple[int, int, int] | None = field(default=None, init=False)
    _lines: dict[str, _Line] = field(default_factory=dict, init=False)

    def find(self, name: str) -> User | None:
        """Return the user of that name as the file has him now; None without."""
        line = self._read().get(name)
        return line.user if line else None

    def check(self, name: str, password: str) -> User | None:
        """Return the user if that is his password; takes as long when it is not.

        Whether there is such a user cannot be told from the time that it takes.
        """
        line = self._read().get(name)
        wanted = line.hash if line else _nobody()
        if not _matches(wanted, password) or line is None:
            return None
        return line.user

    def _read(self) -> dict[str, _Line]:
        """Return the lines by name; none at all where the file cannot be read."""
        try:
            stat = self.path.stat()
            seen = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if seen != self._seen:
                self._lines = parsed(self.path.read_text("utf-8-sig"))
                self._seen = seen
        except (OSError, UnicodeDecodeError) as error:
            journal.internal_fault("users_file", error)
            self._seen, self._lines = None, {}
        return self._lines


def parsed(text: str) -> dict[str, _Line]:
    """Return the users of a file by name; a line that is none is left out."""
    found = {}
    for line in text.splitlines():
        name, _, rest = line.strip().partition(":")
        role, _, hashed = rest.partition(":")
        if not name or name.startswith("#") or role not in get_args(Role):
            continue
        stamp = hashlib.sha256(hashed.encode()).hexdigest()[:16]
        found[name] = _Line(User(name, cast(Role, role), stamp), hashed)
    return found


def hashed(password: str) -> str:
    """Return the argon2 hash that a line of the file holds."""
    return _HASHER.hash(password)


def _nobody() -> str:
    global _NOBODY
    with _ONE_AT_A_TIME:
        if _NOBODY is None:
            _NOBODY = _HASHER.hash("nobody")
    return _NOBODY


_NOBODY: str | None = None


def _matches(wanted: str, password: str) -> bool:
    if len(password) > LONGEST_PASSWORD:
        return False
    with _ONE_AT_A_TIME:
        try:
            return _HASHER.verify(wanted, password)
        except (Argon2Error, InvalidHashError):
            return False
