"""Open one IMAP connection: verified TLS, time limits, login; errors in our words.

It selects and fetches nothing, and it never reconnects: a connection that broke is
thrown away with its session.
"""

import imaplib
import re
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import imapclient
from imapclient.exceptions import CapabilityError, LoginError, ProtocolError

from daemon.mailbox.account import MailboxAccount
from daemon.mailbox.errors import (
    AnswerError,
    FolderRefusedError,
    LoginRefusedError,
    MailboxError,
    MailboxUnreachableError,
    ThrottledError,
    slow_code,
)

#: What a broken or silent link, or a server that answers nonsense, makes of a call.
LINK_ERRORS = (imaplib.IMAP4.error, OSError, EOFError, ValueError)
#: Bytes of a literal outside of FETCH (a folder's name): none of them is long.
_SHORT_LITERAL = 1024 * 1024
#: A plain NO, as imapclient words it; the session goes on after one.
_NO = re.compile(r"\A[a-z]+ failed: ")


def open_client(account: MailboxAccount) -> imapclient.IMAPClient:
    """Return a logged-in client with imapclient's line logging switched off.

    Raises MailboxUnreachableError, LoginRefusedError, ThrottledError and AnswerError;
    none of them holds the password.
    """
    client: imapclient.IMAPClient | None = None
    try:
        client = _open_socket(account)
        _login(client, account)
    except LINK_ERRORS as error:
        if client is not None:
            close(client)
        raise _login_error(account, error) from _without_secret(account, error)
    return client


def close(client: imapclient.IMAPClient) -> None:
    """Close the socket without a word; never raises for a link that is dead."""
    with suppress(*LINK_ERRORS):
        client.shutdown()


def _open_socket(account: MailboxAccount) -> imapclient.IMAPClient:
    # Loading the system's authorities takes 50 ms, so a plain connection does without.
    context = None
    if account.security != "none":
        context = ssl.create_default_context(cafile=account.ca_file)
    client = imapclient.IMAPClient(
        account.host,
        account.port,
        ssl=account.security == "tls",
        ssl_context=context,
        timeout=imapclient.SocketTimeout(account.connect_timeout, account.read_timeout),
    )
    # imapclient sets imaplib's debug level to 5, which formats every literal for a
    # log line that nobody asked for and costs ten times the CPU of the fetch.
    client._imap.debug = 0
    client.normalise_times = False
    _cap_literals(client._imap)
    try:
        client.socket().setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        # A command that is sent ahead must not wait for the answer to the one before.
        client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if account.security == "starttls":
            client.starttls(ssl_context=context)
    except LINK_ERRORS:
        close(client)
        raise
    return client


def _cap_literals(imap: Any) -> None:
    """Let imaplib refuse a long literal before it makes room for it."""
    read: Callable[[int], bytes] = imap.read

    def read_short(size: int) -> bytes:
        if size > _SHORT_LITERAL:
            raise imaplib.IMAP4.abort(f"literal of {size} bytes announced")
        return read(size)

    imap.read = read_short
    imap.read_whole = read


def _login(client: imapclient.IMAPClient, account: MailboxAccount) -> None:
    if account.username.isascii() and account.password.isascii():
        client.login(account.username, account.password)
    else:
        # imaplib writes LOGIN in ASCII only; SASL PLAIN is UTF-8 (RFC 4616).
        secret = f"\0{account.username}\0{account.password}".encode()
        client.sasl_login("PLAIN", lambda _challenge: secret)


def _login_error(account: MailboxAccount, error: Exception) -> MailboxError:
    text = _said(account, error)
    # imapclient makes a LoginError of everything that ends a login; a link that broke
    # meanwhile is no refusal, and must not put the account to rest for an hour.
    ended = error.__context__
    if isinstance(error, LoginError) and isinstance(ended, imaplib.IMAP4.abort):
        error = ended
    if not isinstance(error, LoginError):
        where = f"{account.name} ({account.host}:{account.port})"
        return translated(where, error, text)
    code = slow_code(text)
    if code:
        return ThrottledError(f"{account.name}: login put off: {text}", code)
    if "SERVERBUG" in text.upper():
        return MailboxUnreachableError(f"{account.name}: {text}", "cut")
    return LoginRefusedError(f"{account.name}: login refused: {text}")


def translated(what: str, error: Exception, said: str | None = None) -> MailboxError:
    """Return the error of ours that `error` means; `what` begins its sentence."""
    text = str(error) if said is None else said
    code = slow_code(text)
    if code:
        return ThrottledError(f"{what}: {text}", code)
    if isinstance(error, imaplib.IMAP4.abort):
        return MailboxUnreachableError(f"{what}: the connection ended: {text}", "cut")
    if isinstance(error, OSError | EOFError):
        return _unreachable(what, error, text)
    if _NO.match(text) and not isinstance(error, CapabilityError | ProtocolError):
        return FolderRefusedError(f"{what}: {text}")
    return AnswerError(f"{what}: {text}")


def _unreachable(what: str, error: Exception, text: str) -> MailboxUnreachableError:
    if isinstance(error, socket.gaierror):
        return MailboxUnreachableError(f"{what}: name not found: {text}", "name")
    if isinstance(error, TimeoutError):
        return MailboxUnreachableError(f"{what}: no answer in time", "silent")
    if isinstance(error, ConnectionRefusedError):
        return MailboxUnreachableError(f"{what}: connection refused", "refused")
    if isinstance(error, ssl.SSLError):
        return MailboxUnreachableError(f"{what}: TLS failed: {text}", "tls")
    return MailboxUnreachableError(f"{what}: the connection ended: {text}", "cut")


def _said(account: MailboxAccount, error: Exception) -> str:
    """Return the text of `error`, with the password taken out if a server quoted it."""
    text = str(error)
    return text.replace(account.password, "***") if account.password else text


def _without_secret(account: MailboxAccount, error: Exception) -> Exception | None:
    """Return `error` as a cause, unless a traceback would show the password."""
    return error if _said(account, error) == str(error) else None
