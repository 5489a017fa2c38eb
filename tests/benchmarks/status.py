"""Mark 14: the status query and the page that shows it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from daemon.commands.arguments import Common
from daemon.commands.office import Office, open_office
from daemon.page.app import make_app
from daemon.page.health import SILENT_AFTER, Health, health_of
from storage.status import Status, read_health, read_status
from tests.benchmarks import corpus, ledger
from tests.benchmarks.marks import Mark, Scale, figure
from tests.benchmarks.place import Place, WrongError
from tests.builders.asgi import ask

#: Milliseconds for the district, and for a province.
_ASKED = {97: "<< 100 ms", 5000: "< 300 ms"}


@dataclass(slots=True)
class _Size:
    units: int
    mails: int
    query: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)


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
            size.page.append(_milliseconds(lambda: _page(office, size.units)))


def _milliseconds(what: Callable[[], object]) -> float:
    # The database lives in this process: what else the machine does is not counted.
    start = time.process_time()
    what()
    return (time.process_time() - start) * 1000


def _query(office: Office) -> Status:
    with office.database.read() as connection:
        return read_status(connection, office.campaign.number, office.clock.now())


def _health(office: Office) -> Health:
    now = office.clock.now()
    with office.database.read() as connection:
        seen = read_health(connection, office.campaign.number, now)
    return health_of(seen, now, SILENT_AFTER)


def _page(office: Office, units: int) -> None:
    """Ask a page that has nothing in store yet for its table."""
    app = make_app(
        lambda: _query(office),
        lambda: _health(office),
        "",
        office.zone,
        True,
        {c.code: c.name for c in office.campaign.categories},
    )
    answer = ask(app)
    if answer.code != 200 or answer.text.count("<tr") <= units:
        raise WrongError(f"the page answers {answer.code}")


def _marks(size: _Size) -> list[Mark]:
    about = f"{size.units} units, {size.mails} mails"
    asked = _ASKED.get(size.units, "")
    return [
        Mark("14", f"status query, CPU, {about}", asked, *figure(size.query, " ms", 0)),
        Mark("14", "  page and query", asked, *figure(size.page, " ms", 0)),
    ]
