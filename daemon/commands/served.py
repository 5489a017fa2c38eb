"""The status page beside the daemon, at the address of the configuration."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_address

from config.options import Web
from daemon.commands import house
from daemon.commands.issuing import issuer
from daemon.commands.office import Office, UsageError
from daemon.commands.page_readers import PageReaders
from daemon.commands.terminal import say
from daemon.mailbox.account import MIB
from daemon.page.app import make_app
from daemon.page.doorway import Names
from daemon.page.health import SILENT_AFTER, Health, health_of
from daemon.page.parts import Disk, Entrance, Parts
from daemon.page.server import PageServer
from daemon.page.users import User, Users
from storage.status import Status, read_health, read_status

#: Who looks from this very machine where nobody can log in.
ONLOOKER = User("", "look")


def check_bind(web: Web) -> None:
    """Raise UsageError where strangers could reach a page that nobody logs in to."""
    if web.users_file is None and not _is_loopback(web.host):
        raise UsageError("web_needs_users", bind=f"{web.host}:{web.port}")


@contextmanager
def served(office: Office, guest: User = ONLOOKER) -> Iterator[str | None]:
    """Yield the page's address; it is served until the block ends.

    `guest` is who looks from this very machine without a login, where there is none to
    be had. A port that is taken is told, and the daemon runs without its page: reading
    mail comes first.
    """
    web = office.settings.web
    readers = PageReaders(office)
    app = make_app(parts_of(office, readers, guest))
    server = PageServer(app, web.host, web.port)
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
        readers.close()


def parts_of(office: Office, readers: PageReaders, guest: User = ONLOOKER) -> Parts:
    """Return what the page of an office is made of."""
    settings, web = office.settings, office.settings.web
    number = office.campaign.number
    polls = [m.poll_seconds for m in settings.mailboxes if m.kind == "imap"]
    silent = max(SILENT_AFTER, timedelta(seconds=3 * max(polls, default=0)))

    def status() -> Status:
        with office.database.read() as connection:
            return read_status(connection, number, office.clock.now())

    def health() -> Health:
        with office.database.read() as connection:
            seen = read_health(connection, number, office.clock.now())
        return health_of(seen, office.clock.now(), silent)

    def disk() -> Disk:
        free = shutil.disk_usage(settings.archive).free
        return Disk(free, settings.storage.disk_floor_mib * MIB)

    secret = office.desk.policy.secret
    users = Users(web.users_file) if web.users_file else None
    here = guest if _is_loopback(web.host) else None
    return Parts(
        entrance=Entrance(web.prefix, Names(web.host, web.url), users, here),
        database=office.database,
        archive=office.archive,
        clock=office.clock,
        zone=office.zone,
        policy=office.desk.policy,
        campaign=office.campaign,
        secret=secret,
        status=status,
        health=health,
        readers=readers.readers(),
        compose=office.composer,
        issuer=lambda: issuer(office),
        budget=house.budget(settings),
        disk=disk,
        most_bytes=settings.limits.attachment_mib * MIB,
        holder=office.holder,
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
