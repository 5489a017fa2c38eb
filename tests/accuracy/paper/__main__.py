"""How well printed documents are read, by the program that printed them and the look.

python -m tests.accuracy.paper [--seed N] [--count N] [--keep DIR] [--show N] [--only W]
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.accuracy.__main__ import print_scores, read_all
from tests.accuracy.judge import Score, judged
from tests.accuracy.paper.printed import printed
from tests.accuracy.samples import documents


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy.paper")
    parser.add_argument("--seed", type=int, default=41)
    parser.add_argument("--count", type=int, default=40, help="documents")
    parser.add_argument("--keep", type=Path, metavar="DIR")
    parser.add_argument("--show", type=int, default=10, help="failures shown")
    parser.add_argument("--only", default="", help="writers whose names hold this")
    given = parser.parse_args()
    print(f"seed {given.seed}, {given.count} documents")
    with tempfile.TemporaryDirectory(prefix="hopthu-paper-") as folder:
        return _run(given, given.keep or Path(folder))


def _run(given: argparse.Namespace, folder: Path) -> int:
    random = Random(given.seed)
    started = time.monotonic()
    docs = documents(random, given.count)
    samples = list(printed(docs, folder, given.only))
    spent = time.monotonic() - started
    print(f"{len(samples)} files in {spent:.0f} s", file=sys.stderr)
    lines = read_all([s.path for s in samples], None)
    scores: dict[str, Score] = {}
    looks: dict[str, Score] = {}
    blamed: Counter[str] = Counter()
    shown = 0
    for sample in samples:
        score = judged(sample.truth, lines.get(str(sample.path)))
        if score.notes and not score.unread:
            blamed.update(sample.tags)
            if shown < given.show:
                shown += 1
                print(f"\n{sample.path} ({sample.writer}) {sample.tags}")
                print("\n".join(f"    {note}" for note in score.notes[:8]))
        scores.setdefault(sample.writer, Score()).add(score)
        looks.setdefault(sample.tags[0], Score()).add(score)
    print_scores(scores)
    print_scores(looks)
    print(f"tags of failures: {blamed.most_common(25)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
