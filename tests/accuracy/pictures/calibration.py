"""How honest the certainty of a line is: what was said, and how often it was right.

    python -m tests.accuracy.pictures.calibration DIR [--only CLASS] [--again]

Recognises every page of a set that was made before and keeps what each recogniser read
in `DIR/lines.jsonl`; `--again` judges what is kept there by today's rule of certainty,
without recognising anything.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from rapidfuzz.fuzz import partial_ratio_alignment

from parsers.errors import ParserError
from parsers.readers.picture.agreement import voted
from parsers.readers.picture.alike import with_hooks
from parsers.readers.picture.certainty import certainty_of
from parsers.readers.picture.chain import read_page
from parsers.readers.picture.pages import pixels_of
from parsers.readers.picture.shapes import Witness
from tests.accuracy.pictures.judge import SURE, words_of
from tests.accuracy.pictures.samples import CLASSES, Sample, kept
from tests.accuracy.pictures.unpacked import leaves

LINES = "lines.jsonl"
_BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998)


@dataclass(frozen=True)
class Line:
    """One line: what the recognisers read, and what stands on the paper.

    `truth` is the text of the paper that is most like it, `cap` the height of the
    line's capitals in pixels.
    """

    path: str
    kind: str
    page: int
    witnesses: list[str]
    sure: list[float]
    truth: str
    cell: bool
    cap: float


@dataclass(frozen=True)
class Weighed:
    """One line as today's rules judge it."""

    line: Line
    text: str
    certainty: float
    doubts: tuple[str, ...]

    @property
    def right(self) -> bool:
        return words_of(self.text) == words_of(self.line.truth)


def recognised(samples: Iterable[Sample]) -> Iterator[Line]:
    """Yield the lines of every page, as the chain's recognisers read them."""
    for sample in samples:
        texts = _texts(sample)
        for payload, kind, number in leaves(sample.path):
            try:
                page = read_page(pixels_of(payload, kind, number), number)
            except ParserError as error:
                print(f"{sample.path}: {error}", file=sys.stderr)
                continue
            for reading in page.readings:
                if not reading.text:
                    continue
                yield Line(
                    str(sample.path),
                    sample.kind,
                    number,
                    [w.text for w in reading.witnesses],
                    [w.sure for w in reading.witnesses],
                    _likest(reading.text, texts),
                    reading.line.cell is not None,
                    reading.line.cap,
                )


def _texts(sample: Sample) -> list[str]:
    """Return every text that is printed on the paper, lines of a cell in one."""
    return [words_of(text) for text in sample.texts if text.strip()]


def _likest(text: str, texts: Iterable[str]) -> str:
    """Return the stretch of the paper's texts that is most like a line.

    A line of several words ends where a word ends.
    """
    plain = words_of(text)
    best, found = -1.0, ""
    for whole in texts:
        if plain == whole or f" {plain} " in f" {whole} ":
            return plain
        place = partial_ratio_alignment(plain, whole)
        if place is not None and place.score > best:
            best = place.score
            found = _to_words(whole, place.dest_start, place.dest_end)
    return found


def _to_words(text: str, start: int, end: int) -> str:
    while start > 0 and text[start - 1] != " ":
        start -= 1
    while end < len(text) and text[end] != " ":
        end += 1
    return text[start:end]


def weighed(lines: Iterable[Line]) -> Iterator[Weighed]:
    """Yield the lines as today's vote and rule of certainty judge them."""
    for line in lines:
        pairs = zip(line.witnesses, line.sure, strict=True)
        voices = tuple(Witness(text, sure) for text, sure in pairs)
        first, second = voices[:3], voices[3:]
        order = (*first[:2], *second, *first[2:]) if second else first
        text = with_hooks(voted([w.text for w in order]), voices)
        certainty, doubts = certainty_of(text, first, second, line.cap)
        yield Weighed(line, text, certainty, doubts)


def reliability(lines: list[Weighed]) -> None:
    """Print how often lines are right, by what was said of them, and by the doubts."""
    _print("stated", lines, lambda w: max(b for b in _BINS if w.certainty >= b))
    _print("doubts", lines, lambda w: " ".join(w.doubts) or "none")
    sure = [w for w in lines if w.certainty >= SURE]
    wrong = [w for w in sure if not w.right]
    share = 100 * len(sure) / max(1, len(lines))
    print(f"\n>= {SURE}: {share:.1f} % of lines, {len(wrong)} wrong of {len(sure)}")
    for one in wrong[:40]:
        print(f"    {one.text!r}, not {one.line.truth!r} {one.line.witnesses}")


def _print(name: str, lines: list[Weighed], key: Callable[[Weighed], object]) -> None:
    groups: dict[tuple[str, object], list[Weighed]] = defaultdict(list)
    for one in lines:
        groups[one.line.kind, key(one)].append(one)
        groups["all", key(one)].append(one)
    print(f"\n{'class':8}{name:44}{'lines':>8}{'wrong':>8}{'right %':>10}")
    for (kind, value), found in sorted(groups.items(), key=lambda g: str(g[0])):
        wrong = sum(not one.right for one in found)
        right = 100 * (1 - wrong / len(found))
        print(f"{kind:8}{value!s:44}{len(found):>8}{wrong:>8}{right:>10.2f}")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.accuracy.pictures.calibration"
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", choices=CLASSES, action="append")
    parser.add_argument("--again", action="store_true")
    given = parser.parse_args()
    file = given.folder / LINES
    wanted = given.only or CLASSES
    if not given.again:
        samples = [s for s in kept(given.folder) if s.kind in wanted]
        with file.open("w", encoding="utf-8") as out:
            for line in recognised(samples):
                out.write(json.dumps(asdict(line), ensure_ascii=False) + "\n")
                out.flush()
    lines = [Line(**json.loads(line)) for line in file.read_text("utf-8").splitlines()]
    reliability([w for w in weighed(lines) if w.line.kind in wanted])
    return 0


if __name__ == "__main__":
    sys.exit(main())
