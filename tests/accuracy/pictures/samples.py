"""Make the labelled set of one seed: papers, their pictures, the files that carry them.

python -m tests.accuracy.pictures.samples DIR [--seed N] [--count N] [--only CLASS]
leaves the files there, with `manifest.jsonl`, a line a file: what is in it.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from random import Random

import numpy as np

from tests.accuracy.model import Truth
from tests.accuracy.offices import offices
from tests.accuracy.pictures import packing, paper
from tests.accuracy.pictures.camera import a_photo, photographed
from tests.accuracy.pictures.ink import Picture
from tests.accuracy.pictures.originals import a_paper, has_block, texts_of
from tests.accuracy.pictures.printed import WRITERS, Print, printed
from tests.accuracy.pictures.scanner import Scan, a_bad_scan, a_clean_scan, scanned

MANIFEST = "manifest.jsonl"
CLASSES = ("clean", "bad", "photo")
#: The prints themselves, letters and all: what the best reading of a picture can reach.
PRINT = "print"
#: File endings and how often they come, of a hundred.
_OF_SCANS = {"pdf": 45, "tif": 20, "jpg": 14, "png": 8, "docx": 6, "zip": 4, "webp": 3}
_OF_PHOTOS = {"jpg": 58, "heic": 14, "webp": 8, "png": 4, "docx": 8, "pdf": 8}
_ALONE = ("jpg", "png", "webp", "heic")
#: What the label of a JPEG says for a page that lies turned so many quarters clockwise.
_EXIF = {0: 1, 1: 8, 2: 3, 3: 6}


@dataclass
class Sample:
    """One file and what it holds. `turns` are quarters clockwise, a page.

    `texts` are all that is printed on the paper, each cell and line for itself.
    """

    path: Path
    kind: str
    ending: str
    pages: int
    truth: Truth
    confirmation: str
    turns: list[int]
    tags: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Return the line of the manifest."""
        return json.dumps({**asdict(self), "path": str(self.path)}, ensure_ascii=False)


def kept(folder: Path) -> list[Sample]:
    """Return the set that lies in a folder."""
    lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
    made_before = [json.loads(line) for line in lines]
    return [
        Sample(**{**line, "path": Path(line["path"]), "truth": Truth(**line["truth"])})
        for line in made_before
    ]


@dataclass
class _Pages:
    pictures: list[Picture]
    turns: list[int]
    labels: list[int]
    dpi: int
    tags: list[str]


def papers(
    seed: int, count: int, folder: Path, writers: Sequence[str] = WRITERS
) -> list[Print]:
    """Return `count` papers, each printed by one of the writers."""
    everyone = offices()
    docs = [
        a_paper(Random(f"{seed}/{at}"), everyone[at * 7 % len(everyone)], f"t{at:04}")
        for at in range(count)
    ]
    return printed(docs, folder / "printed", writers)


def as_printed(prints: Iterable[Print]) -> Iterator[Sample]:
    """Yield the PDFs with letters that the pictures are taken of."""
    for print_ in prints:
        yield Sample(
            print_.path,
            PRINT,
            "pdf",
            print_.pages,
            print_.doc.truth,
            "block_only" if has_block(print_.doc) else "absent",
            [0] * print_.pages,
            _tags_of_print(print_),
            texts_of(print_.doc),
        )


def _tags_of_print(print_: Print) -> list[str]:
    return [f"writer {print_.writer}", f"face {print_.face}", f"rules {print_.rules}"]


def made(
    prints: Iterable[Print],
    folder: Path,
    seed: int,
    kinds: Sequence[str] = CLASSES,
    processes: int = 2,
) -> Iterator[Sample]:
    """Yield a file of each class for each print, as they get ready."""
    for kind in kinds:
        (folder / kind).mkdir(parents=True, exist_ok=True)
    orders = [(print_, kind) for print_ in prints for kind in kinds]
    if processes == 1:
        yield from (_made(folder, seed, order) for order in orders)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(partial(_made, folder, seed), orders)


def _made(folder: Path, seed: int, order: tuple[Print, str]) -> Sample:
    print_, kind = order
    random = Random(f"{seed}/{print_.doc.name}/{kind}")
    marks = paper.some_marks(random, print_, kind == "bad" and random.random() < 0.3)
    if kind == "photo":
        pages = _photos(print_, marks, random)
    else:
        pages = _scans(print_, marks, random, kind)
    ending, path = _packed(folder / kind, print_.doc.name, pages, random, kind)
    signed = marks.signed and print_.block is not None
    seen = "signed" if signed else "block_only"
    tags = _tags_of_print(print_)
    if marks.across_table:
        tags.append("seal across")
    return Sample(
        path,
        kind,
        ending,
        len(pages.pictures),
        print_.doc.truth,
        seen if has_block(print_.doc) else "absent",
        pages.turns,
        [*tags, *pages.tags, *(f"doc {t}" for t in print_.doc.tags)],
        texts_of(print_.doc),
    )


