"""Who asks, and from where: the machine's own people, our own forms, our own names.

It knows no user and no password; what it reads of a request it does not believe but
compares.
"""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Names:
    """The names by which the page is reached: `host` of bind, `url` as configured."""

    host: str
    url: str = ""

    def known(self, request: Request) -> bool:
        """Say whether the Host that was asked for is one of ours.

        Addresses are, for no name of a stranger's can be one. Without a `url` nobody
        knows what a proxy calls us, and any name is taken.
        """
        name = _bare(request.headers.get("host", ""))
        if not name:
            return False
        own = {"localhost", self.host.lower(), _bare(urlsplit(self.url).netloc)}
        return not self.url or name in own or _is_address(name)


def from_this_machine(request: Request) -> bool:
    """Say whether both ends are this machine: the peer's address and the Host asked.

    The peer is told by the socket. The Host is not believed but compared: a foreign
    name that resolves to 127.0.0.1 would let any web site read the page through the
    browser of somebody who sits here.
    """
    client = request.client
    if client is None or not _loopback(client.host):
        return False
    name = _bare(request.headers.get("host", ""))
    return name == "localhost" or _loopback(name)


def from_our_page(request: Request, names: Names) -> bool:
    """Say whether a form was sent by a page of ours, as far as the browser tells.

    A browser names the site of the page that sent it; what is no browser names none,
    and is held by the token alone.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    if origin is None:
        return True
    asked = request.headers.get("x-forwarded-host") or request.headers.get("host", "")
    told = urlsplit(origin).netloc.lower()
    return bool(told) and told in (asked.lower(), urlsplit(names.url).netloc.lower())


def by_https(request: Request) -> bool:
    """Say whether the browser speaks https, to us or to the proxy before us."""
    told = request.headers.get("x-forwarded-proto", request.url.scheme)
    return told.partition(",")[0].strip().lower() == "https"


def peer(request: Request) -> str:
    """Return the address at the other end of the socket."""
    return request.client.host if request.client else ""


def _bare(host: str) -> str:
    name = host[: host.rfind("]") + 1] if "]" in host else host.partition(":")[0]
    return name.strip("[]").lower()


def _loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
