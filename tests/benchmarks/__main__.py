"""`make bench`: every bench, or those that are named, and the table of marks.

    python -m tests.benchmarks [--quick | --full] [NAME ...]

Ends with 1 where something was wrong (never where it was slow).
"""

import argparse
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

from tests.benchmarks.marks import Mark, Scale, table
from tests.benchmarks.place import WrongError

NAMES = (
    "end_to_end",
    "read_mail",
    "word_files",
    "spreadsheets",
    "latency",
    "pdf",
    "pictures",
    "memory",
    "growth",
    "compose",
    "status",
    "documents",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--quick", action="store_true", help="few mails, one round")
    parser.add_argument("--full", action="store_true", help="the marks' own sizes")
    given = parser.parse_args()
    unknown = set(given.names) - set(NAMES)
    if unknown:
        parser.error(f"no such bench: {', '.join(sorted(unknown))}")
    marks: list[Mark] = []
    wrong = False
    for name in given.names or NAMES:
        started = time.monotonic()
        try:
            marks += _run(name, given.quick, given.full)
        except WrongError as error:
            wrong = True
            print(f"{name}: wrong, does not count: {error}", file=sys.stderr)
        print(f"{name}: {time.monotonic() - started:.0f} s", file=sys.stderr)
    print(table(marks))
    return 1 if wrong else 0


def _run(name: str, quick: bool, full: bool) -> list[Mark]:
    module = import_module(f"tests.benchmarks.{name}")
    with tempfile.TemporaryDirectory(prefix="hopthu-bench-") as folder:
        found: list[Mark] = module.run(Scale(Path(folder), quick, full))
    return found


if __name__ == "__main__":
    sys.exit(main())