def _scans(print_: Print, marks: paper.Marks, random: Random, kind: str) -> _Pages:
    scan = a_clean_scan(random) if kind == "clean" else a_bad_scan(random)
    sheets = paper.pages_of(print_, scan.dpi, marks, random)
    lying = sheets[0].shape[1] > sheets[0].shape[0]
    turn = 0
    if lying and random.random() < 0.5:
        # A feeder takes a sheet by its short side, whichever way it is printed.
        turn = random.choice((1, 3))
    elif random.random() < 0.08:
        turn = random.choice((1, 2, 3))
    pictures = [np.rot90(scanned(s, scan, random), -turn).copy() for s in sheets]
    return _Pages(
        pictures, [turn] * len(sheets), [0] * len(sheets), scan.dpi, _tags_of(scan)
    )


def _tags_of(scan: Scan) -> list[str]:
    tags = [f"{scan.dpi} dpi", scan.mode]
    worse = {
        "fax": scan.fax,
        "jpeg damage": scan.jpeg is not None and scan.jpeg < 50,
        "faint": scan.fade > 0,
        "dirty": scan.streaks > 0,
        "skewed": abs(scan.skew) > 1,
    }
    return tags + [tag for tag, true in worse.items() if true]


def _photos(print_: Print, marks: paper.Marks, random: Random) -> _Pages:
    halves = print_.pages == 1 and random.random() < 0.08
    how = [a_photo(random) for _ in range(2 if halves else print_.pages)]
    dpi = 300 if max(p.width for p in how) > 2000 else 200
    sheets = paper.pages_of(print_, dpi, marks, random)
    tags = [f"{max(p.width for p in how)} wide"]
    if halves:
        high = sheets[0].shape[0]
        sheets = [sheets[0][: int(high * 0.58)], sheets[0][int(high * 0.44) :]]
        tags.append("halves")
    pictures, turns, labels = [], [], []
    turn = random.choice((1, 2, 3)) if random.random() < 0.2 else 0
    told = turn != 0 and random.random() < 0.4
    for sheet, photo in zip(sheets, how, strict=True):
        seen = photographed(sheet, photo, random)
        pictures.append(np.rot90(seen, -turn).copy())
        turns.append(0 if told else turn)
        labels.append(turn if told else 0)
    worst = how[0]
    tags += [
        tag
        for tag, true in (
            ("shadow", worst.shadow > 0.2),
            ("curl", worst.curl > 0),
            ("tilt", worst.tilt > 0.03),
            ("shake", worst.shake > 0),
            ("told by its label", told),
        )
        if true
    ]
    return _Pages(pictures, turns, labels, 0, tags)


def _packed(
    folder: Path, name: str, pages: _Pages, random: Random, kind: str
) -> tuple[str, Path]:
    """Write the pages in one file, or in a mail with one file a page."""
    chances = _OF_PHOTOS if kind == "photo" else _OF_SCANS
    if any(pages.labels):
        chances = {"jpg": 1}
    ending = random.choices(list(chances), list(chances.values()))[0]
    dpi = pages.dpi or 150
    pictures = pages.pictures
    if ending == "pdf":
        octets, suffix = packing.as_pdf(pictures, dpi), "pdf"
    elif ending == "tif":
        octets, suffix = packing.as_tif(pictures, dpi), "tif"
    elif ending == "docx":
        octets, suffix = packing.as_word(pictures), "docx"
    else:
        octets, suffix = _each(name, pages, ending, random)
    path = folder / f"{name}.{suffix}"
    path.write_bytes(octets)
    return ending, path


def _each(name: str, pages: _Pages, ending: str, random: Random) -> tuple[bytes, str]:
    form = "jpg" if ending == "zip" else ending
    pairs = zip(pages.pictures, pages.labels, strict=True)
    octets = [packing.as_one(p, form, pages.dpi or None, _EXIF[t]) for p, t in pairs]
    if len(octets) == 1 and ending in _ALONE:
        return octets[0], form
    names = packing.names_of_photos(random, len(octets))
    files = [(f"{n}.{form}", o) for n, o in zip(names, octets, strict=True)]
    if random.random() < 0.3:
        random.shuffle(files)
        pages.tags.append("out of order")
    if ending == "zip":
        return packing.as_zip(files), "zip"
    return packing.as_mail(files, name), "eml"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy.pictures.samples")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--count", type=int, default=80, help="papers")
    parser.add_argument("--only", choices=CLASSES, action="append")
    given = parser.parse_args()
    prints = papers(given.seed, given.count, given.folder)
    pages = 0
    with (given.folder / MANIFEST).open("w", encoding="utf-8") as manifest:
        taken = made(prints, given.folder, given.seed, given.only or CLASSES)
        for sample in (*as_printed(prints), *taken):
            manifest.write(sample.line() + "\n")
            pages += sample.pages
    print(f"seed {given.seed}: {len(prints)} papers, {pages} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
