"""How the second set is read: python -m tests.accuracy.second [--only NAME]

`--office` lets LibreOffice convert what has been written to its other formats too.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.accuracy.convert import converted
from tests.accuracy.judge import Score, judged
from tests.accuracy.second.layout import Layout
from tests.accuracy.second.negatives import negatives
from tests.accuracy.second.prose import prose
from tests.accuracy.second.prose_2 import prose_2
from tests.accuracy.second.registers import registers
from tests.accuracy.second.registers_2 import registers_2
from tests.accuracy.second.registers_3 import registers_3
from tests.accuracy.second.results import results
from tests.accuracy.second.write import write

_OFFICE = {"xlsx": ("xls", "ods", "html"), "docx": ("doc", "odt", "rtf", "pdf")}
_BARE = ("xlsx", "xlsx2", "docx", "csv")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy.second")
    parser.add_argument("--keep", type=Path, metavar="DIR")
    parser.add_argument("--only", default="")
    parser.add_argument("--office", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hopthu-second-") as folder:
        return _run(given, given.keep or Path(folder))


def layouts() -> list[Layout]:
    """Return the whole set."""
    registering = [*registers(), *registers_2(), *registers_3(), *prose(), *prose_2()]
    return [*registering, *results(), *negatives()]


def _run(given: argparse.Namespace, folder: Path) -> int:
    chosen = [one for one in layouts() if given.only in one.name]
    files = [
        (write(one, w, folder), one, w) for one in chosen for w in one.writers.split()
    ]
    if given.office:
        files += _converted(files, folder)
    lines = read([path for path, _, _ in files])
    total, failed = Score(), 0
    by_writer: Counter[str] = Counter()
    for path, one, writer in files:
        score = _score(one, writer, lines.get(str(path)))
        total.add(score)
        if score.notes:
            failed += 1
            by_writer[writer] += 1
            print(f"\n{one.name} ({writer}) {path.name}")
            print("\n".join(f"    {note}" for note in score.notes[:6]))
    counts = dict(by_writer)
    print(f"\n{len(chosen)} layouts, {len(files)} files, {failed} not right {counts}")
    asked = {"kinds_asked": total.files - total.unread}
    print({k: v for k, v in (vars(total) | asked).items() if k != "notes"})
    return 0


def _score(one: Layout, writer: str, line: dict[str, Any] | None) -> Score:
    bare = writer.split(">")[0] in _BARE
    truth = SimpleNamespace(
        kind=one.kind,
        registrations=[] if one.kind == "results" else one.rows,
        results=one.rows if one.kind == "results" else [],
        unit=one.unit or one.guess or None,
        provable=bool(one.unit) and bare,
    )
    known = {k for row in one.rows for k in row}
    if line is not None:
        for row in [*line["registrations"], *line["results"]]:
            # What the source does not name is not asked for.
            for key in (
                "number",
                "title",
                "method",
                "time",
                "expected_result",
                "result",
            ):
                if key in row and key not in known and row[key] is None:
                    del row[key]
    score = judged(truth, line)
    if line is None:
        score.notes.append("no line")
    elif one.guess and not any(c["code"] == one.guess for c in line["candidates"][:1]):
        score.notes.append(f"candidates {line['candidates'][:2]}, not {one.guess}")
    if score.unread:
        score.notes.append("unread")
    return score


def _converted(
    files: list[tuple[Path, Layout, str]], folder: Path
) -> list[tuple[Path, Layout, str]]:
    more = []
    for source, endings in _OFFICE.items():
        some = [(path, one) for path, one, writer in files if writer == source]
        for ending in endings:
            made = converted(
                [path for path, _ in some], ending, folder / f"{source}-{ending}"
            )
            by_stem = {path.stem: path for path in made}
            more += [
                (by_stem[p.stem], one, f"{source}>{ending}")
                for p, one in some
                if p.stem in by_stem
            ]
    return more


def read(paths: list[Path], settings: Path | None = None) -> dict[str, dict[str, Any]]:
    """Return what `read --json` says of each path."""
    found = {}
    for start in range(0, len(paths), 400):
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "daemon",
                *(["--config", str(settings)] if settings else []),
                "read",
                "--json",
                *map(str, paths[start : start + 400]),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if not done.stdout:
            print(done.stderr, file=sys.stderr)
        for line in done.stdout.splitlines():
            one = json.loads(line)
            found[one["path"]] = one
    return found


if __name__ == "__main__":
    sys.exit(main())
