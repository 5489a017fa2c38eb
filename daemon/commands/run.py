"""`hopthu run`: the daemon, until SIGTERM or SIGINT."""

import argparse
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from types import FrameType

from daemon import journal
from daemon.commands import house
from daemon.commands.arguments import Common
from daemon.commands.office import Office, open_office, read_desk
from daemon.commands.poll import tell
from daemon.commands.reports import staff_ticks
from daemon.commands.served import ONLOOKER, check_bind, served
from daemon.commands.terminal import say
from daemon.dispatch import Report
from daemon.loop import Daemon
from daemon.page.users import User
from storage.errors import StorageError

#: Seconds between two attempts to open the database, doubling.
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare no options."""


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Run until told to stop; 0."""
    journal.start(logging.INFO)
    desk = read_desk(common, ticking=True)
    check_bind(desk.settings.web)
    stopping = threading.Event()
    wait = FIRST_WAIT
    with signals(stopping.set):
        while not stopping.is_set():
            try:
                with open_office(common, desk=desk) as office:
                    tell(office, Report())
                    serve(office, stopping)
                return 0
            except StorageError as error:
                # Only wrong usage keeps us from running; the rest may come right.
                say("database_unreachable", detail=error)
                stopping.wait(wait)
                wait = min(wait * 2, LONGEST_WAIT)
    return 0


def serve(
    office: Office, stopping: threading.Event | None = None, guest: User = ONLOOKER
) -> None:
    """Watch, read and answer, and serve the page, until a signal; not at all where
    `stopping` is set already. `guest` is who looks at the page without a login.
    """
    room = house.strongroom(office)
    house.sweep(office)
    with house.intake(office, room) as intake, served(office, guest) as url:
        seen = house.watched(office)
        daemon = Daemon(
            intake,
            house.dispatch(office, seen),
            house.watchers(office, room),
            staff_ticks(office, house.reminding(office, seen).tick),
        )
        with signals(daemon.stop):
            if stopping is not None and stopping.is_set():
                return
            say("started", url=url or "-")
            journal.started(version("hopthu"))
            daemon.run()
    journal.stopped()


@contextmanager
def signals(stop: Callable[[], None]) -> Iterator[None]:
    """Have SIGTERM and SIGINT call `stop` until the block ends."""

    def handler(number: int, frame: FrameType | None) -> None:
        stop()

    before = {s: signal.signal(s, handler) for s in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, former)
