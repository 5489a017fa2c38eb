"""Wait for a hint of new mail by IDLE (RFC 2177), never longer than was said.

It decides nothing: the poll is the truth, this only shortens the wait for it.
"""

import imaplib
import select
import ssl
from collections.abc import Callable, Iterable

import imapclient

#: Seconds between two questions whether to stop.
_SLICE = 1.0
#: Seconds after which IDLE is said again, so that a dead link is noticed.
_AGAIN = 5 * 60


def wait_for_mail(
    client: imapclient.IMAPClient,
    seconds: float,
    stopped: Callable[[], bool],
    monotonic: Callable[[], float],
) -> bool:
    """Return True as soon as the server names a new mail, False after `seconds`.

    A folder must be selected. Raises what a broken link raises.
    """
    if not client.has_capability("IDLE"):
        return False
    end = monotonic() + seconds
    while not stopped() and monotonic() < end:
        client.idle()
        # imapclient's own idle_check takes the end of the connection for silence, so
        # the socket is watched here and idle_done reads what came.
        _watch(client, min(end, monotonic() + _AGAIN), stopped, monotonic)
        said = client.idle_done()[1]
        if any(answer[0] == b"BYE" for answer in said):
            raise imaplib.IMAP4.abort("the server said goodbye")
        if _names_mail(said):
            return True
    return False


def _watch(
    client: imapclient.IMAPClient,
    end: float,
    stopped: Callable[[], bool],
    monotonic: Callable[[], float],
) -> None:
    if _read_ahead(client):
        return
    sock = client.socket()
    poll = select.poll()
    poll.register(sock.fileno(), select.POLLIN)
    while not stopped():
        left = end - monotonic()
        if left <= 0 or poll.poll(min(left, _SLICE) * 1000):
            return


def _read_ahead(client: imapclient.IMAPClient) -> bool:
    """Return whether words of the server were read together with its go-ahead.

    A mail that came between the look and IDLE is named at once, often in the same
    packet; it then lies in imaplib's buffer or in that of TLS, where poll(2) sees
    nothing, and the hint would be lost until the next poll.
    """
    sock = client.socket()
    before = sock.gettimeout()
    sock.settimeout(0)
    try:
        return bool(client._imap.file.peek(1))
    except ssl.SSLWantReadError:
        return False
    finally:
        sock.settimeout(before)


def _names_mail(answers: Iterable[tuple[object, ...]]) -> bool:
    return any(len(a) > 1 and a[1] in (b"EXISTS", b"RECENT") for a in answers)
