"""Mark 14: the status query, and every page of the web page, paged and flat."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from starlette.types import ASGIApp

from daemon.commands.arguments import Common
from daemon.commands.office import Office, open_office
from daemon.commands.page_readers import PageReaders
from daemon.commands.served import parts_of
from daemon.page.app import make_app
from daemon.page.users import User
from storage.status import Status, read_status
from tests.benchmarks import corpus, ledger
from tests.benchmarks.marks import Mark, Scale, figure
from tests.benchmarks.place import Place, WrongError
from tests.builders.asgi import ask

#: Milliseconds for the district, and for a province.
_PAGES = (
    ("status table", "/"),
    ("status, filtered and sorted", "/?q=phuong&sort=registered&order=down"),
    ("mails, newest", "/messages"),
    ("mails, last page", "/messages?page=1999"),
    ("mails, looked for", "/messages?q=khong+co+thu+nay"),
    ("outbox", "/outbox"),
    ("health", "/health"),
)
_ASKED = {97: "<< 100 ms", 5000: "< 300 ms"}


@dataclass(slots=True)
class _Size:
    units: int
    mails: int
    query: list[float] = field(default_factory=list)
    pages: dict[str, list[float]] = field(default_factory=dict)
    grown: list[float] = field(default_factory=list)


def run(scale: Scale) -> list[Mark]:
    """Return CPU milliseconds of query and page; the largest size with --full only."""
    sizes = [_Size(97, scale.pick(1000, 300))]
    sizes.append(_Size(scale.pick(1000, 300, 5000), scale.pick(10_000, 1000, 100_000)))
    for size in sizes:
        _measure(scale, size)
    return [mark for size in sizes for mark in _marks(size)]


def _measure(scale: Scale, size: _Size) -> None:
    folder = scale.folder / f"{size.units}"
    codes = corpus.write_directory(scale.folder / "units.csv", size.units)
    place = Place(folder, 9, "bench", scale.folder / "units.csv").write()
    common = Common(str(place.configuration), corpus.NOW, "bench", None)
    with open_office(common) as office:
        ledger.fill(office, size.mails, codes)
        for _ in range(scale.pick(5, 3)):
            size.query.append(_milliseconds(lambda: _query(office)))
            for name, spent in _asked(office):
                size.pages.setdefault(name, []).append(spent)
        grown = _grown(office)
        size.grown.append(grown)


def _shown(app: ASGIApp, path: str) -> None:
    answer = ask(app, path)
    if answer.code != 200:
        raise WrongError(f"{path} answers {answer.code}")


def _grown(office: Office) -> float:
    """Return by how many MB the process grows while all pages are asked ten times."""
    _asked(office)
    before = _resident()
    for _ in range(10):
        _asked(office)
    return _resident() - before


def _resident() -> float:
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _milliseconds(what: Callable[[], object]) -> float:
    # The database lives in this process: what else the machine does is not counted.
    start = time.process_time()
    what()
    return (time.process_time() - start) * 1000


def _query(office: Office) -> Status:
    with office.database.read() as connection:
        return read_status(connection, office.campaign.number, office.clock.now())


def _asked(office: Office) -> list[tuple[str, float]]:
    """Return CPU milliseconds of each page of an office, the login not counted."""
    readers = PageReaders(office)
    parts = parts_of(office, readers, User("bench", "decide"))
    unit = office.desk.units[0].code
    found = []
    for name, path in (*_PAGES, ("a unit", f"/units/{unit}")):
        shown = partial(_shown, make_app(parts), path)
        spent = _milliseconds(shown)
        found.append((name, spent))
    readers.close()
    return found


def _marks(size: _Size) -> list[Mark]:
    about = f"{size.units} units, {size.mails} mails"
    asked = _ASKED.get(size.units, "")
    query = figure(size.query, " ms", 0)
    return [
        Mark("14", f"status query, CPU, {about}", asked, *query),
        *(
            Mark("14", f"  page: {name}", asked, *figure(spent, " ms", 0))
            for name, spent in size.pages.items()
        ),
        Mark(
            "14", "  memory after 80 more pages", "flat", *figure(size.grown, " MB", 1)
        ),
    ]
