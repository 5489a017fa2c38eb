"""The status page beside the daemon, at the address of the configuration."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_address

from starlette.applications import Starlette

from daemon.commands.office import Office
from daemon.commands.terminal import say
from daemon.page.app import make_app
from daemon.page.health import SILENT_AFTER, Health, health_of
from daemon.page.server import PageServer
from storage.status import Status, read_health, read_status


@contextmanager
def served(office: Office) -> Iterator[str | None]:
    """Yield the page's address; it is served until the block ends.

    A port that is taken is told, and the daemon runs without its page: reading mail
    comes first.
    """
    web = office.settings.web
    server = PageServer(_app(office), web.host, web.port)
    try:
        port = server.start()
    except OSError as error:
        say("page_unserved", bind=f"{web.host}:{web.port}", detail=error)
        yield None
        return
    try:
        yield web.url or web.reach.replace(f":{web.port}", f":{port}", 1)
    finally:
        server.stop()


def _app(office: Office) -> Starlette:
    web = office.settings.web
    number = office.campaign.number
    polls = [m.poll_seconds for m in office.settings.mailboxes if m.kind == "imap"]
    silent = max(SILENT_AFTER, timedelta(seconds=3 * max(polls, default=0)))

    def status() -> Status:
        with office.database.read() as connection:
            return read_status(connection, number, office.clock.now())

    def health() -> Health:
        with office.database.read() as connection:
            seen = read_health(connection, number, office.clock.now())
        return health_of(seen, office.clock.now(), silent)

    names = {c.code: c.name for c in office.campaign.categories}
    return make_app(
        status, health, web.prefix, office.zone, _is_loopback(web.host), names
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
