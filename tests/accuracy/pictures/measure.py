"""Read the labelled set through the command line and print how well it was read."""

import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.accuracy.pictures.judge import Score, judged
from tests.accuracy.pictures.samples import (
    PRINT,
    Sample,
    as_printed,
    made,
    papers,
)

#: Papers whose three files are some 350 pages.
PAPERS = 80
_BATCH = 40
_HEADS = (
    "files",
    "pages",
    "letters %",
    "cells",
    "exact %",
    "as typed %",
    "rows",
    "missed",
    "invented",
    ">=.9 %",
    "wrong",
    "1 in",
    "at 1.0",
    "confirm %",
    "held %",
    "unit wrong",
)


def measured(folder: Path, seed: int, count: int, show: int) -> dict[str, Score]:
    """Make the set of a seed, read it, print the table; return scores by class."""
    print(f"pictures: seed {seed}, {count} papers")
    prints = papers(seed, count, folder)
    samples = [*as_printed(prints), *made(prints, folder, seed)]
    _keep(samples, folder)
    lines, seconds = read_all(samples)
    scores: dict[str, Score] = {}
    for sample in samples:
        score = judged(
            sample.truth, sample.confirmation, sample.pages, lines.get(str(sample.path))
        )
        if score.notes and show > 0 and sample.kind != PRINT:
            show -= 1
            print(f"\n{sample.path} {sample.tags}")
            print("\n".join(f"    {note}" for note in score.notes[:8]))
        scores.setdefault(_class_of(sample), Score()).add(score)
    table(scores, seconds)
    return scores


def read_all(
    samples: Sequence[Sample],
) -> tuple[dict[str, dict[str, object]], dict[str, float]]:
    """Return what `read --json` says of each path, and the seconds of each class."""
    found: dict[str, dict[str, object]] = {}
    seconds: dict[str, float] = defaultdict(float)
    for kind in dict.fromkeys(s.kind for s in samples):
        paths = [str(s.path) for s in samples if s.kind == kind]
        for start in range(0, len(paths), _BATCH):
            since = time.monotonic()
            for line in read_json(paths[start : start + _BATCH]):
                found[str(line["path"])] = line
            seconds[kind] += time.monotonic() - since
            print(f"{kind}: {start + _BATCH} files read", file=sys.stderr)
    return found, seconds


def read_json(paths: Iterable[str]) -> list[dict[str, object]]:
    """Return the lines that the command prints for some files."""
    command = [sys.executable, "-m", "daemon", "read", "--json", *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        print(done.stderr, file=sys.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def table(scores: dict[str, Score], seconds: dict[str, float]) -> None:
    """Print one line a class, and one of all; prints with letters are no pictures."""
    print(f"\n{'pictures':18}" + "".join(f"{h:>11}" for h in _HEADS))
    total = Score()
    for kind, score in sorted(scores.items()):
        if not kind.startswith(PRINT):
            total.add(score)
        print(f"{kind:18}" + _line(score))
    print(
        f"{'all':10}" + _line(total, sum(v for k, v in seconds.items() if k != PRINT))
    )


def _class_of(sample: Sample) -> str:
    ruled = "rules all" in sample.tags
    return sample.kind if ruled else f"{sample.kind}, unruled"


def _line(score: Score) -> str:
    said = score.sure / score.sure_wrong if score.sure_wrong else 0.0
    cells = (
        str(score.files),
        str(score.pages),
        _share(score.letters - score.wrong_letters, score.letters),
        str(score.asked),
        _share(score.exact, score.asked),
        _share(score.as_typed, score.asked),
        str(score.rows),
        str(score.missed),
        str(score.invented),
        _share(score.sure, score.asked),
        str(score.sure_wrong),
        f"{said:.0f}" if said else "-",
        str(score.ones),
        _share(score.confirmed_right, score.confirmations),
        _share(score.held, score.bare),
        str(score.unit_certain_wrong),
    )
    return "".join(f"{cell:>11}" for cell in cells)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}" if whole else "-"


def _keep(samples: Sequence[Sample], folder: Path) -> None:
    lines = "".join(sample.line() + "\n" for sample in samples)
    (folder / "manifest.jsonl").write_text(lines, encoding="utf-8")
