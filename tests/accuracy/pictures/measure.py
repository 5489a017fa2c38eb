"""Read the labelled set through the command line and print how well it was read."""

import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.accuracy.pictures.judge import Mistakes, Score, judged, mistakes
from tests.accuracy.pictures.negatives import negatives
from tests.accuracy.pictures.samples import (
    MANIFEST,
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


def measured(folder: Path, seed: int, count: int, show: int) -> None:
    """Make the set of a seed, read it, print the table."""
    print(f"pictures: seed {seed}, {count} papers")
    prints = papers(seed, count, folder)
    samples = [*as_printed(prints), *made(prints, folder, seed)]
    lines = "".join(sample.line() + "\n" for sample in samples)
    (folder / MANIFEST).write_text(lines, encoding="utf-8")
    told(samples, show)


def told(samples: Sequence[Sample], show: int) -> dict[str, Score]:
    """Read a set, print what is wrong with `show` files, then the table."""
    lines, seconds = read_all(samples)
    scores: dict[str, Score] = {}
    for sample in samples:
        score = judged(
            sample.truth, sample.confirmation, sample.pages, lines.get(str(sample.path))
        )
        if score.notes and show > 0:
            show -= 1
            print(f"\n{sample.path} {sample.tags}")
            print("\n".join(f"    {note}" for note in score.notes[:12]))
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


def refused(folder: Path, seed: int, count: int) -> None:
    """Read pictures that register nothing; print what was made of them, by kind."""
    samples = list(negatives(folder / "negative", seed, count))
    print(f"\n{'no table':34}{'files':>8}{'rows':>8}{'untold':>8}{'died':>8}  told as")
    lines = {line["path"]: line for line in read_json(str(s.path) for s in samples)}
    tags: dict[str, list[Mistakes]] = defaultdict(list)
    for sample in samples:
        tags[sample.tag].append(mistakes(lines.get(str(sample.path))))
    for tag, found in sorted(tags.items()):
        counts = (
            len(found),
            sum(m.rows for m in found),
            sum(not m.codes for m in found),
            sum(m.died for m in found),
        )
        codes = sorted({code for m in found for code in m.codes})
        print(f"{tag:34}" + "".join(f"{c:>8}" for c in counts), "", *codes)


def table(scores: dict[str, Score], seconds: dict[str, float]) -> None:
    """Print one line a class, and one of all; prints with letters are no pictures."""
    print(f"\n{'pictures':18}" + "".join(f"{h:>11}" for h in _HEADS))
    total = Score()
    for kind, score in sorted(scores.items()):
        if not kind.startswith(PRINT):
            total.add(score)
        print(f"{kind:18}" + _line(score))
    spent = sum(took for kind, took in seconds.items() if kind != PRINT)
    print(f"{'all':18}" + _line(total))
    print(f"{spent / max(1, total.pages):.1f} s a page")


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
