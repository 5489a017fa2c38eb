"""Documents of 5,000 works: seconds, and memory that does not grow with the rows."""

import json
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

from config.campaign import load_campaign
from config.settings import SHIPPED_CAMPAIGN
from config.units_file import load_units
from daemon import exporting
from daemon.exporting import Ending, Issuer, Order, What
from storage.campaigns import put_campaigns
from storage.database import open_database
from storage.units import take_in
from tests.benchmarks import corpus
from tests.benchmarks.marks import Mark, Scale, figure
from tests.benchmarks.place import MIB, WrongError
from tests.builders import season
from tests.builders.documents import NOW, ZONE, a_letterhead

_KINDS: tuple[tuple[What, Ending], ...] = (
    ("registrations", "csv"),
    ("registrations", "xlsx"),
    ("registrations", "docx"),
    ("results", "xlsx"),
    ("assessment", "docx"),
)
#: Rows of the small ledger for one of the large one.
_SHARE = 5


def run(scale: Scale) -> list[Mark]:
    """Return seconds at full size, and how memory grows from a fifth of it."""
    rows = scale.pick(5000, 500, 20_000)
    few, many = _ledger(scale, rows // _SHARE), _ledger(scale, rows)
    marks = []
    for what, ending in _KINDS:
        rounds = scale.pick(3, 1)
        seconds = [_asked(many, what, ending)["seconds"] for _ in range(rounds)]
        small = _asked(few, what, ending, measured=True)["peak"] / MIB
        large = _asked(many, what, ending, measured=True)["peak"] / MIB
        name = f"{what}.{ending} of {rows} works"
        marks.append(Mark("-", f"{name}, s", "linear", *figure(seconds)))
        told = f"{large:.1f} MiB, {rows // _SHARE}: {small:.1f}"
        marks.append(Mark("-", f"{name}, heap", "flat", told))
    return marks


def _ledger(scale: Scale, rows: int) -> Path:
    """Return a ledger in which every unit of a directory registered ten works."""
    path = scale.folder / f"{rows}.db"
    directory = scale.folder / f"units-{rows}.csv"
    corpus.write_directory(directory, max(rows // 10, 1))
    plan = load_campaign(SHIPPED_CAMPAIGN)
    units = load_units(directory, {c.code for c in plan.categories})
    database = open_database(f"sqlite:///{path}")
    database.upgrade()
    with database.write() as connection:
        take_in(connection, units, "d1", NOW)
        put_campaigns(connection, [plan])
        season.fill(connection, plan, units, works_each=10)
    database.close()
    return path


def _asked(
    ledger: Path, what: What, ending: Ending, measured: bool = False
) -> dict[str, float]:
    """Return what a process of its own took: one document changes the next one's."""
    given = [str(ledger), what, ending, "measured" if measured else "timed"]
    command = [sys.executable, "-m", "tests.benchmarks.documents", *given]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise WrongError(done.stderr)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _once(ledger: str, what: What, ending: Ending, how: str) -> dict[str, float]:
    issuer = Issuer(a_letterhead(), ZONE, NOW)
    target = Path(ledger).with_suffix(f".{what}.{ending}")
    if how == "measured":
        tracemalloc.start()
    started = time.process_time()
    database = open_database(f"sqlite:///{ledger}")
    with database.read() as connection, target.open("w+b") as stream:
        exporting.write(connection, Order(what), ending, issuer, stream)
    database.close()
    seconds = time.process_time() - started
    peak = tracemalloc.get_traced_memory()[1] if how == "measured" else 0
    return {"seconds": seconds, "peak": peak}


if __name__ == "__main__":
    print(json.dumps(_once(*sys.argv[1:])))  # type: ignore[arg-type]
