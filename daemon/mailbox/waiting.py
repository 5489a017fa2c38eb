"""Wait for a hint of new mail by IDLE (RFC 2177), never longer than was said.

It decides nothing: the poll is the truth, this only shortens the wait for it.
"""

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
        if _names_mail(client.idle_done()[1]):
            return True
    return False


def _watch(
    client: imapclient.IMAPClient,
    end: float,
    stopped: Callable[[], bool],
    monotonic: Callable[[], float],
) -> None:
    sock = client.socket()
    poll = select.poll()
    poll.register(sock.fileno(), select.POLLIN)
    while not stopped():
        # What TLS has decrypted already is not seen by poll(2).
        if isinstance(sock, ssl.SSLSocket) and sock.pending():
            return
        left = end - monotonic()
        if left <= 0 or poll.poll(min(left, _SLICE) * 1000):
            return


def _names_mail(answers: Iterable[tuple[object, ...]]) -> bool:
    return any(len(a) > 1 and a[1] in (b"EXISTS", b"RECENT") for a in answers)
