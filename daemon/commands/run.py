"""`hopthu run`: the daemon, until SIGTERM or SIGINT."""

import argparse
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from types import FrameType

from daemon import journal
from daemon.commands import house
from daemon.commands.arguments import Common
from daemon.commands.office import Office, open_office
from daemon.commands.poll import tell, waiting
from daemon.commands.served import served
from daemon.commands.terminal import say
from daemon.dispatch import Report
from daemon.loop import Daemon


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare no options."""


def run(arguments: argparse.Namespace, common: Common) -> int:
    """Run until told to stop; 0."""
    journal.start(logging.INFO)
    with open_office(common, ticking=True) as office:
        tell(office, Report(), waiting(office))
        serve(office)
    return 0


def serve(office: Office) -> None:
    """Watch, read and answer, and serve the page, until a signal."""
    room = house.strongroom(office)
    house.sweep(office)
    with house.intake(office, room) as intake, served(office) as url:
        daemon = Daemon(intake, house.dispatch(office), house.watchers(office, room))
        with _signals(daemon):
            say("started", url=url or "-")
            journal.started(version("hopthu"))
            daemon.run()
    journal.stopped()


@contextmanager
def _signals(daemon: Daemon) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        daemon.stop()

    before = {s: signal.signal(s, stop) for s in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
