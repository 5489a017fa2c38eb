"""What the world does to a mailbox, as exceptions: temporary and permanent apart.

What a caller may expect to happen (a folder that is missing, a mail that is not there
yet) is a value of `listing`, not an exception.
"""

import re
from typing import Literal

#: How a connection failed; each has its own sentence for the operator.
Unreachable = Literal["name", "refused", "silent", "tls", "cut"]

# RFC 5530 codes and words by which providers say "not now". Gmail writes its
# connection cap as free text under [ALERT].
_SLOW_CODES = frozenset({"UNAVAILABLE", "INUSE", "LIMIT", "OVERQUOTA", "THROTTLED"})
_SLOW_WORDS = re.compile(r"too many (simultaneous )?connections|bandwidth limit", re.I)
_CODE = re.compile(r"\[([A-Za-z][A-Za-z0-9-]*)[^\]]*\]")


class MailboxError(Exception):
    """The base of everything that this room raises."""


class MailboxUnreachableError(MailboxError):
    """Temporary: no connection, or one that broke. The session is of no further use."""

    def __init__(self, message: str, kind: Unreachable = "cut") -> None:
        super().__init__(message)
        self.kind = kind


class FetchBrokenError(MailboxUnreachableError):
    """The session broke in a batch; `uids` are those that were being read.

    A caller counts them as doubted, so that one mail on which a server dies cannot
    keep the others from coming in.
    """

    def __init__(self, message: str, uids: tuple[int, ...]) -> None:
        super().__init__(message, "cut")
        self.uids = uids


class LoginRefusedError(MailboxError):
    """Permanent until a person acts: the server knows us and says no."""


class ThrottledError(MailboxError):
    """The provider says: slower. `code` is its response code, upper case."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


class FolderRefusedError(MailboxError):
    """One folder cannot be opened; the session and other folders are as before."""


class AnswerError(MailboxError):
    """The server broke the protocol or refused a command that it must know."""


def slow_code(answer: str) -> str | None:
    """Return the code by which `answer` asks us to slow down, or None."""
    for code in _CODE.findall(answer):
        if code.upper() in _SLOW_CODES:
            return str(code).upper()
    return "LIMIT" if _SLOW_WORDS.search(answer) else None
