"""One process that damages and reads file after file, saying before each which it is.

    python -m tests.fuzz.worker SEED FIRST

It prints `N begin` and `N ok SECONDS` or `N fault WORDS`; whoever started it sees from
the last line what it died of.
"""

import random
import resource
import signal
import sys
import time
import traceback
from pathlib import Path

from daemon.commands.arguments import Common
from daemon.commands.office import read_desk
from daemon.workbench.walls import ADDRESS_SPACE
from parsers.filetype import found_type
from parsers.reading import Reader
from parsers.values.reading import Reading
from tests.fuzz.mutate import damaged

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
#: A file read for longer than this is a fault: the parent's limit is a minute.
SECONDS = 20.0
#: Seconds after which a file counts as one that hangs the reader.
PATIENCE = 90
MAILS = (".eml", ".msg", ".dxl")


def seeds() -> list[tuple[str, bytes]]:
    """Return the sound files, name and bytes, always in the same order."""
    paths = sorted(p for p in GOLDEN.rglob("input.*") if p.is_file())
    return [(p.name, p.read_bytes()) for p in paths]


def case(seed: int, number: int, files: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """Return the damaged file `number`, with the name of what it was."""
    chance = random.Random(f"{seed}/{number}")
    name, payload = chance.choice(files)
    return name, damaged(payload, chance.choice(files)[1], chance)


def read(reader: Reader, name: str, payload: bytes) -> Reading:
    """Read a damaged file as what it was."""
    if name.endswith(MAILS) or found_type(payload, name) == "eml":
        return reader.read_message(payload)
    return reader.read_file(name, payload)


def sound(reading: Reading) -> str:
    """Return what is wrong with a reading, whatever was read; empty if nothing."""
    rows = [*reading.registrations, *reading.results]
    for row in rows:
        if not 0.0 <= row.certainty <= min([1.0, *row.cells.values()]):
            return f"certainty {row.certainty} above that of a cell: {row.cells}"
    for table in reading.tables:
        if len({len(r) for r in table.rows}) > 1:
            return f"rows of unequal length in {table.place}"
    return ""


def main(seed: int, number: int) -> None:
    """Go on for ever."""
    rules = read_desk(Common(None, None, "fuzz", None), shipped=True).rules
    reader = Reader(rules)
    files = seeds()
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        # Whoever hangs is ended by the signal, in native code as well.
        signal.alarm(PATIENCE)
        print(number, "begin", flush=True)
        name, payload = case(seed, number, files)
        start = time.process_time()
        try:
            wrong = sound(read(reader, name, payload))
        # Broad on purpose: whatever a damaged file raises is what is looked for.
        except Exception:
            wrong = traceback.format_exc(limit=-3).replace("\n", " | ")
        spent = time.process_time() - start
        if not wrong and spent > SECONDS:
            wrong = f"{spent:.1f} seconds of processor"
        print(number, f"fault {wrong}" if wrong else f"ok {spent:.3f}", flush=True)
        number += 1


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
