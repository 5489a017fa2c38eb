"""Sessions: a signed cookie that names the user, and the token of his forms.

The cookie is no secret, but nobody else can write one. What is in it counts only while
the users file says so, and until it is old or was ended.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from daemon.page.users import User, Users

COOKIE = "hopthu_session"
#: Of the form by which somebody logs in who has no session yet.
VISITOR_COOKIE = "hopthu_visitor"
#: A working day and a half: who stays longer logs in again.
LIFE = timedelta(hours=12)
_TOKEN_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Session:
    """A session that stands. `key` is its own, `until` (aware) when it ends."""

    user: User
    key: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Sessions:
    """Writes and reads the cookies of one installation, by its secret."""

    secret: bytes

    def begin(self, user: User, now: datetime) -> str:
        """Return the cookie of a new session."""
        told = {
            "name": user.name,
            "stamp": user.stamp,
            "at": int(now.timestamp()),
            "key": secrets.token_hex(16),
        }
        return str(self._serializer().dumps(told))

    def read(self, cookie: str, users: Users, now: datetime) -> Session | None:
        """Return the session of a cookie; None where it is none, or not any more."""
        try:
            told = self._serializer().loads(cookie)
            name, stamp, key = str(told["name"]), told["stamp"], str(told["key"])
            begun = datetime.fromtimestamp(int(told["at"]), now.tzinfo)
        except (BadData, KeyError, TypeError, ValueError, OverflowError, OSError):
            return None
        user = users.find(name)
        if user is None or user.stamp != stamp:
            return None
        if not begun - timedelta(minutes=5) <= now < begun + LIFE:
            return None
        return Session(user, key, begun + LIFE)

    def token(self, key: str) -> str:
        """Return the token that a form of that session carries."""
        return self._derived("form", key)[:_TOKEN_LETTERS]

    def file_key(self, message: int, place: int, digest: str) -> str:
        """Return the name under which one attachment can be asked for."""
        return self._derived("file", f"{message}:{place}:{digest}")[:_TOKEN_LETTERS]

    def _serializer(self) -> URLSafeSerializer:
        key = self._derived("session", "key")
        return URLSafeSerializer(key, salt="hopthu.session")

    def _derived(self, what: str, text: str) -> str:
        told = f"hopthu page {what}\0{text}".encode()
        return hmac.new(self.secret, told, hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Say whether two tokens are the same, in a time that does not tell how far."""
    return hmac.compare_digest(one.encode(), other.encode())
