"""`make accuracy`: how well files and mails are understood, by writer and format.

python -m tests.accuracy [--only files|pictures] [--seed N] [--count N] [--papers N]
                         [--no-office] [--keep DIR] [--show N]
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.accuracy.judge import Score, judged
from tests.accuracy.pictures.measure import PAPERS, measured, refused
from tests.accuracy.samples import documents, written

#: Paths of one call: long command lines have a limit.
_BATCH = 400


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy")
    parser.add_argument("--seed", type=int, default=41)
    parser.add_argument("--count", type=int, default=100, help="documents")
    parser.add_argument("--only", choices=("files", "pictures"))
    parser.add_argument("--papers", type=int, default=PAPERS, help="pictured papers")
    parser.add_argument("--no-office", action="store_true", help="without LibreOffice")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="leave the files there"
    )
    parser.add_argument("--show", type=int, default=10, help="failures shown")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hopthu-accuracy-") as name:
        folder = given.keep or Path(name)
        if given.only != "pictures":
            _run(given, folder)
        if given.only != "files":
            measured(folder / "pictures", given.seed, given.papers, given.show)
            refused(folder / "pictures", given.seed, max(1, given.papers // 20))
    return 0


def _run(given: argparse.Namespace, folder: Path) -> None:
    print(f"seed {given.seed}, {given.count} documents")
    random = Random(given.seed)
    started = time.monotonic()
    docs = documents(random, given.count)
    samples = list(written(docs, folder, random, not given.no_office))
    print(
        f"{len(samples)} files in {time.monotonic() - started:.0f} s", file=sys.stderr
    )
    started = time.monotonic()
    settings = folder / "senders" / "hopthu.toml"
    lines = read_all([s.path for s in samples], settings)
    print(f"read in {time.monotonic() - started:.0f} s", file=sys.stderr)
    scores: dict[str, Score] = {}
    blamed: Counter[str] = Counter()
    shown: set[str] = set()
    for sample in samples:
        score = judged(sample.truth, lines.get(str(sample.path)))
        bad = bool(score.notes) and not score.unread
        if bad:
            blamed.update(sample.tags)
        if bad and sample.path.stem not in shown and len(shown) < given.show:
            shown.add(sample.path.stem)
            print(f"\n{sample.path} ({sample.writer}) {sample.tags}")
            print("\n".join(f"    {note}" for note in score.notes[:8]))
        scores.setdefault(sample.writer, Score()).add(score)
    print_scores(scores)
    print(f"tags of failures: {blamed.most_common(25)}")


def read_all(files: Sequence[Path], settings: Path | None) -> dict[str, dict]:
    """Return what `read --json` says of each file, by its path."""
    found = {}
    config = ["--config", str(settings)] if settings else []
    for start in range(0, len(files), _BATCH):
        paths = [str(path) for path in files[start : start + _BATCH]]
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "daemon",
                *config,
                "read",
                "--json",
                *paths,
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        for line in done.stdout.splitlines():
            read = json.loads(line)
            found[read["path"]] = read
    return found


def print_scores(scores: dict[str, Score]) -> None:
    total = Score()
    heads = (
        "files",
        "unread",
        "cells",
        "exact %",
        "missed",
        "invented",
        "cert&wrong",
        "certain %",
        "held %",
        "kind %",
        "unit ok %",
        "unit wrong",
    )
    print(f"\n{'writer':34}" + "".join(f"{h:>11}" for h in heads))
    for writer, score in sorted(scores.items()):
        total.add(score)
        print(f"{writer:34}" + _line(score))
    print(f"{'all':34}" + _line(total))


def _line(score: Score) -> str:
    read = score.files - score.unread
    cells = (
        str(score.files),
        str(score.unread),
        str(score.cells),
        _share(score.exact, score.cells),
        str(score.missed),
        str(score.invented),
        str(score.certain_wrong),
        _share(score.certain, score.cells),
        _share(score.held, read),
        _share(score.kinds_right, read),
        _share(score.unit_certain_right, score.unit_asked),
        str(score.unit_certain_wrong),
    )
    return "".join(f"{cell:>11}" for cell in cells)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}" if whole else "-"


if __name__ == "__main__":
    sys.exit(main())
