"""Who asks: is it somebody at this very machine?

Until there are logins that is the only question; it knows no user and no password.
"""

from ipaddress import ip_address

from starlette.requests import Request


def from_this_machine(request: Request) -> bool:
    """Say whether both ends are this machine: the peer's address and the Host asked.

    The peer is told by the socket. The Host is not believed but compared: a foreign
    name that resolves to 127.0.0.1 would let any web site read the page through the
    browser of somebody who sits here.
    """
    client = request.client
    return client is not None and _loopback(client.host) and _asked_here(request)


def _asked_here(request: Request) -> bool:
    host = request.headers.get("host", "")
    name = host[: host.rfind("]") + 1] if "]" in host else host.partition(":")[0]
    bare = name.strip("[]").lower()
    return bare == "localhost" or _loopback(bare)


def _loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
